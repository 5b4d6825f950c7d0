"""Files that do not belong into a library: foreign ones, and the second versions that synchronising programs leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.layout import FAMILIES, README, SOURCES, Layout, conflict_copy
from nolcat_desktop.problem import Problem

_OF_THE_DESKTOP = frozenset({"desktop.ini", "thumbs.db", "icon\r"})
_OWN = frozenset({"journal.jsonl", "journal-copy.jsonl", "lock"})

FOREIGN = Problem(
    "A file does not belong here",
    "It is not a file of the library and counts in no sum.",
    "Move it out of the library's folder.",
)
CONFLICT_COPY = Problem(
    "A synchronising program kept two versions of a file",
    "This is the other version, left when two computers changed the library at the same time. It counts in no sum; "
    "what was done on the other computer may be missing here.",
    "Look into the history whether something is missing, and add those originals again; then move this file away. Let "
    "one computer at a time change the library.",
)

ONLY_ORIGINALS = Problem(
    "Only the originals of this library are left",
    "Its parts and its history are gone: no number is in any sum, and it is not known any more which source and "
    "harvest date each file had, nor what was decided.",
    "Bring the folder back from a backup. Else add the folder originals to a new library, and say again which source "
    "each file is of.",
)


def strays(layout: Layout) -> list[tuple[str, Problem]]:
    """Path and problem of every file that does not belong where it is.

    Raises:
        NolcatError: If a folder cannot be read.
    """
    return [*_in_families(layout), *_copies(layout)]


def only_originals(layout: Layout) -> bool:
    """Whether nothing is left of a library but its originals; a first run that was killed leaves more."""
    return not layout.hidden.exists() and not layout.parts() and bool(files_in(layout.originals))


def files_in(folder: Path) -> dict[str, Path]:
    """Name → file of what is seen in a folder; {} when it is not there."""
    with disk(folder):
        return {file.name: file for file in folder.iterdir() if _is_seen(file)} if folder.is_dir() else {}


def _is_seen(file: Path) -> bool:
    return not file.name.startswith(".") and file.name.casefold() not in _OF_THE_DESKTOP


def _in_families(layout: Layout) -> Iterator[tuple[str, Problem]]:
    for family in FAMILIES:
        for name, file in sorted(files_in(layout.folder / family).items()):
            if file.is_file() and conflict_copy(name):
                yield f"{family}/{name}", CONFLICT_COPY
            elif file.suffix.lower() != ".parquet" or not file.is_file():
                yield f"{family}/{name}", FOREIGN


def _copies(layout: Layout) -> Iterator[tuple[str, Problem]]:
    """Second versions of the list, the README and the journal; of other files there the library knows nothing."""
    for folder, before, stems in (
        (layout.folder, "", (Path(SOURCES).stem, Path(README).stem)),
        (layout.hidden, ".nolcat/", ("journal",)),
    ):
        for name in sorted(files_in(folder)):
            if name not in _OWN and name not in (SOURCES, README) and name.startswith(stems) and _is_copy(name):
                yield before + name, CONFLICT_COPY


def _is_copy(name: str) -> bool:
    return not name.endswith((".new", ".damaged")) and (conflict_copy(name) or "-" in name)
