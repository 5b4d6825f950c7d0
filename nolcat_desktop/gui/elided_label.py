"""A label of one line that says with an ellipsis that it was cut, and has its full text in the tooltip."""

from __future__ import annotations

from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_STRONG = ("L", "R", "AL")
_LEFT_TO_RIGHT = "\u200e"
"""A mark that is not seen."""


class ElidedLabel(QLabel):
    """`QLabel` only clips. Sentences elide at the right, names in the middle."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """Show `text`, cut by `mode` where there is not enough room."""
        super().__init__(parent)
        self._full = ""
        self._shorter: tuple[str, ...] = ()
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_full_text(text)

    def full_text(self) -> str:
        """All of the text."""
        return self._full

    def set_full_text(self, text: str, *shorter: str) -> None:
        """Show `text`; where it has no room, the first of the `shorter` ones that has, before anything is cut."""
        self._full, self._shorter = text, shorter
        self._elide()

    def sizeHint(self) -> QSize:
        """As wide as all of the text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 4, metrics.height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Cut anew when the text grew."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
            self._elide()

    def _elide(self) -> None:
        line = self._full.replace("\n", " ")
        room = max(self.width(), 1)
        fits = (text for text in (line, *self._shorter) if self.fontMetrics().horizontalAdvance(text) <= room)
        shown = next(fits, None) or self._cut((self._shorter or (line,))[-1], room)
        told = in_order(shown, self.layoutDirection())
        if told != self.text():
            super().setText(told)
        self.setToolTip(self._full if shown != line else "")

    def _cut(self, line: str, room: int) -> str:
        """So much of `line` as `room` px hold."""
        return self.fontMetrics().elidedText(line, self._mode, room)


def in_order(text: str, direction: Qt.LayoutDirection) -> str:
    """`text` whose parts stay in their order, though it begins with an Arabic or Hebrew name (UAX 9, P2)."""
    first = next((kind for letter in text if (kind := bidirectional(letter)) in _STRONG), "L")
    return f"{_LEFT_TO_RIGHT}{text}" if first != "L" and direction == Qt.LayoutDirection.LeftToRight else text
