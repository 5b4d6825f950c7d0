"""Annual statistics: each number with its definition, sources and what it lacks; the same as the command line's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.job import JobState
from nolcat_desktop.gui.pages.annual_page import AnnualPage
from nolcat_desktop.gui.proof_dialog import ExplanationDialog
from nolcat_desktop.gui.sample import sample_reports
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from nolcat_desktop.workflow.explaining import explain
from nolcat_desktop.workflow.explaining_annual import what_adds
from nolcat_desktop.workflow.surveying import survey
from tests.gui.frame_builders import now, settled

FILES = ("rowan-shelf_TR_2022.csv", "rowan-shelf_TR_2024.json", "tidal-index_DR_2024.tsv")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = Library.open(tmp_path_factory.mktemp("library"), now)
    convert([sample_reports() / name for name in FILES], made, Wishes(), Progress())
    return made


@pytest.fixture
def page(make_place: Callable[..., Any], library: Library, qtbot: QtBot) -> AnnualPage:
    made: AnnualPage = make_place(AnnualPage, library, now)
    made.shown()
    settled(qtbot, made.context.runner)
    return made


def go_to(page: AnnualPage, name: str) -> None:
    names = [fact.key for fact in page.questions.facts.facts]
    page.questions.setCurrentIndex(page.questions.facts.index(names.index(name), 0))


def test_that_the_last_whole_year_is_answered_with_what_it_is_made_of(page: AnnualPage, library: Library) -> None:
    assert page.year.currentText() == "2024"
    expected = survey(library, date(2024, 1, 1), date(2024, 12, 31))
    shown = {fact.key: fact.cells[1] for fact in page.questions.facts.facts}
    assert list(shown) == [one.statistic.name for one in expected.answers]
    searches = next(one for one in expected.answers if one.statistic.name == "ARL 19")
    assert searches.total > 0
    go_to(page, "ARL 19")
    assert page.right.number.text() == shown["ARL 19"]
    assert f"{searches.total:,}" in page.right.number.text()
    assert page.right.definition.text() == "ARL 19: Regular searches of databases."
    assert [fact.cells[:2] for fact in page.parts.facts.facts] == [("DR_D1", "Searches_Regular")]
    assert [fact.cells for fact in page.sources.facts.facts] == [("Tidal Index Service", f"{searches.total:,}")]
    assert sum(searches.by_source.values()) == searches.total


def test_that_what_a_source_adds_is_explained_by_the_cells_of_the_view(
    page: AnnualPage, library: Library, qtbot: QtBot
) -> None:
    found = page.survey()
    assert found is not None
    asked = [(adds, source) for one in found.answers for source in one.by_source for adds in what_adds(one, source)]
    assert {adds.asked.report_type for adds, _ in asked} == {"TR", "DR"}
    for adds, _ in asked:
        explained = explain(library, adds.asked, Progress())
        assert (explained.total, explained.is_proved) == (adds.uses, True)
    for one in found.answers:
        for source, uses in one.by_source.items():
            assert sum(adds.uses for adds in what_adds(one, source)) == uses
    size, sizes = page.right.number.font().pointSizeF(), page.splitter.sizes()
    page.layout_class_changed(LayoutClass.TIGHT)
    assert page.right.number.font().pointSizeF() == size > page.font().pointSizeF()
    assert page.stack.currentWidget() is page.tabs
    assert [page.tabs.tabText(at) for at in range(page.tabs.count())] == ["Questions", "The number"]
    go_to(page, "ARL 18")
    page.do("where_from")
    assert page.tabs.currentWidget() is page.right
    settled(qtbot, page.context.runner)
    (dialog,) = page.findChildren(ExplanationDialog)
    journals = next(one for one in found.answers if one.statistic.name == "ARL 18")
    of = "Title Report (TR) (access_method = Regular; data_type = Journal), Jan – Dec 2024."
    assert dialog.title.text().startswith(f"{journals.total:,} = Unique_Item_Requests, Rowan Shelf, {of}")
    page.layout_class_changed(LayoutClass.WIDE)
    assert page.stack.currentWidget() is page.splitter
    assert page.questions.isVisible()
    assert page.right.isVisible()
    assert page.splitter.sizes() == sizes  # whoever comes back from a tab has its share again


def test_that_a_year_that_was_stopped_leaves_what_was_shown_under_its_own_name(page: AnnualPage, qtbot: QtBot) -> None:
    before = [fact.cells for fact in page.questions.facts.facts]
    page.first_month.setCurrentIndex(3)
    page.first_month.activated.emit(3)
    (job,) = page.context.runner.jobs
    assert not job.quiet
    page.context.runner.cancel(job)
    settled(qtbot, page.context.runner)
    assert job.state is JobState.CANCELLED
    assert (page.first_month.currentData(), page.year.currentText()) == (1, "2024")
    assert page.context.remembered.get("annual_first_month", 1) == 1
    assert [fact.cells for fact in page.questions.facts.facts] == before


def test_that_a_number_that_lacks_something_is_a_lower_bound_and_its_footnote_says_so(page: AnnualPage) -> None:
    found = page.survey()
    assert found is not None
    low = next(one for one in found.answers if one.statistic.name == "ACRL 61a")
    go_to(page, "ACRL 61a")
    assert page.right.number.text().startswith("at least ")
    assert "No source has IR_M1" in page.right.lacks.text()
    page.do("copy")
    text = QGuiApplication.clipboard().text()
    assert text.startswith(f"ACRL 61a, Digital circulation of e-books and e-media: at least {low.total:,}.")
    assert "Jan 2024 to Dec 2024" in text
    assert "No source has IR_M1" in text


def test_that_a_fiscal_year_is_remembered_and_the_numbers_are_exported(
    page: AnnualPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.first_month.setCurrentIndex(6)
    page.first_month.activated.emit(6)
    settled(qtbot, page.context.runner)
    assert page.year.currentText() == "2024/25"
    found = page.survey()
    assert found is not None
    assert (found.months[0], found.months[-1]) == ("2024-07", "2025-06")
    assert page.context.remembered.get("annual_first_month", 0) == 7
    target = tmp_path / "annual.csv"
    page.ask_target = lambda: target
    page.do("export")
    settled(qtbot, page.context.runner)
    assert pl.read_csv(target)["statistic"].n_unique() == len(found.answers)
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget


def test_that_an_empty_library_says_so(make_place: Callable[..., Any], tmp_path: Path, qtbot: QtBot) -> None:
    page: AnnualPage = make_place(AnnualPage, Library.open(tmp_path / "none", now), now)
    page.shown()
    settled(qtbot, page.context.runner)
    assert page.stack.currentWidget() is page.empty
    assert page.can("export")
