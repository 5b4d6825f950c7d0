"""Cells of a table drawn plainly: padded like their headings, numbers tabular and never cut, the current one ringed."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import role, row_height

PADDING = 8
"""In u, left and right, of cells and headings."""
_PANEL = QStyle.PrimitiveElement.PE_PanelItemViewItem
_TEXT, _ALIGNMENT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole
_FONT, _COLOUR = Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole
_RIGHT, _ONE_LINE = int(Qt.AlignmentFlag.AlignRight), int(Qt.TextFlag.TextSingleLine)

_tabular: dict[str, QFont] = {}


def tabular(font: QFont) -> QFont:
    """`font` with figures of one width."""
    key = font.key()
    if key not in _tabular:
        made = QFont(font)
        made.setFeature(QFont.Tag("tnum"), 1)
        _tabular[key] = made
    return _tabular[key]


class CellDelegate(QStyledItemDelegate):
    """Draws text cells; what it draws is what the model says."""

    elide = Qt.TextElideMode.ElideMiddle
    """Names are cut in the middle."""

    def __init__(self, view: QAbstractItemView) -> None:
        """For `view`, of which it marks the current cell."""
        super().__init__(view)
        self._view = view
        self._font, self._tabular = QFont(), tabular(QFont())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, text and ring."""
        view, rect = self._view, option.rect
        view.style().drawPrimitive(_PANEL, option, painter, view)
        model = index.model()  # asked itself: by way of the index Qt would ask it in our name
        text = model.data(index, _TEXT)
        if text:
            self._write(painter, rect, str(text), int(model.data(index, _ALIGNMENT) or 0), index)
        if index == view.currentIndex():
            self._ring(painter, rect)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as the text with its padding, as high as a row."""
        del option
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        font = index.data(Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(tabular(font if isinstance(font, QFont) else self._view.font()))
        width = metrics.horizontalAdvance(text) + 2 * u(self._view, PADDING) + 2
        return QSize(width, row_height(self._view))

    def _write(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        alignment: int,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        padding = u(self._view, PADDING)
        room = rect.adjusted(padding, 0, -padding, 0)
        model = index.model()
        is_plain = getattr(model, "has_plain_cells", False)
        font = None if is_plain else model.data(index, _FONT)
        letters = tabular(font) if isinstance(font, QFont) else self._letters()
        painter.setFont(letters)
        colour = None if is_plain else model.data(index, _COLOUR)
        painter.setPen(colour if colour is not None else role(Role.MUTED if self._view.property("dim") else Role.TEXT))
        if not alignment & _RIGHT:
            text = _elided(text, letters, painter.fontMetrics().height(), self.elide, room.width())
        painter.drawText(room, alignment | _ONE_LINE, text)

    def _letters(self) -> QFont:
        font = self._view.font()
        if font != self._font:
            self._font, self._tabular = font, tabular(font)
        return self._tabular

    def _ring(self, painter: QPainter, rect: QRect) -> None:
        width = 2 if self._view.hasFocus() else 1
        painter.setPen(QPen(role(Role.TEXT), width))
        inset = 1 if width > 1 else 0
        painter.drawRect(rect.adjusted(inset, inset, -1 - inset, -1 - inset))


@lru_cache(maxsize=4096)
def _elided(text: str, font: QFont, height: int, mode: Qt.TextElideMode, width: int) -> str:
    """Most cells hold what others hold, too; `height` tells screens apart that draw a font in different sizes."""
    del height
    return QFontMetrics(font).elidedText(text.replace("\n", " "), mode, width)


class SentenceDelegate(CellDelegate):
    """Draws cells in which sentences stand, which are cut at the right."""

    elide = Qt.TextElideMode.ElideRight


def elided_tip(view: QAbstractItemView, index: QModelIndex) -> str:
    """The whole text of a cell that is cut, else nothing."""
    text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    room = view.visualRect(index).width() - 2 * u(view, PADDING)
    return text if view.fontMetrics().horizontalAdvance(text) > room else ""
