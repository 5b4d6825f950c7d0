"""Cells of a sheet of an XLSB workbook (MS-XLSB, section 2.4: BrtRowHdr, BrtCell…, BrtFmla…, BrtShort…)."""

from __future__ import annotations

import struct
from typing import Final

from nolcat_desktop.reading.workbook_book import Book
from nolcat_desktop.reading.workbook_cells import style_text
from nolcat_desktop.reading.workbook_package import unreadable
from nolcat_desktop.reading.workbook_rows import Rows, letters

_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _INLINE, _SHARED = range(8)
_FORMULAS: Final = {8: _INLINE, 9: _REAL, 10: _BOOL, 11: _ERROR}
_SHORT: Final = {12: _BLANK, 13: _RK, 14: _ERROR, 15: _BOOL, 16: _REAL, 17: _INLINE, 18: _SHARED}
_RICH: Final = 62
_COLUMN, _MERGED = 60, 176
_SHEET_BEGINS: Final = 129
_LAST_ROW: Final = 1 << 20
_LAST_COLUMN: Final = 1 << 14
_HEADER_ROWS: Final = 20
_REMEMBERED: Final = 100_000
ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Code of an error → its text (MS-XLSB 2.5.97.2, BErr)."""


class BinaryCells:
    """Takes the records of one sheet, in order, and puts its cells into `rows`."""

    def __init__(self, book: Book, rows: Rows) -> None:
        """Read with the texts and formats of `book`."""
        self.hidden_columns: list[tuple[int, int]] = []
        """First and last number of the hidden columns, from 0."""
        self._book, self._rows = book, rows
        self._row = 0
        self._row_hidden = False
        self._column = -1
        self._is_formula = False
        self._numbers: dict[tuple[bytes, int, int], str] = {}
        self._begun = False

    def record(self, kind: int, data: bytes) -> None:
        """Take one record; those that say nothing about cells are passed over.

        Raises:
            NolcatError, struct.error: If it contradicts the format.
        """
        if kind == _ROW:
            self._begin_row(data)
        elif kind in _SHORT:
            self._take(_SHORT[kind], self._column + 1, int.from_bytes(data[:3], "little"), data[4:])
        elif kind <= _SHARED or kind in _FORMULAS or kind == _RICH:
            self._is_formula = kind in _FORMULAS
            (column,) = struct.unpack_from("<I", data)
            self._take(_FORMULAS.get(kind, kind), column, int.from_bytes(data[4:7], "little"), data[8:])
            self._is_formula = False
        elif kind == _COLUMN:
            first, last = struct.unpack_from("<II", data)
            if data[16] & 1:
                self.hidden_columns.append((first, last))
        elif kind == _MERGED:
            self._merged(data)
        elif kind == _SHEET_BEGINS:
            self._begun = True

    def _begin_row(self, data: bytes) -> None:
        (number,) = struct.unpack_from("<I", data)
        if number >= _LAST_ROW or not self._begun:
            raise unreadable(f"there is no row {number + 1}")
        self._row, self._column = number + 1, -1
        self._row_hidden = bool(data[11] & 0x10)

    def _merged(self, data: bytes) -> None:
        first, last, left, right = struct.unpack_from("<IIII", data)
        if first >= _HEADER_ROWS and last > first:
            place = f"{letters(left)}{first + 1}"
            self._rows.note("X-merged", place, f"{place}:{letters(right)}{last + 1}")

    def _take(self, kind: int, column: int, style: int, data: bytes) -> None:
        if column >= _LAST_COLUMN or not self._row:
            raise unreadable(f"there is no column {column + 1}")
        self._column = column
        if kind == _BLANK:
            return
        place = f"{letters(column)}{self._row}"
        if self._is_formula:
            self._rows.formula(place, "")
        if self._row_hidden:
            self._rows.hidden_row(self._row)
            self._row_hidden = False
        match kind:
            case 2 | 5:
                self._rows.put(self._row, column, self._number(data, kind, style))
            case 3:
                text = ERRORS.get(data[0], f"#ERR{data[0]}")
                self._rows.put(self._row, column, text)
                self._rows.note("X-error-cell", place, text)
            case 4:
                self._rows.put(self._row, column, "TRUE" if data[0] else "FALSE")
            case 7:
                self._rows.text_cell(self._row, column, self._shared(data, place))
            case _:
                rich = kind == _RICH
                self._rows.text_cell(self._row, column, _text(data[1:] if rich else data))

    def _number(self, data: bytes, kind: int, style: int) -> str:
        raw = data[:4] if kind == _RK else data[:8]
        known = self._numbers.get((raw, kind, style))
        if known is None:
            value = rk_number(raw) if kind == _RK else struct.unpack("<d", raw)[0]
            known = style_text(self._book, repr(value), str(style))
            if len(self._numbers) < _REMEMBERED:
                self._numbers[raw, kind, style] = known
        return known

    def _shared(self, data: bytes, place: str) -> str:
        number = int.from_bytes(data[:4], "little")
        if number >= len(self._book.strings):
            raise unreadable(f"the text of cell {place} is missing from the table of texts")
        return self._book.strings[number]


def rk_number(raw: bytes) -> float | int:
    """The number that four bytes hold (RkNumber, MS-XLSB 2.5.122): a whole one or a short float, maybe a hundredth."""
    (bits,) = struct.unpack("<i", raw)
    value: float | int = bits >> 2 if bits & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", bits & ~3))[0]
    return value / 100 if bits & 1 else value


def _text(data: bytes) -> str:
    (units,) = struct.unpack_from("<I", data)
    if 4 + 2 * units > len(data):
        raise unreadable("a text is longer than its record")
    return data[4 : 4 + 2 * units].decode("utf-16-le", "replace")
