from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton, QToolButton
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.answer_box import AnswerBox
from nolcat_desktop.gui.first_start import FirstStart
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.gui.settings_dialog import GeneralPage
from nolcat_desktop.gui.theme import Theme, row_height
from nolcat_desktop.progress import Progress
from nolcat_desktop.settings import TEXT_SIZES, Colours, Settings
from tests.gui.frame_builders import AddPane, DataPane, LibraryPane, press_key, window_on

Make = Callable[..., MainWindow]


def front(window: MainWindow) -> AddPane | DataPane | LibraryPane:
    place = window.front.place
    assert isinstance(place, AddPane | DataPane | LibraryPane)
    return place


def test_that_an_empty_library_shows_the_first_start_with_the_focus_on_its_first_button(make_window: Make) -> None:
    window = make_window()
    shown = window.front.currentWidget()
    assert isinstance(shown, FirstStart)
    assert [button.text() for button in shown.buttons] == [
        "Open my reports",
        "Open a folder of old years",
        "Show me with sample data",
    ]
    assert window.focusWidget() is shown.buttons[0]


def test_that_the_first_start_opens_files_in_add_reports(make_window: Make, tmp_path: Path) -> None:
    window = make_window()
    window.chooser.chosen_files = [tmp_path / "a.tsv"]  # type: ignore[attr-defined]
    window.front.first_start.buttons[0].click()
    assert front(window).name == "add"
    assert front(window).told == [[tmp_path / "a.tsv"]]


def test_that_a_cancelled_dialog_changes_nothing(make_window: Make) -> None:
    window = make_window()
    window.front.first_start.buttons[0].click()
    window.front.first_start.buttons[1].click()
    assert isinstance(window.front.currentWidget(), FirstStart)


def test_that_a_place_is_made_when_it_is_first_shown_and_keeps_its_state(make_window: Make) -> None:
    window = make_window()
    assert "data" not in [place.name for place in window.front.places()]
    window.go("data")
    first = window.front.place
    window.go("add")
    window.go("data")
    assert window.front.place is first
    assert front(window).times == 2
    assert window.rail.list.currentIndex().data() == "Look at data"


def test_that_only_registered_places_are_in_rail_and_menu(make_window: Make) -> None:
    window = make_window()
    assert window.rail.model.rowCount() == 3
    assert "place_data" in window.actions_table
    assert "place_cloud" not in window.actions_table


