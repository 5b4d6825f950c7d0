"""Workbooks of Excel 2 to 5 as bare records, without the compound file that later ones stand in.

Source: OpenOffice.org's Documentation of the Microsoft Excel File Format, chapters 4 and 5.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

VERSIONS = (2, 3, 4, 5)
FORMATS = ("General", "mmm-yyyy", "0000-0000", "0")
GENERAL, MONTH, ISSN = range(3)
Cell = tuple[object, int]
"""A text, an int, a float, or a tuple of one number (a formula's result); and which of `FORMATS` it is shown in."""
_SHEET, _GLOBALS = 0x10, 0x05
_RK_MOST = 1 << 29
_INTEGER_MOST = 1 << 16


def bare(version: int, rows: Sequence[Sequence[Cell]]) -> bytes:
    """One sheet of cells, written by an Excel of this version (BIFF2 to BIFF5)."""
    cells = b"".join(
        _cell(version, row, column, *cell) for row, line in enumerate(rows) for column, cell in enumerate(line)
    )
    page = _record(0x42, struct.pack("<H", 1252)) + _record(0x22, struct.pack("<H", 0))
    if version < 5:
        return _begin(version, _SHEET) + page + _styles(version) + cells + _record(0x0A)
    top = _begin(version, _GLOBALS) + page + _styles(version)
    name = b"\x06Sheet1"
    place = len(top) + len(_record(0x85, bytes(6) + name)) + len(_record(0x0A))
    bound = _record(0x85, struct.pack("<IH", place, 0) + name)
    return top + bound + _record(0x0A) + _begin(version, _SHEET) + cells + _record(0x0A)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(version: int, kind: int) -> bytes:
    match version:
        case 2:
            return _record(0x0009, struct.pack("<HH", 2, kind))
        case 3 | 4:
            return _record({3: 0x0209, 4: 0x0409}[version], struct.pack("<HHH", version, kind, 0))
        case _:
            return _record(0x0809, struct.pack("<HHHH", 0x500, kind, 0x0DBB, 1996))


def _styles(version: int) -> bytes:
    """The number formats, and one style for each."""
    texts = [bytes([len(form)]) + form.encode() for form in FORMATS]
    font = struct.pack("<HHH", 200, 0, 0x7FFF)
    numbers = range(len(FORMATS))
    match version:
        case 2:
            styles = [_record(0x43, bytes([0, 0, number, 0])) for number in numbers]
            return b"".join(_record(0x1E, text) for text in texts) + b"".join(styles)
        case 3 | 4:
            fonts = _record(0x231, font + b"\x05Arial") * 4
            kind, before = {3: (0x1E, b""), 4: (0x41E, bytes(2))}[version]
            styles = [_record({3: 0x243, 4: 0x443}[version], bytes([0, n]) + bytes(10)) for n in numbers]
            return b"".join(_record(kind, before + text) for text in texts) + fonts + b"".join(styles)
        case _:
            fonts = _record(0x31, font + struct.pack("<HHBBBB", 400, 0, 0, 0, 0, 0) + b"\x05Arial") * 4
            forms = b"".join(_record(0x41E, struct.pack("<H", 164 + n) + text) for n, text in enumerate(texts))
            return fonts + forms + b"".join(_record(0xE0, struct.pack("<HH", 0, 164 + n) + bytes(12)) for n in numbers)


def _cell(version: int, row: int, column: int, value: object, form: int) -> bytes:
    place = struct.pack("<HH", row, column) + (bytes([form, form, 0]) if version == 2 else struct.pack("<H", form))
    match value:
        case "":
            return b""
        case str():
            text, length = value.encode("cp1252"), "<B" if version == 2 else "<H"
            return _record(0x04 if version == 2 else 0x204, place + struct.pack(length, len(value)) + text)
        case int() if version == 2 and 0 <= value < _INTEGER_MOST:
            return _record(0x02, place + struct.pack("<H", value))
        case int() if version > 2 and abs(value) < _RK_MOST:
            return _record(0x27E, place + struct.pack("<I", (value << 2) & 0xFFFFFFFC | 2))
        case tuple():
            kind = {2: 0x06, 3: 0x206, 4: 0x406, 5: 0x06}[version]
            rest = {2: bytes(1) + b"\x00", 3: bytes(2) + bytes(2), 4: bytes(2) + bytes(2), 5: bytes(6) + bytes(2)}
            return _record(kind, place + struct.pack("<d", value[0]) + rest[version])
        case _:
            return _record(0x203 if version > 2 else 0x03, place + struct.pack("<d", float(str(value))))
