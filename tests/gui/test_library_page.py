"""The Library place on a real library: what is shown, by keyboard, in words, and after something was written."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from typing import Any

import polars as pl
import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.coverage_gaps import Gap
from nolcat_desktop.analysis.coverage_grid import CellState, build
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.coverage_glyphs import Mark
from nolcat_desktop.gui.pages.coverage_marks import fresh_months
from nolcat_desktop.gui.pages.coverage_model import SOURCE, CoverageModel
from nolcat_desktop.gui.pages.coverage_shared import lacking_some
from nolcat_desktop.gui.pages.coverage_view import Key
from nolcat_desktop.gui.pages.data_wish import Wish
from nolcat_desktop.gui.pages.library_cells import gap_from
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.pages.library_reader import Snapshot
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.gui.frame_builders import Answers, settled

SAMPLES = Path(__file__).parents[2] / "resources" / "sample-reports"
FIRST = ("rowan-shelf_TR_2019.tsv", "rowan-shelf_TR_2021_January-August.json", "rowan-shelf_PR_2019-2022.tsv")
TODAY = date(2022, 2, 10)


def now() -> datetime:
    return datetime(2022, 2, 10, 9, 30, tzinfo=UTC)


def add(library: Library, *names: str) -> None:
    convert([SAMPLES / name for name in names], library, Wishes(), Progress())


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every test begins with: filled once, and copied."""
    folder = tmp_path_factory.mktemp("filled") / "Library"
    add(Library.open(folder, now), *FIRST)
    return folder


@pytest.fixture
def library(filled: Path, tmp_path: Path) -> Library:
    return Library.open(shutil.copytree(filled, tmp_path / "Library"), now)


@pytest.fixture
def open_page(make_place: Callable[..., Any]) -> Callable[..., LibraryPage]:
    return lambda library: make_place(LibraryPage, library, now)


def settle(qtbot: QtBot, page: LibraryPage) -> None:
    """Until everything that was asked is answered."""
    settled(qtbot, page.context.runner)


@pytest.fixture
def page(open_page: Callable[..., LibraryPage], library: Library) -> LibraryPage:
    return open_page(library)


def at(page: LibraryPage, report: str, month: date) -> QModelIndex:
    page.view.go_to((page.view.coverage.grid.sources[0].source_id, report, month))
    return page.view.currentIndex()


def known(*rows: tuple[int, str, str, str]) -> pl.DataFrame:
    columns = ["statistics_source_ID", "report_type", "release", "month", "state"]
    return pl.DataFrame([(one, two, "5.1", three, four) for one, two, three, four in rows], columns, orient="row")


def listed(page: LibraryPage) -> list[Gap]:
    return [fact.key for fact in page.gaps.table.facts.facts if isinstance(fact.key, Gap)]


def press(page: LibraryPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.view, key, modifier)


def test_that_the_summary_and_the_badge_count_the_missing_months(page: LibraryPage) -> None:
    # 2020 is missing, and Sep to Dec 2021 were due before 10 Feb 2022.
    between, ended = "12 months are missing between reports in 1 source", "1 report has nothing newer than Aug 2021"
    assert page.header.summary_text() == f"1 source · Jan 2019 – Dec 2022 · {between}; {ended}"
    assert (page.badge(), page.badge_words()) == (12, f"{between}; {ended}")
    assert page.gaps_action.text() == "Work through gaps (12)"
    page.work_through_gaps()
    assert page.gaps.words.full_text().startswith(f"{between}; {ended}. A month counts once for each report")
    assert sum(gap.months for gap in listed(page) if gap.newest is None) == 12
    page.gaps.single.click()
    assert [gap.months for gap in listed(page)] == [1] * 16
    assert page.gaps.never.text() == "No report exists for Jan 2020"


def test_that_a_cell_is_read_aloud_with_source_report_month_and_state(page: LibraryPage) -> None:
    index = at(page, "TR", date(2020, 3, 1))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Rowan Shelf, Title Report, March 2020, never loaded"
    assert page.line.who.full_text() == "Rowan Shelf · Title Report · Mar 2020"
    assert page.line.what.full_text() == "— never loaded. Dec 2019 and Jan 2021 are there."


