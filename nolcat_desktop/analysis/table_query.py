"""Usage held to be looked at: which rows, in which order; the rows themselves are never copied.

A held frame has its texts as categories, so that a row costs a few bytes a column, a text is searched once for each
distinct value, and sorting compares numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from polars import selectors

from nolcat_desktop.analysis.conditions import Between, Condition, Contains, InMonth, plain_text

SOURCE_NAME = "source_name"
"""Column of a held frame beside those of usage: the name of the statistics source."""
ALWAYS = ("statistics_source_ID", "release", "metric_type", "usage_date", "usage_count", SOURCE_NAME)
"""Columns that a held frame always has: totals and months are made of them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the choosers over the table say; () and None leave everything through."""

    begin: date | None = None
    """First day of the first month."""
    end: date | None = None
    """First day of the last month."""
    sources: tuple[int, ...] = ()
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column the rows are sorted."""

    column: str
    descending: bool = False


def hold(usage: pl.LazyFrame, columns: Iterable[str], names: Mapping[int, str]) -> pl.DataFrame:
    """Read `usage` once, for looking at it.

    Args:
        usage: Rows in the columns of `USAGE`.
        columns: Names of the columns of `USAGE` that are wanted beside `ALWAYS`.
        names: Statistics source id → name; an id without a name is told as its number.

    Returns:
        One row for each of `usage`, in its order: the columns of `ALWAYS` and those wanted, texts as categories.
    """
    wanted = list(dict.fromkeys([*(name for name in ALWAYS if name != SOURCE_NAME), *columns]))
    wanted = [name for name in wanted if name != SOURCE_NAME]
    categories = pl.Categorical(pl.Categories.random())
    source = pl.col("statistics_source_ID")
    told = source.replace_strict(dict(names), default=source.cast(pl.String), return_dtype=pl.String)
    return (
        usage.select(wanted)
        .with_columns((told if names else source.cast(pl.String)).alias(SOURCE_NAME))
        .with_columns(pl.col(pl.String).cast(categories))
        .collect(engine="streaming")
    )


def matching(frame: pl.DataFrame, choice: Choice, conditions: Sequence[Condition] = ()) -> pl.Series | None:
    """Find the rows of `frame` that the choosers and the conditions let through.

    Args:
        frame: A held frame.
        choice: What the choosers say.
        conditions: On columns of `frame`; all must hold.

    Returns:
        Row numbers as UInt32, ascending; None when every row is let through.
    """
    tests = [*_chosen(choice), *(test(frame, each) for each in conditions)]
    if not tests:
        return None
    found = frame.select(pl.all_horizontal(tests).arg_true()).to_series()
    return None if len(found) == frame.height else found.cast(pl.UInt32)


def _chosen(choice: Choice) -> list[pl.Expr]:
    tests: list[pl.Expr] = []
    if choice.begin is not None:
        tests.append(pl.col("usage_date") >= choice.begin)
    if choice.end is not None:
        tests.append(pl.col("usage_date") <= choice.end)
    if choice.sources:
        tests.append(pl.col("statistics_source_ID").is_in(list(choice.sources)))
    if choice.metrics:
        tests.append(pl.col("metric_type").cast(pl.String).is_in(list(choice.metrics)))
    return tests


def test(frame: pl.DataFrame, condition: Condition) -> pl.Expr:
    """Give `condition` as an expression over the rows of `frame`; a blank meets none."""
    column = pl.col(condition.column)
    match condition.test:
        case Contains() as wanted:
            distinct = frame.get_column(condition.column).unique()
            fits = wanted.fits(plain_text(pl.col("text").cast(pl.String)))
            found = distinct.alias("text").to_frame().filter(fits).to_series()
            return column.is_in(found.implode()).fill_null(value=False)
        case Between(low, high):
            at_least = pl.lit(value=True) if low is None else column >= low
            at_most = pl.lit(value=True) if high is None else column <= high
            return (at_least & at_most & column.is_not_null()).fill_null(value=False)
        case InMonth(month):
            return (column.dt.month() == month).fill_null(value=False)


test.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's


def arranged(frame: pl.DataFrame, rows: pl.Series | None, sorting: Sorting | None) -> pl.Series | None:
    """Put rows in order.

    Args:
        frame: A held frame.
        rows: Row numbers, ascending; None for all.
        sorting: By what; None for the order as stored.

    Returns:
        Row numbers as UInt32 in the order in which they are shown, None for all as stored. Equal values keep the order
        as stored, blanks stand last either way; texts are compared without accents and case.
    """
    if sorting is None:
        return rows
    keys = _sort_keys(frame.get_column(sorting.column))
    if rows is not None:
        keys = keys.gather(rows)
    order = keys.to_frame("key").select(
        pl.arg_sort_by("key", descending=sorting.descending, nulls_last=True, maintain_order=True).cast(pl.UInt32)
    )
    return order.to_series() if rows is None else rows.gather(order.to_series())


def _sort_keys(values: pl.Series) -> pl.Series:
    """Numbers and days as they are; texts as the rank of their plain form, and capitals within it."""
    if not isinstance(values.dtype, pl.Categorical):
        return values
    distinct = values.drop_nulls().unique().alias("value").to_frame()
    if distinct.is_empty():
        return values.to_physical()
    text = pl.col("value").cast(pl.String)
    ranked = distinct.with_columns(plain_text(text).alias("plain"), text.alias("text")).sort("plain", "text")
    ranks = pl.DataFrame({"code": ranked["value"].to_physical(), "rank": pl.int_range(ranked.height, eager=True)})
    codes = pl.DataFrame({"code": pl.int_range(int(ranks["code"].max()) + 1, eager=True)})  # type: ignore[arg-type]
    table = codes.join(ranks.cast(pl.Int64), on="code", how="left", maintain_order="left")["rank"].cast(pl.UInt32)
    return table.gather(values.to_physical())


def taken(frame: pl.DataFrame, rows: pl.Series | None, columns: Sequence[str]) -> pl.DataFrame:
    """Copy out rows for a file or the clipboard: `columns` in order, texts as texts."""
    chosen = frame.select(columns) if rows is None else frame.select(pl.col(columns).gather(rows))
    return chosen.with_columns(selectors.categorical().cast(pl.String))
