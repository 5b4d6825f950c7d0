"""What is decided in the window beside adding: no report exists, months go, names, views; and its proofs and help."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QAbstractItemModel, QLocale, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.coverage_grid import CellState
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.command_finder import CommandFinder
from nolcat_desktop.gui.help_dialog import HelpDialog, KeyboardDialog, help_text
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.coverage_model import SOURCE
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.pages.history_page import HistoryPage
from nolcat_desktop.gui.pages.library_ask import AnswerDialog, Reach, RemoveDialog
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.proof_dialog import CertificateDialog, ExplanationDialog
from nolcat_desktop.gui.sample import sample_reports, waiting_reports
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.builders import a_report, tsv
from tests.gui.frame_builders import Answers, now, press_key, settled

D = TypeVar("D", bound=QDialog)
FILES = ("rowan-shelf_TR_2020.xlsx", "rowan-shelf_TR_2022.csv")
"""2021 lies between them."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every test begins with: filled once, and copied."""
    folder = tmp_path_factory.mktemp("filled") / "Library"
    convert([sample_reports() / name for name in FILES], Library.open(folder, now), Wishes(), Progress())
    return folder


@pytest.fixture
def window(make_window: Callable[..., MainWindow], qtbot: QtBot, filled: Path, tmp_path: Path) -> Iterator[MainWindow]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    shutil.copytree(filled, tmp_path / "Library")
    made = make_window(places=PLACES)
    settled(qtbot, made.context.runner)
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.close()
    settled(qtbot, made.context.runner)
    QLocale.setDefault(before)


def at(window: MainWindow, month: date) -> LibraryPage:
    page = window.front.go("library")
    assert isinstance(page, LibraryPage)
    page.view.go_to((page.view.coverage.grid.sources[0].source_id, "", month))
    return page


def dialog(window: MainWindow, kind: type[D]) -> D:
    return window.findChildren(kind)[-1]


def press_button(shown: QWidget, words: str) -> None:
    next(button for button in shown.findChildren(QPushButton) if button.text().startswith(words)).click()


def state(window: MainWindow, month: date) -> CellState | None:
    (found,) = at(window, month).deciding.states()
    return found


def test_that_buttons_sources_and_settings_are_found_by_their_words(window: MainWindow) -> None:
    at(window, date(2021, 3, 1))
    window.actions_table["find_command"].trigger()
    finder = dialog(window, CommandFinder)
    for typed in ("through gaps", "source rowan", "settings general", "add reports"):
        finder.line.setText(typed)
        assert finder.list.model().rowCount() == 1, typed
    finder.line.setText("through gaps")
    press_key(finder.line, Qt.Key.Key_Return)
    page = window.front.place
    assert isinstance(page, LibraryPage)
    assert page.stack.currentWidget() is page.gaps
    assert page.step_back()
    window.go("history")
    window.actions_table["find_command"].trigger()
    finder = dialog(window, CommandFinder)
    finder.line.setText("source rowan")
    press_key(finder.line, Qt.Key.Key_Return)
    assert window.front.place is page
    assert page.view.currentIndex().column() == SOURCE


def test_that_every_model_of_every_place_keeps_the_rules_of_models(window: MainWindow, qtbot: QtBot) -> None:
    for place in PLACES:
        window.go(place.name)
        settled(qtbot, window.context.runner)
    at(window, date(2020, 3, 1)).show_panel(True)
    window.open_paths([sample_reports() / FILES[0]])
    settled(qtbot, window.context.runner)
    window.commands.settings("Sources")
    settled(qtbot, window.context.runner)
    seen = set()
    for model in window.findChildren(QAbstractItemModel):
        if type(model).__module__.startswith("nolcat_desktop"):
            seen.add(type(model).__name__)
            tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
            tester.deleteLater()
    assert {"FactsModel", "PlainModel", "RepairsModel", "SheetModel", "StepModel", "ReviewModel", "RailModel"} <= seen


