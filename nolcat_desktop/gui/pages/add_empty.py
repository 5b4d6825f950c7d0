"""Add reports without reports: what to do next, and the buttons for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.link_button import LinkButton
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

WIDTH = 560


class EmptyView(QWidget):
    """Two ways to begin, and a word about dropping."""

    files_asked = Signal()
    folder_asked = Signal()
    kept_asked = Signal()
    """Look at the reports again that waited."""
    forgotten = Signal()
    """They need not be looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the buttons."""
        super().__init__(parent)
        self._title, self._sub, self._drop = QLabel(self), QLabel(self), QLabel(self)
        self._title.setText(tr("Drop usage reports here"))
        self._sub.setText(
            tr("COUNTER reports of any year: Excel, csv, tsv, json, XML, zip. They stay on this computer.")
        )
        self._drop.setText(tr("… or drop files anywhere in this window. Nothing is written before you say so."))
        kind(self._sub, "muted")
        kind(self._drop, "muted")
        files = LinkButton("file-plus", tr("Open my reports"), tr("files or a zip · Ctrl+O"), self)
        folder = LinkButton(
            "folder-open", tr("Open a folder of old years"), tr("looks through everything in it · Ctrl+Shift+O"), self
        )
        files.clicked.connect(lambda: self.files_asked.emit())
        folder.clicked.connect(lambda: self.folder_asked.emit())
        self.buttons = [files, folder]
        self.kept, self._kept_words = QFrame(self), QLabel(self)
        kind(self.kept, "card")
        self._kept_words.setWordWrap(True)
        self.again, self.forget = QPushButton(tr("Look at them again"), self), QPushButton(tr("Forget"), self)
        inside = QHBoxLayout(self.kept)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(8)
        inside.addWidget(self._kept_words, 1)
        for button, told in ((self.again, self.kept_asked), (self.forget, self.forgotten)):
            kind(button, "small")
            button.setAccessibleName(button.text())
            button.clicked.connect(told)
            inside.addWidget(button)
        self.kept.hide()
        self._column = QWidget(self)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(1)
        for widget in (self.kept, self._title, self._sub, files, folder, self._drop):
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
                widget.setWordWrap(True)
            column.addWidget(widget)
        column.addStretch(2)
        around = QHBoxLayout(self)
        around.addStretch(1)
        around.addWidget(self._column, 1000)
        around.addStretch(1)
        self.restyle()

    def offer(self, words: str) -> None:
        """Say what waited, and offer to look at it again; '': nothing did."""
        self._kept_words.setText(words)
        self.kept.setVisible(bool(words))

    def restyle(self) -> None:
        """Sizes of the moment."""
        self._column.setMaximumWidth(u(self, WIDTH))
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
