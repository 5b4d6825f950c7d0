"""Menus that came late: recent libraries, the log, going to a month."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.command_finder import CommandFinder
from nolcat_desktop.gui.log_dialog import LogDialog
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.log import start_log
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.gui.frame_builders import REPORT, settled


def test_that_a_recent_library_is_opened_from_the_menu_and_by_its_name(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    recent = window.commands.recent
    assert not recent.menuAction().isEnabled()
    with qtbot.waitSignal(window.door.opened):
        window.door.open(tmp_path / "Branch & Archive", new=True)
    settled(qtbot, window.context.runner)
    window.commands.libraries.fill_recent(recent)
    assert recent.menuAction().isEnabled()
    with qtbot.waitSignal(window.door.opened):
        recent.actions()[0].trigger()
    assert window.context.library_folder == tmp_path / "Library"
    settled(qtbot, window.context.runner)
    window.actions_table["find_command"].trigger()
    (finder,) = window.findChildren(CommandFinder)
    finder.line.setText("open library branch")
    assert finder.list.model().rowCount() == 1
    assert "Branch & Archive" in str(finder.list.model().index(0, 0).data())
    finder.close()
    bar = window.menuBar()
    assert all(action.menu() is not None for action in bar.actions())  # as whoever walks the menus asks for them
    gc.collect()
    for action in bar.actions():
        action.menu().aboutToShow.emit()  # type: ignore[attr-defined] # a QMenu
    assert all(shiboken6.isValid(menu) for menu in window.commands._menus.values())


def test_that_the_log_is_shown_without_secrets_and_copied(
    make_window: Callable[..., MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    file = start_log(tmp_path / "nolcat.log")
    logging.getLogger("nolcat_desktop.tests").warning("checked 3 files, password=%s", "blue-harbour-17")
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    monkeypatch.setattr("nolcat_desktop.gui.log_dialog.log_file", lambda: file)
    window = make_window(start=False)
    window.actions_table["show_log"].trigger()
    (shown,) = window.findChildren(LogDialog)
    assert "checked 3 files" in shown.text.toPlainText()
    assert "blue-harbour-17" not in shown.text.toPlainText()
    assert str(file) in shown.where.text()
    shown.copy.click()
    assert "checked 3 files" in QGuiApplication.clipboard().text()
    shown.close()


def test_that_go_to_month_makes_that_month_the_current_cell_of_its_row(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window(places=PLACES)
    library = window.context.library
    assert library is not None
    convert([REPORT], library, Wishes(), Progress())
    window.context.library_changed.emit()
    settled(qtbot, window.context.runner)
    window.go("library")
    qtbot.waitUntil(lambda: window.front.place is not None)
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, LibraryPage)
    before = page.view.key()
    assert before is not None
    window.actions_table["go_to_month"].trigger()
    (asked,) = page.findChildren(QInputDialog)
    asked.setTextValue("Mar 2019")
    asked.accept()
    assert page.view.key() == (*before[:2], date(2019, 3, 1))
    assert not page.view.isColumnHidden(page.view.currentIndex().column())
