"""Real deviations, section A (points 1 to 13): encodings, delimiters, quotes, workbooks of several sheets."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
import xlsxwriter
import xlwt

from nolcat_desktop.conversion import file_total
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import FileKind, NotAReport, Report
from tests.builders import Abstract, Grid, a_report, damage, grid, tsv, workbook, xlsx
from tests.conversion.sums import usage_of
from tests.reading.found import everything, noticed, report, rules
from tests.reading.quirk_tables import SUM, exact, jr1, text

R5, R51 = Release.R5, Release.R51
BOM = b"\xef\xbb\xbf"
ROWS = jr1()


@pytest.mark.parametrize("rows", [jr1(), grid(a_report(R51, "TR"))], ids=["R4", "R5.1"])
def test_that_1_a_byte_order_mark_is_no_part_of_the_first_cell(rows: Grid) -> None:
    """Point 1."""
    with_mark, without = report(BOM + text(rows)), report(text(rows))
    assert with_mark.report_id == without.report_id
    assert file_total(with_mark) == file_total(without)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_that_2_unicode_text_of_excel_is_read_with_and_without_its_mark(encoding: str) -> None:
    """Point 2."""
    exact(text(ROWS).decode().encode(encoding), SUM)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp1250"])
def test_that_3_older_encodings_lose_no_count(encoding: str) -> None:
    """Point 3: and that it was a guess is told."""
    rows = jr1(name="Journal Report 1 (R4)")
    rows[0][1] = "Number of requests"
    rows[9][0], rows[1][0] = "Études de Köln", "Universität Köln"
    found = exact(text(rows).decode().encode(encoding), SUM)
    assert found.origin.encoding == "cp1252"
    assert noticed(found, "F-encoding") == [None]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|"])
@pytest.mark.parametrize("name", ["report.csv", "report.tsv", "report.xls", "report"])
def test_that_4_5_6_line_ends_and_delimiters_are_found_whatever_the_name_says(
    end: str, delimiter: str, name: str
) -> None:
    """Points 4, 5 and 6: text called .xls too."""
    exact(text(ROWS, delimiter).replace(b"\n", end.encode()), SUM, name)


def test_that_6_a_workbook_is_a_workbook_whatever_its_name_says() -> None:
    """Point 6."""
    assert exact(xlsx(ROWS), SUM, "report.xls").origin.kind is FileKind.XLSX
    assert exact(xlsx(ROWS), SUM, "report.csv").origin.kind is FileKind.XLSX


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_that_7_every_cell_may_stand_in_quotes(delimiter: str) -> None:
    """Point 7: also with a blank behind the delimiter."""
    exact(damage.all_quoted(ROWS, delimiter), SUM)
    if delimiter == ",":
        exact("\n".join(", ".join(f'"{cell}"' for cell in row) for row in ROWS).encode(), SUM)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_that_7_cells_in_quotes_are_no_json_in_any_encoding(encoding: str) -> None:
    """Points 2 and 7 together: such a file begins with a quote, as a stringified report does."""
    exact(damage.all_quoted(ROWS, "\t").decode("utf-8-sig").encode(encoding), SUM)


@pytest.mark.parametrize("title", ['"Annals', 'Annals of 3.5" disks', '"Annals" of Moss', 'Annals"'])
@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_that_8_a_stray_quote_swallows_nothing(title: str, delimiter: str) -> None:
    """Point 8: every line is a row, and that is kept with the report."""
    rows = jr1()
    rows[9][0] = title
    found = exact(text(rows, delimiter), SUM)
    assert found.lines is not None
    assert (found.lines.lines, found.lines.rows, found.lines.breaks, found.lines.blank) == (11, 11, 0, 0)


def test_that_8_line_breaks_inside_cells_are_counted() -> None:
    """Point 8: lines = rows + line breaks inside quoted cells + blank lines."""
    rows = jr1()
    rows[9][0] = '"Annals\nof\nMoss"'
    found = exact(text([*rows[:10], [], *rows[10:]]), SUM)
    assert found.lines is not None
    assert (found.lines.lines, found.lines.rows, found.lines.breaks, found.lines.blank) == (14, 11, 2, 1)
    assert found.items["Title"].to_list()[0] == "Annals\nof\nMoss"


def test_that_9_old_binary_workbooks_are_read() -> None:
    """Point 9: numbers and text."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("JR1")
    for at, row in enumerate(ROWS):
        for place, cell in enumerate(row):
            sheet.write(at, place, float(cell) if cell.isdigit() else cell)
    out = BytesIO()
    book.save(out)
    exact(out.getvalue(), SUM, "report.xls")


def test_that_10_the_stored_size_of_a_sheet_is_not_believed() -> None:
    """Point 10: `A1:A1` for a sheet full of data."""
    made = damage_dimension(xlsx(ROWS))
    exact(made, SUM)


def damage_dimension(content: bytes) -> bytes:
    """The same workbook, whose sheet says that it has one cell."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part, number = re.subn(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', part)
                assert number == 1
            new.writestr(name, part)
    return out.getvalue()


def test_that_11_every_sheet_is_read_and_a_strange_one_stops_none() -> None:
    """Point 11: several years of one report, another report, a sheet without any."""
    reports: dict[str, Abstract | Grid] = {
        "EBSCO 16-17": ROWS, "Notes": [["Remember", "the milk"]], "TR": a_report(R5, "TR"), "JR1 (2)": ROWS,
    }  # fmt: skip
    found = everything(workbook(reports), "0_2017.xlsx")
    assert [one.report_id if isinstance(one, Report) else None for one in found] == ["JR1", None, "TR", "JR1"]
    assert next(file_total(one) for one in found if isinstance(one, Report)) == SUM
    assert [one.sheet for one in found if isinstance(one, NotAReport)] == ["Notes"]


@pytest.mark.parametrize("release", [5, 5.0, "5"])
def test_that_12_cells_of_other_types_are_what_they_show(release: object) -> None:
    """Point 12: Release as a number, months as dates, an ISBN and a YOP as numbers."""
    abstract = a_report(R5, "TR")
    cells = grid(abstract)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(cells):
        for place, cell in enumerate(row):
            if (at, place) == (2, 1):
                sheet.write(at, place, release)
            elif at > 13 and cell.isdigit() and cells[13][place] != "Proprietary_ID":
                sheet.write_number(at, place, float(cell))
            else:
                sheet.write_string(at, place, cell)
    book.close()
    found = exact(out.getvalue(), sum(row.total for row in abstract.rows))
    assert found.release is R5
    assert usage_of(found)["YOP"].to_list() == usage_of(report(tsv(abstract)))["YOP"].to_list()
    exact(xlsx(abstract, months="date"), sum(row.total for row in abstract.rows))


def test_that_13_numbers_as_text_are_numbers() -> None:
    """Point 13: with a finding."""
    rows = jr1()
    rows[9][10] = "10,540"
    found = exact(xlsx(rows, typed=False), SUM + 10_535)
    assert "X-number-as-text" in rules(found)
