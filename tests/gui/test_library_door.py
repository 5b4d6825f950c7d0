from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
from filelock import FileLock
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from nolcat_desktop import __version__
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.lock_holder import _who, noted
from nolcat_desktop.dataset.whereabouts import Kind, Whereabouts
from nolcat_desktop.gui.answer_box import AnswerBox
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.first_start import FirstStart
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.add_lines import Fate
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.sample import waiting_reports
from nolcat_desktop.gui.where_it_lies import words
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.builders import a_report, tsv
from tests.gui.frame_builders import REPORT, LibraryPane, now, settled

Make = Callable[..., MainWindow]


def fill(folder: Path) -> Library:
    """Add one report, as another program would."""
    library = Library.open(folder, now, __version__)
    assert convert([REPORT], library, Wishes(), Progress()).entry is not None
    return library


def filled(make_window: Make, tmp_path: Path) -> MainWindow:
    fill(tmp_path / "Library")
    return make_window()


def press(window: MainWindow, words: str) -> None:
    next(one for one in window.line.findChildren(QPushButton) if one.text() == words and one.isVisible()).click()


def said(window: MainWindow) -> str:
    return " ".join(label.full_text() for label in window.line.findChildren(ElidedLabel) if label.isVisible())


def test_that_a_filled_library_shows_the_front_page(make_window: Make, tmp_path: Path) -> None:
    window = filled(make_window, tmp_path)
    assert window.front.place is not None
    assert window.front.place.name == "library"
    assert not window.door.reach.empty
    assert "last added today 10:42" in window.jobs._state.full_text()
    window.door.reach = replace(window.door.reach, can_write=False)
    window.door.opened.emit()
    assert window.line.notice is not None
    assert "can be looked at, not changed" in window.line.notice.text
    assert "not changed" in window.jobs._state.full_text()


