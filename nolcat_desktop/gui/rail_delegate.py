"""How a place is drawn in the rail: tinted, with a bar of accent and semi-bold when it is the one in front."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import Role, role

BADGE = int(Qt.ItemDataRole.UserRole) + 1
ICON_NAME = int(Qt.ItemDataRole.UserRole) + 2
Index = QModelIndex | QPersistentModelIndex


class RailDelegate(QStyledItemDelegate):
    """Draws what the model says; `narrow` leaves the word to tooltip and screen reader."""

    narrow = False

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """36 u high."""
        return QSize(option.rect.width(), u(option.font, 36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, bar, icon, word, badge, ring."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        widget: QWidget = option.widget
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ring = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(0, 2, 0, -2)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(role(Role.HIGHLIGHT if selected else Role.BUTTON))
            painter.drawRoundedRect(box, 4, 4)
        if selected:
            painter.setBrush(role(Role.ACCENT))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 4, 3, box.height() - 8), 1.5, 1.5)
        self._content(painter, rect, index, selected, widget)
        if ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(role(Role.TEXT), 2))
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.restore()

    def _content(self, painter: QPainter, rect: QRect, index: Index, selected: bool, widget: QWidget) -> None:
        size, badge = u(widget, 20), index.data(BADGE)
        left = rect.left() + ((rect.width() - size) // 2 if self.narrow else u(widget, 12))
        picture = pixmap(index.data(ICON_NAME), Role.ACCENT if selected else Role.TEXT, 20)
        painter.drawPixmap(QPoint(left, rect.center().y() - size // 2 + 1), picture)
        if self.narrow:
            if badge:
                self._dot(painter, QRectF(left + size - u(widget, 4), rect.top() + u(widget, 7), *[u(widget, 7)] * 2))
            return
        font = QFont(widget.font())
        font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(role(Role.TEXT))
        text = QRect(rect)
        text.setLeft(left + size + u(widget, 10))
        text.setRight(rect.right() - u(widget, 36 if badge else 8))
        word = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, text.width())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft, word)
        if badge:
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(role(Role.MISSING))
            painter.drawText(rect.adjusted(0, 0, -u(widget, 10), 0), middle | Qt.AlignmentFlag.AlignRight, str(badge))

    def _dot(self, painter: QPainter, where: QRectF) -> None:
        painter.setPen(QPen(role(Role.RAIL), 1.5))
        painter.setBrush(role(Role.MISSING))
        painter.drawEllipse(where)
