"""Tables of web pages: cells where they are shown, and what belongs together."""

from __future__ import annotations

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading.web_tables import read_web_tables
from nolcat_desktop.report import FileKind, Report
from tests.builders import a_report, expected_usage
from tests.builders.other_kinds import grid_of, html, mhtml
from tests.conversion.sums import usage_of
from tests.reading.found import everything, refusal, report, reports

JR1 = a_report(Release.R4, "JR1")
TR = a_report(Release.R5, "TR")


def _rows(page: str) -> list[tuple[object, ...]]:
    sheets, _ = read_web_tables(page.encode())
    (one,) = sheets
    return one.rows.rows()


def test_that_spans_keep_the_cells_behind_them_in_place() -> None:
    page = "<table><tr><td colspan=2>a<td>b</tr><tr><td rowspan='2'>c<td>d<td>e</tr><tr><td>f<td>g</table>"
    assert _rows(page) == [(1, "a", None, "b"), (2, "c", "d", "e"), (3, None, "f", "g")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td> a\n   b </td>", "a b"),
        ("<td>a<br>b</td>", "a\nb"),
        ("<td><p>a</p><p>b</p></td>", "a\nb"),
        ("<td>&nbsp;x&nbsp;</td>", "x"),
        ("<td>Taylor &amp; Francis &#8211; &eacute;</td>", "Taylor & Francis – é"),
        ("<td><b>a</b><font color=red>b</font></td>", "ab"),
        ("<td>a<!-- <td>no</td> -->b</td>", "ab"),
        ("<td>1 < 2</td>", "1 < 2"),
        ("<td><script>if (a<b) {}</script>a</td>", "a"),
        ('<td x:num="9780000000002">9.78E+12</td>', "9780000000002"),
        ('<td x:num="43101">Jan-2018</td>', "Jan-2018"),
        ('<td x:num="1234">####</td>', "1234"),
    ],
)
def test_that_a_cell_holds_what_is_shown(cell: str, text: str) -> None:
    assert _rows(f"<table><tr>{cell}</tr></table>") == [(1, text)]


def test_that_a_header_table_belongs_to_the_table_behind_it() -> None:
    found = report(html(JR1, header_apart=True), "jr1.xls")
    assert found.report_id == "JR1"
    assert usage_of(found).equals(expected_usage(JR1))


def test_that_two_reports_in_two_tables_are_two_reports() -> None:
    page = html(JR1) + html(TR)
    assert [one.report_id for one in reports(page, "both.xls")] == ["JR1", "TR"]


def test_that_a_table_without_headings_goes_on_with_the_one_before() -> None:
    cells = grid_of(JR1)
    first, second = cells[:-2], cells[-2:]
    page = html(first)[: -len("</body></html>")] + html(second)
    found = report(page, "jr1.xls")
    assert found.items.height == len(JR1.rows)
    assert usage_of(found).equals(expected_usage(JR1))


def test_that_titles_over_several_rows_are_told() -> None:
    filler = "<tr><td>x</tr>" * 20
    sheets, _ = read_web_tables(f"<table>{filler}<tr><td rowspan=2>t<td>1<tr><td>2</table>".encode())
    assert [(one.rule, one.position) for one in sheets[0].irregularities] == [("X-merged", "A21")]


def test_that_a_page_names_its_encoding() -> None:
    found = report(html(TR, charset="windows-1252"), "tr.xls")
    assert found.origin.encoding == "windows-1252"
    assert usage_of(found).equals(expected_usage(TR))


def test_that_the_sheets_of_a_web_archive_are_read_by_their_names() -> None:
    first, second = reports(mhtml({"Ä & b": JR1, "TR": TR}), "both.xls")
    assert (first.origin.sheet, second.origin.sheet) == ("Ä & b", "TR")
    assert usage_of(first).equals(expected_usage(JR1))
    assert usage_of(second).equals(expected_usage(TR))


def test_that_a_web_archive_of_one_page_is_that_page() -> None:
    found = report(mhtml(JR1), "jr1.mht")
    assert (found.origin.sheet, found.origin.kind) == (None, FileKind.HTML)
    assert usage_of(found).equals(expected_usage(JR1))


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 0.99])
def test_that_a_web_archive_that_broke_off_is_refused_and_never_half_read(part: float) -> None:
    content = mhtml({"TR": TR, "JR1": JR1})
    assert "broke off" in refusal(content[: int(len(content) * part)], "both.mht").problem.meaning


def test_that_a_web_archive_names_the_encoding_of_its_page() -> None:
    page = html(JR1).replace(b'<meta charset="utf-8">', b"").decode().encode("cp1252", "xmlcharrefreplace")
    top = b"MIME-Version: 1.0\nContent-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: 8bit\n\n"
    assert usage_of(report(top + page, "jr1.mht")).equals(expected_usage(JR1))


def test_that_nested_tables_are_tables_of_their_own() -> None:
    inner = html(JR1).decode()
    found = [one for one in everything(f"<table><tr><td>menu<td>{inner}</table>".encode()) if isinstance(one, Report)]
    assert [one.report_id for one in found] == ["JR1"]
    assert usage_of(found[0]).equals(expected_usage(JR1))


def test_that_a_page_without_a_table_is_a_web_page() -> None:
    assert refusal(b"<html><body>Log in, please</body></html>", "jr1.xls").kind == "web page (HTML)"


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr><td rowspan=65534 colspan=1000>x" * 20,
        "<table><tr>" + "<td colspan=1000>x" * 30,
    ],
)
def test_that_spans_beyond_measure_are_refused_or_bounded(page: str) -> None:
    with pytest.raises(NolcatError) as caught:
        read_web_tables(page.encode())
    assert "beyond all measure" in caught.value.problem.title


@pytest.mark.parametrize("piece", ["<", "<td ", "<!--", '<td "', "&#", "<tr>", "<table>", "<script>"])
def test_that_a_hundred_thousand_fragments_are_read_in_one_go(piece: str) -> None:
    sheets, decoded = read_web_tables(b"<table><tr><td>" + piece.encode() * 20_000)
    assert decoded is not None
    assert len(sheets) <= 1
