"""OpenDocument spreadsheets: values and shown texts, repetitions, what is no cell."""

from __future__ import annotations

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading.open_document import read_open_document
from nolcat_desktop.reading.workbook import Sheet
from tests.builders import Abstract, Grid, a_report
from tests.builders.other_kinds import ods, ods_file
from tests.reading.found import everything, refusal, reports

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "draw")
).replace("xmlns:draw:1.0", "xmlns:drawing:1.0")
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def _document(rows: str, styles: str = "", table: str = 'table:name="S"', before: str = "") -> bytes:
    body = f"<table:table {table}>{before}{rows}</table:table>"
    return ods_file(
        f"<office:document-content {_SPACES} {_CALC}>{styles}<office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>".encode()
    )


def _read(rows: str, **more: str) -> Sheet:
    (found,) = read_open_document(_document(rows, **more))
    return found


def _cell(given: str, shown: str = "") -> str:
    return f"<table:table-cell {given}>{shown}</table:table-cell>"


@pytest.mark.parametrize(
    ("given", "shown", "text"),
    [
        ('office:value-type="float" office:value="1"', "0001", "0001"),
        ('office:value-type="float" office:value="1"', "1.00", "1"),
        ('office:value-type="float" office:value="12345678"', "1234-5678", "12345678"),
        ('office:value-type="float" office:value="3785955"', "0378-5955", "0378-5955"),
        ('office:value-type="float" office:value="1234"', "1,234", "1234"),
        ('office:value-type="float" office:value="9780000000002"', "###", "9780000000002"),
        ('office:value-type="percentage" office:value="0.5"', "50%", "0.5"),
        ('office:value-type="date" office:date-value="2018-01-01"', "Jan 18", "2018-01-01"),
        ('office:value-type="date" office:date-value="2018-01-01T12:30:00"', "x", "2018-01-01 12:30:00"),
        ('office:value-type="time" office:time-value="PT05H06M07S"', "5:06", "05:06:07"),
        ('office:value-type="boolean" office:boolean-value="true"', "WAHR", "TRUE"),
        ('office:value-type="string"', "a &amp; b", "a & b"),
        ('office:value-type="string" office:string-value="kept"', "shown", "kept"),
    ],
)
def test_that_a_cell_is_written_as_it_is_meant(given: str, shown: str, text: str) -> None:
    rows = f"<table:table-row>{_cell(given, f'<text:p>{shown}</text:p>')}</table:table-row>"
    assert _read(rows).rows.row(0) == (1, text)


def test_that_repeated_cells_and_rows_stand_at_their_places() -> None:
    value = 'office:value-type="float" office:value="7"'
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>'
        f'<table:table-cell table:number-columns-repeated="2" {value}/><table:covered-table-cell/>'
        f"{_cell(value)}</table:table-row>"
    )
    assert _read(rows).rows.rows() == [
        (4, None, None, "7", "7", None, "7"),
        (5, None, None, "7", "7", None, "7"),
    ]


def test_that_comments_and_drawings_are_no_text_of_the_cell() -> None:
    inner = (
        "<office:annotation><text:p>a comment</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>"
        "<text:p>two<text:s text:c='2'/>words<text:tab/>x</text:p><text:p>line <text:span>2</text:span></text:p>"
    )
    assert _read(f"<table:table-row>{_cell('', inner)}</table:table-row>").rows["A"].to_list() == [
        "two  words\tx\nline 2"
    ]


def test_that_error_cells_and_formulas_are_told() -> None:
    formula = 'table:formula="of:=A9"'
    error = 'office:value-type="string" calcext:value-type="error" table:formula="of:=1/0"'
    rows = f"<table:table-row>{_cell(error, '<text:p>#DIV/0!</text:p>')}{_cell(formula)}</table:table-row>"
    found = _read(rows)
    assert found.rows.select("A", "B").rows() == [("#DIV/0!", "=A9")]
    assert {(one.rule, one.position) for one in found.irregularities} == {
        ("X-error-cell", "A1"),
        ("X-formula", "A1"),
        ("X-formula-without-value", "B1"),
    }


def test_that_a_formula_whose_result_is_an_empty_text_is_blank() -> None:
    formula = 'office:value-type="string" office:string-value="" table:formula="of:=IF(1;&quot;&quot;)"'
    found = _read(f"<table:table-row>{_cell('', '<text:p>x</text:p>')}{_cell(formula)}</table:table-row>")
    assert (found.rows["A"].to_list(), found.rows.columns) == (["x"], ["row", "A"])


def test_that_hidden_tables_rows_and_columns_are_told() -> None:
    styles = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties '
        'table:display="false"/></style:style></office:automatic-styles>'
    )
    found = _read(
        f'<table:table-row table:visibility="collapse">{_cell("", "<text:p>x</text:p>")}</table:table-row>',
        styles=styles,
        table='table:name="S" table:style-name="ta1"',
        before='<table:table-column table:visibility="collapse"/>',
    )
    assert {one.rule for one in found.irregularities} == {"X-hidden-sheet", "X-hidden-rows", "X-hidden-columns"}


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" '
        'office:value-type="float" office:value="1"/></table:table-row>',
        '<table:table-row table:number-rows-repeated="99999999"><table:table-cell office:value-type="float" '
        'office:value="1"/></table:table-row>',
        '<table:table-row table:number-rows-repeated="-5"/>',
        '<table:table-row table:number-rows-repeated="many"/>',
    ],
    ids=["area", "rows", "negative", "no number"],
)
def test_that_repetitions_beyond_measure_are_refused(rows: str) -> None:
    with pytest.raises(NolcatError):
        _read(rows)


def test_that_an_encrypted_document_is_told() -> None:
    manifest = b'<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    content = ods_file(b"\x8f\x01garbage", **{"META-INF__manifest.xml": manifest})
    assert "password" in refusal(content, "a.ods").problem.title


def test_that_entities_are_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert refusal(ods_file(laughs), "a.ods").kind == "Excel workbook that cannot be read"


def test_that_several_tables_are_read() -> None:
    sheets: dict[str, Abstract | Grid] = {
        "TR": a_report(Release.R5, "TR"),
        "Notes": [["Nothing"]],
        "JR1": a_report(Release.R4, "JR1"),
    }
    found = everything(ods(sheets), "all.ods")
    assert len(found) == 3
    assert [one.report_id for one in reports(ods({"TR": sheets["TR"], "JR1": sheets["JR1"]}))] == ["TR", "JR1"]
