"""Findings as a workbook: the groups, the findings, and a copy of the report in which the cells are marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.export.findings_head import Head, head_of
from nolcat_desktop.export.findings_text import how_many, where
from nolcat_desktop.report import ROW, NotAReport, Report

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LISTED: Final = 100_000
"""Findings in the sheet of findings; the groups count all."""
COPIED: Final = 20_000
"""Rows of reports that a workbook holds; of a report that is longer than what is left of them, only the rows with
findings are copied."""
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
_LISTED_COLUMNS: Final = ("Position", "Level", "Rule", "Element", "Value", "Finding", "What to do", "File")
_CELL: Final = r"^([A-Z]*)([0-9]+)$"
_LONGEST: Final = 32_000

Marks = Mapping[tuple[int, int], tuple[Level, str]]
"""(row from 0, column from 0; -1 for the whole row) → worst level and what is said."""


def findings_xlsx(what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> bytes:
    """Write a workbook of the sheets Summary, Findings and, for a table, a copy of the report.

    Args:
        what: The report that was judged, or what was found instead; of a JSON report there is no grid to mark.
        findings: In the schema `FINDINGS`.
        groups: The same, grouped (`validation.group`).

    Returns:
        The bytes of an .xlsx; every cell is written as text, never as formula or link.
    """
    book = FindingsBook()
    book.add(what, findings, groups)
    return book.content()


class FindingsBook:
    """A workbook of the findings of one or several reports: Summary, Findings, and a copy of each table."""

    def __init__(self) -> None:
        """Begin with the two sheets that all reports share."""
        import xlsxwriter  # slow to import, and needed for workbooks alone

        self._target = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._target, {**options, "strings_to_numbers": False})
        self._bold = self._book.add_format({"bold": True})
        self._formats = {level: self._book.add_format({"bg_color": colour}) for level, colour in _COLOURS.items()}
        self._summary = self._book.add_worksheet("Summary")
        self._summary.set_column(0, 0, 16)
        self._summary.set_column(1, 6, 40)
        self._list = self._book.add_worksheet("Findings")
        for column, title in enumerate(_LISTED_COLUMNS):
            self._list.write_string(0, column, title, self._bold)
        self._list.freeze_panes(1, 0)
        self._names = {"summary", "findings"}
        self._row, self._listed, self._copied = 0, 0, 0

    def add(self, what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> None:
        """Take the findings of one more report."""
        head = head_of(what, findings)
        self._row = _summarised(self._summary, self._row, head, groups, self._bold)
        self._put(head.file, findings)
        if isinstance(what, Report) and what.headings:
            sheet = self._book.add_worksheet(self._name(what.report_id or "Report"))
            self._copied += _copy(sheet, what, _marks(findings), self._formats, COPIED - self._copied)

    def beside(self, findings: pl.DataFrame) -> None:
        """Take findings about reports beside one another; no more reports follow."""
        self._summary.write_string(self._row, 0, "Reports beside one another", self._bold)
        for number, message in enumerate(findings.get_column("message").head(COPIED), start=self._row + 1):
            self._summary.write_string(number, 1, message[:_LONGEST])
        self._put("", findings)

    def content(self) -> bytes:
        """The bytes of the workbook, which is closed by this."""
        self._list.autofilter(0, 0, self._listed, len(_LISTED_COLUMNS) - 1)
        self._book.close()
        return self._target.getvalue()

    def _put(self, file: str, findings: pl.DataFrame) -> None:
        """Findings one by one, below those that are there."""
        names = ("position", "level", "rule", "element", "value", "message", "hint")
        for row in findings.head(LISTED - self._listed).select(names).iter_rows():
            self._listed += 1
            for column, value in enumerate((*row, file)):
                text = Level(value).label if column == 1 else str(value or "")
                self._list.write_string(self._listed, column, text[:_LONGEST])

    def _name(self, wanted: str) -> str:
        name, number = wanted, 1
        while name.lower() in self._names:
            number += 1
            name = f"{wanted} ({number})"
        self._names.add(name.lower())
        return name


def _summarised(sheet: Worksheet, row: int, head: Head, groups: pl.DataFrame, bold: Format) -> int:
    """Write one report into the summary from `row` on; the row where the next one begins."""
    for label, text in head.lines():
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, text[:_LONGEST])
        row += 1
    titles = ("Level", "Finding", "How many", "Where", "For the numbers", "What to do", "Code of Practice", "Rule")
    for column, title in enumerate(titles if groups.height else ()):
        sheet.write_string(row + 1, column, title, bold)
    for number, found in enumerate(groups.iter_rows(named=True), start=row + 2):
        level = Level(found["level"]).label
        texts = (level, found["message"], how_many(found), where(found), found["meaning"], found["hint"])
        for column, text in enumerate((*texts, found["section"], found["rule"])):
            sheet.write_string(number, column, str(text or "")[:_LONGEST])
    return row + 3 + groups.height


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


def _copy(sheet: Worksheet, report: Report, marks: Marks, formats: Mapping[Level, Format], most: int) -> int:
    """Every filled cell of the report where it stands; marked cells and rows coloured, with what is said in a note.

    Gives the number of data rows that were copied, at most `most`.
    """
    items = report.items
    if items.height > most:
        items = items.filter((pl.col(ROW).cast(pl.Int64) - 1).is_in([row for row, _ in marks])).head(most)
    for row, cells in _grid(report, items):
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
    return items.height


def _text(sheet: Worksheet, row: int, column: int) -> bool:
    """Whether something was written to a cell already."""
    table: Any = sheet.table
    return column in table.get(row, {})


def _grid(report: Report, items: pl.DataFrame) -> Iterator[tuple[int, dict[int, str]]]:
    """Rows of the report from 0, the header's and those of `items`, each with its cells by column."""
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
