"""A list of steps: icon, words, time; each read aloud in one line, its state said and not only drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.pages.cloud_table import Mark
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import tabular
from nolcat_desktop.gui.theme import kind, role, row_height

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON, _PAD, _GAP, _WORDS = 16, 8, 16, 168


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step."""

    words: str
    told: str
    """How long it took, or what was found."""
    mark: Mark
    state: str = ""
    """The state for the ear, where the words do not say it."""
    tip: str = ""


class StepModel(QAbstractListModel):
    """Rows of `StepRow`."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No steps."""
        super().__init__(parent)
        self.rows: tuple[StepRow, ...] = ()

    def show(self, rows: Sequence[StepRow]) -> None:
        """Show `rows`; as long as there are as many of them nothing is lost of focus and place."""
        if len(rows) == len(self.rows):
            self.rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """One for each step."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Its words; for the ear all of it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.words, row.state, row.told) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip or " · ".join(part for part in (row.words, row.told) if part)
        return None


class StepList(QListView):
    """As high as its steps need."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """No steps; `name` for the ear."""
        super().__init__(parent)
        self.steps = StepModel(self)
        self.setModel(self.steps)
        self.setItemDelegate(_StepDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        kind(self, "steps")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def show_steps(self, rows: Sequence[StepRow]) -> None:
        """Show `rows`."""
        count = len(self.steps.rows)
        self.steps.show(rows)
        if len(rows) != count:
            self.restyle()
            if rows and not self.currentIndex().isValid():
                self.setCurrentIndex(self.steps.index(0))

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.setFixedHeight(max(len(self.steps.rows), 1) * row_height(self))
        self.scheduleDelayedItemsLayout()


class _StepDelegate(QStyledItemDelegate):
    def __init__(self, view: StepList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        del option, index
        return QSize(u(self._view, 200), row_height(self._view))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view, rect = self._view, QRect(option.rect)
        row = view.steps.rows[index.row()]
        edge, pad = u(view, _ICON), u(view, _PAD)
        top = rect.top() + (rect.height() - edge) // 2
        painter.drawPixmap(rect.left() + pad, top, pixmap(row.mark.icon, row.mark.role, _ICON))
        left = rect.left() + pad + edge + u(view, _GAP)
        longest = max((painter.fontMetrics().horizontalAdvance(one.words) for one in view.steps.rows), default=0)
        wide = min(max(longest + 2, u(view, _WORDS)), max(rect.right() - left - u(view, 120), u(view, 80)))
        words = QRect(left, rect.top(), wide, rect.height())
        told = QRect(left + wide + u(view, _GAP), rect.top(), rect.right() - left - wide - u(view, _GAP), rect.height())
        painter.setFont(tabular(view.font()))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
        for text, where, tone in ((row.words, words, Role.TEXT), (row.told, told, Role.MUTED)):
            painter.setPen(role(tone))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, flags, shown)
        if index.row() == view.currentIndex().row() and view.hasFocus():
            painter.setPen(QPen(role(Role.TEXT), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