def test_that_a_gap_is_answered_and_the_answer_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    page, month = at(window, date(2021, 3, 1)), date(2021, 3, 1)
    missing = page.badge()
    page.do("no_report")
    press_button(dialog(window, AnswerDialog), "Remember")
    settled(qtbot, window.context.runner)
    assert state(window, month) is CellState.ANSWERED
    assert state(window, date(2021, 4, 1)) is CellState.MISSING
    assert page.badge() == missing - 1
    assert at(window, month).line.what.full_text().startswith("— no report exists.")
    page.deciding.withdraw()
    settled(qtbot, window.context.runner)
    assert state(window, month) is CellState.MISSING
    assert page.badge() == missing


def test_that_shift_and_arrows_mark_months_and_the_actions_say_how_many(window: MainWindow, qtbot: QtBot) -> None:
    page = at(window, date(2021, 3, 1))
    missing = page.badge()
    for _ in range(2):
        press_key(page.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.line.who.full_text().endswith("Mar – May 2021")
    assert page.line.what.full_text() == "— 3 months, 3 of them never loaded"
    words = [one.text() for one in page.line.buttons if isinstance(one, QPushButton)]
    assert words == ["Add these 3 months…", "No report exists for Mar – May 2021…"]
    press_button(page.line, "No report exists for Mar – May 2021…")
    press_button(dialog(window, AnswerDialog), "Remember")
    settled(qtbot, window.context.runner)
    assert page.badge() == missing - 3
    assert window.line.notice is not None
    assert window.line.notice.text == "Noted: no Title Report of Rowan Shelf for Mar – May 2021."
    page = at(window, date(2020, 11, 1))
    press_key(page.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    for _ in range(2):
        press_key(page.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.line.what.full_text() == "— 4 months, 2 of them never loaded"
    assert page.deciding.why_not("remove_months") == page.deciding.why_not("no_report") == ""
    press_key(page.view, Qt.Key.Key_Right)
    assert "4 months" not in page.line.what.full_text()


def test_that_a_cancelled_subscription_is_missing_no_more(window: MainWindow, qtbot: QtBot) -> None:
    at(window, date(2023, 1, 1)).do("no_report")
    asked = dialog(window, AnswerDialog)
    asked.choices[Reach.AFTER].setChecked(True)
    asked.note.setText("cancelled")
    press_button(asked, "Remember")
    settled(qtbot, window.context.runner)
    assert state(window, date(2026, 1, 1)) is CellState.ANSWERED
    assert state(window, date(2021, 1, 1)) is CellState.MISSING
    library = window.context.library
    assert library is not None
    assert [one.note for one in library.decisions().answers] == ["cancelled"]
    assert window.line.notice is not None
    assert window.line.notice.text == "Noted: no Title Report of Rowan Shelf from Jan 2023 on."
    page = at(window, date(2026, 1, 1))
    assert page.line.what.full_text() == "— no report exists. You said so: “cancelled”. It can be taken back."
    page.do("months_years")
    assert page.line.what.full_text() == "— no report exists. “cancelled”."
    page.do("months_years")
    past = window.front.go("history")
    assert isinstance(past, HistoryPage)
    settled(qtbot, window.context.runner)
    assert past.table.facts.facts[0].cells[1].endswith("from Jan 2023 (“cancelled”)")


def test_that_the_menu_of_a_source_answers_its_last_gap_and_asks_for_what_is_missing(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = at(window, date(2021, 3, 1))
    page.view.setCurrentIndex(page.view.currentIndex().siblingAtColumn(SOURCE))
    offered = {action.text(): action.isEnabled() for action in page.menu.fill().actions() if action.text()}
    assert offered == dict.fromkeys(
        (
            "Details",
            "Where this number comes from",
            "Look at data",
            "Add these 45 months…",
            "No report exists for Jan 2023 – Sep 2026…",
            "Remove months…",
            "Rename the source…",
        ),
        True,
    )
    page.do("no_report")
    assert dialog(window, AnswerDialog).title.text().endswith("Jan 2023 – Sep 2026")
    dialog(window, AnswerDialog).close()
    page = at(window, date(2021, 3, 1))
    page.menu.chooser = chooser = Answers(window.context.remembered, page)
    page.menu.add_missing()
    assert chooser.asked_with == "Looking for: Rowan Shelf · Title Report, Mar 2021"
    chooser.chosen_files = [sample_reports() / "rowan-shelf_TR_2021_January-August.json"]
    page.menu.add_missing()
    add = window.front.place
    assert isinstance(add, AddPage)
    settled(qtbot, window.context.runner)
    assert add.stack.currentWidget() is add.review


def test_that_all_gaps_are_answered_at_once_and_undone_at_once(window: MainWindow, qtbot: QtBot) -> None:
    page = at(window, date(2021, 3, 1))
    missing = page.badge()
    page.work_through_gaps()
    page.gaps.table.selectAll()
    press_button(page.gaps, "No report exists for these 57 months")
    settled(qtbot, window.context.runner)
    assert (page.badge(), page.badge_words()) == (0, "")
    notice = window.line.notice
    assert notice is not None
    assert notice.text == (
        "Noted: no Title Report of Rowan Shelf for Jan – Dec 2021; no Title Report of Rowan Shelf for "
        "Jan 2023 – Sep 2026."
    )
    notice.choices[0].do()
    settled(qtbot, window.context.runner)
    assert page.badge() == missing
    page.gaps.table.selectRow(1)
    press_button(page.gaps, "It ended: no reports after Dec 2022")
    settled(qtbot, window.context.runner)
    assert window.line.notice is not None
    assert window.line.notice.text == "Noted: no Title Report of Rowan Shelf after Dec 2022."
    assert page.badge_words() == "12 months are missing between reports in 1 source"
    at_rail = window.rail.model.index(window.rail.model.row_of("library"))
    assert at_rail.data(Qt.ItemDataRole.ToolTipRole) == f"Library, {page.badge_words()}"


def test_that_months_go_after_they_were_shown_and_come_back(window: MainWindow, qtbot: QtBot) -> None:
    library = window.context.library
    assert library is not None
    before = sum(held.load.rows for held in library.holdings())
    page = at(window, date(2022, 5, 1))
    assert page.can("remove_months") == ""
    assert at(window, date(2021, 5, 1)).can("remove_months") != ""
    at(window, date(2022, 5, 1)).do("remove_months")
    settled(qtbot, window.context.runner)
    asked = dialog(window, RemoveDialog)
    gone = int(asked.remove.split()[1].replace(",", ""))
    assert asked.table.facts.rowCount() > 1
    press_button(asked, "Remove")
    settled(qtbot, window.context.runner)
    assert sum(held.load.rows for held in library.holdings()) == before - gone
    assert state(window, date(2022, 5, 1)) is CellState.MISSING
    notice = window.line.notice
    assert notice is not None
    notice.choices[0].do()
    settled(qtbot, window.context.runner)
    assert sum(held.load.rows for held in library.holdings()) == before


def test_that_a_number_tells_its_cells_and_they_add_up_to_it(window: MainWindow, qtbot: QtBot) -> None:
    window.go("data")
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, DataPage)
    page.do("where_from")
    settled(qtbot, window.context.runner)
    shown = dialog(window, ExplanationDialog)
    count = page.table.usage.value(page.table.currentIndex().row(), "usage_count")
    counts = [int(fact.cells[3]) for fact in shown.table.facts.facts if fact.cells[3]]
    assert shown.title.text().startswith(f"{sum(counts)} = Total_Item_Requests, Rowan Shelf, Title Report (TR), ")
    assert counts == [count]
    assert shown.title.text().endswith(" 1 cell of 1 file.")
    assert not shown.said.isVisible()


def test_that_a_certificate_says_that_every_sum_is_equal(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.go("history")
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, HistoryPage)
    assert page.can("certificate") == ""
    page.do("certificate")
    settled(qtbot, window.context.runner)
    shown = dialog(window, CertificateDialog)
    assert shown.text.toPlainText().count("equals the sum of the file's cells") == len(FILES)
    assert shown.text.verticalScrollBar().maximum() > shown.text.verticalScrollBar().value() == 0  # its top first
    press_key(shown.text, Qt.Key.Key_Down)  # the second sum of the first table
    meant = shown.numbers.current()
    assert meant is not None
    press_key(shown.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window.context.runner)
    explained = dialog(window, ExplanationDialog)
    assert explained.title.text().startswith(
        f"{meant.stored:,} = {meant.asked.metric}, Rowan Shelf, Title Report (TR), entry "
    )
    assert "looks" not in explained.title.text()
    assert not explained.said.isVisible()
    shown.text.moveCursor(QTextCursor.MoveOperation.Start)
    assert shown.numbers.current() is None  # the heading of the page
    shown.write_pdf(tmp_path / "certificate.pdf")
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")


def test_that_a_view_brings_filters_months_and_metrics_back(window: MainWindow, qtbot: QtBot) -> None:
    window.go("data")
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, DataPage)
    page.table.filters.type_in("source_name", "rowan")
    page.choosers._metrics_chosen(["Unique_Item_Requests"])
    settled(qtbot, window.context.runner)
    rows, asked = page.table.usage.rowCount(), page.choosers.choice
    page.views.asked.emit()
    page.views.keep("Rowan", _view(page))
    page.table.filters.clear()
    page.choosers.show_all()
    settled(qtbot, window.context.runner)
    assert page.table.usage.rowCount() != rows
    page.views.open("Rowan")
    settled(qtbot, window.context.runner)
    assert page.choosers.choice == asked
    assert page.table.filters.typed() == {"source_name": "rowan"}
    assert page.table.usage.rowCount() == rows
    page.views.remove("Rowan")
    assert page.views.names() == ()


def _view(page: DataPage) -> dict[str, object]:
    from nolcat_desktop.gui.pages.data_views import view_of

    assert page.looker.holding is not None
    columns = tuple(column.key for column in page.table.usage.columns)
    return dict(view_of(page.looker.holding.report_type, page.choosers.choice, columns, page.table.filters.typed()))


def test_that_the_name_is_asked_once_with_what_the_report_says(window: MainWindow, qtbot: QtBot) -> None:
    window.open_paths([waiting_reports()])
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, AddPage)
    assert page.naming.isVisible()
    assert page.naming.edit.text() == "Universität Nebelheim"
    assert page.naming.others.isHidden()
    page.naming.use.click()
    assert "Universität Nebelheim" in window.windowTitle()
    assert not page.naming.isVisible()
    page.naming.offer(page.model.lines, True)
    assert not page.naming.isVisible()


def test_that_an_overlapping_report_can_be_kept_aside(window: MainWindow, qtbot: QtBot) -> None:
    window.open_paths([waiting_reports() / "rowan-shelf_TR_2020_books-only.tsv"])
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, AddPage)
    assert page.model.index(0, 0).data() == "Decide: 12 months overlap"
    page.review.difference.aside.click()
    assert page.model.index(0, 0).data() == "Keep aside"
    library = window.context.library
    assert library is not None
    before = sum(held.load.rows for held in library.holdings())
    page.add_action.trigger()
    settled(qtbot, window.context.runner)
    assert [held.load.original.endswith("books-only.tsv") for held in library.asides()] == [True]
    assert sum(held.load.rows for held in library.holdings()) == before


