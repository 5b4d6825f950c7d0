"""Making a damaged library whole again: from earlier versions, else from the originals; what cannot be is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from nolcat_desktop.conversion import damaged_cells, lay_out
from nolcat_desktop.dataset import DamagedPart, Fault, Library, Load, Lost, Mending
from nolcat_desktop.dataset.strays import ONLY_ORIGINALS, only_originals
from nolcat_desktop.dataset.tally import in_months
from nolcat_desktop.dataset.verify import verify
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.loading import load_of
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.rereading import read_original

if TYPE_CHECKING:
    from nolcat_desktop.workflow.review_apart import Desk

HISTORY = ".nolcat/journal.jsonl"
"""What stands for the history among the paths of parts."""


class How(Enum):
    """What became of something that was damaged."""

    BROUGHT_BACK = "brought back"
    """The very bytes, from the earlier versions."""
    MADE_AGAIN = "made again"
    """From the originals; sums proved against the history."""
    BEGUN_ANEW = "begun anew"
    """The history: what is there is its first entry."""
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One thing that was damaged, and what became of it."""

    path: str
    how: How
    problem: Problem | None = None
    """Why it could not be made again, or what is not as before."""


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """What a rebuilding did, or would do."""

    done: tuple[Rebuilt, ...]
    left: tuple[Fault, ...]
    """What checking still finds afterwards: it cannot be made again."""


def rebuild(folder: Path, clock: Callable[[], datetime], program: str, progress: Progress) -> Rebuilding:
    """Make everything again that can be, then check the library.

    Args:
        folder: Of the library, however damaged.
        clock: Tells when.
        program: Version of the program.
        progress: Told and checked, part by part.

    Raises:
        NolcatError: If the folder is not there, another program is writing, or the disk refuses.
        Cancelled: If the user asked to stop; parts made so far are not in place.
    """
    library = _found(folder, clock, program)
    done = []
    with library.mending("rebuild") as mending:
        if mending.history_lost:
            done.append(Rebuilt(HISTORY, How.BEGUN_ANEW, _HISTORY_LOST))
        damaged = progress.over("Rebuilding", mending.damaged, lambda one: one.path)
        done += [_rebuilt(library, mending, part, progress) for part in damaged]
        mending.commit()
    return Rebuilding(tuple(done), tuple(Library.open(folder, clock, program).verify(progress)))


def rebuilding_apart(desk: Desk, folder: Path, when: datetime, program: str, look_only: bool) -> Rebuilding:
    """`foresee` or `rebuild`, in another process; even of a library that cannot be opened."""
    work = foresee if look_only else rebuild
    return work(folder, lambda: when, program, desk.progress)


def foresee(folder: Path, clock: Callable[[], datetime], program: str, progress: Progress) -> Rebuilding:
    """Say what `rebuild` would make again and what it could not; nothing is changed.

    The originals are really read again: only what comes out with the sums that the history remembers is promised.

    Args:
        folder: Of the library, however damaged.
        clock: See `rebuild`.
        program: Version of the program.
        progress: Told and checked, part by part.

    Raises:
        NolcatError: If the folder is not there or cannot be read.
        Cancelled: If the user asked to stop.
    """
    library = _found(folder, clock, program)
    history_lost, damaged, journal = library.foreseen()
    done = [Rebuilt(HISTORY, How.BEGUN_ANEW, _HISTORY_LOST)] if history_lost else []
    done += [_foreseen(library, part, progress) for part in progress.over("Looking", damaged, lambda one: one.path)]
    mended = {one.path for one in done if one.how is not How.LOST}
    left = verify(library.layout, journal, progress)
    return Rebuilding(tuple(done), tuple(one for one in left if one.path not in mended))


def _found(folder: Path, clock: Callable[[], datetime], program: str) -> Library:
    """The library in a folder, opened without a look at its history."""
    if not folder.is_dir():
        raise NolcatError(_NO_LIBRARY)
    library = Library(folder, clock, program)
    if only_originals(library.layout):
        raise NolcatError(ONLY_ORIGINALS)
    return library


def _foreseen(library: Library, part: DamagedPart, progress: Progress) -> Rebuilt:
    if part.in_versions:
        return Rebuilt(part.path, How.BROUGHT_BACK)
    if not part.loads:
        return Rebuilt(part.path, How.LOST, _NOT_KNOWN)
    for lost in part.loads:
        try:
            load, _ = _read_again(library, lost, progress)
        except NolcatError as error:
            return Rebuilt(part.path, How.LOST, error.problem)
        if (load.rows, load.tally.total) != (lost.rows, lost.total):
            return Rebuilt(part.path, How.LOST, _OTHER_SUMS)
    return Rebuilt(part.path, How.MADE_AGAIN)


def _rebuilt(library: Library, mending: Mending, part: DamagedPart, progress: Progress) -> Rebuilt:
    if part.in_versions:
        mending.bring_back(part)
        return Rebuilt(part.path, How.BROUGHT_BACK)
    if not part.loads:
        return Rebuilt(part.path, How.LOST, _NOT_KNOWN)
    try:
        loads = [_read_again(library, lost, progress) for lost in part.loads]
    except NolcatError as error:
        return Rebuilt(part.path, How.LOST, error.problem)
    if mending.put(part, loads):
        return Rebuilt(part.path, How.MADE_AGAIN)
    return Rebuilt(part.path, How.LOST, _OTHER_SUMS)


def _read_again(library: Library, lost: Lost, progress: Progress) -> tuple[Load, pl.LazyFrame]:
    """A load and its usage, made again from the original as it was made then."""
    named = Load(
        lost.original,
        lost.sha256,
        "",
        lost.report_type,
        lost.release,
        lost.source_id,
        sheet=lost.sheet,
        repairs=lost.repairs,
        told=lost.told,
        declined=lost.declined,
    )
    report = read_original(library, named, progress)
    wishes = Wishes(
        lost.source_id, lost.harvested, member=lost.member, told=report.origin.told, declined=frozenset(lost.declined)
    )
    damaged = damaged_cells(report, lost.member)
    load = load_of(report, lost.source_id, wishes, damaged, MappingProxyType(dict(lost.findings)))
    load = replace(
        load.narrowed(lost.months),
        entry=lost.entry,
        program=lost.program,
        restated=lost.restated,
    )
    usage = lay_out(report, lost.source_id, lost.member)
    return load, usage.filter(in_months(lost.months))


_NO_LIBRARY = Problem("There is no library here", "The folder is not there.", "Check the name of the folder.")
_HISTORY_LOST = Problem(
    "The history was begun anew",
    "What is stored is there, but when it came and what was decided before is lost as far as both copies lost it, and "
    "nothing before can be undone. The damaged copies are kept in .nolcat.",
    "Look over the answers, the names and the list of sources.",
)
_NOT_KNOWN = Problem(
    "It is not known what this part held",
    "The history does not say, so it cannot be made again.",
    "Bring it back from a backup, or add its originals again.",
)
_OTHER_SUMS = Problem(
    "The originals, read again, do not give what this part held",
    "The sums are others than the history remembers, so nothing was put in its place.",
    "Bring it back from a backup, or remove its months and add its originals again.",
)
