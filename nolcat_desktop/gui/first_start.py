"""What an empty library shows: three ways to begin, and where the library is kept. No question, no account."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.link_button import LinkButton
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

WIDTH = 560


class FirstStart(QWidget):
    """Centred, at most 560 u wide."""

    files_asked = Signal()
    folder_asked = Signal()
    sample_asked = Signal()
    other_folder_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Three buttons; `offer` hides those that lead nowhere."""
        super().__init__(parent)
        self._title, self._sub, self._drop = QLabel(self), QLabel(self), QLabel(self)
        self._kept, self._other = ElidedLabel(parent=self, mode=Qt.TextElideMode.ElideMiddle), QPushButton(self)
        self.buttons = [
            self._link("file-plus", self.tr("Open my reports"), self.tr("files or a zip · Ctrl+O"), self.files_asked),
            self._link(
                "folder-open",
                self.tr("Open a folder of old years"),
                self.tr("looks through everything in it · Ctrl+Shift+O"),
                self.folder_asked,
            ),
            self._link(
                "chart-bar",
                self.tr("Show me with sample data"),
                self.tr("a made-up library, removed with one click"),
                self.sample_asked,
            ),
        ]
        self._fill()
        self._lay_out()
        self.restyle()

    def offer(self, files: bool, sample: bool) -> None:
        """Show only the ways that lead somewhere."""
        for button, works in zip(self.buttons, (files, files, sample), strict=True):
            button.setVisible(works)
        self._drop.setVisible(files)

    def focus_first(self) -> None:
        """Give the focus to the first way."""
        first = next((button for button in self.buttons if not button.isHidden()), self._other)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_folder(self, folder: Path | None) -> None:
        """Say where the library is kept."""
        text = self.tr("Your library is kept in {folder}").format(folder=folder) if folder is not None else ""
        self._kept.set_full_text(text)

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * 1.55)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        for button in self.buttons:
            button.updateGeometry()
        self._column.setMaximumWidth(u(self, WIDTH))

    def _fill(self) -> None:
        self._title.setText(self.tr("Bring your usage reports together"))
        self._sub.setText(
            self.tr("COUNTER reports of any year: Excel, csv, tsv, json, XML, zip. They stay on this computer.")
        )
        self._drop.setText(self.tr("… or drop files anywhere in this window."))
        self._other.setText(self.tr("Choose another folder…"))
        self._other.setAccessibleName(self.tr("Choose another folder for the library"))
        self._other.clicked.connect(self.other_folder_asked)
        for label in (self._title, self._sub, self._drop):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        for muted in (self._sub, self._drop, self._kept):
            kind(muted, "muted")
        kind(self._title, "title")
        kind(self._other, "small")
        self._other.setAutoDefault(True)
        self.setTabOrder(self.buttons[-1], self._other)

    def _lay_out(self) -> None:
        self._column = QWidget(self)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(1)
        for widget in (self._title, self._sub, *self.buttons, self._drop):
            column.addWidget(widget)
        column.addSpacing(12)
        foot = QHBoxLayout()
        foot.addWidget(self._kept, 1)
        foot.addWidget(self._other)
        column.addLayout(foot)
        column.addStretch(1)
        around = QHBoxLayout(self)
        around.setContentsMargins(8, 8, 8, 8)
        around.addStretch(1)
        around.addWidget(self._column, 1000)
        around.addStretch(1)

    def _link(self, name: str, title: str, words: str, told: SignalInstance) -> LinkButton:
        button = LinkButton(name, title, words, self)
        button.clicked.connect(told)
        return button