def test_that_ctrl_and_a_number_go_to_the_place(make_window: Make) -> None:
    window = make_window()
    window.activateWindow()
    press_key(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.front.name == "data"


def test_that_what_nobody_does_is_not_in_the_menus(make_window: Make) -> None:
    table = make_window().actions_table
    assert "export" in table
    for missing in ("certificate", "months_years", "next_gap", "new_window"):
        assert missing not in table


def test_that_what_cannot_be_done_here_says_why(make_window: Make) -> None:
    window = make_window()
    window.go("add")
    assert window.actions_table["find"].toolTip() == "Not in this place"
    window.go("data")
    assert window.actions_table["find"].isEnabled()
    assert window.actions_table["export"].toolTip() == "There is nothing to export yet"
    window.actions_table["find"].trigger()
    assert front(window).told == ["find"]


def test_that_the_primary_action_is_in_the_menu_with_its_words(make_window: Make) -> None:
    window = make_window()
    window.go("add")
    action = window.actions_table["primary"]
    assert action.text() == "Add 2 things"
    action.trigger()
    assert front(window).told == ["primary"]


@pytest.mark.parametrize(
    ("size", "text", "expected", "rail"),
    [((1280, 720), 100, LayoutClass.WIDE, 184), ((960, 640), 100, LayoutClass.MEDIUM, 56)],
)
def test_that_the_rail_has_words_only_where_there_is_room(
    make_window: Make, size: tuple[int, int], text: int, expected: LayoutClass, rail: int
) -> None:
    del text
    window = make_window(size=size)
    assert window.layout_class is expected
    assert window.rail.width() == rail


def test_that_a_tight_window_gathers_the_ordinary_buttons(make_window: Make) -> None:
    window = make_window()
    window.go("data")
    assert len(front(window).header.buttons()) == 3
    window.context.set_settings(Settings(text_size=200, colours=Colours.LIGHT))
    more, main = front(window).header.buttons()
    assert isinstance(more, QToolButton)
    assert isinstance(main, QPushButton)
    assert main.text() == "Add 2 things"


@pytest.mark.parametrize("text", TEXT_SIZES)
@pytest.mark.parametrize("name", ["library", "data"])
def test_that_every_size_of_text_fits_into_1280_by_720(make_window: Make, text: int, name: str) -> None:
    window = make_window()
    window.context.set_settings(Settings(text_size=text, colours=Colours.LIGHT))
    window.go(name)
    QApplication.processEvents()
    hint = window.minimumSizeHint()
    assert (hint.width() <= 1280, hint.height() <= 720) == (True, True), hint


def test_that_controls_of_a_header_have_one_height(make_window: Make) -> None:
    window = make_window()
    window.go("data")
    QApplication.processEvents()
    header = front(window).header
    assert {button.height() for button in header.buttons()} == {32}
    window.context.set_settings(Settings(text_size=200, colours=Colours.LIGHT))
    QApplication.processEvents()
    assert len({button.height() for button in header.buttons()}) == 1
    assert header._title.font().pointSizeF() == pytest.approx(1.55 * QApplication.font().pointSizeF(), rel=0.02)


def test_that_the_title_is_large_from_the_first_moment(make_window: Make) -> None:
    window = make_window()
    window.go("data")
    QApplication.processEvents()
    assert front(window).header._title.fontMetrics().height() > 1.3 * window.fontMetrics().height()


def test_that_text_size_colours_and_rows_change_at_once(make_window: Make, theme: Theme) -> None:
    window = make_window()
    table = window.actions_table
    table["larger"].trigger()
    table["colours_dark"].trigger()
    table["compact"].trigger()
    now = window.context.settings
    assert (now.text_size, now.colours, str(now.rows)) == (110, Colours.DARK, "compact")
    assert theme.settings == now
    table["smaller"].trigger()
    table["smaller"].trigger()
    assert window.context.settings.text_size == 100


def test_that_a_message_stays_until_the_next_and_is_kept_in_activity(make_window: Make) -> None:
    window = make_window()
    used: list[str] = []
    window.say(Notice("First.", Level.OK, (Choice("Undo", lambda: used.append("undo")),)))
    window.say(Notice("Second.", Level.CHECK, (Choice("Show", lambda: used.append("show")),)))
    assert window.line.notice is not None
    assert window.line.notice.text == "Second."
    assert window.activity.rowCount() == 2
    next(button for button in window.line.findChildren(QPushButton) if button.text() == "Show").click()
    assert used == ["show"]
    assert not window.line.isVisible()


def test_that_a_message_takes_no_focus_and_moves_nothing_in_the_rail(make_window: Make) -> None:
    window = make_window()
    before, below = window.focusWidget(), window.rail.settings.geometry()
    window.say(Notice("Added.", Level.OK, (Choice("Undo", print),)))
    assert window.focusWidget() is before
    QApplication.processEvents()
    assert window.rail.settings.geometry() == below
    assert window.line.geometry().top() > window.front.geometry().bottom()


def test_that_in_a_tight_window_the_message_stands_in_the_idle_row(make_window: Make, qtbot: QtBot) -> None:
    window, free = make_window(), threading.Event()
    window.context.set_settings(Settings(text_size=200, colours=Colours.LIGHT))
    QApplication.processEvents()
    below = window.rail.settings.geometry()
    window.say(Notice("Added.", Level.OK, (Choice("Undo", print),)))
    assert (window.line.isVisible(), window.jobs.isVisible()) == (True, False)
    QApplication.processEvents()
    assert window.rail.settings.geometry() == below  # nothing moves under the pointer
    with qtbot.waitSignal(window.jobs.busy_changed):
        window.context.runner.start("Adding", lambda _: free.wait(20), done=lambda _: None)
    assert (window.line.isVisible(), window.jobs.isVisible()) == (False, True)
    with qtbot.waitSignal(window.context.runner.ended):
        free.set()
    assert (window.line.isVisible(), window.jobs.isVisible()) == (True, False)


def test_that_escape_goes_one_step_back_and_never_closes(make_window: Make) -> None:
    window = make_window()
    window.go("data")
    front(window).deep = True
    window.say(Notice("Added.", Level.OK))
    press_key(window, Qt.Key.Key_Escape)
    assert window.line.isVisible()
    press_key(window, Qt.Key.Key_Escape)
    assert not window.line.isVisible()
    press_key(window, Qt.Key.Key_Escape)
    assert window.isVisible()


def drag(window: MainWindow, mime: QMimeData, drop: bool) -> bool:
    """Drag over the middle and drop or leave; whether it was taken."""
    handle, action = window.windowHandle(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), action, mime, buttons, keys)
    QApplication.sendEvent(handle, enter)
    said.append(window.overlay.sentence() if window.overlay.isVisible() else "")
    last = QDropEvent(QPointF(300, 300), action, mime, buttons, keys) if drop else QDragLeaveEvent()
    QApplication.sendEvent(handle, last)
    return bool(enter.isAccepted())


