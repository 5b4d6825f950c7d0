"""A cell in its surroundings, as the librarian's spreadsheet shows it: same letters and numbers, the cell ringed."""

from __future__ import annotations

import polars as pl
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from nolcat_desktop.gui.pages.add_model import AnyIndex
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import PADDING, CellDelegate
from nolcat_desktop.gui.theme import role as colour_of
from nolcat_desktop.workflow.review_sheet import ROWS, Sheet, Surroundings

_NOWHERE = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_EMPTY = Sheet(pl.DataFrame(), pl.Series(dtype=pl.String))
_WIDEST, _NARROWEST = 96, 56
WHOLE = 240
"""Widest column of a whole file, in u."""
_ROW = 24
_LONGEST_NUMBER = 24
_SHOWN, _MEASURED = 80, 4
"""Characters that the widest column has room for; texts whose width is measured: to measure all takes long."""


class SheetModel(QAbstractTableModel):
    """Rows of a file as text, with their real numbers and letters."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing yet."""
        super().__init__(parent)
        self.sheet = _EMPTY

    def show(self, sheet: Sheet) -> None:
        """Show `sheet`."""
        self.beginResetModel()
        self.sheet = sheet
        self._columns = sheet.cells.get_columns()
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Rows."""
        return 0 if parent.isValid() else self.sheet.cells.height

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else self.sheet.cells.width

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text as delivered; blank where it is blank."""
        if not index.isValid():
            return None
        text = self._columns[index.column()][index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return text or ""
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if _is_number(text) else _LEFT
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.place(index.row(), index.column())}, {text or tr('blank')}"
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Letters and row numbers."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            names = self.sheet.cells.columns if orientation == Qt.Orientation.Horizontal else self.sheet.rows
            return names[section] if 0 <= section < len(names) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        return None

    def texts(self, column: int, rows: int) -> set[str]:
        """The longest texts in the first `rows` rows of a column, as far as any column shows them."""
        found = {str(text or "")[:_SHOWN] for text in self._columns[column].head(rows)}
        return set(sorted(found, key=len)[-_MEASURED:])

    def place(self, row: int, column: int) -> str:
        """`F15`, or path and element."""
        name = self.sheet.cells.columns[column]
        return f"{name}{self.sheet.rows[row]}" if self.sheet.is_tabular else f"{self.sheet.rows[row]}.{name}"


class SheetView(QTableView):
    """Read-only, with grid lines; the ringed cell is never cut."""

    def __init__(self, name: str, parent: QWidget | None = None, widest: int = _WIDEST) -> None:
        """Nothing yet; `name` is said by a screen reader, no column is wider than `widest` u but the ringed one."""
        super().__init__(parent)
        self._widest = widest
        if widest == _WIDEST:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cells = SheetModel(self)
        self.ringed: tuple[int | None, int | None] = (None, None)
        self.setModel(self.cells)
        self.setItemDelegate(_Ringed(self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.restyle()

    def show_surroundings(self, found: Surroundings | None) -> None:
        """Show a cell and its neighbours; None: nothing."""
        self.ringed = (found.row, found.column) if found is not None else (None, None)
        self._show(found.sheet if found is not None else _EMPTY)

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show a whole file."""
        self.ringed = (None, None)
        self._show(sheet or _EMPTY)

    def go_to(self, row: int | None, column: int | None) -> None:
        """Ring a cell and bring it into sight."""
        self.ringed = (row, column)
        if row is not None:
            index = self.cells.index(row, column or 0)
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.viewport().update()

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.verticalHeader().setMinimumSectionSize(u(self, _ROW))
        self.verticalHeader().setDefaultSectionSize(u(self, _ROW))
        self.horizontalHeader().setFixedHeight(u(self, 26))
        self._size_columns()
        self._fit_rows()

    def sizeHint(self) -> QSize:
        """As little as it must have; it takes what there is."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the ringed cell in sight."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Of a few rows hide those that do not fit, the farthest from the ringed one first, the headings never."""
        count, at = self.cells.rowCount(), self.ringed[0]
        if at is None:
            return
        if count <= ROWS + 1:
            room = max(self.viewport().height() // max(self.verticalHeader().defaultSectionSize(), 1), 2)
            near = sorted(range(count), key=lambda row: (row not in {at, self.cells.sheet.heading}, abs(row - at)))
            for row in range(count):
                self.setRowHidden(row, False)
                self.setRowHeight(row, self.verticalHeader().defaultSectionSize())
                self.setRowHidden(row, row not in near[:room])
        self.updateGeometries()
        self.horizontalScrollBar().setValue(0)
        self.scrollTo(self.cells.index(at, self.ringed[1] or 0))

    def _show(self, sheet: Sheet) -> None:
        self.cells.show(sheet)
        self._size_columns()
        row, column = self.ringed
        if sheet.cells.height:
            self.setCurrentIndex(self.cells.index(row or 0, column or 0))
            self._fit_rows()

    def _size_columns(self) -> None:
        metrics = QFontMetrics(self.font())
        seen = min(self.cells.rowCount(), 60)
        for column in range(self.cells.columnCount()):
            texts = self.cells.texts(column, seen)
            texts.add(str(self.cells.headerData(column, Qt.Orientation.Horizontal)))
            wanted = max(metrics.horizontalAdvance(text) for text in texts) + u(self, 2 * PADDING) + 4
            width = min(max(wanted, u(self, _NARROWEST)), u(self, self._widest))
            if column == self.ringed[1] and self.ringed[0] is not None:
                text = str(self.cells.index(self.ringed[0], column).data() or "")
                bold = QFont(self.font())
                bold.setBold(True)
                width = max(width, QFontMetrics(bold).horizontalAdvance(text) + u(self, 2 * PADDING) + 8)
            self.setColumnWidth(column, width)


class _Ringed(CellDelegate):
    """The ringed cell stands on a tint, in a frame of the blocking colour."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._sheet = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, column = self._sheet.ringed
        meant = row is not None and index.row() == row and (column is None or index.column() == column)
        if not meant:
            super().paint(painter, option, index)
            return
        rect = option.rect
        painter.fillRect(rect, colour_of(Role.RING_TINT))
        font = QFont(self._sheet.font())
        font.setBold(column is not None)
        painter.setFont(font)
        painter.setPen(colour_of(Role.TEXT))
        padding = u(self._sheet, PADDING)
        alignment = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        room = rect.adjusted(padding, 0, -padding, 0)
        if column is None:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, alignment | int(Qt.TextFlag.TextSingleLine), text)
        if column is not None:
            painter.setPen(QPen(colour_of(Role.STOP), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


def _is_number(text: str | None) -> bool:
    return bool(text) and len(text or "") < _LONGEST_NUMBER and set(text or "") <= set("0123456789.,-−#E+ ")
