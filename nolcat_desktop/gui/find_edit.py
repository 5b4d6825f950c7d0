"""A field to search with: a magnifier before the text and a cross behind it, which grow with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from nolcat_desktop.gui.icons import icon, pixmap
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
        self.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._clear = QToolButton(self)  # Qt's own cross is of another family, and small at every size of text
        self._clear.setAutoRaise(True)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setToolTip(self.tr("Clear"))
        self._clear.setAccessibleName(self.tr("Clear"))
        self._clear.clicked.connect(self._empty)
        self._clear.hide()
        self.textChanged.connect(self._show_cross)
        self.restyle()

    def restyle(self) -> None:
        """Room for magnifier and cross of the moment."""
        self._clear.setIcon(icon("x"))
        self._clear.setIconSize(QSize(u(self, _EDGE), u(self, _EDGE)))
        self._put()
        self._show_cross()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Wear the sizes and colours of the moment."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange} and hasattr(self, "_clear"):
            self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cross stands at the right."""
        super().resizeEvent(event)
        self._put()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and the magnifier in it."""
        super().paintEvent(event)
        sign = pixmap("search", Role.MUTED, _EDGE)
        edge = u(self, _EDGE)
        painter = QPainter(self)
        painter.drawPixmap(u(self, _LEFT) + 2, (self.height() - edge) // 2, sign)
        painter.end()

    def _put(self) -> None:
        edge = u(self, _EDGE + _GAP)
        self._clear.setGeometry(self.width() - edge - u(self, _GAP), (self.height() - edge) // 2, edge, edge)

    def _show_cross(self) -> None:
        """Only where there is something to clear; else its room is for the words in the field."""
        shown = bool(self.text())
        self._clear.setVisible(shown)
        right = u(self, _EDGE + _GAP) if shown else 0
        self.setTextMargins(u(self, _LEFT + _EDGE + _GAP) - u(self, 6), 0, right, 0)

    def _empty(self) -> None:
        self.clear()
        self.textEdited.emit("")
