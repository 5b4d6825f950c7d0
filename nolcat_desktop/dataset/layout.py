"""Where things lie in the library's folder, and what a part's name says (design 3.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nolcat_desktop.counter.reports import family

FAMILIES = ("PR", "DR", "TR", "IR")
SOURCES = "statistics_sources.csv"
README = "README.txt"
ASIDE = ".nolcat/aside"
FIRST_LOCAL_ID = 1_000_001
"""Ids that the program gives out itself start here; below are NoLCAT's primary keys."""

_NAME = re.compile(
    r"(?P<source>\d+)_(?P<type>[A-Za-z0-9_]+?)_(?P<when>NULL|\d{4}-\d{2}-\d{2}[^/\\]*)\.parquet", re.IGNORECASE
)
_WHEN = r"(NULL|\d{4}-\d{2}-\d{2}(T[\d.:+Z-]*)?)"
_COPY = re.compile(rf"(?P<of>\d+_[A-Za-z0-9_]+?_{_WHEN})(?P<more>[ (_.~-].*)\.parquet", re.IGNORECASE)
_OWN_NAME = re.compile(rf"\d+_[A-Za-z0-9_]+?_{_WHEN}\.parquet", re.IGNORECASE)
_CONFLICT = re.compile(r"conflict|conflit|konflikt|conflitto|conflicto|kopie|copie|copia|\bcopy\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(.+?)( ?\(\d+\)| \d{1,2})(\.[A-Za-z0-9]+)")
_SAFE_TYPE = re.compile(r"[A-Za-z0-9_]{1,40}")


def part_path(source_id: int, report_type: str, harvested: date | None) -> str:
    """Path of the part, from the library's folder, with `/`.

    Raises:
        ValueError: If `report_type` is not a report's code.
    """
    if not _SAFE_TYPE.fullmatch(report_type):
        raise ValueError(f"not a report type: {report_type!r}")
    when = harvested.isoformat() if harvested else "NULL"
    folder = family(report_type)
    if folder is None:
        raise ValueError(f"not a report type: {report_type!r}")
    return f"{folder.value}/{source_id}_{report_type}_{when}.parquet"


def named(name: str) -> tuple[int, str, str] | None:
    """Source id, report type and the text of the harvest date in a part's name; None if it is no part's name."""
    match = _NAME.fullmatch(name)
    return (int(match["source"]), match["type"], match["when"]) if match else None


def conflict_copy(name: str) -> bool:
    """Whether a file's name is one that a synchronising program gives to a second version of another file.

    Such as `1_TR_NULL (1).parquet`, `1_TR_NULL-LAPTOP.parquet` (OneDrive), `journal (Ann's conflicted copy
    2024-05-01).jsonl` (Dropbox), `1_TR_NULL.sync-conflict-….parquet` (Syncthing).
    """
    if _OWN_NAME.fullmatch(name):
        return False
    if _CONFLICT.search(name) or _COPY.fullmatch(name):
        return True
    return not name.lower().endswith(".parquet") and bool(_NUMBERED.fullmatch(name))


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one library."""

    folder: Path

    @property
    def originals(self) -> Path:
        """Every file that was loaded, named by its SHA-256."""
        return self.folder / "originals"

    @property
    def hidden(self) -> Path:
        """What the program needs and nobody else."""
        return self.folder / ".nolcat"

    @property
    def versions(self) -> Path:
        """Earlier versions of parts and of the list of sources, named by SHA-256."""
        return self.hidden / "versions"

    @property
    def aside(self) -> Path:
        """Loads that are kept but not live, one file each."""
        return self.hidden / "aside"

    @property
    def unfinished(self) -> Path:
        """Files of a run that is not published yet."""
        return self.hidden / "unfinished"

    @property
    def lock(self) -> Path:
        """Held by whoever writes."""
        return self.hidden / "lock"

    @property
    def journal(self) -> Path:
        """The history."""
        return self.hidden / "journal.jsonl"

    @property
    def journal_copy(self) -> Path:
        """The history, a second time."""
        return self.hidden / "journal-copy.jsonl"

    def at(self, path: str) -> Path:
        """The file at `path`, which is written with `/` from the library's folder."""
        return self.folder.joinpath(*path.split("/"))

    def asides(self) -> list[str]:
        """Paths of the loads that are kept aside, sorted."""
        if not self.aside.is_dir():
            return []
        return sorted(f"{ASIDE}/{file.name}" for file in self.aside.iterdir() if _is_part(file))

    def parts(self) -> list[str]:
        """Paths of every Parquet file in the four folders, sorted.

        Hidden files are no parts, nor are the second versions that synchronising programs leave: they would count
        twice, and `verify` names them.
        """
        found = []
        for name in FAMILIES:
            folder = self.folder / name
            if folder.is_dir():
                found += [f"{name}/{file.name}" for file in folder.iterdir() if _is_part(file)]
        return sorted(found)


def _is_part(file: Path) -> bool:
    name = file.name
    return file.suffix.lower() == ".parquet" and name[0] != "." and not conflict_copy(name) and file.is_file()
