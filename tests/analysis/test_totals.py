"""Totals, months and gaps: never a number for what is not known."""

from __future__ import annotations

from datetime import date

import polars as pl

from nolcat_desktop.analysis.conditions import Condition, Contains, InMonth
from nolcat_desktop.analysis.looking import Answer, Question, answer
from nolcat_desktop.analysis.month_series import Seam
from nolcat_desktop.analysis.table_query import Choice, Sorting
from nolcat_desktop.analysis.totals import Change
from tests.analysis.held import TIR, UIR, Row, holding, known


def month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def asked(rows: list[Row], coverage: pl.DataFrame, begin: str, end: str, *metrics: str, **more: object) -> Answer:
    choice = Choice(month(begin), month(end), metrics=metrics)
    return answer(holding(rows, coverage), Question(choice, **more))  # type: ignore[arg-type]


def row(source: int, when: str, uses: int, metric: str = TIR, release: str = "5", title: str = "Nature") -> Row:
    return (source, title, metric, month(when), uses, release)


USED = "usage"


def test_that_a_month_nothing_is_known_of_is_a_gap_and_a_known_one_without_use_is_zero() -> None:
    coverage = known((1, "5", "2024-01", USED), (1, "5", "2024-02", "confirmed_zero"), (1, "5", "2024-04", USED))
    found = asked([row(1, "2024-01", 5), row(1, "2024-04", 7)], coverage, "2024-01", "2024-04", TIR).series
    assert found.lines[TIR] == (5, 0, None, 7)
    assert [each.is_gap for each in found.months] == [False, False, True, False]
    assert found.months[2].states == {"missing"}
    assert found.gaps == 1


def test_that_what_is_not_ready_or_no_longer_offered_is_no_zero() -> None:
    coverage = known((1, "5", "2024-01", "no_data"), (1, "5", "2024-02", "not_ready"))
    found = asked([], coverage, "2024-01", "2024-02", TIR).series
    assert found.lines[TIR] == (None, None)


def test_that_a_month_of_which_a_source_is_missing_is_partial() -> None:
    coverage = known(
        (1, "5", "2024-01", USED), (1, "5", "2024-02", USED), (1, "5", "2024-03", USED), (2, "5", "2024-01", USED),
        (2, "5", "2024-03", USED),
    )  # fmt: skip
    found = asked([row(1, "2024-02", 5)], coverage, "2024-01", "2024-03", TIR).series
    assert [each.is_partial for each in found.months] == [False, True, False]
    assert (found.months[1].counted, found.months[1].expected) == (1, 2)


def test_that_a_change_of_release_is_a_seam() -> None:
    coverage = known((1, "5", "2023-12", USED), (1, "5.1", "2024-01", USED), (1, "5.1", "2024-02", USED))
    assert asked([], coverage, "2023-12", "2024-02", TIR).series.seams == (Seam(1, ("5",), ("5.1",)),)


def test_that_metrics_are_never_added_and_every_one_has_its_total() -> None:
    coverage = known((1, "5", "2024-01", USED))
    rows = [row(1, "2024-01", 5), row(1, "2024-01", 3, UIR), row(1, "2024-01", 2, title="Cell")]
    found = asked(rows, coverage, "2024-01", "2024-01", TIR)
    assert [(each.metric, each.uses) for each in found.totals.rows] == [(TIR, 7), (UIR, 3)]
    assert found.count == 2


def test_that_only_months_known_in_both_years_are_compared() -> None:
    coverage = known((1, "5", "2023-01", USED), (1, "5", "2024-01", USED), (1, "5", "2024-02", USED))
    rows = [row(1, "2023-01", 10), row(1, "2024-01", 12), row(1, "2024-02", 100)]
    found = asked(rows, coverage, "2024-01", "2024-02", TIR).totals
    assert (found.rows[0].uses, found.rows[0].compared, found.rows[0].before) == (112, 12, 10)
    assert found.rows[0].change == 0.2
    assert (found.compared, found.known, found.across, found.crossed) == (1, 2, (), 0)


def test_that_nothing_is_compared_with_months_that_are_only_partly_there_a_year_before() -> None:
    coverage = known(
        *((1, "5", month, USED) for month in ("2023-01", "2024-01", "2024-02")), (1, "5", "2023-02", "partial")
    )
    rows = [row(1, month, uses) for month, uses in (("2023-01", 10), ("2023-02", 1), ("2024-01", 12), ("2024-02", 100))]
    found = asked(rows, coverage, "2024-01", "2024-02", TIR).totals
    assert (found.rows[0].uses, found.rows[0].compared, found.rows[0].before) == (112, 12, 10)
    assert asked(rows, coverage, "2024-02", "2024-02", TIR).totals.rows[0].before is None


