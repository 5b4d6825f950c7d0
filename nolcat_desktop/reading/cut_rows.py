"""Rows that end too early: those whose end was cut off, and those at whose end only blanks were not written.

A publisher that writes no blanks at the end of a row leaves nothing out; a file that broke off while it was saved or
sent does. The row's own total, which stands before its months, tells one from the other. What was cut off is unknown,
not 0: its cells are marked, and so stop the report as every other cell does that cannot be read.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nolcat_desktop.counts import CUT_OFF, count, count_or_zero, is_blank
from nolcat_desktop.reading.grid import Grid
from nolcat_desktop.reading.left_out import REMARK_ROW, TOTAL_ROW, Split
from nolcat_desktop.report import ROW, Heading, Irregularity

_TOTAL = "Reporting_Period_Total"
_HALF = 0.5
"""Share of the whole rows whose totals must fit for a total to prove that another row was cut off."""


def mark_cut_rows(
    items: pl.DataFrame, headings: Sequence[Heading], grid: Grid
) -> tuple[pl.DataFrame, tuple[Irregularity, ...]]:
    """Mark the months that were cut off a row.

    A row is cut off where it ends before the last month and its total is more than its months; without a total,
    where it is the last of the file and no line break follows it. Of a last row without a line break the last cell
    is in doubt, too: in a row with all its cells where with more digits behind it the months would add up to the
    total.

    Args:
        items: The data rows, as `Report.items`.
        headings: The headings of all columns.
        grid: The table, for the number of cells of its rows.

    Returns:
        The rows, `CUT_OFF` in (or behind) each month cell that is not known; one irregularity for the rows that are
        short and not cut off, their number as detail, and one for those that are.
    """
    places = {one.column: n for n, one in enumerate(headings, 1) if one.month and one.column}
    if not places or not grid.usual or items.is_empty():
        return items, ()
    last, end = max(places.values()), int(items[ROW][-1])
    is_open = not grid.is_ended and end == grid.last_row
    widths = _short(items, grid, last)
    if not widths and not is_open:
        return items, ()
    cut = set(_cut(items, sorted(places, key=lambda name: places[name]), widths, grid))
    if cut:
        doubted = {end: widths.get(end, last)} if is_open and end in cut else {}
        items = items.with_columns(_marked(name, place, widths, cut, doubted) for name, place in places.items())
    blank = [row for row in widths if row not in cut]
    return items, (*_told("F-short-row", blank), *_told("F-cut-row", sorted(cut)))


def with_begun_row(split: Split, grid: Grid) -> Split:
    """Take the last row of the file for data, if it passes for a remark or total and is the beginning of an item.

    It is one where no line break follows it and what it holds is also held, or begun, by the item above it. Where it is
    not like that item, that it may be one is told.

    Args:
        split: The data rows, those left out, and what is said of them.
        grid: The table.

    Returns:
        The same three.
    """
    data, left_out, said = split
    last = left_out.filter((pl.col(ROW) == grid.last_row) & pl.col("rule").is_in([REMARK_ROW, TOTAL_ROW]))
    is_short = grid.width(grid.last_row) < grid.usual
    if grid.is_ended or not is_short or last.is_empty() or data.is_empty():
        return split
    names = [name for name in data.columns if name != ROW]
    held = last.select(names).row(0)
    if any(
        text and (above or "").startswith(text) for text, above in zip(held, data.select(names).row(-1), strict=True)
    ):
        rest = left_out.filter(pl.col(ROW) != grid.last_row)
        told = tuple(one for one in said if one.position != str(grid.last_row))
        return pl.concat([data, last.drop("rule")]), rest, told
    value = next((text for text in held if text), None)
    return data, left_out, (*said, Irregularity("F-perhaps-cut", str(grid.last_row), value=value))


def _short(items: pl.DataFrame, grid: Grid, last: int) -> dict[int, int]:
    """Row → its number of cells, of the rows that end before the last month."""
    if grid.usual >= last:
        odd = pl.Series([row for row, width in grid.widths.items() if width < last], dtype=pl.UInt32)
        rows = items[ROW].filter(items[ROW].is_in(odd.implode()))
    else:
        whole = pl.Series([row for row, width in grid.widths.items() if width >= last], dtype=pl.UInt32)
        rows = items[ROW].filter(~items[ROW].is_in(whole.implode()))
    return {row: grid.width(row) for row in rows}


def _cut(items: pl.DataFrame, months: Sequence[str], widths: dict[int, int], grid: Grid) -> list[int]:
    """Rows whose end was cut off, of those that are short and of the last one, when no line break follows it.

    Totals of which most are not the sum of their whole row prove nothing of the short ones.
    """
    total = count(_TOTAL) if _TOTAL in items.columns else pl.lit(None, pl.Int64)
    lacking = total - pl.sum_horizontal(count(name) for name in months)
    is_short = pl.col(ROW).is_in(list(widths))
    is_open = (pl.col(ROW) == grid.last_row) & pl.lit(not grid.is_ended)
    whole = items.lazy().filter(~is_short & ~is_open).select((lacking == 0).drop_nulls().mean()).collect().item()
    proves = pl.lit(whole is None or whole > _HALF)
    begun = pl.col(months[-1]).fill_null("").str.strip_chars()
    is_begun = (lacking + count_or_zero(months[-1])).cast(pl.String).str.starts_with(begun) & is_open
    told = (lacking > 0) & ((is_short & (proves | is_open)) | (is_begun & proves))
    kept = told.fill_null(value=False) | (total.is_null() & is_short & is_open)
    return items.lazy().filter(kept).select(ROW).collect()[ROW].to_list()


def _marked(name: str, place: int, widths: dict[int, int], cut: set[int], doubted: dict[int, int]) -> pl.Expr:
    beyond = [row for row in cut if row in widths and widths[row] < place]
    half = [row for row, width in doubted.items() if width == place]
    gone = pl.col(ROW).is_in([*beyond, *half]) & is_blank(name)
    is_begun = pl.col(ROW).is_in(half) & (pl.col(name) != "0")  # no count goes on after a 0
    begun = pl.concat_str(pl.col(name), pl.lit(f" {CUT_OFF}"))
    marked = pl.when(gone).then(pl.lit(CUT_OFF)).when(is_begun).then(begun)
    return marked.otherwise(pl.col(name)).alias(name)


def _told(rule: str, rows: Sequence[int]) -> tuple[Irregularity, ...]:
    return (Irregularity(rule, str(rows[0]), None, None, str(len(rows))),) if rows else ()
