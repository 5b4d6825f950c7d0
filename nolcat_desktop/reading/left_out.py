"""Rows under the headings that are not data: totals, remarks, headings. Left out by exact rules, kept with the report.

A title may be called `Total Recall` or `All Quiet on the Western Front`: such a row is data, because it stands among
the items, has an identifier, or is no known label. Never a rule by prefix.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.months import is_month_like
from nolcat_desktop.reading.bare_months import bare_month
from nolcat_desktop.reading.summing_rows import summing_rows
from nolcat_desktop.reading.total_rows import (
    exactly_labelled,
    is_release4,
    label_of_row,
    labelled,
    nameless,
    that_add_up,
    that_exceed,
)
from nolcat_desktop.reading.whole_sums import whole_sums
from nolcat_desktop.report import ROW, Heading, Irregularity

TOTAL_ROW = "total-row"
REMARK_ROW = "remark-row"
SECOND_HEADING = "second-heading"
_RULES = {TOTAL_ROW: "T-left-out", REMARK_ROW: "R4-V30", SECOND_HEADING: "T-left-out"}
_TOLD = 200
_NOT_THE_SUMS = "it reads like a total row, but its counts are not the sums of the others, so it is kept as data"
_FEWEST = 3
"""Headings that must come once more to tell a row of them from an item."""

Split = tuple[pl.DataFrame, pl.DataFrame, tuple[Irregularity, ...]]


def split_rows(items: pl.DataFrame, definition: Definition | None, headings: Sequence[Heading]) -> Split:
    """Part the data rows from the rest.

    Args:
        items: All rows under the headings, as `Report.items`.
        definition: The report, when it is known.
        headings: The headings of its columns.

    Returns:
        The data rows; the rows left out with their `rule`; and what is to be said about it.
    """
    none = pl.lit(None, pl.String)
    if items.is_empty():
        return items, items.with_columns(rule=none), ()
    counted = [heading.column for heading in headings if heading.column and _is_counted(heading)]
    second = _is_second_heading(items, headings)
    remark = pl.col(ROW).is_in(_remarks(items, counted).implode())
    marked = items.select(
        ROW,
        total=pl.col(ROW).is_in(labelled(items, definition).implode()),
        nameless=pl.col(ROW).is_in(nameless(items, counted, definition).implode()),
        remark=remark | second,
    )
    totals, kept = _totals(marked, items, counted, definition)
    data = items.filter(~pl.col(ROW).is_in(totals.implode()) & ~remark & ~second)
    known = items.filter(pl.col(ROW).is_in(totals.implode()))
    sums = summing_rows(data, known, counted)
    whole, differing = whole_sums(data.filter(~pl.col(ROW).is_in(sums.implode())), known, counted)
    sums = sums.append(whole)
    totals = totals.append(sums)
    kept = tuple(one for one in kept if one.position not in set(map(str, sums)))
    kept = (*kept, *(Irregularity("T-differs", str(row)) for row in differing))
    if totals.is_empty() and not marked["remark"].any():
        return items, items.clear().with_columns(rule=none), kept
    rule = (
        pl.when(second)
        .then(pl.lit(SECOND_HEADING))
        .when(pl.col(ROW).is_in(totals.implode()))
        .then(pl.lit(TOTAL_ROW))
        .when(remark)
        .then(pl.lit(REMARK_ROW))
    )
    told = items.with_columns(rule=rule)
    out = told.filter(pl.col("rule").is_not_null())
    said = (
        _said(items, row, label, kind)
        for row, label, kind in out.head(_TOLD).select(ROW, label_of_row(items), "rule").iter_rows()
    )
    return told.filter(pl.col("rule").is_null()).drop("rule"), out, (*said, *kept)


def _said(items: pl.DataFrame, row: int, label: str | None, kind: str) -> Irregularity:
    if label is None:  # a remark need not stand in the column of names
        texts = items.filter(pl.col(ROW) == row).drop(ROW).row(0)
        label = next((text for text in texts if text), None)
    return Irregularity(_RULES[kind], str(row), value=label, detail=kind)


def _is_counted(heading: Heading) -> bool:
    return heading.month is not None or heading.element == "Reporting_Period_Total"


def _is_second_heading(items: pl.DataFrame, headings: Sequence[Heading]) -> pl.Expr:
    """The column headings once more, as at the top of a page; months perhaps in another form, or blank."""
    named = [one for one in headings if one.column and one.text.strip()]
    if len(named) < _FEWEST:
        return pl.lit(value=False)
    months = {one.column: one.text for one in named if one.column and one.month}
    others = [_plain(pl.col(one.column)) == _plain(pl.lit(one.text)) for one in named if one.column and not one.month]
    rows = items.lazy().filter(pl.all_horizontal(others)).collect() if others else items.clear()
    same = [row for row, *cells in rows.select(ROW, *months).iter_rows() if all(map(_may_head, cells, months.values()))]
    return pl.col(ROW).is_in(same)


def _plain(text: pl.Expr) -> pl.Expr:
    return text.str.to_lowercase().str.replace_all(r"[\s_\x{00a0}]+", "")


def _may_head(cell: str | None, text: str) -> bool:
    return not cell or cell == text or is_month_like(cell) or bare_month(cell) is not None


def _totals(
    marked: pl.DataFrame, items: pl.DataFrame, counted: list[str], definition: Definition | None
) -> tuple[pl.Series, tuple[Irregularity, ...]]:
    """The rows that are total rows; and what is said of those that only look like one."""
    totals = _at_the_ends(marked, definition)
    without_name = _nameless_totals(marked, items, counted, totals)
    if is_release4(definition):
        totals, doubtful = _sure_totals4(totals, items, counted, definition)
        among = marked.filter(pl.col("total") & ~pl.col(ROW).is_in(pl.concat([totals, doubtful]).implode()))[ROW]
        kept = (*_kept(items, among, "it stands among the items"), *_kept(items, doubtful, _NOT_THE_SUMS))
        return totals.append(without_name), kept
    if totals.is_empty():
        return totals.append(without_name), ()
    proved = that_add_up(totals, items, counted).append(without_name)
    shortened = that_exceed(totals.filter(~totals.is_in(proved.implode())), items, counted)
    proved = proved.append(shortened)
    doubtful = totals.filter(~totals.is_in(proved.implode()))
    told = tuple(Irregularity("T-differs", str(row)) for row in shortened)
    return proved, (*told, *_kept(items, doubtful, _NOT_THE_SUMS))


def _sure_totals4(
    totals: pl.Series, items: pl.DataFrame, counted: list[str], definition: Definition | None
) -> tuple[pl.Series, pl.Series]:
    """Total rows by their label or their sums; and those that only begin as such labels do."""
    exact = exactly_labelled(items, definition)
    sure, rest = totals.filter(totals.is_in(exact.implode())), totals.filter(~totals.is_in(exact.implode()))
    if rest.is_empty():
        return totals, rest
    others = items.filter(~pl.col(ROW).is_in(sure.implode()))
    proved = that_add_up(rest, others, counted)
    proved = proved.append(that_exceed(rest.filter(~rest.is_in(proved.implode())), others, counted))
    return sure.append(proved), rest.filter(~rest.is_in(proved.implode()))


def _kept(items: pl.DataFrame, rows: pl.Series, said: str) -> tuple[Irregularity, ...]:
    """What is told of rows that look like total rows and are none."""
    kept = items.filter(pl.col(ROW).is_in(rows.implode())).select(ROW, label_of_row(items)).head(_TOLD)
    return tuple(Irregularity("T-kept", str(row), value=label, detail=said) for row, label in kept.iter_rows())


def _nameless_totals(marked: pl.DataFrame, items: pl.DataFrame, counted: list[str], totals: pl.Series) -> pl.Series:
    """Rows at the ends that have no name, but the sums of all the others; never all rows there are."""
    found = marked.filter(pl.col("nameless") & ~pl.col("total") & ~pl.col("remark"))
    others = marked.filter(~pl.col("total") & ~pl.col("remark") & ~pl.col("nameless"))[ROW]
    if found.is_empty() or others.is_empty():
        return totals.clear()
    first, last = int(others.min()), int(others.max())  # type: ignore[arg-type]
    at_ends = found.filter((pl.col(ROW) < first) | (pl.col(ROW) > last))[ROW]
    if at_ends.is_empty():
        return at_ends
    return that_add_up(at_ends, items.filter(~pl.col(ROW).is_in(totals.implode())), counted)


def _remarks(items: pl.DataFrame, counted: list[str]) -> pl.Series:
    """Rows with one filled cell that is no count: a note under the table, or a name without anything.

    Where a metric is needed, also rows with neither metric nor count: `Records:` and a number beside it.
    """
    texts = [name for name in items.columns if name != ROW]
    uncounted = items.filter(pl.all_horizontal(pl.col(name).is_null() for name in counted)) if counted else items
    is_remark = pl.sum_horizontal(pl.col(texts).is_not_null()) == 1
    if "Metric_Type" in texts and counted:
        is_remark |= pl.col("Metric_Type").is_null()
    return uncounted.filter(is_remark)[ROW]


def _at_the_ends(marked: pl.DataFrame, definition: Definition | None) -> pl.Series:
    """Those candidates that stand before the first or behind the last row that is none; without any, R4's."""
    candidates = marked.filter(pl.col("total"))
    others = marked.filter(~pl.col("total") & ~pl.col("remark") & ~pl.col("nameless"))[ROW]
    if others.is_empty():
        return candidates[ROW] if is_release4(definition) else candidates[ROW].clear()
    first, last = int(others.min()), int(others.max())  # type: ignore[arg-type]
    return candidates.filter((pl.col(ROW) < first) | (pl.col(ROW) > last))[ROW]