def test_that_there_is_help_for_every_place_and_a_map_of_all_keys(window: MainWindow) -> None:
    for place in PLACES:
        window.go(place.name)
        window.actions_table["help"].trigger()
        assert dialog(window, HelpDialog).text.toPlainText().startswith(place.title())
    assert help_text("words")
    window.actions_table["keyboard"].trigger()
    shown = dialog(window, KeyboardDialog)
    shown.finder.setText("finding next")
    seen = [row for row in range(shown.list.topLevelItemCount()) if not shown.list.topLevelItem(row).isHidden()]  # type: ignore[union-attr] # it is there
    assert [shown.list.topLevelItem(row).text(0) for row in seen] == ["F8"]  # type: ignore[union-attr]


def test_that_reports_of_several_institutions_are_named_where_the_library_is(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "several"
    folder.mkdir()
    for at, name in enumerate(("Alder College", "BIRCH  University", "Birch University")):
        path = folder / f"{at}.tsv"
        report = a_report(Release.R51, "TR", months=1, titles=2, begin=date(2024, at + 1, 1))
        path.write_bytes(tsv(replace(report, institution_name=name)))
    window.open_paths([folder])
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, AddPage)
    assert page.naming.edit.text() == "BIRCH  University"
    assert page.naming.others.text() == (
        "The reports name 2 institutions: BIRCH  University (2), Alder College (1). "
        "Their uses are added up here: leave out what is not yours."
    )
