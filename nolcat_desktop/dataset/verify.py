"""Is everything in the library what it should be? Every file is read; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.decisions import decisions_of
from nolcat_desktop.dataset.elsewhere import originals_elsewhere
from nolcat_desktop.dataset.files import sha256_of
from nolcat_desktop.dataset.journal import Journal
from nolcat_desktop.dataset.layout import SOURCES, Layout
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.mending import contents_of
from nolcat_desktop.dataset.one_member import several_members
from nolcat_desktop.dataset.overlaps import overlaps
from nolcat_desktop.dataset.parts import Holding, Part, read_part, scan_file
from nolcat_desktop.dataset.publish import state_of
from nolcat_desktop.dataset.sources_check import sources_problems
from nolcat_desktop.dataset.staging import aside_path, place_of
from nolcat_desktop.dataset.strays import FOREIGN, ONLY_ORIGINALS, files_in, only_originals, strays
from nolcat_desktop.dataset.tally import tally
from nolcat_desktop.dataset.tidying import needed_versions
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.usage import NEVER_NULL, USAGE

_ORIGINALS = "originals"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BACKUP = "Bring it back from a backup, or load the originals of this part again."


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be."""

    path: str
    """From the library's folder, with `/`."""
    problem: Problem

    def as_dict(self) -> dict[str, str | None]:
        """path, title, meaning, remedy."""
        told = self.problem.as_dict()
        return {"path": self.path, "title": told["title"], "meaning": told["meaning"], "remedy": told["remedy"]}


def verify(layout: Layout, journal: Journal, progress: Progress | None = None) -> list[Fault]:
    """Read everything and report what is wrong, by path.

    Leftovers of a killed run, an empty folder and NoLCAT's own parts are no fault unless months overlap.

    Raises:
        NolcatError: If the folder itself cannot be read.
        Cancelled: If the user asked to stop.
    """
    told = progress or Progress()
    faults = _journal_faults(journal)
    state = state_of(journal.records)
    listed = state.pop(SOURCES, None)
    with disk(layout.folder):
        paths, asides = layout.parts(), layout.asides()
    parts = []
    for path in told.over("Checking", [*paths, *asides]):
        part, found = _check_part(layout, path, state.get(path), bool(state))
        faults += found
        parts += [part] if part else []
    missing = [path for path, sha256 in state.items() if sha256 is not None and path not in {*paths, *asides}]
    faults += [Fault(path, _MISSING_PART) for path in missing]
    faults += _overlap_faults([part for part in parts if part.path not in asides])
    faults += _member_fault(parts, journal)
    faults += _check_originals(layout, parts, told, originals_elsewhere(journal))
    faults += _earlier_originals(layout, parts, journal)
    faults += _check_versions(layout, journal, told)
    faults += [Fault(path, problem) for path, problem in strays(layout)]
    faults += [Fault(SOURCES, problem) for problem in sources_problems(layout, listed)]
    faults += [Fault(_ORIGINALS, ONLY_ORIGINALS)] if only_originals(layout) else []
    return sorted(faults, key=lambda fault: (fault.path, fault.problem.title))


def _check_part(layout: Layout, path: str, sha256: str | None, has_history: bool) -> tuple[Part | None, list[Fault]]:
    file = layout.at(path)
    try:
        part = read_part(path, file)
        with disk(file):
            same = sha256 is None or sha256_of(file) == sha256
        wrong = "" if part.foreign else _difference(part)
    except NolcatError as error:
        return None, [Fault(path, error.problem)]
    except (pl.exceptions.PolarsError, OSError) as error:
        return None, [Fault(path, _damaged(str(error)))]
    faults = []
    if wrong or not same:
        faults.append(Fault(path, _damaged(wrong or "its bytes are not those that were written")))
    if sha256 is None and not part.foreign:
        faults.append(Fault(path, _UNKNOWN_PART if has_history else _NO_HISTORY))
    return part, faults


def _difference(part: Part) -> str:
    """How the part differs from its footer and from the schema of usage; empty when it does not."""
    rows = scan_file(part.file)
    if list(rows.collect_schema().items()) != list(USAGE.items()):
        return "its columns are not those of usage"
    nulls = rows.select(pl.sum_horizontal(pl.col(NEVER_NULL).null_count())).collect(engine="streaming").item()
    if nulls:
        return "cells are missing that every row must have"
    there, told = rows.select(pl.len()).collect().item(), sum(load.rows for load in part.loads)
    if there != told:
        return f"it holds {there} rows, its footer says {told}"
    return next((wrong for held in part.holdings() if (wrong := _difference_of(held, rows))), "")


def _difference_of(held: Holding, rows: pl.LazyFrame) -> str:
    load = held.stored
    if tally(rows.slice(held.offset, load.rows)) != load.tally:
        return f"the counts of {load.original} do not add up to its control sums"
    if load.sha256 and held.path not in (place_of(load), aside_path(load)):
        return f"{load.original} belongs into another part: this file was renamed"
    return ""


def _overlap_faults(parts: list[Part]) -> list[Fault]:
    found = overlaps(held for part in parts for held in part.holdings())
    return [Fault(one.second.path, _counted_twice(one.first.load, one.months, one.first.path)) for one in found]


def _member_fault(parts: Sequence[Part], journal: Journal) -> list[Fault]:
    """The library's members when there are several, told of the first part that is not of the first one."""
    aliases = decisions_of(journal).aliases
    seen: list[Load] = []
    for part in parts:
        seen += part.loads
        if problem := several_members(seen, aliases):
            return [Fault(part.path, several_members((one for of in parts for one in of.loads), aliases) or problem)]
    return []


