"""Usage laid out again like the report it comes from: one row for each item and metric, one column for each month."""

from __future__ import annotations

from datetime import date

import polars as pl

from nolcat_desktop.usage import USAGE

_KEYS = [name for name in USAGE if name not in {"usage_date", "usage_count", "report_creation_date"}]
_UNITS = ["statistics_source_ID", "report_type", "release"]
"""What a month is covered of."""


def report_table(usage: pl.LazyFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """Lay out `usage` with a column for each month.

    Args:
        usage: Rows in the columns of `USAGE`.
        covered: The months of which something is known, in the columns statistics_source_ID, report_type, release and
            month (yyyy-mm).

    Returns:
        The columns of `USAGE` that are filled, without usage_date, usage_count and report_creation_date; then
        `reporting_period_total` and one column `yyyy-mm` for each month from the first to the last of `covered`. A
        month without use of an item is 0 where its source, report type and release are covered, else null: nothing is
        known of it. Rows that agree in all columns are one row here, their counts added.
    """
    months = _months(covered)
    table = (
        usage.group_by(_KEYS, maintain_order=True)
        .agg(pl.col("usage_count").sum().alias("reporting_period_total"), *(_count(month) for month in months))
        .collect(engine="streaming")
    )
    always = {*_UNITS, "metric_type"}
    filled = [name for name in _KEYS if name in always or table[name].null_count() < table.height]
    known = _zeros(covered, months)
    cells = [pl.when(pl.col(name) > 0).then(pl.col(name)).otherwise(pl.col(f"{name} known")) for name in months]
    return table.join(known, on=_UNITS, how="left", maintain_order="left").select(
        *filled, "reporting_period_total", *(cell.alias(name) for cell, name in zip(cells, months, strict=True))
    )


def _count(month: str) -> pl.Expr:
    return pl.col("usage_count").filter(pl.col("usage_date") == date.fromisoformat(f"{month}-01")).sum().alias(month)


def _zeros(covered: pl.DataFrame, months: list[str]) -> pl.DataFrame:
    """One row for each source, report type and release, and for each month 0 if it is covered, else null."""
    zero = pl.lit(0, pl.Int64)
    return covered.group_by(_UNITS).agg(
        pl.when((pl.col("month") == month).any()).then(zero).alias(f"{month} known") for month in months
    )


def _months(covered: pl.DataFrame) -> list[str]:
    """From the first to the last month that is covered, those between that are not included."""
    if covered.is_empty():
        return []
    names = covered["month"].sort()
    first, last = (int(name[:4]) * 12 + int(name[5:]) - 1 for name in (names[0], names[-1]))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]
