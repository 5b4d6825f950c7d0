"""Binary Excel workbooks (XLSB): the parts of XLSX with records instead of XML (MS-XLSB, section 2.1 to 2.4).

A record is its number (one or two bytes, seven bits each), its length (up to four) and so many bytes. Cells are read
here; what stands around them (sheets, texts, number formats) becomes the same `Book` that XLSX has.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.number_format import GENERAL, NumberFormat, number_format
from nolcat_desktop.reading.workbook import Sheet, sheet_of
from nolcat_desktop.reading.workbook_binary_cells import BinaryCells
from nolcat_desktop.reading.workbook_book import Book, SheetPart
from nolcat_desktop.reading.workbook_package import CHUNK, Package, border, unreadable
from nolcat_desktop.reading.workbook_rows import Rows

_LARGEST: Final = 16 << 20
"""Bytes of a record; the longest text of a cell has 64 KB."""
_STATES: Final = ("visible", "hidden", "veryHidden")
_FORMAT, _STYLE, _TEXT, _WORKBOOK, _SHEET = 44, 47, 19, 153, 156
_STYLES_BEGIN, _STYLES_END = 617, 618
_VARINT_LAST: Final = 0x80


def read_binary_workbook(content: bytes, progress: Progress | None = None) -> Iterator[Sheet]:
    """Read the worksheets of an XLSB workbook, one after the other, hidden ones too.

    Args:
        content: The bytes of the file.
        progress: Told how many bytes of the (inflated) sheet are read.

    Yields:
        Each worksheet, as `workbook.read_workbook` gives them.

    Raises:
        NolcatError: If the workbook is damaged, encrypted, far too large, or has no worksheet.
        Cancelled: If the user asked to stop.
    """
    progress = progress or Progress()
    with Package(content) as package:
        part = _workbook_part(package)
        with border(part):
            book = _book(package, part)
        for sheet in book.sheets:
            yield _read_sheet(package, book, sheet, progress)


def _read_sheet(package: Package, book: Book, sheet: SheetPart, progress: Progress) -> Sheet:
    rows = Rows()
    cells = BinaryCells(book, rows)
    with border(sheet.part):
        for kind, data in records(package, sheet.part, progress, sheet.name):
            cells.record(kind, data)
    return sheet_of(sheet.name, sheet.state, cells.hidden_columns, rows)


def records(
    package: Package, part: str, progress: Progress | None = None, label: str = ""
) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record of a part, in order.

    Raises:
        NolcatError: If the part is missing, or ends in the middle of a record.
    """
    rest = b""
    for number, chunk in enumerate(package.chunks(part)):
        if progress is not None:
            progress.tell("Reading", number * CHUNK, package.size(part), label)
        buffer = rest + chunk
        place = 0
        while (found := _record(buffer, place)) is not None:
            kind, start, end = found
            yield kind, buffer[start:end]
            place = end
        rest = buffer[place:]
    if rest:
        raise unreadable(f"{part} ends in the middle of a record")


def _record(buffer: bytes, place: int) -> tuple[int, int, int] | None:
    """Number, beginning and end of the record at `place`; None when it is not all there yet."""
    kind, after = _varint(buffer, place, 2)
    if after is None:
        return None
    length, start = _varint(buffer, after, 4)
    if start is None:
        return None
    if length > _LARGEST:
        raise unreadable(f"a record of {length:,} bytes")
    end = start + length
    return (kind, start, end) if end <= len(buffer) else None


def _varint(buffer: bytes, place: int, most: int) -> tuple[int, int | None]:
    """A number of up to `most` bytes of seven bits, and where it ends; None if it is not all there."""
    value = 0
    for n in range(most):
        if place + n >= len(buffer):
            return 0, None
        byte = buffer[place + n]
        value |= (byte & 0x7F) << (7 * n)
        if byte < _VARINT_LAST:
            return value, place + n + 1
    return value, place + most


def wide_text(data: bytes, place: int) -> tuple[str, int]:
    """The text at `place` (XLWideString: number of UTF-16 units, then they), and where it ends."""
    (units,) = struct.unpack_from("<I", data, place)
    end = place + 4 + 2 * units
    if end > len(data):
        raise unreadable("a text is longer than its record")
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def _workbook_part(package: Package) -> str:
    for relation in package.relations(""):
        if relation.get("Type", "").endswith("/officeDocument") and package.has(relation["Target"]):
            return relation["Target"]
    if not package.has("xl/workbook.bin"):
        raise unreadable("its workbook part is missing")
    return "xl/workbook.bin"


def _book(package: Package, part: str) -> Book:
    relations = package.relations(part)
    targets = {each.get("Id", ""): each for each in relations}
    kinds = {each.get("Type", "").rpartition("/")[2]: each["Target"] for each in relations}
    sheets: list[SheetPart] = []
    from_1904 = False
    for kind, data in records(package, part):
        if kind == _WORKBOOK:
            from_1904 = bool(data[0] & 1)
        elif kind == _SHEET:
            sheet = _sheet(data, targets)
            sheets += [sheet] if sheet is not None else []
    if not sheets:
        raise unreadable("it holds no sheet with cells")
    texts, styles = kinds.get("sharedStrings"), kinds.get("styles")
    return Book(
        tuple(sheets),
        [wide_text(data, 1)[0] for kind, data in records(package, texts) if kind == _TEXT] if texts else [],
        _formats(package, styles) if styles and package.has(styles) else [],
        from_1904,
    )


def _sheet(data: bytes, targets: dict[str, dict[str, str]]) -> SheetPart | None:
    """BrtBundleSh: state, id, relation, name; None for charts and macros."""
    (state,) = struct.unpack_from("<I", data)
    relation, end = wide_text(data, 8)
    name, _ = wide_text(data, end)
    target = targets.get(relation)
    if target is None:
        raise unreadable(f"the sheet {name} is listed but has no part")
    if not target.get("Type", "").endswith("/worksheet"):
        return None
    return SheetPart(name, target["Target"], _STATES[min(state, 2)])


def _formats(package: Package, part: str) -> list[NumberFormat]:
    """The number format of each cell style."""
    codes: dict[int, str] = {}
    ids: list[int] = []
    is_cells = False
    for kind, data in records(package, part):
        if kind == _FORMAT:
            (number,) = struct.unpack_from("<H", data)
            codes[number] = wide_text(data, 2)[0]
        elif kind in {_STYLES_BEGIN, _STYLES_END}:
            is_cells = kind == _STYLES_BEGIN
        elif kind == _STYLE and is_cells:
            ids.append(struct.unpack_from("<H", data, 2)[0])
    return [number_format(number, codes.get(number)) if number or 0 in codes else GENERAL for number in ids]
