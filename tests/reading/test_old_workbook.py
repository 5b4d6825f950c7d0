"""Old Excel workbooks (XLS): what is shown is what is read, and broken ones are told."""

from __future__ import annotations

import io
from datetime import datetime
from threading import Event

import pytest
import xlwt

from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.reading.workbook import Sheet
from nolcat_desktop.reading.workbook_old import read_old_workbook
from nolcat_desktop.report import Report
from tests.builders import a_report, expected_usage
from tests.builders.bare_workbook import GENERAL, ISSN, MONTH, VERSIONS, Cell, bare
from tests.builders.other_kinds import grid_of, is_number, month_of, xls
from tests.conversion.sums import usage_of
from tests.reading.found import everything, refusal, report, reports

TR = a_report(Release.R5, "TR")
JR1 = a_report(Release.R4, "JR1")


def _sheet(*cells: tuple[int, int, object, str], hidden: bool = False) -> Sheet:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row, column, value, form in cells:
        sheet.write(row, column, value, xlwt.easyxf(num_format_str=form) if form else xlwt.Style.default_style)
    if hidden:
        sheet.row(0).hidden = True
        sheet.col(1).hidden = True
    out = io.BytesIO()
    book.save(out)
    (found,) = read_old_workbook(out.getvalue())
    return found


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1, "0000", "0001"),
        (1, "", "1"),
        (2019, "", "2019"),
        (12345678, "0000-0000", "1234-5678"),
        (9780000000002, "", "9780000000002"),
        (datetime(2018, 1, 1), "mmm-yy", "2018-01-01"),  # noqa: DTZ001 - cells have no zone
        (datetime(2018, 1, 22, 12, 30), "d/m/yyyy h:mm", "2018-01-22 12:30:00"),  # noqa: DTZ001
        (0.5, "0%", "0.5"),
        (3, "0%", "3"),
        (1234, "#,##0", "1234"),
        (True, "", "TRUE"),
    ],
)
def test_that_a_number_is_written_as_it_is_meant(value: object, form: str, text: str) -> None:
    found = _sheet((0, 0, "x", ""), (4, 2, value, form))
    assert found.rows.row(1) == (5, None, None, text)


@pytest.mark.parametrize("version", VERSIONS)
def test_that_a_bare_sheet_of_an_older_excel_is_read_cell_by_cell(version: int) -> None:
    cells: list[Cell] = [("Año – 1", GENERAL), (42736, MONTH), (3785955, ISSN), (12, GENERAL), (-3, GENERAL)]
    cells += [(70000, GENERAL), (0.5, GENERAL), ((123.0,), GENERAL), ("", GENERAL), (9780000000002, GENERAL)]
    (found,) = read_old_workbook(bare(version, [cells]))
    texts = ["Año – 1", "2017-01-01", "0378-5955", "12", "-3", "70000", "0.5", "123", None, "9780000000002"]
    assert list(found.rows.row(0)[1:]) == texts


@pytest.mark.parametrize("version", VERSIONS)
def test_that_a_report_saved_by_an_older_excel_is_stored_to_the_truth(version: int) -> None:
    said = a_report(Release.R4, "BR2", months=12)
    grid = [[text.encode("cp1252", "replace").decode("cp1252") for text in row] for row in grid_of(said)]
    rows = [[_as_cell(grid, row, column) for column in range(len(line))] for row, line in enumerate(grid)]
    usage = usage_of(report(bare(version, rows), "br2.xls"))
    key = ["usage_date", "usage_count"]
    assert usage.select(key).equals(expected_usage(said).select(key))


def _as_cell(grid: list[list[str]], row: int, column: int) -> Cell:
    month = month_of(grid, row, column)
    if month is not None:
        return (month - datetime(1899, 12, 30)).days, MONTH  # noqa: DTZ001 - cells have no zone
    text = grid[row][column]
    return (int(text) if is_number(grid, row, column) else text), GENERAL


def test_that_an_error_cell_is_told_at_its_place() -> None:
    book = xlwt.Workbook()
    book.add_sheet("S").row(1).set_cell_error(2, "#DIV/0!")
    out = io.BytesIO()
    book.save(out)
    (found,) = read_old_workbook(out.getvalue())
    assert found.rows["C"].to_list() == ["#DIV/0!"]
    assert [(one.rule, one.position) for one in found.irregularities] == [("X-error-cell", "C2")]


def test_that_hidden_rows_and_columns_are_read_and_told() -> None:
    found = _sheet((0, 0, "a", ""), (0, 1, "b", ""), hidden=True)
    assert found.rows.row(0) == (1, "a", "b")
    assert {one.rule for one in found.irregularities} == {"X-hidden-columns", "X-hidden-rows"}


def test_that_every_sheet_is_read_and_a_hidden_one_too() -> None:
    found = reports(xls({"TR": TR, "JR1": JR1}), "both.xls")
    assert [(one.origin.sheet, one.report_id) for one in found] == [("TR", "TR"), ("JR1", "JR1")]


def test_that_numbers_as_text_are_told() -> None:
    found = _sheet((0, 0, "12", ""), (1, 0, "x", ""))
    assert [one.rule for one in found.irregularities] == ["X-number-as-text"]


def test_that_a_word_document_named_xls_says_what_it_is() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(500)
    assert refusal(content, "jr1.xls").kind == "Word document (.doc)"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_that_a_broken_workbook_is_refused_and_never_half_read(part: float) -> None:
    content = xls(TR)
    found = everything(content[: int(len(content) * part)], "tr.xls")
    assert not any(isinstance(one, Report) for one in found)


def test_that_a_cell_beyond_the_last_column_is_refused() -> None:
    content = bytearray(xls([["x"] * 3] * 3))
    place = content.find(b"\xfd\x00\x0a\x00")  # LABELSST, ten bytes: row, column …
    assert place > 0
    content[place + 6 : place + 8] = b"\xff\xff"
    with pytest.raises(NolcatError) as caught:
        list(read_old_workbook(bytes(content)))
    assert "column" in caught.value.problem.meaning


def test_that_reading_stops_when_asked() -> None:
    stop = Event()
    content = xls([[str(n) for n in range(20)] for _ in range(300)])
    seen = []

    def told(step: object) -> None:
        seen.append(step)
        stop.set()

    with pytest.raises(Cancelled):
        list(read_old_workbook(content, Progress(told, stop)))
    assert seen
