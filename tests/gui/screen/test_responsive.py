"""The longest time that the window's thread does nothing for who sits before it, while there is much to do.

The figures are printed; what is asserted is loose, because other work may share the machine.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.conditions import Kind
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.data_table import UsageTable
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.theme import Theme
from tests.benchmarks import reports

pytestmark = [pytest.mark.screen, pytest.mark.benchmark]

EVERY = 5
"""Milliseconds between two looks at the clock."""
LONGEST_GAP = 5.0
"""Seconds."""
PATIENCE = 180_000
"""Milliseconds for the whole of the work."""


@dataclass(slots=True)
class Gaps:
    """What a timer of `EVERY` ms found, in seconds."""

    found: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    """The same, but only what the window's thread worked itself: without what other programs took."""

    @property
    def longest(self) -> float:
        """The longest gap between two looks."""
        return max(self.found, default=0.0)

    def told(self, what: str) -> str:
        """The three longest, in words."""
        longest = " · ".join(f"{gap * 1000:.0f}" for gap in sorted(self.found, reverse=True)[:3])
        own = " · ".join(f"{gap * 1000:.0f}" for gap in sorted(self.own, reverse=True)[:3])
        return f"{what}: longest gaps of the event loop {longest} ms, of its own work {own} ms"


@contextmanager
def watched() -> Iterator[Gaps]:
    """Measure the gaps of the event loop while the block runs it."""
    gaps, timer, last, worked = Gaps(), QTimer(), time.perf_counter(), time.thread_time()

    def look() -> None:
        nonlocal last, worked
        now, work = time.perf_counter(), time.thread_time()
        gaps.found.append(now - last)
        gaps.own.append(work - worked)
        last, worked = now, work

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(look)
    timer.start(EVERY)
    yield gaps
    look()
    timer.stop()


def a_large_report(folder: Path, rows: int) -> Path:
    """The yardstick's Title Report of at least `rows` rows as TSV, without its other forms."""
    file = folder / "large.tsv"
    heads: list[Sequence[str | int]] = [[label, value] for label, value in reports.HEADER.items()]
    titles = list(reports._titles(rows, random.Random(11)))
    lines = [*heads, [], [*reports.ELEMENTS, *reports.MONTHS], *reports._rows(titles)]
    file.write_text("".join("\t".join(map(str, line)) + "\n" for line in lines), encoding="utf-8-sig", newline="\n")
    return file


@pytest.mark.parametrize("rows", [50_000, pytest.param(200_000, marks=pytest.mark.exhaustive)])
def test_that_the_window_answers_while_much_is_checked_and_added(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path, rows: int
) -> None:
    report = a_large_report(tmp_path, rows)
    window = make_window(places=PLACES)
    runner = window.context.runner
    runner.apart.warm()
    while window.front.make_next():  # as the program does when it has nothing else to do
        QApplication.processEvents()
    with watched() as checking:
        window.open_paths([report])
        qtbot.waitUntil(lambda: not runner.jobs, timeout=PATIENCE)
    page = window.front.place
    assert isinstance(page, AddPage)
    qtbot.waitUntil(page.add_action.isEnabled)
    with watched() as adding:
        page.add_action.trigger()
        qtbot.waitUntil(lambda: not runner.jobs, timeout=PATIENCE)
    library = window.context.library
    assert library is not None
    with watched() as looking:
        window.go("data")
        qtbot.waitUntil(lambda: not runner.jobs, timeout=PATIENCE)
    print()
    for what, gaps in (("checking", checking), ("adding", adding), ("looking at", looking)):
        print(gaps.told(f"{what} {rows:,} rows"))
    assert sum(held.load.tally.rows for held in library.holdings()) > rows
    assert max(checking.longest, adding.longest, looking.longest) < LONGEST_GAP


def a_million_rows() -> pl.DataFrame:
    """Titles, months and counts, all different."""
    number = pl.int_range(1_000_000, eager=True)
    return pl.DataFrame({"number": number}).select(
        title_name=pl.format("Journal of Tides {}", pl.col("number") // 48),
        usage_date=pl.lit(date(2024, 1, 1)),
        metric_type=pl.lit("Total_Item_Requests"),
        usage_count=pl.col("number") % 97,
    )


def test_that_a_million_rows_scroll_without_a_hitch(qtbot: QtBot, theme: Theme) -> None:
    del theme
    table, frame = UsageTable(), a_million_rows()
    qtbot.addWidget(table)
    table.resize(1000, 700)
    table.show()
    columns = [
        Column("title_name", "Title", Kind.TEXT, 300),
        Column("usage_date", "Month", Kind.MONTH),
        Column("metric_type", "Metric", Kind.TEXT),
        Column("usage_count", "Count", Kind.COUNT),
    ]
    with watched() as gaps:
        table.show_frame(frame, columns, None)
        bar = table.verticalScrollBar()
        for step in range(101):
            bar.setValue(bar.maximum() * step // 100)
            QApplication.processEvents()
            qtbot.wait(1)
    print()
    print(gaps.told("scrolling 1,000,000 rows"))
    assert table.usage.index(table.rowAt(table.viewport().height() - 8), 3).data() is not None
    assert bar.value() == bar.maximum()
    assert gaps.longest < LONGEST_GAP
