"""The fast way of reading a sheet and the XML parser give the same cells, or the fast way declines."""

from __future__ import annotations

import io
import random
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading.number_format import GENERAL, number_format
from nolcat_desktop.reading.workbook_book import Book, open_book
from nolcat_desktop.reading.workbook_cells import CellReader
from nolcat_desktop.reading.workbook_package import Package
from nolcat_desktop.reading.workbook_regular import RegularReader
from nolcat_desktop.reading.workbook_rows import Rows, letters
from nolcat_desktop.reading.workbook_stream import SheetStream
from nolcat_desktop.report import Irregularity

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = Book((), ["plain", "49", " a & b ", ""], [GENERAL, number_format(14, None), number_format(164, "0000")], False)
Read = tuple[pl.DataFrame, tuple[Irregularity, ...]] | str


def parsed(content: bytes, book: Book = BOOK) -> Read:
    """What the parser reads."""
    rows = Rows()
    reader = CellReader(book, rows, "sheet")
    try:
        reader.feed(content)
        reader.close()
    except NolcatError:
        return "damaged"
    return rows.frame(), rows.irregularities()


def streamed(content: bytes, book: Book = BOOK, piece: int = 400, chunk: int = 97) -> Read:
    """What both together read, in small pieces."""
    rows = Rows()
    with ThreadPoolExecutor(2) as pool:
        stream = SheetStream(CellReader(book, rows, "sheet"), RegularReader(book), rows, pool, piece)
        try:
            for start in range(0, len(content), chunk):
                stream.feed(content[start : start + chunk])
            stream.close()
        except NolcatError:
            return "damaged"
    return rows.frame(), rows.irregularities()


def assert_same(content: bytes, book: Book = BOOK, piece: int = 400, chunk: int = 97) -> None:
    """Both ways agree."""
    one, other = parsed(content, book), streamed(content, book, piece, chunk)
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    assert one[0].equals(other[0])
    assert one[0].schema == other[0].schema
    assert sorted(map(repr, one[1])) == sorted(map(repr, other[1]))


