"""A button whose words are cut in the middle where there is no room; all of them stand in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from nolcat_desktop.gui.icons import put
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

_PADDING, _BORDERS = 8, 10
_LEAST, _MOST, _ARROW, _SPARE = 112, 260, 14, 6


class ElidedButton(QPushButton):
    """Drops something down: an arrow stands after its words."""

    def __init__(self, parent: QWidget | None = None, whole: bool = False) -> None:
        """Without words; with `whole` they are never cut."""
        super().__init__(parent)
        self._whole = whole
        self._full = ""
        kind(self, "small")
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight if mirrored else Qt.LayoutDirection.RightToLeft)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.restyle()

    def full_text(self) -> str:
        """All of its words."""
        return self._full

    def set_full_text(self, what: str, words: str) -> None:
        """Show `words`; `what` says to a screen reader of what they are."""
        self._full = words
        if not self.text():
            self.setText(words)
            self.restyle()
        self.setAccessibleName(f"{what}: {words}")
        self.setToolTip(words)
        self.updateGeometry()
        self._elide()

    def restyle(self) -> None:
        """Take icon and size of the theme."""
        put(self, "chevron-down", size=_ARROW)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for all of the words, up to a width."""
        room = self.fontMetrics().horizontalAdvance(self._full) + self._around() + _SPARE
        return QSize(min(room, u(self, _MOST)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        least = self.sizeHint().width() if self._whole else min(u(self, _LEAST), self.sizeHint().width())
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(self.width() - self._around(), 1)
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideMiddle, room).replace("&", "&&")
        if shown != self.text():
            self.setText(shown)

    def _around(self) -> int:
        return self.iconSize().width() + u(self, 2 * _PADDING) + _BORDERS
