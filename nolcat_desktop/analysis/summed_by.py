"""Uses added up by title, source, platform or publisher: what is used most, and what was not used at all."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nolcat_desktop.analysis.conditions import Condition
from nolcat_desktop.analysis.table_query import Choice, test

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
    about = [test(frame, each) for each in conditions if each.column not in _OF_A_NUMBER]
    if choice.sources:
        about.append(pl.col("statistics_source_ID").is_in(list(choice.sources)))
    looked_at = [test(frame, each) for each in conditions if each.column in _OF_A_NUMBER]
    if choice.begin is not None:
        looked_at.append(pl.col("usage_date") >= choice.begin)
    if choice.end is not None:
        looked_at.append(pl.col("usage_date") <= choice.end)
    rows = frame.lazy().filter(*about) if about else frame.lazy()
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
