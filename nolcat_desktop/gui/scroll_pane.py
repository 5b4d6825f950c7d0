"""A column that scrolls where there is too little height for it, so that nothing in it is squeezed or cut."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


class ScrollPane(QScrollArea):
    """Up and down only; the ground is that of what it stands in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Fill `column`."""
        super().__init__(parent)
        inside = QWidget(self)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        for ground in (self.viewport(), inside):
            ground.setAutoFillBackground(False)


class FittingPane(ScrollPane):
    """No higher than what is in it, so that the rest of the room is for others; lower where there is little."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Fill `column`."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """As high as the column is at this width."""
        hint, width = self.column.sizeHint(), max(self.viewport().width(), 1)
        return QSize(hint.width(), self.column.heightForWidth(width)) if self.column.hasHeightForWidth() else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
