"""The table of Look at data: columns that fit, sorting by its headings, a context menu."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import polars as pl
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QToolTip, QWidget

from nolcat_desktop.analysis.conditions import Kind
from nolcat_desktop.analysis.table_query import Sorting
from nolcat_desktop.gui.cell_text import month_name, number
from nolcat_desktop.gui.filter_header import FilterHeader
from nolcat_desktop.gui.frame_model import Column, FrameModel
from nolcat_desktop.gui.pages.data_columns import COUNT, LEAST_TITLE, TITLE
from nolcat_desktop.gui.pages.data_fit import Want, shares
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import PADDING, CellDelegate, elided_tip
from nolcat_desktop.gui.theme import row_height

_GIVES_WAY = ("data_type",)
_METRIC = "metric_type"
_STAYS = ("usage_date", _METRIC, COUNT)
"""A number is never bare; but one metric alone may go."""
_LEAST, _LEAST_OF_TITLE = 64, 104
"""In u: texts are not narrowed under this."""
_HEADING = 120
"""Longest heading that is never cut, with what is around it, in u."""


def is_blank(frame: pl.DataFrame, key: str) -> bool:
    """Whether no row has anything in a column."""
    return frame.get_column(key).null_count() == frame.height


class UsageTable(QTableView):
    """A `FrameModel` under a `FilterHeader`."""

    sorting_asked = Signal(object)
    """A `Sorting`, or None: as stored."""
    hide_asked = Signal(str)
    copy_asked = Signal(bool)
    """With headings or without."""
    fitted = Signal()
    """Columns were left out, or came back."""
    where_asked = Signal()
    """Where does the number of the current row come from?"""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty table."""
        super().__init__(parent)
        self.usage = FrameModel(self)
        self.usage.say_with_counts((_METRIC, TITLE, "usage_date"))
        self.filters = FilterHeader(self)
        self.setHorizontalHeader(self.filters)
        self.setModel(self.usage)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(self.tr("Usage"))
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self._sorting: Sorting | None = None
        self._may_give_way: tuple[str, ...] = _GIVES_WAY
        self._metrics: tuple[str, ...] = ()
        self._never_cut: dict[str, int] = {}
        """Column → the room that it needs, where that was measured."""
        self._fitting = False
        self._widths: dict[str, int] = {}
        self.filters.sort_asked.connect(self._next_sorting)
        self.filters.went_down.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.filters.sectionResized.connect(self._resized)
        self.doubleClicked.connect(lambda _: self.where_asked.emit())
        self.restyle()

    def show_frame(self, frame: pl.DataFrame, columns: Sequence[Column], rows: pl.Series | None) -> None:
        """Show another frame or other columns."""
        self.usage.show(frame, columns, rows)
        self.filters.set_columns(columns)
        self._set_widths()
        self._keep_current()

    def show_rows(self, rows: pl.Series | None, sorting: Sorting | None) -> None:
        """Show other rows of the frame; the current cell stays in its column, at the top."""
        column = max(self.currentIndex().column(), 0)
        self.usage.show_rows(rows)
        self._sorting = sorting
        words = ""
        if sorting is not None:
            words = self.tr("sorted descending") if sorting.descending else self.tr("sorted ascending")
        self.filters.set_sorting(sorting.column if sorting else None, sorting is not None and sorting.descending)
        self.usage.note_sorted(sorting.column if sorting else "", words)
        self._keep_current(column)

    def let_give_way(self, keys: Sequence[str], metrics: Sequence[str]) -> None:
        """Columns that nobody misses are left out first where there is no room for all.

        Args:
            keys: Of these columns, the first ones first.
            metrics: Those that are shown: their names are never cut; one alone may go, for it is said above.
        """
        one_metric = (_METRIC,) if len(metrics) == 1 else ()
        self._may_give_way = (*keys[:1], *one_metric, *keys[1:])
        self._metrics = tuple(metrics)
        self._never_cut.pop(_METRIC, None)
        self.fit()

    def widths(self) -> Mapping[str, int]:
        """Columns that were made wider or narrower, in u."""
        return dict(self._widths)

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Take widths that were remembered."""
        self._widths = dict(widths)

    def left_out(self) -> tuple[Column, ...]:
        """Columns for which there is no room, but for the metric where there is only one, and those that are blank."""
        hidden = [column for section, column in enumerate(self.usage.columns) if self.isColumnHidden(section)]
        told = [one for one in hidden if one.key != _METRIC or len(self._metrics) != 1]
        return tuple(one for one in told if not is_blank(self.usage.frame, one.key))

    def fit(self) -> None:
        """Give each column its share of the room; leave out what may be left out when there is too little."""
        columns = self.usage.columns
        if not columns or self._fitting:
            return
        self._fitting = True
        wants, typed = [self._want(column) for column in columns], self.filters.typed()
        unasked = [key for key in self._may_give_way if key not in typed]
        shared = shares(wants, self.viewport().width(), unasked, self._order_of_going(typed))
        for section, column in enumerate(columns):
            self.setColumnHidden(section, column.key not in shared)
            if column.key in shared:
                self.setColumnWidth(section, shared[column.key])
        self.filters.updateGeometries()
        self._fitting = False
        self.fitted.emit()

    def _want(self, column: Column) -> Want:
        """A title takes what is left, unless somebody made it as wide as it is."""
        never_cut = self._widest(column)
        natural = max(u(self, self._widths.get(column.key, column.width)), never_cut)
        if column.key == TITLE:
            dragged = TITLE in self._widths
            return Want(TITLE, natural if dragged else u(self, LEAST_TITLE), u(self, _LEAST_OF_TITLE), not dragged)
        is_whole = column.is_right or column.kind is Kind.MONTH or column.key == _METRIC
        return Want(column.key, natural, never_cut if is_whole else max(u(self, _LEAST), min(never_cut, natural)))

    def _order_of_going(self, typed: Collection[str]) -> tuple[str, ...]:
        """Who goes first where narrowing is not enough: from the right; what is filtered last."""
        meant = [column.key for column in reversed(self.usage.columns) if column.key not in {*_STAYS, TITLE}]
        return (*(key for key in meant if key not in typed), *(key for key in meant if key in typed))

    def restyle(self) -> None:
        """Take sizes of the theme."""
        self.filters.restyle()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(row_height(self))
        self._set_widths()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the current cell and its column."""
        index = self.currentIndex()
        if not index.isValid():
            return
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(8, 0))
        menu = self._menu(self.usage.columns[index.column()], index)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns."""
        super().resizeEvent(event)
        self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ring the current cell."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Ring it thinner."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: object) -> bool:
        """Say in a tooltip what is cut."""
        if isinstance(event, QHelpEvent) and event.type() == QHelpEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if index.isValid():
                QToolTip.showText(event.globalPos(), elided_tip(self, index), self)
                return True
        return bool(super().viewportEvent(event))  # type: ignore[arg-type]

    def _menu(self, column: Column, index: QModelIndex) -> QMenu:
        menu = QMenu(self)
        key, text = column.key, str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        menu.addAction(self.tr("Where this number comes from"), self.where_asked.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Copy"), lambda: self.copy_asked.emit(False))
        menu.addAction(self.tr("Copy with headings"), lambda: self.copy_asked.emit(True))
        menu.addSeparator()
        menu.addAction(self.tr("Sort ascending"), lambda: self.sorting_asked.emit(Sorting(key)))
        menu.addAction(self.tr("Sort descending"), lambda: self.sorting_asked.emit(Sorting(key, True)))
        as_stored = menu.addAction(self.tr("As stored"), lambda: self.sorting_asked.emit(None))
        as_stored.setEnabled(self._sorting is not None)
        menu.addSeparator()
        menu.addAction(self.tr("Filter this column"), lambda: self.filters.focus_filter(key))
        if text:
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, u(self, 160)).replace("&", "&&")
            typed = f"= {text}" if column.key == COUNT or column.kind is Kind.TEXT else text
            only = menu.addAction(self.tr("Only “{text}”").format(text=shown))
            only.triggered.connect(lambda: self.filters.type_in(key, typed))
        menu.addSeparator()
        menu.addAction(self.tr("Hide this column"), lambda: self.hide_asked.emit(key))
        return menu

    def _next_sorting(self, key: str) -> None:
        """Ascending, descending, as stored."""
        now = self._sorting
        if now is None or now.column != key:
            self.sorting_asked.emit(Sorting(key))
        else:
            self.sorting_asked.emit(None if now.descending else Sorting(key, True))

    def _set_widths(self) -> None:
        """Measure anew."""
        self._never_cut.clear()
        self.fit()

    def _widest(self, column: Column) -> int:
        """Room that a column needs: numbers, months and metrics are never cut, and short headings not either."""
        if column.key not in self._never_cut:
            self._never_cut[column.key] = self._measured(column)
        return self._never_cut[column.key]

    def _measured(self, column: Column) -> int:
        texts = [""]
        if column.is_right and not self.usage.frame.is_empty():
            highest = self.usage.frame.get_column(column.key).max()
            texts = [number(highest) if isinstance(highest, int) else ""]
        elif column.kind is Kind.MONTH:
            texts = [f"{month_name(of)} 2000" for of in range(1, 13)]
        elif column.key == _METRIC:
            texts = [*self._metrics, ""]
        measure, around = self.fontMetrics().horizontalAdvance, 2 * u(self, PADDING) + 2
        widest = max(measure(text) for text in texts)
        heading = min(measure(column.heading) + around, u(self, _HEADING)) if column.key != TITLE else 0
        return max(widest + around if widest else 0, heading)

    def _resized(self, section: int, _old: int, new: int) -> None:
        """Remember what was dragged; nothing else is anyone's wish."""
        dragged = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if self._fitting or not dragged or section >= len(self.usage.columns):
            return
        self._widths[self.usage.columns[section].key] = max(round(new / max(u(self, 100) / 100, 0.1)), 1)
        self.fit()

    def _keep_current(self, column: int = 0) -> None:
        if self.usage.rowCount() and self.usage.columnCount():
            index = self.usage.index(0, min(column, self.usage.columnCount() - 1))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
