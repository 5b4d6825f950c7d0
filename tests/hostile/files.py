"""Files that were built to do harm, or that nobody would believe: each a function from a folder to the file in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from json import dumps, loads
from pathlib import Path

from nolcat_desktop.counter.release import Release
from tests.builders import a_report, json, tsv, xlsx

MB = 1 << 20
REPORT = a_report(Release.R51, "TR", titles=2)
SHEET = "xl/worksheets/sheet1.xml"
_OPEN = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_CLOSE = b"</sheetData></worksheet>"
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)


def with_part(part: str, pieces: Iterator[bytes], content: bytes | None = None) -> bytes:
    """A workbook with one part replaced; the pieces are deflated as they come."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content or xlsx(REPORT))) as given, zipfile.ZipFile(target, "w") as made:
        for info in given.infolist():
            if info.filename != part:
                made.writestr(info.filename, given.read(info), zipfile.ZIP_DEFLATED)
        entry = zipfile.ZipInfo(part)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with made.open(entry, "w", force_zip64=True) as stream:
            for piece in pieces:
                stream.write(piece)
    return target.getvalue()


def sheet(cells: Iterator[bytes]) -> bytes:
    """A workbook whose only sheet has these rows of XML."""

    def pieces() -> Iterator[bytes]:
        yield _OPEN
        yield from cells
        yield _CLOSE

    return with_part(SHEET, pieces())


def bomb(megabytes: int, inside: bool = False) -> bytes:
    """A sheet that inflates to so many MB: of blanks between rows, or of one text in a cell."""

    def cells() -> Iterator[bytes]:
        yield b'<row r="1"><c r="A1" t="inlineStr"><is><t>' if inside else b""
        for _ in range(megabytes):
            yield (b"x" if inside else b" ") * MB
        yield b"</t></is></c></row>" if inside else b""

    return sheet(cells())


def strings_bomb(megabytes: int) -> bytes:
    """Shared strings that inflate to so many MB."""

    def pieces() -> Iterator[bytes]:
        yield b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        for _ in range(megabytes):
            yield b"x" * MB
        yield b"</t></si></sst>"

    return with_part("xl/sharedStrings.xml", pieces())


def laughs() -> bytes:
    """XML entities that blow up ("billion laughs"), in a sheet."""
    body = b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData>'
    return with_part(SHEET, iter([_LAUGHS + body + b"</worksheet>"]))


def blank_rows() -> bytes:
    """A report whose sheet has all rows that Excel knows, nearly all of them blank."""
    with zipfile.ZipFile(io.BytesIO(xlsx(REPORT))) as given:
        name = next(one for one in given.namelist() if one.startswith("xl/worksheets/sheet"))
        whole = given.read(name)
    rows, rest = whole.split(b"</sheetData>")
    last = rows.count(b"<row ") + 1

    def pieces() -> Iterator[bytes]:
        yield rows
        for first in range(last + 1, 1_048_577, 4096):
            yield b"".join(b'<row r="%d"/>' % n for n in range(first, min(first + 4096, 1_048_577)))
        yield b"</sheetData>" + rest

    return with_part(name, pieces())


def wide_sheet() -> bytes:
    """Thirty rows in which all 16,384 columns are filled."""
    names = list(_letters(16_384))

    def cells() -> Iterator[bytes]:
        for row in range(1, 31):
            line = b"".join(b'<c r="%s%d"><v>1</v></c>' % (name, row) for name in names)
            yield b'<row r="%d">%s</row>' % (row, line)

    return sheet(cells())


def formulas() -> bytes:
    """A sheet of formulas without values, that call programs."""
    call = b"<f>cmd|&apos;/c calc&apos;!A1</f>"
    line = b'<row r="%d"><c r="A%d">' + call + b'</c><c r="B%d" t="str"><f>1/0</f><v>#DIV/0!</v></c></row>'
    return sheet(line % (n, n, n) for n in range(1, 2000))