said: list[str] = []


def test_that_dropped_files_and_folders_are_checked_in_add_reports(make_window: Make, tmp_path: Path) -> None:
    window, mime = make_window(), QMimeData()
    (tmp_path / "a.tsv").write_text("x", encoding="utf-8")
    (tmp_path / "old").mkdir()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.tsv", "b.zip", "old")])
    assert drag(window, mime, drop=True)
    assert said[-1] == "Drop to check 2 files and 1 folder. Nothing is written yet."
    assert not window.overlay.isVisible()
    assert front(window).told == [[tmp_path / "a.tsv", tmp_path / "b.zip", tmp_path / "old"]]


def test_that_a_drag_that_leaves_changes_nothing(make_window: Make, tmp_path: Path) -> None:
    window, mime = make_window(), QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    drag(window, mime, drop=False)
    assert said[-1] == "Drop to check 1 folder. Nothing is written yet."
    assert not window.overlay.isVisible()
    assert isinstance(window.front.currentWidget(), FirstStart)


@pytest.mark.parametrize("link", ["", "https://example.org/report.tsv"])
def test_that_text_and_links_are_refused_with_words(make_window: Make, link: str) -> None:
    window, mime = make_window(), QMimeData()
    mime.setText("Acta Botanica")
    if link:
        mime.setUrls([QUrl(link)])
    assert not drag(window, mime, drop=True)
    assert said[-1] == "Only files and folders can be dropped here"
    assert isinstance(window.front.currentWidget(), FirstStart)


def boxes(window: MainWindow) -> list[AnswerBox]:
    return [box for box in window.findChildren(AnswerBox) if box.isVisible()]


def answer(window: MainWindow, words: str) -> None:
    next(button for box in boxes(window) for button in box.buttons() if button.text() == words).click()


def test_that_closing_without_work_asks_nothing(make_window: Make) -> None:
    window = make_window()
    assert window.close()
    assert boxes(window) == []


def test_that_closing_during_work_asks_and_keep_working_keeps_it(make_window: Make, qtbot: QtBot) -> None:
    window, free = make_window(), threading.Event()
    with qtbot.waitSignal(window.jobs.busy_changed):
        window.context.runner.start("Adding 14 reports", lambda _: free.wait(20), done=lambda _: None, writes=True)
    assert not window.close()
    assert [box.text() for box in boxes(window)] == ["Adding 14 reports is not finished"]
    answer(window, "Keep working")
    with qtbot.waitSignal(window.context.runner.ended):
        free.set()
    assert window.isVisible()


