"""A report's columns as usage columns: one expression each. Releases 4 and 3 get the fill-ins that NoLCAT expects."""

from __future__ import annotations

import polars as pl

from nolcat_desktop.conversion.texts import ENUMERATED, clean, spelled
from nolcat_desktop.counter import metrics4
from nolcat_desktop.counter.dates import PLACEHOLDER_DATES, read_date
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import name_element
from nolcat_desktop.report import Report
from nolcat_desktop.usage import USAGE, USAGE_COLUMNS

ISBN_LIKE = r"^[0-9][0-9 -]{8,15}[0-9Xx]$"
ISSN_LIKE = r"^[0-9]{4}-[0-9]{3}[0-9X]$"
_DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?$"
_YEAR = r"^([0-9]{1,4})(?:\.0+)?$"
_DAYS = frozenset({"Publication_Date", "Parent_Publication_Date"})
COUNTED = frozenset({"usage_date", "usage_count"})
GIVEN = frozenset({"statistics_source_ID", "report_type", "report_creation_date", "release"})


def usage_columns(report: Report) -> dict[str, pl.Expr]:
    """Every usage column that comes from the item's own cells, as an expression over `report.items`.

    Args:
        report: A report whose definition is known.

    Returns:
        Usage column → expression, in the order of `USAGE`; without the columns that are given for the whole report and
        those of the count. Columns that the report does not have are typed nulls.
    """
    definition = report.definition
    if definition is None:
        raise ValueError("a report without a definition cannot be laid out")
    found = {
        USAGE_COLUMNS[name]: _cell(report, definition, name) for name in report.items.columns if name in USAGE_COLUMNS
    }
    name = name_element(definition)
    named = next(
        (element for element in (name, "Title", "Item", "Database") if element and element in report.items.columns),
        None,
    )
    if name is not None and named is not None:
        found["resource_name"] = clean(report.items, named)
    if definition.release.is_before_5:
        found |= _release4(report, definition, found)
    return {
        column: found.get(column, pl.lit(None, dtype)).cast(dtype).alias(column)
        for column, dtype in USAGE.items()
        if column not in COUNTED and column not in GIVEN
    }


def _cell(report: Report, definition: Definition, element: str) -> pl.Expr:
    column = clean(report.items, element)
    if element in ENUMERATED:
        return spelled(report.items, element, definition, column)
    if element == "YOP":
        return column.str.extract(_YEAR).cast(pl.Int16, strict=False)
    return _day(report.items, element, column) if element in _DAYS else column


def _day(items: pl.DataFrame, element: str, text: pl.Expr) -> pl.Expr:
    """A whole date, also one written otherwise if it can mean one day only; partial and placeholder dates are null."""
    day = text.str.extract(_DAY).str.to_date("%Y-%m-%d", strict=False)
    odd = (
        items.lazy().select(pl.col(element).unique()).filter(~pl.col(element).str.contains(_DAY)).collect().to_series()
    )
    others = {value: found for value in odd if (found := read_date(value)[0])}
    if others:
        day = pl.coalesce(day, pl.col(element).replace_strict(others, default=None, return_dtype=pl.Date))
    return pl.when(~day.is_in(list(PLACEHOLDER_DATES))).then(day)


def metric(report: Report) -> pl.Expr:
    """The metric_type of each row of `report.items`; null where a row has none."""
    definition = report.definition
    if definition is None:
        return pl.lit(None, pl.String)
    if not definition.release.is_before_5:
        return (
            _cell(report, definition, "Metric_Type")
            if "Metric_Type" in report.items.columns
            else pl.lit(None, pl.String)
        )
    return _metric4(report, definition)


def _metric4(report: Report, definition: Definition) -> pl.Expr:
    if definition.metric is not None:
        return pl.lit(definition.metric)
    suffix = metrics4.suffix(definition)
    if "Metric_Type" in report.items.columns:
        values = report.items["Metric_Type"].unique().drop_nulls()
        known = {value: found for value in values if (found := metrics4.canonical(value, definition.release))}
        canonical = pl.col("Metric_Type").replace_strict(known, default=None, return_dtype=pl.String)
        text = pl.coalesce(canonical, clean(report.items, "Metric_Type"))
        return pl.lit(metrics4.prefix(definition)) + text + pl.lit(suffix)
    by_type = {kind: text + suffix for kind, text in metrics4.by_data_type(definition).items()}
    kind = _data_type(report)
    if kind is None or not by_type:
        return pl.lit(None, pl.String)
    return kind.replace_strict(by_type, default=None, return_dtype=pl.String)


def _data_type(report: Report) -> pl.Expr | None:
    """The row's Data Type; without such a column (CR1): Journal if it has an ISSN, else Book if it has an ISBN."""
    columns = report.items.columns
    if "Data_Type" in columns:
        kind = clean(report.items, "Data_Type").str.to_titlecase()
        return pl.when(kind.is_in(["Journals", "Books"])).then(kind.str.strip_suffix("s")).otherwise(kind)
    told = [
        pl.when(pl.col(name).is_not_null()).then(pl.lit(kind))
        for kind, names in (("Journal", ("Print_ISSN", "Online_ISSN")), ("Book", ("ISBN",)))
        for name in names
        if name in columns
    ]
    return pl.coalesce(told) if told else None


def _release4(report: Report, definition: Definition, found: dict[str, pl.Expr]) -> dict[str, pl.Expr]:
    """R4's fill-ins, and the columns that mean something else there."""
    own: dict[str, pl.Expr] = {"metric_type": _metric4(report, definition)}
    kind = _data_type(report)
    if definition.data_type is not None:
        own["data_type"] = pl.lit(definition.data_type)
    elif kind is not None:
        own["data_type"] = kind
        sections = metrics4.sections_by_data_type(definition)
        if sections:
            own["section_type"] = kind.replace_strict(sections, default=None, return_dtype=pl.String)
    if definition.section_type is not None:
        own["section_type"] = pl.lit(definition.section_type)
    if {"Print_ID", "Online_ID"} & set(report.items.columns):
        own |= _title_identifiers(report)
    if definition.report_id == "BR4" and "Title" in report.items.columns:
        names = clean(report.items, "Title")
        own["platform"] = pl.coalesce(names, found["platform"]) if "platform" in found else names
    return own


def _title_identifiers(report: Report) -> dict[str, pl.Expr]:
    """TR's Print ID and Online ID by their form: ISSN, or ISBN (online before print); others by the data type."""
    none = pl.lit(None, pl.String)
    columns = report.items.columns
    printed, online = (clean(report.items, name) if name in columns else none for name in ("Print_ID", "Online_ID"))
    is_book = _data_type(report) == "Book" if "Data_Type" in columns else pl.lit(value=False)

    def isbn(text: pl.Expr) -> pl.Expr:
        other = ~text.str.contains(ISSN_LIKE) & is_book
        return (text.str.contains(ISBN_LIKE) | other).fill_null(value=False)

    return {
        "print_ISSN": pl.when(~isbn(printed)).then(printed),
        "online_ISSN": pl.when(~isbn(online)).then(online),
        "ISBN": pl.coalesce(pl.when(isbn(online)).then(online), pl.when(isbn(printed)).then(printed)),
    }
