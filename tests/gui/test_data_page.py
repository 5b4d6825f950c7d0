"""Look at data, on a real library: questions, filters, sorting, finding, copying, exporting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui import cell_text
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.data_columns import all_columns
from nolcat_desktop.gui.pages.data_forms import Form, FormDialog
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.pages.data_panes import Shape
from nolcat_desktop.gui.pages.data_wish import Wish
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.builders import a_report, tsv
from tests.builders.damage import negative_count
from tests.gui.frame_builders import settled

SAMPLES = Path(__file__).parents[2] / "resources" / "sample-reports"
FILES = ("rowan-shelf_TR_2022.csv", "rowan-shelf_TR_2024.json", "rowan-shelf_PR_2019-2022.tsv")


def now() -> datetime:
    return datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = Library.open(tmp_path_factory.mktemp("library"), now)
    convert([SAMPLES / name for name in FILES], made, Wishes(), Progress())
    return made


@pytest.fixture
def open_page(make_place: Callable[..., Any]) -> Callable[..., DataPage]:
    return lambda library: make_place(DataPage, library, now)


def settle(qtbot: QtBot, page: DataPage) -> None:
    """Until everything that was asked is answered."""
    settled(qtbot, page.context.runner)


@pytest.fixture
def page(open_page: Callable[..., DataPage], library: Library) -> DataPage:
    return open_page(library)


def titles(page: DataPage) -> list[str]:
    model = page.table.usage
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def counts(page: DataPage) -> list[int]:
    model = page.table.usage
    return [int(str(model.value(row, "usage_count"))) for row in range(model.rowCount())]


def test_that_the_first_look_is_title_reports_of_all_years_and_one_metric(page: DataPage, library: Library) -> None:
    chosen = library.scan(["TR"]).filter(pl.col("metric_type") == "Total_Item_Requests").collect()
    assert page.table.usage.rowCount() == chosen.height
    assert counts(page) == chosen["usage_count"].to_list()
    told = page.header.summary_text()
    assert told.startswith("Total_Item_Requests · Title Report (TR) · Jan 2022 – Dec 2024 · all sources · ")
    assert page.limits_line.isHidden()


def test_that_totals_are_those_of_the_library_metric_by_metric(page: DataPage, library: Library) -> None:
    QAbstractItemModelTester(page.totals.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    expected = dict(library.scan(["TR"]).group_by("metric_type").agg(pl.col("usage_count").sum()).collect().iter_rows())
    shown = {page.totals.model.total(row).metric: page.totals.model.total(row).uses for row in range(len(expected))}
    assert shown == expected


def test_that_a_year_that_is_not_loaded_is_a_gap_in_the_chart(page: DataPage) -> None:
    series = page.chart.chart.series()
    assert series is not None
    assert [each.is_gap for each in series.months] == [False] * 12 + [True] * 12 + [False] * 12
    assert "12 months are missing between reports in 1 source" in page.chart.reading.text()


def test_that_typing_over_a_column_filters_and_esc_clears(qtbot: QtBot, page: DataPage) -> None:
    before = page.table.usage.rowCount()
    edit = page.table.filters.edits()[0]
    edit.setFocus()
    edit.insert("ТОРФ")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert set(titles(page)) == {"Журнал торфоведения"}
    assert "filtered" in page.header.summary_text()
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    settle(qtbot, page)
    assert page.table.usage.rowCount() == before


def test_that_down_goes_from_a_filter_to_the_table(qtbot: QtBot, page: DataPage) -> None:
    page.activateWindow()
    with qtbot.waitSignal(page.table.filters.went_down):
        qtbot.keyClick(page.table.filters.edits()[0], Qt.Key.Key_Down)


def test_that_a_heading_sorts_ascending_descending_and_as_stored(qtbot: QtBot, page: DataPage) -> None:
    stored = counts(page)
    for expected in (sorted(stored), sorted(stored, reverse=True), stored):
        page.table.filters.sort_asked.emit("usage_count")
        settle(qtbot, page)
        assert counts(page) == expected


def test_that_nothing_matches_is_said_with_the_reason_and_a_way_back(qtbot: QtBot, page: DataPage) -> None:
    page.table.filters.type_in("resource_name", "zeitschrft")
    settle(qtbot, page)
    assert page.nothing.isVisible()
    assert page.nothing.label.text() == (
        "No use matches. Metrics are limited to Total_Item_Requests, Title contains “zeitschrft”."
    )
    page.activateWindow()
    page.nothing.buttons[0].setFocus()
    page.nothing.buttons[0].click()
    settle(qtbot, page)
    assert not page.nothing.isVisible()
    assert page.window().focusWidget() is page.table
    assert page.table.usage.rowCount() > 0


def test_that_a_filter_that_cannot_be_read_is_said_and_never_used(qtbot: QtBot, page: DataPage) -> None:
    before, said = page.table.usage.rowCount(), []
    page.said.connect(lambda notice: said.append(notice.text))
    page.table.filters.type_in("usage_count", "lots")
    settle(qtbot, page)
    assert page.table.usage.rowCount() == before
    assert "cannot be read" in page.header.summary_text()
    assert said[0].startswith("“lots” cannot be read, so Uses is not filtered.")
    with qtbot.waitSignal(page.unsaid):
        page.table.filters.type_in("usage_count", "5")
    settle(qtbot, page)
    assert len(said) == 1


def test_that_an_empty_library_says_what_to_do_next(
    qtbot: QtBot, open_page: Callable[..., DataPage], tmp_path: Path
) -> None:
    page = open_page(Library.open(tmp_path / "empty", now))
    assert page.empty.label.text() == "There is nothing to look at yet."
    with qtbot.waitSignal(page.asked_for) as asked:
        page.empty.buttons[0].click()
    assert asked.args == ["add", None]
    assert page.can("export") == "There are no rows"


def test_that_another_report_is_looked_at_by_itself(qtbot: QtBot, page: DataPage, library: Library) -> None:
    page.choosers.report_chosen.emit("PR")
    settle(qtbot, page)
    page.choosers.show_all()
    settle(qtbot, page)
    assert page.table.usage.frame.height == library.scan(["PR"]).collect().height


def test_that_another_report_is_asked_the_same_as_far_as_it_has_it_and_what_it_has_not_is_said(
    qtbot: QtBot, page: DataPage
) -> None:
    said: list[Notice] = []
    page.said.connect(said.append)
    page.table.filters.type_in("resource_name", "ТОРФ")
    page.table.filters.type_in("source_name", "rowan")
    page.choosers.months_popup.year_buttons[-1].click()
    settle(qtbot, page)
    assert [one.words for one in page.limits_line.limits] == [
        "Jan – Dec 2022",
        "Title contains “ТОРФ”",
        "Source contains “rowan”",
    ]
    page.choosers.report_chosen.emit("PR")
    settle(qtbot, page)
    assert said[-1].text == (
        "Platform Report (PR). Still only: Jan – Dec 2022; Source contains “rowan”. "
        "Taken off, for this report has no such thing: Title contains “ТОРФ”."
    )
    assert page.table.filters.typed() == {"source_name": "rowan"}
    with qtbot.waitSignal(page.unsaid) as gone:
        page.table.filters.sort_asked.emit("usage_count")
    assert gone.args == [said[-1]]
    assert [one.words for one in page.limits_line.limits] == ["Jan – Dec 2022", "Source contains “rowan”"]
    page.choosers.widen()
    page.choosers.months_popup.year_buttons[-1].click()
    page.choosers.report_chosen.emit("TR")
    settle(qtbot, page)
    assert page.choosers.months_words() == "Jan 2022 – Dec 2024"
    assert "Taken off, for this report has no such thing: Jan – Dec 2019." in said[-1].text


def test_that_each_limit_goes_by_a_click_and_clear_all_takes_the_months_too(qtbot: QtBot, page: DataPage) -> None:
    line, choosers = page.limits_line, page.choosers
    assert (line.limits, line.isHidden()) == ((), True)
    page.table.filters.type_in("resource_name", "ТОРФ")
    page.table.filters.type_in("data_type", "Journal")
    choosers.months_popup.year_buttons[-1].click()
    settle(qtbot, page)
    assert line.isVisible()
    line.buttons[1].click()
    settle(qtbot, page)
    assert page.table.filters.typed() == {"data_type": "Journal"}
    line.clear_all.click()
    settle(qtbot, page)
    assert (page.table.filters.typed(), choosers.months_words()) == ({}, "Jan 2022 – Dec 2024")
    assert (line.limits, line.isHidden()) == ((), True)
    assert choosers.choice.metrics == ("Total_Item_Requests",)
    choosers.months_popup.year_buttons[-1].click()
    settle(qtbot, page)
    line.buttons[0].click()
    settle(qtbot, page)
    assert choosers.months_words() == "Jan 2022 – Dec 2024"


def test_that_the_last_question_of_each_library_is_asked_again_at_the_next_start(
    qtbot: QtBot, open_page: Callable[..., DataPage], library: Library, tmp_path: Path
) -> None:
    first = open_page(library)
    first.choosers.report_chosen.emit("PR")
    settle(qtbot, first)
    first.table.filters.type_in("source_name", "rowan")
    first.choosers.months_popup.year_buttons[0].click()
    first.table.filters.sort_asked.emit("usage_count")
    settle(qtbot, first)
    first.choosers.columns.chosen.emit(["platform", "source_name", "release", "metric_type", "usage_count"])
    settle(qtbot, first)
    shown, keys = counts(first), [column.key for column in first.table.usage.columns]
    first.context.remembered.save()
    again = open_page(library)
    assert again.choosers.report.currentData() == "PR"
    assert again.table.filters.typed() == {"source_name": "rowan"}
    assert [one.words for one in again.limits_line.limits] == ["Jan – Dec 2022", "Source contains “rowan”"]
    assert counts(again) == shown == sorted(shown)
    assert [column.key for column in again.table.usage.columns] == keys
    other = Library.open(tmp_path / "other", now)
    convert([SAMPLES / FILES[1]], other, Wishes(), Progress())
    again.context.set_library(other)
    settle(qtbot, again)
    assert (again.choosers.report.currentData(), again.limits_line.limits) == ("TR", ())
    again.context.set_library(library)
    settle(qtbot, again)
    assert counts(again) == shown


def test_that_platform_reports_have_no_empty_column_of_titles_until_it_is_wanted(qtbot: QtBot, page: DataPage) -> None:
    page.choosers.report_chosen.emit("PR")
    settle(qtbot, page)
    keys = [column.key for column in page.table.usage.columns]
    assert keys[:2] == ["platform", "source_name"]
    assert "resource_name" not in keys
    page.choosers.columns.chosen.emit(["resource_name", *keys])
    settle(qtbot, page)
    assert "resource_name" in [column.key for column in page.table.usage.columns]
    page.choosers.report_chosen.emit("TR")
    settle(qtbot, page)
    page.choosers.columns.chosen.emit([*[column.key for column in page.table.usage.columns], "parent_title"])
    settle(qtbot, page)
    assert "parent_title" in [column.key for column in page.table.usage.columns]


def test_that_uses_are_added_up_by_title_and_publisher_with_those_that_were_not_used(
    qtbot: QtBot, page: DataPage, library: Library, tmp_path: Path
) -> None:
    pane = page.chart.sums
    qtbot.keyClick(page.chart.chart, Qt.Key.Key_Right)
    assert page.chart.reading.text() == page.chart.chart.sentence() != ""
    page.chart.as_sums.click()
    settle(qtbot, page)
    assert page.chart.chart.sentence() not in page.chart.reading.text()
    usage = library.scan(["TR"]).filter(pl.col("metric_type") == "Total_Item_Requests")
    uses = usage.group_by("resource_name").agg(pl.sum("usage_count"))
    expected = dict(uses.collect().iter_rows())
    shown = dict(pane.model.frame.select("resource_name", "Total_Item_Requests").iter_rows())
    assert set(pane.model.frame["known"]) == {"24 of 36"}  # nobody loaded 2023
    assert {title: count for title, count in shown.items() if count} == expected
    assert set(shown) == set(library.scan(["TR"]).select("resource_name").collect()["resource_name"])
    assert list(shown.values()) == sorted(shown.values(), reverse=True)
    assert pane.words.text() == f"{len(expected)} with use, {len(shown) - len(expected)} without"
    pane.table.activated.emit(pane.model.index(0, 0))
    settle(qtbot, page)
    assert set(titles(page)) == {next(iter(shown))}
    assert sum(counts(page)) == next(iter(shown.values()))
    page.limits_line.clear_all.click()
    pane.by.setCurrentIndex(pane.by.findData("publisher"))
    pane.by.activated.emit(pane.by.currentIndex())
    settle(qtbot, page)
    assert sum(pane.model.frame["Total_Item_Requests"]) == usage.select(pl.sum("usage_count")).collect().item()
    page.export.ask_target = lambda: tmp_path / "sums.csv"
    page.chart.save.click()
    settle(qtbot, page)
    saved = pl.read_csv(tmp_path / "sums.csv")
    assert saved.columns == ["Publisher", "Uses", "Months known"]
    assert saved.rows() == pane.cells().rows()
    pane.table.activated.emit(pane.model.index(0, 0))
    settle(qtbot, page)
    assert page.table.filters.typed() == {"publisher": f"= {pane.model.frame['publisher'][0]}"}
    assert sum(counts(page)) == pane.model.frame["Total_Item_Requests"][0]


def test_that_what_stands_beside_the_table_is_the_same_the_next_time(
    qtbot: QtBot, page: DataPage, open_page: Callable[..., DataPage], library: Library
) -> None:
    page.chart.as_sums.click()
    page.chart.sums.by.setCurrentIndex(page.chart.sums.by.findData("publisher"))
    page.chart.sums.by.activated.emit(page.chart.sums.by.currentIndex())
    settle(qtbot, page)
    page.context.remembered.save()
    again = open_page(library)
    settle(qtbot, again)
    assert again.chart.as_sums.isChecked()
    assert (again.chart.by(), again.chart.sums.model.frame.columns[0]) == ("publisher", "publisher")
    assert again.chart.sums.model.frame.rows() == page.chart.sums.model.frame.rows()
    again.chart.as_chart.click()
    settle(qtbot, again)
    again.context.remembered.save()
    assert open_page(library).chart.as_chart.isChecked()


def test_that_an_issn_over_the_title_is_looked_for_where_it_stands(qtbot: QtBot, page: DataPage) -> None:
    page.table.filters.type_in("resource_name", "09900012")
    settle(qtbot, page)
    offers = {button.text(): button for button in page.nothing.buttons}
    assert "Look in Print ISSN" in offers
    offers["Look in Online ISSN"].click()
    settle(qtbot, page)
    assert page.table.filters.typed() == {"online_ISSN": "0990-0012"}
    assert set(titles(page)) == {"Журнал торфоведения"}


def test_that_finding_goes_to_the_next_row_and_round(qtbot: QtBot, page: DataPage) -> None:
    page.do("find")
    page.find_line.edit.setText("ТОРФ")
    page.do("find_next")
    settle(qtbot, page)
    first = page.table.currentIndex().row()
    page.do("find_next")
    assert page.table.currentIndex().row() > first
    page.do("find_previous")
    assert page.table.currentIndex().row() == first
    assert page.step_back()
    assert not page.find_line.isVisible()


def test_that_what_is_copied_is_what_is_shown(qtbot: QtBot, page: DataPage) -> None:
    page.table.selectRow(0)
    page.do("copy_headings")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "Title"
    assert lines[0].split("\t")[-1] == "Uses"
    assert lines[1].split("\t")[-1] == str(counts(page)[0])
    page.do("select_all")
    page.do("copy")
    settle(qtbot, page)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert [int(line.split("\t")[-1]) for line in copied] == counts(page)


def test_that_all_rows_shown_are_exported_in_order(qtbot: QtBot, page: DataPage, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    said: list[object] = []
    page.said.connect(said.append)
    page.export.ask_target = lambda: target
    page.do("export")
    asked = page.findChildren(FormDialog)[-1]
    assert asked.form() is Form.SHOWN
    asked.choices[Form.DATA].setChecked(True)
    asked.accept()
    settle(qtbot, page)
    written = pl.read_csv(target)
    assert written["usage_count"].to_list() == counts(page)
    assert isinstance(said[0], Notice)
    assert said[0].text.endswith("rows to out.csv.")


def test_that_a_table_for_people_has_months_across_totals_and_says_what_it_is(
    qtbot: QtBot, page: DataPage, library: Library, tmp_path: Path
) -> None:
    target = tmp_path / "director.xlsx"
    page.context.name_of = lambda folder: "Riverside University" if folder == library.layout.folder else ""
    page.export.ask_target = lambda: target
    page.export.write(Form.SHOWN)
    settle(qtbot, page)
    table, about = (
        pl.read_excel(target, sheet_name=name, infer_schema_length=None) for name in ("Usage", "About this table")
    )
    answer = page._answer
    assert answer is not None
    months = [cell_text.month(one.first) for one in answer.series.months]
    assert table.columns[:2] == ["Title", "Source"]
    assert [name for name in table.columns if name[-4:].isdigit()] == months
    ends = table.filter(pl.col("Title") == "Total")
    assert ends.height == 1
    (metric,) = page.choosers.choice.metrics
    assert ends["Total"].item() == sum(counts(page))
    assert ends["Metric"].item() == metric
    assert table.filter(pl.col("Title") != "Total")["Total"].sum() == sum(counts(page))
    told = dict(about.iter_rows())
    assert told["Library"] == "Riverside University"
    assert (told["Report"], told["Releases of COUNTER"]) == ("Title Report (TR)", "5, 5.1")
    assert told["Never to be added to"].startswith("Platform Report (PR): ")
    assert told["Metrics"] == metric
    assert told["Months"] == page.choosers.months_words()
    assert "No use is known of" in told
    assert told["Made by"].startswith("NoLCAT Desktop")


def test_that_whatever_shows_or_leaves_the_table_says_which_numbers_are_too_low(
    qtbot: QtBot, open_page: Callable[..., DataPage], tmp_path: Path
) -> None:
    damaged = negative_count(a_report(Release.R51, "TR"))
    file = tmp_path / "TR.tsv"
    file.write_bytes(tsv(damaged.grid))
    library = Library.open(tmp_path / "other", now)
    convert([file], library, Wishes(without_damaged=True), Progress())
    page = open_page(library)
    said: list[Notice] = []
    page.said.connect(said.append)
    lacking = (
        "Too low: TR of Rowan Shelf, Jan 2024: 1 count could not be read and was left out "
        f"({damaged.position} of TR.tsv)."
    )
    assert page.totals.note.text().startswith(f"△ {lacking}")
    series = page.chart.chart.series()
    assert series is not None
    assert [month.is_partial for month in series.months] == [True, False, False]
    assert page.chart.chart._of_month(series, 0).endswith(f". {lacking}")
    assert "could not be read" not in page.chart.chart._of_month(series, 1)
    qtbot.keyClick(page.chart.chart, Qt.Key.Key_Home)
    assert page.chart.chart.accessibleDescription().endswith(lacking)
    page.do("select_all")
    page.do("copy")
    target = tmp_path / "director.xlsx"
    page.export.ask_target = lambda: target
    page.export.write(Form.SHOWN)
    settle(qtbot, page)
    assert [one.text.endswith(lacking) for one in said] == [True, True]
    assert dict(pl.read_excel(target, sheet_name="About this table").iter_rows())["Too low"] == lacking
    page.choosers.months_popup.changed.emit(date(2024, 2, 1), date(2024, 3, 1))
    settle(qtbot, page)
    assert "could not be read" not in page.totals.note.text()


def test_that_rows_that_would_look_equal_are_told_apart_unasked(page: DataPage) -> None:
    keys = [column.key for column in page.table.usage.columns]
    assert keys[:3] == ["resource_name", "source_name", "data_type"]
    assert "YOP" in keys
    seen = page.table.usage.frame.select(key for key in keys if key != "usage_count")
    assert seen.n_unique() == seen.height
    page._hide_column("YOP")
    assert "YOP" not in page._columns()


def test_that_after_adding_the_months_just_added_are_shown(
    qtbot: QtBot, open_page: Callable[..., DataPage], tmp_path: Path
) -> None:
    library = Library.open(tmp_path / "other", now)
    for name in ("rowan-shelf_TR_2024.json", "rowan-shelf_TR_2019.tsv"):
        convert([SAMPLES / name], library, Wishes(), Progress())
    page = open_page(library)
    settle(qtbot, page)
    assert page.choosers.months_words() == "Jan 2019 – Dec 2024"
    page.receive("added")
    settle(qtbot, page)
    assert page.choosers.months_words() == "Jan – Dec 2019"
    page.limits_line.clear_all.click()
    settle(qtbot, page)
    assert page.choosers.months_words() == "Jan 2019 – Dec 2024"
    assert page.limits_line.isHidden()
    convert([SAMPLES / "tidal-index_DR_2024.tsv"], library, Wishes(), Progress())
    page.receive("added")
    settle(qtbot, page)
    assert (page.choosers.report.currentData(), page.choosers.months_words()) == ("DR", "Jan – Dec 2024")


def test_that_more_columns_are_read_when_they_are_asked_for(qtbot: QtBot, page: DataPage) -> None:
    page.choosers.columns.chosen.emit(["resource_name", "YOP", "metric_type", "usage_count"])
    settle(qtbot, page)
    assert [column.key for column in page.table.usage.columns] == ["resource_name", "YOP", "metric_type", "usage_count"]
    assert page.table.usage.index(0, 1).data()


def test_that_no_room_makes_tabs_and_room_puts_panes_beside_each_other(qtbot: QtBot, page: DataPage) -> None:
    shapes = []
    for layout, size in (
        (LayoutClass.TIGHT, (600, 400)),
        (LayoutClass.MEDIUM, (900, 800)),
        (LayoutClass.MEDIUM, (900, 500)),
        (LayoutClass.WIDE, (1100, 700)),
    ):
        page.resize(*size)
        page.layout_class_changed(layout)
        qtbot.wait(1)
        shapes.append(page.panes_widget.shape)
        assert page.table.usage.rowCount() > 0
    assert shapes == [Shape.TABS, Shape.BELOW, Shape.TABS, Shape.BESIDE]


def test_that_everything_that_takes_the_focus_has_a_name(page: DataPage) -> None:
    wanted = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, wanted)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not isinstance(widget.parent(), QComboBox)
        and not widget.objectName().startswith("qt_")
    ]
    assert [f"{type(one).__name__} in {type(one.parent()).__name__}" for one in nameless] == []


def test_that_every_table_has_a_current_cell(page: DataPage) -> None:
    for table in (page.table, page.totals.table, page.chart.table):
        assert table.currentIndex().isValid()


def test_that_what_another_place_asks_is_the_question_and_one_click_leads_back_to_all(
    qtbot: QtBot, page: DataPage, library: Library
) -> None:
    (source,) = library.coverage().filter(pl.col("report_type") == "PR")["statistics_source_ID"].unique()
    page.table.filters.type_in("resource_name", "ТОРФ")
    page.receive(Wish(("IR", "PR"), (source,), ("2020-03", "2020-04"), "Searches_Platform"))
    settle(qtbot, page)
    assert page.choosers.report.currentText() == "Platform Report (PR)"
    told = page.header.summary_text()
    assert told.startswith("Searches_Platform · Platform Report (PR) · Mar – Apr 2020 · all sources · ")
    assert page.table.filters.typed() == {}
    asked = library.scan(["PR"]).filter(
        pl.col("usage_date").is_between(pl.date(2020, 3, 1), pl.date(2020, 4, 1)),
        pl.col("metric_type") == "Searches_Platform",
    )
    assert counts(page) == asked.collect()["usage_count"].to_list()
    page.limits_line.clear_all.click()
    settle(qtbot, page)
    assert page.choosers.choice.metrics == ("Searches_Platform",)
    assert page.choosers.months_words() == "Jan 2019 – Dec 2022"
    assert page.limits_line.isHidden()


def test_that_uses_are_in_sight_and_what_has_no_room_is_said_of_the_current_row(qtbot: QtBot, page: DataPage) -> None:
    table = page.table
    page.choosers.columns.chosen.emit([column.key for column in all_columns()])
    settle(qtbot, page)
    keys = [column.key for column in table.usage.columns]
    qtbot.waitUntil(lambda: page.row_line.isVisible())
    uses = keys.index("usage_count")
    assert not table.isColumnHidden(uses)
    assert table.columnViewportPosition(uses) + table.columnWidth(uses) <= table.viewport().width()
    assert "Platform: Rowan Shelf" in page.row_line.full_text()
    page._memory.put_columns(())


@pytest.mark.parametrize("size", [100, 200])
def test_that_metrics_are_never_cut_where_several_are_shown(qtbot: QtBot, page: DataPage, size: int) -> None:
    page.context.theme.use(replace(page.context.settings, text_size=size))
    page.choosers.show_all()
    settle(qtbot, page)
    table = page.table
    at = [column.key for column in table.usage.columns].index("metric_type")
    widest = max(table.fontMetrics().horizontalAdvance(one.metric) for one in page._answer.totals.rows)  # type: ignore[union-attr] # there is one
    assert not table.isColumnHidden(at)
    assert table.columnWidth(at) >= widest
    uses = [column.key for column in table.usage.columns].index("usage_count")
    assert table.columnViewportPosition(uses) + table.columnWidth(uses) <= table.viewport().width()


def test_that_a_year_is_one_click(qtbot: QtBot, page: DataPage) -> None:
    popup = page.choosers.months_popup
    assert [button.text() for button in popup.year_buttons] == ["2024", "2023", "2022"]
    popup.set_today(date(2025, 3, 1))
    popup.set_months(popup._months, popup._months[0], popup._months[-1])
    last, *years = popup.year_buttons
    assert (last.text(), last.toolTip(), len(years)) == ("Last year", "Jan – Dec 2024", 3)
    years[2].click()
    settle(qtbot, page)
    assert page.choosers.months_words() == "Jan – Dec 2022"
    popup.first_month.setCurrentIndex(6)
    popup.first_month.activated.emit(6)
    words = [(button.text(), button.toolTip()) for button in popup.year_buttons]
    assert words == [
        ("This year", "Jul – Dec 2024"),
        ("Last year", "Jul 2023 – Jun 2024"),
        ("2024/25", "Jul – Dec 2024"),
        ("2023/24", "Jul 2023 – Jun 2024"),
        ("2022/23", "Jul 2022 – Jun 2023"),
        ("2021/22", "Jan – Jun 2022"),
    ]
    popup.year_buttons[4].click()
    settle(qtbot, page)
    assert page.choosers.months_words() == "Jul 2022 – Jun 2023"
    assert page.context.remembered.get("annual_first_month", 1) == 7
