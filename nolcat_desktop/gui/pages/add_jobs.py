"""Everything long that the review needs, off the window's thread: checking, looking closer, adding, undoing."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import polars as pl
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nolcat_desktop.dataset import Entry, SourceList
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.pages.add_done import Rows, total_rows
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_words import how_many_reports, tr
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import review_apart
from nolcat_desktop.workflow.review_adding import Added
from nolcat_desktop.workflow.review_sheet import Sheet, Surroundings, round_cell
from nolcat_desktop.workflow.review_source import Proposal
from nolcat_desktop.workflow.review_told import NO_ANSWERS, Answer, Answers
from nolcat_desktop.workflow.reviewing import Reviewed
from nolcat_desktop.workflow.sample_content import sample_sha256s

_AT_ONCE = 0.01
"""Seconds of work after which the window answers before the next report is told."""
Failed = Callable[[Problem], None]
T = TypeVar("T")


class Jobs(QObject):
    """Work for one place; what comes of it is told in the window's thread."""

    found = Signal(object)
    """A `Reviewed`, as soon as it was read."""
    _told = Signal(int, object)

    def __init__(self, context: Context, parent: QObject) -> None:
        """Nothing to do yet."""
        super().__init__(parent)
        self._context = context
        self._round = 0
        self.checking: Job | None = None
        self._kept: tuple[tuple[object, ...], Sheet] | None = None
        self.sources = SourceList()
        """The library's sources, as last seen."""
        self.totals: Rows = ()
        """The lines of the totals of what was added last."""
        self._read: deque[Reviewed] = deque()
        self._then: Callable[[], None] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._tell)
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def check(
        self,
        paths: Sequence[Path],
        done: Callable[[], None],
        failed: Failed,
        cancelled: Callable[[], None],
        answers: Answers = NO_ANSWERS,
    ) -> None:
        """Review `paths`, with what was said already; `found` comes for each report."""
        shelf, apart = self._context.shelf(), self._context.runner.apart
        if shelf is None:
            return
        self._round += 1
        this, asked = self._round, list(paths)

        def work(progress: Progress) -> SourceList:
            sample_sha256s()  # read here, so that the window need not
            return apart.do(
                review_apart.check,
                shelf,
                asked,
                answers,
                progress=progress,
                tell=lambda one: self._told.emit(this, one),
            )

        name = tr("Checking {name}").format(name=paths[0].name) if len(paths) == 1 else tr("Checking files")
        asked_by = _Round(lambda: this == self._round, done, failed, cancelled, self)
        self.checking = self._context.runner.start(
            name, work, done=asked_by.done, failed=asked_by.failed, cancelled=asked_by.cancelled
        )

    def forget(self) -> None:
        """What is still being read is not wanted any more."""
        self._round += 1
        self._kept = self._then = None
        self._read.clear()
        if self.checking is not None and not self.checking.is_over:
            self.checking.cancel()
        self.checking = None

    def find_outdated(
        self, lines: Sequence[Line], done: Callable[[frozenset[tuple[str, int]]], None], failed: Failed
    ) -> None:
        """Which reports have to be read anew, because what they were held against is not as it was."""
        grounds = {line.reviewed.key: line.reviewed.ground for line in lines if line.reviewed.ground is not None}

        def finished(found: tuple[frozenset[tuple[str, int]], SourceList]) -> None:
            self.sources = found[1]
            done(found[0])

        self._look_there(finished, failed, review_apart.outdated, grounds)

    def look(self, reviewed: Reviewed, done: Callable[[Sheet], None], failed: Failed) -> None:
        """Read a report again, to show its cells; the last one is kept."""
        key = _reading(reviewed)
        if self._kept is not None and self._kept[0] == key:
            done(self._kept[1])
            return

        def finished(sheet: Sheet) -> None:
            self._kept = (key, sheet)
            done(sheet)

        self._look(finished, failed, review_apart.look, reviewed)

    def around(self, reviewed: Reviewed, position: str, done: Callable[[Surroundings], None], failed: Failed) -> None:
        """The cells round a position."""
        if self._kept is not None and self._kept[0] == _reading(reviewed):
            done(round_cell(self._kept[1], position))
            return
        self._look(done, failed, review_apart.around, reviewed, position)

    def look_again(
        self, line: Line, proposal: Proposal, member: str | None, done: Callable[[Reviewed], None], failed: Failed
    ) -> None:
        """Plan a report anew, with another source or member."""
        self._look_there(done, failed, review_apart.look_again, line.reviewed, proposal, member)

    def judge(self, reviewed: Reviewed, answer: Answer, done: Callable[[Reviewed], None], failed: Failed) -> None:
        """Read a report anew, with what was said about it."""
        self._look_there(done, failed, review_apart.judge, reviewed, answer)

    def titles(
        self, reviewed: Reviewed, cell: tuple[str, str], done: Callable[[pl.DataFrame], None], failed: Failed
    ) -> None:
        """The titles that differ in a month and metric."""
        self._look_there(done, failed, review_apart.titles, reviewed, cell)

    def texts(self, reviewed: Reviewed, month: str, done: Callable[[pl.DataFrame], None], failed: Failed) -> None:
        """What differs in a month elsewhere than in its counts."""
        self._look_there(done, failed, review_apart.texts, reviewed, month)

    def message(self, reviewed: Reviewed, done: Callable[[str], None], failed: Failed) -> None:
        """Word a message to the publisher."""
        self._look(done, failed, review_apart.message, reviewed)

    def add(
        self, lines: Sequence[Line], done: Callable[[Added], None], failed: Failed, cancelled: Callable[[], None]
    ) -> None:
        """Write the chosen reports, in one run."""
        shelf, apart = self._context.shelf(), self._context.runner.apart
        if shelf is None:
            failed(_closed())
            return
        reviewed = [line.reviewed for line in lines]
        decisions = [line.decision() for line in lines]

        def work(progress: Progress) -> tuple[Added, SourceList, Rows]:
            added, sources = apart.do(review_apart.adding, shelf, reviewed, decisions, progress=progress, writes=True)
            return added, sources, total_rows(added, sources.names())

        def finished(outcome: tuple[Added, SourceList, Rows]) -> None:
            added, self.sources, self.totals = outcome
            done(added)

        name = tr("Adding {reports}").format(reports=how_many_reports(len(lines)))
        self._context.runner.start(name, work, done=finished, failed=failed, cancelled=cancelled, writes=True)

    def undo(self, entry: int, done: Callable[[], None], failed: Failed) -> None:
        """Take a run back."""
        shelf, apart = self._context.shelf(), self._context.runner.apart
        if shelf is None:
            failed(_closed())
            return

        def work(progress: Progress) -> Entry:
            return apart.do(review_apart.undoing, shelf, entry, progress=progress, writes=True)

        self._context.runner.start(tr("Undoing"), work, done=lambda _: done(), failed=failed, writes=True)

    def _look(self, done: Callable[[T], None], failed: Failed, work: Callable[..., T], *given: object) -> None:
        apart = self._context.runner.apart
        self._context.runner.start(
            tr("Looking"),
            lambda progress: apart.do(work, *given, progress=progress),
            done=done,
            failed=failed,
            quiet=True,
        )

    def _look_there(self, done: Callable[[T], None], failed: Failed, work: Callable[..., T], *given: object) -> None:
        """Look in the library; without one there is nothing to compare with."""
        shelf = self._context.shelf()
        if shelf is None:
            failed(_closed())
        else:
            self._look(done, failed, work, shelf, *given)

    @property
    def is_telling(self) -> bool:
        """Whether some of what was read, or that it was the last, is not told yet."""
        return bool(self._read) or self._then is not None

    def when_told(self, do: Callable[[], None]) -> None:
        """Do something once all that was read is told."""
        if self._read:
            self._then = do
        else:
            do()

    def _take(self, this: int, reviewed: Reviewed) -> None:
        if this == self._round:
            self._read.append(reviewed)
            self._soon.start()

    def _tell(self) -> None:
        """Some at a time: many reports come at once, and the window answers in between."""
        end = time.thread_time() + _AT_ONCE
        while self._read:
            self.found.emit(self._read.popleft())
            if time.thread_time() > end or (self._then is not None and not self._read):
                self._soon.start()
                return
        then, self._then = self._then, None
        if then is not None:
            then()


