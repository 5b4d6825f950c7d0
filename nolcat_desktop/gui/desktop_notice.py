"""A word on the desktop when a run has ended while somebody worked elsewhere.

Only where the system has a place for it: the tray's messages, or on Linux `notify-send`. Without either nothing
happens: the window says it anyway, in its notification line and in the place.
"""

from __future__ import annotations

import shutil
import sys

from PySide6.QtCore import QObject, QProcess, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QSystemTrayIcon

from nolcat_desktop.gui.cloud_words import ended_well, tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.icons import icon

_SHOWN = 15_000
"""Milliseconds, where the system leaves it to the program."""


class DesktopNotice(QObject):
    """Belongs to one window; says something only while no window of the program is in use."""

    def __init__(self, context: Context, parent: QObject) -> None:
        """Nothing is in the tray before there is something to say."""
        super().__init__(parent)
        self._context = context
        self._tray: QSystemTrayIcon | None = None

    def run_over(self, failed: str = "", outcome: str = "") -> None:
        """Say that a run has ended.

        Args:
            failed: Why it did not end well; empty if it did.
            outcome: What the pipeline says of one that ended well; see `cloud_words.ended_well`.
        """
        if self._context.settings.run_notices and not self.is_in_use():
            title = tr("The run did not end well") if failed else tr("The run has ended")
            text = failed or ended_well(outcome)
            self.say(title, text)

    def is_in_use(self) -> bool:
        """Whether somebody works in a window of the program."""
        return QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive

    def say(self, title: str, text: str) -> None:
        """Ask the desktop to say it, where it can."""
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            tray = self._tray = self._tray or self._made()
            tray.show()
            tray.showMessage(title, text, icon("cloud-upload"), _SHOWN)
        elif sys.platform.startswith("linux") and (program := shutil.which("notify-send")):
            name = QGuiApplication.applicationDisplayName()
            QProcess.startDetached(program, ["--app-name", name or "NoLCAT Desktop", "--", title, text])

    def _made(self) -> QSystemTrayIcon:
        tray = QSystemTrayIcon(icon("cloud-upload"), self)
        tray.setToolTip(QGuiApplication.applicationDisplayName())
        tray.messageClicked.connect(_to_the_front)
        tray.activated.connect(lambda *_: _to_the_front())
        return tray


def _to_the_front() -> None:
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QMainWindow) and window.isVisible():
            window.raise_()
            window.activateWindow()
