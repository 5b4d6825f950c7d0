"""Rows that look like total rows: by an exact label, or without any name but with the sums of all the others.

Labels: those met in real files (Code of Practice 4, chapter 4, where total rows belong to the reports; Release 5 has
none). Never a rule by prefix: a title may be called `Total Recall` or `All Quiet on the Western Front`.
"""

from __future__ import annotations

import polars as pl

from nolcat_desktop.counter import metrics4
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import IDENTIFIERS, NAME_ELEMENTS, name_element
from nolcat_desktop.counts import count, is_blank
from nolcat_desktop.report import ROW

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
_SHORT = ("total", "totals", "all")
"""Labels that are words of their own: they prove less than the others."""
_EXACT4 = (
    r"^total (?:for all|list of) (?:(?:e-?book|book|journal|full-text|multimedia|online) )?"
    r"(?:(?:journal|title|database|collection|e-?book|book|item|platform|publisher|section|article)s?|multimedia)$"
    r"|^total (?:for all|list of)\b.*\b(?:licen[cs]ed?|limit)\b"
)
_PATTERN4 = r"^total (?:for all|list of)\b.*$"
_PATTERN5 = r"^total for all\b.*$"
_BEGINNING = r"^(?i:[\s\x{00a0}]*(?:total|grand|all))"
"""How every label of a total row begins."""
_COUNT_LIKE = r"^\s*(?:[0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3})+)\s*$"
_TOTAL = "Reporting_Period_Total"
_NAMED_BY = ("Publisher", "Platform")


def is_release4(definition: Definition | None) -> bool:
    """Whether a report belongs to the releases that have total rows: 4, and 3 before it."""
    return definition is not None and definition.release.is_before_5


def label_of_row(items: pl.DataFrame) -> pl.Expr:
    """The column in which the label of a total row stands."""
    return pl.col(next((name for name in (*NAME_ELEMENTS, "Platform") if name in items.columns), items.columns[1]))


def labelled(items: pl.DataFrame, definition: Definition | None) -> pl.Series:
    """Rows labelled as total rows are; few begin as the labels do, and only they are looked at closely."""
    likely = items.filter(label_of_row(items).str.contains(_BEGINNING).fill_null(value=False))
    return likely.filter(_is_total(likely, definition))[ROW]


def exactly_labelled(items: pl.DataFrame, definition: Definition | None) -> pl.Series:
    """Rows whose label is that of a total row and of nothing else; `Total for all seasons` may be a title."""
    known = (*LABELS4, *(definition.total_labels if definition is not None else ()))
    label = _label(items)
    return items.lazy().filter(label.is_in(list(known)) | label.str.contains(_EXACT4)).select(ROW).collect()[ROW]


def _label(items: pl.DataFrame) -> pl.Expr:
    return label_of_row(items).str.to_lowercase().str.replace_all(r"[\s\x{00a0}]+", " ").str.strip_chars()


def _is_total(items: pl.DataFrame, definition: Definition | None) -> pl.Expr:
    """An exact label, and no identifier; in R4 counts or a metric may stand in its place, when the row is shifted."""
    label = _label(items)
    release4 = is_release4(definition)
    known = (*LABELS4, *definition.total_labels) if definition is not None and release4 else LABELS5
    named = label.is_in(list(known)) | label.str.contains(_PATTERN4 if release4 else _PATTERN5)
    long = ~label.is_in(list(_SHORT))
    bare = [_is_bare(name) for name in IDENTIFIERS if name in items.columns]
    if release4:
        shifted = [_is_bare(name) | _is_shifted(items, name) for name in IDENTIFIERS if name in items.columns]
        return (named & (_all(bare) | (long & _all(shifted)))).fill_null(value=False)
    if "Publisher" in items.columns:
        bare.append(pl.col("Publisher").is_null() | long)
    return (named & _all(bare)).fill_null(value=False)


def _all(conditions: list[pl.Expr]) -> pl.Expr:
    return pl.all_horizontal(conditions) if conditions else pl.lit(value=True)


