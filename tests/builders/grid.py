"""The tabular form: a report as a grid of cells, before it is written to a text file or a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nolcat_desktop.counter.release import Release
from tests.builders.abstract import Abstract, Row, month_end, month_key
from tests.builders.layouts4 import BOOK_SEARCHES, RELEASE_4

Grid = list[list[str]]
"""Rows of cells, as text; row 1 of the sheet is `grid[0]`."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_heading(month: date) -> str:
    """`Jan-2024`."""
    return f"{MONTHS[month.month - 1]}-{month.year}"


def letters(column: int) -> str:
    """Spreadsheet letters of the column number `column`, which counts from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def grid(report: Abstract) -> Grid:
    """All cells of the report: header, headings, (R4: total rows,) rows."""
    return _grid4(report) if report.release is Release.R4 else _grid5(report)


def heading_row(report: Abstract) -> int:
    """Row of the column headings, counted from 1: 8, 14 or 15."""
    return {Release.R4: 8, Release.R5: 14, Release.R51: 15}[report.release]


def first_row(report: Abstract) -> int:
    """Row of the first item, counted from 1; in R4 it stands below the total rows."""
    return heading_row(report) + 1 + (len(total_rows(report)) if report.release is Release.R4 else 0)


def position(report: Abstract, row: int, column: str) -> str:
    """Cell of the item row `row` (from 0) in `column`: an element, a month `yyyy-mm` or `Reporting_Period_Total`."""
    months = [month_key(month) for month in report.months]
    names = [*report.columns, *_total_names(report), *months]
    return f"{letters(names.index(column))}{first_row(report) + row}"


def listed(settings: Mapping[str, tuple[str, ...]]) -> str:
    """`Name=a|b; Name=c`."""
    return "; ".join(f"{name}={'|'.join(values)}" for name, values in settings.items())


def _grid5(report: Abstract) -> Grid:
    exceptions = "; ".join(f"{e.code}: {e.message}" + (f" ({e.data})" if e.data else "") for e in report.exceptions)
    period = f"Begin_Date={report.begin:%Y-%m-%d}; End_Date={report.end:%Y-%m-%d}"
    header = [
        ["Report_Name", report.report_name],
        ["Report_ID", report.report_id],
        ["Release", str(report.release)],
        ["Institution_Name", report.institution_name],
        ["Institution_ID", report.institution_id],
        ["Metric_Types", "; ".join(report.metric_types)],
        ["Report_Filters", listed(report.filters)],
        ["Report_Attributes", listed(report.attributes)],
        ["Exceptions", exceptions],
        ["Reporting_Period", period],
        ["Created", report.created],
        ["Created_By", report.created_by],
    ]
    if report.release is Release.R51:
        header.append(["Registry_Record", report.registry_record])
    months = () if report.totals_only else report.months
    headings = [*report.columns, "Reporting_Period_Total", *map(month_heading, months)]
    return [*header, [], headings, *(_cells5(report, row, months) for row in report.rows)]


def _cells5(report: Abstract, row: Row, months: tuple[date, ...]) -> list[str]:
    counts = [str(row.counts.get(month_key(month), 0)) for month in months]
    return [*(row.elements.get(name, "") for name in report.columns), str(row.total), *counts]


def _total_names(report: Abstract) -> list[str]:
    formats = report.release is Release.R4 and RELEASE_4[report.report_id].formats
    return ["Reporting_Period_Total", *(["Reporting_Period_HTML", "Reporting_Period_PDF"] if formats else [])]


def _grid4(report: Abstract) -> Grid:
    layout = RELEASE_4[report.report_id]
    section = report.report_id == "BR2"
    header = [
        [f"{report.report_name} (R4)", layout.description],
        [report.institution_name, *(["Section Type:"] if section else [])],
        [report.institution_id, *(["Chapter"] if section else [])],
        ["Period covered by Report:"],
        [f"{report.begin:%Y-%m-%d} to {month_end(report.end):%Y-%m-%d}"],
        ["Date run:"],
        [report.created],
    ]
    names = [name.replace("_", " ") for name in _total_names(report)]
    headings = [*(layout.headings[name] for name in report.columns), *names, *map(month_heading, report.months)]
    return [*header, headings, *total_rows(report), *(_cells4(report, row) for row in report.rows)]


def _formats(row: Row) -> tuple[int, int]:
    """HTML and PDF of a row: together no more than its total."""
    return row.total // 3, row.total - row.total // 3 - row.total % 2


def _cells4(report: Abstract, row: Row) -> list[str]:
    formats = _formats(row) if RELEASE_4[report.report_id].formats else ()
    counts = (row.counts.get(month_key(month), 0) for month in report.months)
    return [*(row.elements.get(name, "") for name in report.columns), *map(str, (row.total, *formats, *counts))]


def total_rows(report: Abstract) -> Grid:
    """R4's total rows, one a metric where the metric has a column; DB1 and PR1 have none."""
    layout = RELEASE_4[report.report_id]
    if layout.total is None:
        return []
    found = []
    for number, metric in enumerate(layout.metrics or ("",)):
        rows = [row for row in report.rows if row.elements.get("Metric_Type", "") == metric]
        texts = {"Title": layout.total, "Database": layout.total, "Metric_Type": metric}
        if layout.metrics == BOOK_SEARCHES:
            texts = {"Title": ("Total searches", "Total searches: federated and automated")[number]}
        else:
            for name in ("Publisher", "Platform"):
                values = {row.elements.get(name, "") for row in rows}
                texts[name] = values.pop() if len(values) == 1 else ""
        sums = [sum(row.total for row in rows)]
        if layout.formats:
            sums += [sum(_formats(row)[place] for row in rows) for place in (0, 1)]
        sums += [sum(row.counts.get(month_key(month), 0) for row in rows) for month in report.months]
        found.append([*(texts.get(name, "") for name in report.columns), *map(str, sums)])
    return found
