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
from tests.builders import a_report
from tests.builders.other_kinds import xls
from tests.reading.found import everything, refusal, reports

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
