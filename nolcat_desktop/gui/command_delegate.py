"""How a command is drawn in the finder: icon, words, and at the right its shortcut or why it cannot be done."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import Role, role, row_height

SHORTCUT = int(Qt.ItemDataRole.UserRole) + 1
REASON = int(Qt.ItemDataRole.UserRole) + 2
Index = QModelIndex | QPersistentModelIndex


class CommandDelegate(QStyledItemDelegate):
    """One line a command."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """A row of a table."""
        return QSize(u(option.font, 100), row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Words in text colour, the rest muted."""
        rect, reason = QRect(option.rect), str(index.data(REASON) or "")
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, role(Role.HIGHLIGHT))
        side, gap = u(option.font, 16), u(option.font, 8)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QIcon):
            mode = QIcon.Mode.Disabled if reason else QIcon.Mode.Normal
            picture.paint(painter, rect.left() + gap, rect.center().y() - side // 2, side, side, mode=mode)
        rect.adjust(2 * gap + side, 0, -gap, 0)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        metrics = painter.fontMetrics()
        words = str(index.data())
        beside = metrics.elidedText(
            reason or str(index.data(SHORTCUT) or ""),
            Qt.TextElideMode.ElideRight,
            max(rect.width() - metrics.horizontalAdvance(words) - gap, 0),
        )
        painter.setPen(role(Role.MUTED))
        painter.drawText(rect, middle | right, beside)
        painter.setPen(role(Role.MUTED if reason else Role.TEXT))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()
