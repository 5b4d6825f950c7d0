"""A command link that grows with the text: icon, title and second line, all in u, in the middle of its height."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCommandLinkButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import Role, role

ICON, MARGIN, GAP = 24, 14, 12


class LinkButton(QCommandLinkButton):
    """Qt's own keeps margins of 10 px at every size of text, and its title a size of its own."""

    def __init__(self, name: str, title: str, words: str, parent: QWidget | None = None) -> None:
        """Show `title` over `words`, beside the icon `name`."""
        self._measured: tuple[str, int, str, str] | None = None
        self._hint = QSize()
        super().__init__(title, words, parent)
        policy = self.sizePolicy()
        policy.setHeightForWidth(False)  # as high at every width; asked of each, layouts take several times as long
        self.setSizePolicy(policy)
        self._name = name
        self.setIcon(QIcon())
        self.setAutoDefault(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        """Two lines of text with room around; measured once, since layouts ask many times over."""
        font = QApplication.font()
        asked = (font.key(), u(self, ICON), self.text(), self.description())
        if asked != self._measured:
            self._measured, self._hint = asked, self._measure(font)
        return QSize(self._hint)

    def _measure(self, font: QFont) -> QSize:
        normal = QFontMetrics(font)
        longest = max(
            QFontMetrics(_strong()).horizontalAdvance(self.text()), normal.horizontalAdvance(self.description())
        )
        return QSize(longest + u(self, ICON + 2 * MARGIN + GAP), 2 * normal.height() + u(self, 24))

    def minimumSizeHint(self) -> QSize:
        """Two lines high; narrower, it elides."""
        return QSize(u(self, 160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground by the style sheet, then icon and words."""
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        size = u(self, ICON)
        top = (self.height() - size) // 2
        painter.drawPixmap(u(self, MARGIN), top, pixmap(self._name, Role.ACCENT, ICON))
        words = self.rect().adjusted(u(self, MARGIN + ICON + GAP), 0, -u(self, MARGIN), 0)
        line = QFontMetrics(QApplication.font()).height()
        upper = QRect(words.left(), self.height() // 2 - line - 1, words.width(), line)
        for text, font, tone, where in (
            (self.text(), _strong(), Role.TEXT, upper),
            (self.description(), QApplication.font(), Role.MUTED, upper.translated(0, line + 2)),
        ):
            painter.setFont(font)
            painter.setPen(role(tone))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _strong() -> QFont:
    font = QFont(QApplication.font())
    font.setWeight(QFont.Weight.DemiBold)
    return font
