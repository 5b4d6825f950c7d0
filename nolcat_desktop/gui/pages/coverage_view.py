"""The coverage grid: sources and reports down, months or years across, always one current cell in sight."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from nolcat_desktop.analysis.coverage_grid import YEAR, Grid
from nolcat_desktop.gui.pages.coverage_delegate import CoverageDelegate
from nolcat_desktop.gui.pages.coverage_header import CoverageHeader
from nolcat_desktop.gui.pages.coverage_marks import Fresh, fresh_months, marked_ranges
from nolcat_desktop.gui.pages.coverage_model import REPORT, SOURCE, CoverageModel
from nolcat_desktop.gui.pages.coverage_paint import RowPainter, Slot
from nolcat_desktop.gui.pages.coverage_shared import lacking_some
from nolcat_desktop.gui.pages.coverage_span import Span, columns_of, span_of
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import role

Key = tuple[int, str, date | None]
"""Source, report ('' for the source's row), first day of the month."""
_INDENT = 18


class CoverageView(QTreeView):
    """Shows whole years; what is outside them is hidden."""

    span_changed = Signal()
    """Other years, or years instead of months, are shown."""
    current_changed = Signal()
    opened = Signal()
    """Enter or a double click on a cell."""

    def __init__(self, model: CoverageModel, parent: QWidget | None = None) -> None:
        """Show `model`."""
        super().__init__(parent)
        self.coverage = model
        self.span = Span(0, 1, months=True)
        self.fresh: Fresh = {}
        self.painter_of_rows = RowPainter()
        self._months: list[Slot] = []
        self._names = QRect()
        self._marked: list[tuple[QModelIndex, int, int, int, int]] = []
        self.setModel(model)
        self.setHeader(CoverageHeader(model, self))
        self.header().setVisible(True)
        self.setItemDelegate(CoverageDelegate(self))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setExpandsOnDoubleClick(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("What is there and what is missing"))
        self.restyle()

    def show_grid(self, grid: Grid, key: Key | None) -> None:
        """Show `grid`, with the cell `key` as the current one as far as it is there; what was open stays open."""
        opened = {self.coverage.grid.sources[row].source_id for row in self._open_rows()}
        self.coverage.set_grid(grid)
        for row, source in enumerate(grid.sources):
            if source.source_id in opened:
                self.setExpanded(self.coverage.index(row, 0), True)
        self.lay_out(force=True)
        self.go_to(key)

    def key(self) -> Key | None:
        """The current cell."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        line = self.coverage.line_at(index)
        at, year = self.coverage.month_at(index.column()), self.coverage.year_at(index.column())
        if at is None and year is not None:
            at = year * YEAR
        return line.source_id, line.report_type, self.coverage.grid.first_day(at) if at is not None else None

    def go_to(self, key: Key | None) -> None:
        """Make a cell the current one and bring it in sight; without it the first one of what is shown."""
        grid = self.coverage.grid
        if not grid.sources:
            return
        at = min(grid.loaded[1], grid.months - 1)
        if key is not None and key[2] is not None:
            at = (key[2].year - grid.first_year) * YEAR + key[2].month - 1
        at = min(max(at, 0), grid.months - 1)
        column = self.coverage.month_column(at) if self.span.months else self.coverage.year_column(at // YEAR)
        if key is not None and key[2] is None:
            column = SOURCE
        index = self.coverage.find(key[0], key[1], column) if key is not None else QModelIndex()
        if not index.isValid():
            index = self.coverage.index(0, column)
        self._show_column(index.column())
        if index.parent().isValid():
            self.setExpanded(index.parent(), True)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def set_months(self, months: bool) -> None:
        """Show months or years; the current cell goes along."""
        if months != self.span.months:
            key = self.key()
            self.span = Span(self.span.first, self.span.years, months)
            self.lay_out(force=True)
            self.go_to(key)

    def set_first_year(self, first: int) -> None:
        """Show the years from `first` on, counted from the grid's; the current cell goes along."""
        shown = self.span.first
        first = max(0, min(first, self.coverage.grid.years - self.span.years))
        if first == shown:
            return
        self.span = Span(first, self.span.years, self.span.months)
        self.lay_out(force=True)
        index = self.currentIndex()
        at = self.coverage.month_at(index.column())
        year = self.coverage.year_at(index.column())
        if at is not None and not self.isColumnHidden(index.column()):
            return
        if at is not None:
            moved = min(max(at + (first - shown) * YEAR, first * YEAR), (first + self.span.years) * YEAR - 1)
            self.setCurrentIndex(index.siblingAtColumn(self.coverage.month_column(moved)))
        elif year is not None and self.isColumnHidden(index.column()):
            moved = min(max(year, first), first + self.span.years - 1)
            self.setCurrentIndex(index.siblingAtColumn(self.coverage.year_column(moved)))

    def lay_out(self, force: bool = False) -> None:
        """Choose the columns that are shown, and share the width out."""
        one = u(self, 1000) / 1000
        width = self.viewport().width()
        span, sizes = span_of(self.coverage.grid, self.span, width, one)
        if not force and span == self.span and sizes == self._sizes():
            return
        self.span = span
        wanted = columns_of(self.coverage, span, sizes)
        header = self.header()
        header.blockSignals(True)
        for column in range(self.coverage.columnCount()):
            size = wanted.get(column, 0)
            if header.isSectionHidden(column) != (not size):
                header.setSectionHidden(column, not size)
            if size and header.sectionSize(column) != size:
                header.resizeSection(column, size)
        header.blockSignals(False)
        self._place_slots()
        header.viewport().update()
        self.viewport().update()
        self.span_changed.emit()

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.setIndentation(u(self, _INDENT))
        self.scheduleDelayedItemsLayout()
        self.lay_out(force=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer months fit."""
        super().resizeEvent(event)
        self.lay_out()
        if self.currentIndex().isValid() and self.isColumnHidden(self.currentIndex().column()):
            self._show_column(self.currentIndex().column())
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Bring the cell's years in sight."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._show_column(current.column())
            self.viewport().update()
            self.current_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space expands."""
        index = self.currentIndex()
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            top = index.siblingAtColumn(0)
            self.setExpanded(top, not self.isExpanded(top))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As Enter."""
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Left and right go from cell to cell, and on into years that are not shown; Home to the name."""
        index, move = self.currentIndex(), QAbstractItemView.CursorAction
        steps = {move.MoveLeft: -1, move.MovePrevious: -1, move.MoveRight: 1, move.MoveNext: 1}
        if not index.isValid() or action not in {*steps, move.MoveHome, move.MoveEnd}:
            return super().moveCursor(action, modifiers)
        shown = [SOURCE, *(slot.column for slot in self._months)]
        if action == move.MoveHome:
            return index.siblingAtColumn(SOURCE)
        if action == move.MoveEnd:
            return index.siblingAtColumn(shown[-1])
        by = steps[action] * (-1 if self.isRightToLeft() else 1)
        here = shown.index(index.column()) if index.column() in shown else 0
        beyond = index.column() + by
        if here > 0 and not 0 < here + by < len(shown):
            known = self.coverage.month_at(beyond) if self.span.months else self.coverage.year_at(beyond)
            if known is not None:
                return index.siblingAtColumn(beyond)
        return index.siblingAtColumn(shown[min(max(here + by, 0), len(shown) - 1)])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note what is marked once, not for each cell."""
        self.painter_of_rows.begin(self.devicePixelRatioF())
        self._marked = marked_ranges(self.selectionModel().selection())
        super().paintEvent(event)

    def drawRow(
        self, painter: QPainter, options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The whole row at once: a call for each cell would take three times as long."""
        rect, model, rows = options.rect, self.coverage, self.painter_of_rows
        line = model.line_at(index)
        self._mark(painter, index, rect)
        names = QRect(self._names.left(), rect.top(), self._names.width(), rect.height())
        indent = self.indentation() * (2 if index.parent().isValid() else 1)
        if len(model.source_at(index).lines) > 1 and not index.parent().isValid():
            rows.arrow(painter, QRect(names.left(), rect.top(), indent, rect.height()), self.isExpanded(index))
        rows.name(painter, names.adjusted(indent, 0, 0, 0), model.text(index, SOURCE))
        if not self.isColumnHidden(REPORT):
            left = self.columnViewportPosition(REPORT) + u(self, 8)
            codes = QRect(left, rect.top(), self.columnWidth(REPORT) - u(self, 8), rect.height())
            rows.codes(painter, codes, model.text(index, REPORT))
        self._lines(painter, rect)
        draw = rows.months if self.span.months else rows.years
        draw(painter, self._months, line, rect.top(), rect.height())
        if self.span.months and not line.report_type:
            rows.some(painter, self._months, lacking_some(model.source_at(index)), rect.top(), rect.height())
        if self.fresh and self.span.months:
            rows.fresh(painter, self._months, fresh_months(model, self.fresh, index), rect.top(), rect.height())
        current = self.currentIndex()
        if current.row() == index.row() and current.internalId() == index.internalId():
            left, width = self.columnViewportPosition(current.column()), self.columnWidth(current.column())
            rows.ring(painter, QRect(left, rect.top(), width, rect.height()), self.hasFocus())

    def _mark(self, painter: QPainter, index: QModelIndex | QPersistentModelIndex, rect: QRect) -> None:
        for parent, top, bottom, first, last in self._marked:
            if parent == index.parent() and top <= index.row() <= bottom:
                for slot in self._months:
                    if first <= slot.column <= last:
                        cell = QRect(slot.left, rect.top(), slot.width, rect.height())
                        painter.fillRect(cell, role(Role.HIGHLIGHT))

    def _lines(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(role(Role.HAIRLINE))
        for slot in self._months:
            if not self.span.months or slot.at % YEAR == 0:
                painter.drawLine(slot.left, rect.top(), slot.left, rect.bottom())

    def _show_column(self, column: int) -> None:
        at, year = self.coverage.month_at(column), self.coverage.year_at(column)
        wanted = at // YEAR if at is not None else year
        if wanted is not None and not self.span.first <= wanted < self.span.first + self.span.years:
            first = wanted - wanted % self.span.years if wanted < self.span.first else wanted - self.span.years + 1
            first = max(0, min(first, self.coverage.grid.years - self.span.years))
            self.span = Span(first, self.span.years, self.span.months)
            self.lay_out(force=True)

    def _place_slots(self) -> None:
        header, model = self.header(), self.coverage
        first = model.month_column(0) if self.span.months else model.year_column(0)
        shown = range(first + self._from(), first + self._from() + self._count())
        self._months = [
            Slot(column, column - first, header.sectionViewportPosition(column), header.sectionSize(column))
            for column in shown
        ]
        self._names = QRect(header.sectionViewportPosition(SOURCE), 0, header.sectionSize(SOURCE), 1)

    def _from(self) -> int:
        return self.span.first * (YEAR if self.span.months else 1)

    def _count(self) -> int:
        return self.span.years * (YEAR if self.span.months else 1)

    def _sizes(self) -> tuple[int, ...]:
        header = self.header()
        report = 0 if header.isSectionHidden(REPORT) else header.sectionSize(REPORT)
        return (header.sectionSize(SOURCE), report, *(slot.width for slot in self._months))

    def _open_rows(self) -> list[int]:
        return [row for row in range(self.coverage.rowCount()) if self.isExpanded(self.coverage.index(row, 0))]
