"""What differs between report and library, title by title."""

from __future__ import annotations

import polars as pl

from nolcat_desktop.conversion import lay_out
from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.tally import in_months
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.reviewing import Reviewed

TITLES = pl.Schema({"resource_name": pl.String(), "loaded": pl.Int64(), "offered": pl.Int64()})
"""Titles (items, databases) whose uses differ; null: not there on that side."""


def differing_titles(report: Report, reviewed: Reviewed, library: Library, cell: tuple[str, str]) -> pl.DataFrame:
    """The titles whose uses in `cell`, a month and a metric, differ, the largest change first; in `TITLES`."""
    month, metric = cell
    load = reviewed.load
    if load is None:
        return pl.DataFrame(schema=TITLES)
    held = [
        one.rows([month])
        for one in library.holdings()
        if (one.load.source_id, one.load.report_type) == (load.source_id, load.report_type) and one.load.claims(month)
    ]
    ours = _by_title(lay_out(report, load.source_id, load.scope.member), month, metric, "offered")
    theirs = [_by_title(each, month, metric, "loaded") for each in held]
    if not theirs:
        return pl.DataFrame(schema=TITLES)
    loaded = pl.concat(theirs).group_by("resource_name").agg(pl.col("loaded").sum())
    both = ours.join(loaded, on="resource_name", how="full", coalesce=True, nulls_equal=True)
    change = pl.col("offered").fill_null(0) - pl.col("loaded").fill_null(0)
    return (
        both.filter(pl.col("offered").ne_missing(pl.col("loaded")))
        .sort(change.abs(), "resource_name", descending=[True, False])
        .select(TITLES.names())
        .collect()
    )


def _by_title(usage: pl.LazyFrame, month: str, metric: str, name: str) -> pl.LazyFrame:
    return (
        usage.filter(in_months([month]), pl.col("metric_type").cast(pl.String) == metric)
        .group_by(pl.col("resource_name").cast(pl.String))
        .agg(pl.col("usage_count").cast(pl.Int64).sum().alias(name))
    )
