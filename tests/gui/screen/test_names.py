"""What every widget says to a screen reader, looked at inside the process: works without a screen and without a bus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.sample import make_sample
from nolcat_desktop.progress import Progress
from tests.gui.frame_builders import APART, now, settled

Make = Callable[..., MainWindow]
NAMES = [place.name for place in PLACES]
MOST_CHILDREN = 400
"""More of a table than its headings."""
PAINTED = frozenset({"MonthChart"})
"""Painted by hand: Qt knows no role for them, and what they show is in a table beside them as well."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample") / "Library", now, APART, Progress())


@pytest.fixture
def window(make_window: Make, qtbot: QtBot, sample: Path) -> Iterator[MainWindow]:
    """The real places on the sample library, with somebody listening."""
    QAccessible.setActive(True)
    made = make_window(places=PLACES, start=False)
    with qtbot.waitSignal(made.door.opened):
        made.start(sample, new=False)
    settle(qtbot, made)
    yield made
    QAccessible.setActive(False)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Until everything that was asked is answered."""
    settled(qtbot, window.context.runner)


def go(qtbot: QtBot, window: MainWindow, name: str) -> QWidget:
    window.go(name)
    settle(qtbot, window)
    assert window.front.place is not None
    return window.front.place


def takes_the_focus(root: QWidget) -> Iterator[QWidget]:
    """All of `root` that can have the focus, but for what Qt makes inside a view."""
    for widget in (root, *root.findChildren(QWidget)):
        inner = isinstance(widget.parentWidget(), QAbstractItemView) or widget.objectName().startswith("qt_")
        popup = widget.window() is not root.window()
        handed_on = widget.focusProxy() is not None  # as the pages of tabs do, to the tabs
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not (inner or popup or handed_on):
            yield widget


def speechless(root: QWidget) -> list[str]:
    """What can have the focus without a name or without a role."""
    found = []
    for widget in takes_the_focus(root):
        face = QAccessible.queryAccessibleInterface(widget)
        named = face.text(QAccessible.Text.Name) or (isinstance(widget, QLabel) and not widget.text())
        roleless = face.role() in {QAccessible.Role.NoRole, QAccessible.Role.Client}
        if not named or (roleless and type(widget).__name__ not in PAINTED):
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}: {face.role().name}")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_that_all_of_a_place_and_its_frame_has_a_name_and_a_role(window: MainWindow, qtbot: QtBot, name: str) -> None:
    go(qtbot, window, name)
    assert len(list(takes_the_focus(window))) > 5
    assert speechless(window) == []


def views(root: QWidget) -> list[QAbstractItemView]:
    """The tables and lists in sight that have something in them."""
    found = [view for view in root.findChildren(QAbstractItemView) if not isinstance(view, QHeaderView)]
    return [view for view in found if view.isVisible() and view.model() is not None and view.model().rowCount()]


@pytest.mark.parametrize("name", ["library", "data", "history"])
def test_that_tables_answer_for_their_cells(window: MainWindow, qtbot: QtBot, name: str) -> None:
    place = go(qtbot, window, name)
    shown = views(place)
    assert shown != []
    for view in shown:
        face = QAccessible.queryAccessibleInterface(view)
        said = [face.child(number) for number in range(min(face.childCount(), MOST_CHILDREN))]
        roles = {one.role() for one in said}
        cells = {QAccessible.Role.Cell, QAccessible.Role.ListItem, QAccessible.Role.TreeItem}
        assert roles & cells, f"{view.accessibleName()}: {roles}"
        texts = [one.text(QAccessible.Text.Name) for one in said if one.role() in cells]
        assert any(texts), view.accessibleName()
