"""Add reports within the real window: dropped files, the main button, Undo of the window, another place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.add_lines import Fate
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


def test_that_what_was_said_before_goes_when_files_are_dropped(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(places=PLACES)
    window.say(Notice("Exported 3 rows to table.csv."))
    window.open_paths([])
    assert window.line.notice is not None
    window.open_paths([a_folder(tmp_path)])
    assert window.line.notice is None
    settle(qtbot, window)


def test_that_two_windows_on_the_same_files_store_them_once(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    folder, windows = a_folder(tmp_path), [make_window(places=PLACES), make_window(places=PLACES)]
    pages = []
    for window in windows:
        window.open_paths([folder])
        settle(qtbot, window)
        page = window.front.place
        assert isinstance(page, AddPage)
        assert page.add_action.text() == "Add 2 reports"
        pages.append(page)
    first, second = windows
    library = first.context.library
    assert library is not None
    first.actions_table["primary"].trigger()
    settle(qtbot, first)
    assert len(library.holdings()) == 2
    qtbot.waitUntil(lambda: [line.fate for line in pages[1].model.lines] == [Fate.ALREADY] * 2)
    assert not pages[1].add_action.isEnabled()
    assert second.actions_table["undo"].text() == "&Undo: Added 2 files"
    second.actions_table["undo"].trigger()
    qtbot.waitUntil(lambda: all([line.fate for line in page.model.lines] == [Fate.ADD] * 2 for page in pages))
    assert library.holdings() == ()
    qtbot.waitUntil(lambda: first.line.notice is None)  # what it said does not hold any more
    for window in windows:
        settle(qtbot, window)
    for window in windows:
        window.actions_table["primary"].trigger()  # both at once: one comes second
    for window in windows:
        settle(qtbot, window)
    assert len(library.holdings()) == 2
    assert len([entry for entry in library.history() if not entry.undone]) == 1
    told = "Added 2 reports from 2 files: 1 source, Jan – Feb 2024."  # the other finds them, or asks whether to wait
    qtbot.waitUntil(lambda: [one.line.notice is not None and one.line.notice.text for one in windows].count(told) == 1)
