"""Filters inside the header: where they stand, and what the keys do."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.conditions import Kind
from nolcat_desktop.gui.filter_header import FilterHeader
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.pages.data_table import UsageTable
from tests.analysis.held import TIR, held

COLUMNS = (
    Column("resource_name", "Title", Kind.TEXT, 160),
    Column("metric_type", "Metric", Kind.TEXT, 160),
    Column("usage_count", "Uses", Kind.COUNT, 72),
)

pytestmark = pytest.mark.usefixtures("theme")


@pytest.fixture
def table(qtbot: QtBot) -> UsageTable:
    made = UsageTable()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show_frame(held([(1, "Nature", TIR, date(2024, 1, 1), 5, "5")]), COLUMNS, None)
    made.show()
    return made


def spans(header: FilterHeader) -> list[tuple[int, int]]:
    return [(edit.x(), edit.x() + edit.width()) for edit in header.edits() if not edit.isHidden()]


def test_that_each_filter_stands_under_its_heading_inside_the_header(table: UsageTable) -> None:
    header = table.filters
    for section, edit in enumerate(header.edits()):
        left = header.sectionViewportPosition(section)
        assert left <= edit.x()
        assert edit.x() + edit.width() <= left + header.sectionSize(section)
        assert edit.y() + edit.height() <= header.height()


def test_that_filters_move_with_moved_and_vanish_with_hidden_columns(table: UsageTable) -> None:
    table.filters.moveSection(0, 2)
    assert table.filters.edits()[0].x() > table.filters.edits()[1].x()
    table.setColumnHidden(1, True)
    assert table.filters.edits()[1].isHidden()
    assert len(spans(table.filters)) == 2


def test_that_every_filter_has_a_name_and_says_what_may_be_typed(table: UsageTable) -> None:
    assert [edit.accessibleName() for edit in table.filters.edits()] == ["Filter Title", "Filter Metric", "Filter Uses"]
    assert [edit.placeholderText() for edit in table.filters.edits()] == ["contains", "contains", "from"]


def test_that_esc_clears_a_filter_and_enter_tells_at_once(qtbot: QtBot, table: UsageTable) -> None:
    edit = table.filters.edits()[2]
    qtbot.keyClicks(edit, "> 4")
    with qtbot.waitSignal(table.filters.filters_changed):
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert table.filters.typed() == {"usage_count": "> 4"}
    with qtbot.waitSignal(table.filters.filters_changed):
        qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert table.filters.typed() == {}


def test_that_what_is_typed_stays_when_columns_come_and_goes_with_its_column(table: UsageTable) -> None:
    table.filters.type_in("metric_type", "unique")
    frame = table.usage.frame
    table.show_frame(frame, (COLUMNS[1], COLUMNS[2]), None)
    assert table.filters.typed() == {"metric_type": "unique"}
    table.show_frame(frame, (COLUMNS[2],), None)
    assert table.filters.typed() == {}


def test_that_a_click_on_a_heading_asks_for_sorting(qtbot: QtBot, table: UsageTable) -> None:
    assert isinstance(table, QTableView)
    with qtbot.waitSignal(table.filters.sort_asked) as asked:
        viewport = table.filters.viewport()
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().topLeft() + QPoint(20, 8))
    assert asked.args == ["resource_name"]
