"""Totals, one for each metric, beside those of the year before; numbers of different metrics are never added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.analysis.month_series import COUNTED


@dataclass(frozen=True, slots=True)
class Total:
    """Uses of one metric."""

    metric: str
    uses: int
    """In all months that are asked for."""
    compared: int
    """Of them, those in months (of a source) that are known a year before, too, in the same release."""
    before: int | None
    """Uses of these months a year before; None when there are none to compare with."""

    @property
    def change(self) -> float | None:
        """By which part of the year before it rose; None where that is not known, or 0."""
        return (self.compared - self.before) / self.before if self.before else None


@dataclass(frozen=True, slots=True)
class Change:
    """From one release to another."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What was counted, metric by metric."""

    rows: tuple[Total, ...]
    """The one with the most uses first."""
    compared: int
    """Months, source by source, that are known now and a year before, in the same release."""
    known: int
    """Months, source by source, that are known now."""
    across: tuple[Change, ...]
    """Changes of release that lie between a month and the same a year before."""
    crossed: int
    """Months, source by source, that are known a year before in another release only: they are not compared."""
    overlapping: int
    """Months, source by source, that two reports count: their uses are there twice."""
    older: tuple[str, ...] = ()
    """Report types of Release 4 or 3 that the same sources had a year before instead: they are not compared."""


def totals(
    sums: pl.DataFrame,
    earlier: pl.DataFrame,
    known: pl.DataFrame,
    months: Sequence[date],
    older: pl.DataFrame | None = None,
) -> Totals:
    """Add up each metric, and like with like a year before.

    Args:
        sums: The sums of a cube that are asked for (`month_series.narrowed`).
        earlier: The same of the cube that `a_year_on` gives.
        known: As `month_series.covered` gives it.
        months: First days of the months that are asked for.
        older: What is known of reports of older releases that this one goes on for: statistics_source_ID, report_type,
            usage_date.

    Returns:
        One row for each metric of `sums`. Only months of a source that are known in both years are compared, those a
        year before whole, and only within one release: each counts differently (Code of Practice 5.1, section 13.3;
        Release 5, Appendix B).
    """
    at = ["statistics_source_ID", "usage_date"]
    counted = known.filter(pl.col("state").is_in(COUNTED)).with_columns(pl.col("release").cast(pl.String))
    now = counted.filter(pl.col("usage_date").is_in(list(months)))
    whole = counted.filter(pl.col("state") != "partial")
    pairs = now.join(a_year_on(whole).select(*at, pl.col("release").alias("old")), on=at)
    other = pairs.filter(pl.col("release") != pl.col("old"))
    both = pairs.join(other, on=at, how="anti").select(at).unique()
    uses, alike, before = (
        _by_metric(sums),
        *(_by_metric(part.join(both, on=at, how="semi")) for part in (sums, earlier)),
    )
    rows = [
        Total(metric, number, alike.get(metric, 0), None if both.is_empty() else before.get(metric, 0))
        for metric, number in sorted(uses.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Totals(
        tuple(rows),
        both.height,
        now.select(at).n_unique(),
        tuple(Change(*pair) for pair in other.select("old", "release").unique().sort("old", "release").iter_rows()),
        other.select(at).n_unique(),
        now.filter(pl.col("state") == "overlapping").select(at).n_unique(),
        () if older is None else _a_year_before(now.join(pairs, on=at, how="anti"), older),
    )


def a_year_on(sums: pl.DataFrame) -> pl.DataFrame:
    """Give sums or coverage with their months moved to the year after, to be laid beside it."""
    return sums.with_columns(pl.col("usage_date").dt.offset_by("1y"))


def _a_year_before(alone: pl.DataFrame, older: pl.DataFrame) -> tuple[str, ...]:
    there = a_year_on(older).join(alone, on=["statistics_source_ID", "usage_date"], how="semi")
    return tuple(there["report_type"].unique().sort().to_list())


def _by_metric(sums: pl.DataFrame) -> dict[str, int]:
    return dict(sums.group_by("metric_type").agg(pl.col("uses").sum()).iter_rows())
