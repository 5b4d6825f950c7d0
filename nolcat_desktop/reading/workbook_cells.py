"""Cells of a sheet, read with a plain XML parser: slower than `workbook_regular`, but whatever the format allows.

What each kind of cell holds is laid down in ECMA-376 part 1, section 18.3.1.4 (c) and 18.18.11 (ST_CellType).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nolcat_desktop.reading.number_format import GENERAL, number_text
from nolcat_desktop.reading.workbook_book import Book, unescaped
from nolcat_desktop.reading.workbook_package import Attributes, border, new_parser, unreadable
from nolcat_desktop.reading.workbook_rows import COLUMNS, Rows, letters

_TRUE = ("1", "true")
_LAST_ROW = 1 << 30
_HEADER_ROWS = 20
_REMEMBERED = 100_000


class CellReader:
    """Reads the XML of one sheet, fed in pieces, into `rows`."""

    def __init__(self, book: Book, rows: Rows, part: str) -> None:
        """Begin with the part called `part`."""
        self.last_row = 0
        """Number of the row element that came last: where rows without a number count on from."""
        self.hidden_columns: list[tuple[int, int]] = []
        """First and last number of the hidden columns, from 0."""
        self._book, self._rows, self._part = book, rows, part
        self._numbers: dict[tuple[str, str | None], str] = {}
        self._column = -1
        self._row_text = ""
        self._row_hidden = False
        self._cell: Attributes = {}
        self._value: str | None = None
        self._inline: str | None = None
        self._formula: str | None = None
        self._phonetic = 0
        self._pieces: list[str] = []
        self._starts: dict[str, Callable[[Attributes], None]] = {}
        self._ends: dict[str, Callable[[], None]] = {}
        self._parser = new_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._pieces.append

    def feed(self, chunk: bytes) -> None:
        """Read the next piece.

        Raises:
            NolcatError: If it is not well-formed or names what is not there.
        """
        with border(self._part):
            self._parser.Parse(chunk, False)

    def close(self) -> None:
        """There is no more."""
        with border(self._part):
            self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: Attributes) -> None:
        if not self._starts:
            self._begin(name)
        start = self._starts.get(name)
        if start is not None:
            start(attributes)

    def _end(self, name: str) -> None:
        end = self._ends.get(name)
        if end is not None:
            end()

    def _begin(self, root: str) -> None:
        """The namespace of the first element, transitional or strict, is that of all that counts."""
        space, _, name = root.rpartition(" ")
        if name != "worksheet":
            raise unreadable(f"{self._part} is no worksheet")
        prefix = f"{space} " if space else ""
        starts = {
            "col": self._start_col,
            "row": self._start_row,
            "c": self._start_cell,
            "f": self._start_text,
            "v": self._start_text,
            "t": self._start_text,
            "is": self._start_inline,
            "rPh": self._start_phonetic,
            "mergeCell": self._start_merge,
        }
        ends = {
            "c": self._end_cell,
            "f": self._end_formula,
            "v": self._end_value,
            "t": self._end_t,
            "rPh": self._end_phonetic,
        }
        self._starts = {prefix + name: start for name, start in starts.items()} | {root: self._start_text}
        self._ends = {prefix + name: end for name, end in ends.items()}

    def _start_text(self, _: Attributes) -> None:
        self._pieces.clear()

    def _start_inline(self, _: Attributes) -> None:
        self._inline = ""

    def _start_phonetic(self, _: Attributes) -> None:
        self._phonetic += 1

    def _end_phonetic(self) -> None:
        self._phonetic -= 1

    def _end_t(self) -> None:
        if self._inline is not None and not self._phonetic:
            self._inline += "".join(self._pieces)

    def _end_value(self) -> None:
        self._value = "".join(self._pieces)

    def _end_formula(self) -> None:
        self._formula = "".join(self._pieces)

    def _start_col(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
            self.hidden_columns.append((int(attributes.get("min", "")) - 1, int(attributes.get("max", "")) - 1))

    def _start_merge(self, attributes: Attributes) -> None:
        """Titles merged over several rows leave all rows but the first without one."""
        first, _, last = attributes.get("ref", "").partition(":")
        rows = [int(corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0) for corner in (first, last)]
        if rows[0] > _HEADER_ROWS and rows[1] > rows[0]:
            self._rows.note("X-merged", first, f"{first}:{last}")

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self.last_row = self.last_row + 1 if number is None else int(number)
        self._row_text = str(self.last_row)
        self._row_hidden = attributes.get("hidden") in _TRUE
        self._column = -1

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._value = self._inline = self._formula = None
        place = attributes.get("r")
        if place is None:
            self._column += 1
            return
        name = place.rstrip("0123456789")
        self._column = COLUMNS[name]
        number = place[len(name) :]
        if number != self._row_text:
            self.last_row = int(number)
            self._row_text = str(self.last_row)

    def _end_cell(self) -> None:
        if self._formula is None and self._value is None and self._inline is None:
            return
        raw = self._inline if self._value is None else self._value
        kind = self._cell.get("t", "n")
        if not 0 < self.last_row < _LAST_ROW:
            raise ValueError(f"there is no row {self.last_row}")
        if self._formula is not None:
            place = f"{letters(self._column)}{self._row_text}"
            if raw is None or (not raw.strip() and kind != "str"):
                self._rows.without_value(self.last_row, self._column, f"={self._formula}")
                return
            self._rows.formula(place, self._formula)
        if raw:
            self._take(kind, raw)

    def _take(self, kind: str, raw: str) -> None:
        """Hand the value of a cell on."""
        row, column = self.last_row, self._column
        if self._row_hidden:
            self._rows.hidden_row(row)
            self._row_hidden = False
        match kind:
            case "n":
                self._rows.put(row, column, self._number(raw))
            case "s":
                self._rows.text_cell(row, column, self._shared(raw))
            case "str" | "inlineStr":
                self._rows.text_cell(row, column, unescaped(raw))
            case "b":
                self._rows.put(row, column, "TRUE" if raw.strip() in _TRUE else "FALSE")
            case "e":
                self._rows.put(row, column, raw)
                self._rows.note("X-error-cell", f"{letters(column)}{row}", raw)
            case "d":
                self._rows.put(row, column, iso_date(raw))
            case _:
                raise ValueError(f"the cell {letters(column)}{row} is of the unknown type {kind}")

    def _shared(self, raw: str) -> str:
        number = int(raw)
        if not 0 <= number < len(self._book.strings):
            place = f"{letters(self._column)}{self._row_text}"
            raise unreadable(f"the text of cell {place} is missing from the table of texts")
        return self._book.strings[number]

    def _number(self, raw: str) -> str:
        style = self._cell.get("s")
        known = self._numbers.get((raw, style))
        if known is None:
            known = style_text(self._book, raw, style)
            if len(self._numbers) < _REMEMBERED:
                self._numbers[raw, style] = known
        return known


def style_text(book: Book, raw: str, style: str | None) -> str:
    """The number `raw` as a cell of the style shows it."""
    number = int(style or 0)
    shown = book.formats[number] if 0 <= number < len(book.formats) else GENERAL
    return number_text(raw, shown, book.from_1904)


def iso_date(raw: str) -> str:
    """A date of a cell of type `d`, without a time of midnight; what is no date is returned as it is."""
    try:
        read = datetime.fromisoformat(raw.strip())
    except ValueError:
        return raw
    return read.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
