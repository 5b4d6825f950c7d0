"""Someone presses whatever there is: no fault, no menu that is lost, and a library that is whole at the end."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nolcat_desktop import __version__
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.fault import FaultReport
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.sample import sample_reports
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.gui.frame_builders import REPORT, now, settled

LEAVE = frozenset({"close", "quit", "show_folder", "new_window", "full_screen", "show_log", "about"})
"""Ends the walk, or leads out of the program."""
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_F6,
         Qt.Key.Key_F8, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_F2)  # fmt: skip
_SIZES = ((1280, 720), (960, 640), (700, 460), (1600, 900))


_Kind = TypeVar("_Kind", bound=QWidget)


class Walker(QObject):
    """One who presses things at random, and closes at once whatever waits for an answer."""

    def __init__(self, window: MainWindow, seed: int, odd: list[Path]) -> None:
        super().__init__(window)
        self.window, self.chance, self.odd = window, Random(seed), odd
        self.trace: list[str] = []
        closing = QTimer(self, interval=20)
        closing.timeout.connect(self._close_modal)
        closing.start()

    def step(self) -> None:
        """One of the things that can be done now."""
        self.chance.choice([self._act, self._act, self._press, self._choose, self._key, self._menu, self._drop,
                            self._resize])()  # fmt: skip
        for _ in range(3):
            QApplication.processEvents()
        if self.chance.random() < 0.2:
            gc.collect()

    def _close_modal(self) -> None:
        for shown in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if shown is not None:
                shown.close()

    def _any(self, kind: type[_Kind]) -> _Kind | None:
        shown = [one for top in self._tops() for one in top.findChildren(kind) if one.isVisible() and one.isEnabled()]
        found = self.chance.choice(shown) if shown else None
        if found is not None:
            self.trace.append(f"{kind.__name__} {found.accessibleName()}")
        return found

    def _tops(self) -> list[QWidget]:
        return [self.window, *(one for one in self.window.findChildren(QDialog) if one.isVisible())]

    def _act(self) -> None:
        usable = [one for one in self.window.actions_table.all() if one.isEnabled() and one.objectName() not in LEAVE]
        action = self.chance.choice([one for one in usable if not one.objectName().startswith("cloud")])
        self.trace.append(f"action {action.objectName()}")
        action.trigger()

    def _press(self) -> None:
        button = self._any(QAbstractButton)
        if button is not None and not button.window().windowTitle().startswith("About"):
            button.click()

    def _choose(self) -> None:
        combo = self._any(QComboBox)
        if combo is not None and combo.count():
            combo.setCurrentIndex(self.chance.randrange(combo.count()))
            combo.activated.emit(combo.currentIndex())

    def _table(self) -> QAbstractItemView | None:
        view = self._any(QAbstractItemView)
        model = view.model() if view is not None else None
        if view is None or model is None or not model.rowCount(view.rootIndex()):
            return None
        view.setCurrentIndex(model.index(self.chance.randrange(model.rowCount(view.rootIndex())), 0, view.rootIndex()))
        return view

    def _key(self) -> None:
        widget = self._table() or QApplication.focusWidget() or self.window
        key = self.chance.choice(_KEYS)
        self.trace.append(str(key))
        QTest.keyClick(widget, key)

    def _menu(self) -> None:
        view = self._table()
        if view is not None:
            at = QPoint(self.chance.randrange(400), self.chance.randrange(200))
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
            QApplication.sendEvent(view.viewport(), event)
        for action in self.window.menuBar().actions():
            menu = action.menu()
            if menu is not None:
                menu.aboutToShow.emit()  # type: ignore[attr-defined] # a QMenu
        self.window.library_menu.aboutToShow.emit()

    def _drop(self) -> None:
        dropped = QMimeData()
        if self.chance.random() < 0.2:
            dropped.setText("no file at all")
        else:
            dropped.setUrls([QUrl.fromLocalFile(str(one)) for one in self.chance.sample(self.odd, 2)])
        self.trace.append(f"drop {[url.fileName() for url in dropped.urls()]}")
        keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        event = QDropEvent(QPointF(99, 99), Qt.DropAction.CopyAction, dropped, buttons, keys, QEvent.Type.Drop)
        QApplication.sendEvent(self.window.windowHandle(), event)

    def _resize(self) -> None:
        self.window.resize(*self.chance.choice(_SIZES))


def odd_things(folder: Path) -> list[Path]:
    """Reports, and what is none."""
    (folder / "within").mkdir(parents=True)
    (folder / "within" / "round").symlink_to(folder)
    (folder / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "empty.xlsx").write_bytes(b"")
    reports = sorted(sample_reports().iterdir())[:6]
    return [*reports, folder, folder / "notes.csv", folder / "empty.xlsx", folder / "not there.tsv"]


@pytest.mark.exhaustive  # fixed costs alone are seconds: its bounded form would be dearer than what it finds
@pytest.mark.parametrize(("seed", "steps"), [(1, 15), *((seed, 400) for seed in range(2, 22))])
def test_that_pressing_anything_finds_no_fault_and_leaves_the_library_whole(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path, seed: int, steps: int
) -> None:
    library = Library.open(tmp_path / "Library", now, __version__)
    convert([REPORT], library, Wishes(), Progress())
    window = make_window(places=PLACES)
    faults: list[FaultReport] = []
    window.context.runner.faulted.connect(faults.append)
    walker = Walker(window, seed, odd_things(tmp_path / "odd"))
    for _ in range(steps):
        walker.step()
        assert not faults, (faults[0].text(), walker.trace[-10:])
        assert window.isVisible(), walker.trace[-10:]
    settled(qtbot, window.context.runner)
    assert not faults, (faults[0].text(), walker.trace[-10:])
    assert all(shiboken6.isValid(menu) for menu in (*window.commands._menus.values(), window.library_menu))
    assert Library.open(tmp_path / "Library", now, __version__).verify(Progress()) == []
    walker.deleteLater()