def _check_originals(layout: Layout, parts: list[Part], told: Progress, elsewhere: frozenset[str]) -> list[Fault]:
    wanted = {load.sha256: load.original for part in parts for load in part.loads if load.sha256}
    there = files_in(layout.originals)
    faults = [
        Fault(f"originals/{sha256}", _missing_original(name))
        for sha256, name in wanted.items()
        if sha256 not in there and sha256 not in elsewhere
    ]
    for name, file in told.over("Checking", sorted(there.items()), lambda item: item[0]):
        if not _SHA256.fullmatch(name):
            faults.append(Fault(f"originals/{name}", FOREIGN))
        elif problem := _content_problem(file, name):
            faults.append(Fault(f"originals/{name}", problem))
    return faults


def _earlier_originals(layout: Layout, parts: list[Part], journal: Journal) -> list[Fault]:
    """Originals that are missing only once a change is taken back."""
    live = {load.sha256 for part in parts for load in part.loads}
    known, there, elsewhere = contents_of(journal), files_in(layout.originals), originals_elsewhere(journal)
    wanted = {one["sha256"]: one["original"] for sha256 in needed_versions(journal) for one in known.get(sha256, ())}
    return [
        Fault(f"{_ORIGINALS}/{sha256}", _missing_then(name))
        for sha256, name in wanted.items()
        if sha256 and not (sha256 in live or sha256 in there or sha256 in elsewhere)
    ]


def _check_versions(layout: Layout, journal: Journal, told: Progress) -> list[Fault]:
    there = files_in(layout.versions)
    now = {sha256 for sha256 in state_of(journal.records).values() if sha256}
    lost = [name for name in needed_versions(journal) if name not in there and name not in now]
    return [Fault(f".nolcat/versions/{name}", _MISSING_VERSION) for name in lost] + [
        Fault(f".nolcat/versions/{name}", _DAMAGED_VERSION)
        for name, file in told.over("Checking", sorted(there.items()), lambda item: item[0])
        if _SHA256.fullmatch(name) and _content_problem(file, name)
    ]


def _content_problem(file: Path, sha256: str) -> Problem | None:
    try:
        with disk(file):
            return None if sha256_of(file) == sha256 else _DAMAGED_ORIGINAL
    except NolcatError as error:
        return error.problem


def _journal_faults(journal: Journal) -> list[Fault]:
    if journal.forked:
        return [Fault(".nolcat/journal.jsonl", _FORKED_HISTORY)]
    if journal.broken:
        return [Fault(f".nolcat/{name}", _LOST_HISTORY) for name in journal.damaged]
    return [Fault(f".nolcat/{name}", _DAMAGED_HISTORY) for name in journal.damaged]


def _damaged(detail: str) -> Problem:
    return Problem("A part of the library is damaged", f"Its numbers cannot be trusted: {detail}.", _BACKUP)


def _counted_twice(load: Load, months: tuple[str, ...], path: str) -> Problem:
    return Problem(
        "Months are counted twice",
        f"{', '.join(months)} of {load.report_type} of statistics source {load.source_id} are also in {path}.",
        "Decide which file is right, and remove those months of the other one from the library.",
    )


def _missing_original(name: str) -> Problem:
    return Problem(
        "An original is missing",
        f"The numbers of {name} are there, but not the file that proves them.",
        "Bring the file back from a backup, or add it again.",
    )


def _missing_then(name: str) -> Problem:
    return Problem(
        "An original of an earlier version is missing",
        "The numbers in the library are not affected. If the change after it were taken back, the file that proves the "
        f"numbers of {name} would not be there.",
        "Bring the file back from a backup if you want to take that change back.",
    )


_DAMAGED_ORIGINAL = Problem(
    "An original is damaged",
    "The numbers in the library are not affected, but this file no longer proves them.",
    "Bring it back from a backup, or from where it was downloaded.",
)
_DAMAGED_VERSION = Problem(
    "An earlier version of a part is damaged",
    "The numbers in the library are not affected, but a change can no longer be taken back.",
    "Bring it back from a backup if you want to take that change back.",
)
_MISSING_PART = Problem("A part of the library is missing", "Its numbers are missing from every sum.", _BACKUP)
_UNKNOWN_PART = Problem(
    "A part is not in the library's history",
    "It was written by this program, but not here; its numbers count in every sum.",
    "If it was copied here by mistake, move it out; else add its originals instead.",
)
_NO_HISTORY = Problem(
    "The library has lost its history",
    "The numbers are there, but it is not known any more what was added when, and nothing can be taken back.",
    "Bring the folder .nolcat back from a backup, or have the history begun anew (nolcat library rebuild).",
)
_MISSING_VERSION = Problem(
    "An earlier version of a part is missing",
    "The numbers in the library are not affected, but a change can no longer be taken back.",
    "Bring it back from a backup if you want to take that change back.",
)
_FORKED_HISTORY = Problem(
    "The two copies of the library's history tell different things",
    "Two computers seem to have changed the library at the same time. The numbers are there, but nothing can be added "
    "or taken back.",
    "Have the library rebuilt (nolcat library rebuild): it keeps what is there and says what is lost.",
)
_DAMAGED_HISTORY = Problem(
    "One copy of the library's history is damaged",
    "Nothing is lost: the other copy is whole, and the next change repairs this one.",
    "If it happens again, look after the disk.",
)
_LOST_HISTORY = Problem(
    "The library's history is damaged in both of its copies",
    "The numbers are there, but nothing can be added or taken back.",
    "Bring the folder .nolcat back from a backup, or have the history begun anew (nolcat library rebuild).",
)
