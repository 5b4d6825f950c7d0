"""One question about the reports of one type, and its answer: rows, totals, months."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from nolcat_desktop.analysis.conditions import Condition
from nolcat_desktop.analysis.month_series import (
    Series,
    asked_months,
    covered,
    cube,
    month_series,
    narrowed,
    of_those_found,
)
from nolcat_desktop.analysis.release_ends import older_reports
from nolcat_desktop.analysis.summed_by import beside_year_before, can_go_back, summed_by, with_months
from nolcat_desktop.analysis.table_query import Choice, Sorting, arranged, matching
from nolcat_desktop.analysis.totals import Totals, a_year_on, totals

TooLow = Mapping[tuple[int, str, str], tuple[tuple[str, tuple[str, ...], bool, bool], ...]]
"""(statistics_source_ID, report type, yyyy-mm) → of each report what was left out; see `coverage_grid.LeftOut`."""


@dataclass(frozen=True, slots=True)
class Note:
    """What numbers may miss, for a reason that lies in the reports."""

    source_id: int
    months: tuple[str, ...]
    """yyyy-mm, those that it is about."""
    text: str
    """A sentence for whoever sees the numbers."""


MOST_LINES = 4
"""Metrics that one chart shows."""
MOST_SUMS = 2
"""Metrics that are added up side by side."""


@dataclass(frozen=True, slots=True)
class Holding:
    """All usage of one report type, or of a standard view that is worked out, held to be looked at."""

    report_type: str
    frame: pl.DataFrame
    """As `table_query.hold` gives it."""
    coverage: pl.DataFrame
    """What is known of which month; see `month_series.covered`."""
    names: Mapping[int, str]
    """Statistics source id → name."""
    unloaded: pl.DataFrame | None = None
    """Months that are expected and not there, and those of which no report exists; see `coverage_whole.unloaded`."""
    too_low: TooLow = field(default_factory=dict)
    """Months of which counts were left out that could not be read."""
    worked_out: str = ""
    """The master report that `report_type` is worked out of where it was not loaded itself; '' for what is stored."""
    notes: tuple[Note, ...] = ()
    """What the numbers of such a view may miss."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a holding."""

    choice: Choice = field(default_factory=Choice)
    conditions: tuple[Condition, ...] = ()
    sorting: Sorting | None = None
    by: str = ""
    """Column by whose values the uses are added up, too; '' for none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown."""

    question: Question
    rows: pl.Series | None
    """Row numbers of the frame, in the order in which they are shown; None: all, as stored."""
    matching: pl.Series | None
    """The same, as stored."""
    count: int
    sums: pl.DataFrame
    """All months and metrics, of the sources and by the conditions of the question."""
    totals: Totals
    series: Series
    sums_by: pl.DataFrame | None = None
    """As `summed_by` gives it, by the column that was asked for; where every month of one metric can be compared with
    that of the year before, with `YEAR_BEFORE`; always with `LEAST` and `MOST`."""
    too_low: TooLow = field(default_factory=dict)
    """Those of the holding that are shown: their months, of sources of which anything is."""
    notes: tuple[Note, ...] = ()
    """The same."""


def answer(holding: Holding, question: Question, last: Answer | None = None) -> Answer:
    """Answer `question`; what it has in common with the last one about the same holding is not done again.

    The totals are of every metric, whichever are chosen: the choice of a metric rules the rows and the chart.
    """
    choice, conditions = question.choice, question.conditions
    old = last.question if last is not None else None
    if (
        last is not None
        and old is not None
        and (old.choice, old.conditions, old.by) == (choice, conditions, question.by)
    ):
        return replace(last, question=question, rows=arranged(holding.frame, last.matching, question.sorting))
    same = old is not None and old.choice.sources == choice.sources and old.conditions == conditions
    sums = last.sums if last is not None and same else cube(holding.frame, choice.sources, conditions)
    found = matching(holding.frame, choice, conditions)
    told = covered(holding.coverage, holding.report_type, holding.names, choice, conditions)
    known = of_those_found(told, sums, conditions)
    lacking = of_those_found(_lacking(holding, choice, conditions), sums, conditions)
    months = asked_months(known, choice, conditions)
    asked = narrowed(sums, choice, conditions)
    earlier = narrowed(a_year_on(sums), choice, conditions)
    added = totals(asked, earlier, known, months, older_reports(holding.coverage, holding.report_type))
    shown = (choice.metrics or tuple(row.metric for row in added.rows))[:MOST_LINES]
    sources, shown_months = set(known["statistics_source_ID"]), {f"{month:%Y-%m}" for month in months}
    is_by = shown and question.by in holding.frame.columns
    return Answer(
        question,
        arranged(holding.frame, found, question.sorting),
        found,
        holding.frame.height if found is None else len(found),
        sums,
        added,
        month_series(asked, pl.concat([known, lacking]), months, shown, holding.report_type),
        _summed(holding.frame, question, shown[:MOST_SUMS], added, told, months) if is_by else None,
        _too_low(holding, set(told["statistics_source_ID"]), shown_months),
        tuple(one for one in holding.notes if one.source_id in sources and shown_months.intersection(one.months)),
    )


def _summed(  # noqa: PLR0913, PLR0917 - what is added up, and what is known of it
    frame: pl.DataFrame,
    question: Question,
    metrics: Sequence[str],
    added: Totals,
    known: pl.DataFrame,
    months: Sequence[date],
) -> pl.DataFrame:
    choice, conditions = question.choice, question.conditions
    sums = summed_by(frame, question.by, choice, conditions, metrics)
    is_whole = len(metrics) == 1 and 0 < added.compared == added.known and not added.overlapping
    if is_whole and can_go_back(choice, conditions):
        sums = beside_year_before(sums, frame, choice, conditions)
    return with_months(sums, frame, choice, conditions, known, months)


def _too_low(holding: Holding, sources: Container[int], months: Container[str]) -> TooLow:
    return {
        (source, report_type, month): cells
        for (source, report_type, month), cells in holding.too_low.items()
        if source in sources and report_type in {holding.report_type, holding.worked_out} and month in months
    }


def _lacking(holding: Holding, choice: Choice, conditions: tuple[Condition, ...]) -> pl.DataFrame:
    unloaded = holding.coverage.clear() if holding.unloaded is None else holding.unloaded
    return covered(unloaded, holding.report_type, holding.names, choice, conditions)
