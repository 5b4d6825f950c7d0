"""Findings as a workbook: the groups, the findings, and a copy of the report in which the cells are marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.export.findings_head import head_of
from nolcat_desktop.export.findings_text import how_many, where
from nolcat_desktop.report import ROW, Report

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LISTED: Final = 100_000
"""Findings in the sheet of findings; the groups count all."""
COPIED: Final = 20_000
"""Rows of a report that are copied whole; of a longer one the rows with findings, this many at most."""
NOTES: Final = 2_000
"""Cells that get a note; further ones are coloured only."""
_COLOURS: Final = {
    Level.FATAL: "#F4B6B6",
    Level.CRITICAL: "#F4B6B6",
    Level.ERROR: "#F8CBAD",
    Level.WARNING: "#FFE699",
    Level.NOTICE: "#DDEBF7",
    Level.PASSED: "#FFFFFF",
}
_CELL: Final = r"^([A-Z]*)([0-9]+)$"
_LONGEST: Final = 32_000

Marks = Mapping[tuple[int, int], tuple[Level, str]]
"""(row from 0, column from 0; -1 for the whole row) → worst level and what is said."""


def findings_xlsx(report: Report, findings: pl.DataFrame, groups: pl.DataFrame) -> bytes:
    """Write a workbook of the sheets Summary, Findings and, for a table, Report.

    Args:
        report: The report that was judged; of a JSON report there is no grid to mark.
        findings: In the schema `FINDINGS`.
        groups: The same, grouped (`validation.group`).

    Returns:
        The bytes of an .xlsx; every cell is written as text, never as formula or link.
    """
    import xlsxwriter  # slow to import, and needed for workbooks alone

    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    bold = book.add_format({"bold": True})
    _summary(book.add_worksheet("Summary"), report, findings, groups, bold)
    _list(book.add_worksheet("Findings"), findings, bold)
    if report.headings:
        formats = {level: book.add_format({"bg_color": colour}) for level, colour in _COLOURS.items()}
        _copy(book.add_worksheet("Report"), report, _marks(findings), formats)
    book.close()
    return target.getvalue()


def _summary(sheet: Worksheet, report: Report, findings: pl.DataFrame, groups: pl.DataFrame, bold: Format) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 6, 40)
    row = 0
    for label, text in head_of(report, findings).lines():
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, text[:_LONGEST])
        row += 1
    titles = ("Level", "Finding", "How many", "Where", "For the numbers", "What to do", "Code of Practice", "Rule")
    for column, title in enumerate(titles):
        sheet.write_string(row + 1, column, title, bold)
    for number, found in enumerate(groups.iter_rows(named=True), start=row + 2):
        level = Level(found["level"]).label
        texts = (level, found["message"], how_many(found), where(found), found["meaning"], found["hint"])
        for column, text in enumerate((*texts, found["section"], found["rule"])):
            sheet.write_string(number, column, str(text or "")[:_LONGEST])


def _list(sheet: Worksheet, findings: pl.DataFrame, bold: Format) -> None:
    titles = ("Position", "Level", "Rule", "Element", "Value", "Finding", "What to do")
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
    names = ("position", "level", "rule", "element", "value", "message", "hint")
    for number, row in enumerate(findings.head(LISTED).select(names).iter_rows(), start=1):
        for column, value in enumerate(row):
            text = Level(value).label if column == 1 else str(value or "")
            sheet.write_string(number, column, text[:_LONGEST])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, min(findings.height, LISTED), len(titles) - 1)


def _marks(findings: pl.DataFrame) -> Marks:
    placed = findings.lazy().select(
        pl.col("position").str.extract(_CELL, 1).alias("letters"),
        pl.col("position").str.extract(_CELL, 2).cast(pl.Int64, strict=False).alias("row"),
        "level",
        "message",
    )
    said = placed.drop_nulls("row").group_by("row", "letters").agg(pl.col("level").max(), pl.col("message").head(5))
    return {
        (row - 1, _column(letters or "") - 1): (Level(level), "\n".join(messages))
        for row, letters, level, messages in said.collect().iter_rows()
    }


def _copy(sheet: Worksheet, report: Report, marks: Marks, formats: Mapping[Level, Format]) -> None:
    """Every filled cell of the report where it stands; marked cells and rows coloured, with what is said in a note."""
    rows = {row for row, _ in marks}
    for row, cells in _grid(report, rows):
        whole = marks.get((row, -1))
        if whole:
            sheet.set_row(row, None, formats[whole[0]])
        for column, text in cells.items():
            marked = marks.get((row, column)) or whole
            sheet.write_string(row, column, text[:_LONGEST], formats[marked[0]] if marked else None)
    for (row, column), (level, said) in sorted(marks.items())[:NOTES]:
        if column >= 0:
            sheet.write_blank(row, column, None, formats[level]) if not _text(sheet, row, column) else None
        sheet.write_comment(row, max(column, 0), said[:1000], {"x_scale": 2})


def _text(sheet: Worksheet, row: int, column: int) -> bool:
    """Whether something was written to a cell already."""
    table: Any = sheet.table
    return column in table.get(row, {})


def _grid(report: Report, marked: set[int]) -> Iterator[tuple[int, dict[int, str]]]:
    """Rows of the report from 0, each with its cells by column."""
    header: dict[int, dict[int, str]] = {}
    for cell in report.header.cells:
        for position, text in ((cell.label_position, cell.label), (cell.position, cell.value), *cell.beyond):
            if position and text:
                row, column = _place(position)
                header.setdefault(row, {})[column] = text
    for heading in report.headings:
        row, column = _place(heading.position)
        header.setdefault(row, {})[column] = heading.text
    yield from sorted(header.items())
    columns = {heading.column: _place(heading.position)[1] for heading in report.headings if heading.column}
    items = report.items
    if items.height > COPIED:
        items = items.filter((pl.col(ROW) - 1).is_in(list(marked))).head(COPIED)
    for line in items.iter_rows(named=True):
        yield line[ROW] - 1, {columns[name]: text for name, text in line.items() if name in columns and text}


def _place(position: str) -> tuple[int, int]:
    letters = position.rstrip("0123456789")
    return int(position[len(letters) :]) - 1, _column(letters) - 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
