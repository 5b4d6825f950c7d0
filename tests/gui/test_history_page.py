"""The History place on a real library: what was done, and taking it back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nolcat_desktop.dataset import Answer, Library
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.pages.history_page import HistoryPage
from nolcat_desktop.gui.proof_dialog import ExplanationDialog
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from nolcat_desktop.workflow.answering import answer
from tests.gui.frame_builders import press_key, settled

SAMPLES = Path(__file__).parents[2] / "resources" / "sample-reports"


def now() -> datetime:
    return datetime(2026, 1, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every test begins with: filled once, and copied."""
    folder = tmp_path_factory.mktemp("filled") / "Library"
    made = Library.open(folder, now)
    for name in ("rowan-shelf_TR_2019.tsv", "rowan-shelf_TR_2020.xlsx"):
        convert([SAMPLES / name], made, Wishes(), Progress())
    return folder


@pytest.fixture
def library(filled: Path, tmp_path: Path) -> Library:
    return Library.open(shutil.copytree(filled, tmp_path / "Library"), now)


@pytest.fixture
def open_page(make_place: Callable[..., Any]) -> Callable[..., HistoryPage]:
    return lambda library: make_place(HistoryPage, library, now)


def settle(qtbot: QtBot, page: HistoryPage) -> None:
    """Until everything that was asked is answered."""
    settled(qtbot, page.context.runner)


@pytest.fixture
def page(open_page: Callable[..., HistoryPage], library: Library) -> HistoryPage:
    return open_page(library)


def cells(page: HistoryPage) -> list[tuple[str, ...]]:
    return [fact.cells for fact in page.table.facts.facts]


def test_that_the_newest_entry_comes_first_and_is_current(page: HistoryPage) -> None:
    assert cells(page) == [
        ("today 09:30", "Added 1 file", "Rowan Shelf", "1,391"),
        ("today 09:30", "Added 1 file", "Rowan Shelf", "1,356"),
    ]
    current = page.current()
    assert current is not None
    assert current.entry == 2
    assert page.header.summary_text() == "2 entries · none undone"


def test_that_the_panel_shows_files_parts_and_sums_that_say_where_they_come_from(
    qtbot: QtBot, page: HistoryPage, library: Library
) -> None:
    tally = next(held.load.tally for held in library.holdings() if held.load.entry == 2)
    shown = {fact.cells[0]: int(fact.cells[1].replace(",", "")) for fact in page.panel.totals.facts.facts}
    assert shown == {metric: sum(of.values()) for metric, of in tally.sums.items()}
    assert [fact.cells for fact in page.panel.files.facts.facts] == [("rowan-shelf_TR_2020.xlsx",)]
    page.panel.totals.setFocus()
    page.panel.totals.setCurrentIndex(page.panel.totals.facts.index(1, 0))
    metric, uses = page.panel.totals.facts.facts[1].cells
    page.do("where_from")
    settle(qtbot, page)
    (explained,) = page.findChildren(ExplanationDialog)
    assert explained.title.text().startswith(f"{uses} = {metric}, Rowan Shelf, Title Report (TR), entry 2, Jan")
    assert {load.entry for load in explained._found.loads} == {2}
    page.do("copy")
    assert "rowan-shelf_TR_2020.xlsx" in QGuiApplication.clipboard().text()


