"""Everything long that the review needs, off the window's thread: checking, looking closer, adding, undoing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from PySide6.QtCore import QObject, Qt, Signal

from nolcat_desktop.dataset import Library, SourceList
from nolcat_desktop.export.publisher_message import publisher_message
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_words import how_many_reports, tr
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.review_adding import Added, add
from nolcat_desktop.workflow.review_again import read_again
from nolcat_desktop.workflow.review_sheet import Sheet, Surroundings, round_cell, sheet_of
from nolcat_desktop.workflow.review_source import Proposal
from nolcat_desktop.workflow.review_titles import differing_titles
from nolcat_desktop.workflow.reviewing import Reviewed, review, review_one

Failed = Callable[[Problem], None]


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
        self._kept: tuple[tuple[str, int, str], Report, Sheet] | None = None
        self.sources = SourceList()
        """The library's sources, as last seen."""
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def check(
        self, paths: Sequence[Path], library: Library, done: Callable[[], None], failed: Failed,
        cancelled: Callable[[], None],
    ) -> Job:  # fmt: skip
        """Review `paths`; `found` comes for each report."""
        self._round += 1
        this = self._round

        def work(progress: Progress) -> SourceList:
            for one in review(paths, library, Wishes(), progress):
                self._told.emit(this, one)
            return library.sources()

        def finished(sources: SourceList) -> None:
            self.sources = sources
            done()

        name = tr("Checking {name}").format(name=paths[0].name) if len(paths) == 1 else tr("Checking files")
        self.checking = self._context.runner.start(name, work, done=finished, failed=failed, cancelled=cancelled)
        return self.checking

    def forget(self) -> None:
        """What is still being read is not wanted any more."""
        self._round += 1
        if self.checking is not None and not self.checking.is_over:
            self.checking.cancel()

    def look(self, reviewed: Reviewed, done: Callable[[Report, Sheet], None], failed: Failed) -> None:
        """Read a report again, to show its cells; the last one is kept."""
        key = (*reviewed.key, reviewed.sha256)
        if self._kept is not None and self._kept[0] == key:
            done(self._kept[1], self._kept[2])
            return

        def work(progress: Progress) -> tuple[Report, Sheet]:
            report = read_again(reviewed, progress)
            return report, sheet_of(report)

        def finished(read: tuple[Report, Sheet]) -> None:
            self._kept = (key, *read)
            done(*read)

        self._context.runner.start(tr("Looking"), work, done=finished, failed=failed, quiet=True)

    def around(self, reviewed: Reviewed, position: str, done: Callable[[Surroundings], None], failed: Failed) -> None:
        """The cells round a position."""
        key, kept = (*reviewed.key, reviewed.sha256), self._kept

        def work(progress: Progress) -> tuple[Report, Sheet, Surroundings]:
            if kept is not None and kept[0] == key:
                return kept[1], kept[2], round_cell(kept[2], position)
            report = read_again(reviewed, progress)
            sheet = sheet_of(report)
            return report, sheet, round_cell(sheet, position)

        def finished(read: tuple[Report, Sheet, Surroundings]) -> None:
            self._kept = (key, read[0], read[1])
            done(read[2])

        self._context.runner.start(tr("Looking"), work, done=finished, failed=failed, quiet=True)

    def look_again(
        self, line: Line, proposal: Proposal, member: str | None, done: Callable[[Reviewed], None], failed: Failed
    ) -> None:
        """Plan a report anew, with another source or member."""
        library, reviewed = self._context.library, line.reviewed
        if library is None:
            return

        def work(progress: Progress) -> Reviewed:
            report = read_again(reviewed, progress)
            return review_one(report, reviewed, library, Wishes(source=proposal.source_id, member=member), proposal)

        self._context.runner.start(tr("Looking"), work, done=done, failed=failed, quiet=True)

    def titles(
        self, reviewed: Reviewed, cell: tuple[str, str], done: Callable[[pl.DataFrame], None], failed: Failed
    ) -> None:
        """The titles that differ in a month and metric."""
        library, kept = self._context.library, self._kept
        key = (*reviewed.key, reviewed.sha256)
        if library is None:
            return

        def work(progress: Progress) -> pl.DataFrame:
            report = kept[1] if kept is not None and kept[0] == key else read_again(reviewed, progress)
            return differing_titles(report, reviewed, library, cell)

        self._context.runner.start(tr("Looking"), work, done=done, failed=failed, quiet=True)

    def message(self, reviewed: Reviewed, done: Callable[[str], None], failed: Failed) -> None:
        """Word a message to the publisher."""

        def work(progress: Progress) -> str:
            return publisher_message(read_again(reviewed, progress), reviewed.findings, reviewed.groups)

        self._context.runner.start(tr("Looking"), work, done=done, failed=failed, quiet=True)

    def add(
        self, lines: Sequence[Line], done: Callable[[Added], None], failed: Failed, cancelled: Callable[[], None]
    ) -> None:
        """Write the chosen reports, in one run."""
        library = self._context.library
        if library is None:
            return
        reviewed = [line.reviewed for line in lines]
        decisions = [line.decision() for line in lines]

        def work(progress: Progress) -> tuple[Added, SourceList]:
            return add(reviewed, decisions, library, progress), library.sources()

        def finished(outcome: tuple[Added, SourceList]) -> None:
            self.sources = outcome[1]
            done(outcome[0])

        name = tr("Adding {reports}").format(reports=how_many_reports(len(lines)))
        self._context.runner.start(name, work, done=finished, failed=failed, cancelled=cancelled, writes=True)

    def undo(self, entry: int, done: Callable[[], None], failed: Failed) -> None:
        """Take a run back."""
        library = self._context.library
        if library is not None:
            self._context.runner.start(
                tr("Undoing"), lambda _: library.undo(entry), done=lambda _: done(), failed=failed, writes=True
            )

    def _take(self, this: int, reviewed: Reviewed) -> None:
        if this == self._round:
            self.found.emit(reviewed)