def test_that_a_closed_source_says_which_report_needs_attention(page: LibraryPage) -> None:
    index = at(page, "", date(2020, 3, 1))
    told = "1 of 2 reports lacks this month: Title Report"
    assert f"{told}. It is there of Platform Report." in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).endswith(f", March 2020, {told}")
    assert page.view.coverage.copied(index).endswith(f"Mar 2020\t{told}")
    page.view.go_to((page.view.coverage.source_at(index).source_id, "", date(2020, 3, 1)))
    assert "never loaded of some reports" in page.legend.accessibleName()
    assert lacking_some(page.view.coverage.source_at(index)) == set(page.view.coverage.source_at(index).whole.missing)


def test_that_a_year_is_read_aloud_with_what_is_there(page: LibraryPage) -> None:
    at(page, "TR", date(2021, 3, 1))
    page.do("months_years")
    spoken = page.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Rowan Shelf, Title Report, 2021, 8 of 12 months, 4 never loaded"
    press(page, Qt.Key.Key_Return)
    assert page.view.coverage.first_day(page.view.currentIndex()) == date(2021, 1, 1)


def test_that_f8_goes_through_all_gaps_and_starts_again(page: LibraryPage) -> None:
    at(page, "TR", date(2020, 12, 1))
    seen = []
    for _ in range(5):
        page.do("next_gap")
        seen.append(page.view.coverage.first_day(page.view.currentIndex()))
    assert seen == [*(date(2021, month, 1) for month in (9, 10, 11, 12)), date(2020, 1, 1)]
    page.do("previous_gap")
    assert page.view.coverage.first_day(page.view.currentIndex()) == date(2021, 12, 1)


def test_that_paging_takes_the_current_cell_along(page: LibraryPage) -> None:
    page.resize(700, 600)
    at(page, "TR", date(2021, 1, 1))
    first = page.view.span.first
    press(page, Qt.Key.Key_Left)
    assert page.view.coverage.first_day(page.view.currentIndex()) == date(2020, 12, 1)
    assert not page.view.isColumnHidden(page.view.currentIndex().column())
    page.bar.earlier.click()
    assert page.view.span.first < first
    assert not page.view.isColumnHidden(page.view.currentIndex().column())


def test_that_home_goes_to_the_name_and_space_folds(page: LibraryPage) -> None:
    at(page, "", date(2021, 1, 1))
    press(page, Qt.Key.Key_Home)
    assert page.view.currentIndex().column() == SOURCE
    before = page.view.isExpanded(page.view.currentIndex())
    press(page, Qt.Key.Key_Space)
    assert page.view.isExpanded(page.view.currentIndex()) is not before


def test_that_a_marked_range_is_copied_as_words(page: LibraryPage) -> None:
    at(page, "TR", date(2021, 8, 1))
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    page.do("copy")
    assert QGuiApplication.clipboard().text().split("\n") == [
        "Rowan Shelf\tTitle Report\tAug 2021\tusage",
        "Rowan Shelf\tTitle Report\tSep 2021\tnever loaded",
    ]


def test_that_the_panel_shows_the_loads_and_the_sums_of_the_cell(page: LibraryPage, library: Library) -> None:
    at(page, "TR", date(2019, 3, 1))
    asked: list[tuple[str, object]] = []
    page.asked_for.connect(lambda *given: asked.append(given))
    page.menu.choices(CellState.USAGE, details=True)[1].do()
    (source,) = library.coverage()["statistics_source_ID"].unique()
    assert asked == [("data", Wish(("TR",), (source,), ("2019-03",)))]
    press(page, Qt.Key.Key_Return)
    loads = [held.load for held in library.holdings() if held.load.report_type == "TR"]
    load = next(load for load in loads if "2019-03" in load.states)
    assert page.panel.isVisible()
    assert [fact.cells[1] for fact in page.panel.loads.facts.facts] == ["rowan-shelf_TR_2019.tsv"]
    shown = {fact.cells[0]: int(fact.cells[1].replace(",", "")) for fact in page.panel.totals.facts.facts}
    assert shown == load.tally.of_month("2019-03")
    page.panel.totals.setCurrentIndex(page.panel.totals.facts.index(0, 0))
    page.panel.look.click()
    assert asked[1:] == [("data", Wish(("TR",), (source,), ("2019-03",), page.panel.totals.facts.facts[0].cells[0]))]
    assert page.step_back()
    assert not page.panel.isVisible()
    assert not page.step_back()