class _Round(QObject):
    """Who asked for a check; nobody is told of one that is not wanted any more."""

    def __init__(
        self,
        is_wanted: Callable[[], bool],
        done: Callable[[], None],
        failed: Failed,
        cancelled: Callable[[], None],
        jobs: Jobs,
    ) -> None:
        super().__init__(jobs)
        self._is_wanted, self._jobs = is_wanted, jobs
        self._done, self._failed, self._cancelled = done, failed, cancelled

    def done(self, sources: SourceList) -> None:
        if self._is_wanted():
            self._jobs.sources = sources
        self._end(self._done)

    def failed(self, problem: Problem) -> None:
        self._end(lambda: self._failed(problem))

    def cancelled(self) -> None:
        self._end(self._cancelled)

    def _end(self, tell: Callable[[], None]) -> None:
        """After the last report was told."""

        def do() -> None:
            if self._is_wanted():
                tell()
            self.deleteLater()

        if self._is_wanted():
            self._jobs.when_told(do)
        else:
            self.deleteLater()


def _closed() -> Problem:
    return Problem(
        tr("The library is not open"), tr("Nothing was read or written."), tr("Open it again, then try again.")
    )


def _reading(reviewed: Reviewed) -> tuple[object, ...]:
    """What names a report and how it was read."""
    return (*reviewed.key, reviewed.sha256, reviewed.told)
