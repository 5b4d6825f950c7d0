"""Standard views, worked out of usage: as delivered where a publisher sent the view, else out of its master report.

What a view is, is said by `counter.reports` alone: its fixed filters, its metrics, its columns, each by release. Here
stands the guard against counting twice: for one source and month a view is taken from one report of one release, the
view as delivered before the master, the newer release before the older; they are never added. Release 4 is never in
a standard view.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import DEFINITIONS, definition
from nolcat_desktop.usage import USAGE_COLUMNS

STANDARD_VIEWS = tuple(dict.fromkeys(one.report_id for one in DEFINITIONS if one.is_view))
"""The twelve, in the order of the Code of Practice."""

_UNIT = ["statistics_source_ID", "usage_date"]
_NAMES = {"Title": "resource_name", "Database": "resource_name", "Item": "resource_name"} | dict(USAGE_COLUMNS)
_RELEASES = (Release.R5, Release.R51)
_LEFT_OUT = {
    "statistics_source_ID": pl.Int64(),
    "usage_date": pl.Date(),
    "report_type": pl.String(),
    "release": pl.String(),
    "metric_type": pl.String(),
    "reason": pl.String(),
    "rows": pl.UInt32(),
}


@dataclass(frozen=True, slots=True)
class StandardView:
    """The answer."""

    rows: pl.DataFrame
    """statistics_source_ID, release, taken_from (the report type that the rows are of), the columns of the view,
    metric_type, usage_date, usage_count; one row for each combination."""
    left_out: pl.DataFrame
    """What could belong to the view but cannot be told: statistics_source_ID, usage_date, report_type, release,
    metric_type, reason, rows. Numbers that miss these are too low; nobody may be shown the ones without the others."""


def standard_view(
    usage: pl.LazyFrame,
    view: str,
    begin: date | None = None,
    end: date | None = None,
    delivered: pl.DataFrame | None = None,
) -> StandardView:
    """Work out a standard view.

    Args:
        usage: Rows in the columns of `USAGE`; the live ones of a library.
        view: One of `STANDARD_VIEWS`.
        begin: First day of the first month; None for all.
        end: Any day of the last month.
        delivered: statistics_source_ID and usage_date of months that the view itself tells, be it that there was no
            use: these are never taken from the master. None: those with rows.

    Returns:
        Its rows, sorted, and what was left out: rows of a master report that lacks an element which the view filters
        by (an optional column that was not asked for), and platforms of the master that the delivered view lacks.

    Raises:
        ValueError: If there is no such view.
    """
    if view not in STANDARD_VIEWS:
        raise ValueError(f"not a standard view: {view}")
    span = usage
    if begin is not None:
        span = span.filter(pl.col("usage_date") >= begin.replace(day=1))
    if end is not None:
        span = span.filter(pl.col("usage_date") <= end)
    found = span.filter(could_belong(view)).collect(engine="streaming")
    wanted = found.filter(belongs(view))
    place = pl.struct(pl.col("report_type") != view, _newest_first()).rank("dense").over(_UNIT)
    told = wanted.filter(pl.col("report_type") == view).select(_UNIT)
    told = (told if delivered is None else pl.concat([told, delivered.select(_UNIT)])).unique()
    taken = wanted.filter(place == 1)
    taken = pl.concat(
        [
            taken.filter(pl.col("report_type") == view),
            taken.filter(pl.col("report_type") != view).join(told, on=_UNIT, how="anti"),
        ]
    )
    columns = view_columns(view)
    keys = ["statistics_source_ID", "release", "taken_from", *columns, "metric_type", "usage_date"]
    rows = (
        taken.with_columns(pl.col("report_type").alias("taken_from"), *_blanked(view))
        .group_by(keys)
        .agg(pl.col("usage_count").sum())
        .sort(keys, nulls_last=False)
    )
    return StandardView(rows, _left_out(found, wanted, taken, told, view))


def view_columns(view: str) -> tuple[str, ...]:
    """Columns of usage that the view shows in any release, in the order of usage."""
    shown = {_NAMES[name] for one in of_releases(view) for name in one.columns if name in _NAMES}
    return tuple(name for name in dict.fromkeys(_NAMES.values()) if name in shown and name != "metric_type")


def shown_by(view: str, release: str) -> tuple[str, ...]:
    """Columns of usage that the view shows in one release; in rows of that release the others are blank."""
    columns = {name for one in of_releases(view) if str(one.release) == release for name in one.columns}
    return tuple(name for name in view_columns(view) if name in {_NAMES.get(column) for column in columns})


def of_releases(view: str) -> tuple[Definition, ...]:
    """The view as Releases 5 and 5.1 define it."""
    return tuple(found for release in _RELEASES if (found := definition(release, view)) is not None)


def column_of(element: str) -> str:
    """The column of usage that holds an element."""
    return _NAMES[element]


def belongs(view: str) -> pl.Expr:
    """Whether a row is of the view: delivered as such, or of its master and let through by the fixed filters."""
    return pl.any_horizontal(
        pl.all_horizontal(
            pl.col("release") == str(one.release),
            pl.col("metric_type").is_in(one.metric_types),
            pl.any_horizontal(
                pl.col("report_type") == view,
                pl.all_horizontal(
                    pl.col("report_type") == one.family.value,
                    *(pl.col(column_of(name)).is_in(values) for name, values in one.fixed_filters.items()),
                ),
            ),
        ).fill_null(value=False)
        for one in of_releases(view)
    )


def could_belong(view: str) -> pl.Expr:
    """The same, with rows of the master that lack an element which the filters look at."""
    return pl.any_horizontal(
        pl.all_horizontal(
            pl.col("release") == str(one.release),
            pl.col("metric_type").is_in(one.metric_types),
            pl.any_horizontal(
                pl.col("report_type") == view,
                pl.all_horizontal(
                    pl.col("report_type") == one.family.value,
                    *(
                        pl.col(column_of(name)).is_in(values).fill_null(value=True)
                        for name, values in one.fixed_filters.items()
                    ),
                ),
            ),
        )
        for one in of_releases(view)
    )


def _newest_first() -> pl.Expr:
    """0 for the newest release, 1 for the one before."""
    newest = [str(release) for release in reversed(_RELEASES)]
    return pl.col("release").replace_strict(newest, list(range(len(newest))), return_dtype=pl.UInt8).alias("age")


def _blanked(view: str) -> list[pl.Expr]:
    """Columns that one release's view has and the other's has not: null where it has not."""
    blanked = []
    for name in view_columns(view):
        having = [
            str(one.release) for one in of_releases(view) if name in {_NAMES.get(column) for column in one.columns}
        ]
        if len(having) < len(_RELEASES):
            blanked.append(pl.when(pl.col("release").is_in(having)).then(pl.col(name)).alias(name))
    return blanked


def _left_out(
    found: pl.DataFrame, wanted: pl.DataFrame, taken: pl.DataFrame, delivered: pl.DataFrame, view: str
) -> pl.DataFrame:
    elements = list(dict.fromkeys(column_of(name) for one in of_releases(view) for name in one.fixed_filters))
    lacking = [
        found.filter((pl.col("report_type") != view) & ~belongs(view) & pl.col(name).is_null())
        .join(delivered, on=_UNIT, how="anti")
        .with_columns(reason=pl.lit(f"{name} is not in the report"))
        for name in elements
    ]
    platforms = taken.select([*_UNIT, "platform"]).unique()
    other = (
        wanted.filter(pl.col("report_type") != view)
        .join(delivered, on=_UNIT, how="semi")
        .join(platforms, on=[*_UNIT, "platform"], how="anti", nulls_equal=True)
        .with_columns(reason=pl.format("platform “{}” is only in the master report", pl.col("platform").fill_null("")))
    )
    rows = pl.concat([*lacking, other]) if elements else other
    keys = [name for name in _LEFT_OUT if name != "rows"]
    return rows.group_by(keys).agg(pl.len().alias("rows")).cast(dict(_LEFT_OUT)).sort(keys)  # type: ignore[arg-type]
