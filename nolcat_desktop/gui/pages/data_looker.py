"""Reads and answers for Look at data, off the window's thread; only the last question is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import polars as pl
from PySide6.QtCore import QObject, QTimer, Signal

from nolcat_desktop.analysis.coverage_whole import unloaded
from nolcat_desktop.analysis.looking import Answer, Holding, Question, answer
from nolcat_desktop.analysis.table_query import ALWAYS, hold
from nolcat_desktop.analysis.telling_apart import telling_apart
from nolcat_desktop.dataset import Alias, Library, Named
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.pages.data_columns import family
from nolcat_desktop.gui.pages.data_subject import MASTERS, Subject, stored, subject_of, subjects
from nolcat_desktop.gui.pages.data_wish import Wish, wish_for
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.just_added import just_added
from nolcat_desktop.workflow.too_low import too_low
from nolcat_desktop.workflow.viewing import Wanted, usage_of
from nolcat_desktop.workflow.working_out import as_of_view, known_months, too_low_of, worked_out

T = TypeVar("T")
PATIENCE_MS = 300
"""Work that is done earlier is not shown as work."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One report type of the library, and which others there are."""

    holding: Holding
    report_types: tuple[str, ...]
    """Keys of all that the library can show; see `data_subject.subjects`."""
    metrics: tuple[str, ...]
    """Metrics of the holding, by name."""
    aliases: tuple[Alias, ...] = ()
    """Names of its own that the library has for platforms, publishers and databases."""
    apart: tuple[str, ...] = ()
    """Columns that tell rows apart which would look equal without them; read, whether they are shown or not."""
    wish: Wish | None = None
    """What is to be chosen of it, where that was asked for."""


class Looker(QObject):
    """One for each place."""

    loaded = Signal(object)
    """`Loaded`, or None: the library is empty."""
    answered = Signal(object)
    """An `Answer`."""
    failed = Signal(object)
    """A `Problem`."""
    working = Signal(bool)
    """Whether it takes longer than is pleasant."""

    def __init__(self, runner: TaskRunner, today: Callable[[], date], parent: QObject | None = None) -> None:
        """Work by `runner`; `today` decides which months are due."""
        super().__init__(parent)
        self._runner, self._today = runner, today
        self.just_added = False
        """Whether what is read next is what was added last."""
        self.wish: Wish | None = None
        """What is to be chosen of what is read next."""
        self.own_names = False
        """Whether what is read next goes by the names that the library knows it by."""
        self.also: tuple[str, ...] = ()
        """Columns that are read besides, though they are not shown."""
        self._job: Job | None = None
        self._turn = 0
        self._holding: Holding | None = None
        self._answer: Answer | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.working.emit(True))

    @property
    def holding(self) -> Holding | None:
        """What is held."""
        return self._holding

    def load(self, library: Library, report_type: str, columns: Mapping[str, tuple[str, ...]], name: str) -> None:
        """Read the reports of one type.

        Args:
            library: Where from.
            report_type: Of which; the first there is when the library has none of it.
            columns: Family of reports → the columns that are wanted of them.
            name: What is done, for the job bar.
        """
        wanted, newest, wish = Wanted(own_names=self.own_names), self.just_added, self.wish
        self.just_added, self.wish = False, None
        also = self.also
        today = self._today()

        def work(progress: Progress) -> Loaded | None:
            with library.presence.within():
                asked = wish_for(just_added(library), MASTERS, report_type) if newest else wish
                coverage = library.coverage()
                meant = asked.report_type(coverage, stored(coverage)) if asked is not None else ""
                found = _load(library, meant or report_type, columns, also, wanted, today, progress)
            return None if found is None else replace(found, wish=asked if meant else None)

        self._start(name, work, self._take_loaded, False)

    def ask(self, question: Question, name: str) -> None:
        """Answer `question` about what is held."""
        holding, last = self._holding, self._answer
        if holding is not None:
            self._start(name, lambda _progress: answer(holding, question, last), self._take_answer, True)

    def stop(self) -> None:
        """Forget what is asked."""
        self._turn += 1
        self._rest()
        if self._job is not None:
            self._runner.cancel(self._job)
            self._job = None

    def _start(self, name: str, work: Callable[[Progress], T], done: Callable[[T], None], quiet: bool) -> None:
        self.stop()
        turn = self._turn

        def mine(value: T) -> None:
            if turn == self._turn:
                self._rest()
                done(value)

        def wrong(problem: Problem) -> None:
            if turn == self._turn:
                self._rest()
                self.failed.emit(problem)

        self._patience.start()
        self._job = self._runner.start(name, work, done=mine, failed=wrong, cancelled=self._cancelled, quiet=quiet)

    def _cancelled(self) -> None:
        if self._job is not None and self._job not in self._runner.jobs:
            self._rest()

    def _rest(self) -> None:
        self._patience.stop()
        self.working.emit(False)

    def _take_loaded(self, loaded: Loaded | None) -> None:
        self._holding = None if loaded is None else loaded.holding
        self._answer = None
        self.loaded.emit(loaded)

    def _take_answer(self, found: Answer) -> None:
        self._answer = found
        self.answered.emit(found)


def _load(  # noqa: PLR0913, PLR0917 - the question, its day, and whom to tell
    library: Library,
    wanted: str,
    read: Mapping[str, tuple[str, ...]],
    also: tuple[str, ...],
    how: Wanted,
    today: date,
    progress: Progress,
) -> Loaded | None:
    coverage, names = library.coverage(), library.sources().names()
    types = subjects(coverage)
    if not types:
        return None
    subject = subject_of(next(one for one in (wanted, subject_of(wanted).report_type, types[0]) if one in types))
    columns = tuple(key for key in read[family(subject.report_type)] if key not in ALWAYS)
    progress.check()
    if subject.master:
        view = worked_out(library, subject.report_type, how, coverage)
        usage, notes, also = view.usage, view.notes, (*also, "report_type")
    else:
        usage, notes = usage_of(library, [subject.report_type], how), ()
    apart = telling_apart(usage, columns)
    progress.check()
    frame = hold(usage, (*columns, *apart, *also), names)
    metrics = frame["metric_type"].unique().cast(pl.String).sort().to_list()
    aliases = tuple(one for one in library.decisions().aliases if one.what is not Named.MEMBER)
    lacking = unloaded(coverage, library.decisions().answers, today)
    holding = Holding(
        subject.report_type, frame, coverage, _named(names, frame), lacking, worked_out=subject.master, notes=notes
    )
    return Loaded(_with_holes(library, holding, subject), types, tuple(metrics), aliases, apart)


def _with_holes(library: Library, holding: Holding, subject: Subject) -> Holding:
    """With what was left out; of a view that is worked out all is told as if its master were the view."""
    if not subject.master:
        return replace(holding, too_low=too_low(library, {subject.report_type}))
    view, lacking = subject.report_type, holding.unloaded
    own = known_months(holding.coverage, view, Wanted())
    coverage = as_of_view(holding.coverage, view, own)
    keys = ["statistics_source_ID", "report_type", "month"]
    lacking = coverage.clear() if lacking is None else as_of_view(lacking, view, own).unique(keys, maintain_order=True)
    lacking = lacking.join(coverage, on=keys, how="anti")
    return replace(holding, coverage=coverage, unloaded=lacking, too_low=too_low_of(library, view, own))


def _named(names: Mapping[int, str], frame: pl.DataFrame) -> Mapping[int, str]:
    """Every source of the frame has a name, if only its number."""
    ids = frame["statistics_source_ID"].unique().to_list()
    return {**{one: str(one) for one in ids}, **names}
