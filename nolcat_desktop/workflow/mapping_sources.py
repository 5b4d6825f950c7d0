"""NoLCAT's list of sources taken in, and the ids that this program made mapped to NoLCAT's, every file renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nolcat_desktop.dataset import Entry, Library, SourceList, read_nolcat_list
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress


@dataclass(frozen=True, slots=True)
class Proposed:
    """A local source and the source of NoLCAT that it seems to be."""

    local_id: int
    name: str
    nolcat_id: int | None
    """None: no source of NoLCAT has this name, or several have."""
    nolcat_name: str = ""


def take_in(library: Library, file: Path) -> Entry | None:
    """Take in a list exported from NoLCAT: CSV, or a dump of its database.

    Returns:
        The entry of the history; None when the list was known already.

    Raises:
        NolcatError: If the file is no such list, or an id means another source there.
    """
    offered = read_nolcat_list(file)
    with library.run("take in a list of sources") as run:
        run.sources = run.sources.taken_in(offered)
        entry = run.commit()
    return library.history()[-1] if entry is not None else None


def proposed_mapping(library: Library, offered: SourceList | None = None) -> tuple[Proposed, ...]:
    """Each local source with the one of NoLCAT that has its name, capitals, blanks and punctuation apart.

    Args:
        library: Whose local sources are meant.
        offered: NoLCAT's list; None for what the library has of it.
    """
    held = library.sources()
    theirs = [row for row in (offered or held).rows if not row.local]
    listed = SourceList(tuple(theirs))
    names = listed.names()
    found = []
    for row in held.rows:
        if row.local:
            number = listed.find(row.name)
            found.append(Proposed(row.source_id, row.name, number, names.get(number, "") if number else ""))
    return tuple(found)


def map_sources(library: Library, mapping: Mapping[int, int], progress: Progress) -> Entry:
    """Give everything of some sources to others, as one run: parts are written under the new id, the old row goes.

    A part that was sent once stays, emptied. Undo brings ids, parts and rows of the list back.

    Args:
        library: Which is changed.
        mapping: Id here → id in NoLCAT; the new one must be in the list (take it in first).
        progress: Told and checked along the way.

    Raises:
        NolcatError: If an id is not in the list, or both sources have the same months of a report.
        Cancelled: If the user asked to stop; nothing was changed.
    """
    names = library.sources().names()
    for old, new in mapping.items():
        if old not in names or new not in names or old == new or new in mapping:
            raise NolcatError(_no_such(old, new))
    told = "; ".join(f"{names[old]} ({old}) is NoLCAT's {names[new]} ({new})" for old, new in mapping.items())
    with library.run(f"map sources: {told}") as run:
        for old, new in mapping.items():
            run.map_source(old, new)
            run.sources = run.sources.without(old)
        run.commit(progress)
    return library.history()[-1]


def rename_source(library: Library, source_id: int, name: str) -> Entry:
    """Give a source another name; usage carries ids, so no part changes.

    Raises:
        NolcatError: If there is no such source, or the name is blank or the one it has.
    """
    with library.run(f"rename source {source_id} to {name.strip()}") as run:
        run.sources = run.sources.renamed(source_id, name)
        entry = run.commit()
    if entry is None:
        raise NolcatError(_SAME_NAME)
    return library.history()[-1]


def _no_such(old: int, new: int) -> Problem:
    return Problem(
        f"Source {old} cannot become source {new}",
        "Both must be in the list of sources, and differ. Nothing was changed.",
        "Take in NoLCAT's list first (nolcat library sources --take-in), then map to an id in it.",
    )


_SAME_NAME = Problem("The source has this name", "Nothing was changed.", "Give another name.")
