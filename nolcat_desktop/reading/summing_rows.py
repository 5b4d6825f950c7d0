"""Rows of sums that somebody has put in: `Grand Total`, `Summe`, `Subtotal` under each platform, or without a word.

Their labels are of any language, so only their counts prove them: in every month they are the sum of other rows, and
they have nothing but a label where all others have publisher, platform or identifiers (of platforms: a metric).
Stored, they would count each use twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add, sub

import polars as pl

from nolcat_desktop.counter.elements import IDENTIFIERS
from nolcat_desktop.counts import count, count_or_zero
from nolcat_desktop.reading.total_rows import label_of_row
from nolcat_desktop.report import ROW

_TOTAL = "Reporting_Period_Total"
_METRIC = "Metric_Type"
_WORDS = (
    r"(?i)\b(?:(?:sub|grand)?[- ]?totals?|sums?|overall|summe|zwischensumme|gesamt\w*|insgesamt|totaux|somme|sous-total"
    r"|totale|subtotaal|totaal|suma|sumas|total\w*)\b"
)
"""Words for sums: with one of them a single month proves enough, without it takes several."""
_MONTHS_OF_PROOF = 3
_ROWS_OF_PROOF = 2
_DAMAGED = -1
"""Stands for a cell that cannot be read; it is part of no sum."""
_TRIED = 500
"""Rows without publisher, platform and identifiers; a report with more has none of those at all."""

_Vector = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    metric: str | None
    counts: _Vector
    is_enough: bool
    """Whether its label (none, or with a word for sums) or its number of months makes equal sums a proof."""


class _Sums:
    """Sums of rows from one row to another, all found with one look at the table."""

    def __init__(self, items: pl.DataFrame, months: Sequence[str], metric: str | None) -> None:
        """Add up the rows of a metric; of all, if there is none."""
        rows = items.lazy().sort(ROW)
        if metric is not None:
            rows = rows.filter(pl.col(_METRIC) == metric)
        counts = [count_or_zero(month).fill_null(0) for month in months]
        used = pl.any_horizontal(one > 0 for one in counts).cast(pl.Int64).cum_sum().alias("#used")
        sums = rows.select(ROW, used, *(one.cum_sum().alias(f"#{n}") for n, one in enumerate(counts))).collect()
        self._numbers = sums[ROW]
        self._sums = sums.drop(ROW)
        self._nothing = (0,) * (len(months) + 1)

    def between(self, after: int = 0, before: int | None = None) -> _Vector:
        """Rows with use, and the sum of each month, of the rows behind one and above another."""
        high = self._numbers.len() if before is None else int(self._numbers.search_sorted(before, "left"))
        return tuple(map(sub, self._up_to(high), self._up_to(int(self._numbers.search_sorted(after, "right")))))

    def _up_to(self, rows: int) -> _Vector:
        return self._sums.row(rows - 1) if rows else self._nothing


def summing_rows(items: pl.DataFrame, left_out: pl.DataFrame, counted: Sequence[str]) -> pl.Series:
    """Rows that are sums of others, whatever they are called.

    Args:
        items: The rows that count as data so far.
        left_out: Total rows that are known already; a sum over the whole column has them in it.
        counted: The columns of months and totals.

    Returns:
        The numbers of the rows, ascending. A row is one of them if its months are, without exception, the sums of the
        rows above it up to the last such row, of those below it down to the next, or, at an end of the table, of all
        rows, also with the total rows or the sums between.
    """
    months = [name for name in counted if name != _TOTAL]
    told_by = [name for name in ("Publisher", "Platform", *IDENTIFIERS) if name in items.columns]
    name = label_of_row(items).meta.output_name()
    told_by = [column for column in told_by if column != name] or [one for one in items.columns if one == _METRIC]
    none = items[ROW].clear()
    if not months or not told_by or items.is_empty():
        return none
    bare = pl.all_horizontal(pl.col(column).str.strip_chars().fill_null("") == "" for column in told_by)
    has_use = pl.any_horizontal((count(month) > 0).fill_null(value=False) for month in months)
    found = items.lazy().filter(bare).select(ROW, use=has_use).head(_TRIED + 1).collect()
    if not found["use"].any() or found.height in {items.height, _TRIED + 1}:
        return none
    candidates = _rows(items.filter(pl.col(ROW).is_in(found.filter("use")[ROW].implode())), months)
    others = items.filter(~pl.col(ROW).is_in(found[ROW].implode()))
    totals = left_out if set(months) <= set(left_out.columns) else items.clear()
    proved = [
        row
        for metric in {one.metric for one in candidates}
        for row in _proved(metric, candidates, others, totals, months)
    ]
    return pl.Series(ROW, sorted(proved), dtype=pl.UInt32)


def _rows(items: pl.DataFrame, months: Sequence[str]) -> list[_Row]:
    metric = pl.col(_METRIC) if _METRIC in items.columns else pl.lit(None, pl.String)
    label = label_of_row(items).fill_null("")
    counts = [count_or_zero(month).fill_null(_DAMAGED).alias(month) for month in months]
    enough = (
        label.str.contains(_WORDS)
        | (label.str.strip_chars() == "")
        | (pl.sum_horizontal((one > 0).cast(pl.Int64) for one in counts) >= _MONTHS_OF_PROOF)
    )
    table = items.select(ROW, metric.alias("#metric"), enough.alias("#enough"), *counts)
    return [_Row(number, name, tuple(cells), is_enough) for number, name, is_enough, *cells in table.iter_rows()]


def _proved(
    metric: str | None, rows: Sequence[_Row], others: pl.DataFrame, totals: pl.DataFrame, months: Sequence[str]
) -> Iterator[int]:
    """Those of `rows` of a metric that are sums of `others`."""
    sums, in_totals = _Sums(others, months, metric), _Sums(totals, months, metric)
    own = [one for one in rows if one.metric == metric]
    earlier = (0,) * (len(months) + 1)
    for place, row in enumerate(own):
        above, whole = sums.between(before=row.number), sums.between()
        block = sums.between(own[place - 1].number if place else 0, row.number)
        below = sums.between(row.number, own[place + 1].number if place + 1 < len(own) else None)
        is_at_end = whole in {above, sums.between(row.number)}
        of_all = (whole, tuple(map(add, whole, in_totals.between()))) if is_at_end else ()
        if row.is_enough and any(
            used >= _ROWS_OF_PROOF and tuple(cells) == row.counts
            for used, *cells in (*of_all, block, below, tuple(map(add, above, earlier)))
        ):
            yield row.number
        earlier = tuple(map(add, earlier, (1, *row.counts)))
