"""Grids as files: TSV, CSV, XLSX."""

from __future__ import annotations

import csv as csv_writer
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from typing import Literal

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.builders.abstract import Abstract
from tests.builders.grid import MONTHS, Grid, grid

BOM = b"\xef\xbb\xbf"
Months = Literal["text", "date"]
Years = Literal["number", "text"]
_COUNT = re.compile(r"0|-?[1-9][0-9]{0,14}")
_MONTH = re.compile(rf"({'|'.join(MONTHS)})-([0-9]{{4}})")


def tsv(report: Abstract | Grid) -> bytes:
    """Tab-separated, UTF-8 with a byte order mark, LF; a cell with a quote, a tab or a line break as RFC 4180 says."""
    return BOM + delimited(report, "\t")


def csv(report: Abstract | Grid) -> bytes:
    """Comma-separated, else as `tsv`."""
    return BOM + delimited(report, ",")


def delimited(
    report: Abstract | Grid, delimiter: str, *, line_end: str = "\n", encoding: str = "utf-8", every: bool = False
) -> bytes:
    """Text with any delimiter, line end and encoding; `every`: all cells in quotes."""
    out = StringIO(newline="")
    quoting: Literal[0, 1] = csv_writer.QUOTE_ALL if every else csv_writer.QUOTE_MINIMAL
    writer = csv_writer.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    for cells in _grid_of(report):
        writer.writerow(cells)
    return out.getvalue().encode(encoding)


def xlsx(
    report: Abstract | Grid,
    *,
    typed: bool = True,
    months: Months = "text",
    years: Years = "number",
    sheet: str = "Sheet1",
    numbers: tuple[str, ...] = (),
) -> bytes:
    """A workbook of one sheet.

    Args:
        report: What it holds.
        typed: Counts and Release are numbers; otherwise every cell is text.
        months: Month headings as text or as date cells (only when typed).
        years: YOP as number or text (only when typed).
        sheet: Name of the sheet.
        numbers: Headings of further columns whose all-digit cells are numbers (only when typed).
    """
    return workbook({sheet: report}, typed=typed, months=months, years=years, numbers=numbers)


def workbook(
    reports: Mapping[str, Abstract | Grid],
    *,
    typed: bool = True,
    months: Months = "text",
    years: Years = "number",
    numbers: tuple[str, ...] = (),
) -> bytes:
    """A workbook with one report a sheet, of the same bytes each time."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2024, 1, 1)})  # noqa: DTZ001 - a workbook knows no zone
    day = book.add_format({"num_format": "mmm-yyyy"})
    for name, report in reports.items():
        _fill(book.add_worksheet(name), _grid_of(report), _Manner(typed, months, years, numbers, day))
    book.close()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Manner:
    typed: bool
    months: Months
    years: Years
    numbers: tuple[str, ...]
    day: object


def _fill(sheet: Worksheet, cells: Grid, manner: _Manner) -> None:
    heads = next((n for n, row in enumerate(cells) if "Platform" in row), len(cells))
    numbers = _number_columns(cells[heads], manner) if heads < len(cells) else set()
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            month = _MONTH.fullmatch(text) if row == heads else None
            release = row < heads and column == 1 and texts[0] == "Release"
            count = row > heads and column in numbers and _COUNT.fullmatch(text) is not None
            if manner.typed and manner.months == "date" and month:
                first = datetime(int(month[2]), MONTHS.index(month[1]) + 1, 1)  # noqa: DTZ001 - cells have no zone
                sheet.write_datetime(row, column, first, manner.day)
            elif manner.typed and (count or release):
                sheet.write_number(row, column, float(text))
            elif text:
                sheet.write_string(row, column, text)


def _number_columns(headings: list[str], manner: _Manner) -> set[int]:
    counts = {n for n, text in enumerate(headings) if text.startswith("Reporting") or _MONTH.fullmatch(text)}
    others = (*manner.numbers, *(["YOP"] if manner.years == "number" else []))
    return counts | {n for n, text in enumerate(headings) if text in others}


def _grid_of(report: Abstract | Grid) -> Grid:
    return grid(report) if isinstance(report, Abstract) else report
