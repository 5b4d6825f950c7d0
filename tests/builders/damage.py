"""Faults as they are met in real files, one at a time: each takes a report and gives a grid (or bytes) with the fault.

Functions that damage one cell tell which, so that a test can expect the finding there.
"""

from __future__ import annotations

import json as writer
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.builders.abstract import Abstract, month_key
from tests.builders.files import delimited
from tests.builders.grid import Grid, first_row, grid, heading_row, letters, month_heading, position


@dataclass(frozen=True, slots=True)
class Damaged:
    """A grid with one fault."""

    grid: Grid
    position: str
    """Cell (`Q16`) or row (`16`) of the fault."""
    was: str = ""
    """Text of the cell before."""


def cell(cells: Grid, place: str) -> str:
    """Text of the cell at `place`."""
    row, column = _at(place)
    return cells[row][column]


def with_cell(cells: Grid, place: str, text: str) -> Grid:
    """The same grid with another text in one cell."""
    row, column = _at(place)
    changed = [list(line) for line in cells]
    changed[row] += [""] * (column + 1 - len(changed[row]))
    changed[row][column] = text
    return changed


def _at(place: str) -> tuple[int, int]:
    head = place.rstrip("0123456789")
    column = 0
    for letter in head:
        column = column * 26 + ord(letter) - 64
    return int(place[len(head) :]) - 1, column - 1


def with_text(report: Abstract, column: str, text: str, row: int = 0) -> Damaged:
    """One item row with another text in `column`: an element, a month `yyyy-mm` or Reporting_Period_Total."""
    cells, place = grid(report), position(report, row, column)
    return Damaged(with_cell(cells, place, text), place, cell(cells, place))


def _with_count(report: Abstract, text: str, row: int) -> Damaged:
    return with_text(report, month_key(report.months[0]), text, row)


def negative_count(report: Abstract, row: int = 0) -> Damaged:
    """-3 in the first month of a row."""
    return _with_count(report, "-3", row)


def dash_for_count(report: Abstract, row: int = 0) -> Damaged:
    """A hyphen in the first month of a row."""
    return _with_count(report, "-", row)


def word_for_count(report: Abstract, row: int = 0) -> Damaged:
    """`n/a` in the first month of a row."""
    return _with_count(report, "n/a", row)


def blank_count(report: Abstract, row: int = 0) -> Damaged:
    """Nothing in the first month of a row: a zero."""
    return _with_count(report, "", row)


def fractional_count(report: Abstract, row: int = 0) -> Damaged:
    """2.5 uses in the first month of a row."""
    return _with_count(report, "2.5", row)


def float_count(report: Abstract, row: int = 0) -> Damaged:
    """The right count of the first month, written with `.0`."""
    right = str(report.rows[row].counts.get(month_key(report.months[0]), 0))
    return _with_count(report, f"{right}.0", row)


def thousands_separator(report: Abstract, row: int = 0, text: str = "1,234") -> Damaged:
    """1234 in the first month of a row as `1,234`; the row's total is put right, with a separator too."""
    damaged = _with_count(report, text, row)
    total = report.rows[row].total - int(damaged.was) + 1234
    place = position(report, row, "Reporting_Period_Total")
    return Damaged(with_cell(damaged.grid, place, f"{total:,}"), damaged.position, damaged.was)


def wrong_total(report: Abstract, row: int = 0) -> Damaged:
    """Reporting_Period_Total one above the sum of the months."""
    return with_text(report, "Reporting_Period_Total", str(report.rows[row].total + 1), row)


def duplicate_row(report: Abstract, row: int = 0) -> Damaged:
    """An item row twice, the second time right below the first."""
    cells, at = grid(report), first_row(report) - 1 + row
    return Damaged([*cells[: at + 1], list(cells[at]), *cells[at + 1 :]], str(at + 2))


def blank_row(report: Abstract, row: int = 1) -> Damaged:
    """An empty line before the item row number `row`."""
    cells, at = grid(report), first_row(report) - 1 + row
    return Damaged([*cells[:at], [], *cells[at:]], str(at + 1))


def short_row(report: Abstract, row: int = 0) -> Damaged:
    """The last cell of a row left out, delimiter and all; `was` is its text."""
    cells, at = grid(report), first_row(report) - 1 + row
    was = cells[at][-1]
    cells[at] = cells[at][:-1]
    return Damaged(cells, position(report, row, month_key(report.months[-1])), was)


def long_row(report: Abstract, row: int = 0, text: str = "7") -> Damaged:
    """A cell beyond the last heading."""
    cells, at = grid(report), first_row(report) - 1 + row
    width = len(cells[at])
    cells[at] = [*cells[at], text]
    return Damaged(cells, position_of(at, width))


def position_of(row: int, column: int) -> str:
    """Cell of a row and a column that count from 0."""
    return f"{letters(column)}{row + 1}"


def total_row(report: Abstract, label: str = "All Titles", *, last: bool = False) -> Damaged:
    """A row of sums with no identifier, before the first item or after the last; it adds what must not be added."""
    cells, at = grid(report), first_row(report) - 1
    months = [month_key(month) for month in report.months]
    sums = [sum(row.counts.get(month, 0) for row in report.rows) for month in months]
    names = [label, *([""] * (len(report.columns) - 1))]
    at = len(cells) if last else at
    between = len(cells[heading_row(report) - 1]) - len(names) - 1 - len(sums)
    line = [*names, str(sum(sums)), *[""] * between, *map(str, sums)]
    return Damaged([*cells[:at], line, *cells[at:]], str(at + 1))


