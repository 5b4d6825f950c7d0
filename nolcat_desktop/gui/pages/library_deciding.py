"""What is decided about cells of the coverage grid: no report exists, months shall go, a message is copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import polars as pl
from PySide6.QtCore import QObject, Signal

from nolcat_desktop.analysis.coverage_gaps import Gap, gaps
from nolcat_desktop.analysis.coverage_grid import YEAR, CellState, Grid
from nolcat_desktop.dataset import Answer, Entry
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.library_work import LibraryWork, Work
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.coverage_view import CoverageView
from nolcat_desktop.gui.pages.coverage_words import line_words
from nolcat_desktop.gui.pages.library_ask import AnswerDialog, Marked, Reach, RemoveDialog
from nolcat_desktop.workflow.answering import answer
from nolcat_desktop.workflow.removing import Chosen, removal, remove


class Deciding(QObject):
    """For the Library place."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, view: CoverageView, undo: Callable[[int], None], parent: QObject) -> None:
        """Decide about what is marked in `view`; `undo` takes an entry of the history back."""
        super().__init__(parent)
        self._context, self._view, self._undo = context, view, undo
        self._work = LibraryWork(context, self)
        self._work.said.connect(self.said)

    def why_not(self, what: str) -> str:
        """Why nothing can be decided now; empty: it can."""
        index = self._view.currentIndex()
        if not index.isValid() or marked_in(self._view) is None:
            return self.tr("No month is chosen")
        state = self.state()
        if what == "no_report" and state not in {CellState.MISSING, CellState.ANSWERED}:
            return self.tr("The month is not missing")
        if what == "remove_months" and state in {CellState.MISSING, CellState.ANSWERED, CellState.EMPTY}:
            return self.tr("Nothing is loaded there")
        return ""

    def state(self) -> CellState | None:
        """The state of the current cell."""
        index, model = self._view.currentIndex(), self._view.coverage
        if not index.isValid():
            return None
        line, at, year = model.line_at(index), model.month_at(index.column()), model.year_at(index.column())
        if at is not None:
            return line.state(at)
        return line.year(year).state if year is not None else None

    def no_report(self) -> None:
        """Ask of which months no report exists, and remember it."""
        marked = marked_in(self._view)
        if marked is not None:
            AnswerDialog(marked, lambda reach, note: self._remember(marked, reach, note), self._view).open()

    def answer_gaps(self, chosen: Sequence[Gap]) -> None:
        """Remember that no report exists of the months of `chosen`."""
        if chosen:
            said = [Answer(gap.source_id, gap.report_type, f"{gap.first:%Y-%m}", f"{gap.last:%Y-%m}") for gap in chosen]
            count = sum(gap.months for gap in chosen)
            told = self.tr("Remembered: no report exists of 1 month.")
            if count > 1:
                told = self.tr("Remembered: no report exists of {n} months.").format(n=number(count))
            work = Work(self.tr("Remembering"), answer, (said, self._today()))
            self._work.change(work, lambda entry: self._tell(told, entry))

    def withdraw(self) -> None:
        """Take the word back that no report exists of the current month."""
        marked = marked_in(self._view)
        library = self._context.library
        if marked is None or library is None:
            return
        month = f"{marked.first:%Y-%m}"
        reports = [marked.report_type] if marked.report_type else self._reports(marked.source_id)
        found = [
            one
            for one in library.decisions().answers
            if any(one.covers(marked.source_id, report, month) for report in reports)
        ]
        if found:
            work = Work(self.tr("Taking back"), answer, (found, self._today(), True))
            self._work.change(
                work, lambda entry: self._tell(self.tr("Taken back: the months are expected again."), entry)
            )

    def remove_months(self) -> None:
        """Show what would go, and remove it."""
        marked = marked_in(self._view)
        if marked is None:
            return
        chosen = Chosen(marked.source_id, marked.report_type or None, _texts(marked.first, marked.last))

        def shown(gone: pl.DataFrame) -> None:
            if not gone.height:
                self.said.emit(Notice(self.tr("Nothing is loaded in these months."), Level.INFO))
                return
            who = f"{marked.who} · {marked.words}"
            RemoveDialog(who, gone, lambda: self._remove(marked, chosen), self._view).open()

        self._work.look(Work(self.tr("Looking"), removal, (chosen,)), shown)

    def _remove(self, marked: Marked, chosen: Chosen) -> None:
        told = self.tr("Removed {months} of {who}.").format(months=marked.words, who=marked.who)
        self._work.change(
            Work(self.tr("Removing months"), remove, ([chosen],), told=True), lambda entry: self._tell(told, entry)
        )

    def _remember(self, marked: Marked, reach: Reach, note: str) -> None:
        first = None if reach is Reach.BEFORE else f"{marked.first:%Y-%m}"
        last = None if reach is Reach.AFTER else f"{marked.last:%Y-%m}"
        said = Answer(marked.source_id, marked.report_type, first, last, note)
        told = self.tr("Remembered: no report exists of {who}, {months}.")
        text = told.format(who=marked.who, months=marked.words)
        work = Work(self.tr("Remembering"), answer, ([said], self._today()))
        self._work.change(work, lambda entry: self._tell(text, entry))

    def _tell(self, text: str, entry: Entry) -> None:
        self.said.emit(Notice(text, Level.OK, (Choice(self.tr("Undo"), lambda: self._undo(entry.entry)),)))

    def _today(self) -> str:
        return self._context.today().isoformat()

    def _reports(self, source_id: int) -> list[str]:
        grid = self._view.coverage.grid
        return [line.report_type for source, line in grid.lines() if source.source_id == source_id]


def marked_in(view: CoverageView) -> Marked | None:
    """The months that are marked in the current row, from the first to the last; None where no month is meant."""
    model, index = view.coverage, view.currentIndex()
    if not index.isValid():
        return None
    same = [
        one
        for one in view.selectionModel().selectedIndexes()
        if one.row() == index.row() and one.parent() == index.parent() and not view.isColumnHidden(one.column())
    ]
    ats: list[int] = []
    for one in same or [index]:
        at, year = model.month_at(one.column()), model.year_at(one.column())
        ats += [at] if at is not None else list(range(year * YEAR, (year + 1) * YEAR)) if year is not None else []
    if not ats:
        return None
    source, line = model.source_at(index), model.line_at(index)
    who = line_words(source, line)
    return Marked(
        who, source.source_id, line.report_type, model.grid.first_day(min(ats)), model.grid.first_day(max(ats))
    )


def gaps_at(grid: Grid, marked: Marked) -> list[Gap]:
    """The gaps that lie in what is marked, as far as they go."""
    return [
        gap
        for gap in gaps(grid)
        if gap.source_id == marked.source_id
        and marked.report_type in {"", gap.report_type}
        and gap.first <= marked.last
        and gap.last >= marked.first
    ]


def _texts(first: date, last: date) -> tuple[str, ...]:
    begin, end = (day.year * YEAR + day.month - 1 for day in (first, last))
    return tuple(f"{at // YEAR:04}-{at % YEAR + 1:02}" for at in range(begin, end + 1))
