"""What the window has done in another process: nothing here knows how it gets there, only what is done.

Each function takes the desk it is done at and plain values. All that comes and goes can be pickled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import polars as pl

from nolcat_desktop.conversion import decline
from nolcat_desktop.dataset import Entry, Library, SourceList
from nolcat_desktop.export.publisher_message import publisher_message
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import Report
from nolcat_desktop.validation import group, validate
from nolcat_desktop.workflow import review_ground
from nolcat_desktop.workflow.converting import convert
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.review_adding import Added, Decision, add
from nolcat_desktop.workflow.review_again import judge_again, read_again
from nolcat_desktop.workflow.review_causes import told_once
from nolcat_desktop.workflow.review_ground import Ground
from nolcat_desktop.workflow.review_sheet import Sheet, Surroundings, round_cell, sheet_of
from nolcat_desktop.workflow.review_source import Proposal
from nolcat_desktop.workflow.review_titles import changed_texts, differing_titles
from nolcat_desktop.workflow.review_told import NO_ANSWERS, Answer, Answers
from nolcat_desktop.workflow.reviewing import Reviewed, review, review_one
from nolcat_desktop.workflow.sample_content import answer_sample

if TYPE_CHECKING:
    from nolcat_desktop.workflow.proving import Pages

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which library is meant."""

    folder: Path
    program: str
    """Version of the program, for the footers."""
    now: datetime
    """When the work was asked for."""
    is_made: bool = False
    """Whether something was found in it: then its folder must be there."""


class Desk:
    """What is kept between two orders: the open library, and the report that was looked at last."""

    def __init__(self, progress: Progress, tell: Callable[[object], None]) -> None:
        """Nothing lies on it.

        Args:
            progress: Told and checked by all work at this desk.
            tell: Gets what comes bit by bit.
        """
        self.progress, self.tell = progress, tell
        self._library: Library | None = None
        self._now = datetime.now(UTC)
        self._looked_at: tuple[tuple[object, ...], Report, Sheet] | None = None

    def library(self, shelf: Shelf) -> Library:
        """The library that is meant, opened once."""
        self._now = shelf.now
        if self._library is None or self._library.layout.folder != shelf.folder:
            self._library = Library.open(shelf.folder, lambda: self._now, shelf.program)
        self._library.presence.is_made |= shelf.is_made
        return self._library

    def report(self, reviewed: Reviewed) -> tuple[Report, Sheet]:
        """The report, read again unless it was the last one, without the declined repairs; and its sheet as it is."""
        key = (*reviewed.key, reviewed.sha256, reviewed.told, reviewed.declined)
        if self._looked_at is None or self._looked_at[0] != key:
            self._looked_at = None
            report = read_again(reviewed, self.progress)
            self._looked_at = (key, decline(report, reviewed.declined), sheet_of(report))
        return self._looked_at[1], self._looked_at[2]


def _at_hand(work: Callable[Concatenate[Desk, Shelf, P], T]) -> Callable[Concatenate[Desk, Shelf, P], T]:
    """`work`, with what the disk refuses as a problem; if the library's folder went meanwhile, that is the problem."""

    @wraps(work)
    def do(desk: Desk, shelf: Shelf, /, *given: P.args, **named: P.kwargs) -> T:
        with desk.library(shelf).presence.within():
            return work(desk, shelf, *given, **named)

    return do


@_at_hand
def check(desk: Desk, shelf: Shelf, paths: Sequence[Path], answers: Answers = NO_ANSWERS) -> SourceList:
    """Review `paths`, with what was said already, and tell each `Reviewed`; the library's sources come back."""
    library = desk.library(shelf)
    for one in review(paths, library, Wishes(), desk.progress, answers):
        desk.tell(one)
    return library.sources()


@_at_hand
def outdated(
    desk: Desk, shelf: Shelf, grounds: Mapping[tuple[str, int], Ground]
) -> tuple[frozenset[tuple[str, int]], SourceList]:
    """Keys of the reports whose ground is not as it was; and the library's sources."""
    library = desk.library(shelf)
    return review_ground.outdated(grounds, library), library.sources()


