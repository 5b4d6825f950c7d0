"""Uses added up by title, source, platform or publisher: what is used most, and what was not used at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from nolcat_desktop.analysis.conditions import Condition
from nolcat_desktop.analysis.month_series import COUNTED
from nolcat_desktop.analysis.table_query import Choice, test

YEAR_BEFORE = "year before"
LEAST, MOST = "least months", "most months"
"""Columns of sums beside those of the metrics; no metric is named so."""
_OF_A_NUMBER = frozenset({"usage_date", "metric_type", "usage_count"})
"""Columns that say nothing of the title or source itself: what does not meet conditions on these was not used."""


def summed_by(
    frame: pl.DataFrame, column: str, choice: Choice, conditions: Sequence[Condition], metrics: Sequence[str]
) -> pl.DataFrame:
    """Add up the uses that are looked at, for each value of `column`; numbers of different metrics stay apart.

    Args:
        frame: A held frame, as `table_query.hold` gives it.
        column: A column of texts in it.
        choice: Its months and sources count.
        conditions: All must hold.
        metrics: One column of sums each; not empty.

    Returns:
        `column` as text (null where the report has none), then a column of Int64 for each of `metrics`. The highest of
        the first metric stand first. A value that the sources and the conditions on texts let through is there with 0
        where it has no such use in the months looked at: it is known by other months or metrics of these reports. 0
        says nothing about months that were never loaded.
    """
    looked_at = [test(frame, each) for each in conditions if each.column in _OF_A_NUMBER]
    if choice.begin is not None:
        looked_at.append(pl.col("usage_date") >= choice.begin)
    if choice.end is not None:
        looked_at.append(pl.col("usage_date") <= choice.end)
    rows = _of_those_asked_for(frame, choice, conditions)
    sums = [
        pl.when(pl.all_horizontal([pl.col("metric_type") == metric, *looked_at]))
        .then(pl.col("usage_count"))
        .otherwise(0)
        .cast(pl.Int64)
        .sum()
        .alias(metric)
        for metric in metrics
    ]
    return (
        rows.group_by(column)
        .agg(sums)
        .with_columns(pl.col(column).cast(pl.String))
        .sort([metrics[0], column], descending=[True, False], nulls_last=True)
        .collect()
    )


def beside_year_before(
    sums: pl.DataFrame,
    frame: pl.DataFrame,
    choice: Choice,
    conditions: Sequence[Condition],
) -> pl.DataFrame:
    """Put the uses of the same months a year before beside the sums of one metric.

    Only for who knows that all these months can be compared: see `totals.Totals`.

    Args:
        sums: As `summed_by` gives them, of one metric.
        frame: What they are made of.
        choice: Of them; its months have two ends.
        conditions: Of them; none is on months or counts.

    Returns:
        `sums` with the column `YEAR_BEFORE`, Int64.
    """
    column, metric = sums.columns
    ends = pl.Series([choice.begin, choice.end], dtype=pl.Date).dt.offset_by("-1y").to_list()
    earlier = replace(choice, begin=ends[0], end=ends[1])
    before = summed_by(frame, column, earlier, conditions, [metric]).rename({metric: YEAR_BEFORE})
    return sums.join(before, on=column, how="left", nulls_equal=True, maintain_order="left")


def with_months(  # noqa: PLR0913, PLR0917 - the sums, and all that they were made by
    sums: pl.DataFrame,
    frame: pl.DataFrame,
    choice: Choice,
    conditions: Sequence[Condition],
    known: pl.DataFrame,
    months: Sequence[date],
) -> pl.DataFrame:
    """Say of each line how much of the months looked at is known: 0 uses of a month that was not loaded are no uses.

    Args:
        sums: As `summed_by` gives them.
        frame: What they are made of.
        choice: Of them.
        conditions: Of them.
        known: As `month_series.covered` gives it.
        months: First days of the months looked at.

    Returns:
        `sums` with `LEAST` and `MOST`: in how many of `months` uses are known of the one of its sources that has the
        fewest, and of the one that has the most. Of lines without any known month the uses are null; they stand last.
    """
    column, source = sums.columns[0], "statistics_source_ID"
    rows = _of_those_asked_for(frame, choice, conditions)
    counted = known.lazy().filter(pl.col("state").is_in(COUNTED), pl.col("usage_date").is_in(list(months)))
    counts = counted.group_by(source).agg(pl.col("usage_date").n_unique().cast(pl.Int64).alias("months"))
    there = (
        rows.select(pl.col(column), source)
        .unique()
        .join(counts, on=source, how="left")
        .group_by(pl.col(column).cast(pl.String))
        .agg(pl.col("months").fill_null(0).min().alias(LEAST), pl.col("months").fill_null(0).max().alias(MOST))
        .collect()
    )
    found = sums.join(there, on=column, how="left", nulls_equal=True, maintain_order="left")
    uses = [pl.when(pl.col(MOST) > 0).then(pl.col(name)).alias(name) for name in sums.columns[1:]]
    return found.with_columns(uses).sort(pl.col(MOST) == 0, maintain_order=True)


def _of_those_asked_for(frame: pl.DataFrame, choice: Choice, conditions: Sequence[Condition]) -> pl.LazyFrame:
    """The rows of the sources and titles that are looked at, whatever was used of them and when."""
    about = [test(frame, each) for each in conditions if each.column not in _OF_A_NUMBER]
    if choice.sources:
        about.append(pl.col("statistics_source_ID").is_in(list(choice.sources)))
    return frame.lazy().filter(*about) if about else frame.lazy()


def metrics_of(sums: pl.DataFrame) -> tuple[str, ...]:
    """The metrics that are summed in what any of the three gives."""
    return tuple(name for name in sums.columns[1:] if name not in {YEAR_BEFORE, LEAST, MOST})


def can_go_back(choice: Choice, conditions: Sequence[Condition]) -> bool:
    """Whether the question could be asked of the year before, too."""
    is_of_months = any(one.column in {"usage_date", "usage_count"} for one in conditions)
    return choice.begin is not None and choice.end is not None and not is_of_months
