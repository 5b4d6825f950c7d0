"""Months whose headings nobody can read: the totals of the rows prove that there are some.

Without this a report with a column for each month, but headed in a way that is not known, would pass for one of totals
only, and would be told so.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nolcat_desktop.counts import count, count_or_zero
from nolcat_desktop.reading.body import UNREAD_MONTH
from nolcat_desktop.report import Heading, Irregularity

_TOTAL = "Reporting_Period_Total"


def unread_months(items: pl.DataFrame, headings: Sequence[Heading]) -> tuple[Irregularity, ...]:
    """Tell the columns that hold the months of a report which has none.

    Args:
        items: The data rows, as `Report.items`.
        headings: The headings of all columns.

    Returns:
        One irregularity for each of two or more columns without element that, row by row, add up to the total; () if
        there is a month, or no such proof.
    """
    if any(one.month for one in headings) or _TOTAL not in items.columns or items.is_empty():
        return ()
    unknown = [one for one in headings if (one.column or "").startswith("#") and one.text.strip()]
    held = items.lazy().select(count(one.column or "").is_not_null().any().alias(one.position) for one in unknown)
    filled = set(held.collect().transpose(include_header=True).filter(pl.col("column_0"))["column"]) if unknown else ()
    columns = [one for one in unknown if one.position in filled]
    if len(columns) < 2:  # noqa: PLR2004  # one column that is the total may be a second column of totals
        return ()
    sums = pl.sum_horizontal((count_or_zero(one.column or "") for one in columns), ignore_nulls=False)
    proved = (sums == count(_TOTAL)).fill_null(value=False).all() & (count(_TOTAL) > 0).any()
    if not items.lazy().select(proved).collect().item():
        return ()
    return tuple(Irregularity(UNREAD_MONTH, one.position, None, one.text, "unknown") for one in columns)
