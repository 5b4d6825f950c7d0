"""Windows and places for tests: real ones, with made-up contents and answers given beforehand."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.apart import Apart
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.sample import sample_reports
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.problem import Problem

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
REPORT = sample_reports() / "rowan-shelf_TR_2019.tsv"
APART = Apart()
"""Shared by all tests: a process for long work takes a while to start."""
atexit.register(APART.close)
PATIENCE = 60_000
"""Milliseconds that anything is waited for at most; what comes ends the wait at once."""
PROBLEM = Problem("The folder is gone", "Nothing is lost.", "Connect the drive.", "here")


def now() -> datetime:
    """The time in all of these tests."""
    return NOW


class _Pane(Place):
    """A list, a primary button and an ordinary one; notes what it is told to do."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.told: list[object] = []
        self.list = QListWidget(self)
        self.list.setAccessibleName("Things")
        self.list.addItems(["one", "two"])
        self.list.setCurrentRow(0)
        self.body.addWidget(self.list)
        self.set_summary("2 things · " + "more words than there is room for " * 10)
        self.main = QAction("Add 2 things", self)
        self.main.triggered.connect(lambda: self.told.append("primary"))
        self.set_primary(self.main)
        self.set_ordinary([QAction("Look closer", self), QAction("Look away", self)])
        self.deep = False
        self.times = 0

    def receive(self, payload: object) -> None:
        self.told.append(payload)

    def shown(self) -> None:
        self.times += 1

    def do(self, what: str) -> None:
        self.told.append(what)

    def panes(self) -> Sequence[QWidget]:
        return [self.list]

    def step_back(self) -> bool:
        was, self.deep = self.deep, False
        return was


class LibraryPane(_Pane):
    """The front page."""

    name, icon_name, supports = "library", "layout-grid", frozenset({"find"})

    @classmethod
    def title(cls) -> str:
        return "Library"


class AddPane(_Pane):
    """Takes files."""

    name, icon_name = "add", "file-plus"

    @classmethod
    def title(cls) -> str:
        return "Add reports"


class DataPane(_Pane):
    """Exports, but not now."""

    name, icon_name, supports = "data", "table", frozenset({"find", "export"})

    @classmethod
    def title(cls) -> str:
        return "Look at data"

    def can(self, what: str) -> str:
        return "There is nothing to export yet" if what == "export" else ""


PANES: tuple[type[Place], ...] = (LibraryPane, AddPane, DataPane)


class Answers(Chooser):
    """Answers what it was given instead of opening the system's dialogs."""

    def __init__(self, remembered: Remembered, parent: QWidget) -> None:
        super().__init__(remembered, parent)
        self.chosen_files: list[Path] = []
        self.asked_with = ""
        self.chosen_folder: Path | None = None
        self.chosen_file: Path | None = None
        self.chosen_target: Path | None = None

    def files(self, title: str = "") -> list[Path]:
        self.asked_with = title
        return self.chosen_files

    def folder(self, title: str, dialog: str) -> Path | None:
        del title, dialog
        return self.chosen_folder

    def file(self, title: str, dialog: str, kinds: str) -> Path | None:
        del title, dialog, kinds
        return self.chosen_file

    def target(self, title: str, dialog: str, name: str, kinds: str) -> tuple[Path, str] | None:
        del title, dialog, name
        return (self.chosen_target, kinds) if self.chosen_target is not None else None


def window_on(
    folder: Path,
    theme: Theme,
    places: Sequence[type[Place]] = PANES,
    new_window: Callable[[], None] | None = None,
) -> MainWindow:
    """A window whose files are all in `folder`."""
    runner = TaskRunner(now, apart=APART)
    context = Context(runner, Remembered(folder / "state.json"), theme, now)
    window = MainWindow(context, places, folder / "Library", new_window)
    window.chooser = Answers(context.remembered, window)
    return window


def press_key(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and let go."""
    QTest.keyClick(widget, key, modifier)


def settled(qtbot: QtBot, runner: TaskRunner) -> None:
    """Until everything that was asked is answered, and what followed from that as well."""
    for _ in range(4):  # what follows comes a millisecond later, one thing after the other
        qtbot.waitUntil(lambda: not runner.jobs, timeout=PATIENCE)
        QTest.qWait(3)
