"""How much the window's thread works at once where a library is large: 300 sources × 20 years × 5 reports, and a
history of 3,000 entries; a table as in `test_steps`."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollBar

from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.pages import history_reader
from nolcat_desktop.gui.pages.history_filter import row_of
from nolcat_desktop.gui.pages.history_page import HistoryPage
from nolcat_desktop.gui.pages.history_reader import Past
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.theme import Theme
from tests.gui.screen.test_steps import Table, done, opened, table

__all__ = ["table"]
pytestmark = [pytest.mark.screen, pytest.mark.benchmark, pytest.mark.exhaustive]

REPORTS = ("DR_D1", "IR_A1", "PR_P1", "TR_B1", "TR_J1")
SOURCES, ENTRIES, YEAR, RELEASE_5 = 300, 3000, 12, 2019 * 12
STATES = (*("usage",) * 20, "restated", "confirmed_zero")
WIDTHS = (1200, 1100, 1000, 980, 1280)


def coverage() -> pl.DataFrame:
    """Every month of twenty years, but one in twenty."""
    chance = random.Random(3)
    rows = [
        (source, report, "4" if at < RELEASE_5 else "5", f"{at // YEAR}-{at % YEAR + 1:02}", chance.choice(STATES))
        for source in range(1, SOURCES + 1)
        for report in REPORTS
        for at in range(2005 * YEAR, 2025 * YEAR)
        if chance.random() >= 0.05
    ]
    return pl.DataFrame(rows, ["statistics_source_ID", "report_type", "release", "month", "state"], orient="row")


class _Sources:
    def names(self) -> dict[int, str]:
        return {one: f"Source of many names {one}" for one in range(1, SOURCES + 1)}


def scrolled(bar: QScrollBar) -> list[Callable[[], object]]:
    """From the top to the end."""
    return [lambda at=at: bar.setValue(bar.maximum() * at // 20) for at in range(21)]  # type: ignore[misc]


def test_that_a_large_library_comes_in_small_steps(
    table: Table, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = coverage()
    monkeypatch.setattr(Library, "coverage", lambda _: frame)
    monkeypatch.setattr(Library, "sources", lambda _: _Sources())
    window = opened(table, theme, tmp_path, sample=True)
    page, scene = window.front.place, table.scene
    assert isinstance(page, LibraryPage)
    scene("read again", window, page.reader.read)
    view, bar = page.view, page.bar
    assert len(view.coverage.grid.sources) == SOURCES
    scene("scrolled", window, *scrolled(view.verticalScrollBar()))
    scene("all opened", window, view.expandAll)
    scene("scrolled", window, *scrolled(view.verticalScrollBar()))
    for what in ("next_gap", "previous_gap"):
        scene(what, window, *(partial(page.do, what),) * 5)
    scene("words to find", window, partial(bar.finder.setText, "2"), partial(bar.finder.setText, "29"), bar.clear)
    scene("only with gaps", window, partial(bar.only_gaps.setChecked, True), bar.clear)
    scene("years, months", window, partial(view.set_months, False), partial(view.set_months, True))
    scene("earlier years", window, *(partial(view.set_first_year, at) for at in (15, 10, 5, 0)))
    scene("keys", window, *(partial(QTest.keyClick, view, key) for key in (Qt.Key.Key_Right, Qt.Key.Key_Down)))
    scene("panel", window, partial(page.show_panel, True), partial(page.show_panel, False))
    scene("window narrower", window, *(partial(window.resize, width, 720) for width in WIDTHS))
    scene("gaps", window, page.work_through_gaps, *scrolled(page.gaps.table.verticalScrollBar()), page.show_grid)
    scene("all marked", window, view.selectAll)
    scene("find a command", window, window.actions_table["find_command"].trigger)
    done(window)
    scene("away and back", window, partial(window.go, "history"), partial(window.go, "library"))
    window.close()
    window.deleteLater()


def test_that_a_long_history_comes_in_small_steps(
    table: Table, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = history_reader.past_of

    def many(library: Library, today: date) -> Past:
        past = real(library, today)
        entries = tuple(replace(past.entries[0], entry=number) for number in range(ENTRIES, 0, -1))
        rows = tuple(row_of(entry, past.names or {}, today) for entry in entries)
        return replace(past, entries=entries, rows=rows, undo=ENTRIES)

    monkeypatch.setattr(history_reader, "past_of", many)
    window = opened(table, theme, tmp_path, sample=True)
    scene = table.scene
    scene("shown", window, partial(window.go, "history"))
    page = window.front.place
    assert isinstance(page, HistoryPage)
    assert page.table.facts.rowCount() == ENTRIES
    scene("read again", window, page.reader.read)
    scene("scrolled", window, *scrolled(page.table.verticalScrollBar()))
    scene("words to find", window, partial(page.bar.finder.setText, "ad"), page.bar.clear)
    scene("window narrower", window, *(partial(window.resize, width, 720) for width in WIDTHS))
    scene("keys", window, *(partial(QTest.keyClick, page.table, key) for key in (Qt.Key.Key_Down, Qt.Key.Key_End)))
    scene("all chosen", window, page.table.selectAll)
    scene("away and back", window, partial(window.go, "library"), partial(window.go, "history"))
    window.close()
    window.deleteLater()
