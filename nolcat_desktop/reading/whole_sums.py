"""Total rows that carry a publisher or a platform, or whose numbers do not stand under their headings.

`All Databases` with the vendor beside it, `Grand Total` with the platform, `Total` with its numbers one column too far
left: the whole label says what they are, and the months must prove it. A title may begin with such words, so neither
is enough alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.counter.elements import IDENTIFIERS
from nolcat_desktop.counts import count, count_or_zero
from nolcat_desktop.reading.total_rows import label_of_row
from nolcat_desktop.report import ROW

_TOTAL = "Reporting_Period_Total"
_METRIC = "Metric_Type"
_WHAT = (
    r"(?:journal|title|database|platform|item|collection|book|e-?book|publisher|searche?|request|use|section|article)s?"
)
_LABEL = re.compile(rf"(?:(?:grand|overall) )?(?:totals?|all|sum|summe|gesamt)(?: (?:for|of))?(?: all)?(?: {_WHAT})?:?")
_LIKELY = r"^(?i:[\s\x{00a0}]*(?:grand|overall|total|all|sum|gesamt))"
_SHORT = frozenset({"all", "total", "totals", "sum", "summe", "gesamt"})
"""Labels of one word: titles, too, are called so."""
_MOST = 100
"""Rows of such a label; a list with more is no list of totals."""

_Vector = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the other rows add up to."""

    by_metric: Mapping[str | None, _Vector]
    whole: _Vector
    rows: int
    """How many of them have use."""

    def of(self, metric: str | None) -> _Vector:
        """The sums of a metric; of all rows, where it is none of theirs."""
        return self.by_metric.get(metric, self.whole)


def whole_sums(items: pl.DataFrame, left_out: pl.DataFrame, counted: Sequence[str]) -> tuple[pl.Series, pl.Series]:
    """Rows at the ends whose whole label is one of total rows, and whose months are the sums of all others.

    Args:
        items: The rows that count as data so far.
        left_out: Total rows that are known already.
        counted: The columns of months and totals.

    Returns:
        The numbers of the rows, ascending. A row that adds up proves those of the same label that count unique uses:
        of all databases together these are fewer than their sum. And the numbers of those that are.
    """
    none = items[ROW].clear()
    months = [name for name in counted if name != _TOTAL]
    if not months:
        return none, none
    found = _candidates(items)
    others = items.filter(~pl.col(ROW).is_in(found.implode()))
    if found.is_empty() or others.is_empty():
        return none, none
    first, last = int(others[ROW].min()), int(others[ROW].max())  # type: ignore[arg-type]
    at_ends = items.filter(pl.col(ROW).is_in(found.implode()) & ((pl.col(ROW) < first) | (pl.col(ROW) > last)))
    others = items.filter(~pl.col(ROW).is_in(at_ends[ROW].implode()))
    labels = {row: _plain(label or "") for row, label in at_ends.select(ROW, label_of_row(items)).iter_rows()}
    sums = _sums(others, months)
    proved = set(_proved(at_ends, sums, months, labels))
    known = left_out.select(label_of_row(items)).to_series().drop_nulls()
    kinds = {labels[row] for row in proved} | set(map(_plain, known))
    told = [row for row in _unique(at_ends, sums, months) if row not in proved and labels[row] in kinds]
    return pl.Series(ROW, sorted({*proved, *told}), dtype=pl.UInt32), pl.Series(ROW, told, dtype=pl.UInt32)


def _candidates(items: pl.DataFrame) -> pl.Series:
    """Rows with such a label and no identifier; numbers in the place of one are those of a row that is shifted."""
    without = [
        (pl.col(name).str.strip_chars().fill_null("") == "") | count(name).is_not_null()
        for name in IDENTIFIERS
        if name in items.columns
    ]
    likely = items.lazy().filter(label_of_row(items).str.contains(_LIKELY).fill_null(value=False))
    rows = likely.filter(*without).select(ROW, label_of_row(items)).collect()
    numbers = [row for row, label in rows.iter_rows() if _LABEL.fullmatch(_plain(label))]
    return pl.Series(ROW, numbers if len(numbers) <= _MOST else [], dtype=pl.UInt32)


def _plain(label: str) -> str:
    return " ".join(label.lower().split())


def _sums(others: pl.DataFrame, months: Sequence[str]) -> _Sums:
    metric = pl.col(_METRIC) if _METRIC in others.columns else pl.lit(None, pl.String).alias(_METRIC)
    counts = others.select(metric, *(count_or_zero(name).fill_null(0).alias(name) for name in months))
    sums = counts.group_by(_METRIC).agg(pl.col(months).sum())
    used = counts.select(pl.any_horizontal(pl.col(months) > 0).sum()).item()
    by_metric = {metric: tuple(row) for metric, *row in sums.iter_rows()}
    return _Sums(by_metric, tuple(counts.select(pl.col(months).sum()).row(0)), int(used))


def _unique(rows: pl.DataFrame, sums: _Sums, months: Sequence[str]) -> list[int]:
    """Rows of unique uses that are, in each month, no more than the sum of the others."""
    if _METRIC not in rows.columns:
        return []
    found = rows.filter(pl.col(_METRIC).str.contains(r"^(?i:\s*unique)"))
    cells = found.select(ROW, _METRIC, *(count_or_zero(name).fill_null(-1) for name in months))
    return [
        row
        for row, name, *own in cells.iter_rows()
        if all(0 <= one <= most for one, most in zip(own, sums.of(name), strict=True))
    ]


def _proved(rows: pl.DataFrame, sums: _Sums, months: Sequence[str], labels: Mapping[int, str]) -> Iterator[int]:
    """Those rows whose numbers are the sums: under their headings, or all of them moved the same way."""
    texts = [name for name in rows.columns if name != ROW]
    metric = pl.col(_METRIC) if _METRIC in rows.columns else pl.lit(None, pl.String)
    straight = rows.select(ROW, metric.alias("#"), *(count_or_zero(name).fill_null(-1) for name in months))
    own = {row: (name, tuple(cells)) for row, name, *cells in straight.iter_rows()}
    moved = {
        row: tuple(number for number in cells if number is not None)
        for row, *cells in rows.select(ROW, *(count(name).alias(name) for name in texts)).iter_rows()
    }
    for row, (name, counts) in own.items():
        is_sure = labels[row].rstrip(":") not in _SHORT or _LABEL.fullmatch(_plain(name or ""))
        if not is_sure and sums.rows < 2:  # noqa: PLR2004 - a sum of one row is that row
            continue
        wanted = sums.of(name)
        ends = {wanted, sums.whole, *sums.by_metric.values()}
        is_moved = counts != wanted and len(months) > 1 and moved[row][-len(months) :] in ends
        if is_moved or (any(counts) and counts == wanted):
            yield row