def test_that_what_is_undone_stays_struck_through_and_said_and_can_be_done_again(
    qtbot: QtBot, page: HistoryPage, library: Library
) -> None:
    said: list[Notice] = []
    page.said.connect(said.append)
    page.undo_last.trigger()
    settle(qtbot, page)
    assert [entry.undone for entry in library.history()] == [False, True]
    assert said[-1].text == "Undone: Added 1 file."
    index = page.table.facts.index(0, 1)
    font = index.data(Qt.ItemDataRole.FontRole)
    assert isinstance(font, QFont)
    assert font.strikeOut()
    assert index.data() == "Added 1 file · undone"
    assert "undone" in str(page.table.facts.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert not page.panel.undo.isEnabled()
    said[-1].choices[0].do()
    settle(qtbot, page)
    assert [entry.undone for entry in library.history()] == [False, False]


def test_that_an_entry_that_a_later_one_builds_on_is_refused_in_words(
    qtbot: QtBot, page: HistoryPage, library: Library
) -> None:
    said: list[Notice] = []
    page.said.connect(said.append)
    page.table.setCurrentIndex(page.table.facts.index(1, 0))
    page.panel.undo.click()
    settle(qtbot, page)
    assert said[-1].level is Level.SERIOUS
    assert "A later change builds on this one" in said[-1].text
    assert [entry.undone for entry in library.history()] == [False, False]


def test_that_a_source_that_was_undone_keeps_its_name_and_the_newest_entry_comes_first(
    qtbot: QtBot, open_page: Callable[..., HistoryPage], library: Library
) -> None:
    convert([SAMPLES / "tidal-index_DR_2024.tsv"], library, Wishes(), Progress())
    library.undo()
    page = open_page(library)
    assert cells(page)[0] == ("today 09:30", "Added 1 file · undone", "Tidal Index Service", "407")
    source_id = next(iter(library.sources().names()))
    answer(library, [Answer(source_id, "TR", "2018-01", "2018-12", "Maria")], "2026-01-02")
    page.context.library_changed.emit()
    settle(qtbot, page)
    current = page.current()
    assert current is not None
    assert current.entry == 4
    assert cells(page)[0][1] == "No report exists: TR of Rowan Shelf, Jan 2018 to Dec 2018 (“Maria”)"


def test_that_finding_narrows_and_esc_clears(page: HistoryPage) -> None:
    page.bar.finder.setText("nothing like it")
    assert page.nothing.label.text() == "No entry matches “nothing like it”."
    assert page.bar.finder.isVisible()
    assert page.step_back()
    assert len(cells(page)) == 2
    assert page.table.currentIndex().isValid()
    assert not page.step_back()


def test_that_entries_are_narrowed_by_kind_and_source_with_the_keyboard(
    open_page: Callable[..., HistoryPage], library: Library
) -> None:
    convert([SAMPLES / "tidal-index_DR_2024.tsv"], library, Wishes(), Progress())
    source_id = next(one for one, name in library.sources().names().items() if name == "Rowan Shelf")
    answer(library, [Answer(source_id, "TR", "2018-01", "2018-12")], "2026-01-02")
    page = open_page(library)
    every = cells(page)
    assert len(every) == 4
    assert [page.bar.kind.itemText(row) for row in range(page.bar.kind.count())] == [
        "All kinds",
        "Added",
        "No report exists",
    ]
    page.bar.kind.setFocus()
    press_key(page.bar.kind, Qt.Key.Key_Down)
    assert cells(page) == every[1:]
    page.bar.source.setFocus()
    press_key(page.bar.source, Qt.Key.Key_Down)
    assert cells(page) == [every[2], every[3]]
    assert {one[2] for one in cells(page)} == {"Rowan Shelf"}
    page.bar.finder.setText("2019.tsv ROWAN")
    assert cells(page) == [every[3]]
    page.bar.finder.setText("tidal")
    assert page.nothing.label.text() == "No entry matches Added · Rowan Shelf · “tidal”."
    page.nothing.buttons[0].click()
    assert cells(page) == every


def test_that_an_entry_undone_is_found_by_its_kind_and_what_is_chosen_stays(qtbot: QtBot, page: HistoryPage) -> None:
    page.bar.kind.setCurrentIndex(page.bar.kind.findText("Added"))
    page.undo_last.trigger()
    settle(qtbot, page)
    assert page.bar.kind.currentText() == "Added"
    page.bar.kind.setCurrentIndex(page.bar.kind.findText("Undone"))
    page.bar.kind.activated.emit(page.bar.kind.currentIndex())
    assert [one[1] for one in cells(page)] == ["Added 1 file · undone"]


def test_that_an_empty_history_says_so(open_page: Callable[..., HistoryPage], tmp_path: Path) -> None:
    page = open_page(Library.open(tmp_path / "Empty", now))
    assert page.nothing.label.text() == "Nothing has been done to this library yet."
    assert not page.undo_last.isEnabled()
    assert page.can("copy")


@pytest.mark.parametrize("left", [1, 0])
def test_that_a_damaged_history_says_what_is_lost_and_shows_what_is_left(
    open_page: Callable[..., HistoryPage], library: Library, left: int
) -> None:
    lines = library.layout.journal.read_bytes().splitlines(keepends=True)
    keep = len(lines) // 2 if left else 0
    for file in (library.layout.journal, library.layout.journal_copy):
        file.write_bytes(b"".join(line if at < keep else b"x" + line for at, line in enumerate(lines)))
    page = open_page(library)
    (card,) = page.findChildren(MessageCard)
    assert card.isVisible()
    assert [button.text() for button in card.buttons] == ["Check the library", "Rebuild…"]
    shown = " ".join(label.text() for label in card.findChildren(QLabel))
    assert ("can still be read" if left else "None of it can be read") in shown
    assert "journal.jsonl, journal-copy.jsonl" in shown
    assert bool(cells(page)) is bool(left)
    if not left:
        assert page.nothing.accessibleName() == "No entry can be read any more."


def test_that_the_model_keeps_the_rules_of_models(page: HistoryPage) -> None:
    model = page.table.facts
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_facts(model.facts[:1])
    assert tester.model() is model


def test_that_of_many_sources_the_first_are_named_and_the_clipboard_has_all(page: HistoryPage) -> None:
    entry = page.current()
    assert entry is not None
    of_many = replace(entry, source_ids=tuple(range(1, 21)))
    page.panel.show_entry(of_many, (), {number: f"Source {number}" for number in range(1, 21)}, now().date())
    named = ", ".join(f"Source {number}" for number in range(1, 9))
    assert page.panel._when.text() == f"today 09:30 · {named} and 12 more"
    assert page.panel._when.toolTip().splitlines()[-1] == "Source 20"
    assert "Source 19, Source 20" in page.panel.text()
    page.panel.show_entry(entry, (), {1: "Rowan Shelf"}, now().date())
    assert page.panel._when.toolTip() == ""
