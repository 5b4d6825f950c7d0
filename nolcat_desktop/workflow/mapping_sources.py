"""NoLCAT's list of sources taken in, and the ids that this program made mapped to NoLCAT's, every file renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from nolcat_desktop.analysis.own_names import OF_DATABASES
from nolcat_desktop.dataset import Alias, Entry, Holding, Library, Load, Named, Source, SourceList, read_nolcat_list
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


@dataclass(frozen=True, slots=True)
class Renamed:
    """A part that a mapping would write under another name."""

    before: str
    """Path in the library."""
    after: str
    source_id: int
    """The id that it has now."""
    report_type: str
    months: int
    rows: int


@dataclass(frozen=True, slots=True)
class SourcesLook:
    """The sources of a library, and what was decided about their numbers and names."""

    rows: tuple[Source, ...]
    reports: Mapping[int, int]
    """Id → number of report types of which there is something."""
    aliases: tuple[Alias, ...]
    own_numbering: bool
    months: tuple[str, ...]
    """First and last month, yyyy-mm, of which anything is known; () without any."""


def look_at_sources(library: Library) -> SourcesLook:
    """What the settings show of a library's sources.

    Raises:
        NolcatError: If the library cannot be read.
    """
    coverage, said = library.coverage(), library.decisions()
    counted = coverage.group_by("statistics_source_ID").agg(pl.col("report_type").n_unique())
    months = coverage["month"]
    span = (str(months.min()), str(months.max())) if coverage.height else ()
    return SourcesLook(library.sources().rows, dict(counted.iter_rows()), said.aliases, said.own_numbering, span)


def names_in_reports(library: Library) -> Mapping[Named, tuple[str, ...]]:
    """The names of platforms, publishers and databases as they stand in the library's usage, each sorted.

    Raises:
        NolcatError: If a part cannot be read.
    """
    usage = library.scan()
    database = pl.col("resource_name").filter(pl.col("report_type").str.contains(OF_DATABASES))
    asked = ((Named.PLATFORM, pl.col("platform")), (Named.PUBLISHER, pl.col("publisher")), (Named.DATABASE, database))
    found = pl.collect_all([usage.select(names.drop_nulls().unique().sort()) for _, names in asked])
    return {what: tuple(frame.to_series().to_list()) for (what, _), frame in zip(asked, found, strict=True)}


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


def foreseen_mapping(library: Library, mapping: Mapping[int, int]) -> tuple[Renamed, ...]:
    """What `map_sources` would rename, by path; nothing is changed.

    Raises:
        NolcatError: If an id is not in the list, another program is writing, or both sources have the same months of a
            report: then `map_sources` would refuse, too.
    """
    _check(library, mapping)
    found: dict[str, list[Holding]] = {}
    for held in (*library.holdings(), *library.asides()):
        if held.load.source_id in mapping:
            found.setdefault(held.path, []).append(held)
    with library.run("look at a mapping") as run:
        for old, new in mapping.items():
            run.map_source(old, new)
    return tuple(_renamed(path, [held.load for held in found[path]], mapping) for path in sorted(found))


def _renamed(path: str, loads: Sequence[Load], mapping: Mapping[int, int]) -> Renamed:
    old = loads[0].source_id
    folder, _, name = path.rpartition("/")
    after = f"{folder}/{mapping[old]}{name.removeprefix(str(old))}"
    months = {month for load in loads for month in load.months}
    return Renamed(path, after, old, loads[0].report_type, len(months), sum(load.rows for load in loads))


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
    names = _check(library, mapping)
    told = "; ".join(f"{names[old]} ({old}) is NoLCAT's {names[new]} ({new})" for old, new in mapping.items())
    with library.run(f"map sources: {told}") as run:
        for old, new in mapping.items():
            run.map_source(old, new)
            run.sources = run.sources.without(old)
        run.commit(progress)
    return library.history()[-1]


def _check(library: Library, mapping: Mapping[int, int]) -> Mapping[int, str]:
    names = library.sources().names()
    for old, new in mapping.items():
        if old not in names or new not in names or old == new or new in mapping:
            raise NolcatError(_no_such(old, new))
    return names


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
