"""Standard views in Look at data: as loaded, and worked out of their master where they were not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.proof_dialog import ExplanationDialog
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from nolcat_desktop.workflow.showing import show
from nolcat_desktop.workflow.viewing import Wanted
from tests.builders import a_report, tsv
from tests.builders.damage import negative_count
from tests.gui.frame_builders import now, settled

J1 = "TR_J1 of TR"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two masters of two releases, and the view itself of the first three months of one of them."""
    folder = tmp_path_factory.mktemp("made")
    reports = {
        "five": (a_report(Release.R5, "TR", months=6, titles=30, seed=3), 1),
        "view": (a_report(Release.R5, "TR_J1", months=3, titles=4, seed=4), 1),
        "five-one": (a_report(Release.R51, "TR", months=4, titles=30, seed=5), 2),
    }
    for name, (report, source) in reports.items():
        path = folder / f"{name}.tsv"
        path.write_bytes(tsv(report))
        convert([path], Library.open(folder / "library", now), Wishes(source), Progress())
    return folder / "library"


@pytest.fixture
def page(make_place: Callable[..., Any], filled: Path, tmp_path: Path) -> DataPage:
    shutil.copytree(filled, tmp_path / "library")
    made = make_place(DataPage, Library.open(tmp_path / "library", now), now)
    assert isinstance(made, DataPage)
    return made


def turn(page: DataPage, qtbot: QtBot, key: str) -> None:
    report = page.choosers.report
    report.setCurrentIndex(report.findData(key))
    report.activated.emit(report.currentIndex())
    settled(qtbot, page.context.runner)
    page.choosers.show_all()
    settled(qtbot, page.context.runner)


def rows_of(page: DataPage) -> list[int]:
    model = page.table.usage
    return [int(str(model.value(row, "usage_count"))) for row in range(model.rowCount())]


def totals_of(page: DataPage) -> dict[str, int]:
    rows = page.totals.model.rowCount()
    return {page.totals.model.total(row).metric: page.totals.model.total(row).uses for row in range(rows)}


def by_metric(table: pl.DataFrame) -> dict[str, int]:
    return dict(table.group_by("metric_type").agg(pl.col("reporting_period_total").sum()).iter_rows())


def test_that_what_is_stored_stands_first_and_only_views_that_can_be_worked_out_follow(page: DataPage) -> None:
    report = page.choosers.report
    keys = [report.itemData(at) for at in range(report.count())]
    assert keys[:3] == ["TR", "TR_J1", None]
    assert keys[3:] == [f"{view} of TR" for view in ("TR_B1", "TR_B2", "TR_B3", "TR_J1", "TR_J2", "TR_J3", "TR_J4")]
    assert report.itemText(keys.index(J1)) == "Journal Requests (Controlled), worked out (TR_J1 of TR)"


@pytest.mark.parametrize("view", ["TR_J1", "TR_B1", "TR_J3"])
def test_that_a_view_has_the_sums_that_the_command_line_shows(page: DataPage, qtbot: QtBot, view: str) -> None:
    turn(page, qtbot, f"{view} of TR")
    library = page.context.library
    assert library is not None
    shown = show(library, view)
    assert totals_of(page) == by_metric(shown.table)
    assert sum(rows_of(page)) == int(shown.table["reporting_period_total"].sum())
    assert page.header.summary_text().count(f"({view} of TR)") == 1
    page.choosers.sources_list.set_ticked(["2"])
    page.choosers._sources_chosen(["2"])
    settled(qtbot, page.context.runner)
    assert totals_of(page) == by_metric(show(library, view, Wanted((2,))).table)


def test_that_months_of_the_master_are_no_gaps_and_the_view_as_stored_is_still_by_itself(
    page: DataPage, qtbot: QtBot
) -> None:
    turn(page, qtbot, J1)
    months = [*page.looker.holding.coverage.filter(report_type="TR_J1")["month"]] if page.looker.holding else []
    assert len(months) == 6 + 4
    series = page.chart.chart.series()
    assert series is not None
    assert {f"{each.first:%Y-%m}" for each in series.months if not each.is_gap} == set(months)
    turn(page, qtbot, "TR_J1")
    library = page.context.library
    assert library is not None
    stored = library.scan(["TR_J1"]).group_by("metric_type").agg(pl.col("usage_count").sum()).collect()
    assert totals_of(page) == dict(stored.iter_rows())


