"""Reports as XLSB: records written by hand (MS-XLSB), since no library at hand writes them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from tests.builders.abstract import Abstract
from tests.builders.grid import Grid
from tests.builders.other_kinds import first_heading, grid_of, is_number, month_of

_DAY_ZERO = 693_594
"""Ordinal of 1899-12-30."""
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, content: bytes = b"") -> bytes:
    """A record: number, length, content."""
    return _varint(kind) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = bytearray()
    while True:
        out.append(value & 0x7F | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def wide(text: str) -> bytes:
    """A text with its length."""
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def xlsb(reports: Abstract | Grid | Mapping[str, Abstract | Grid], *, inline: bool = False) -> bytes:
    """A workbook whose counts are RK numbers, months dates, years numbers with zeros in front, texts shared."""
    sheets = reports if isinstance(reports, Mapping) else {"Sheet1": reports}
    strings: dict[str, int] = {}
    parts = {
        f"xl/worksheets/sheet{n}.bin": sheet(_rows(grid_of(report), strings, inline))
        for n, report in enumerate(sheets.values(), 1)
    }
    return package(list(sheets), parts, list(strings))


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """A worksheet around rows."""
    area = record(148, struct.pack("<IIII", 0, 1000, 0, 60))
    return record(129) + area + before + record(145) + rows + record(146) + after + record(130)


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """A row (from 0) and its cells."""
    return record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 if hidden else 0, 0) + bytes(4)) + b"".join(cells)


def cell(kind: int, column: int, content: bytes = b"", style: int = 0) -> bytes:
    """A cell record."""
    return record(kind, struct.pack("<I", column) + style.to_bytes(3, "little") + b"\0" + content)


def package(names: list[str], parts: Mapping[str, bytes], strings: list[str]) -> bytes:
    """The zip of a workbook."""
    book = record(131) + record(153, bytes(12))
    book += record(143)
    book += b"".join(
        record(156, struct.pack("<II", 0, n) + wide(f"rId{n}") + wide(name)) for n, name in enumerate(names, 1)
    )
    book += record(144) + record(132)
    styles = record(44, struct.pack("<H", 164) + wide("mmm-yyyy")) + record(44, struct.pack("<H", 165) + wide("0000"))
    styles += record(617) + b"".join(record(47, struct.pack("<HH", 0, form) + bytes(12)) for form in (0, 164, 165))
    styles += record(618)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(names) + 1)
    )
    related += f'<Relationship Id="rIdS" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.bin"/>'
    related += f'<Relationship Id="rIdT" Type="{_OFFICE}/styles" Target="styles.bin"/>'
    everything = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _rels(f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _rels(related),
        "xl/styles.bin": styles,
        "xl/sharedStrings.bin": record(159, struct.pack("<II", len(strings), len(strings)))
        + b"".join(record(19, b"\0" + wide(text)) for text in strings)
        + record(160),
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in everything.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _rels(inner: str) -> bytes:
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'.encode()


def _rows(cells: Grid, strings: dict[str, int], inline: bool) -> bytes:
    out = []
    for number, texts in enumerate(cells):
        found = [_cell(cells, number, column, strings, inline) for column, text in enumerate(texts) if text]
        out.append(row(number, *found))
    return b"".join(out)


def _cell(cells: Grid, number: int, column: int, strings: dict[str, int], inline: bool) -> bytes:
    text, month = cells[number][column], month_of(cells, number, column)
    if month is not None:
        return cell(5, column, struct.pack("<d", month.toordinal() - _DAY_ZERO), style=1)
    if is_number(cells, number, column) and float(text).is_integer() and int(text) < 1 << 29:
        return cell(2, column, struct.pack("<i", int(text) << 2 | 2))
    if is_number(cells, number, column):
        return cell(5, column, struct.pack("<d", float(text)))
    if number > first_heading(cells) and text.isdigit() and len(text) == 4:
        return cell(5, column, struct.pack("<d", float(text)), style=2)
    if inline:
        return cell(6, column, wide(text))
    return cell(7, column, struct.pack("<I", strings.setdefault(text, len(strings))))
