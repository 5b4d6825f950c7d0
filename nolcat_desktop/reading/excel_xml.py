"""XML Spreadsheet 2003 (SpreadsheetML of Excel 2002 and 2003): every worksheet with its cells as text.

Source: Microsoft's "XML Spreadsheet Reference" (Office XP): Row and Cell count on unless `ss:Index` says where they
stand; what a number means, the `ss:Format` of its style says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.number_format import GENERAL, NumberFormat, number_format, number_text
from nolcat_desktop.reading.workbook import Sheet, sheet_of
from nolcat_desktop.reading.workbook_cells import iso_date
from nolcat_desktop.reading.workbook_package import Attributes, border, local, new_parser, unreadable
from nolcat_desktop.reading.workbook_rows import Rows, letters

_PIECE: Final = 1 << 18
_LAST_ROW: Final = 1 << 20
_LAST_COLUMN: Final = 1 << 14
_HEADER_ROWS: Final = 20
_OWN_ID: Final = 10_000
"""A number format id that is none of those that Excel has built in."""
_STATES: Final = {"SheetHidden": "hidden", "SheetVeryHidden": "veryHidden"}
_FRACTION = re.compile(r"\.0+\Z")


def read_excel_xml(content: bytes, progress: Progress | None = None) -> Iterator[Sheet]:
    """Read the worksheets of an XML Spreadsheet 2003, in order, hidden ones too.

    Args:
        content: The bytes of the file.
        progress: Told how many bytes are read, and checked.

    Yields:
        Each worksheet, as `workbook.read_workbook` gives them.

    Raises:
        NolcatError: If the file is not well-formed or has no worksheet.
        Cancelled: If the user asked to stop.
    """
    progress = progress or Progress()
    reader = _Reader()
    with border("spreadsheet"):
        for place in range(0, len(content), _PIECE):
            progress.tell("Reading", place, len(content))
            reader.parser.Parse(content[place : place + _PIECE], False)
        reader.parser.Parse(b"", True)
    if not reader.sheets:
        raise unreadable("it holds no sheet with cells")
    yield from reader.sheets


class _Reader:
    """Takes the elements of a workbook."""

    def __init__(self) -> None:
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.sheets: list[Sheet] = []
        self._rows: Rows | None = None
        self._name, self._state = "", "visible"
        self._hidden: list[tuple[int, int]] = []
        self._row = self._column = self._across = self._table_column = 0
        self._row_hidden = False
        self._formats: dict[str, NumberFormat] = {}
        self._style = ""
        self._cell_style = ""
        self._formula: str | None = None
        self._kind = ""
        self._pieces: list[str] | None = None
        self._comment = False
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "Style": self._start_style,
            "NumberFormat": self._start_format,
            "Worksheet": self._start_sheet,
            "Column": self._start_column,
            "Row": self._start_row,
            "Cell": self._start_cell,
            "Data": self._start_data,
            "Comment": lambda _: self._comments(on=True),
            "Visible": self._start_visible,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "Worksheet": self._end_sheet,
            "Cell": self._end_cell,
            "Data": self._end_data,
            "Comment": lambda: self._comments(on=False),
            "Visible": self._end_visible,
        }

    def _start(self, name: str, attributes: Attributes) -> None:
        start = self._starts.get(local(name))
        if start is not None:
            start({local(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        end = self._ends.get(local(name))
        if end is not None:
            end()

    def _text(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)

    def _comments(self, *, on: bool) -> None:
        """The Data of a comment is no data."""
        self._comment = on

    def _start_style(self, given: Attributes) -> None:
        self._style = given.get("ID", "")

    def _start_format(self, given: Attributes) -> None:
        code = given.get("Format", "")
        named = code in {"General Date", "Long Date", "Medium Date", "Short Date"}
        self._formats[self._style] = number_format(_OWN_ID, "yyyy-mm-dd" if named else code)

    def _start_sheet(self, given: Attributes) -> None:
        self._name, self._state, self._rows, self._hidden = given.get("Name", ""), "visible", Rows(), []
        self._row = self._table_column = 0

    def _end_sheet(self) -> None:
        if self._rows is not None:
            self.sheets.append(sheet_of(self._name, self._state, self._hidden, self._rows))
        self._rows = None

    def _start_visible(self, _: Attributes) -> None:
        self._pieces = [] if self._rows is not None else None

    def _end_visible(self) -> None:
        self._state = _STATES.get("".join(self._pieces or ()), self._state)
        self._pieces = None

    def _start_column(self, given: Attributes) -> None:
        first = int(given.get("Index", self._table_column + 1))
        self._table_column = first + int(given.get("Span", "0"))
        if given.get("Hidden") == "1":
            self._hidden.append((first - 1, self._table_column - 1))

    def _start_row(self, given: Attributes) -> None:
        self._row = int(given.get("Index", self._row + 1))
        if not 0 < self._row <= _LAST_ROW:
            raise unreadable(f"there is no row {self._row}")
        self._row_hidden = given.get("Hidden") == "1"
        self._column = -1
        self._across = 0

    def _start_cell(self, given: Attributes) -> None:
        self._column = int(given["Index"]) - 1 if "Index" in given else self._column + self._across + 1
        self._across = int(given.get("MergeAcross", "0"))
        if not 0 <= self._column < _LAST_COLUMN or self._across < 0:
            raise unreadable(f"there is no column {self._column + 1}")
        down = int(given.get("MergeDown", "0"))
        if down and self._row > _HEADER_ROWS and self._rows is not None:
            place = f"{letters(self._column)}{self._row}"
            self._rows.note("X-merged", place, f"{place}:{letters(self._column)}{self._row + down}")
        self._cell_style, self._formula = given.get("StyleID", ""), given.get("Formula")

    def _start_data(self, given: Attributes) -> None:
        if not self._comment:
            self._kind, self._pieces = given.get("Type", "String"), []

    def _end_data(self) -> None:
        if self._pieces is None or self._comment or self._rows is None:
            return
        raw, self._pieces = "".join(self._pieces), None
        place = f"{letters(self._column)}{self._row}"
        if self._formula is not None and (raw.strip() or self._kind == "String"):
            self._rows.formula(place, self._formula.removeprefix("="))
            self._formula = None
        if raw and self._row_hidden:
            self._rows.hidden_row(self._row)
            self._row_hidden = False
        match self._kind:
            case "Number":
                self._rows.put(self._row, self._column, number_text(raw, self._formats.get(self._cell_style, GENERAL)))
            case "DateTime":
                self._rows.put(self._row, self._column, iso_date(_FRACTION.sub("", raw)))
            case "Boolean":
                self._rows.put(self._row, self._column, "TRUE" if raw.strip() == "1" else "FALSE")
            case "Error":
                self._rows.put(self._row, self._column, raw)
                self._rows.note("X-error-cell", place, raw)
            case _:
                self._rows.text_cell(self._row, self._column, raw)

    def _end_cell(self) -> None:
        if self._formula is not None and self._rows is not None:
            self._rows.without_value(self._row, self._column, self._formula)
        self._formula = None