def _letters(number: int) -> Iterator[bytes]:
    for column in range(1, number + 1):
        text = ""
        while column:
            column, digit = divmod(column - 1, 26)
            text = chr(65 + digit) + text
        yield text.encode()


def wide_table() -> bytes:
    """A report of 16,384 more columns."""
    lines = tsv(REPORT).decode("utf-8-sig").splitlines()
    return "\n".join(line + "\tx" * 16_384 for line in lines).encode()


def long_number() -> bytes:
    """A count of a million digits."""
    lines = tsv(REPORT).decode("utf-8-sig").splitlines()
    cells = lines[-1].split("\t")
    return "\n".join([*lines[:-1], "\t".join([*cells[:-1], "9" * 1_000_000])]).encode()


def long_json_number() -> bytes:
    """The same in JSON."""
    text = json(REPORT).decode()
    at = text.index('"2024-01"') + text[text.index('"2024-01"') :].index(":") + 1
    return (text[:at] + "9" * 1_000_000 + text[at:].lstrip("0123456789 ")).encode()


def titled(title: str) -> bytes:
    """A report in JSON whose titles are this text, as JSON writes it."""
    tree = loads(json(REPORT))
    for item in tree["Report_Items"]:
        item["Title"] = "TITLE"
    return dumps(tree).replace("TITLE", title).encode()


def nested(opening: bytes, depth: int = 100_000, closing: bytes = b"") -> bytes:
    """JSON so many levels deep, inside a report header."""
    return b'{"Report_Header": {"Report_ID": "TR", "Release": "5.1", "x": ' + opening * depth + closing * depth + b"}}"


def zip_of(members: dict[str, bytes]) -> bytes:
    """An archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def one_line(target: Path, megabytes: int, filled: bytes = b"x") -> None:
    """A file of one line."""
    with target.open("wb") as file:
        file.write(b"Report_Name\t")
        for _ in range(megabytes):
            file.write((filled * MB)[:MB])


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb-blanks.xlsx": lambda: bomb(100),
    "bomb-text.xlsx": lambda: bomb(100, inside=True),
    "bomb-strings.xlsx": lambda: strings_bomb(100),
    "laughs.xlsx": laughs,
    "laughs.xml": lambda: _LAUGHS + b"<report>&l9;</report>",
    "long-text.xlsx": lambda: bomb(40, inside=True),
    "blank-rows.xlsx": blank_rows,
    "wide.xlsx": wide_sheet,
    "formulas.xlsx": formulas,
    "encoding.xlsx": lambda: with_part(
        "xl/workbook.xml", iter([b'<?xml version="1.0" encoding="klingon"?><workbook/>'])
    ),
    "wide.tsv": wide_table,
    "long-number.tsv": long_number,
    "long-number.json": long_json_number,
    "surrogates.json": lambda: titled("\\ud800x\\udfff"),
    "nested-lists.json": lambda: nested(b"["),
    "nested-closed.json": lambda: nested(b"[", closing=b"]"),
    "nested-objects.json": lambda: nested(b'{"a":', closing=b"}"),
    "nested-bare.json": lambda: b"[" * 100_000 + b"]" * 100_000,
    "nul.tsv": lambda: tsv(REPORT).replace(b"\t", b"\0\t"),
    "nul.json": lambda: json(REPORT).replace(b"Title", b"Ti\0tle"),
    "nul-escaped.json": lambda: titled("a\\u0000b"),
    "tricks.zip": lambda: zip_of(
        {"../../up.tsv": tsv(REPORT), "/abs.tsv": tsv(REPORT), "C:\\x\\y.tsv": tsv(REPORT), "con": b"", "a\0b": b"x"}
    ),
    "bomb.zip": lambda: zip_of({"zeros.tsv": b"\0" * (100 * MB), "blanks.tsv": b" " * (100 * MB)}),
}
"""Name → content. All but the last ones are one file each."""
