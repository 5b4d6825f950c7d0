"""Reports as the other kinds of tables: XLS, ODS, HTML, XML Spreadsheet 2003, Excel's Unicode text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from email.charset import QP, Charset
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape

import xlwt

from tests.builders.abstract import Abstract
from tests.builders.grid import MONTHS, Grid, grid

_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")
_MONTH = re.compile(rf"({'|'.join(MONTHS)})-([0-9]{{4}})")
_ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def grid_of(report: Abstract | Grid) -> Grid:
    """The cells of a report."""
    return grid(report) if isinstance(report, Abstract) else report


def first_heading(cells: Grid) -> int:
    """Which row (from 0) heads the columns."""
    return next((n for n, row in enumerate(cells[:40]) if "Platform" in row), len(cells))


def is_number(cells: Grid, row: int, column: int) -> bool:
    """Whether a spreadsheet program would hold a cell as a number: counts, years, Release."""
    text, heads = cells[row][column], first_heading(cells)
    if row < heads:
        return column == 1 and cells[row][0] == "Release"
    heading = cells[heads][column] if row > heads and column < len(cells[heads]) else ""
    return bool(_NUMBER.fullmatch(text)) and (heading.startswith("Reporting") or bool(_MONTH.fullmatch(heading)))


def month_of(cells: Grid, row: int, column: int) -> datetime | None:
    """The month that a heading names."""
    found = _MONTH.fullmatch(cells[row][column]) if row == first_heading(cells) else None
    return datetime(int(found[2]), MONTHS.index(found[1]) + 1, 1) if found else None  # noqa: DTZ001 - cells have no zone


def xls(reports: Abstract | Grid | Mapping[str, Abstract | Grid], *, dates: bool = True, zeros: bool = True) -> bytes:
    """A workbook of Excel 97 to 2003.

    Args:
        reports: What it holds; several by the names of their sheets.
        dates: Month headings are date cells.
        zeros: Years of publication such as 0001 are numbers whose format shows the zeros.
    """
    book = xlwt.Workbook(encoding="utf-8")
    day, padded = xlwt.easyxf(num_format_str="mmm-yyyy"), xlwt.easyxf(num_format_str="0000")
    sheets = reports if isinstance(reports, Mapping) else {"Sheet1": reports}
    for name, report in sheets.items():
        cells, sheet = grid_of(report), book.add_sheet(name)
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                month = month_of(cells, row, column)
                if dates and month is not None:
                    sheet.write(row, column, month, day)
                elif is_number(cells, row, column):
                    sheet.write(row, column, float(text))
                elif zeros and row > first_heading(cells) and re.fullmatch(r"[0-9]{4}", text):
                    sheet.write(row, column, float(text), padded)
                elif text:
                    sheet.write(row, column, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(reports: Abstract | Grid | Mapping[str, Abstract | Grid], *, dates: bool = True, flat: bool = False) -> bytes:
    """An OpenDocument spreadsheet; `flat`: as one XML document (.fods)."""
    sheets = reports if isinstance(reports, Mapping) else {"Sheet1": reports}
    tables = "".join(_ods_table(name, grid_of(report), dates) for name, report in sheets.items())
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    if flat:
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_ODS_SPACES} office:mimetype="{ODS_TYPE}">'
            f"{body}</office:document>"
        ).encode()
    return ods_file(f"<office:document-content {_ODS_SPACES}>{body}</office:document-content>".encode())


def ods_file(content: bytes, **parts: bytes) -> bytes:
    """The zip around the XML of an OpenDocument spreadsheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE)
        archive.writestr(zipfile.ZipInfo("content.xml"), content)
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "/")), part)
    return out.getvalue()


def _ods_table(name: str, cells: Grid, dates: bool) -> str:
    rows = "".join(
        f"<table:table-row>{''.join(_ods_cell(cells, row, column, dates) for column in range(len(texts)))}"
        '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        for row, texts in enumerate(cells)
    )
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return f'<table:table table:name="{escape(name)}">{rows}{blank}</table:table>'