def test_that_finding_narrows_and_the_current_cell_stays(page: LibraryPage) -> None:
    at(page, "TR", date(2020, 3, 1))
    page.bar.finder.setText("rowan")
    assert page.view.key() == (page.view.coverage.grid.sources[0].source_id, "TR", date(2020, 3, 1))
    page.bar.finder.setText("ebsko")
    assert page.nothing.label.text() == "No source contains “ebsko”."
    assert page.step_back()
    assert page.view.coverage.grid.sources
    assert page.view.key() == (page.view.coverage.grid.sources[0].source_id, "TR", date(2020, 3, 1))


def test_that_what_has_no_room_under_the_gaps_is_in_a_menu_and_no_word_is_cut(page: LibraryPage, qtbot: QtBot) -> None:
    page.gaps_action.trigger()
    gaps = page.gaps
    for width, least in ((1100, 4), (520, 2), (300, 1)):
        gaps.setParent(None)
        gaps.resize(width, 300)
        gaps.show()
        qtbot.waitExposed(gaps)
        QApplication.processEvents()
        shown = [one for one in gaps._deeds() if not one.isHidden()]
        assert len(shown) >= least
        assert all(one.width() >= one.sizeHint().width() for one in shown)
        assert len(shown) + len(gaps.more.menu().actions()) == 4
        assert gaps.more.isHidden() == (not gaps.more.menu().actions())
    asked: list[object] = []
    gaps.answer_asked.connect(lambda of, ended: asked.append((of, ended)))
    entry = next(one for one in gaps.more.menu().actions() if one.text().startswith("No report exists"))
    entry.trigger()
    assert len(asked) == 1


def test_that_the_gaps_are_worked_through_in_the_same_place(page: LibraryPage) -> None:
    said: list[Notice] = []
    page.said.connect(said.append)
    page.gaps_action.trigger()
    rows = [fact.cells for fact in page.gaps.table.facts.facts]
    assert rows == [
        ("Rowan Shelf", "Title Report (TR)", "Jan – Dec 2020", "12"),
        ("Rowan Shelf", "Title Report (TR)", "Sep – Dec 2021, after its last report", "4"),
    ]
    assert (page.gaps.never.text(), page.gaps.ended.isHidden()) == ("No report exists for Jan – Dec 2020", True)
    page.gaps.copy_message()
    assert "January 2020 to December 2020 (12 months)" in QGuiApplication.clipboard().text()
    assert "nothing was sent" in said[-1].text
    page.gaps.table.selectRow(1)
    assert (page.gaps.ended.text(), page.gaps.never.isHidden()) == ("It ended: no reports after Aug 2021", True)
    asked, came = Answers(page.context.remembered, page), list[object]()
    page.asked_for.connect(lambda *where: came.append(where))
    page.menu.chooser = asked
    (add,) = (one for one in page.gaps.findChildren(QAbstractButton) if one.text() == "Add these 4 months…")
    add.click()
    assert asked.asked_with == "Looking for: Rowan Shelf · Title Report, Sep – Dec 2021"
    assert not came
    asked.chosen_files = [SAMPLES / "rowan-shelf_TR_2020.xlsx"]
    add.click()
    assert came == [("add", asked.chosen_files)]
    assert said[-1].text == asked.asked_with
    page.gaps.table.selectRow(0)
    QTest.keyClick(page.gaps.table, Qt.Key.Key_Return)
    assert page.view.coverage.first_day(page.view.currentIndex()) == date(2020, 1, 1)


def test_that_new_months_are_ringed_and_the_cell_stays(qtbot: QtBot, page: LibraryPage, library: Library) -> None:
    at(page, "TR", date(2019, 3, 1))
    key = page.view.key()
    add(library, "rowan-shelf_TR_2020.xlsx")
    page.context.library_changed.emit()
    settle(qtbot, page)
    assert page.view.key() == key
    assert set(page.view.fresh) == {(key[0], "TR")} if key else False
    assert len(next(iter(page.view.fresh.values()))) == 12
    assert (page.badge(), page.badge_words()) == (0, "1 report has nothing newer than Aug 2021")
    library.undo()
    page.context.library_changed.emit()
    settle(qtbot, page)
    top = page.view.coverage.index(0, 0)
    assert fresh_months(page.view.coverage, page.view.fresh, page.view.coverage.index(1, 0, top)) == set()


