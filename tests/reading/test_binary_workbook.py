"""Binary Excel workbooks (XLSB): records into cells."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from pyxlsb import open_workbook

from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading.workbook import Sheet
from nolcat_desktop.reading.workbook_binary import read_binary_workbook
from nolcat_desktop.reading.workbook_binary_cells import rk_number
from tests.builders import a_report
from tests.builders.binary_workbook import cell, package, record, row, sheet, wide, xlsb
from tests.reading.found import reports

TR = a_report(Release.R5, "TR")
PART = "xl/worksheets/sheet1.bin"


def _read(rows: bytes, strings: list[str] | None = None, after: bytes = b"", before: bytes = b"") -> Sheet:
    (found,) = read_binary_workbook(package(["S"], {PART: sheet(rows, before, after)}, strings or []))
    return found


def test_that_another_reader_finds_the_same_cells(tmp_path: Path) -> None:
    (tmp_path / "tr.xlsb").write_bytes(xlsb(TR))
    (own,) = read_binary_workbook(xlsb(TR))
    with open_workbook(str(tmp_path / "tr.xlsb")) as book, book.get_sheet(1) as other:
        lines = {line[0].r + 1: [one.v for one in line] for line in other.rows() if line}
    for number, *cells in own.rows.iter_rows():
        for mine, theirs in zip(cells, lines[number], strict=False):
            if isinstance(theirs, str) and mine is not None:
                assert mine == theirs
            elif mine is not None and mine.isdigit():
                assert int(mine) == theirs


@pytest.mark.parametrize(
    ("raw", "number"),
    [(5 << 2 | 2, 5), (-3 << 2 | 2, -3), (1234 << 2 | 3, 12.34), (struct.unpack("<i", b"\0\0\xf0\x3f")[0], 1.0)],
)
def test_that_short_numbers_are_unpacked(raw: int, number: float) -> None:
    assert rk_number(struct.pack("<i", raw)) == number


def test_that_each_kind_of_cell_is_read() -> None:
    cells = [
        cell(1, 0),
        cell(2, 1, struct.pack("<i", 7 << 2 | 2)),
        cell(3, 2, b"\x07"),
        cell(4, 3, b"\1"),
        cell(5, 4, struct.pack("<d", 43101.0), style=1),
        cell(6, 5, wide("inline")),
        cell(7, 6, struct.pack("<I", 0)),
        cell(8, 7, wide("formula") + bytes(8)),
        cell(9, 8, struct.pack("<d", 3.0) + bytes(8)),
        cell(62, 9, b"\0" + wide("rich")),
        cell(5, 10, struct.pack("<d", 1.0), style=2),
    ]
    found = _read(row(4, *cells), ["shared"])
    said = ("7", "#DIV/0!", "TRUE", "2018-01-01", "inline", "shared", "formula", "3", "rich", "0001")
    assert found.rows.row(0) == (5, None, *said)
    rules = {(one.rule, one.position) for one in found.irregularities}
    assert {("X-error-cell", "C5"), ("X-formula", "H5")} <= rules


def test_that_short_cells_stand_beside_the_one_before() -> None:
    short = record(17, (0).to_bytes(3, "little") + b"\0" + wide("next"))
    found = _read(row(0, cell(6, 3, wide("first")), short))
    assert found.rows.row(0) == (1, None, None, None, "first", "next")


def test_that_hidden_rows_columns_and_merged_cells_are_told() -> None:
    column = record(60, struct.pack("<IIIIH", 1, 1, 0, 0, 1))
    merged = record(176, struct.pack("<IIII", 30, 32, 0, 0))
    rows = row(0, cell(6, 1, wide("x")), hidden=True)
    found = _read(rows, before=column, after=merged)
    told = {(one.rule, one.position) for one in found.irregularities}
    assert told == {("X-hidden-columns", "B1"), ("X-hidden-rows", "1"), ("X-merged", "A31")}


def test_that_several_sheets_are_read() -> None:
    found = reports(xlsb({"TR": TR, "JR1": a_report(Release.R4, "JR1")}), "both.xlsb")
    assert [(one.origin.sheet, one.report_id) for one in found] == [("TR", "TR"), ("JR1", "JR1")]


@pytest.mark.parametrize(
    "rows",
    [
        row(0, cell(7, 0, struct.pack("<I", 9))),
        row(0, cell(6, 0, struct.pack("<I", 1 << 30))),
        row(0, cell(5, 1 << 20, struct.pack("<d", 1))),
        row(1 << 21),
        row(0, cell(5, 0, b"\0")),
        cell(5, 0, struct.pack("<d", 1)),
    ],
    ids=["no such text", "endless text", "no such column", "no such row", "short number", "no row"],
)
def test_that_what_contradicts_the_format_is_refused(rows: bytes) -> None:
    with pytest.raises(NolcatError):
        _read(rows)


def test_that_a_record_that_breaks_off_is_refused() -> None:
    with pytest.raises(NolcatError) as caught:
        list(read_binary_workbook(package(["S"], {PART: sheet(b"") + b"\x05\x10abc"}, [])))
    assert "record" in caught.value.problem.meaning


def test_that_a_workbook_of_charts_alone_is_refused() -> None:
    assert io.BytesIO(package([], {}, [])).read(2) == b"PK"
    with pytest.raises(NolcatError):
        list(read_binary_workbook(package([], {}, [])))
