"""What an inventory read before, kept beside the user's other state, so that a second look takes seconds.

A file is known by its path, size and time of change; its content by SHA-256 (and its name, from which a report without
a header is told). It can be thrown away at any time: everything in it can be read again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final

import orjson
import platformdirs
import polars as pl

from nolcat_desktop import __version__
from nolcat_desktop.workflow.inventory_facts import Facts, as_bytes

FORMAT: Final = 1
_RECENT: Final = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it was read may change again without showing it."""
_EVERY: Final = 1.0
"""Seconds between two times that the index is written."""
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS made (by TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, sha256 TEXT, name TEXT)",
    "CREATE TABLE IF NOT EXISTS contents (sha256 TEXT, name TEXT, facts BLOB, PRIMARY KEY (sha256, name))",
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file is known again without being read: inside an archive, by the archive's own size and time."""

    path: str
    """As given, made absolute; inside an archive with the member behind it."""
    size: int
    changed: int
    """Time of change in nanoseconds."""

    @classmethod
    def of(cls, name: str) -> Stamp | None:
        """The stamp of a source called `name`; None when it is not there."""
        outer, inside = _parted(name)
        try:
            found = Path(outer).stat()
            path = str(Path(outer).absolute())
        except (OSError, ValueError):
            return None
        return cls(f"{path}{inside}".encode("utf-8", "backslashreplace").decode(), found.st_size, found.st_mtime_ns)


def _parted(name: str) -> tuple[str, str]:
    """The path of the file on the disk, and what stands inside it."""
    outer, mark, inside = name.partition("!/")
    return outer, mark + inside


def default_place() -> Path:
    """Where the index of this user lies."""
    return Path(platformdirs.user_state_dir("NoLCAT", appauthor=False)) / "inventory.sqlite"


class Index:
    """The index; use it with `with opened(…)`. A disk that refuses makes it forget, never fail."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Work on a database that has the tables."""
        self._database = database
        self._written = time.monotonic()

    def by_stamp(self, stamp: Stamp, file: str) -> tuple[Facts, ...] | None:
        """What was found in a file that has not changed since, `file` as it is called now; None if it is not known."""
        row = self._row("SELECT size, changed, sha256, name FROM files WHERE path = ?", (stamp.path,))
        if row is None or (row[0], row[1]) != (stamp.size, stamp.changed):
            return None
        return self._facts(str(row[2]), str(row[3]), file)

    def by_content(self, sha256: str, file: str) -> tuple[Facts, ...] | None:
        """What was found in a file of these bytes and this name before, wherever it was."""
        return self._facts(sha256, _name(file), file)

    def put(self, stamp: Stamp | None, sha256: str, file: str, facts: tuple[Facts, ...]) -> None:
        """Keep what was found."""
        name = _name(file)
        content = as_bytes(facts)
        with suppress(sqlite3.Error):
            self._database.execute("INSERT OR REPLACE INTO contents VALUES (?, ?, ?)", (sha256, name, content))
            if stamp is not None and time.time_ns() - stamp.changed > _RECENT:
                row = (stamp.path, stamp.size, stamp.changed, sha256, name)
                self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", row)
            if time.monotonic() - self._written > _EVERY:
                self._database.commit()
                self._written = time.monotonic()

    def _row(self, query: str, values: tuple[str, ...]) -> tuple[object, ...] | None:
        try:
            found: tuple[object, ...] | None = self._database.execute(query, values).fetchone()
        except (sqlite3.Error, UnicodeError):
            return None
        return found

    def _facts(self, sha256: str, name: str, file: str) -> tuple[Facts, ...] | None:
        row = self._row("SELECT facts FROM contents WHERE sha256 = ? AND name = ?", (sha256, name))
        if row is None:
            return None
        try:
            return tuple(replace(Facts.from_json(one), file=file) for one in orjson.loads(row[0]))  # type: ignore[arg-type]
        except (KeyError, TypeError, ValueError):
            return None


def _name(file: str) -> str:
    return PurePath(file.rsplit("!/", 1)[-1]).name.encode("utf-8", "replace").decode()


@contextmanager
def opened(place: Path) -> Iterator[Index]:
    """The index at `place`, made if it is not there, and anew if it was made by another version or is damaged."""
    database = _connected(place)
    try:
        yield Index(database)
    finally:
        with suppress(sqlite3.Error):
            database.commit()
        database.close()


def _connected(place: Path) -> sqlite3.Connection:
    made = f"{FORMAT} {__version__} {pl.__version__}"
    for _ in range(2):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(place, timeout=1)
            for table in _TABLES:
                database.execute(table)
            if database.execute("SELECT by FROM made").fetchall() != [(made,)]:
                for table in ("made", "files", "contents"):
                    database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
                database.execute("INSERT INTO made VALUES (?)", (made,))
                database.commit()
        except (sqlite3.Error, OSError):
            with suppress(OSError):
                place.unlink()
        else:
            return database
    database = sqlite3.connect(":memory:")
    for table in _TABLES:
        database.execute(table)
    return database
