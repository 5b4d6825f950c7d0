"""What a file is, its content decides; what is no report is told with what it is and what to do."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.reading.unheaded import KIND as UNHEADED
from nolcat_desktop.report import FileKind, NotAReport, Report
from tests.builders import a_report, csv, delimited, json, tsv, workbook, xlsx
from tests.reading.found import everything, noticed, refusal, report, reports

TR = a_report(Release.R5, "TR")
JR1 = a_report(Release.R4, "JR1")


def _zip(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names or ("report.tsv",):
            archive.writestr(name, tsv(TR))
    return out.getvalue()


ROWS = b"Peat,Total_Item_Requests,12,5,7\nPeat,Unique_Item_Requests,9,4,5\n"


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (b"", "empty file", "0 bytes"),
        (b"\xef\xbb\xbf \r\n\t\n", "empty file", "nothing but blanks"),
        (b"\xff\xfe \0\n\0", "empty file", ""),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF document", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture", "a PNG picture"),
        (b"\x1f\x8b\x08\x00", "gzip archive", "a gzip archive"),
        (b"PAR1\x15\x04", "Parquet file", "a Parquet file"),
        (b"<!DOCTYPE html>\n<html>", "web page (HTML)", "a web page (HTML)"),
        (b"\xef\xbb\xbf\n  <HTML><body>", "web page (HTML)", "a web page"),
        (b"<table><tr><td>Report_Name</td></tr></table>", "table without a COUNTER report", "“Report_Name”"),
        (b"<?xml version='1.0'?><Report/>", "XML document", "an XML document"),
        (_zip(), "zip archive or document of another program", "a zip archive"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "file of an old Excel or Word (.xls, .doc)",
            "a file of an old",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "Excel file protected by a password",
            "protected by a password",
        ),
        (b"Dear librarian,\nthe report is late.\n", "table without a COUNTER report", "“Dear librarian”"),
        (b"name,age\nx,3\n", "table without a COUNTER report", "“name”"),
        (ROWS, "COUNTER rows without headings", "2 rows count uses (first Total_Item_Requests at B1)"),
        (b"Title,Metric,Uses\n" + ROWS, "table without a COUNTER report", "“Title”"),
        (b"Total_Item_Requests,requests\nUnique_Item_Requests,items\n", "table without a COUNTER report", "“Total_"),
    ],
)
def test_that_what_is_no_report_says_what_it_is(content: bytes, kind: str, said: str) -> None:
    found = refusal(content, "statistics.xls")
    assert (found.file, found.kind) == ("statistics.xls", kind)
    assert said in found.problem.meaning
    assert found.problem.remedy


@pytest.mark.parametrize(
    ("content", "done"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\4", "Unpack it"),
        (b"Rar!\x1a\x07\x01\0", "Unpack it"),
        (_zip("Index/Document.iwa", "preview.jpg"), "Export To"),
        (b"Received: by mail\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nSee attached", "attachments"),
        (b"%PDF-1.4", "without risk"),
    ],
    ids=["7z", "rar", "numbers", "mail", "pdf"],
)
def test_that_what_cannot_be_read_says_what_to_do(content: bytes, done: str) -> None:
    assert done in refusal(content, "jr1").problem.remedy


@pytest.mark.parametrize("name", ["report.xls", "report", "report.txt", "report.pdf", "report.json", "report.xlsx"])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (tsv(TR), FileKind.TSV),
        (csv(TR), FileKind.CSV),
        (xlsx(TR), FileKind.XLSX),
        (json(TR), FileKind.JSON),
        (delimited(TR, ",", every=True), FileKind.CSV),
    ],
)
def test_that_the_name_of_a_file_decides_nothing(content: bytes, kind: FileKind, name: str) -> None:
    found = report(content, name)
    assert (found.origin.kind, found.origin.file, found.report_id) == (kind, name, "TR")


def test_that_every_sheet_is_read() -> None:
    found = reports(workbook({"TR": TR, "JR1": JR1, "Empty": []}), "both.xlsx")
    assert [(one.origin.sheet, one.report_id) for one in found] == [("TR", "TR"), ("JR1", "JR1")]
    assert [irregularity.detail for irregularity in found[0].irregularities if irregularity.rule == "F-06"] == ["2"]


def test_that_a_sheet_without_a_report_among_reports_is_told() -> None:
    found = everything(workbook({"Notes": [["Nothing here"]], "TR": TR}), "book.xlsx")
    assert [type(one) for one in found] == [NotAReport, Report]
    assert found[0].sheet == "Notes" if isinstance(found[0], NotAReport) else False


@pytest.mark.parametrize(
    ("sheets", "kind"),
    [
        ({"A": []}, "empty workbook"),
        ({"A": [["Something"]]}, "table without a COUNTER report"),
        ({"A": [["Peat", "Total_Item_Requests", "3"], ["Peat", "Unique_Item_Requests", "2"]]}, UNHEADED),
        ({"A": [["Something"]], "B": [["Else"]]}, "workbook of 2 sheets without a COUNTER report"),
    ],
)
def test_that_a_workbook_without_reports_is_one_refusal(sheets: dict[str, list[list[str]]], kind: str) -> None:
    found = refusal(workbook(sheets), "book.xlsx")
    assert (found.sheet, found.kind) == (None, kind)


def test_that_rows_without_headings_are_told_with_their_sheet_beside_others() -> None:
    rows = [["Peat", "Total_Item_Requests", "3"], ["Peat", "Unique_Item_Requests", "2"]]
    found = refusal(workbook({"Notes": [["Something"]], "TR": rows}), "book.xlsx")
    assert (found.sheet, found.kind) == ("TR", UNHEADED)


def test_that_a_damaged_workbook_is_refused() -> None:
    found = refusal(xlsx(TR)[:-200], "book.xlsx")
    assert found.kind in {"Excel workbook that cannot be read", "damaged zip archive or document"}


def test_that_positions_in_a_workbook_are_those_of_the_sheet() -> None:
    cells = [[], [], ["", "", "Platform", "Metric_Type", "Reporting_Period_Total", "Jan-2024", "x"]]
    found = everything(xlsx([*cells, ["", "", "P", "Searches_Platform", "1", "1"]]), "PR_P1.xlsx")
    assert isinstance(found[0], Report)
    assert found[0].heading_row == 3
    assert found[0].positions.cells(found[0].items["row"], "2024-01").to_list() == ["F4"]
    assert noticed(found[0], "K-07") == []
