"""Someone without a mouse presses keys, chooses from menus and answers what is asked: no fault, and focus somewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop import __version__
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.fault import FaultReport
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.progress import Progress
from tests.gui.frame_builders import now, settled
from tests.gui.test_random_walk import LEAVE, Walker, odd_things

_KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_F6, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left),
    *(Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_F2),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_F4, Qt.Key.Key_F8, Qt.Key.Key_A, Qt.Key.Key_2),
)
_HELD = (Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)


class KeyboardWalker(Walker):
    """Tabs, arrows, menus, the list of commands; of what asks, the first answer, the one Enter gives, or none."""

    def step(self) -> None:
        """One of the things that can be done now."""
        if QApplication.activeWindow() is None:  # what was in front closed, and without a screen nobody goes back
            self.window.activateWindow()
            QApplication.processEvents()
        self.chance.choice([self._type, self._type, self._type, self._choose_entry, self._context, self._command])()
        for _ in range(4):
            QApplication.processEvents()

    def _close_modal(self) -> None:
        """What is answered may ask again: a timer does not come while it is being answered itself."""
        QTimer.singleShot(0, self, self._reply)

    def _reply(self) -> None:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(popup, QMenu):
            self._pick(popup)
        elif popup is not None:
            popup.close()
        elif isinstance(modal, QFileDialog):
            modal.reject()
        elif isinstance(modal, QDialog):
            self._answer(modal)

    def _pick(self, menu: QMenu) -> None:
        usable = [one for one in menu.actions() if self._is_near(one) and one.menu() is None]
        if usable and self.chance.random() < 0.7:
            menu.setActiveAction(self.chance.choice(usable))
            self.trace.append(f"entry {menu.activeAction().text()}")
            QTest.keyClick(menu, Qt.Key.Key_Return)
        else:
            QTest.keyClick(menu, Qt.Key.Key_Escape)
        menu.close()

    def _answer(self, dialog: QDialog) -> None:
        key = self.chance.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Escape))
        self.trace.append(f"{dialog.windowTitle()} {key.name}")
        QTest.keyClick(QApplication.focusWidget() or dialog, key)
        if key == Qt.Key.Key_Escape:
            dialog.reject()

    @staticmethod
    def _is_near(action: QAction) -> bool:
        name = action.objectName()
        return action.isEnabled() and not action.isSeparator() and name not in LEAVE and "Log" not in action.text()

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _type(self) -> None:
        key, held = self.chance.choice(_KEYS), self.chance.choice(_HELD)
        if held == Qt.KeyboardModifier.ControlModifier:
            key = self.chance.choice((Qt.Key.Key_A, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_F, Qt.Key.Key_Return))
        self.trace.append(f"{key.name} {held.name} on {self._focus().accessibleName()}")
        QTest.keyClick(self._focus(), key, held)

    def _choose_entry(self) -> None:
        menus = [one.menu() for one in self.window.menuBar().actions()]
        menu = self.chance.choice([one for one in menus if isinstance(one, QMenu)])
        menu.aboutToShow.emit()
        usable = [one for one in menu.actions() if self._is_near(one) and one.menu() is None]
        if usable:
            action = self.chance.choice(usable)
            self.trace.append(f"menu {action.objectName() or action.text()}")
            action.trigger()

    def _context(self) -> None:
        widget = self._focus()
        at = QPoint(12, 12)
        self.trace.append(f"context menu of {widget.accessibleName()}")
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)

    def _command(self) -> None:
        self.window.actions_table["find_command"].trigger()
        QApplication.processEvents()
        edit = self._focus()
        if isinstance(edit, QLineEdit):
            QTest.keyClicks(edit, self.chance.choice(("mon", "gap", "sou", "und", "ex", "te", "lib", "find", "zz")))
            for _ in range(self.chance.randrange(4)):
                QTest.keyClick(edit, Qt.Key.Key_Down)
        for dialog in self.window.findChildren(QDialog):
            dialog.close()


def nowhere(window: MainWindow) -> bool:
    """Whether the window is in front and no control in it has the focus."""
    inside = QApplication.focusWidget()
    return QApplication.activeWindow() is window and (inside is None or not inside.isVisible())


@pytest.mark.parametrize(
    ("seed", "steps", "sample"),
    [
        (1, 25, True),
        *(pytest.param(seed, 300, seed % 3 > 0, marks=pytest.mark.exhaustive) for seed in range(2, 26)),
    ],
)
def test_that_who_has_no_mouse_finds_no_fault_and_never_loses_the_focus(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path, seed: int, steps: int, sample: bool
) -> None:
    odd_things(tmp_path / "odd")
    window = make_window(places=PLACES)
    if sample:
        window.start_with_sample()
        settled(qtbot, window.context.runner)
    if seed % 2:
        window.context.set_settings(replace(window.context.settings, text_size=200))
        window.resize(960, 640)
    faults: list[FaultReport] = []
    window.context.runner.faulted.connect(faults.append)
    walker, lost = KeyboardWalker(window, seed, []), list[str]()
    for _ in range(steps):
        walker.step()
        assert not faults, (faults[0].text(), walker.trace[-10:])
        assert window.isVisible(), walker.trace[-10:]
        if nowhere(window):
            settled(qtbot, window.context.runner)
            if nowhere(window):
                lost.append(" · ".join(walker.trace[-3:]))
    settled(qtbot, window.context.runner)
    assert not faults, (faults[0].text(), walker.trace[-10:])
    assert lost == []
    library = window.context.library_folder
    if library is not None and library.exists():
        assert Library.open(library, now, __version__).verify(Progress()) == []
    walker.deleteLater()
