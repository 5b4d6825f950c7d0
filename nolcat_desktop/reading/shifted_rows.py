"""Rows whose cells do not stand under their headings: longer than the headings are, or shorter, and so shifted.

A delimiter inside a title that nobody put in quotes moves all cells behind it one column to the right: its number for
January then stands under February. Such a row is damaged as a whole, and none of its numbers is ever stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from nolcat_desktop.counter.identifiers import issn_check
from nolcat_desktop.counter.months import label
from nolcat_desktop.counts import count, count_or_zero, is_blank, is_damaged
from nolcat_desktop.reading.grid import Grid, column_index
from nolcat_desktop.repairs import Repair
from nolcat_desktop.report import ROW, SHIFTED_ROW, Heading, Irregularity

UNHEADED = "F-unheaded"
"""Rule: columns of numbers without a heading, in every row."""
_TOTAL = "Reporting_Period_Total"
_MOST_LOST = 3
"""Cells that a row may have lost for its shift to be looked for."""
_NAMED = 200
_NUMBER = "number"
_FEWEST, _SELDOM = 3, 10
"""Of so many rows, one in so many may be blank in a column for a blank one to be remarkable."""
_YEARS = (1000, 2100)
_NO_HEADING = "the period has as many more months as there are columns, and with them each row adds up to its total"


@dataclass(frozen=True, slots=True)
class Straight:
    """Data rows that stand under their headings."""

    items: pl.DataFrame
    headings: tuple[Heading, ...]
    shifted: pl.DataFrame
    """The other ones, with `rule`."""
    irregularities: tuple[Irregularity, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(slots=True)
class _Table:
    """Rows and headings, with the columns that have none."""

    items: pl.DataFrame
    headings: tuple[Heading, ...]
    grid: Grid
    months: list[str] = field(default_factory=list)
    surplus: list[Heading] = field(default_factory=list)
    """Columns beyond the last heading that hold something."""
    width: int = 0
    """Columns up to the last heading."""

    def __post_init__(self) -> None:
        last = max((n for n, one in enumerate(self.headings) if one.text.strip() or one.month), default=-1)
        self.width = last + 1
        self.months = [one.column for one in self.headings if one.month and one.column]
        self.surplus = [one for one in self.headings[last + 1 :] if one.column]


def straight(
    items: pl.DataFrame, headings: tuple[Heading, ...], grid: Grid, period: tuple[date | None, date | None]
) -> Straight:
    """Part the rows that are shifted from the others.

    Args:
        items: The data rows.
        headings: The headings of all columns.
        grid: The table, for the number of cells of its rows.
        period: First and last day of the reporting period, where known.

    Returns:
        The rows that are sound; those that are not, each told. If every row has numbers beyond the last heading, or
        adds up to its total only with them, then no row is shifted but headings are missing: they are found again if
        period and totals prove it, else told.
    """
    table = _Table(items, headings, grid)
    none = Straight(items, headings, items.clear().with_columns(rule=pl.lit(None, pl.String)))
    if items.is_empty() or not table.months:
        return none
    numbers = _with_numbers(table)
    if items.height > 1 and numbers.len() and (numbers.len() == items.height or _add_up_only_with(table)):
        return _with_headings(table, period) or _unheaded(table, none)
    shifted = sorted({*numbers, *_with_text(table), *_short(table)})
    if not shifted:
        return none
    is_shifted = pl.col(ROW).is_in(shifted)
    said = tuple(Irregularity("F-shifted", str(row)) for row in shifted[:_NAMED])
    out = items.filter(is_shifted).with_columns(rule=pl.lit(SHIFTED_ROW))
    return Straight(items.filter(~is_shifted), headings, out, said)


def _with_numbers(table: _Table) -> pl.Series:
    """Rows with a number right behind the last heading, which is not the sum of the row, and not proved superfluous.

    Where the months add up to the total that stands under its heading, the row is straight; the number is told.
    """
    beyond = [one.column for one in table.surplus if one.column and _is_near(table, one)]
    if not beyond:
        return table.items[ROW].clear()
    found = [count(name).is_not_null() for name in beyond]
    sums = pl.sum_horizontal(count_or_zero(name) for name in table.months)
    totals = [sums, *([count(_TOTAL)] if _TOTAL in table.items.columns else [])]
    only = pl.coalesce(count(name) for name in beyond)
    is_sum = (pl.sum_horizontal(found) == 1) & pl.any_horizontal(
        (only == total).fill_null(value=False) for total in totals
    )
    if len(totals) > 1 and not all(_in_every_row(table, name) for name in beyond):
        is_sum |= ((totals[1] == sums) & (sums > 0)).fill_null(value=False)
    return table.items.lazy().filter(pl.any_horizontal(found) & ~is_sum).select(ROW).collect()[ROW]


def _add_up_only_with(table: _Table) -> bool:
    """Whether each row adds up to its total with the columns beyond the headings: then headings are missing."""
    if _TOTAL not in table.items.columns:
        return False
    sums = pl.sum_horizontal(
        count_or_zero(name) for name in (*table.months, *(one.column or "" for one in table.surplus))
    )
    return bool(table.items.lazy().select((sums == count(_TOTAL)).fill_null(value=False).all()).collect().item())


def _in_every_row(table: _Table, name: str) -> bool:
    """Whether each row goes on beyond the headings: then headings are missing."""
    return not table.items.lazy().select(count(name).is_null().any()).collect().item()


def _is_near(table: _Table, heading: Heading) -> bool:
    """Whether a column belongs to the table: in a workbook, notes stand apart from it."""
    place = column_index(heading.position.rstrip("0123456789"))
    nearest = {column_index(one.position.rstrip("0123456789")) for one in table.surplus} | {table.width - 1}
    return bool(table.grid.usual) or all(n in nearest for n in range(table.width - 1, place))


def _with_text(table: _Table) -> list[int]:
    """Rows longer than the headings in which a text stands where a number must be."""
    first = int(table.items[ROW][0])
    longer = {row for row, width in table.grid.widths.items() if width > table.width and row >= first}
    beyond = [one.column for one in table.surplus if one.column]
    if not longer and not beyond:
        return []
    counted = [*table.months, *([_TOTAL] if _TOTAL in table.items.columns else [])]
    odd = table.items.lazy().filter(pl.any_horizontal(is_damaged(name) for name in counted)).collect()
    if odd.is_empty():
        return []
    filled = odd.filter(pl.any_horizontal(~is_blank(name) for name in beyond))[ROW].to_list() if beyond else []
    return [row for row in odd[ROW] if row in filled or row in longer]


def _short(table: _Table) -> list[int]:
    """Rows that lost a cell: their numbers add up only when read further left, or the total stands among the names."""
    if _TOTAL not in table.items.columns:
        return []
    short = {row: table.width - width for row, width in table.grid.widths.items()} if table.grid.usual else {}
    blank, is_rare = _blank_ends(table)
    weighty = {*short, *(blank if is_rare and not table.grid.usual else ())}
    short = {row: lost for row, lost in (blank | short).items() if 0 < lost <= _MOST_LOST}
    letters = [name for name in table.grid.cells.columns if name != ROW]
    places = {one.column: column_index(one.position.rstrip("0123456789")) for one in table.headings if one.column}
    rows = table.grid.cells.filter(pl.col(ROW).is_in(list(short)) & pl.col(ROW).is_in(table.items[ROW].implode()))
    if rows.is_empty():
        return []
    numbers = rows.select(ROW, *(count(name).alias(name) for name in letters[: table.width]))
    wanted = [places[_TOTAL], *(places[name] for name in table.months)]
    texts = {places[one.column] for one in table.headings if one.column and _is_text(one)}
    metric = places.get("Metric_Type")
    return [
        row[0]
        for row in numbers.iter_rows()
        if _adds_up(row[1:], wanted, lost := short[row[0]], is_text=(place := places[_TOTAL] - lost) in texts)
        or (metric is not None and row[1 + metric] is not None)  # no metric is a number
        or (row[0] in weighty and place in texts and place > 0 and _is_count(row[1 + place]))
    ]


def _blank_ends(table: _Table) -> tuple[dict[int, int], bool]:
    """Rows with nothing in the last columns, and in how many; and whether nearly all others have something there.

    Those rows alone in which a number stands right before the total, where no name is one; all rows whose end is blank
    where these are few, or where no row has anything: a heading too many moves them all.
    """
    last = table.months[-1]
    if table.headings[table.width - 1].column != last:
        return {}, False
    blanks = table.items.lazy().select(
        ROW, _before_total(table).alias(_NUMBER), *(is_blank(name).alias(name) for name in table.months)
    )
    found = blanks.filter(last).collect()
    height = table.items.height
    few = height >= _FEWEST and found.height <= max(1, height // _SELDOM)
    is_rare = few or found.height == height
    return {
        row: next((n for n, is_empty in enumerate(reversed(ends)) if not is_empty), len(ends))
        for row, _, *ends in (found if is_rare else found.filter(_NUMBER)).iter_rows()
    }, is_rare


def _before_total(table: _Table) -> pl.Expr:
    """Whether a number stands in the column before that of the total."""
    before = None
    for heading in table.headings:
        if heading.column == _TOTAL:
            break
        before = heading.column or before
    return count(before).is_not_null() if before is not None else pl.lit(value=False)


def _is_count(number: int | None) -> bool:
    """Whether a number where a name or an identifier should be is a number of uses: no year, and no spoiled ISSN."""
    return number is not None and not issn_check(f"{number:08}") and not _YEARS[0] <= number <= _YEARS[1]


def _is_text(heading: Heading) -> bool:
    return heading.element is not None and not heading.element.startswith("Reporting_Period")


def _adds_up(cells: Sequence[int | None], places: Sequence[int], lost: int, *, is_text: bool) -> bool:
    """Whether the total is the sum of the months `lost` columns further left, and not where they should stand.

    Where a name or an identifier should be (`is_text`), such a number is proof enough.
    """
    total, *months = (cells[place - lost] for place in places)
    here, *there = (cells[place] for place in places)
    moved = bool(total) and total == sum(number or 0 for number in months)
    return moved and (is_text or here != sum(number or 0 for number in there))


def _with_headings(table: _Table, period: tuple[date | None, date | None]) -> Straight | None:
    """The same with the headings that are missing, if period and totals prove which months they were."""
    months = [one.month for one in table.headings if one.month and one.column]
    wanted = _months_of(*period)
    more = wanted[len(months) :]
    if wanted[: len(months)] != months or len(more) != len(table.surplus):
        return None
    if table.headings[table.width - 1].month != months[-1]:
        return None
    names = {one.column: f"{month:%Y-%m}" for one, month in zip(table.surplus, more, strict=True) if one.column}
    if not _add_up_only_with(table):
        return None
    found = dict(zip(table.surplus, more, strict=True))
    repairs = tuple(
        Repair(one.position, f"{month:%Y-%m}", "", label(month), "heading-missing", _NO_HEADING)
        for one, month in found.items()
    )
    headings = tuple(_headed(one, found) for one in table.headings)
    items = table.items.rename(names)
    return Straight(items, headings, items.clear().with_columns(rule=pl.lit(None, pl.String)), (), repairs)


def _headed(heading: Heading, found: Mapping[Heading, date]) -> Heading:
    month = found.get(heading)
    return heading if month is None else Heading("", heading.position, None, month, f"{month:%Y-%m}")


def _months_of(begin: date | None, end: date | None) -> list[date]:
    if begin is None or end is None:
        return []
    span = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
    return [date(month // 12, month % 12 + 1, 1) for month in span]


def _unheaded(table: _Table, none: Straight) -> Straight:
    first = table.surplus[0].position
    said = Irregularity(UNHEADED, first, None, None, str(len(table.surplus)))
    return Straight(none.items, none.headings, none.shifted, (said,))
