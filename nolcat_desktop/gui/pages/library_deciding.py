"""What is decided about cells of the coverage grid: no report exists, months shall go, a message is copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import polars as pl
from PySide6.QtCore import QModelIndex, QObject, Signal

from nolcat_desktop.analysis.coverage_gaps import Gap, gaps
from nolcat_desktop.analysis.coverage_grid import YEAR, CellState, Grid
from nolcat_desktop.dataset import Answer, Entry
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.library_work import LibraryWork, Work
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.coverage_model import MONTHS
from nolcat_desktop.gui.pages.coverage_view import CoverageView
from nolcat_desktop.gui.pages.coverage_words import line_words, runs_words
from nolcat_desktop.gui.pages.gap_words import noted_of_marked, noted_words
from nolcat_desktop.gui.pages.library_ask import AnswerDialog, Marked, Reach, RemoveDialog
from nolcat_desktop.workflow.answering import answer
from nolcat_desktop.workflow.removing import Chosen, removal, remove

_ASKED = frozenset({CellState.MISSING, CellState.ANSWERED})
_LOADED = frozenset(CellState) - _ASKED - {CellState.EMPTY}


class Deciding(QObject):
    """For the Library place."""

    said = Signal(object)
    """A `Notice`."""
    marked = Signal()
    """Another cell is current, or other months are marked."""

    def __init__(self, context: Context, view: CoverageView, undo: Callable[[int], None], parent: QObject) -> None:
        """Decide about what is marked in `view`; `undo` takes an entry of the history back."""
        super().__init__(parent)
        self._context, self._view, self._undo = context, view, undo
        self._work = LibraryWork(context, self)
        self._work.said.connect(self.said)
        self._many = False
        view.current_changed.connect(self.marked)
        view.selectionModel().selectionChanged.connect(lambda *_: self._follow())

    def why_not(self, what: str) -> str:
        """Why nothing can be decided now; empty: it can."""
        index = self._view.currentIndex()
        if not index.isValid():
            return self.tr("No month is chosen")
        states = self.states()
        if what == "no_report" and not states & {CellState.MISSING, CellState.ANSWERED}:
            return self.tr("No month is missing there")
        if what == "remove_months" and states <= {CellState.MISSING, CellState.ANSWERED, CellState.EMPTY}:
            return self.tr("Nothing is loaded there")
        return ""

    def states(self) -> set[CellState]:
        """The states of the marked cells of the current row, of the current cell where none is marked."""
        view, model, found = self._view, self._view.coverage, set[CellState]()
        current = view.currentIndex()
        if current.isValid() and current.column() < MONTHS:
            return {CellState(state) for state in model.line_at(current).states}
        for index in _of_row(view):
            line, at, year = model.line_at(index), model.month_at(index.column()), model.year_at(index.column())
            state = line.state(at) if at is not None else line.year(year).state if year is not None else None
            found |= {state} if state is not None else set()
        return found

    def several(self) -> Marked | None:
        """What is marked, when it is more than one month."""
        marked = marked_in(self._view) if len(_of_row(self._view)) > 1 else None
        return marked if marked is not None and marked.first != marked.last else None

    def told(self, who: str, what: str) -> tuple[str, str]:
        """Who the reading line speaks of and what it says: of the current cell, or of the months that are marked."""
        marked = self.several()
        if marked is None:
            return who, what
        within = [(max(gap.first, marked.first), min(gap.last, marked.last)) for gap in gaps_at(self._grid(), marked)]
        missing = len({month for first, last in within for month in _texts(first, last)})
        text = self.tr("{n} months, {m} of them never loaded") if missing else self.tr("{n} months")
        return f"{marked.who} · {marked.words}", text.format(n=number(marked.months), m=number(missing))

    def of_gaps(self, add: Callable[[], None]) -> tuple[Choice, ...]:
        """What can be done about missing months: as many as are marked."""
        marked = self.several()
        if marked is None:
            marked = marked_in(self._view)
        return Choice(self.add_words(), add), Choice(self.none_words(marked), self.no_report)

    def none_words(self, marked: Marked | None = None) -> str:
        """`No report exists for Mar 2025…`: of what is marked, of a source by its name of what is missing last."""
        meant = marked or marked_in(self._view) or of_name(self._view, _ASKED)
        words = self.tr("No report exists for {months}…") if meant is not None else self.tr("No report exists…")
        return words.format(months=meant.words if meant is not None else "")

    def add_words(self) -> str:
        """`Add this month…`, `Add these 3 months…`, or without a missing month `Add reports…`."""
        days = self._missing()
        if len(days) == 1:
            return self.tr("Add this month…")
        return self.tr("Add these {n} months…").format(n=number(len(days))) if days else self.tr("Add reports…")

    def wanted_words(self) -> str:
        """Which months are missing in what is marked: `EBSCO · Title Report, Mar 2025`; empty: none."""
        index, days = self._view.currentIndex(), self._missing()
        if not days:
            return ""
        model = self._view.coverage
        return f"{line_words(model.source_at(index), model.line_at(index))}, {runs_words(days)}"

    def is_answered(self) -> bool:
        """Whether the librarian said of all that is marked that no report exists."""
        return marked_in(self._view) is not None and self.states() == {CellState.ANSWERED}

    def _missing(self) -> list[date]:
        marked = marked_in(self._view) or of_name(self._view, _ASKED)
        within = (
            [(max(gap.first, marked.first), min(gap.last, marked.last)) for gap in gaps_at(self._grid(), marked)]
            if marked
            else []
        )
        return sorted({date.fromisoformat(f"{month}-01") for first, last in within for month in _texts(first, last)})

    def _follow(self) -> None:
        was, self._many = self._many, len(_of_row(self._view)) > 1
        if was or self._many:
            self.marked.emit()

    def no_report(self) -> None:
        """Ask of which months no report exists, and remember it; of a source by its name: of those that are missing."""
        marked = marked_in(self._view) or of_name(self._view, _ASKED)
        if marked is not None:
            AnswerDialog(marked, lambda reach, note: self._remember(marked, reach, note), self._view).open()

    def answer_gaps(self, chosen: Sequence[Gap], ended: bool = False) -> None:
        """Remember that no report exists of the months of `chosen`; `ended`: nor of any month after them."""
        if chosen:
            said = [
                Answer(gap.source_id, gap.report_type, f"{gap.first:%Y-%m}", None if ended else f"{gap.last:%Y-%m}")
                for gap in chosen
            ]
            told = noted_words(chosen, ended)
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
        """Show what would go, and remove it; of a source by its name: everything."""
        marked = marked_in(self._view) or of_name(self._view, _LOADED)
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
        text = noted_of_marked(self._grid(), marked, reach)
        work = Work(self.tr("Remembering"), answer, ([said], self._today()))
        self._work.change(work, lambda entry: self._tell(text, entry))

    def _tell(self, text: str, entry: Entry) -> None:
        self.said.emit(Notice(text, Level.OK, (Choice(self.tr("Undo"), lambda: self._undo(entry.entry)),)))

    def _today(self) -> str:
        return self._context.today().isoformat()

    def _grid(self) -> Grid:
        return self._view.coverage.grid

    def _reports(self, source_id: int) -> list[str]:
        grid = self._view.coverage.grid
        return [line.report_type for source, line in grid.lines() if source.source_id == source_id]


def _of_row(view: CoverageView) -> list[QModelIndex]:
    """The marked cells of the current row that are seen; the current one where none is marked."""
    index = view.currentIndex()
    if not index.isValid():
        return []
    selection, same = view.selectionModel().selection(), list[QModelIndex]()
    for number_of in range(selection.count()):
        part = selection.at(number_of)  # not the cells of it: of a whole library there are a hundred thousand
        if part.top() <= index.row() <= part.bottom() and part.parent() == index.parent():
            columns = range(part.left(), part.right() + 1)
            same += [index.siblingAtColumn(column) for column in columns if not view.isColumnHidden(column)]
    return same or [index]


def marked_in(view: CoverageView) -> Marked | None:
    """The months that are marked in the current row, from the first to the last; None where no month is meant."""
    model, index = view.coverage, view.currentIndex()
    if not index.isValid():
        return None
    ats: list[int] = []
    for one in _of_row(view):
        at, year = model.month_at(one.column()), model.year_at(one.column())
        ats += [at] if at is not None else list(range(year * YEAR, (year + 1) * YEAR)) if year is not None else []
    if not ats:
        return None
    source, line = model.source_at(index), model.line_at(index)
    who = line_words(source, line)
    return Marked(
        who, source.source_id, line.report_type, model.grid.first_day(min(ats)), model.grid.first_day(max(ats))
    )


def of_name(view: CoverageView, wanted: frozenset[CellState]) -> Marked | None:
    """The months of the current row in the states `wanted`, where its name is current; of missing ones the last run.

    A subscription that ended is missing at the end: what lies between months that are there is another question.
    """
    model, index = view.coverage, view.currentIndex()
    if not index.isValid() or index.column() >= MONTHS:
        return None
    source, line = model.source_at(index), model.line_at(index)
    ats = [at for at in range(model.grid.months) if line.state(at) in wanted]
    if not ats:
        return None
    first = ats[0]
    if wanted == _ASKED:
        first = next(at for at in range(ats[-1], -1, -1) if at == 0 or line.state(at - 1) not in wanted)
    days = model.grid.first_day(first), model.grid.first_day(ats[-1])
    return Marked(line_words(source, line), source.source_id, line.report_type, *days)


def gaps_at(grid: Grid, marked: Marked) -> list[Gap]:
    """The gaps that lie in what is marked, as far as they go."""
    return [
        gap
        for gap in gaps(grid, marked.source_id)
        if marked.report_type in {"", gap.report_type} and gap.first <= marked.last and gap.last >= marked.first
    ]


def _texts(first: date, last: date) -> tuple[str, ...]:
    begin, end = (day.year * YEAR + day.month - 1 for day in (first, last))
    return tuple(f"{at // YEAR:04}-{at % YEAR + 1:02}" for at in range(begin, end + 1))
