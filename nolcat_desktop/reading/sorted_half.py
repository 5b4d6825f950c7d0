"""A table of which somebody sorted some columns and not the others: its numbers stand beside other titles.

The rows then hold the right totals and the right months, but not together. By chance that does not happen: all totals
together are the sum of all months, and the totals would have to be the sums of other rows, each of exactly one; or, if
some columns of months alone were sorted, what these lack to the totals would have to stand in other rows.

The table alone never mends it. Whether the titles moved or the totals, nothing in it can say, and rows whose sums are
equal may be exchanged without any total showing it. So the whole report is refused, and each total out of place is told
at its cell; what another file can prove is the business of `sorted_proof`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from nolcat_desktop.counts import count, count_or_zero
from nolcat_desktop.report import ROW, Irregularity

SORTED_HALF = "X-sorted-half"
"""Rule of the one finding about the whole report, which stops it."""
OUT_OF_PLACE = "X-out-of-place"
"""Rule of the findings at the cells."""
TOTAL = "Reporting_Period_Total"
FEWEST = 3
"""Rows out of place from which on it is no slip of two rows."""
_NAMED = 5
_MOST = 10_000
"""Cells that are told one by one."""


def sorted_half(items: pl.DataFrame, months: list[str], letters: Mapping[str, str]) -> tuple[Irregularity, ...]:
    """Tell if the totals of the rows are the sums of their months, but of other rows.

    Args:
        items: The data rows.
        months: Their month columns, in the order of the file.
        letters: Column of `items` → letter of its cells.

    Returns:
        One irregularity at the first row out of place for the whole report, then one at each total out of place, with
        what it should be and where it belongs; () when the rows are sound.
    """
    if TOTAL not in items.columns or not months or items.height < FEWEST:
        return ()
    counts = _counts(items, months)
    if counts.select(pl.any_horizontal(pl.all().is_null().any())).item():
        return ()
    odd = counts.filter(pl.col(TOTAL) != pl.col("sum"))
    if odd.height < FEWEST or counts[TOTAL].sum() != counts["sum"].sum():
        return ()
    place = letters.get(TOTAL, "")
    if _are_the_same(counts[TOTAL], counts["sum"]):
        belongs = _rows_with(counts, counts["sum"], odd[TOTAL])
        said = f"the total of row {odd[ROW][0]} is the sum of {belongs[odd[TOTAL][0]]}; {odd.height:,} rows in all"
        return (_told(odd, said), *_cells(odd, belongs, place))
    span = _some_months(counts, months) if odd[TOTAL].n_unique() >= FEWEST else None
    if span is None:
        return ()
    rows = ", ".join(map(str, odd[ROW].head(_NAMED)))
    said = f"what {span[0]} lack to the totals stands in other rows (rows {rows} …; {odd.height:,} in all)"
    some = counts.with_columns(have=span[1], want=pl.col(TOTAL) - pl.col("sum") + span[1])
    return (_told(odd, said), *_lacking(some, span[0], place))


def moved_months(items: pl.DataFrame, months: list[str]) -> list[str]:
    """The columns of months that stand in other rows than the totals: all of them, or some side by side; else []."""
    counts = _counts(items, months)
    if _are_the_same(counts[TOTAL], counts["sum"]):
        return months
    span = _some_months(counts, months)
    return months[span[2] : span[3] + 1] if span is not None else []


def _counts(items: pl.DataFrame, months: list[str]) -> pl.DataFrame:
    cells = items.lazy().select(ROW, count(TOTAL), *(count_or_zero(name) for name in months)).collect()
    return cells.with_columns(pl.sum_horizontal(months).alias("sum"))


def _cells(odd: pl.DataFrame, belongs: Mapping[int, str], place: str) -> Iterator[Irregularity]:
    """Each total that is the sum of another row's months, at its cell."""
    for row, total, own in odd.head(_MOST).select(ROW, TOTAL, "sum").iter_rows():
        said = f"the months of this row add up to {own}, and {total} is the sum of {belongs[total]}"
        yield Irregularity(OUT_OF_PLACE, f"{place}{row}", TOTAL, str(total), said)
    if odd.height > _MOST:
        yield Irregularity(OUT_OF_PLACE, None, TOTAL, None, f"{odd.height:,} cells in all")


def _lacking(some: pl.DataFrame, span: str, place: str) -> Iterator[Irregularity]:
    """Each total that would need the months of another row, at its cell."""
    odd = some.filter(pl.col("want") != pl.col("have"))
    belongs = _rows_with(some, some["have"], odd["want"])
    for row, total, have, want in odd.head(_MOST).select(ROW, TOTAL, "have", "want").iter_rows():
        said = f"it needs {want} in {span}, where {have} stands; {want} stands in {belongs[want]}"
        yield Irregularity(OUT_OF_PLACE, f"{place}{row}", TOTAL, str(total), said)
    if odd.height > _MOST:
        yield Irregularity(OUT_OF_PLACE, None, TOTAL, None, f"{odd.height:,} cells in all")


def _rows_with(counts: pl.DataFrame, sums: pl.Series, wanted: pl.Series) -> dict[int, str]:
    """For each number that is wanted, in words, the rows of which it is the sum."""
    found = (
        counts.lazy()
        .select(ROW, sums=sums)
        .filter(pl.col("sums").is_in(wanted.unique().implode()))
        .group_by("sums", maintain_order=True)
        .agg(rows=pl.col(ROW).head(2), number=pl.len())
        .collect()
    )
    return {
        number: f"row {rows[0]}" if of == 1 else f"one of {of:,} rows (row {rows[0]}, row {rows[1]} …)"
        for number, rows, of in found.iter_rows()
    }


def _some_months(counts: pl.DataFrame, months: list[str]) -> tuple[str, pl.Expr, int, int] | None:
    """The columns of months side by side which, in another order of rows, would give the totals; else None.

    Their name, their sum in each row, and the places of the first and the last.
    """
    for first in range(len(months)):
        for last in range(first, len(months)):
            have = pl.sum_horizontal(months[first : last + 1])
            some = counts.select(have=have, want=pl.col(TOTAL) - pl.col("sum") + have)
            if _are_the_same(some["want"], some["have"]):
                name = months[first] if first == last else f"{months[first]} to {months[last]}"
                return name, have, first, last
    return None


def _are_the_same(one: pl.Series, other: pl.Series) -> bool:
    """Whether both hold the same numbers, in whatever order."""
    return one.sort().equals(other.sort())


def _told(odd: pl.DataFrame, said: str) -> Irregularity:
    return Irregularity(SORTED_HALF, str(odd[ROW][0]), detail=said)