def test_that_another_library_begins_with_its_own_last_months(qtbot: QtBot, page: LibraryPage, tmp_path: Path) -> None:
    at(page, "TR", date(2019, 3, 1))
    other = Library.open(tmp_path / "Other", now)
    page.context.set_library(other)
    settle(qtbot, page)
    add(other, FIRST[1])
    page.context.library_changed.emit()
    settle(qtbot, page)
    assert page.view.coverage.first_day(page.view.currentIndex()) == date(2021, 8, 1)


def test_that_details_say_from_what_to_what_and_the_signs_are_explained(
    qtbot: QtBot, page: LibraryPage, library: Library, tmp_path: Path
) -> None:
    lines = (SAMPLES / FIRST[0]).read_text(encoding="utf-8-sig").splitlines()
    cells = lines[-1].split("\t")
    cells[-1] = "966"
    (tmp_path / "new.tsv").write_text("\n".join([*lines[:-1], "\t".join(cells)]), encoding="utf-8")
    convert([tmp_path / "new.tsv"], library, Wishes(if_loaded="replace"), Progress())
    page.context.library_changed.emit()
    settle(qtbot, page)
    (told,) = library.history()[-1].restated
    at(page, "TR", date(2019, 12, 1))
    assert "Details (F4) say from what to what" in page.line.what.full_text()
    press(page, Qt.Key.Key_Return)
    count = told.restatement
    (fact,) = page.panel.restated.facts.facts
    assert fact.cells == (count.metric, f"{count.before:,} → {count.after:,}", "10 Feb 2022")
    assert page.panel.restated.isVisible()
    page.panel.restated.setFocus()
    assert page.panel.asked() == ("TR", count.metric, ("2019-12",))
    page.show_panel(False)
    at(page, "TR", date(2019, 11, 1))
    page.show_panel(True)
    assert page.panel.restated.isHidden()
    page.do("months_years")
    assert Mark.RESTATED in page.legend.marks
    assert page.view.coverage.parts(page.view.currentIndex())[1] == "12 of 12 months, 1 restated."


def test_that_closing_the_details_brings_the_years_back(qtbot: QtBot, page: LibraryPage) -> None:
    page.resize(1300, 700)
    at(page, "TR", date(2022, 12, 1))
    page.view.set_first_year(1)
    at(page, "TR", date(2022, 12, 1))
    before = page.view.span
    page.show_panel(True)
    qtbot.waitUntil(lambda: page.view.span.years < before.years)
    page.show_panel(False)
    qtbot.waitUntil(lambda: page.view.span == before)


def test_that_a_month_that_is_not_due_is_said_so_and_the_sample_says_which_day_it_has(
    qtbot: QtBot, page: LibraryPage, library: Library
) -> None:
    at(page, "TR", date(2022, 11, 1))
    not_due = "— nothing expected. It is not due yet: reports come four weeks after a month has ended."
    assert page.line.what.full_text() == not_due
    page.context.sample_folder = page.context.library_folder = library.layout.folder
    page.context.library_changed.emit()
    settle(qtbot, page)
    at(page, "TR", date(2024, 12, 1))
    assert page.line.what.full_text().endswith("In the sample library today is 20 Jan 2025.")


def test_that_every_control_has_a_name_for_the_ear(page: LibraryPage) -> None:
    page.show_panel(True)
    focusable = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
    nameless = [one for one in focusable if isinstance(one, kinds) and not one.accessibleName() and one.isVisible()]
    assert [one for one in nameless if not (isinstance(one, QAbstractButton) and one.text())] == []


def test_that_months_or_years_is_remembered(open_page: Callable[..., LibraryPage], library: Library) -> None:
    page = open_page(library)
    page.bar.as_years.click()
    assert page.context.remembered.get("library in months", True) is False
    page.context.remembered.save()
    assert not open_page(library).view.span.months


def test_that_a_full_screen_is_painted_without_a_pause(page: LibraryPage) -> None:
    codes = ("DR", "PR", "TR")
    rows = [
        (source, code, f"{year}-{month:02}", "usage")
        for source in range(60)
        for code in codes
        for year in range(2012, 2022)
        for month in range(1, 13)
        if (source + month) % 11
    ]
    page._take(Snapshot(build(known(*rows), {}, TODAY), (), {}), False)
    page.resize(1920, 1080)
    page.view.viewport().grab()
    began = time.perf_counter()
    page.view.viewport().grab()
    assert time.perf_counter() - began < 2  # about 8 ms here; a figure for the note, not for a busy machine


