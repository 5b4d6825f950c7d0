"""XML Spreadsheet 2003: cells count on unless they say where they stand; styles say what numbers mean."""

from __future__ import annotations

import pytest

from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading.excel_xml import read_excel_xml
from nolcat_desktop.reading.workbook import Sheet
from tests.reading.found import refusal

_HEAD = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)
_STYLES = (
    '<Styles><Style ss:ID="y"><NumberFormat ss:Format="0000"/></Style><Style ss:ID="d"><NumberFormat '
    'ss:Format="Short Date"/></Style></Styles>'
)


def _read(rows: str, options: str = "", columns: str = "") -> Sheet:
    text = f'{_HEAD}{_STYLES}<Worksheet ss:Name="S"><Table>{columns}{rows}</Table>{options}</Worksheet></Workbook>'
    (found,) = read_excel_xml(text.encode())
    return found


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<Cell><Data ss:Type="Number">12.0</Data></Cell>', "12"),
        ('<Cell ss:StyleID="y"><Data ss:Type="Number">1</Data></Cell>', "0001"),
        ('<Cell ss:StyleID="d"><Data ss:Type="Number">43101</Data></Cell>', "2018-01-01"),
        ('<Cell><Data ss:Type="DateTime">2018-01-01T00:00:00.000</Data></Cell>', "2018-01-01"),
        ('<Cell><Data ss:Type="Boolean">1</Data></Cell>', "TRUE"),
        ('<Cell><Data ss:Type="String">a &amp; b</Data></Cell>', "a & b"),
        ('<Cell><Data ss:Type="String">a</Data><Comment><Data>no</Data></Comment></Cell>', "a"),
    ],
)
def test_that_a_cell_is_written_as_it_is_meant(cell: str, text: str) -> None:
    assert _read(f"<Row>{cell}</Row>").rows.row(0) == (1, text)


def test_that_cells_and_rows_stand_where_they_say() -> None:
    rows = (
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">a</Data></Cell>'
        '<Cell><Data ss:Type="String">b</Data></Cell>'
        '</Row><Row ss:Index="5"><Cell ss:Index="3"><Data ss:Type="String">c</Data></Cell><Cell><Data '
        'ss:Type="String">d</Data></Cell></Row>'
    )
    assert _read(rows).rows.rows() == [(1, "a", None, "b", None), (5, None, None, "c", "d")]


def test_that_errors_formulas_and_hidden_parts_are_told() -> None:
    rows = (
        '<Row ss:Hidden="1"><Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>'
        '<Cell ss:Formula="=A1"/></Row>'
    )
    options = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
    found = _read(rows, options, '<Column ss:Hidden="1"/>')
    assert found.rows.select("A", "B").rows() == [("#DIV/0!", "=A1")]
    assert {(one.rule, one.position) for one in found.irregularities} == {
        ("X-error-cell", "A1"),
        ("X-formula", "A1"),
        ("X-formula-without-value", "B1"),
        ("X-hidden-rows", "1"),
        ("X-hidden-columns", "A1"),
        ("X-hidden-sheet", None),
    }


@pytest.mark.parametrize("row", ['<Row ss:Index="0"/>', '<Row><Cell ss:Index="99999"/></Row>', "<Row>"])
def test_that_what_contradicts_the_format_is_refused(row: str) -> None:
    with pytest.raises(NolcatError):
        _read(row)


def test_that_a_workbook_without_sheets_is_refused() -> None:
    assert refusal(f"{_HEAD}</Workbook>".encode(), "x.xls").kind == "Excel workbook that cannot be read"
