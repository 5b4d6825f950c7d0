"""Rows under the headings that are not data: totals, remarks, headings. Left out by exact rules, kept with the report.

A title may be called `Total Recall` or `All Quiet on the Western Front`: such a row is data, because it stands among
the items, has an identifier, or is no known label. Never a rule by prefix. Labels: those met in real files (Code of
Practice 4, chapter 4, where total rows belong to the reports; Release 5 has none).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import IDENTIFIERS, NAME_ELEMENTS
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counts import count_or_zero, is_blank
from nolcat_desktop.report import ROW, Heading, Irregularity

LABELS4 = (
    "total",
    "totals",
    "total searches",
    "total searches: federated and automated",
    "total searches - federated and automated",
    "total searches federated and automated",
)
"""Whole texts of R4's total rows beside `total for all …` and `total list of …`."""
LABELS5 = ("total", "totals", "grand total", "all", "all titles", "all databases", "all items", "all platforms")
"""Whole texts of the total rows that some publishers add to R5 reports, which have none."""
_PATTERN4 = r"^total (?:for all|list of)\b.*$"
_PATTERN5 = r"^total for all\b.*$"
_BEGINNING = r"^(?i:[\s\x{00a0}]*(?:total|grand|all))"
"""How every label of a total row begins."""
TOTAL_ROW = "total-row"
REMARK_ROW = "remark-row"
SECOND_HEADING = "second-heading"
_RULES = {TOTAL_ROW: "T-left-out", REMARK_ROW: "R4-V30", SECOND_HEADING: "T-left-out"}
_TOLD = 200

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
    labelled = pl.col(ROW).is_in(_labelled(items, definition).implode())
    marked = items.select(ROW, total=labelled, remark=remark | second)
    totals, kept = _totals(marked, items, counted, definition)
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
        for row, label, kind in out.head(_TOLD).select(ROW, _label(items), "rule").iter_rows()
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
    """The column headings once more, as at the top of a page."""
    cells = [(heading.column, heading.text) for heading in headings if heading.column and heading.text.strip()]
    if not cells or not (items[cells[-1][0]] == cells[-1][1]).any():
        return pl.lit(value=False)
    return pl.all_horizontal(pl.col(column) == text for column, text in cells).fill_null(value=False)


def _totals(
    marked: pl.DataFrame, items: pl.DataFrame, counted: list[str], definition: Definition | None
) -> tuple[pl.Series, tuple[Irregularity, ...]]:
    """The rows that are total rows; and what is said of those that only look like one."""
    totals = _at_the_ends(marked, definition)
    if _is_release4(definition) or totals.is_empty():
        return totals, ()
    proved = _that_add_up(totals, items, counted)
    doubtful = items.filter(pl.col(ROW).is_in(totals.implode()) & ~pl.col(ROW).is_in(proved.implode()))
    said = "it reads like a total row, but its counts are not the sums of the others, so it is kept as data"
    rows = doubtful.select(ROW, _label(items)).head(_TOLD).iter_rows()
    return proved, tuple(Irregularity("T-kept", str(row), value=label, detail=said) for row, label in rows)


def _label_column(items: pl.DataFrame) -> str:
    return next((name for name in (*NAME_ELEMENTS, "Platform") if name in items.columns), items.columns[1])


def _label(items: pl.DataFrame) -> pl.Expr:
    return pl.col(_label_column(items))


def _labelled(items: pl.DataFrame, definition: Definition | None) -> pl.Series:
    """Rows labelled as total rows are; few begin as the labels do, and only they are looked at closely."""
    likely = items.filter(_label(items).str.contains(_BEGINNING).fill_null(value=False))
    return likely.filter(_is_total(items, definition))[ROW]


def _is_total(items: pl.DataFrame, definition: Definition | None) -> pl.Expr:
    label = _label(items).str.to_lowercase().str.replace_all(r"[\s\x{00a0}]+", " ").str.strip_chars()
    release4 = _is_release4(definition)
    known = (*LABELS4, *definition.total_labels) if definition is not None and release4 else LABELS5
    named = label.is_in(list(known)) | label.str.contains(_PATTERN4 if release4 else _PATTERN5)
    bare = [
        pl.col(name).is_null() | (pl.col(name).str.strip_chars() == "") for name in IDENTIFIERS if name in items.columns
    ]
    if not release4 and "Publisher" in items.columns:
        bare.append(pl.col("Publisher").is_null())
    return pl.all_horizontal(named, *bare).fill_null(value=False)


def _remarks(items: pl.DataFrame, counted: list[str]) -> pl.Series:
    """Rows with one filled cell that is no count: a note under the table, or a name without anything."""
    texts = [name for name in items.columns if name != ROW]
    uncounted = items.filter(pl.all_horizontal(pl.col(name).is_null() for name in counted)) if counted else items
    return uncounted.filter(pl.sum_horizontal(pl.col(texts).is_not_null()) == 1)[ROW]


def _is_release4(definition: Definition | None) -> bool:
    return definition is not None and definition.release is Release.R4


def _at_the_ends(marked: pl.DataFrame, definition: Definition | None) -> pl.Series:
    """Those candidates that stand before the first or behind the last row that is none; without any, R4's."""
    candidates = marked.filter(pl.col("total"))
    others = marked.filter(~pl.col("total") & ~pl.col("remark"))[ROW]
    if others.is_empty():
        return candidates[ROW] if _is_release4(definition) else candidates[ROW].clear()
    first, last = int(others.min()), int(others.max())  # type: ignore[arg-type]
    return candidates.filter((pl.col(ROW) < first) | (pl.col(ROW) > last))[ROW]


def _that_add_up(candidates: pl.Series, items: pl.DataFrame, counted: list[str]) -> pl.Series:
    """Those candidates whose counts are the sums of the rows of their metric (of all, if it has none), or blank.

    Release 5 knows no total rows, so a label alone proves nothing.
    """
    counts = items.select(ROW, _metric(items), *(count_or_zero(name).alias(name) for name in counted))
    is_candidate = pl.col(ROW).is_in(candidates.implode())
    others = counts.filter(~is_candidate)
    whole = others.select(pl.col(counted).sum()).row(0)
    sums = others.group_by("Metric_Type").agg(pl.col(counted).sum())
    by_metric = {metric: tuple(row) for metric, *row in sums.iter_rows() if metric}
    bare = items.select(pl.all_horizontal(is_blank(name) for name in counted)).to_series() if counted else None
    blank = set(items[ROW].filter(bare).to_list()) if bare is not None else set()
    proved = [
        number
        for number, metric, *row in counts.filter(is_candidate).iter_rows()
        if number in blank or tuple(row) == by_metric.get(metric, whole)
    ]
    return pl.Series(ROW, proved, dtype=pl.UInt32)


def _metric(items: pl.DataFrame) -> pl.Expr:
    return pl.col("Metric_Type") if "Metric_Type" in items.columns else pl.lit(None, pl.String).alias("Metric_Type")
