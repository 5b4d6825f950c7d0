"""Where a number comes from: of a line of totals and of a bar, down to the cell in its file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.table_query import Choice
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.cell_dialog import CellDialog
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.proof_dialog import ExplanationDialog
from nolcat_desktop.gui.sample import sample_reports
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.gui.frame_builders import now, press_key, settled

T = TypeVar("T", bound=QDialog)
METRICS = ("Total_Item_Requests", "Unique_Item_Requests")
FILES = ("rowan-shelf_TR_2019.tsv", "rowan-shelf_TR_2020.xlsx")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every test begins with: filled once, and copied."""
    folder = tmp_path_factory.mktemp("filled") / "Library"
    library = Library.open(folder, now)
    convert([sample_reports() / name for name in FILES], library, Wishes(), Progress())
    convert([sample_reports() / "rowan-shelf_TR_2022.csv"], library, Wishes(7), Progress())
    return folder


@pytest.fixture
def page(make_window: Callable[..., MainWindow], qtbot: QtBot, filled: Path, tmp_path: Path) -> DataPage:
    shutil.copytree(filled, tmp_path / "Library")
    window = make_window(places=PLACES)
    qtbot.waitUntil(lambda: not window.door.reach.empty)
    settled(qtbot, window.context.runner)
    window.go("data")
    settled(qtbot, window.context.runner)
    made = window.front.place
    assert isinstance(made, DataPage)
    made.choosers._become(Choice(date(2019, 1, 1), date(2022, 12, 1), (), METRICS))
    settled(qtbot, window.context.runner)
    qtbot.waitUntil(lambda: len(getattr(made.chart.chart.series(), "lines", ())) > 1)
    return made


def explained(page: DataPage, qtbot: QtBot) -> ExplanationDialog:
    page.do("where_from")
    return newest(page, qtbot, ExplanationDialog)


def newest(page: DataPage, qtbot: QtBot, kind: type[T]) -> T:
    settled(qtbot, page.context.runner)
    return [one for one in page.findChildren(kind) if one.isVisible()][-1]


def test_that_a_line_of_totals_is_the_sum_of_its_cells_over_all_sources(page: DataPage, qtbot: QtBot) -> None:
    page.totals.table.setFocus()
    page.totals.table.setCurrentIndex(page.totals.model.index(1, 0))
    total = page.totals.model.total(1)
    shown = explained(page, qtbot)
    assert shown._found.total == total.uses == shown._found.cells["usage_count"].sum()
    assert shown._found.is_proved
    assert shown._found.source == "Rowan Shelf, Rowan Shelf"
    assert total.metric in shown.title.text()
    assert "was shown" not in shown.title.text()
    assert len({load.source_id for load in shown._found.loads}) == 2


def test_that_filters_on_texts_narrow_the_explanation_and_others_are_refused(page: DataPage, qtbot: QtBot) -> None:
    said: list[str] = []
    page.said.connect(lambda notice: said.append(notice.text))
    before = page.totals.model.total(0).uses
    page.table.filters.type_in("resource_name", "o")
    page.table.filters.type_in("source_name", "rowan")
    settled(qtbot, page.context.runner)
    page.totals.table.setFocus()
    total = page.totals.model.total(page.totals.table.currentIndex().row())
    assert 0 < total.uses < before
    shown = explained(page, qtbot)
    assert shown._found.total == total.uses == shown._found.cells["usage_count"].sum()
    assert set(shown._found.source.split(", ")) == {"Rowan Shelf"}
    shown.close()
    page.table.filters.type_in("usage_count", "> 2")
    settled(qtbot, page.context.runner)
    page.totals.table.setFocus()
    page.do("where_from")
    assert said[-1] == ("Sums over the filter on Uses cannot be traced: clear it, or ask of a line of the table.")


def test_that_a_bar_is_the_sum_of_its_month_and_its_cell_is_shown_in_its_file(page: DataPage, qtbot: QtBot) -> None:
    chart = page.chart.chart
    chart.setFocus()
    press_key(chart, Qt.Key.Key_Right)
    page.do("where_from")
    qtbot.waitUntil(lambda: len(page.explaining.menu.actions()) > 1)
    first = page.explaining.menu.actions()[0]
    page.explaining.menu.close()
    first.trigger()
    shown = newest(page, qtbot, ExplanationDialog)
    series = chart.series()
    assert series is not None
    metric, uses = next((name, line[0]) for name, line in series.lines.items())
    assert (shown._found.asked.metric, shown._found.total) == (metric, uses)
    row = shown._found.cells.row(0, named=True)
    assert shown.line.text() == f"{row['position']}: added · {row['resource_name']}"  # whole, however long
    shown.show_cell.click()
    cell = newest(page, qtbot, CellDialog)
    at, column = cell.sheet.ringed
    assert at is not None
    assert column is not None
    assert cell.sheet.cells.place(at, column) == row["position"]
    assert cell.sheet.cells.index(at, column).data() == row["value"]
    assert row["position"] in cell.title.text()
    counts = cell.current.text().split(": ", 1)[1].split(" · ")
    assert cell.current.text().startswith(f"{row['position']}: ")
    assert {metric, row["resource_name"], row["value"]} < set(counts)


def test_that_the_table_beside_the_chart_asks_for_the_current_metric(page: DataPage, qtbot: QtBot) -> None:
    page.chart.as_table.click()
    page.chart.table.setFocus()
    page.chart.table.setCurrentIndex(page.chart.model.index(2, 2))
    shown = explained(page, qtbot)
    series = page.chart.chart.series()
    assert series is not None
    metric = list(series.lines)[1]
    assert (shown._found.asked.metric, shown._found.total) == (metric, series.lines[metric][2])


def test_that_every_number_is_asked_about_by_its_menu_and_by_a_double_click(page: DataPage, qtbot: QtBot) -> None:
    asked: list[None] = []
    page.explaining.asked.connect(lambda: asked.append(None))
    menu = page.table._menu(page.table.usage.columns[0], page.table.usage.index(0, 0))
    assert menu.actions()[0].text() == "Where this number comes from"
    for pane in (page.totals.table, page.chart.table, page.chart.chart):
        assert pane.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu
    assert page.explaining.at_pointer.actions()[0].text() == "Where this number comes from"
    page.totals.table.setFocus()
    page.totals.table.doubleClicked.emit(page.totals.model.index(0, 0))
    newest(page, qtbot, ExplanationDialog).close()
    page.table.setFocus()
    page.table.doubleClicked.emit(page.table.usage.index(0, 0))
    newest(page, qtbot, ExplanationDialog).close()
    assert len(asked) == 2


def test_that_without_a_mark_it_says_where_to_go(page: DataPage) -> None:
    said: list[str] = []
    page.said.connect(lambda notice: said.append(notice.text))
    page.chart.chart.setFocus()
    page.do("where_from")
    assert said == ["No number is current: go to a line of the table, or to a month with a bar."]