def test_that_each_line_is_traced_to_the_cells_of_the_report_that_it_is_taken_from(
    page: DataPage, qtbot: QtBot
) -> None:
    turn(page, qtbot, J1)
    model, seen = page.table.usage, set()
    page.table.setFocus()
    for row in range(model.rowCount()):
        kind = (str(model.value(row, "report_type")), str(model.value(row, "release")))
        if kind in seen:
            continue
        seen.add(kind)
        page.table.setCurrentIndex(model.index(row, 0))
        page.do("where_from")
        settled(qtbot, page.context.runner)
        (shown,) = (one for one in page.findChildren(ExplanationDialog) if one.isVisible())
        assert (
            shown._found.total == shown._found.cells["usage_count"].sum() == int(str(model.value(row, "usage_count")))
        )
        assert shown._found.is_proved
        assert {load.report_type for load in shown._found.loads} == {kind[0]}
        shown.close()
        shown.deleteLater()
        qtbot.waitUntil(lambda: not any(one.isVisible() for one in page.findChildren(ExplanationDialog)))
    assert seen == {("TR_J1", "5"), ("TR", "5"), ("TR", "5.1")}


def test_that_sums_of_a_view_are_not_traced_and_that_is_said(page: DataPage, qtbot: QtBot) -> None:
    turn(page, qtbot, J1)
    said: list[Notice] = []
    page.said.connect(said.append)
    page.totals.table.setFocus()
    page.totals.table.setCurrentIndex(page.totals.model.index(0, 0))
    page.do("where_from")
    assert [one.text for one in said] == [
        "Sums of a view that is worked out cannot be traced: ask of a line of the table."
    ]


def test_that_what_the_master_left_out_is_said_beside_the_view_and_only_of_the_months_shown(
    page: DataPage, qtbot: QtBot, tmp_path: Path
) -> None:
    library = page.context.library
    assert library is not None
    report = a_report(Release.R51, "TR", months=2, titles=6, seed=8)
    damaged = tmp_path / "damaged.tsv"
    damaged.write_bytes(tsv(negative_count(report).grid))
    convert([damaged], library, Wishes(3, without_damaged=True), Progress())
    page.context.library_changed.emit()
    turn(page, qtbot, J1)
    told = [one for one in page.export.lacking() if not one.startswith("Contradiction")]
    assert len(told) == 1
    assert "TR of" in told[0]
    assert "damaged.tsv" in told[0]
    page.choosers._become(page.choosers.choice.__class__(date(2023, 1, 1), date(2023, 1, 1), (1,)))
    settled(qtbot, page.context.runner)
    assert not any("damaged.tsv" in one for one in page.export.lacking())


def test_that_a_view_is_asked_again_at_the_next_start(
    page: DataPage, qtbot: QtBot, make_place: Callable[..., Any]
) -> None:
    turn(page, qtbot, J1)
    page.context.remembered.save()
    again = make_place(DataPage, page.context.library, now)
    assert again.choosers.report.currentData() == J1


def test_that_the_list_is_as_wide_as_its_words_and_the_button_as_what_is_chosen(page: DataPage, qtbot: QtBot) -> None:
    report = page.choosers.report
    turn(page, qtbot, "TR")
    narrow = report.sizeHint().width()
    report.showPopup()
    popup = report.view().window()
    assert isinstance(popup, QWidget)
    widest = max(report.fontMetrics().horizontalAdvance(report.itemText(at)) for at in range(report.count()))
    assert report.view().width() >= widest > narrow
    report.hidePopup()


def test_that_a_view_and_a_master_that_count_differently_are_told_with_both_numbers(
    page: DataPage, qtbot: QtBot
) -> None:
    turn(page, qtbot, J1)
    library = page.context.library
    assert library is not None
    months = library.scan(["TR_J1"]).select("usage_date").unique().collect()["usage_date"]
    counted = pl.col("usage_count").sum()
    own = dict(library.scan(["TR_J1"]).group_by("metric_type").agg(counted).collect().iter_rows())
    regular = (pl.col("access_method") == "Regular") & (pl.col("access_type") == "Controlled")
    journals = regular & (pl.col("data_type") == "Journal")
    of_master = library.scan(["TR"], [1]).filter(pl.col("usage_date").is_in(months.implode()), journals)
    others = dict(of_master.group_by("metric_type").agg(counted).collect().iter_rows())
    told = [one for one in page.export.lacking() if one.startswith("Contradiction")]
    assert {metric: f"counts {own[metric]:,} {metric} for" in " ".join(told) for metric in own} == dict.fromkeys(
        own, True
    )
    assert all(f"its TR gives {others.get(metric, 0):,}." in " ".join(told) for metric in own)
    page.choosers._sources_chosen(["2"])
    settled(qtbot, page.context.runner)
    assert not any(one.startswith("Contradiction") for one in page.export.lacking())


def test_that_what_a_view_counts_only_is_a_limit_that_leads_to_the_whole_report(page: DataPage, qtbot: QtBot) -> None:
    turn(page, qtbot, J1)
    (limit,) = page.limits_line.limits
    assert limit.words == "TR_J1: Journal, Controlled, Regular"
    assert page.limits_line.clear_all.isHidden()
    page.limits_line.buttons[0].click()
    settled(qtbot, page.context.runner)
    assert page.choosers.report.currentData() == "TR"