def test_that_a_short_look_is_no_reason_to_ask(make_window: Make) -> None:
    window = make_window()

    def look(progress: Progress) -> None:
        while True:
            progress.check()

    window.context.runner.start("Reading usage", look, done=lambda _: None)
    assert window.close()


@pytest.mark.parametrize("sample", [False, True])
def test_that_a_long_look_is_missed_but_not_in_the_sample(make_window: Make, qtbot: QtBot, sample: bool) -> None:
    """The sample checks reports by itself, which nobody asked for: it does not keep the window open."""
    window = make_window()
    if sample:
        window.context.sample_folder = window.context.library_folder

    def look(progress: Progress) -> None:
        while True:
            progress.check()

    job = window.context.runner.start("Checking files", look, done=print)
    job._made -= 60
    assert window.close() is sample
    assert len(boxes(window)) == (not sample)
    if not sample:
        with qtbot.waitSignal(window.closed):
            answer(window, "Stop and close")


def test_that_wait_then_close_closes_when_all_is_done(make_window: Make, qtbot: QtBot) -> None:
    window, free = make_window(), threading.Event()
    done: list[object] = []
    window.context.runner.start("Adding", lambda _: free.wait(20), done=done.append, writes=True)
    window.close()
    answer(window, "Wait, then close")
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        free.set()
    assert done == [True]


def test_that_stop_and_close_stops_first(make_window: Make, qtbot: QtBot) -> None:
    window = make_window()
    stopped: list[bool] = []

    def work(progress: object) -> None:
        while True:
            progress.check()  # type: ignore[attr-defined]

    window.context.runner.start("Adding", work, done=print, cancelled=lambda: stopped.append(True), writes=True)
    window.close()
    with qtbot.waitSignal(window.closed):
        answer(window, "Stop and close")
    assert stopped == [True]


def test_that_window_and_place_are_as_they_were_the_next_time(make_window: Make, theme: Theme, tmp_path: Path) -> None:
    first = make_window(size=(790, 660))
    first.go("data")
    first.close()
    second = window_on(tmp_path, theme)
    assert second.size() == first.size()
    second.start(tmp_path / "Library", new=True)
    assert second.front.name == "data"
    second.context.runner.shut_down()
    second.deleteLater()


def test_that_a_fault_is_told_once_at_a_time(make_window: Make, qtbot: QtBot) -> None:
    window = make_window()

    def broken(_progress: object) -> None:
        raise ZeroDivisionError

    for _ in range(3):
        with qtbot.waitSignal(window.context.runner.ended):
            window.context.runner.start("Drawing", broken, done=print)
    assert [box.text() for box in boxes(window)] == ["The program made a mistake"]
    answer(window, "Go on")
    assert window.isVisible()


def test_that_the_settings_page_follows_the_menu_and_stays_under_the_pointer(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    window.commands.settings()
    window.actions_table["colours_dark"].trigger()
    dialog = window.commands._settings
    assert dialog is not None
    dark = next(one for one in dialog.findChildren(QRadioButton) if one.text() == "dark")
    assert dark.isChecked()
    window.context.set_settings(replace(window.context.settings, colours=Colours.LIGHT))
    assert not dark.isChecked()
    page = dialog.findChildren(GeneralPage)[0]
    dialog.move(38, 100)  # of a screen of 800 × 800
    at = page._larger.mapToGlobal(page._larger.rect().center())
    page._larger.click()
    qtbot.waitUntil(lambda: page._larger.mapToGlobal(page._larger.rect().center()) == at)
    window.context.set_settings(replace(window.context.settings, text_size=200))
    assert page._larger.isEnabled()  # it keeps the focus
    assert page._larger.accessibleDescription() == "This is the largest."
    heights = {dialog.list.sizeHintForRow(row) for row in range(dialog.list.count())}
    assert heights == {row_height(dialog)}
    dialog.close()