def _ods_cell(cells: Grid, row: int, column: int, dates: bool) -> str:
    text, month = cells[row][column], month_of(cells, row, column)
    if not text:
        return "<table:table-cell/>"
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    if dates and month is not None:
        given = f'office:value-type="date" office:date-value="{month:%Y-%m-%d}"'
    elif is_number(cells, row, column):
        given = f'office:value-type="float" office:value="{text}"'
    elif row > first_heading(cells) and re.fullmatch(r"[0-9]{4}", text):
        given = f'office:value-type="float" office:value="{int(text)}"'
    else:
        given = 'office:value-type="string"'
    return f"<table:table-cell {given}>{shown}</table:table-cell>"


def html(report: Abstract | Grid, *, charset: str = "utf-8", header_apart: bool = False) -> bytes:
    """A web page with a table, as services write it and name it .xls; the header may be a table of its own."""
    cells = grid_of(report)
    heads = first_heading(cells)
    parts = [cells[:heads], cells[heads:]] if header_apart else [cells]
    tables = "\n".join(f"<table border=1>{_html_rows(part)}</table>" for part in parts)
    page = f'<html><head><meta charset="{charset}"><title>x</title></head><body>\n{tables}\n</body></html>'
    return page.encode(charset, "xmlcharrefreplace")


def mhtml(reports: Abstract | Grid | Mapping[str, Abstract | Grid]) -> bytes:
    """A web page saved as one file: a page of its own for each sheet, as Excel saves several."""
    sheets = reports if isinstance(reports, Mapping) else {"": reports}
    whole, coded = MIMEMultipart("related", "----=_NextPart_01D5"), Charset("utf-8")
    coded.body_encoding = QP
    names = "".join(
        f'<x:ExcelWorksheet><x:Name>{escape(name)}</x:Name><x:WorksheetSource HRef="x_files/sheet{number:03}.htm"/>'
        "</x:ExcelWorksheet>"
        for number, name in enumerate(sheets, 1)
    )
    pages = [("x.htm", f"<html><frameset>{names}</frameset></html>".encode())] if "" not in sheets else []
    pages += [(f"x_files/sheet{number:03}.htm", html(report)) for number, report in enumerate(sheets.values(), 1)]
    for place, page in pages:
        part = MIMEText(page.decode(), "html", coded)  # type: ignore[arg-type] # a Charset will do
        part["Content-Location"] = f"file:///C:/nebel/{place}"
        whole.attach(part)
    return whole.as_bytes()


def _html_rows(cells: Grid) -> str:
    return "\n".join(
        "<tr>" + "".join(f"<td>{escape(text).replace(chr(10), '<br>')}</td>" for text in row or [""]) + "</tr>"
        for row in cells
    )


def excel_xml(report: Abstract | Grid) -> bytes:
    """An XML Spreadsheet 2003, months as dates."""
    cells = grid_of(report)
    rows = "".join(
        f"<Row>{''.join(_xml_cell(cells, row, column) for column in range(len(texts)))}</Row>"
        for row, texts in enumerate(cells)
    )
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="y"><NumberFormat '
        f'ss:Format="0000"/></Style></Styles><Worksheet ss:Name="Sheet1"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def _xml_cell(cells: Grid, row: int, column: int) -> str:
    text, month = cells[row][column], month_of(cells, row, column)
    if not text:
        return "<Cell/>"
    kind, style = "String", ""
    if month is not None:
        kind, text = "DateTime", f"{month:%Y-%m-%d}T00:00:00.000"
    elif is_number(cells, row, column):
        kind = "Number"
    elif row > first_heading(cells) and re.fullmatch(r"[0-9]{4}", text):
        kind, text, style = "Number", str(int(text)), ' ss:StyleID="y"'
    return f'<Cell{style}><Data ss:Type="{kind}">{escape(text)}</Data></Cell>'


def unicode_text(report: Abstract | Grid, *, bom: bool = True) -> bytes:
    """What Excel calls Unicode text: UTF-16, tabs, CR LF, quotes only where they must be."""
    lines = ("\t".join(_quoted(text) for text in row) for row in grid_of(report))
    text = "\r\n".join([*lines, ""])
    return (b"\xff\xfe" if bom else b"") + text.encode("utf-16-le")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[\t\n"]', text) else text
