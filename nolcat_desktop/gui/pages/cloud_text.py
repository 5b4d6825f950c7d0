"""A text to be read, copied or saved: what to ask an administrator for, a template."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.export import write_whole
from nolcat_desktop.gui.chooser import begin
from nolcat_desktop.gui.cloud_words import tr
from nolcat_desktop.gui.scale import u
from nolcat_desktop.problem import NolcatError


class TextDialog(QDialog):
    """Not modal."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        """Show `text`."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.text = QPlainTextEdit(text, self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(title)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy, self.save, self.leave = (
            QPushButton(words, self) for words in (tr("Copy"), tr("Save…"), tr("Close"))
        )
        for button in (self.copy, self.save, self.leave):
            button.setAccessibleName(button.text())
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.leave)
        around = QVBoxLayout(self)
        around.addWidget(self.text, 1)
        around.addLayout(row)
        room = self.screen().availableSize()
        self.resize(min(u(self, 720), room.width() - 40), min(u(self, 520), room.height() - 60))

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), begin(), tr("Text (*.txt *.json);;All files (*)")
        )
        if name:
            try:
                write_whole(Path(name), self.text.toPlainText().encode())
            except NolcatError as error:
                self.setWindowTitle(tr("It could not be saved: {reason}").format(reason=error.problem.meaning))