def look(desk: Desk, reviewed: Reviewed) -> Sheet:
    """The whole report as a spreadsheet shows it."""
    return desk.report(reviewed)[1]


def around(desk: Desk, reviewed: Reviewed, position: str) -> Surroundings:
    """The cells round a position."""
    return round_cell(desk.report(reviewed)[1], position)


@_at_hand
def look_again(desk: Desk, shelf: Shelf, reviewed: Reviewed, proposal: Proposal, member: str | None) -> Reviewed:
    """Plan a report anew, with another source or member."""
    report, _ = desk.report(reviewed)
    wishes = Wishes(proposal.source_id, member=member, told=reviewed.told, declined=reviewed.declined)
    return review_one(report, reviewed, desk.library(shelf), wishes, proposal)


@_at_hand
def judge(desk: Desk, shelf: Shelf, reviewed: Reviewed, answer: Answer) -> Reviewed:
    """Read and judge a report anew, with what was said about it: report, months, declined repairs."""
    return judge_again(reviewed, answer, desk.library(shelf), desk.progress)


@_at_hand
def titles(desk: Desk, shelf: Shelf, reviewed: Reviewed, cell: tuple[str, str]) -> pl.DataFrame:
    """The titles that differ in a month and metric."""
    report, _ = desk.report(reviewed)
    return differing_titles(report, reviewed, desk.library(shelf), cell)


@_at_hand
def texts(desk: Desk, shelf: Shelf, reviewed: Reviewed, month: str) -> pl.DataFrame:
    """What differs in a month elsewhere than in its counts."""
    report, _ = desk.report(reviewed)
    return changed_texts(report, reviewed, desk.library(shelf), month)


def message(desk: Desk, reviewed: Reviewed) -> str:
    """A message to the publisher, in words: of all that is theirs, also of what is asked and not answered yet."""
    report = desk.report(reviewed)[0]
    findings = told_once(validate(report, progress=desk.progress))
    return publisher_message(report, findings, group(findings, report.items.height))


@_at_hand
def adding(
    desk: Desk, shelf: Shelf, reviewed: Sequence[Reviewed], decisions: Sequence[Decision]
) -> tuple[Added, SourceList]:
    """Write the chosen reports in one run; the library's sources come back, too."""
    library = desk.library(shelf)
    return add(reviewed, decisions, library, desk.progress), library.sources()


@_at_hand
def undoing(desk: Desk, shelf: Shelf, entry: int, only_last: bool = False) -> Entry:
    """Take a run back; if `only_last`, unless something was done since."""
    desk.progress.check()
    return desk.library(shelf).undo(entry, only_last)


@_at_hand
def redoing(desk: Desk, shelf: Shelf, entry: int) -> Entry:
    """Bring a run back that was undone last."""
    desk.progress.check()
    return desk.library(shelf).redo(entry)


@_at_hand
def filling(desk: Desk, shelf: Shelf, paths: Sequence[Path]) -> None:
    """Store the sample, which is in `paths`, unless something is stored there already; and answer its gap of years."""
    library = desk.library(shelf)
    if not library.parts():
        convert(paths, library, Wishes(), desk.progress)
        answer_sample(library)


@_at_hand
def on_library(desk: Desk, shelf: Shelf, work: Callable[..., T], given: Sequence[object], told: bool = False) -> T:
    """Any work of a module that takes a library first; with `told` it takes the progress last."""
    desk.progress.check()
    library = desk.library(shelf)
    return work(library, *given, desk.progress) if told else work(library, *given)


def certificates(  # noqa: PLR0913, PLR0917 - they come one by one over the wire
    library: Library, when: datetime, program: str, name: str, entry: int | None, progress: Progress
) -> Pages:
    """The certificates of what an entry stored (None: of all that is live), as pages and what their sums are of.

    The library is called `name` in them; its folder's name where that is empty.

    Raises:
        NolcatError: If nothing of it is live, or a part cannot be read.
        Cancelled: If the user asked to stop.
    """
    from nolcat_desktop.workflow.certifying import Stamp, certify  # seldom wanted
    from nolcat_desktop.workflow.proving import certificate_pages

    return certificate_pages(certify(library, Stamp(when, program, name), progress, entry))
