"""A report as COUNTER's own validator sees it: by row numbers, what the header asks for, blank rows among the data."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import ROW, Header, Irregularity, Report, Setting
from nolcat_desktop.validation.expected import expected_columns, expected_months
from nolcat_desktop.validation.faults import Found
from nolcat_desktop.validation.heading_rules import NO_HEADINGS
from nolcat_desktop.validation.official_headings import official_columns
from nolcat_desktop.validation.official_rows import heading_row, placed
from nolcat_desktop.validation.period_rules import dates_of
from nolcat_desktop.validation.subject import Subject

_IN_ROWS = frozenset({"F-long-row", "X-error-cell"})
_NOT_LISTS = frozenset({"J-not-list", "J-type"})


@dataclass(frozen=True, slots=True)
class View:
    """What is judged, and what was found on the way there."""

    subject: Subject
    said: tuple[Found, ...]
    has_body: bool
    """Whether the rows are looked at."""
    has_exceptions: bool
    """Whether exceptions are compared with the rows."""

    def is_seen(self, told: Irregularity) -> bool:
        """False for what reading noticed in rows that are not looked at."""
        in_rows = told.rule in _IN_ROWS or (told.position or "").startswith(".Report_Items[")
        return self.has_body or not in_rows


def official_view(report: Report, definition: Definition) -> View:
    """See `report` as COUNTER's own validator does (validation.md sections 5, 6 and 10)."""
    if report.heading_row is None and report.header.tree is not None:
        return _json(report, definition)
    by_rows = placed(_with_dates(report), definition.release)
    subject = Subject(by_rows.report, definition, True, None)
    if not header_suffices(subject):
        return View(subject, by_rows.said, False, False)
    row = heading_row(definition.release)
    if not by_rows.is_there:
        return View(subject, (*by_rows.said, NO_HEADINGS.at(str(row))), False, False)
    columns = official_columns(subject, by_rows.headings, row)
    said = (*by_rows.said, *columns.said)
    if not columns.names or not by_rows.has_headings:
        return View(subject, said, False, False)
    seen = _tabular(by_rows.report, columns.names, row)
    return View(Subject(seen, definition, True, None), said, True, True)


def _with_dates(report: Report) -> Report:
    """The same, the reporting period taken from among other names where reading gave it up."""
    header = report.header
    if header.begin is not None and header.end is not None:
        return report
    begin, end = dates_of(header.texts.get("Reporting_Period", ""))
    return replace(report, header=replace(header, begin=begin, end=end)) if begin and end else report


def header_suffices(subject: Subject) -> bool:
    """Whether the header says enough to check the rows: dates, filters and attributes that can be used (H-19)."""
    header = subject.report.header
    if header.begin is None or header.end is None or header.end < header.begin:
        return False
    if "Report_Filters" not in header.positions and not subject.is_json:
        return False
    years = [value.strip() for value in subject.filter_values("YOP")]
    if not all(_is_years(value) for value in years):
        return False
    return subject.definition.is_view or not header.attributes or any(_holds(subject, one) for one in header.attributes)


def _is_years(value: str) -> bool:
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{4}))?", value)
    return match is not None and max(match[1], "0001") <= max(match[2] or match[1], "0001")


def _holds(subject: Subject, setting: Setting) -> bool:
    """Whether an attribute of the header has a value that is not its default; in tables unknown names do not count."""
    if setting.name not in subject.definition.attributes:
        return not subject.is_json and len(subject.report.header.attributes) == 1
    if setting.name == "Attributes_To_Show":
        return bool(subject.shown())
    return any(loose(value) in {"true", "totals"} for value in setting.values)


def _tabular(report: Report, names: tuple[str, ...], row: int) -> Report:
    """Its rows as they stand, totals, remarks and blank rows among them, in the columns `names`."""
    rows = [report.items]
    if report.left_out.height:
        rows.append(report.left_out.drop("rule"))
    items = pl.concat(rows, how="diagonal") if len(rows) > 1 else report.items
    items = items.select(ROW, *(name for name in items.columns if name in names))
    last = max([row, *(int(told.detail or 0) for told in report.irregularities if told.rule == "F-blank-end")])
    if items.height:
        last = max(last, int(items.get_column(ROW).max()))  # type: ignore[arg-type]
    if last - row > items.height:
        every = pl.DataFrame({ROW: pl.Series(range(row + 1, last + 1), dtype=pl.UInt32)})
        items = every.join(items, on=ROW, how="left", maintain_order="left")
    elif len(rows) > 1:
        items = items.sort(ROW)
    return replace(report, items=items, months=_months(report.months, set(names)))


def _months(months: tuple[date, ...], names: set[str]) -> tuple[date, ...]:
    return tuple(month for month in months if f"{month:%Y-%m}" in names)


def _json(report: Report, definition: Definition) -> View:
    header = _without_unreadable(report)
    subject = Subject(replace(report, header=header), definition, True, None)
    is_list = not any(told.rule == "J-items-not-list" for told in report.irregularities)
    lost = bool(report.header.attributes) and not header.attributes and not definition.is_view
    if lost or not header_suffices(subject):
        return View(subject, (), False, is_list)
    columns = set(expected_columns(subject)) | {"Metric_Type"}
    months = {f"{month:%Y-%m}" for month in expected_months(subject)}
    dropped = [name for name in definition.columns if name not in columns]
    dropped += [name for name in report.month_columns if months and name not in months]
    kept = _months(report.months, set(report.month_columns) - set(dropped))
    seen = replace(report, header=header, items=report.items.drop(dropped, strict=False), months=kept)
    return View(Subject(seen, definition, True, None), (), True, True)


def _without_unreadable(report: Report) -> Header:
    """The header without filters that are no lists where they must be: they are not applied."""
    told = {one.position for one in report.irregularities if one.rule in _NOT_LISTS}
    header = report.header
    return replace(
        header,
        filters=tuple(one for one in header.filters if one.position not in told),
        attributes=tuple(one for one in header.attributes if one.position not in told),
        exceptions=() if ".Report_Header.Exceptions" in told else header.exceptions,
    )