def month_headings(report: Abstract, form: Callable[[date], str]) -> Grid:
    """Month headings in another form, for example `lambda month: f"{month:%Y-%m}"`."""
    cells = grid(report)
    other = {month_heading(month): form(month) for month in report.months}
    cells[heading_row(report) - 1] = [other.get(text, text) for text in cells[heading_row(report) - 1]]
    return cells


MONTH_FORMS: dict[str, Callable[[date], str]] = {
    "Mmm-yy": lambda month: month_heading(month)[:4] + month_heading(month)[-2:],
    "yy-Mmm": lambda month: month_heading(month)[-2:] + "-" + month_heading(month)[:3],
    "yyyy-mm": lambda month: f"{month.year}-{month.month:02}",
    "m-yyyy": lambda month: f"{month.month}-{month.year}",
    "MMM-yyyy": lambda month: month_heading(month).upper(),
    "Mmm yyyy": lambda month: month_heading(month).replace("-", " "),
    "blank before": lambda month: " " + month_heading(month),
    "date and time": lambda month: f"{month.year}-{month.month:02}-01 00:00:00",
}
"""Month headings that must be read, by a name of their form."""


def without_header(report: Abstract) -> Grid:
    """Column headings in row 1."""
    return grid(report)[heading_row(report) - 1 :]


def title_above(report: Abstract, lines: tuple[str, ...] = ("Usage statistics", "")) -> Grid:
    """Lines of text, an empty one among them, above the header."""
    return [*([line] if line else [] for line in lines), *grid(report)]


def without_column(report: Abstract, column: str) -> Grid:
    """One column left out, heading and cells."""
    cells, at = grid(report), report.columns.index(column)
    head = heading_row(report) - 1
    return [line if n < head else line[:at] + line[at + 1 :] for n, line in enumerate(cells)]


def padded(cells: Grid) -> Grid:
    """All rows as wide as the widest, as spreadsheets write them."""
    width = max(map(len, cells))
    return [line + [""] * (width - len(line)) for line in cells]


def stray_quote(report: Abstract, row: int = 0) -> bytes:
    """A TSV without quoting in which the title of one row begins with a single quotation mark that is never closed."""
    cells = [[text.replace('"', "'") for text in line] for line in grid(report)]
    line = cells[first_row(report) - 1 + row]
    at = next(n for n, name in enumerate(report.columns) if name in ("Title", "Database", "Item", "Platform"))
    line[at] = '"' + line[at]
    return "".join("\t".join(line) + "\n" for line in cells).encode()


def excel_issn(report: Abstract) -> Grid:
    """Every ISSN as a spreadsheet leaves it that took it for a number: no hyphen, no leading zero."""
    cells = grid(report)
    columns = [n for n, name in enumerate(report.columns) if name.endswith("ISSN")]
    for line in cells[first_row(report) - 1 :]:
        for column in columns:
            line[column] = line[column].replace("-", "").lstrip("0")
    return cells


def utf16(report: Abstract | Grid) -> bytes:
    """Excel's "Unicode text": tab-separated, UTF-16 little endian with its mark, CRLF."""
    return b"\xff\xfe" + delimited(report, "\t", line_end="\r\n", encoding="utf-16-le")


def cp1252(report: Abstract | Grid, delimiter: str = "\t") -> bytes:
    """Windows' Western encoding; what it cannot write becomes `?`."""
    text = delimited(report, delimiter).decode()
    return text.encode("cp1252", errors="replace")


def semicolons(report: Abstract | Grid) -> bytes:
    """A CSV as European spreadsheets write it, without a mark."""
    return delimited(report, ";", line_end="\r\n")


def crlf(report: Abstract | Grid, delimiter: str = "\t") -> bytes:
    """Windows' line ends."""
    return delimited(report, delimiter, line_end="\r\n")


def cr(report: Abstract | Grid, delimiter: str = "\t") -> bytes:
    """Old Macintosh line ends."""
    return delimited(report, delimiter, line_end="\r")


def all_quoted(report: Abstract | Grid, delimiter: str = "\t") -> bytes:
    """Every cell in quotation marks."""
    return delimited(report, delimiter, every=True)


def two_exports_in_one(first: Abstract, second: Abstract) -> Grid:
    """A second report below the first in the same sheet."""
    return [*grid(first), [], *grid(second)]


def second_heading(report: Abstract, row: int = 1) -> Damaged:
    """The column headings once more, before the item row number `row`."""
    cells, at = grid(report), first_row(report) - 1 + row
    return Damaged([*cells[:at], list(cells[heading_row(report) - 1]), *cells[at:]], str(at + 1))


def remark_row(report: Abstract, text: str = "Figures may change until the end of the quarter.") -> Damaged:
    """A sentence in the first column, below the last item."""
    cells = grid(report)
    return Damaged([*cells, [text]], str(len(cells) + 1))


def repeated_name(content: bytes, name: str = "Platform", value: str = "Another Shelf") -> bytes:
    """JSON whose first object with `name` has it twice: most readers keep the last and say nothing."""
    mark = f'"{name}": '.encode()
    at = content.index(mark)
    return content[:at] + mark + writer.dumps(value).encode() + b", " + content[at:]
