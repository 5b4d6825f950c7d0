"""What this workstation remembers of one place in the cloud: never needed to be right, only to be quick and to go on.

A file of lines in the library's `.nolcat`, one for each place. A line is a JSON object; the last of a kind and name
holds, a torn last line is nothing. It may be removed at any time: then everything is looked at and counted again. Of a
damaged one what can be understood holds, and the file as it was is kept aside.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, TextIO
from uuid import uuid4

from filelock import FileLock, Timeout

from nolcat_desktop.objects import StoredObject, UploadedPart
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.settings import keep_aside
from nolcat_desktop.sync.catalog_lines import (
    AGREED,
    COUNTED,
    LIBRARY,
    LINK,
    PART,
    SEEN,
    UPLOAD,
    Upload,
    plain,
    understood,
    written,
)
from nolcat_desktop.sync.sums import Stamp

_SLACK = 4096
"""Lines that may be outdated before the file is written anew."""
_SETTLED_NS = 2_000_000_000
"""A file touched less than this before it was counted may change again without a new stamp."""


def catalog_file(hidden: Path, place: str) -> Path:
    """Where the catalog of `place` (endpoint, bucket and prefix) is, under the library's hidden folder."""
    return hidden / f"sent-{hashlib.sha256(place.encode()).hexdigest()[:12]}.jsonl"


