"""One number, everywhere: what the window shows of random reports is what the cells of their files add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.pages.data_forms import Form
from nolcat_desktop.gui.pages.data_page import DataPage
from tests.builders import a_report, tsv
from tests.cli.running import answered
from tests.gui.counted_cells import at_random, cells_of
from tests.gui.frame_builders import settled

METRIC = "Total_Item_Requests"
IN_BOTH_YEARS = {1: ("02", "03"), 2: ("03",)}
"""Source → months that are loaded of 2023 and of 2024."""


def _of_workbook(file: Path) -> int:
    rows = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    at = rows[0].index("usage_count")
    return sum(int(str(row[at])) for row in rows[1:])


READ_BACK: dict[str, Callable[[Path], int]] = {
    ".csv": lambda file: int(pl.read_csv(file)["usage_count"].sum()),
    ".tsv": lambda file: int(pl.read_csv(file, separator="\t")["usage_count"].sum()),
    ".parquet": lambda file: int(pl.read_parquet(file)["usage_count"].sum()),
    ".xlsx": _of_workbook,
}


def _now() -> datetime:
    return datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def _cells(file: Path) -> Counter[tuple[str, str]]:
    """Metric and month → uses, of the file's own cells."""
    told = cells_of(file, "TR")
    return Counter({(metric, month): uses for month, one in told.items() for metric, uses in one.sums.items()})


def _taken_out(qtbot: QtBot, page: DataPage, folder: Path) -> Iterator[tuple[str, int]]:
    """Each way out of the table, with the uses that are read back."""
    page.do("select_all")
    page.do("copy")
    settled(qtbot, page.context.runner)
    yield "copied", sum(int(row.rpartition("\t")[2]) for row in QGuiApplication.clipboard().text().splitlines())
    for ending, read in READ_BACK.items():
        target = folder / f"shown{ending}"
        page.export.ask_target = lambda target=target: target  # type: ignore[misc] # mypy cannot tell what it is
        page.export.write(Form.DATA)
        settled(qtbot, page.context.runner)
        yield ending, read(target)


@pytest.mark.parametrize("seed", range(3))
def test_that_every_sum_of_the_data_page_is_that_of_the_files_cells(
    qtbot: QtBot, make_place: Callable[..., Any], tmp_path: Path, seed: int
) -> None:
    random, expected, paired = Random(seed), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for source in (1, 2):
        for begin in (date(2023, 1 + source, 1), date(2024, 1, 1)):
            file = tmp_path / f"{source}-{begin:%Y-%m}.tsv"
            file.write_bytes(tsv(at_random(a_report(Release.R5, "TR", begin=begin, months=3), random)))
            cells = _cells(file)
            expected += cells
            paired += Counter({at: uses for at, uses in cells.items() if at[1][5:] in IN_BOTH_YEARS[source]})
            ran = answered("convert", file, "--library", tmp_path / "library", "--source", source, "--json")
            assert ran.code == 0, ran.err
    page = make_place(DataPage, Library.open(tmp_path / "library", _now), _now)
    by_metric: Counter[str] = Counter()
    for (metric, _month), uses in expected.items():
        by_metric[metric] += uses
    months = {month: uses for (metric, month), uses in expected.items() if metric == METRIC}

    assert {one.metric: one.uses for one in page._answer.totals.rows} == by_metric
    for one in page._answer.totals.rows:
        years = [sum(n for at, n in paired.items() if at[0] == one.metric and at[1][:4] == y) for y in ("2023", "2024")]
        assert [one.before, one.compared] == years
    line = page.chart.chart.series().lines[METRIC]
    shown = zip(page.chart.chart.series().months, line, strict=True)
    assert {f"{month.first:%Y-%m}": uses for month, uses in shown if uses} == months
    for way, uses in _taken_out(qtbot, page, tmp_path):
        assert uses == by_metric[METRIC], way
