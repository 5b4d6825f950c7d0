"""A window on a library of its own, to be brought into a state and looked at."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.settings import Colours, Settings
from tests.gui.frame_builders import APART

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
PATIENCE = 240.0
"""Seconds that anything may take."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is taken."""

    name: str
    colours: Colours = Colours.LIGHT
    text_size: int = 100
    size: tuple[int, int] = (1280, 720)


LOOKS = (
    Look("light-100"),
    Look("dark-100", Colours.DARK),
    Look("light-150", text_size=150),
    Look("dark-150", Colours.DARK, 150),
    Look("light-200", text_size=200),
    Look("dark-200", Colours.DARK, 200),
    Look("light-100-small", size=(960, 640)),
    Look("dark-100-small", Colours.DARK, size=(960, 640)),
    Look("light-200-small", text_size=200, size=(960, 640)),
    Look("light-100-large", size=(1920, 1080)),
    Look("dark-100-large", Colours.DARK, size=(1920, 1080)),
)


class Studio:
    """One window on a library of its own."""

    def __init__(self, theme: Theme, look: Look, folder: Path, sample: bool) -> None:
        """Open the window, on the sample library or on the one in `folder`, which may be empty."""
        self.folder = folder
        self.later: list[Callable[[], object]] = []
        """What is to be done once the picture is taken."""
        theme.use(Settings(colours=look.colours, text_size=look.text_size))
        self.runner = TaskRunner(lambda: NOW, apart=APART)
        context = Context(self.runner, Remembered(folder / "state.json"), theme, lambda: NOW)
        self.window = MainWindow(context, PLACES, folder / "Library")
        self.window.resize(*look.size)
        self.window.show()
        self.window.resize(*look.size)
        if sample:
            self.window.start_with_sample()
        else:
            self.window.start(folder / "Library", new=True)
        self.settle()
        self.window.line.dismiss()

    def settle(self) -> None:
        """Wait until nothing is worked on and all is drawn."""
        end = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < 3:
            QApplication.processEvents()
            quiet = 0 if self.runner.jobs else quiet + 1
            if time.monotonic() > end:
                raise TimeoutError(str([job.name for job in self.runner.jobs]))
            QTest.qWait(20)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def until(self, came: Callable[[], object]) -> None:
        """Look at the window until `came`."""
        end = time.monotonic() + PATIENCE
        while not came() and time.monotonic() < end:
            QApplication.processEvents()
            QTest.qWait(5)

    def go(self, name: str) -> Place:
        """Bring a place to the front."""
        self.window.go(name)
        self.settle()
        place = self.window.front.place
        assert place is not None
        return place

    def close(self) -> None:
        """Without asking."""
        self.runner.shut_down()
        self.window.deleteLater()
        QApplication.processEvents()

    def dialog(self) -> QWidget | None:
        """The dialog that was opened last."""
        self.settle()
        shown = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return shown[-1] if shown else None


Scene = Callable[[Studio], QWidget | None]
"""Brings something about; what is to be seen comes back, or None for the whole window."""
