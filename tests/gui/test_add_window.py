"""Add reports within the real window: dropped files, the main button, Undo of the window, another place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.places import PLACES
from tests.builders import a_report, tsv

Make = Callable[..., MainWindow]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.context.runner.jobs)
    QApplication.processEvents()


def a_folder(folder: Path) -> Path:
    made = folder / "reports"
    made.mkdir()
    for kind in ("TR", "PR"):
        (made / f"{kind}.tsv").write_bytes(tsv(a_report(Release.R51, kind, months=2, titles=3)))
    return made


def test_that_files_dropped_on_an_empty_library_are_reviewed_added_and_undone(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(places=PLACES)
    window.overlay.dropped.emit([a_folder(tmp_path)])
    settle(qtbot, window)
    page = window.front.place
    assert isinstance(page, AddPage)
    assert page.add_action.text() == "Add 2 reports"
    window.actions_table["primary"].trigger()
    settle(qtbot, window)
    library = window.context.library
    assert library is not None
    assert len(library.holdings()) == 2
    assert window.line.notice is not None
    assert window.line.notice.text.startswith("Added 2 reports")
    qtbot.waitUntil(lambda: window.actions_table["undo"].isEnabled())
    window.actions_table["undo"].trigger()
    settle(qtbot, window)
    assert library.holdings() == ()
    settle(qtbot, window)
    assert page.stack.currentWidget() is page.review
    assert page.add_action.text() == "Add 2 reports"


def test_that_the_review_waits_while_another_place_is_looked_at(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(places=PLACES)
    window.open_paths([a_folder(tmp_path)])
    settle(qtbot, window)
    page = window.front.place
    assert isinstance(page, AddPage)
    window.go("data")
    settle(qtbot, window)
    window.go("add")
    assert window.front.place is page
    assert page.add_action.text() == "Add 2 reports"
    assert page.review.table.hasFocus() or not window.isActiveWindow()
