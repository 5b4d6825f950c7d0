"""A table of which somebody sorted some columns and not the others: its numbers stand beside other titles.

The rows then hold the right totals and the right months, but not together. By chance that does not happen: the totals
would have to be the sums of other rows, each of exactly one.
"""

from __future__ import annotations

import polars as pl

from nolcat_desktop.counts import count, count_or_zero
from nolcat_desktop.report import ROW, Irregularity

SORTED_HALF = "X-sorted-half"
_TOTAL = "Reporting_Period_Total"
_FEWEST = 3
"""Rows out of place from which on it is no slip of two rows."""


def sorted_half(items: pl.DataFrame, months: list[str]) -> tuple[Irregularity, ...]:
    """Tell if the totals of the rows are the sums of their months, but of other rows.

    Args:
        items: The data rows.
        months: Their month columns.

    Returns:
        One irregularity at the first row out of place, with their number; () when the rows are sound.
    """
    if _TOTAL not in items.columns or not months or items.height < _FEWEST:
        return ()
    sums = (
        items.lazy()
        .select(ROW, total=count(_TOTAL), sum=pl.sum_horizontal(count_or_zero(name) for name in months))
        .collect()
    )
    odd = sums.filter(pl.col("total").is_not_null() & (pl.col("total") != pl.col("sum")))
    if odd.height < _FEWEST or sums["total"].null_count() or sums["sum"].null_count():
        return ()
    if not sums["total"].sort().equals(sums["sum"].sort().alias("total")):
        return ()
    return (Irregularity(SORTED_HALF, str(odd[ROW][0]), detail=str(odd.height)),)
