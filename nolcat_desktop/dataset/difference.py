"""Old numbers beside new ones: by month and metric, and title by title; before anything is written, and afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from nolcat_desktop.dataset.entries import RestatedCount
from nolcat_desktop.dataset.journal import Journal
from nolcat_desktop.dataset.layout import SOURCES, Layout
from nolcat_desktop.dataset.parts import Holding, read_part, scan_file, scan_foreign
from nolcat_desktop.dataset.planning import Plan
from nolcat_desktop.dataset.publish import changes_of, effective
from nolcat_desktop.dataset.tally import in_months
from nolcat_desktop.dataset.verdicts import Verdict
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.usage import USAGE

_MONTH = ("statistics_source_ID", "report_type", "usage_date")
_KEYS = ("statistics_source_ID", "report_type", "release", "month", "metric_type")
METRICS = pl.Schema(
    {
        "statistics_source_ID": pl.Int64(),
        "report_type": pl.String(),
        "release": pl.String(),
        "month": pl.String(),
        "metric_type": pl.String(),
        "loaded": pl.Int64(),
        "offered": pl.Int64(),
        "change": pl.Int64(),
        "percent": pl.Float64(),
        "kind": pl.String(),
        "titles_new": pl.Int64(),
        "titles_gone": pl.Int64(),
        "titles_changed": pl.Int64(),
    }
)
"""One row for each source, report, release, month (yyyy-mm) and metric. `loaded` and `offered` are null where that side
has none; `percent` is null where nothing was loaded; `kind` is equal, changed, new or gone. A month whose sum is equal
may have titles that changed: then it is `changed`."""
TITLES = pl.Schema(
    {
        **{name: METRICS[name] for name in _KEYS},
        "resource_name": pl.String(),
        **{name: METRICS[name] for name in ("loaded", "offered", "change", "percent", "kind")},
    }
)
"""One row for each title (item, database) besides; only those that differ, the largest change of a month first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two states of some months."""

    metrics: pl.DataFrame
    """In the schema `METRICS`, sorted by its keys."""
    titles: pl.DataFrame
    """In the schema `TITLES`."""
    titles_known: bool = True
    """False when the earlier versions were tidied away: then only the metrics that were restated are known."""


def difference_of_plan(planned: Plan) -> Difference:
    """What the library holds of the months of a report, beside the report; months that nobody has are not in it.

    A month of another release stands beside it under the report's release: the two were counted differently.
    """
    months = [each.month for each in planned.months if each.against and each.verdict is not Verdict.NEW]
    if not months:
        return _nothing()
    load = planned.candidate.load
    by_month = [_of_month(each.month, each.against) for each in planned.months if each.month in months]
    old = pl.concat(by_month).with_columns(release=pl.lit(load.release))
    new = planned.candidate.usage.filter(in_months(months))
    return compare(old, new)


def difference_of_entry(layout: Layout, journal: Journal, entry: int, restated: Sequence[RestatedCount]) -> Difference:
    """What an entry of the history changed in the months that were there before it and still are afterwards.

    Args:
        layout: The library.
        journal: Its history.
        entry: Number of the entry.
        restated: The counts that it restated: for when the earlier versions are gone, and for months whose use was
            replaced by none, or none by use, of which one side has no rows.

    Raises:
        NolcatError: If there is no such entry.
    """
    record = next((one for one in effective(journal.records) if one["entry"] == entry and one["does"] == "run"), None)
    if record is None:
        raise NolcatError(_NO_SUCH_ENTRY)
    pairs = [change for change in changes_of(record) if change.path != SOURCES and change.path[0] != "."]
    files = [
        (change.path, _file(layout, journal, change.path, sha256), n)
        for change in pairs
        for n, sha256 in enumerate((change.before, change.after))
        if sha256 is not None
    ]
    if any(file is None for _, file, _ in files):
        return Difference(_of_restated(restated), pl.DataFrame(schema=TITLES), titles_known=False)
    old, new = (
        pl.concat([pl.LazyFrame(schema=USAGE), *(_rows(path, file) for path, file, n in files if n == side and file)])
        for side in (0, 1)
    )
    in_both = old.join(new, on=_MONTH, how="semi").select(_MONTH)
    both = pl.concat([in_both, _months_of(restated)]).unique()
    return compare(old.join(both, on=_MONTH, how="semi"), new.join(both, on=_MONTH, how="semi"), only_differing=True)


def compare(old: pl.LazyFrame, new: pl.LazyFrame, only_differing: bool = False) -> Difference:
    """Compare two frames of usage.

    Args:
        old: In the columns of `USAGE`; texts may be categories.
        new: The same.
        only_differing: Leave equal months and metrics out.
    """
    titles = _joined(_summed(old, "loaded", "resource_name"), _summed(new, "offered", "resource_name"))
    found = titles.collect(engine="streaming")
    differing = found.filter(pl.col("kind") != "equal")
    counted = found.group_by(_KEYS).agg(
        pl.col("loaded", "offered").sum(),
        pl.col("loaded").count().alias("old"),
        pl.col("offered").count().alias("new"),
        *((pl.col("kind") == kind).sum().cast(pl.Int64).alias(f"titles_{kind}") for kind in ("new", "gone", "changed")),
    )
    metrics = _with_change(
        counted.lazy().with_columns(
            loaded=pl.when(pl.col("old") > 0).then("loaded"), offered=pl.when(pl.col("new") > 0).then("offered")
        )
    ).collect()
    some = pl.sum_horizontal("titles_new", "titles_gone", "titles_changed") > 0
    metrics = metrics.with_columns(
        kind=pl.when((pl.col("kind") == "equal") & some).then(pl.lit("changed")).otherwise("kind")
    )
    if only_differing:
        metrics = metrics.filter(pl.col("kind") != "equal")
    return Difference(
        metrics.select(METRICS.names()).sort(_KEYS),
        differing.select(TITLES.names()).sort(
            *_KEYS, pl.col("change").abs(), "resource_name", descending=[False] * 5 + [True, False], nulls_last=True
        ),
    )


def _nothing() -> Difference:
    return Difference(pl.DataFrame(schema=METRICS), pl.DataFrame(schema=TITLES))


def _of_month(month: str, against: Sequence[Holding]) -> pl.LazyFrame:
    return pl.concat([held.rows([month]) for held in against])


def _summed(usage: pl.LazyFrame, name: str, *more: str) -> pl.LazyFrame:
    texts = ("report_type", "release", "metric_type", *more)
    return (
        usage.select(
            "statistics_source_ID",
            *(pl.col(text).cast(pl.String) for text in texts),
            pl.col("usage_date").dt.strftime("%Y-%m").alias("month"),
            "usage_count",
        )
        .group_by(*_KEYS, *more)
        .agg(pl.col("usage_count").cast(pl.Int64).sum().alias(name))
    )


def _joined(old: pl.LazyFrame, new: pl.LazyFrame) -> pl.LazyFrame:
    both = old.join(new, on=[*_KEYS, "resource_name"], how="full", coalesce=True, nulls_equal=True)
    return _with_change(both)


def _with_change(both: pl.LazyFrame) -> pl.LazyFrame:
    loaded, offered = pl.col("loaded"), pl.col("offered")
    kind = (
        pl.when(loaded.is_null())
        .then(pl.lit("new"))
        .when(offered.is_null())
        .then(pl.lit("gone"))
        .when(loaded == offered)
        .then(pl.lit("equal"))
        .otherwise(pl.lit("changed"))
    )
    change = offered.fill_null(0) - loaded.fill_null(0)
    percent = pl.when(loaded > 0).then(change.cast(pl.Float64) * 100 / loaded)
    return both.with_columns(change=change, percent=percent, kind=kind)


def _file(layout: Layout, journal: Journal, path: str, sha256: str) -> Path | None:
    version = layout.versions / sha256
    if version.is_file():
        return version
    now = {change.path: change.after for record in effective(journal.records) for change in changes_of(record)}
    return layout.at(path) if now.get(path) == sha256 and layout.at(path).is_file() else None


def _rows(path: str, file: Path) -> pl.LazyFrame:
    return scan_foreign(path, file) if read_part(path, file).foreign else scan_file(file)


def _months_of(restated: Sequence[RestatedCount]) -> pl.LazyFrame:
    rows = {(one.source_id, one.report_type, date.fromisoformat(f"{one.restatement.month}-01")) for one in restated}
    return pl.LazyFrame(sorted(rows), schema={name: USAGE[name] for name in _MONTH}, orient="row")


def _of_restated(restated: Sequence[RestatedCount]) -> pl.DataFrame:
    rows = [
        (
            one.source_id,
            one.report_type,
            one.release,
            one.restatement.month,
            one.restatement.metric,
            one.restatement.before,
            one.restatement.after,
        )
        for one in restated
    ]
    known = pl.DataFrame(rows, schema={name: METRICS[name] for name in (*_KEYS, "loaded", "offered")}, orient="row")
    none = [pl.lit(None, pl.Int64).alias(f"titles_{kind}") for kind in ("new", "gone", "changed")]
    return _with_change(known.lazy().with_columns(none)).select(METRICS.names()).sort(_KEYS).collect()


_NO_SUCH_ENTRY = Problem(
    "There is no such entry in the history", "The library is as it was.", "Look at the history for its number."
)
