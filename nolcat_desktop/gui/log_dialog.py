"""The end of the program's log, to be read and copied; it holds no secrets, see `log`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.scale import fit
from nolcat_desktop.log import log_file, log_text


class LogDialog(QDialog):
    """Read-only; the newest line in sight. Not modal."""

    def __init__(self, parent: QWidget, file: Path | None = None) -> None:
        """Show `file`, by default the program's own log."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Log"))
        shown = file or log_file()
        self.where = QLabel(self.tr("{file}. Passwords and keys are never written into it.").format(file=shown), self)
        self.where.setWordWrap(True)
        self.text = QPlainTextEdit(log_text(shown) or self.tr("Nothing was written into it yet."), self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Log"))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.copy, self.leave = QPushButton(self.tr("Copy"), self), QPushButton(self.tr("Close"), self)
        for button in (self.copy, self.leave):
            button.setAccessibleName(button.text())
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.leave.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(12)
        around.addWidget(self.where)
        around.addWidget(self.text, 1)
        around.addLayout(foot)
        self._dress()
        fit(self, 760, 480)
        self.text.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """The text may have another size now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "leave"):
            self._dress()

    def _dress(self) -> None:
        """Letters of one width, as large as all others."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        if self.font().pointSizeF() > 0:
            font.setPointSizeF(self.font().pointSizeF())
        else:
            font.setPixelSize(self.font().pixelSize())
        self.text.setFont(font)
