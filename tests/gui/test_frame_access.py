from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.activity import ActivityDialog
from nolcat_desktop.gui.command_finder import CommandFinder
from nolcat_desktop.gui.focus_rounds import set_order
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.settings_dialog import SettingsDialog
from nolcat_desktop.settings import Colours, Settings
from tests.gui.frame_builders import PROBLEM, press_key

Make = Callable[..., MainWindow]


def nameless(root: QWidget) -> Iterator[str]:
    """Every widget below `root` that takes the focus and says nothing to a screen reader."""
    for widget in (root, *root.findChildren(QWidget)):
        inner = isinstance(widget.parentWidget(), QAbstractItemView) or widget.objectName().startswith("qt_")
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or inner:
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if not face.text(QAccessible.Text.Name):
            yield f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"


def test_that_every_control_has_a_name(make_window: Make, qtbot: QtBot) -> None:
    window = make_window()
    window.say(Notice("Added.", Level.OK, (Choice("Undo", print),)))
    for name in ("library", "add", "data"):
        window.go(name)
    card = MessageCard(PROBLEM, (Choice("Try again", print),), details="code 7")
    parts = [
        window,
        card,
        SettingsDialog(window.context),
        ActivityDialog(window.activity),
        CommandFinder(window.actions_table.all(), window),
    ]
    for part in parts[1:-1]:
        qtbot.addWidget(part)
    assert [found for part in parts for found in nameless(part)] == []
    window.context.set_settings(Settings(text_size=200, colours=Colours.LIGHT))
    assert list(nameless(window)) == []


def test_that_a_nameless_control_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    QLineEdit(root)
    assert len(list(nameless(root))) == 1


def test_that_every_list_has_a_current_row_from_the_start(make_window: Make) -> None:
    window = make_window()
    window.go("data")
    window.say(Notice("Added."))
    window.show_activity()
    views = [view for view in window.findChildren(QAbstractItemView) if view.model() is not None]
    lists = [view for view in views if view.isVisible() and view.model().rowCount()]
    assert len(lists) >= 3
    assert all(view.currentIndex().isValid() for view in lists)


def test_that_f6_goes_round_and_back(make_window: Make) -> None:
    window = make_window()
    window.activateWindow()
    window.go("data")
    window.say(Notice("Added.", Level.OK, (Choice("Undo", print),)))
    QApplication.processEvents()
    window.rail.list.setFocus()
    seen = []
    for _ in range(5):
        window.actions_table["next_pane"].trigger()
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(
            next((n for n, stop in enumerate(window.stops()) if stop is focused or stop.isAncestorOf(focused)), -1)
        )
    assert seen == [1, 2, 3, 4, 0]
    window.actions_table["previous_pane"].trigger()
    last = QApplication.focusWidget()
    assert last is not None
    assert window.jobs.isAncestorOf(last)


def test_that_the_rail_is_used_by_keyboard(make_window: Make) -> None:
    window = make_window()
    window.rail.list.setFocus()
    press_key(window.rail.list, Qt.Key.Key_Down)
    assert window.front.name == "add"
    assert window.rail.list.selectionModel().isSelected(window.rail.list.currentIndex())
    window.rail.select("data")
    assert window.rail.list.currentIndex().data() == "Look at data"


def test_that_calls_that_return_nothing_lose_no_reference_to_none(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.update()
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.update()
    assert sys.getrefcount(None) > before - 500


def test_that_no_shortcut_is_given_twice(make_window: Make) -> None:
    keys = [key.toString() for action in make_window().actions_table.all() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_that_the_reading_order_of_the_window_is_the_eyes(make_window: Make) -> None:
    window = make_window()
    window.go("data")
    tops = [stop.mapTo(window, stop.rect().topLeft()) for stop in window.stops() if stop.isVisible()]
    assert tops[-1].y() == max(top.y() for top in tops)
    assert [top.y() for top in tops[1:]] == sorted(top.y() for top in tops[1:])


def test_that_tab_goes_as_the_eye_does(make_window: Make) -> None:
    window = make_window()
    window.activateWindow()
    window.go("add")
    window.go("data")
    window.say(Notice("Added.", Level.OK, (Choice("Undo", print), Choice("Show", print))))
    QApplication.processEvents()
    window.rail.library.setFocus()
    seen = []
    for _ in range(10):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        press_key(focused, Qt.Key.Key_Tab)
    assert seen == [
        "Library: My library",
        "Places",
        "Settings",
        "Look closer",
        "Look away",
        "Add 2 things",
        "Things",
        "Undo",
        "Show",
        "Close this message",
    ]


def test_that_tab_goes_as_the_eye_does_to_what_was_made_late(make_window: Make) -> None:
    window = make_window()
    window.activateWindow()
    window.go("data")
    place = window.front.place
    assert place is not None
    low, right, left = (QPushButton(name, place) for name in ("low", "right", "left"))
    for button, x, y in ((left, 200, 300), (right, 400, 302), (low, 200, 360)):
        button.setAccessibleName(button.text())
        button.setGeometry(x, y, 120, 30)
        button.show()
    place.header.buttons()[-1].setFocus()
    seen = []
    for _ in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        press_key(focused, Qt.Key.Key_Tab)
    assert [name for name in seen if name in {"low", "right", "left"}] == ["left", "right", "low"]
    assert place.header.accessibleName().startswith(place.title())


def test_that_enter_presses_the_button_that_has_the_focus(make_window: Make) -> None:
    window = make_window()
    used: list[str] = []
    window.say(Notice("Added.", Level.OK, (Choice("Undo", lambda: used.append("undo")),)))
    undo = next(one for one in window.line.findChildren(QPushButton) if one.text() == "Undo")
    press_key(undo, Qt.Key.Key_Return)
    assert used == ["undo"]


def test_that_what_has_no_height_does_not_hold_tab_up(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    squeezed, below = QPushButton("no height", window), QPushButton("below", window)
    squeezed.setGeometry(0, 25, 80, 0)
    below.setGeometry(0, 60, 80, 24)
    window.show()
    set_order(window, [window])
    assert squeezed.nextInFocusChain() is below
