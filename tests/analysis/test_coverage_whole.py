"""Coverage as rows, with what is missing and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.analysis.coverage_grid import CellState, build
from nolcat_desktop.analysis.coverage_whole import whole_coverage
from tests.analysis.held import known


@dataclass(frozen=True, slots=True)
class Said:
    """No report exists, in these months of every source."""

    months: tuple[str, ...]
    note: str = ""

    def covers(self, _source_id: int, _report_type: str, month: str) -> bool:
        return month in self.months


def coverage(*rows: tuple[int, str, str, str]) -> pl.DataFrame:
    order = ("statistics_source_ID", "report_type", "release", "month", "state", "usage_total")
    return known(*rows).with_columns(usage_total=pl.lit(5, pl.Int64)).select(order)


SOME = coverage((1, "5", "2018-11", "usage"), (1, "5.1", "2019-02", "restated"))


def test_that_months_between_reports_are_never_loaded_and_carry_the_release_before() -> None:
    found = whole_coverage(SOME, (), None)
    assert found.select("month", "release", "state", "usage_total").rows() == [
        ("2018-11", "5", "usage", 5),
        ("2018-12", "5", "never_loaded", None),
        ("2019-01", "5", "never_loaded", None),
        ("2019-02", "5.1", "restated", 5),
    ]


def test_that_months_after_the_last_are_missing_only_when_they_are_due() -> None:
    found = whole_coverage(SOME, (Said(("2019-01", "2019-02")),), date(2019, 4, 30))
    assert dict(found.select("month", "state").iter_rows()) == {
        "2018-11": "usage",
        "2018-12": "never_loaded",
        "2019-01": "no_report",
        "2019-02": "restated",
        "2019-03": "never_loaded",
    }
    assert found.schema == SOME.schema


def test_that_nothing_known_is_nothing_missing() -> None:
    assert whole_coverage(SOME.clear(), (), date(2019, 4, 1)).height == 0


def test_that_restated_months_are_usage_with_a_mark_and_answered_ones_no_gap() -> None:
    grid = build(SOME, {}, date(2019, 3, 1), (Said(("2018-12",)),))
    line = grid.sources[0].lines[0]
    states = {f"{grid.first_day(at):%Y-%m}": line.state(at) for at in range(10, 14)}
    assert states == {
        "2018-11": CellState.USAGE,
        "2018-12": CellState.ANSWERED,
        "2019-01": CellState.MISSING,
        "2019-02": CellState.USAGE,
    }
    assert [grid.first_day(at) for at in line.restated] == [date(2019, 2, 1)]
    assert line.missing == (12,)
    assert (line.year(0).expected, grid.sources[0].whole.restated) == (1, line.restated)
