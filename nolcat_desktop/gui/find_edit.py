"""A field to search with: a magnifier before the text, which grows with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u

_LEFT, _EDGE, _GAP = 6, 16, 4


class FindEdit(QLineEdit):
    """Text of any direction; a button clears it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Say `name` where nothing was typed, and to a screen reader."""
        super().__init__(parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.restyle()

    def restyle(self) -> None:
        """Room for the magnifier of the moment."""
        self.setTextMargins(u(self, _LEFT + _EDGE + _GAP) - u(self, 6), 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and the magnifier in it."""
        super().paintEvent(event)
        sign = pixmap("search", Role.MUTED, _EDGE)
        edge = u(self, _EDGE)
        painter = QPainter(self)
        painter.drawPixmap(u(self, _LEFT) + 2, (self.height() - edge) // 2, sign)
        painter.end()
