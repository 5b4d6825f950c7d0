"""Usage of a report, and that it is proved by the sums beside it."""

from __future__ import annotations

import polars as pl

from nolcat_desktop.conversion import control_sums, file_total, rows_by_month, to_usage
from nolcat_desktop.report import Report
from nolcat_desktop.usage import NEVER_NULL, USAGE


def usage_of(report: Report, member: str | None = None, source: int = 1) -> pl.DataFrame:
    """The usage of a report whose sums agree before and after."""
    usage = to_usage(report, source, member).collect()
    assert dict(usage.schema) == dict(USAGE)
    assert all(usage[name].null_count() == 0 for name in NEVER_NULL)
    assert usage.filter(pl.col("usage_count") <= 0).is_empty()
    sums = control_sums(report, member)
    total = usage["usage_count"].sum()
    assert total == file_total(report, member) == sum(count for months in sums.values() for count in months.values())
    assert sums_of(usage) == {metric: dict(months) for metric, months in sums.items()}
    by_month = usage.group_by(pl.col("usage_date").dt.strftime("%Y-%m")).len()
    assert dict(by_month.iter_rows()) == rows_by_month(report, member)
    return usage


def sums_of(usage: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Metric → month → sum."""
    found: dict[str, dict[str, int]] = {}
    grouped = usage.group_by("metric_type", pl.col("usage_date").dt.strftime("%Y-%m")).agg(pl.col("usage_count").sum())
    for metric, month, count in grouped.sort("metric_type", "usage_date").iter_rows():
        found.setdefault(metric, {})[month] = count
    return found


def in_order(usage: pl.DataFrame) -> pl.DataFrame:
    """The same rows in an order that does not depend on the form they came in."""
    return usage.sort(usage.columns, nulls_last=True)
