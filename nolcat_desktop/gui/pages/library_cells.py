"""What the Library place asks of the grid: what a cell is about, where the next gap is, why nothing is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QModelIndex

from nolcat_desktop.analysis.coverage_grid import YEAR, CellState, Grid, Line, due
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.pages.coverage_glyphs import Mark
from nolcat_desktop.gui.pages.coverage_marks import Fresh, fresh_months
from nolcat_desktop.gui.pages.coverage_model import CoverageModel
from nolcat_desktop.gui.pages.coverage_shared import is_together, lacking_some, lacks_some
from nolcat_desktop.gui.pages.coverage_span import Span
from nolcat_desktop.gui.pages.coverage_view import CoverageView, Key
from nolcat_desktop.gui.pages.library_bar import LibraryBar
from nolcat_desktop.gui.pages.library_panel import Cell
from nolcat_desktop.gui.task_runner import TaskRunner


def cell_of(model: CoverageModel, index: QModelIndex, fresh: Fresh | None = None) -> tuple[Cell, CellState | None]:
    """What a cell is about, and its state; no state where it is a name. `fresh` are the months that were added last."""
    source, line, grid = model.source_at(index), model.line_at(index), model.grid
    at, year = model.month_at(index.column()), model.year_at(index.column())
    who, what = model.parts(index)
    reports = (line.report_type,) if line.report_type else tuple(each.report_type for each in source.lines)
    if at is not None:
        months, state = [at], line.state(at)
        if fresh and at in fresh_months(model, fresh, index):
            what = f"{what} {QCoreApplication.translate('library', 'It is new since the last adding.')}"
    elif year is not None:
        months, state = list(range(year * YEAR, (year + 1) * YEAR)), line.year(year).state
    else:
        return Cell(who, what, source.source_id, reports, tuple(_text(grid, one) for one in range(grid.months))), None
    return Cell(who, what, source.source_id, reports, tuple(_text(grid, one) for one in months)), state


def sign_of(model: CoverageModel, index: QModelIndex) -> Mark | None:
    """The sign of a month that only some reports of a source lack; None: its state has one."""
    source, line, at = model.source_at(index), model.line_at(index), model.month_at(index.column())
    some = at is not None and is_together(source, line) and at in lacking_some(source)
    return Mark.SOME if some else None


def today_words(context: Context, grid: Grid, at: int | None, state: CellState | None) -> str:
    """Of a month that is not due in the sample library: on which day that stands still; else empty."""
    today = context.today()
    if state not in {CellState.EMPTY, CellState.NOT_READY}:
        return ""
    if at is None or at <= due(today) - grid.first_year * YEAR or today == context.clock().date():
        return ""
    day = QLocale().toString(QDate(today.year, today.month, today.day), "d MMM yyyy")
    return QCoreApplication.translate("library", "In the sample library today is {day}.").format(day=day)


def come_back(view: CoverageView, span: Span | None) -> None:
    """Show the years of `span` again, if the current cell is among them."""
    column = view.currentIndex().column()
    at, year = view.coverage.month_at(column), view.coverage.year_at(column)
    shown = at // YEAR if at is not None else year
    if span is not None and (shown is None or span.first <= shown < span.first + span.years):
        view.set_first_year(span.first)


def marks_in(view: CoverageView, begin: int, end: int) -> frozenset[Mark]:
    """The marks that are drawn on months from `begin` up to before `end`."""
    lines = [line for _, line in view.coverage.grid.lines()]
    found = {Mark.RESTATED} if any(begin <= at < end for line in lines for at in line.restated) else set()
    if view.span.months:
        found |= {Mark.SEAM} if any(begin <= at < end for line in lines for at in line.seams) else set()
        found |= {Mark.FRESH} if view.fresh else set()
        found |= {Mark.SOME} if lacks_some(view.coverage.grid, range(begin, end)) else set()
    return frozenset(found)


def has_gaps(grid: Grid) -> bool:
    """Whether any month is missing."""
    return any(line.missing for _, line in grid.lines())


def first_look(context: Context, grid: Grid) -> Key | None:
    """The cell that is current at first: the sample opens on years that show its gap, any other on the last months."""
    return gap_from(grid, None, 1) if context.is_sample else None


def gap_from(grid: Grid, key: Key | None, by: int) -> Key | None:
    """The next missing month after the cell `key`, or with `by` -1 the one before; from the last on to the first."""
    here = _place(grid, key) if key is not None else (-1, -1, 0)
    lacking = [
        (row, under, line)
        for row, source in enumerate(grid.sources)
        for under, line in enumerate(source.lines)
        if line.missing
    ]
    if not lacking:
        return None
    ahead, first = (lacking, 0) if by > 0 else (lacking[::-1], -1)
    for row, under, line in ahead:
        if (row, under) < here[:2] if by > 0 else (row, under) > here[:2]:
            continue
        for at in line.missing if by > 0 else reversed(line.missing):
            place = row, under, grid.first_day(at).toordinal()
            if place > here if by > 0 else place < here:
                return _key(grid, row, line, at)
    row, _, line = ahead[0]
    return _key(grid, row, line, line.missing[first])


def copied_lines(view: CoverageView) -> list[str]:
    """The marked cells as words, one line each; what is hidden between them is left out."""
    marked = view.selectionModel().selectedIndexes() or [view.currentIndex()]
    return [view.coverage.copied(index) for index in marked if not view.isColumnHidden(index.column())]


def copied_words(count: int) -> str:
    """What is said when cells were copied."""
    one = QCoreApplication.translate("library", "1 cell was copied, as words.")
    several = QCoreApplication.translate("library", "{n} cells were copied, as words.")
    return one if count == 1 else several.format(n=count)


def library_names(grid: Grid) -> dict[int, str]:
    """Source id → name."""
    return {source.source_id: source.name for source in grid.sources}


def nothing_words(bar: LibraryBar, empty: bool) -> str:
    """Why no source is shown: `No source contains “ebsko”.`."""
    tr = QCoreApplication.translate
    if empty:
        return tr("library", "There is nothing in this library yet.")
    text = bar.finder.text().strip()
    if text and not bar.report_type() and not bar.only_gaps.isChecked():
        return tr("library", "No source contains “{text}”.").format(text=text)
    if text:
        return tr("library", "No source contains “{text}” and has what was chosen.").format(text=text)
    return tr("library", "No source has what was chosen.")


def _key(grid: Grid, row: int, line: Line, at: int) -> Key:
    """The cell of a month; a report that is its source's only one goes by the source."""
    alone = len(grid.sources[row].lines) == 1
    return line.source_id, "" if alone else line.report_type, grid.first_day(at)


def _place(grid: Grid, key: Key) -> tuple[int, int, int]:
    """Where a cell is, in the order of reading."""
    for row, source in enumerate(grid.sources):
        if source.source_id == key[0]:
            codes = [line.report_type for line in source.lines]
            under = codes.index(key[1]) if key[1] in codes and len(codes) > 1 else -1 if len(codes) > 1 else 0
            return row, under, key[2].toordinal() if key[2] is not None else 0
    return -1, -1, 0


def _text(grid: Grid, at: int) -> str:
    day = grid.first_day(at)
    return f"{day.year:04}-{day.month:02}"


def waiting_words(runner: TaskRunner) -> str:
    """What is done while there is no library to show yet: `Making the sample library…`."""
    seen = [job.name for job in runner.jobs if not job.quiet]
    if seen:
        return f"{seen[-1]}…"
    tr = QCoreApplication.translate
    return tr("library", "Opening the library…") if runner.jobs else tr("library", "No library is open.")
