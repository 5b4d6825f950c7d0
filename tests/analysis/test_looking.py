"""One question and its answer: a month that was loaded of another source only is no zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from nolcat_desktop.analysis.conditions import Between, Condition, Contains
from nolcat_desktop.analysis.coverage_gaps import missing
from nolcat_desktop.analysis.coverage_grid import build
from nolcat_desktop.analysis.coverage_whole import unloaded
from nolcat_desktop.analysis.lacking import Missing
from nolcat_desktop.analysis.looking import Question, answer
from nolcat_desktop.analysis.summed_by import LEAST, MOST, YEAR_BEFORE, metrics_of
from nolcat_desktop.analysis.table_query import Choice
from nolcat_desktop.dataset import Answer
from tests.analysis.held import TIR, UIR, holding, known

MARCH, MAY = date(2022, 3, 1), date(2022, 5, 1)
ROWS = [
    (1, "Peat", TIR, date(2022, 3, 1), 7, "5"),
    (2, "Moss", TIR, date(2022, 4, 1), 5, "5"),
    (2, "Moss", TIR, date(2022, 5, 1), 9, "5"),
]
KNOWN = known(
    (1, "5", "2022-03", "usage"),
    (2, "5", "2022-03", "usage"),
    (2, "5", "2022-04", "usage"),
    (2, "5", "2022-05", "usage"),
)


def uses(*conditions: Condition) -> tuple[int | None, ...]:
    held = holding(ROWS, KNOWN)
    return answer(held, Question(Choice(begin=MARCH, end=MAY, metrics=(TIR,)), conditions)).series.lines[TIR]


def test_that_a_title_is_not_0_in_a_month_that_was_loaded_of_another_source_only() -> None:
    assert uses(Condition("resource_name", Contains("peat"))) == (7, None, None)
    assert uses(Condition("resource_name", Contains("moss"))) == (0, 5, 9)


def test_that_all_titles_together_are_counted_over_every_source() -> None:
    assert uses() == (7, 5, 9)
    assert uses(Condition("metric_type", Contains("total"))) == (7, 5, 9)


@pytest.mark.parametrize(
    ("said", "partial", "lacks"),
    [
        ((), [False, True, True], Missing(ended=1, ended_sources=1, newest=MARCH, oldest=MARCH)),
        ((Answer(1, "TR", "2022-04", None),), [False, False, False], Missing()),
        ((Answer(1, "TR", "2022-05", None),), [False, True, False], Missing(0, 0, 1, 1, MARCH, MARCH)),
    ],
)
def test_that_a_source_that_has_nothing_newer_is_a_part_that_lacks_until_it_is_said_to_have_ended(
    said: tuple[Answer, ...], partial: list[bool], lacks: Missing
) -> None:
    today = date(2022, 6, 30)
    held = replace(holding(ROWS, KNOWN), unloaded=unloaded(KNOWN, said, today))
    series = answer(held, Question(Choice(begin=MARCH, end=MAY, metrics=(TIR,)))).series
    assert [month.is_partial for month in series.months] == partial
    assert series.missing == lacks == missing(build(KNOWN, {}, today, said))
    assert series.lines[TIR] == (7, 5, 9)


def test_that_a_month_without_a_report_is_no_missing_one() -> None:
    known_here = known((1, "5", "2022-03", "usage"), (1, "5", "2022-05", "usage"))
    word = (Answer(1, "TR", "2022-04", "2022-04"),)
    held = replace(holding(ROWS[:1], known_here), unloaded=unloaded(known_here, word, date(2022, 6, 1)))
    series = answer(held, Question(Choice(begin=date(2022, 2, 1), end=MAY, metrics=(TIR,)))).series
    assert [month.states for month in series.months] == [set(), {"usage"}, {"no_report"}, {"usage"}]
    assert (series.lines[TIR], series.missing) == ((None, 7, None, 0), Missing())


def test_that_a_month_that_only_some_sources_have_yet_is_a_part_and_one_after_an_end_is_whole() -> None:
    today = date(2022, 5, 28)  # April is due, May is not
    rows = [(1, "Peat", TIR, date(2022, 4, 1), 7, "5"), *ROWS[1:]]
    here = known((1, "5", "2022-04", "usage"), (2, "5", "2022-04", "usage"), (2, "5", "2022-05", "usage"))
    question = Question(Choice(begin=date(2022, 4, 1), end=MAY, metrics=(TIR,)))
    series = answer(replace(holding(rows, here), unloaded=unloaded(here, (), today)), question).series
    assert [(month.counted, month.expected) for month in series.months] == [(2, 2), (1, 2)]
    assert (series.missing, [month.is_partial for month in series.months]) == (Missing(), [False, True])
    old = known((1, "5", "2021-12", "usage"), (2, "5", "2022-04", "usage"), (2, "5", "2022-05", "usage"))
    said = (Answer(1, "TR", "2022-01", None),)
    series = answer(replace(holding(rows, old), unloaded=unloaded(old, said, today)), question).series
    assert [(month.counted, month.expected) for month in series.months] == [(1, 1), (1, 1)]


@pytest.mark.parametrize("by", ["resource_name", "source_name"])
def test_that_sums_by_a_column_are_those_of_the_rows_and_who_was_not_used_is_0(by: str) -> None:
    choice = Choice(begin=MARCH, end=MARCH, metrics=(TIR,))
    sums = answer(holding(ROWS, KNOWN), Question(choice, by=by)).sums_by
    assert sums is not None
    assert metrics_of(sums) == (TIR,)
    assert sums[TIR].to_list() == [7, 0]
    assert answer(holding(ROWS, KNOWN), Question(choice)).sums_by is None
    peat = Question(choice, (Condition("resource_name", Contains("peat")),), by=by)
    assert answer(holding(ROWS, KNOWN), peat).sums_by[TIR].to_list() == [7]  # type: ignore[index] # there are sums
    many = Question(choice, (Condition("usage_count", Between(8, None)),), by=by)
    assert answer(holding(ROWS, KNOWN), many).sums_by[TIR].to_list() == [0, 0]  # type: ignore[index] # there are sums


def test_that_sums_stand_beside_their_year_before_only_where_every_month_can_be_compared() -> None:
    rows = [
        (1, "Peat", TIR, date(2021, 3, 1), 3, "5"),
        (1, "Fen", TIR, date(2021, 4, 1), 4, "5"),
        (1, "Peat", TIR, date(2022, 3, 1), 7, "5"),
        (1, "Moss", TIR, date(2022, 4, 1), 5, "5"),
        (1, "Moss", UIR, date(2021, 3, 1), 99, "5"),
        (2, "Peat", TIR, date(2022, 4, 1), 1, "5"),
    ]
    months = ("2021-03", "2021-04", "2022-03", "2022-04")
    held = holding(rows, known(*((1, "5", month, "usage") for month in months), (2, "5", "2022-04", "usage")))
    choice = Choice(begin=MARCH, end=date(2022, 4, 1), sources=(1,), metrics=(TIR,))
    found = answer(held, Question(choice, by="resource_name"))
    assert found.sums_by is not None
    assert found.sums_by.rows() == [("Peat", 7, 3, 2, 2), ("Moss", 5, 0, 2, 2), ("Fen", 0, 4, 2, 2)]
    assert sum(found.sums_by[YEAR_BEFORE]) == next(one.before for one in found.totals.rows if one.metric == TIR)
    narrow = Condition("resource_name", Contains("fen"))
    only = answer(held, Question(choice, (narrow,), by="resource_name"))
    assert only.sums_by is not None
    assert only.sums_by.rows() == [("Fen", 0, 4, 2, 2)]
    for other, conditions in (
        (replace(choice, sources=()), ()),  # the other source has no year before
        (replace(choice, metrics=(TIR, UIR)), ()),
        (replace(choice, begin=None), ()),
        (choice, (Condition("usage_date", Between(MARCH, MAY)),)),
        (choice, (Condition("usage_count", Between(6, None)),)),
    ):
        sums = answer(held, Question(other, conditions, by="resource_name")).sums_by
        assert sums is not None
        assert YEAR_BEFORE not in sums.columns
        assert metrics_of(sums) == other.metrics


def test_that_sums_say_of_how_many_months_they_are_and_what_was_never_loaded_is_no_0() -> None:
    rows = [
        *ROWS,
        (1, "Moss", TIR, date(2022, 3, 1), 2, "5"),
        (3, "Bog", TIR, date(2021, 3, 1), 9, "5"),
        (3, "Moss", TIR, date(2021, 3, 1), 1, "5"),
    ]
    held = holding(rows, pl.concat([KNOWN, known((3, "5", "2021-03", "usage"))]))
    choice = Choice(begin=MARCH, end=MAY, metrics=(TIR,))
    sums = answer(held, Question(choice, by="resource_name")).sums_by
    assert sums is not None
    # of Moss one source was not loaded at all, one for March only, one for all three months
    assert sums.select("resource_name", TIR, LEAST, MOST).rows() == [
        ("Moss", 16, 0, 3),
        ("Peat", 7, 1, 1),
        ("Bog", None, 0, 0),
    ]
    two = answer(held, Question(replace(choice, sources=(2,)), by="resource_name")).sums_by
    assert two is not None
    assert two.select("resource_name", TIR, LEAST, MOST).rows() == [("Moss", 14, 3, 3)]
    named = Question(choice, (Condition("source_name", Contains("jstor")),), by="resource_name")
    typed = answer(held, named).sums_by
    assert typed is not None
    assert typed.select("resource_name", TIR, LEAST, MOST).rows() == [("Moss", 14, 3, 3)]  # as if it were chosen
    by_source = answer(held, Question(choice, by="source_name")).sums_by
    assert by_source is not None
    assert by_source.select(TIR, LEAST, MOST).rows() == [(14, 3, 3), (9, 1, 1), (None, 0, 0)]


def test_that_what_could_not_be_read_is_told_of_a_title_of_which_nothing_else_is_there() -> None:
    lost = {(1, "TR", "2022-03"): (("TR.tsv", ("Q16",), True, False),)}
    held = replace(holding(ROWS, KNOWN), too_low=lost)
    moss = Condition("resource_name", Contains("moss"))
    asked = Question(Choice(begin=MARCH, end=MAY, metrics=(TIR,)), (moss,))
    assert answer(held, asked).too_low == lost  # its only count in source 1 may be that of moss
    assert answer(held, replace(asked, choice=replace(asked.choice, sources=(2,)))).too_low == {}
