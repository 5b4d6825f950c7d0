"""Tables of an OpenDocument spreadsheet: its XML, fed in pieces, into rows of cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.number_format import GENERAL, number_text
from nolcat_desktop.reading.workbook_cells import iso_date
from nolcat_desktop.reading.workbook_package import Attributes, new_parser, too_large, unreadable
from nolcat_desktop.reading.workbook_rows import Rows, letters

_SPACES: Final = {
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
    "http://openoffice.org/2000/table": "table",
    "http://openoffice.org/2000/office": "office",
    "http://openoffice.org/2000/text": "text",
    "http://openoffice.org/2000/style": "style",
}
"""Namespace → prefix as this module writes it."""
_MOST_REPEATED: Final = 2_000_000
"""Cells that repetitions of filled cells and rows may come to; a table of that many is no report."""
_LAST_COLUMN: Final = 1 << 14
_LAST_ROW: Final = 1 << 20
_HEADER_ROWS: Final = 20
_ZEROS = re.compile(r"0[0-9]*(?:-[0-9]+)*")
_TIME = re.compile(r"-?PT([0-9]+)H([0-9]+)M([0-9]+)(?:[.,][0-9]+)?S")
_NOT_SHOWN: Final = frozenset({"office:annotation", "table:shapes", "table:tracked-changes", "table:dde-links"})
"""What stands in a table and is none of its cells: comments, drawings, changes."""


@dataclass(slots=True)
class Table:
    """One table."""

    name: str
    state: str
    rows: Rows = field(default_factory=Rows)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Cell:
    attributes: Attributes
    count: int
    paragraphs: list[str] = field(default_factory=list)


class TableReader:
    """Reads the XML of a document."""

    def __init__(self, progress: Progress) -> None:
        """Begin; `progress` is checked while repetitions are written out."""
        self._progress = progress
        self._parser = new_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._names: dict[str, str] = {}
        self._done: list[Table] = []
        self._table: Table | None = None
        self._nested = self._skipped = 0
        self._row = self._next_row = self._column = self._columns = 0
        self._row_count = 1
        self._row_cells: list[tuple[int, int, str, str]] = []
        self._row_hidden = False
        self._repeated = 0
        self._cell: _Cell | None = None
        self._pieces: list[str] | None = None
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "style:style": self._start_style,
            "style:table-properties": self._start_properties,
            "table:table-column": self._start_column,
            "table:table-row": self._start_row,
            "table:table-cell": self._start_cell,
            "table:covered-table-cell": self._start_cell,
            "text:p": self._start_paragraph,
            "text:s": lambda given: self._text(" " * min(_number(given.get("text:c")), 1000)),
            "text:tab": lambda _: self._text("\t"),
            "text:line-break": lambda _: self._text("\n"),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "table:table-row": self._end_row,
            "table:table-cell": self._end_cell,
            "table:covered-table-cell": self._end_cell,
            "text:p": self._end_paragraph,
        }

    def feed(self, chunk: bytes) -> None:
        """Read the next piece; raises what expat raises, and `NolcatError` for what is beyond measure."""
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        """There is no more."""
        self._parser.Parse(b"", True)

    def take(self) -> list[Table]:
        """The tables that have ended since the last time."""
        done, self._done = self._done, []
        return done

    def _name(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            space, _, local = name.rpartition(" ")
            known = f"{_SPACES.get(space, '?')}:{local}"
            self._names[name] = known
        return known

    def _start(self, name: str, attributes: Attributes) -> None:
        name = self._name(name)
        if self._skipped or name in _NOT_SHOWN or name.startswith("draw:"):
            self._skipped += 1
        elif name == "table:table":
            self._start_table({self._name(key): value for key, value in attributes.items()})
        elif name in self._starts and self._nested <= 1:
            self._starts[name]({self._name(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        name = self._name(name)
        if self._skipped:
            self._skipped -= 1
        elif name == "table:table":
            self._nested -= 1
            if not self._nested and self._table is not None:
                self._done.append(self._table)
                self._table = None
        elif name in self._ends and self._nested == 1:
            self._ends[name]()

    def _text(self, text: str) -> None:
        if self._pieces is not None and not self._skipped:
            self._pieces.append(text)

    def _start_style(self, given: Attributes) -> None:
        self._style = given.get("style:name", "")

    def _start_properties(self, given: Attributes) -> None:
        if given.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, given: Attributes) -> None:
        """A table; one inside a cell of another is passed over with its cells."""
        self._nested += 1
        if self._nested == 1:
            state = "hidden" if given.get("table:style-name") in self._hidden_styles else "visible"
            self._table = Table(given.get("table:name", ""), state)
            self._next_row = 1
            self._columns = 0

    def _start_column(self, given: Attributes) -> None:
        count = _number(given.get("table:number-columns-repeated"))
        if self._table is not None and given.get("table:visibility", "visible") != "visible":
            self._table.hidden_columns.append((self._columns, self._columns + count - 1))
        self._columns += count

    def _start_row(self, given: Attributes) -> None:
        self._row = self._next_row
        self._row_count = _number(given.get("table:number-rows-repeated"))
        self._next_row += self._row_count
        self._row_hidden = given.get("table:visibility", "visible") != "visible"
        self._row_cells = []
        self._column = 0
        if self._row > _LAST_ROW:
            raise unreadable(f"there is no row {self._row}")

    def _start_cell(self, given: Attributes) -> None:
        self._cell = _Cell(given, _number(given.get("table:number-columns-repeated")))
        if _number(given.get("table:number-rows-spanned")) > 1 and self._row > _HEADER_ROWS and self._table:
            last = self._row + _number(given.get("table:number-rows-spanned")) - 1
            place = f"{letters(self._column)}{self._row}"
            self._table.rows.note("X-merged", place, f"{place}:{letters(self._column)}{last}")

    def _start_paragraph(self, _: Attributes) -> None:
        if self._cell is not None:
            self._pieces = []

    def _end_paragraph(self) -> None:
        if self._cell is not None and self._pieces is not None:
            self._cell.paragraphs.append("".join(self._pieces))
        self._pieces = None

    def _end_cell(self) -> None:
        cell, table = self._cell, self._table
        self._cell = None
        if cell is None or table is None:
            return
        first, self._column = self._column, self._column + cell.count
        text, kind = _shown(cell)
        place = f"{letters(min(first, _LAST_COLUMN))}{self._row}"
        if "table:formula" in cell.attributes:
            formula = cell.attributes["table:formula"].partition(":=")[2]
            if text or any(name.endswith(":value-type") for name in cell.attributes):
                table.rows.formula(place, formula)
            else:
                table.rows.note("X-formula-without-value", place, f"={formula}")
                text = f"={formula}"
        if not text:
            return
        self._repeated += cell.count * self._row_count if cell.count * self._row_count > 1 else 0
        if self._column > _LAST_COLUMN or self._repeated > _MOST_REPEATED:
            raise too_large(table.name)
        self._row_cells.append((first, cell.count, text, kind))

    def _end_row(self) -> None:
        table = self._table
        if table is None or not self._row_cells:
            return
        if self._row + self._row_count - 1 > _LAST_ROW:
            raise unreadable(f"there is no row {self._row + self._row_count - 1}")
        for row in range(self._row, self._row + self._row_count):
            if not row % 1024:
                self._progress.check()
            if self._row_hidden:
                table.rows.hidden_row(row)
            for first, count, text, kind in self._row_cells:
                for column in range(first, first + count):
                    _put(table.rows, row, column, text, kind)


def _put(rows: Rows, row: int, column: int, text: str, kind: str) -> None:
    if kind == "string":
        rows.text_cell(row, column, text)
        return
    rows.put(row, column, text)
    if kind == "error":
        rows.note("X-error-cell", f"{letters(column)}{row}", text)


def _number(text: str | None) -> int:
    """How often, how many: at least 1."""
    if text is None:
        return 1
    number = int(text)
    if not 0 < number <= 1 << 30:
        raise unreadable(f"a repetition of {text}")
    return number


def _shown(cell: _Cell) -> tuple[str, str]:
    """The text of a cell, and the type of its value; '' for a blank one."""
    given, shown = cell.attributes, "\n".join(cell.paragraphs)
    kind = given.get("calcext:value-type", given.get("office:value-type", given.get("table:value-type", "")))
    value = given.get("office:value", given.get("table:value"))
    match kind:
        case "error":
            return shown, "error"
        case "float" | "percentage" | "currency" if value is not None:
            return _number_shown(value, shown), kind
        case "date":
            return iso_date(given.get("office:date-value", given.get("table:date-value", shown))), kind
        case "time":
            return _clock(given.get("office:time-value", given.get("table:time-value", "")), shown), kind
        case "boolean":
            told = given.get("office:boolean-value", given.get("table:boolean-value", ""))
            return {"true": "TRUE", "false": "FALSE"}.get(told, shown), kind
        case _:
            return given.get("office:string-value", given.get("table:string-value", shown)), "string"


def _number_shown(value: str, shown: str) -> str:
    """The number, with the zeros in front (and the hyphens between) that are shown."""
    text = number_text(value, GENERAL)
    digits = shown.replace("-", "")
    if _ZEROS.fullmatch(shown) and digits.lstrip("0") == text.lstrip("0") and len(digits) > len(text):
        return shown
    return text


def _clock(value: str, shown: str) -> str:
    found = _TIME.fullmatch(value)
    return f"{int(found[1]):02}:{int(found[2]):02}:{int(found[3]):02}" if found else shown