def test_that_undo_and_redo_say_what_and_do_it(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = filled(make_window, tmp_path)
    table, library = window.actions_table, window.context.library
    assert library is not None
    assert table["undo"].text() == "&Undo: Added 1 file"
    assert not table["redo"].isEnabled()
    with qtbot.waitSignal(window.door.taken_back):
        table["undo"].trigger()
    qtbot.waitUntil(lambda: table["redo"].isEnabled())
    assert library.history()[0].undone
    assert window.line.notice is not None
    assert window.line.notice.text == "Undone: Added 1 file."
    assert table["undo"].toolTip() == "Nothing was done to this library yet"
    with qtbot.waitSignal(window.door.taken_back):
        press(window, "Redo")
    assert not library.history()[0].undone


def test_that_what_another_program_adds_is_seen(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window()
    assert isinstance(window.front.currentWidget(), FirstStart)
    qtbot.waitUntil(lambda: not window.door._settle.isActive())  # the look that follows opening is over
    settled(qtbot, window.context.runner)
    fill(tmp_path / "Library")
    with qtbot.waitSignal(window.context.library_changed):
        pass
    assert not window.door.reach.empty
    assert isinstance(window.front.place, LibraryPane)
    assert window.front.place.times == 2


def test_that_a_second_window_follows_the_first(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = filled(make_window, tmp_path), make_window()
    first.actions_table["undo"].trigger()
    qtbot.waitUntil(lambda: second.actions_table["redo"].isEnabled())
    assert second.door.reach.redo is not None
    second.door._settle.blockSignals(True)  # has not heard yet of what is added now
    library = first.context.library
    assert library is not None
    library.redo()
    other = tmp_path / "PR.tsv"
    other.write_bytes(tsv(a_report(Release.R51, "PR", months=2, titles=3)))
    second.door.reach = replace(second.door.reach, undo=library.history()[0])
    assert convert([other], library, Wishes(), Progress()).entry == 2
    with qtbot.waitSignal(second.door.not_done):
        second.door.undo()
    assert not any(entry.undone for entry in library.history())


def test_that_a_library_in_use_is_said_and_tried_again_when_asked(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = filled(make_window, tmp_path)
    library = window.context.library
    assert library is not None
    held = FileLock(library.layout.lock, fallback_to_soft=False)
    note = library.layout.lock.with_name("lock-holder")
    assert note.read_bytes() == b""
    with held, noted(note), qtbot.waitSignal(window.door.locked):
        window.actions_table["undo"].trigger()
    assert window.line.notice is not None
    assert window.line.notice.text.startswith(f"Another program is working in this library: {_who(sys.argv)}, since ")
    assert not library.history()[0].undone
    with qtbot.waitSignal(window.door.taken_back):
        press(window, "Wait, and do it when it is free")
    assert library.history()[0].undone


def test_that_a_folder_that_is_gone_is_a_card_and_not_an_empty_library(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = filled(make_window, tmp_path)

    def said() -> str:
        return " ".join(label.full_text() for label in window.jobs.findChildren(ElidedLabel)).strip()

    away = tmp_path / "away"
    shutil.move(tmp_path / "Library", away)
    window.actions_table["check_library"].trigger()
    qtbot.waitUntil(lambda: window.line.notice is not None)
    assert window.line.notice is not None
    assert window.line.notice.text.startswith("The library's folder cannot be found.")
    with qtbot.waitSignal(window.door.refused):
        window.context.library_changed.emit()
    cards = window.front.currentWidget().findChildren(MessageCard)
    assert [card.accessibleName() for card in cards] == ["Serious: The library's folder cannot be found"]
    assert "It was there today 10:42." in " ".join(label.text() for label in cards[0].findChildren(QLabel))
    assert not (tmp_path / "Library").exists()
    assert window.focusWidget() is cards[0].buttons[0]
    window.go("library")
    assert not window.rail.list.currentIndex().isValid()  # no place is seen
    assert said() == "No library is open"
    with qtbot.waitSignal(window.door.opened):
        window.start(tmp_path / "Library", new=True)  # as the next start does with the folder of its own
    assert window.line.notice.text.startswith(f"The library that was in {tmp_path / 'Library'} is not there any more")
    assert "the last added today 10:42" in window.line.notice.text
    with qtbot.waitSignal(window.door.refused):
        window.door.open(tmp_path / "Library")
    (card,) = window.front.currentWidget().findChildren(MessageCard)
    shutil.move(away, tmp_path / "Library")
    with qtbot.waitSignal(window.door.opened):
        card.buttons[0].click()
    assert window.front.place is not None
    assert window.rail.list.currentIndex().isValid()
    assert said().startswith("Everything is saved")


def test_that_a_file_instead_of_a_folder_is_a_card(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window, file = make_window(), tmp_path / "a.txt"
    file.write_text("x", encoding="utf-8")
    with qtbot.waitSignal(window.door.refused):
        window.door.open(file, new=True)
    assert window.front.currentWidget().findChildren(MessageCard) != []
    assert not window.actions_table["check_library"].isEnabled()


def test_that_a_library_of_a_newer_program_is_not_tried_again(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window, folder = make_window(), tmp_path / "newer"
    (folder / "TR").mkdir(parents=True)
    usage = pl.DataFrame({"usage_count": [1]})
    usage.write_parquet(folder / "TR" / "7_TR_NULL.parquet", metadata={"nolcat.format": "2"})
    with qtbot.waitSignal(window.door.refused):
        window.door.open(folder)
    (card,) = window.front.currentWidget().findChildren(MessageCard)
    assert [button.text() for button in card.buttons] == ["Open another library…", "Which version is this?"]
    assert card.text().splitlines()[1] == "TR/7_TR_NULL.parquet"
    card.buttons[1].click()
    assert __version__ in window.findChildren(AnswerBox)[-1].text()


def test_that_the_check_says_that_all_is_whole_and_lost_files_are_said_unasked(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = filled(make_window, tmp_path)
    with qtbot.waitSignal(window.context.runner.ended, check_params_cb=lambda job: not job.quiet):
        window.actions_table["check_library"].trigger()
    assert window.line.notice is not None
    assert window.line.notice.text == "The library was checked: everything in it is whole."
    library = window.context.library
    assert library is not None
    (part,) = library.parts()
    part.file.unlink()
    window.context.library_changed.emit()
    qtbot.waitUntil(lambda: part.path in window.line.notice.text)  # type: ignore[union-attr] # there is one
    assert window.line.notice.text.endswith(
        "Those numbers are missing in everything that is shown; nothing was changed."
    )
    assert window.front.place is not None  # and not the first start: there was something in it
    with qtbot.waitSignal(window.context.runner.ended, check_params_cb=lambda job: not job.quiet):
        press(window, "Check the library")
    assert window.line.notice.text == "The check found 1 thing."


def test_that_recent_libraries_are_in_the_menu_of_the_button(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window()
    with qtbot.waitSignal(window.door.opened):
        window.door.open(tmp_path / "Riverside University", new=True)
    assert window.windowTitle() == "NoLCAT Desktop — Riverside University"
    window.library_menu.aboutToShow.emit()
    words = [action.text() for action in window.library_menu.actions()]
    assert words[0].startswith("My library")
    assert any("Open &library" in word for word in words)


def test_that_the_sample_is_kept_apart_and_removed_with_one_click(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(places=PLACES)
    with qtbot.waitSignal(window.door.opened):
        window.front.first_start.buttons[2].click()
    settled(qtbot, window.context.runner)
    assert window.strip.isVisible()
    assert not window.door.reach.empty
    library = window.context.library
    assert library is not None
    assert [(one.first, one.last) for one in library.decisions().answers] == [("2019-01", "2022-12")]
    assert not (tmp_path / "Library" / "TR").exists()
    own = tmp_path / "own.tsv"
    own.write_bytes(tsv(a_report(Release.R51, "TR", months=2, titles=3)))
    window.open_paths([own])
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, AddPage)
    assert len(page.model.lines) > 1
    window.go("data")
    with qtbot.waitSignal(window.door.opened):
        window.strip.remove_asked.emit()
    settled(qtbot, window.context.runner)
    assert window.front.currentWidget() is window.front.first_start
    assert not (tmp_path / "Sample library").exists()
    assert not window.strip.isVisible()
    assert window.door.reach.empty
    window.go("add")
    assert page.model.lines == []
    assert page.badge() == 0
    page.empty.again.click()
    settled(qtbot, window.context.runner)
    assert [(line.reviewed.file, line.fate) for line in page.model.lines] == [(str(own), Fate.ADD)]
    window.open_paths([waiting_reports()])
    settled(qtbot, window.context.runner)
    assert page.add_action.text() == "Add 1 report"
    made_up = [line.reviewed.problem for line in page.model.lines if line.fate is Fate.CANNOT]
    assert {one.title for one in made_up if one is not None} == {"Its numbers are made up"}


def test_that_a_report_of_ones_own_is_added_to_the_sample_only_when_that_is_meant(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window, own = make_window(places=PLACES), tmp_path / "own.tsv"
    own.write_bytes(tsv(a_report(Release.R51, "TR", months=2, titles=3, begin=date(2026, 1, 1))))

    def asked_in_the_sample() -> tuple[Library, AddPage, Notice]:
        with qtbot.waitSignal(window.door.opened):
            window.start_with_sample()
        window.open_paths([own])
        settled(qtbot, window.context.runner)
        page, sample = window.front.place, window.context.library
        assert isinstance(page, AddPage)
        assert sample is not None
        page.closer.decider.remove([line for line in page.model.lines if line.reviewed.file != str(own)])
        page.add_action.trigger()
        settled(qtbot, window.context.runner)
        assert window.line.notice is not None
        assert "1 report of yours" in window.line.notice.text
        return sample, page, window.line.notice

    sample, page, notice = asked_in_the_sample()
    held = len(sample.holdings())
    with qtbot.waitSignal(window.door.opened):
        notice.choices[0].do()
    settled(qtbot, window.context.runner)
    assert "own library" in said(window)
    page.empty.again.click()
    settled(qtbot, window.context.runner)
    assert [(line.reviewed.file, line.fate) for line in page.model.lines] == [(str(own), Fate.ADD)]
    sample, page, notice = asked_in_the_sample()
    notice.choices[1].do()
    settled(qtbot, window.context.runner)
    assert len(sample.holdings()) == held + 1
    assert window.line.notice is not notice


def test_that_a_report_of_ones_own_does_not_go_with_the_sample_unasked(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(places=PLACES)
    with qtbot.waitSignal(window.door.opened):
        window.start_with_sample()
    settled(qtbot, window.context.runner)
    own, library = tmp_path / "own.tsv", window.context.library
    assert library is not None
    own.write_bytes(tsv(a_report(Release.R51, "TR", months=2, titles=3)))
    assert convert([own], library, Wishes(source=77), Progress()).entry is not None
    window.strip.remove_asked.emit()
    settled(qtbot, window.context.runner)
    notice = window.line.notice
    assert notice is not None
    assert "own.tsv" in notice.text
    assert "Nothing was removed." in notice.text
    assert (tmp_path / "Sample library").exists()
    with qtbot.waitSignal(window.door.opened):
        next(one for one in notice.choices if one.text == "Remove all the same").do()
    settled(qtbot, window.context.runner)
    assert not (tmp_path / "Sample library").exists()
    assert tmp_path / "Sample library" not in window.commands.libraries._before()


def test_that_a_library_that_is_copied_elsewhere_is_told_once(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window, folder = make_window(), tmp_path / "Dropbox" / "Usage"
    window.door.open(folder, new=True)
    qtbot.waitUntil(lambda: "lies in a Dropbox folder" in said(window))
    window.line.dismiss()
    window.context.remembered.put(f"kept in {folder}", True)
    window.door.open(folder)
    settled(qtbot, window.context.runner)
    assert "Dropbox" not in said(window)


def test_that_a_network_drive_is_told_and_a_disk_of_this_computer_is_not() -> None:
    assert "(nfs4)" in words(Whereabouts(Kind.NETWORK, "nfs4"))
    assert not words(Whereabouts(Kind.LOCAL))
