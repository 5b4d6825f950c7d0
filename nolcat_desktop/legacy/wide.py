"""Tables that this program exported (`nolcat show -o`): a column for each month, in place of dates and counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from nolcat_desktop.legacy.relation import TOTALS

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
NAME = "statistics_source_name"


def months_in(names: Sequence[str]) -> list[str]:
    """The month columns among `names`; [] for the relation itself, which has a column usage_date."""
    return [] if "usage_date" in names else [name for name in names if _MONTH.fullmatch(name)]


def long(frame: pl.DataFrame, months: Sequence[str]) -> pl.DataFrame:
    """One row for each cell that counts use, in the order of rows, then months.

    Args:
        frame: Texts; a cell is null or 0 where no use is counted.
        months: Its month columns.
    """
    others = [name for name in frame.columns if name not in months]
    return (
        frame.with_row_index("#n")
        .unpivot(months, index=["#n", *others], variable_name="usage_date", value_name="usage_count")
        .filter(pl.col("usage_count").fill_null("0") != "0")
        .with_columns(pl.concat_str("usage_date", pl.lit("-01")).alias("usage_date"))
        .sort("#n", "usage_date", maintain_order=True)
        .drop("#n")
    )


def counted_wide(rows: pl.LazyFrame, months: Sequence[str]) -> pl.DataFrame:
    """The same summed up month by month, in the columns of `relation.TOTALS`, without laying it out."""
    keys = ["statistics_source_ID", "report_type", "metric_type"]
    sums = []
    for month in months:
        cell = pl.col(month).cast(pl.Int64, strict=False)
        used = rows.filter(pl.col(month).fill_null("0") != "0")
        sums.append(
            used.group_by(pl.col(name).cast(pl.String).fill_null("") for name in keys)
            .agg(pl.len().cast(pl.Int64).alias("rows"), cell.sum().alias("usage_count"))
            .with_columns(pl.lit(f"{month}-01").alias("usage_date"))
            .select(TOTALS.names())
        )
    return pl.concat(sums).collect(engine="streaming")
