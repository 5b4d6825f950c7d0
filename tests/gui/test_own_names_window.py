"""Our names in Look at data, all metrics that stay, and the totals of the Library place that explain themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.table_query import Choice
from nolcat_desktop.dataset import Alias, Library, Named
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.proof_dialog import ExplanationDialog
from nolcat_desktop.gui.sample import sample_reports
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from nolcat_desktop.workflow.answering import name_alias
from tests.gui.frame_builders import REPORT, settled


@pytest.fixture
def window(make_window: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    made = make_window(places=PLACES)
    library = library_of(made)
    convert([REPORT], library, Wishes(7), Progress())
    changed(made, qtbot)
    return made


def library_of(window: MainWindow) -> Library:
    assert window.context.library is not None
    return window.context.library


def changed(window: MainWindow, qtbot: QtBot) -> None:
    window.context.library_changed.emit()
    settled(qtbot, window.context.runner)
    qtbot.waitUntil(lambda: not window.door.reach.empty)
    settled(qtbot, window.context.runner)


def data(window: MainWindow, qtbot: QtBot) -> DataPage:
    window.go("data")
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, DataPage)
    return page


def newest(page: DataPage | LibraryPage, qtbot: QtBot) -> ExplanationDialog:
    settled(qtbot, page.context.runner)
    return [one for one in page.findChildren(ExplanationDialog) if one.isVisible()][-1]


def test_that_our_names_are_a_switch_that_is_remembered_and_explained(window: MainWindow, qtbot: QtBot) -> None:
    page = data(window, qtbot)
    assert page.names.isHidden()
    page._columns_chosen(["platform", *page._columns()])
    name_alias(library_of(window), [Alias(Named.PLATFORM, "Rowan Shelf", "Rowan", None, "2019-02")])
    changed(window, qtbot)
    qtbot.waitUntil(page.names.isVisible)
    model = page.table.usage

    def platforms() -> set[tuple[bool, str]]:
        settled(qtbot, window.context.runner)
        months = [str(model.value(row, "usage_date"))[:7] for row in range(model.rowCount())]
        return {(month < "2019-02", str(model.value(row, "platform"))) for row, month in enumerate(months)}

    page._sort(None)
    assert {name for _, name in platforms()} == {"Rowan Shelf"}
    page.names.click()
    settled(qtbot, window.context.runner)
    qtbot.waitUntil(lambda: "our names" in page.header.summary_text())
    assert platforms() == {(True, "Rowan Shelf"), (False, "Rowan")}
    assert window.context.remembered.get("own_names", False)
    row = next(row for row in range(model.rowCount()) if model.value(row, "platform") == "Rowan")
    page.table.setCurrentIndex(model.index(row, 0))
    page.table.setFocus()
    page.do("where_from")
    shown = newest(page, qtbot)
    assert shown._found.total >= int(str(model.value(row, "usage_count"))) > 0
    assert shown._found.is_proved
    shown.close()
    page.names.click()
    settled(qtbot, window.context.runner)
    assert {name for _, name in platforms()} == {"Rowan Shelf"}


def test_that_all_metrics_stay_chosen_when_the_library_changes_and_the_next_time(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = data(window, qtbot)
    page.choosers.show_all()
    page.choosers.changed.emit()
    settled(qtbot, window.context.runner)
    assert not page.choosers.choice.metrics
    convert([sample_reports() / "rowan-shelf_TR_2020.xlsx"], library_of(window), Wishes(7), Progress())
    changed(window, qtbot)
    assert not page.choosers.choice.metrics
    assert page.choosers.metrics_words() == "All metrics"
    assert page._memory.asked().metrics == ("*",)
    page.choosers._become(Choice(date(2019, 1, 1), date(2019, 12, 1), (), ("Unique_Item_Requests",)))
    settled(qtbot, window.context.runner)
    changed(window, qtbot)
    assert page.choosers.choice.metrics == ("Unique_Item_Requests",)


def test_that_a_total_of_a_cell_explains_itself_and_reports_are_never_added(window: MainWindow, qtbot: QtBot) -> None:
    convert([sample_reports() / "rowan-shelf_PR_2019-2022.tsv"], library_of(window), Wishes(7), Progress())
    changed(window, qtbot)
    window.go("library")
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, LibraryPage)
    page.view.go_to((7, "", date(2019, 3, 1)))
    window.actions_table["where_from"].trigger()
    totals = {fact.cells[0]: fact.cells[1] for fact in page.panel.totals.facts.facts}
    assert {"TR · Total_Item_Requests", "PR · Total_Item_Requests"} <= set(totals)
    metrics = [fact.key for fact in page.panel.totals.facts.facts]
    page.panel.totals.setCurrentIndex(page.panel.totals.facts.index(metrics.index(("TR", "Total_Item_Requests")), 0))
    window.actions_table["where_from"].trigger()
    shown = newest(page, qtbot)
    assert number(shown._found.total) == totals["TR · Total_Item_Requests"]
    assert shown._found.asked.months == ("2019-03",)
    assert shown._found.is_proved
    assert "was shown" not in shown.title.text()
    shown.close()