@contextmanager
def opened(file: Path, keep: bool = True) -> Iterator[Catalog]:
    """The catalog in `file`, held by this program alone; with `keep` False it is only read.

    Raises:
        NolcatError: If another window or program is sending this library, or the folder cannot be written.
    """
    if not keep:
        yield Catalog(file, keep=False)
        return
    lock = FileLock(file.with_suffix(".lock"), timeout=0, thread_local=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        catalog = Catalog(file)
    except Timeout as error:
        raise NolcatError(_BUSY) from error
    except OSError as error:
        raise NolcatError(
            Problem(
                "The library's folder cannot be written",
                f"{file.parent}: {error.strerror or error}. Nothing was sent.",
                "Look whether the disk is there, not full, and may be written.",
            )
        ) from error
    try:
        yield catalog
    finally:
        catalog.close()
        lock.release()


_BUSY = Problem(
    "This library is being sent already",
    "Another window or program is sending it to the same place. Nothing was sent from here.",
    "Wait until the other one has finished, or stop it there.",
)


class Catalog:
    """The memory of one place. Safe to be told from several threads; one program at a time."""

    def __init__(self, file: Path | None, keep: bool = True) -> None:
        """Read what is there; no file, or not `keep`: what is told is remembered for this run only."""
        self._file = file if keep else None
        self._lock = Lock()
        self._held: dict[tuple[str, str], Any] = {}
        self._lines = 0
        self._out: TextIO | None = None
        if file is not None:
            self._read(file)

    def close(self) -> None:
        """Let go of the file, shortened if it has grown; what a late thread tells afterwards is not written."""
        with self._lock:
            if self._out is not None:
                self._out.close()
                self._out = None
            if self._file is not None and self._lines > 2 * len(self._held) + _SLACK:
                self._write_anew(self._file)
            self._file = None

    @property
    def library(self) -> str:
        """The library's own id, made when it is first asked for."""
        found = self._held.get((LIBRARY, ""))
        if found is None:
            found = uuid4().hex[:12]
            self._tell(LIBRARY, "", found)
        return str(found)

    @library.setter
    def library(self, given: str) -> None:
        self._tell(LIBRARY, "", given)

    def agreed(self) -> dict[str, str]:
        """Key → SHA-256 that here and there last had in common."""
        return {name: value for (kind, name), value in self._held.items() if kind == AGREED}

    def agree(self, key: str, sha256: str) -> None:
        """Here and there have this in common."""
        self._tell(AGREED, key, sha256)

    def seen(self, listed: StoredObject) -> StoredObject | None:
        """What a look at the object once told, if it is still the one that was `listed`."""
        found = self._held.get((SEEN, listed.key))
        if found is None:
            return None
        known = StoredObject(**found)
        same = (known.etag, known.bytes) == (listed.etag, listed.bytes)
        return known if same and _second(known.modified) == _second(listed.modified) else None

    def see(self, looked: StoredObject) -> None:
        """Remember what a look told."""
        self._tell(SEEN, looked.key, plain(looked))

    def counted(self, path: str, stamp: Stamp) -> str | None:
        """SHA-256 of the file at `path`, if it has not been touched since it was counted."""
        found = self._held.get((COUNTED, path))
        return found[1] if found is not None and found[0] == list(plain(stamp).values()) else None

    def count(self, path: str, stamp: Stamp, sha256: str, now_ns: int) -> None:
        """Remember the SHA-256 of a file, unless it was touched just before `now_ns`."""
        if now_ns - max(stamp.modified, stamp.changed) > _SETTLED_NS:
            self._tell(COUNTED, path, [list(plain(stamp).values()), sha256])

    def upload(self, key: str) -> Upload | None:
        """The upload of `key` that was begun and not brought to an end."""
        found = self._held.get((UPLOAD, key))
        return Upload(**found) if found else None

    def begin(self, key: str, upload: Upload) -> None:
        """An upload was begun."""
        self._tell(UPLOAD, key, plain(upload))

    def end(self, key: str) -> None:
        """The upload of `key` was completed or ended."""
        if self._held.get((UPLOAD, key)):
            self._tell(UPLOAD, key, None)

    def arrived(self, upload: str, part: UploadedPart) -> None:
        """A part has arrived."""
        self._tell(PART, f"{upload}/{part.number}", plain(part))

    def parts(self, upload: str) -> tuple[UploadedPart, ...]:
        """The parts of an upload that have arrived, as far as is known here."""
        begins = f"{upload}/"
        found = [
            UploadedPart(**v) for (kind, name), v in self._held.items() if kind == PART and name.startswith(begins)
        ]
        return tuple(sorted(found, key=lambda part: part.number))

    def uploads(self) -> dict[str, Upload]:
        """Every upload that was begun here and not brought to an end, by key."""
        return {name: Upload(**value) for (kind, name), value in self._held.items() if kind == UPLOAD and value}

    def link(self, name: str) -> tuple[str | None, tuple[str, ...]] | None:
        """Which manifests the manifest `name` follows and merges; None if that is not known."""
        found = self._held.get((LINK, name))
        return (found[0], tuple(found[1])) if found else None

    def learn_link(self, name: str, previous: str | None, merges: tuple[str, ...]) -> None:
        """Remember it; a manifest never changes."""
        self._tell(LINK, name, [previous, list(merges)])

    def _tell(self, kind: str, name: str, value: object) -> None:
        with self._lock:
            if self._held.get((kind, name)) == value:
                return
            self._held[kind, name] = value
            self._lines += 1
            if self._file is None:
                return
            try:
                if self._out is None:
                    self._file.parent.mkdir(parents=True, exist_ok=True)
                    self._out = self._file.open("a", encoding="utf-8")
                self._out.write(written(kind, name, value))
                self._out.flush()
            except OSError:  # a full disk: sending needs none, so it goes on and remembers less
                self._file, self._out = None, None

    def _read(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        *lines, torn = text.split("\n")  # the last is empty, or torn by a crash
        damaged = False
        for line in lines:
            known = understood(line)
            if known is None:
                damaged = True
                continue
            self._held[known[0], known[1]] = known[2]
            self._lines += 1
        if self._file is not None and (torn or damaged) and (not damaged or keep_aside(file) is not None):
            self._write_anew(file)

    def _write_anew(self, file: Path) -> None:
        ended = {value["upload"] for (kind, _), value in self._held.items() if kind == UPLOAD and value}
        live: Mapping[tuple[str, str], Any] = {
            (kind, name): value
            for (kind, name), value in self._held.items()
            if value is not None and (kind != PART or name.rpartition("/")[0] in ended)
        }
        beside = file.with_name(f"{file.name}.new")
        with beside.open("w", encoding="utf-8") as out:
            out.writelines(written(kind, name, value) for (kind, name), value in live.items())
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
        self._held, self._lines = dict(live), len(live)


def _second(moment: str) -> str:
    return moment[:19]