def test_that_nothing_is_compared_with_a_year_that_is_not_loaded() -> None:
    found = asked([row(1, "2024-01", 12)], known((1, "5", "2024-01", USED)), "2024-01", "2024-01", TIR).totals
    assert found.rows[0].before is None
    assert found.rows[0].change is None


def test_that_nothing_is_compared_across_releases_and_that_is_told() -> None:
    coverage = known(
        (1, "5", "2022-12", USED), (1, "5", "2023-01", USED), (1, "5", "2023-12", USED), (1, "5.1", "2024-01", USED)
    )
    rows = [row(1, "2022-12", 10), row(1, "2023-01", 1), row(1, "2023-12", 11), row(1, "2024-01", 99, release="5.1")]
    found = asked(rows, coverage, "2023-12", "2024-01", TIR).totals
    assert (found.rows[0].uses, found.rows[0].compared, found.rows[0].before) == (110, 11, 10)
    assert (found.across, found.crossed, found.compared) == ((Change("5", "5.1"),), 1, 1)
    alone = asked(rows, coverage, "2024-01", "2024-01", TIR).totals
    assert alone.rows[0].change is None
    assert alone.across


def test_that_a_report_of_release_4_a_year_before_is_told_and_not_compared() -> None:
    older = known((1, "4", "2018-01", USED), (2, "4", "2018-01", USED)).with_columns(report_type=pl.lit("JR1"))
    coverage = pl.concat([known((1, "5", "2019-01", USED)), older])
    found = asked([row(1, "2019-01", 12)], coverage, "2019-01", "2019-01", TIR).totals
    assert found.older == ("JR1",)
    assert found.rows[0].before is None


def test_that_months_counted_twice_are_told() -> None:
    coverage = known((1, "5", "2024-01", "overlapping"))
    assert asked([row(1, "2024-01", 12)], coverage, "2024-01", "2024-01", TIR).totals.overlapping == 1


def test_that_a_filter_on_the_source_rules_which_months_are_known() -> None:
    coverage = known((1, "5", "2024-01", USED), (2, "5", "2024-02", USED))
    only = Condition("source_name", Contains("jstor"))
    found = asked([row(2, "2024-02", 4)], coverage, "2024-01", "2024-02", TIR, conditions=(only,)).series
    assert found.lines[TIR] == (None, 4)


def test_that_months_a_filter_leaves_out_are_no_gaps() -> None:
    coverage = known(*((1, "5", f"2024-{n:02}", USED) for n in range(1, 13)))
    only = Condition("usage_date", InMonth(3))
    found = asked([row(1, "2024-03", 4)], coverage, "2024-01", "2024-12", TIR, conditions=(only,)).series
    assert [each.first for each in found.months] == [month("2024-03")]
    assert found.lines[TIR] == (4,)


def test_that_uses_are_shown_even_where_coverage_does_not_know_the_month() -> None:
    found = asked([row(1, "2024-02", 4)], known((1, "5", "2024-01", USED)), "2024-01", "2024-02", TIR).series
    assert found.lines[TIR] == (0, 4)


def test_that_an_answer_built_on_the_last_one_is_the_answer_built_anew() -> None:
    coverage = known((1, "5", "2023-01", USED), (1, "5", "2024-01", USED), (2, "5", "2024-01", USED))
    rows = [row(1, "2023-01", 10), row(1, "2024-01", 12), row(2, "2024-01", 3, UIR), row(2, "2024-01", 9)]
    on = holding(rows, coverage)
    questions = [
        Question(Choice(metrics=(TIR,))),
        Question(Choice(metrics=(TIR,)), (), Sorting("usage_count")),
        Question(Choice(month("2024-01"), None)),
        Question(Choice(sources=(2,))),
        Question(Choice(sources=(2,)), (Condition("metric_type", Contains("unique")),)),
        Question(),
    ]
    last: Answer | None = None
    for question in questions:
        last, anew = answer(on, question, last), answer(on, question)
        assert (last.totals, last.series, last.count) == (anew.totals, anew.series, anew.count)
        assert (None if last.rows is None else last.rows.to_list()) == (
            None if anew.rows is None else anew.rows.to_list()
        )
