"""The grid of sources, reports and months: what is missing, what is only not due, and where releases meet."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from nolcat_desktop.analysis.coverage_gaps import Gap, by_month, gaps, missing, narrowed, new_months
from nolcat_desktop.analysis.coverage_grid import CellState, Grid, Line, build
from nolcat_desktop.analysis.lacking import Missing
from nolcat_desktop.analysis.missing_months import request_for_months

S = CellState
TODAY = date(2024, 6, 15)


def months(first: str, last: str) -> list[str]:
    """All months from `first` to `last`, both yyyy-mm."""
    ends = [int(each[:4]) * 12 + int(each[5:]) - 1 for each in (first, last)]
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(ends[0], ends[1] + 1)]


def rows(source: int, report: str, release: str, of: list[str], state: str = "usage") -> pl.DataFrame:
    return pl.DataFrame(
        {"statistics_source_ID": source, "report_type": report, "release": release, "month": of, "state": state}
    )


def line(grid: Grid, report: str) -> Line:
    return next(found for _, found in grid.lines() if found.report_type == report)


def test_that_a_month_between_the_first_and_the_last_is_missing() -> None:
    known = rows(1, "TR", "5.1", [*months("2024-01", "2024-01"), *months("2024-03", "2024-04")])
    found = line(build(known, {}, TODAY), "TR")
    assert [found.state(at) for at in range(5)] == [S.USAGE, S.MISSING, S.USAGE, S.USAGE, S.EMPTY]


@pytest.mark.parametrize(
    ("today", "missing"),
    [(date(2024, 6, 27), 0), (date(2024, 6, 28), 1), (date(2024, 12, 28), 7), (date(2024, 12, 27), 6)],
)
def test_that_a_month_is_due_four_weeks_after_its_end(today: date, missing: int) -> None:
    grid = build(rows(1, "TR", "5.1", months("2024-01", "2024-04")), {}, today)
    assert len(line(grid, "TR").missing) == missing


def test_that_nothing_is_expected_before_the_first_report() -> None:
    known = pl.concat([rows(1, "TR", "5", months("2022-01", "2024-05")), rows(2, "DR", "5", ["2024-05"])])
    found = line(build(known, {}, TODAY), "DR")
    assert set(found.states[:28]) == {S.EMPTY}
    assert found.missing == ()


def test_that_years_between_release_4_and_the_report_that_goes_on_for_it_are_missing() -> None:
    known = pl.concat(
        [
            rows(1, "BR2", "4", months("2016-01", "2018-12")),
            rows(1, "TR", "5", months("2021-03", "2024-05")),
            rows(1, "TR_B1", "5", months("2022-01", "2024-05")),
            rows(1, "DR", "5", months("2022-01", "2024-05")),
            rows(2, "JR1", "4", months("2016-01", "2019-06")),
            rows(2, "TR_J1", "5", months("2019-07", "2024-05")),
            rows(3, "BR1", "4", months("2018-01", "2018-12")),
            rows(3, "TR_B3", "5", months("2023-01", "2024-05")),
            rows(3, "TR_B1", "5", months("2023-01", "2024-05")),
        ]
    )
    grid = build(known, {}, TODAY)
    found = {
        (each.source_id, each.report_type): [grid.first_day(at) for at in each.missing] for _, each in grid.lines()
    }
    assert (len(found[1, "TR"]), found[1, "TR"][0], found[1, "TR"][-1]) == (26, date(2019, 1, 1), date(2021, 2, 1))
    assert [len(found[key]) for key in ((1, "TR_B1"), (1, "DR"), (2, "JR1"), (2, "TR_J1"))] == [0, 0, 0, 0]
    assert (len(found[3, "TR_B1"]), len(found[3, "TR_B3"])) == (48, 0)


def test_that_release_4_is_expected_to_its_end_where_another_report_goes_on_for_it() -> None:
    known = pl.concat([rows(1, "JR1", "4", months("2017-01", "2018-03")), rows(1, "TR", "5", ["2019-01"])])
    grid = build(known, {}, date(1900, 1, 1))
    assert [len(line(grid, report).missing) for report in ("JR1", "TR")] == [9, 0]


def test_that_release_4_is_not_expected_after_2018() -> None:
    grid = build(rows(1, "JR1", "4", months("2017-01", "2018-10")), {}, TODAY)
    assert [grid.first_day(at) for at in line(grid, "JR1").missing] == [date(2018, 11, 1), date(2018, 12, 1)]


def test_that_release_3_goes_on_in_the_line_of_release_4_with_a_seam() -> None:
    old = rows(1, "JR1", "3", months("2012-01", "2013-12"))
    found = line(build(pl.concat([old, rows(1, "JR1", "4", months("2014-01", "2018-12"))]), {}, TODAY), "JR1")
    assert (dict(found.seams), found.missing) == ({24: ("3", "4")}, ())


def test_that_release_3_is_expected_until_2013_or_until_the_report_that_goes_on_for_release_4() -> None:
    old = rows(1, "JR1", "3", months("2012-01", "2013-10"))
    grid = build(old, {}, TODAY)
    assert [grid.first_day(at) for at in line(grid, "JR1").missing] == [date(2013, 11, 1), date(2013, 12, 1)]
    grid = build(pl.concat([old, rows(1, "TR_J1", "5", ["2019-02", "2019-03"])]), {}, TODAY)
    missing = [grid.first_day(at) for at in line(grid, "JR1").missing]
    assert (missing[0], missing[-1], len(missing)) == (date(2013, 11, 1), date(2018, 12, 1), 62)
    assert grid.first_day(line(grid, "TR_J1").missing[0]) == date(2019, 1, 1)


def test_that_a_change_of_release_is_a_seam_and_not_a_gap() -> None:
    known = pl.concat(
        [rows(1, "TR", "5", months("2023-01", "2023-12")), rows(1, "TR", "5.1", months("2024-01", "2024-05"))]
    )
    found = line(build(known, {}, TODAY), "TR")
    assert dict(found.seams) == {12: ("5", "5.1")}
    assert found.missing == ()


def test_that_usage_speaks_before_an_empty_report_of_another_release() -> None:
    known = pl.concat([rows(1, "TR", "5", ["2024-05"], "confirmed_zero"), rows(1, "TR", "5.1", ["2024-05"])])
    found = line(build(known, {}, TODAY), "TR")
    assert (found.state(4), found.releases[4]) == (S.USAGE, "5.1")


def test_that_a_source_shows_what_most_needs_attention_among_its_reports() -> None:
    known = pl.concat(
        [
            rows(1, "TR", "5", months("2024-01", "2024-05")),
            rows(1, "DR", "5", ["2024-01", "2024-03"]),
            rows(1, "DR", "5", ["2024-04"], "not_ready"),
            rows(1, "PR", "5", ["2024-05"], "overlapping"),
        ]
    )
    grid = build(known, {1: "Alpha"}, TODAY)
    whole = grid.sources[0].whole
    assert [whole.state(at) for at in range(6)] == [S.USAGE, S.MISSING, S.USAGE, S.NOT_READY, S.OVERLAPPING, S.EMPTY]
    assert [each.report_type for each in grid.sources[0].lines] == ["DR", "PR", "TR"]


def test_that_sources_are_in_the_order_of_their_names_and_go_by_their_number_without_one() -> None:
    known = pl.concat([rows(each, "TR", "5", ["2024-05"]) for each in (1, 2, 3)])
    assert [source.name for source in build(known, {1: "beta", 2: "Alpha"}, TODAY).sources] == ["3", "Alpha", "beta"]


def test_that_a_year_counts_what_is_there_of_what_is_expected() -> None:
    known = rows(1, "TR", "5.1", ["2024-02", "2024-04", "2024-05"])
    year = line(build(known, {}, TODAY), "TR").year(0)
    assert (year.state, year.there, year.expected) == (S.MISSING, 3, 4)
    assert year.counts == {S.EMPTY: 8, S.USAGE: 3, S.MISSING: 1}


def test_that_gaps_are_runs_of_months() -> None:
    known = pl.concat(
        [rows(7, "TR", "5", months("2023-01", "2023-10")), rows(7, "TR", "5.1", months("2024-03", "2024-05"))]
    )
    assert gaps(build(known, {7: "Alpha"}, TODAY)) == (
        Gap(7, "Alpha", "TR", date(2023, 11, 1), date(2024, 2, 1), 4, "5"),
    )


def test_that_a_month_counts_once_for_each_report_and_the_end_of_a_report_apart() -> None:
    known = pl.concat(
        [
            rows(1, "TR", "5", [*months("2023-01", "2023-03"), *months("2023-06", "2024-05")]),
            rows(1, "DR", "5", [*months("2023-01", "2023-04"), *months("2023-06", "2024-05")]),
            rows(2, "TR", "5", months("2018-01", "2019-12")),
            rows(2, "PR", "5", ["2018-01", "2018-03"]),
            rows(3, "TR", "5", months("2024-01", "2024-04")),
        ]
    )
    grid = build(known, {}, date(2024, 7, 1))
    assert missing(grid) == Missing(4, 2, ended=3, ended_sources=2, newest=date(2024, 4, 1), oldest=date(2018, 3, 1))
    found = gaps(grid)
    between = [gap for gap in found if gap.newest is None]
    assert sum(gap.months for gap in between) == missing(grid).months
    assert found[: len(between)] == tuple(between)
    assert [(gap.source_id, gap.report_type, gap.newest, gap.months) for gap in found[len(between) :]] == [
        (2, "PR", date(2018, 3, 1), 74),
        (2, "TR", date(2019, 12, 1), 53),
        (3, "TR", date(2024, 4, 1), 1),
    ]
    assert sorted(gap.months for gap in by_month(found)) == [1] * 5 + [53, 74]
    assert missing(build(rows(1, "TR", "5", ["2024-05"]), {}, TODAY)) == Missing()


def test_that_new_months_are_those_whose_uses_are_known_only_now() -> None:
    before = build(rows(1, "TR", "5", ["2024-04"]), {}, TODAY)
    known = pl.concat([rows(1, "TR", "5", ["2023-12", "2024-04"]), rows(2, "DR", "5", ["2024-05"], "not_ready")])
    after = build(known, {}, TODAY)
    assert new_months(before, after) == {(1, "TR"): frozenset({date(2023, 12, 1)})}
    assert new_months(after, before) == {}
    assert new_months(None, after) == {}


def test_that_an_empty_library_has_an_empty_grid() -> None:
    grid = build(rows(1, "TR", "5", ["2024-05"]).clear(), {}, TODAY)
    assert (grid.sources, grid.months, gaps(grid)) == ((), 12, ())


def test_that_the_message_names_report_release_and_months() -> None:
    gap = Gap(7, "Alpha", "TR", date(2023, 11, 1), date(2024, 2, 1), 4, "5")
    one = Gap(7, "Alpha", "ZZ", date(2023, 3, 1), date(2023, 3, 1), 1, "")
    text = request_for_months([gap, one])
    assert text.startswith("Subject: COUNTER reports of Alpha: missing months\n")
    assert "Release 5: November 2023 to February 2024 (4 months)" in text
    assert "  ZZ: March 2023\n" in text
    assert request_for_months([]) == ""


def test_that_a_narrowed_grid_has_only_what_was_asked_for() -> None:
    known = pl.concat(
        [
            rows(1, "TR", "5", months("2024-01", "2024-05")),
            rows(1, "DR", "5", ["2024-01", "2024-05"]),
            rows(2, "TR", "5", months("2024-01", "2024-05")),
        ]
    )
    grid = build(known, {1: "Éditions Alpha", 2: "Beta"}, TODAY)
    assert [source.name for source in narrowed(grid, find=" éditions ").sources] == ["Éditions Alpha"]
    only = narrowed(grid, report_type="TR")
    assert [len(source.lines) for source in only.sources] == [1, 1]
    assert only.sources[0].whole.missing == ()
    assert [line.report_type for _, line in narrowed(grid, only_gaps=True).lines()] == ["DR"]
    assert narrowed(grid, find="nobody").sources == ()