def test_that_a_source_is_renamed_by_a_run_that_can_be_taken_back(
    qtbot: QtBot, page: LibraryPage, library: Library
) -> None:
    index = at(page, "", date(2019, 3, 1)).siblingAtColumn(SOURCE)
    page.view.coverage.setData(index, "Rowan & Sons")
    settle(qtbot, page)
    assert page.view.coverage.grid.sources[0].name == "Rowan & Sons"
    library.undo()
    assert list(library.sources().names().values()) == ["Rowan Shelf"]


def test_that_every_state_has_a_picture_and_a_word(page: LibraryPage) -> None:
    states = ["usage", "confirmed_zero", "partial", "totals_only", "overlapping", "not_ready", "no_data"]
    rows = [(1, "TR", f"2021-{month:02}", state) for month, state in enumerate(states, 1)]
    page._take(Snapshot(build(known(*rows, (1, "TR", "2021-12", "usage")), {1: "A" * 180}, TODAY), (), {}), False)
    page.view.viewport().grab()
    assert len(page.legend.states) == 8
    assert CellState.MISSING in page.legend.states


def test_that_the_model_keeps_the_rules_of_models() -> None:
    rows = known((1, "TR", "2021-01", "usage"), (1, "DR", "2021-03", "usage"), (2, "TR", "2021-02", "usage"))
    model = CoverageModel(build(rows, {}, TODAY))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_grid(build(rows.head(1), {}, TODAY))
    assert tester.model() is model


def test_that_without_a_library_nothing_is_shown(open_page: Callable[..., LibraryPage]) -> None:
    page = open_page(None)
    assert (page.badge(), page.header.summary_text(), page.can("copy")) == (0, "", "Nothing is shown")


def test_that_without_a_library_the_place_says_what_is_done_and_shows_no_empty_grid(
    qtbot: QtBot, make_place: Callable[..., Any]
) -> None:
    page = make_place(LibraryPage, None, now)
    assert page.stack.currentWidget() is page.nothing
    assert page.nothing.label.text() == "No library is open."
    going = Event()
    page.context.runner.start("Making the sample library", lambda _: going.wait(60), done=lambda _: None)
    qtbot.waitUntil(lambda: page.nothing.label.text() == "Making the sample library…")
    assert not page.view.isVisible()
    going.set()
    qtbot.waitUntil(lambda: page.nothing.label.text() == "No library is open.")


def test_that_every_gap_is_gone_to_once_in_either_direction() -> None:
    rows = [
        (1, "DR", "2019-01"),
        (1, "DR", "2019-04"),
        (1, "TR", "2019-01"),
        (1, "TR", "2019-03"),
        (2, "TR", "2019-02"),
    ]
    grid = build(known(*((source, code, month, "usage") for source, code, month in rows)), {}, date(2019, 5, 10))
    wanted = [
        (source.source_id, line.report_type if len(source.lines) > 1 else "", grid.first_day(month))
        for source, line in grid.lines()
        for month in line.missing
    ]
    assert len(wanted) == 4  # Feb and Mar; Feb; of the other source Mar; April is not due
    for by, expected in ((1, wanted), (-1, wanted[::-1])):
        key: Key | None = None if by > 0 else wanted[0]
        found: list[Key | None] = []
        for _ in range(len(wanted) + 1):
            key = gap_from(grid, key, by)
            found.append(key)
        assert found == [*expected, expected[0]]


def test_that_what_is_marked_in_other_rows_decides_nothing_about_the_current_one(page: LibraryPage) -> None:
    months = ("2021-01", "2021-03")
    rows = [(source, "TR", month, "usage") for source in (1, 2) for month in months]
    page._take(Snapshot(build(known(*rows, (2, "TR", "2021-02", "usage")), {}, date(2021, 4, 10)), (), {}), False)
    page.view.selectAll()
    page.view.selectionModel().setCurrentIndex(
        page.view.coverage.index(0, page.view.coverage.month_column(1)), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    assert CellState.MISSING in page.deciding.states()
    page.view.selectionModel().setCurrentIndex(
        page.view.coverage.index(1, page.view.coverage.month_column(1)), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    assert CellState.MISSING not in page.deciding.states()
