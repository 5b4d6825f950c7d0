"""Sending what a plan names, and fetching what a manifest names: many files at once, each checked on arrival."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from threading import Thread

from nolcat_desktop.objects import ManifestEntry, Overtaken, StoredObject, Tampered
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Cancelled
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.crew import Crew, patiently
from nolcat_desktop.sync.local_file import reading, writing
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.sync.plan import Item
from nolcat_desktop.sync.sums import SMALL, FileChanged, Stamp, stamp_of
from nolcat_desktop.sync.telling import Telling
from nolcat_desktop.sync.upload import end_upload, send_large, send_small

_FAREWELL = 0.6
"""Seconds that the service gets to hear that uploads are ended."""


class Fate(StrEnum):
    """What became of a file that was to be sent."""

    SENT = "sent"
    CHANGED = "changed"
    """It changed while it was sent, or was changed since: it is to be planned and sent again."""
    OVERTAKEN = "overtaken"
    """Someone else wrote there in the meantime: it is a conflict now."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file's."""

    item: Item
    fate: Fate
    stored: StoredObject | None = None
    """What lies there; of a file that changed, the whole of what it was before."""


def send(items: Sequence[Item], means: Means) -> Iterator[Outcome]:
    """Send files; each outcome is given when its file has arrived and was checked.

    Small files go side by side, large ones one after the other in parts side by side.

    Raises:
        Cancelled: If the user asked to stop: within two seconds, and uploads that were begun are ended.
        NolcatError: If it cannot go on: the network stayed away, the sign-in has run out, a permission is missing.
            What has arrived stays; the next call goes on with the part at which this one stopped.
    """
    told = Telling(means, "Sending", len(items), sum(item.bytes for item in items))
    small = [item for item in items if item.bytes <= SMALL]
    crew: Crew[object] = Crew(means.pace, told.tell, means.hands)
    try:
        for done in crew.work([_small_job(item, means) for item in small]):
            assert isinstance(done, Outcome)  # noqa: S101 - for the type: the jobs give nothing else
            told.files_done += 1
            yield done
        for item in items:
            if item.bytes > SMALL:
                outcome = _fate(item, partial(send_large, item, means, crew))
                told.files_done += 1
                yield outcome
    except Cancelled:
        means.pace.stop()
        _end_uploads([item.key for item in items], means)
        raise


def _small_job(item: Item, means: Means) -> Callable[[], object]:
    return lambda: _fate(item, partial(send_small, item, means))


def _fate(item: Item, send_it: Callable[[], StoredObject]) -> Outcome:
    try:
        before = _stamp(item)
        stored = send_it()
        return Outcome(item, Fate.SENT if _stamp(item) == before else Fate.CHANGED, stored)
    except FileChanged:
        return Outcome(item, Fate.CHANGED)
    except Overtaken:
        return Outcome(item, Fate.OVERTAKEN)


def _stamp(item: Item) -> Stamp | None:
    file = item.local.file if item.local else None
    if file is None:
        return None
    with reading(item.key):
        return stamp_of(file)


def _end_uploads(keys: Sequence[str], means: Means) -> None:
    """Tell the service, as long as it listens at once; else they are listed as left over the next time."""
    begun = [key for key in keys if means.catalog.upload(key) is not None]
    quiet = replace(means, pace=Pace(), patience=0.0)

    def end() -> None:
        for key in begun:
            try:
                end_upload(key, quiet)
            except NolcatError:
                return

    if begun:
        farewell = Thread(target=end, daemon=True)
        farewell.start()
        farewell.join(_FAREWELL)


def fetch(entries: Sequence[ManifestEntry], folder: Path, means: Means) -> None:
    """Fetch objects into `folder`, each named by its SHA-256; those that are there already are not fetched again.

    Raises:
        Cancelled: If the user asked to stop; what was fetched stays for the next time.
        NolcatError: If the network stays away, the disk refuses, or an object is not what the manifest says.
    """
    with writing(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
    wanted = list({entry.sha256: entry for entry in entries}.values())
    told = Telling(means, "Fetching", len(wanted), sum(entry.bytes for entry in wanted))
    crew: Crew[None] = Crew(means.pace, told.tell, means.hands)
    try:
        for _ in crew.work([_fetch_job(entry, folder, means) for entry in wanted]):
            told.files_done += 1
    except Cancelled:
        means.pace.stop()
        raise


def _fetch_job(entry: ManifestEntry, folder: Path, means: Means) -> Callable[[], None]:
    def one() -> None:
        target = folder / entry.sha256
        with writing(str(target)):
            if target.is_file() and _sha256_of(target) == entry.sha256:
                means.pace.found(entry.bytes)
                return
        patiently(lambda: _fetch_one(entry, target, means), means.pace, means.patience)
        means.pace.settle(entry.bytes)

    return one


def _fetch_one(entry: ManifestEntry, target: Path, means: Means) -> None:
    beside = target.with_name(f"{target.name}.part")
    means.pace.again()
    try:
        with writing(str(target)), beside.open("wb") as file:
            means.store.fetch(entry.key, entry.version_id, file)
            file.flush()
            os.fsync(file.fileno())
        if _sha256_of(beside) != entry.sha256:
            raise Tampered(_not_it(entry))
        with writing(str(target)):
            beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _sha256_of(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _not_it(entry: ManifestEntry) -> Problem:
    return Problem(
        "What lies there is not what the complete set names",
        f"{entry.key} has another SHA-256 than when it was sent. It was not taken over.",
        "If a newer send has overtaken this one, fetch again; else ask who else writes into the bucket.",
    )
