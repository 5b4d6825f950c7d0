"""Control sums: rows and usage of a load by metric and month. They prove that what is stored is what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl


def month_start(month: str) -> date:
    """First day of a month written yyyy-mm."""
    return date(int(month[:4]), int(month[5:7]), 1)


def in_months(months: Iterable[str]) -> pl.Expr:
    """Whether a row of usage is of one of `months` (yyyy-mm)."""
    return pl.col("usage_date").is_in([month_start(month) for month in sorted(months)])


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows by month, and sums of usage_count by metric and month. Months are written yyyy-mm."""

    rows_by_month: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    sums: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    """metric_type → month → sum. A month without usage of a metric is absent."""

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.rows_by_month.values())

    @property
    def total(self) -> int:
        """Sum of usage_count over all metrics: a control sum, never 'uses'."""
        return sum(sum(by_month.values()) for by_month in self.sums.values())

    def of_month(self, month: str) -> dict[str, int]:
        """metric_type → sum in `month`, for the metrics with usage in it."""
        return {metric: by_month[month] for metric, by_month in self.sums.items() if month in by_month}

    def by_month(self) -> dict[str, int]:
        """Month → sum over all metrics, for the months with usage: a control sum."""
        totals: dict[str, int] = {}
        for of in self.sums.values():
            for month, count in of.items():
                totals[month] = totals.get(month, 0) + count
        return totals

    def narrowed(self, months: Iterable[str]) -> Tally:
        """The same, of `months` only."""
        kept = frozenset(months)
        sums = {metric: {m: n for m, n in by_month.items() if m in kept} for metric, by_month in self.sums.items()}
        return Tally(
            MappingProxyType({month: rows for month, rows in self.rows_by_month.items() if month in kept}),
            MappingProxyType({metric: MappingProxyType(by_month) for metric, by_month in sums.items() if by_month}),
        )

    def as_json(self) -> dict[str, Any]:
        """`rows`, `rows_by_month` and `sums`, sorted, for the footer."""
        return {
            "rows": self.rows,
            "rows_by_month": dict(sorted(self.rows_by_month.items())),
            "sums": {metric: dict(sorted(by_month.items())) for metric, by_month in sorted(self.sums.items())},
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Tally:
        """Read what `as_json` wrote."""
        return cls(
            MappingProxyType(dict(given.get("rows_by_month", {}))),
            MappingProxyType({metric: MappingProxyType(dict(of)) for metric, of in given.get("sums", {}).items()}),
        )


def tally(usage: pl.LazyFrame) -> Tally:
    """Count `usage` (columns metric_type, usage_date, usage_count at least) by metric and month.

    Runs the pipeline behind `usage` once, over these three columns only.
    """
    counted = (
        usage.group_by("metric_type", pl.col("usage_date").dt.truncate("1mo"))
        .agg(pl.len().alias("rows"), pl.col("usage_count").cast(pl.Int64).sum())
        .select(pl.col("metric_type").cast(pl.String), "usage_date", "rows", "usage_count")
        .collect(engine="streaming")
    )
    rows: dict[str, int] = {}
    sums: dict[str, dict[str, int]] = {}
    for metric, day, number, total in counted.sort("metric_type", "usage_date").iter_rows():
        month = f"{day:%Y-%m}"
        rows[month] = rows.get(month, 0) + number
        sums.setdefault(metric, {})[month] = total
    return Tally(
        MappingProxyType(dict(sorted(rows.items()))),
        MappingProxyType({metric: MappingProxyType(by_month) for metric, by_month in sums.items()}),
    )
