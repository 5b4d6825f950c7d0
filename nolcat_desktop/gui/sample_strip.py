"""The yellow strip over a sample library, so that its numbers are never taken for one's own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.theme import kind


class SampleStrip(QFrame):
    """Says what it is, and offers the way out."""

    own_asked = Signal()
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until the sample is open."""
        super().__init__(parent)
        kind(self, "strip")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(self.tr("Sample library: made-up numbers."), self), 1)
        for words, told in (
            (self.tr("Use my own reports"), self.own_asked),
            (self.tr("Remove the sample"), self.remove_asked),
        ):
            button = QPushButton(words, self)
            button.setAutoDefault(True)
            button.setAccessibleName(words)
            kind(button, "small")
            button.clicked.connect(told)
            row.addWidget(button)
        self.hide()
