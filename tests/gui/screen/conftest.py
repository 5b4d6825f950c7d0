"""The screen of these tests, one for all of them; skipped with a reason where it cannot be had."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from nolcat_desktop.gui.collecting import Collector
from tests.gui.screen.desk import Desk, a_desk, missing_for_a_screen, missing_for_a_tree, with_bus


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A screen with a window manager."""
    if not sys.platform.startswith("linux"):
        pytest.skip("a virtual screen is a thing of X11")
    missing = missing_for_a_screen()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with a_desk(tmp_path_factory.mktemp("desk")) as made:
        yield made


@pytest.fixture(scope="session")
def spoken_desk(desk: Desk) -> Iterator[Desk]:
    """The same screen, with a screen reader's way into the window."""
    missing = missing_for_a_tree()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with with_bus(desk) as made:
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a person who has never used the program."""
    return tmp_path / "home"


@pytest.fixture
def as_in_the_program(qapp: QApplication) -> Iterator[None]:
    """No window of another test is left to be destroyed, and garbage is collected as the program does it."""
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collector = Collector()
    yield
    collector.give_back()
