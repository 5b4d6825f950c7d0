"""What differs between report and library, title by title."""

from __future__ import annotations

import polars as pl

from nolcat_desktop.conversion import lay_out
from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.tally import in_months
from nolcat_desktop.report import Report
from nolcat_desktop.usage import USAGE
from nolcat_desktop.workflow.reviewing import Reviewed

CHANGES = pl.Schema(
    {"resource_name": pl.String(), "element": pl.String(), "loaded": pl.String(), "offered": pl.String()}
)
"""What stands of a title elsewhere than in its counts: column of the usage, text on either side; null: nothing."""
TITLES = pl.Schema({"resource_name": pl.String(), "loaded": pl.Int64(), "offered": pl.Int64()})
"""Titles (items, databases) whose uses differ; null: not there on that side."""

_SAME = ("resource_name", "metric_type", "usage_date", "usage_count", "access_type", "YOP")
"""By these the rows of both sides are put beside one another."""
_MAY_DIFFER = frozenset({"statistics_source_ID", "report_creation_date"})


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


def changed_texts(report: Report, reviewed: Reviewed, library: Library, month: str) -> pl.DataFrame:
    """Texts of rows with equal counts that differ in a month, in `CHANGES`: identifiers, publishers and the like."""
    load = reviewed.load
    if load is None:
        return pl.DataFrame(schema=CHANGES)
    held = [
        one.rows([month])
        for one in library.holdings()
        if (one.load.source_id, one.load.report_type) == (load.source_id, load.report_type) and one.load.claims(month)
    ]
    if not held:
        return pl.DataFrame(schema=CHANGES)
    ours = _texts(lay_out(report, load.source_id, load.scope.member).filter(in_months([month])))
    theirs = _texts(pl.concat(held))
    mine = ours.join(theirs, on=ours.columns, how="anti", nulls_equal=True)
    other = theirs.join(ours, on=ours.columns, how="anti", nulls_equal=True)
    both = mine.join(other, on=list(_SAME), how="inner", nulls_equal=True, suffix=" loaded")
    found = [
        both.filter(pl.col(name).ne_missing(pl.col(f"{name} loaded"))).select(
            "resource_name",
            pl.lit(name).alias("element"),
            pl.col(f"{name} loaded").alias("loaded"),
            pl.col(name).alias("offered"),
        )
        for name in ours.columns
        if name not in _SAME
    ]
    return pl.concat([pl.DataFrame(schema=CHANGES), *found]).unique(maintain_order=True)


def _texts(usage: pl.LazyFrame) -> pl.DataFrame:
    """Every row as texts, without what may differ anyway."""
    return usage.select(pl.col(name).cast(pl.String) for name in USAGE if name not in _MAY_DIFFER).unique().collect()


def _by_title(usage: pl.LazyFrame, month: str, metric: str, name: str) -> pl.LazyFrame:
    return (
        usage.filter(in_months([month]), pl.col("metric_type").cast(pl.String) == metric)
        .group_by(pl.col("resource_name").cast(pl.String))
        .agg(pl.col("usage_count").cast(pl.Int64).sum().alias(name))
    )