def sheet(data: str) -> bytes:
    """The XML of a worksheet."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'.encode()  # noqa: E501 - XML in one piece


ORDINARY = (
    '<c r="{}"><v>49</v></c>',
    '<c r="{}"><v>49.0</v></c>',
    '<c r="{}" t="n"><v>1.5E3</v></c>',
    '<c r="{}" s="1"><v>45292</v></c>',
    '<c r="{}" s="2"><v>7</v></c>',
    '<c r="{}" s="0"><v>-0</v></c>',
    '<c r="{}" t="s"><v>0</v></c>',
    '<c r="{}" s="1" t="s"><v>1</v></c>',
    '<c r="{}" t="s" s="1"><v>2</v></c>',
    '<c r="{}" t="s"><v>3</v></c>',
    '<c r="{}" t="inlineStr"><is><t>Journal &amp;lt; of > </t></is></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve">  1,234 </t></is></c>',
    '<c r="{}" t="str"><v>Ünïcode &quot;q&quot; \n x</v></c>',
    '<c r="{}" t="inlineStr"><is><t></t></is></c>',
    '<c r="{}"></c>',
    '<c r="{}"></c>\n ',
    '<c r="{}"><v>5</v></c>\n ',
    '<c r="{}" s="1"/>',
    '<c r="{}"><v></v></c>',
)
ODD = (
    '<c r="{}" s="1"/> \n',
    '<c r="{}" t="e"><v>#REF!</v></c>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}"><f>A1</f><v>3</v></c>',
    '<c r="{}"><f>A1</f></c>',
    '<c r="{}" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    "<c r='{}'><v>1</v></c>",
    '<c r="{}" t="str"><v>&#65;_x0041_</v></c>',
    '<c r="{}" t="str"><v>_x0041_</v></c>',
    '<c r="{}" t="str"><v><![CDATA[</c></row><row r="1">]]></v></c>',
    '<!-- <row r="1"><c r="A1"><v>5</v></c></row> --><c r="{}"><v>1</v></c>',
    '<?odd <row r="1"></row>?><c r="{}"><v>1</v></c>',
    '<c r="{}" t="s"><v>4</v></c>',
    '<c r="{}" t="s"><v>-1</v></c>',
    '<c r="{}" t="zz"><v>1</v></c>',
    '<c r="{}" t="str"><v>a\r\nb</v></c>',
    '<c r="{}" t="str"><v>a\x01b</v></c>',
    '<c r="{}" t="str"><v>]]></v></c>',
    '<c r="{}" t="str"><v>&odd;</v></c>',
    '<c r="{}" cm="1"><v>8</v></c>',
    '<c r="{}"><v>1</v><extLst><ext/></extLst></c>',
    '<c  r="{}"><v>1</v></c>',
    '<c r="{}"><v> 12 </v></c>',
    '<c r="A1"><v>{}</v></c>',
    "<c><v>1</v></c>",
    '<x:c xmlns:x="other" r="{}"><v>6</v></x:c>',
)
ROWS = ('<row r="{}">', '<row r="{}" spans="1:5" ht="15" x="a">', '<row r="{}"><c r="A{}"/>', '\n  <row r="{}">')
ODD_ROWS = (
    '<row r="{}" hidden="1">',
    "<row>",
    '<row spans="1:3" r="{}">',
    '<row r="{}" xmlns="urn:other">',
    "<row r='{}'>",
)


def made(seed: int, odd: float) -> bytes:
    """A sheet by chance, in which the share `odd` of cells and rows is out of the ordinary."""
    chance = random.Random(seed)
    written = []
    number = 0
    for _ in range(chance.randint(0, 40)):
        number += chance.choice((1, 1, 1, 1, 3))
        kinds = ODD_ROWS if chance.random() < odd else ROWS
        row = chance.choice(kinds).replace("{}", str(number))
        for column in sorted(chance.sample(range(30), chance.randint(0, 8))):
            cell = chance.choice(ODD if chance.random() < odd else ORDINARY)
            row += cell.format(f"{letters(column)}{number}")
        written.append(row + "</row>")
        if chance.random() < 0.1:
            number += 1
            written.append(f'<row r="{number}"/>')
    return sheet("".join(written))


@pytest.mark.parametrize("odd", [0.0, 0.01, 0.1])
@pytest.mark.parametrize("seeds", [range(10), pytest.param(range(10, 200), marks=pytest.mark.exhaustive)])
def test_that_both_ways_agree_on_sheets_made_by_chance(seeds: range, odd: float) -> None:
    for seed in seeds:
        assert_same(made(seed, odd))


def prefixed(content: bytes) -> bytes:
    """The same sheet with a prefix at each element."""
    named = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", content)
    return named.replace(b"x:x:", b"x:").replace(b"xmlns=", b"xmlns:x=", 1)


@pytest.mark.parametrize("odd", [0.0, 0.02])
def test_that_both_ways_agree_on_elements_with_a_prefix(odd: float) -> None:
    for seed in range(100, 104):
        assert_same(prefixed(made(seed, odd)))
        assert_same(prefixed(made(seed, odd)).replace(b"<x:c r", b"<c r", 1))


def test_that_elements_with_a_prefix_are_read_the_fast_way_unless_one_lacks_it() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 30))
    stray = rows.replace(b"<c r=", b"<x:c r=").replace(b"</c>", b"</x:c>")
    with ThreadPoolExecutor(1) as pool:
        stream = SheetStream(CellReader(BOOK, Rows(), "sheet"), RegularReader(BOOK), Rows(), pool)
        stream.feed(prefixed(sheet("")).partition(b"</")[0])
        assert stream._read(prefixed(rows)) is not None
        assert stream._read(stray) is None


@pytest.mark.parametrize("odd", [*ODD, *(row + '<c r="B3"><v>2</v></c></row>' for row in ODD_ROWS)])
@pytest.mark.parametrize("piece", [50, 400, 100_000])
def test_that_what_is_out_of_the_ordinary_is_left_to_the_parser(odd: str, piece: int) -> None:
    ordinary = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="s"><v>0</v></c></row>' for n in range(5, 25)
    )
    row = odd.replace("{}", "3") if odd.lstrip().startswith("<row") else f'<row r="3">{odd.format("B3")}</row>'
    assert_same(sheet(row + ordinary), piece=piece)
    assert_same(sheet(ordinary.replace('"5"', '"1"').replace("A5", "A1").replace("B5", "B1") + row), piece=piece)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.text(max_size=12), st.floats(allow_nan=False), st.integers()), max_size=6),
        max_size=12,
    )
)
def test_that_both_ways_agree_on_any_text_and_number(table: list[list[str | float | int | None]]) -> None:
    written = ""
    for number, line in enumerate(table, 1):
        row = ""
        for column, value in enumerate(line):
            place = f'<c r="{letters(column)}{number}"'
            if isinstance(value, str):
                text = value.replace("&", "&amp;").replace("<", "&lt;").encode("utf-8", "replace").decode()
                row += f'{place} t="inlineStr"><is><t>{text}</t></is></c>'
            elif value is not None:
                row += f"{place}><v>{value!r}</v></c>"
        written += f'<row r="{number}">{row}</row>'
    assert_same(sheet(written), piece=60)


def grid(rows: int) -> list[list[object]]:
    """A table of many kinds of values."""
    chance = random.Random(rows)
    values: list[object] = [
        "Journal of X & Y",
        " leading",
        "1,234",
        "0012",
        49,
        49.0,
        0.1 + 0.2,
        9780306406157,
        True,
        None,
        None,
        1e15,
    ]
    return [[chance.choice(values) for _ in range(12)] for _ in range(rows)]


def from_openpyxl() -> bytes:
    """A workbook of openpyxl, with dates and formats."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in grid(300):
        sheet.append(line)
    sheet["C1"] = date(2024, 1, 1)
    sheet["D400"] = 7
    sheet["D400"].number_format = "0000"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def from_xlsxwriter(shared: bool) -> bytes:
    """A workbook of xlsxwriter, with shared or inline strings."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": not shared, "in_memory": shared}) as book:
        sheet = book.add_worksheet()
        padded = book.add_format({"num_format": "0000-0000"})
        for number, line in enumerate(grid(300)):
            sheet.write_row(number + 2, 1, line)
            sheet.write_number(number + 2, 20, 123456, padded)
    return target.getvalue()


@pytest.mark.parametrize(
    "content", [from_openpyxl(), from_xlsxwriter(True), from_xlsxwriter(False)], ids=["openpyxl", "shared", "inline"]
)
def test_that_both_ways_agree_on_workbooks_of_other_programs(content: bytes) -> None:
    with Package(content) as package:
        book = open_book(package)
        assert_same(package.content(book.sheets[0].part), book, 5000, 1000)


def test_that_ordinary_rows_are_read_the_fast_way() -> None:
    rows = "".join(
        f'<row r="{n}">'
        + "".join(cell.format(f"{letters(column)}{n}") for column, cell in enumerate(ORDINARY))
        + "</row>"
        for n in range(1, 20)
    )
    found = RegularReader(BOOK).read(rows.encode())
    assert found is not None
    assert found.frame.height == 19
    assert found.last_row == 19


@pytest.mark.parametrize("odd", ODD[:23])
def test_that_nothing_out_of_the_ordinary_is_read_the_fast_way(odd: str) -> None:
    if odd != '<c r="{}"><v> 12 </v></c>':
        assert RegularReader(BOOK).read(f'<row r="3">{odd.format("B3")}</row>'.encode()) is None