def _is_bare(column: str) -> pl.Expr:
    return pl.col(column).is_null() | (pl.col(column).str.strip_chars() == "")


def _is_shifted(items: pl.DataFrame, column: str) -> pl.Expr:
    """Whether a cell for an identifier holds a number of uses, or a metric."""
    metrics = [text for text in items[column].unique().drop_nulls() if metrics4.canonical(text)]
    return pl.col(column).str.contains(_COUNT_LIKE) | pl.col(column).is_in(metrics)


def nameless(items: pl.DataFrame, counted: list[str], definition: Definition | None) -> pl.Series:
    """Rows that may be total rows without a label; only their sums can prove it.

    That are rows without name and identifiers (in R5 also without publisher and platform), and in R4 rows without the
    metric that their report needs.
    """
    if not counted:
        return items[ROW].clear()
    release4 = is_release4(definition)
    spared = {"Metric_Type", *(_NAMED_BY if release4 and _has_names(items, definition) else ())}
    texts = [name for name in items.columns if name not in {ROW, *counted, *spared} and not name.startswith("#")]
    texts = [name for name in texts if not name.startswith("Reporting_Period")]
    without = _all([_is_bare(name) for name in texts])
    if release4 and definition is not None and definition.metric_types and "Metric_Type" in items.columns:
        without |= _is_bare("Metric_Type") & _all([_is_bare(name) for name in IDENTIFIERS if name in items.columns])
    has_counts = pl.any_horizontal(count(name) > 0 for name in counted)
    return items.lazy().filter(without).filter(has_counts.fill_null(value=False)).select(ROW).collect()[ROW]


def _has_names(items: pl.DataFrame, definition: Definition | None) -> bool:
    """Whether each row must have a name: not where whole platforms are counted."""
    return definition is not None and name_element(definition) in items.columns


def that_add_up(candidates: pl.Series, items: pl.DataFrame, counted: list[str]) -> pl.Series:
    """Those candidates whose counts are the sums of the rows of their metric (of all, if it has none), or blank.

    The months prove it; the column of totals only where there are none, as it may be blank or wrong.
    """
    counted = [name for name in counted if name != _TOTAL] or counted
    counts = items.select(ROW, _metric(items), *(_or_zero(name).alias(name) for name in counted))
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


def that_exceed(candidates: pl.Series, items: pl.DataFrame, counted: list[str]) -> pl.Series:
    """Those candidates that are totals of a list which somebody has shortened.

    Their label is no single word, they have no publisher, and in every month they count at least as much as any other
    row of their metric.
    """
    if candidates.is_empty() or not counted:
        return candidates.clear()
    label = label_of_row(items).str.to_lowercase().str.strip_chars()
    no_publisher = _is_bare("Publisher") if "Publisher" in items.columns else pl.lit(value=True)
    is_candidate = pl.col(ROW).is_in(candidates.implode())
    likely = items.filter(is_candidate & ~label.is_in(list(_SHORT)) & no_publisher)[ROW]
    counts = items.select(ROW, _metric(items), *(_or_zero(name).alias(name) for name in counted))
    most = counts.filter(~is_candidate).group_by("Metric_Type").agg(pl.col(counted).max())
    by_metric = {metric: tuple(row) for metric, *row in most.iter_rows()}
    found = [
        number
        for number, metric, *row in counts.filter(pl.col(ROW).is_in(likely.implode())).iter_rows()
        if metric in by_metric and all(own >= other for own, other in zip(row, by_metric[metric], strict=True))
    ]
    return pl.Series(ROW, found, dtype=pl.UInt32)


def _or_zero(column: str) -> pl.Expr:
    return pl.when(~is_blank(column)).then(count(column)).otherwise(pl.lit(0, pl.Int64))


def _metric(items: pl.DataFrame) -> pl.Expr:
    return pl.col("Metric_Type") if "Metric_Type" in items.columns else pl.lit(None, pl.String).alias("Metric_Type")
