"""Cells of a workbook: each comes out as text at its place, or is reported there."""

from __future__ import annotations

import io
import zipfile

import pytest

from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading.workbook import Sheet, looks_like_workbook, read_workbook
from nolcat_desktop.report import Irregularity

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0000"/>'
    '<numFmt numFmtId="165" formatCode="0000-0000"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs>'  # noqa: E501 - XML in one piece
    '<dxfs><dxf><numFmt numFmtId="164" formatCode="yyyy"/></dxf></dxfs></styleSheet>'
)


def sheet_xml(data: str, before: str = "", after: str = "") -> str:
    """A worksheet with the rows `data`."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'  # noqa: E501 - XML in one piece


def package(
    *sheets: str | bytes,
    strings: str = "",
    properties: str = "",
    states: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    more: dict[str, str] | None = None,
) -> bytes:
    """The bytes of a workbook of these sheets (XML each), called S1, S2 …"""
    listed, related = [], []
    for number in range(1, len(sheets) + 1):
        state = f' state="{states[number - 1]}"' if number <= len(states) else ""
        kind = kinds[number - 1] if number <= len(kinds) else "worksheet"
        listed.append(f'<sheet name="S{number}" sheetId="{number}"{state} r:id="rId{number}"/>')
        related.append(f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="worksheets/s{number}.xml"/>')
    related.append(f'<Relationship Id="rs" Type="{OFFICE}/styles" Target="styles.xml"/>')
    related.append(f'<Relationship Id="rt" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>')
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',  # noqa: E501 - XML in one piece
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{"".join(listed)}</sheets></workbook>',  # noqa: E501 - XML in one piece
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{"".join(related)}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        **{f"xl/worksheets/s{number}.xml": sheet for number, sheet in enumerate(sheets, 1)},
        **(more or {}),
    }
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet_of(data: str, before: str = "", after: str = "", strings: str = "", properties: str = "") -> Sheet:
    """The one sheet of a workbook with the rows `data`."""
    (sheet,) = read_workbook(package(sheet_xml(data, before, after), strings=strings, properties=properties))
    return sheet


def cells(sheet: Sheet) -> dict[str, str]:
    """The values of a sheet by their place."""
    return {
        f"{name}{row['row']}": row[name]
        for row in sheet.rows.iter_rows(named=True)
        for name in sheet.rows.columns[1:]
        if row[name] is not None
    }


def one(cell: str, strings: str = "") -> str | None:
    """The value of the only cell."""
    return cells(sheet_of(f'<row r="1">{cell}</row>', strings=strings)).get("A1")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><v>49</v></c>', "49"),
        ('<c r="A1" t="n"><v>49.0</v></c>', "49"),
        ('<c r="A1" s="1"><v>45292</v></c>', "2024-01-01"),
        ('<c r="A1" s="4"><v>45292.25</v></c>', "2024-01-01 06:00:00"),
        ('<c r="A1" s="2"><v>1</v></c>', "0001"),
        ('<c r="A1" s="3"><v>123456</v></c>', "0012-3456"),
        ('<c r="A1" s="99"><v>5</v></c>', "5"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" t="b"><v>0</v></c>', "FALSE"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="d"><v>2024-01-31T00:00:00</v></c>', "2024-01-31"),
        ('<c r="A1" t="d"><v>2024-01-31T08:30:00Z</v></c>', "2024-01-31 08:30:00"),
        ('<c r="A1" t="str"><v>a &amp;amp; b</v></c>', "a &amp; b"),
        ('<c r="A1" t="str"><f>B1</f><v>text</v></c>', "text"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a "),
        (
            '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>',  # noqa: E501 - XML in one piece
            "ab",
        ),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', "a\rb_x0041_"),
        ('<c r="A1" t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>', "\U0001f600"),
        ('<c r="A1" t="inlineStr"><is><t>&#233;&lt;</t></is></c>', "é<"),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', "a<b"),
        ('<c r="A1" t="s"><v>0</v></c>', "plain"),
        ('<c r="A1" t="s"><v>1</v></c>', " rich text"),
        ('<c r="A1" t="s"><v>2</v></c>', None),
        ('<c r="A1" s="1"/>', None),
        ('<c r="A1"><v></v></c>', None),
        ("<c><v>3</v></c>", "3"),
    ],
)
def test_that_a_cell_is_the_text_it_shows(cell: str, text: str | None) -> None:
    strings = '<si><t>plain</t></si><si><r><t xml:space="preserve"> rich</t></r><r><t> text</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si/>'  # noqa: E501 - XML in one piece
    assert one(cell, strings) == text


def test_that_blank_rows_and_columns_in_front_keep_their_numbers() -> None:
    sheet = sheet_of(
        '<row r="5"><c r="C5"><v>1</v></c><c r="AC5"><v>2</v></c></row><row r="9"><c r="D9"><v>3</v></c></row>'
    )
    assert cells(sheet) == {"C5": "1", "AC5": "2", "D9": "3"}
    assert sheet.first_row == 5
    assert sheet.rows.columns[:3] == ["row", "A", "B"]
    assert sheet.rows.width == 30


def test_that_rows_and_cells_without_a_place_count_on() -> None:
    data = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="7"><c r="C7"><v>3</v></c><c><v>4</v></c></row><row/><row><c><v>5</v></c></row>'  # noqa: E501 - XML in one piece
    assert cells(sheet_of(data)) == {"A1": "1", "B1": "2", "C7": "3", "D7": "4", "A9": "5"}


def test_that_rows_count_on_after_rows_that_were_read_many_at_a_time() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 150_000))
    sheet = sheet_of(rows + "<row><c><v>0</v></c></row>")
    assert sheet.rows.height == 150_000
    assert sheet.rows.row(-1) == (150_000, "0")


def test_that_an_error_cell_is_reported_at_its_place() -> None:
    sheet = sheet_of('<row r="3"><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')
    assert Irregularity("X-error-cell", "B3", None, "#DIV/0!") in sheet.irregularities


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_that_a_formula_without_a_value_is_reported_and_not_read_as_blank(value: str) -> None:
    sheet = sheet_of(f'<row r="3"><c r="A3"><v>1</v></c><c r="B3"><f>SUM(C3:D3)</f>{value}</c></row>')
    assert cells(sheet) == {"A3": "1", "B3": "=SUM(C3:D3)"}
    assert sheet.irregularities == (Irregularity("X-formula-without-value", "B3", None, "=SUM(C3:D3)", None),)


def test_that_formulas_with_values_are_counted() -> None:
    sheet = sheet_of('<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><f>1+2</f><v>3</v></c></row>')
    assert cells(sheet) == {"A3": "2", "B3": "3"}
    assert sheet.irregularities == (Irregularity("X-formula", "A3", None, "=1+1", "2"),)


@pytest.mark.parametrize("text", ["49", "1,234", "-5", " 7 ", "1.234.567", "1 234", "1'234"])
def test_that_numbers_stored_as_text_are_counted_by_column(text: str) -> None:
    rows = "".join(f'<row r="{n}"><c r="B{n}" t="inlineStr"><is><t>{text}</t></is></c></row>' for n in (4, 5))
    assert sheet_of(rows).irregularities == (Irregularity("X-number-as-text", "B4", None, text, "2"),)


@pytest.mark.parametrize("text", ["10.1000/x", "1234-5678", "12.5", "2024-01", "n/a", "1,23", "-"])
def test_that_other_text_is_no_number_stored_as_text(text: str) -> None:
    assert sheet_of(f'<row r="4"><c r="B4" t="str"><v>{text}</v></c></row>').irregularities == ()


def test_that_hidden_rows_and_columns_are_read_and_reported() -> None:
    sheet = sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row><row r="2" hidden="1"><c r="A2"><v>3</v></c></row>',  # noqa: E501 - XML in one piece
        before='<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="1"/></cols>',
    )
    assert cells(sheet) == {"A1": "1", "C1": "2", "A2": "3"}
    assert sheet.irregularities == (
        Irregularity("X-hidden-columns", "C1", None, "C", "1"),
        Irregularity("X-hidden-rows", "2", None, None, "1"),
    )


def test_that_hidden_sheets_are_read_in_the_order_of_the_workbook() -> None:
    xml = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
    sheets = list(read_workbook(package(xml, xml, xml, states=("visible", "hidden", "veryHidden"))))
    assert [sheet.name for sheet in sheets] == ["S1", "S2", "S3"]
    assert [[each.detail for each in sheet.irregularities] for sheet in sheets] == [[], ["hidden"], ["veryHidden"]]


def test_that_sheets_without_cells_are_skipped() -> None:
    xml = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert [sheet.name for sheet in read_workbook(package("<chartsheet/>", xml, kinds=("chartsheet",)))] == ["S2"]


def test_that_a_blank_sheet_has_no_rows() -> None:
    sheet = sheet_of("")
    assert (sheet.rows.height, sheet.rows.columns, sheet.first_row) == (0, ["row"], 1)


def test_that_a_second_value_for_one_place_is_reported() -> None:
    near = sheet_of('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')
    apart = sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>9</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>'  # noqa: E501 - XML in one piece
    )
    assert cells(near) == {"A1": "1"}
    assert cells(apart) == {"A1": "1", "A2": "9"}
    for sheet in (near, apart):
        assert sheet.irregularities == (Irregularity("X-duplicate-cell", "A1", None, "2"),)


def test_that_a_merge_over_several_data_rows_is_reported() -> None:
    sheet = sheet_of(
        '<row r="30"><c r="A30"><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A30:A31"/></mergeCells>',
    )
    assert sheet.irregularities == (Irregularity("X-merged", "A30", None, "A30:A31", None),)


def test_that_days_count_from_1904_where_the_workbook_says_so() -> None:
    sheet = sheet_of('<row r="1"><c r="A1" s="1"><v>43830</v></c></row>', properties='<workbookPr date1904="1"/>')
    assert cells(sheet) == {"A1": "2024-01-01"}


@pytest.mark.parametrize("space", [MAIN, STRICT])
def test_that_prefixed_and_strict_elements_are_read(space: str) -> None:
    xml = f'<x:worksheet xmlns:x="{space}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'  # noqa: E501 - XML in one piece
    (sheet,) = read_workbook(package(xml))
    assert cells(sheet) == {"B2": "7"}


def test_that_the_dimension_is_not_believed() -> None:
    sheet = sheet_of('<row r="1"><c r="B1"><v>1</v></c></row>', before='<dimension ref="A1"/>')
    assert cells(sheet) == {"B1": "1"}


def test_that_utf_16_sheets_are_read() -> None:
    xml = sheet_xml('<row r="1"><c r="A1" t="str"><v>é</v></c></row>').replace("UTF-8", "UTF-16")
    (sheet,) = read_workbook(package(xml.encode("utf-16")))
    assert cells(sheet) == {"A1": "é"}


def test_that_a_cell_far_out_does_not_fill_the_memory() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 5000))
    sheet = sheet_of(rows + '<row r="5000"><c r="XFD5000"><v>9</v></c></row>')
    assert sheet.rows.columns == ["row", "A", "XFD"]


def problem_of(content: bytes) -> str:
    """The title of the problem that reading raises."""
    with pytest.raises(NolcatError) as raised:
        list(read_workbook(content))
    return raised.value.problem.title


GOOD = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not a zip",
        b"",
        b"Report_Name\tTitle Master Report",
        zipped({"a.txt": "a"}),
        package(),
        package(GOOD)[:-200],
        package(GOOD[:-30]),
        package(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')),
        package(sheet_xml('<row r="1"><c r="A1" t="s"><v>x</v></c></row>')),
        package(sheet_xml('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')),
        package(sheet_xml('<row r="1"><c r="1A"><v>1</v></c></row>')),
        package(sheet_xml('<row r="1"><c r="A0"><v>1</v></c></row>')),
        package(sheet_xml('<row r="one"><c><v>1</v></c></row>')),
        package(sheet_xml('<row r="1"><c r="A1" t="odd"><v>1</v></c></row>')),
        package('<!DOCTYPE x [<!ENTITY a "b">]>' + GOOD.partition("\n")[2]),
        package("<html/>"),
        package(GOOD, more={"xl/styles.xml": "<styleSheet>"}),
        package(GOOD, more={"xl/workbook.xml": "<workbook><sheets><sheet name='a'/></sheets></workbook>"}),
    ],
)
def test_that_a_damaged_workbook_is_a_problem_and_never_a_traceback(content: bytes) -> None:
    assert problem_of(content) == "The workbook is damaged"


def test_that_a_password_is_named() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert problem_of(ole + "EncryptedPackage".encode("utf-16-le")) == "The workbook is protected by a password"
    assert problem_of(ole) == "The workbook is in an old or binary Excel format"


def test_that_a_changed_byte_is_noticed() -> None:
    content = bytearray(zipped({}))
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(GOOD))) as source, zipfile.ZipFile(stored, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    content = bytearray(stored.getvalue())
    content[content.index(b"<v>1</v>") + 3] = ord("7")
    assert problem_of(bytes(content)) == "The workbook is damaged"


def test_that_a_bomb_is_refused() -> None:
    content = package(GOOD, more={"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + " " * (257 << 20)})
    assert problem_of(content) == "The workbook inflates beyond all measure"


def test_that_a_workbook_is_known_by_its_content() -> None:
    assert looks_like_workbook(package(GOOD))
    assert not looks_like_workbook(zipped({"a.tsv": "a"}))
    assert not looks_like_workbook(b"PK\x03\x04")
    assert not looks_like_workbook(b"")
