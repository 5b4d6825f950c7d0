"""The list of repairs: the cell, the box that leaves it as delivered, and what it is read as."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from nolcat_desktop.gui.pages.add_model import AnyIndex
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.selecting import Flag, that_alone
from nolcat_desktop.gui.table_cells import PADDING, CellDelegate
from nolcat_desktop.gui.theme import role as colour_of
from nolcat_desktop.gui.theme import row_height
from nolcat_desktop.repairs import Repair

_NOWHERE = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
CELL, LEAVE, READ = range(3)
_HEADINGS = ("Cell", "Leave as delivered", "Read as")
_BOX = 14


class RepairsModel(QAbstractTableModel):
    """One row a repair."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing was repaired."""
        super().__init__(parent)
        self.repairs: Sequence[Repair] = ()
        self.declined: frozenset[str] = frozenset()

    def show(self, repairs: Sequence[Repair]) -> None:
        """Show `repairs`."""
        self.beginResetModel()
        self.repairs = repairs
        self.endResetModel()

    def decline(self, declined: frozenset[str]) -> None:
        """Tick the boxes of these positions."""
        if self.declined != declined:
            self.declined = declined
            if self.repairs:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.repairs) - 1, READ))

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many repairs."""
        return 0 if parent.isValid() else len(self.repairs)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Cell, before, after."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(  # noqa: PLR0911 - one for each role
        self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Words, the box, and the whole row for the ear at its first cell."""
        if not index.isValid():
            return None
        one, column = self.repairs[index.row()], index.column()
        is_left = one.position in self.declined
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return (one.position, one.before or tr("(blank)"), one.before if is_left else one.after)[column]
            case Qt.ItemDataRole.CheckStateRole if column == LEAVE:
                return Qt.CheckState.Checked if is_left else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole if is_left and column == READ:
                return colour_of(Role.MUTED)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_repair(one, is_left) if column == CELL else None
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(_HEADINGS):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return tr(_HEADINGS[section])
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None


def spoken_repair(one: Repair, is_left: bool) -> str:
    """The whole repair for the ear."""
    words = tr("{cell}, “{before}”, left as delivered") if is_left else tr("{cell}, “{before}” is read as “{after}”")
    return words.format(cell=one.position, before=one.before, after=one.after)


class RepairsTable(QTableView):
    """Space or a click leaves the selected cells as delivered, or has them repaired again."""

    toggled = Signal(object)
    """Positions (a list) whose box was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty list."""
        super().__init__(parent)
        self.cells = RepairsModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(_Boxed(self))
        self.setAccessibleName(tr("Repaired cells"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(CELL, QHeaderView.ResizeMode.Interactive)
        self.restyle()

    def show_repairs(self, repairs: Sequence[Repair], declined: frozenset[str]) -> None:
        """Show these; the current row stays when they are the same."""
        if self.cells.repairs != repairs:
            self.cells.show(repairs)
            if repairs:
                self.setCurrentIndex(self.cells.index(0, LEAVE))
            self._size()
        self.cells.decline(declined)

    def current(self) -> Repair | None:
        """The repair of the current row."""
        at = self.currentIndex()
        return self.cells.repairs[at.row()] if at.isValid() else None

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.verticalHeader().setMinimumSectionSize(row_height(self))
        self.verticalHeader().setDefaultSectionSize(row_height(self))
        self.horizontalHeader().setFixedHeight(u(self, 28))
        self.horizontalHeader().setMinimumSectionSize(u(self, 40))
        self._size()

    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> Flag:
        """Without an event it is the program that goes there."""
        return that_alone(self) if event is None else super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space presses the boxes of the selected rows."""
        if event.key() == Qt.Key.Key_Space:
            rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
            self._press(rows or [self.currentIndex().row()])
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box presses it."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and index.column() == LEAVE and box_in(self, self.visualRect(index)).contains(at):
            self._press([index.row()])

    def _press(self, rows: Sequence[int]) -> None:
        found = [self.cells.repairs[row].position for row in rows if 0 <= row < len(self.cells.repairs)]
        if found:
            self.toggled.emit(found)

    def _size(self) -> None:
        metrics = self.fontMetrics()
        texts = [tr(_HEADINGS[CELL]), *(one.position for one in self.cells.repairs[:500])]
        widest = max(metrics.horizontalAdvance(text) for text in texts) + u(self, 2 * PADDING) + 4
        self.setColumnWidth(CELL, min(widest, u(self, 160)))


def box_in(view: QWidget, rect: QRect) -> QRect:
    """Where the box stands in its cell, with what may be hit around it."""
    return QRect(rect.left(), rect.top(), u(view, PADDING + _BOX + PADDING), rect.height())


class _Boxed(CellDelegate):
    """The box before the delivered text."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            super().paint(painter, option, index)
            return
        view = self._view
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        box, edge, rect = QStyleOptionViewItem(option), u(view, _BOX), option.rect
        box.rect = QRect(rect.left() + u(view, PADDING), rect.top() + (rect.height() - edge) // 2, edge, edge)
        is_on = Qt.CheckState(state) is Qt.CheckState.Checked
        box.state = (option.state & ~QStyle.StateFlag.State_HasFocus) | (
            QStyle.StateFlag.State_On if is_on else QStyle.StateFlag.State_Off
        )
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, view)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        self._write(painter, rect.adjusted(u(view, PADDING + _BOX), 0, 0, 0), text, _LEFT, index)
        if index == view.currentIndex():
            self._ring(painter, rect)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(u(self._view, PADDING + _BOX), 0)
