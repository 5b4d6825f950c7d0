"""A table of which somebody sorted some columns and not the others: its numbers stand beside other titles.

The rows then hold the right totals and the right months, but not together. By chance that does not happen: all totals
together are the sum of all months, and the totals would have to be the sums of other rows, each of exactly one; or, if
some columns of months alone were sorted, what these lack to the totals would have to stand in other rows.

It is never mended. Whether the titles moved or the totals, nothing in the table can say, and rows whose sums are equal
may be exchanged without any total showing it. So the whole report is refused, and it is told which rows it was seen in.
"""

from __future__ import annotations

import polars as pl

from nolcat_desktop.counts import count, count_or_zero
from nolcat_desktop.report import ROW, Irregularity

SORTED_HALF = "X-sorted-half"
_TOTAL = "Reporting_Period_Total"
_FEWEST = 3
"""Rows out of place from which on it is no slip of two rows."""
_NAMED = 5


def sorted_half(items: pl.DataFrame, months: list[str]) -> tuple[Irregularity, ...]:
    """Tell if the totals of the rows are the sums of their months, but of other rows.

    Args:
        items: The data rows.
        months: Their month columns, in the order of the file.

    Returns:
        One irregularity at the first row out of place, with where its numbers stand; () when the rows are sound.
    """
    if _TOTAL not in items.columns or not months or items.height < _FEWEST:
        return ()
    cells = items.lazy().select(ROW, count(_TOTAL), *(count_or_zero(name) for name in months)).collect()
    counts = cells.with_columns(pl.sum_horizontal(months).alias("sum"))
    if counts.select(pl.any_horizontal(pl.all().is_null().any())).item():
        return ()
    odd = counts.filter(pl.col(_TOTAL) != pl.col("sum"))
    if odd.height < _FEWEST or counts[_TOTAL].sum() != counts["sum"].sum():
        return ()
    if _are_the_same(counts[_TOTAL], counts["sum"]):
        return (_told(odd, f"{_examples(odd)}; {odd.height:,} rows in all"),)
    span = _some_months(counts, months) if odd[_TOTAL].n_unique() >= _FEWEST else None
    if span is None:
        return ()
    rows = ", ".join(map(str, odd[ROW].head(_NAMED)))
    said = f"what {span} lack to the totals stands in other rows (rows {rows} …; {odd.height:,} in all)"
    return (_told(odd, said),)


def _some_months(counts: pl.DataFrame, months: list[str]) -> str | None:
    """The columns of months side by side which, in another order of rows, would give the totals; else None."""
    for first in range(len(months)):
        for last in range(first, len(months)):
            have = pl.sum_horizontal(months[first : last + 1])
            some = counts.select(have=have, want=pl.col(_TOTAL) - pl.col("sum") + have)
            if _are_the_same(some["want"], some["have"]):
                return months[first] if first == last else f"{months[first]} to {months[last]}"
    return None


def _are_the_same(one: pl.Series, other: pl.Series) -> bool:
    """Whether both hold the same numbers, in whatever order."""
    return one.sort().equals(other.sort())


def _examples(odd: pl.DataFrame) -> str:
    """Of the first rows, in which rows their numbers stand."""
    found = []
    for row, total in odd.select(ROW, _TOTAL).head(_NAMED).iter_rows():
        there = odd.filter(pl.col("sum") == total)[ROW]
        where = f"row {there[0]}" if there.len() == 1 else "one of several rows"
        found.append(f"the total of row {row} is the sum of {where}")
    return ", ".join(found)


def _told(odd: pl.DataFrame, said: str) -> Irregularity:
    return Irregularity(SORTED_HALF, str(odd[ROW][0]), detail=said)
