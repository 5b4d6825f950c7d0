"""A table for people: one row for each title (or database, platform, item), one column for each month, a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from nolcat_desktop.analysis.conditions import IN_PRESS_YOP, UNKNOWN_YOP
from nolcat_desktop.counter.months import in_words

_MONTH, _USES, _METRIC = "usage_date", "usage_count", "metric_type"


def months_across(
    rows: pl.DataFrame, headings: Mapping[str, str], months: Sequence[date], total: str = "Total"
) -> pl.DataFrame:
    """Lay out rows of usage with their months across.

    Args:
        rows: The columns of `headings`, and `usage_date`, `usage_count`, `metric_type`.
        headings: Column → its heading, in the order wanted; the month and the uses need not be among them.
        months: First days of the months, each of which becomes a column, with or without use.
        total: Heading of the last column, and first word of the last rows.

    Returns:
        One row for what has the same in all columns but month and uses, in the order in which they first occur; blank
        where no use is stored. At the end one row for each metric with its sums: metrics are never added up.
    """
    keys = [key for key in headings if key not in {_MONTH, _USES}]
    first = next((key for key in keys if key != _METRIC), _METRIC)
    told = rows.with_columns(_text(key, kind, key == first) for key, kind in rows.select(keys).schema.items())
    sums = [_sum_of(day) for day in months] + [pl.col(_USES).sum().alias(total)]
    table = told.group_by(keys, maintain_order=True).agg(sums)
    last = told.group_by(pl.col(_METRIC).cast(pl.String), maintain_order=True).agg(sums)
    blanks = [pl.lit(None, told.schema[key]).alias(key) for key in keys if key not in {_METRIC, first}]
    ends = [] if first == _METRIC else [pl.lit(total).alias(first)]
    last = last.with_columns(*blanks, *ends).select(table.columns)
    return pl.concat([table, last]).rename({key: headings[key] for key in keys})


def _sum_of(month: date) -> pl.Expr:
    of = pl.col(_USES).filter(pl.col(_MONTH) == month)
    return pl.when(of.len() > 0).then(of.sum()).alias(in_words(f"{month:%Y-%m}"))


def _text(key: str, kind: pl.DataType, is_first: bool) -> pl.Expr:
    """A column as people read it."""
    column = pl.col(key)
    if key == "YOP":
        told = {UNKNOWN_YOP: "unknown", IN_PRESS_YOP: "in press"}
        text = column.cast(pl.String)
        return column.cast(pl.Int64).replace_strict(told, default=text, return_dtype=pl.String).alias(key)
    return column.cast(pl.String) if is_first or isinstance(kind, pl.Categorical) else column
