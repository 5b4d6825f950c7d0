"""Delimited text: whatever stands in the cells comes out of them, at its place, and every line is accounted for."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.reading.delimited import read_delimited
from nolcat_desktop.reading.encoding import decode
from nolcat_desktop.report import ROW

DELIMITERS = ["\t", ",", ";", "|"]
WIDTH = 5


def cells_of(content: bytes) -> dict[int, list[str]]:
    """Record number → its cells, without blank ones at its end."""
    decoded = decode(content)
    assert decoded is not None
    grid, _ = read_delimited(decoded.utf8)
    return {row: trimmed([cell or "" for cell in cells]) for row, *cells in grid.cells.iter_rows()}


def trimmed(cells: list[str]) -> list[str]:
    """Without blank cells at the end."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def written(rows: list[list[str]], delimiter: str, end: str, *, every: bool) -> str:
    """A table as the standard library's writer writes it."""
    out = StringIO(newline="")
    quoting: Literal[0, 1] = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters='\t,;|\ufeff\r\n"')
WORDS = st.text(LETTERS, max_size=8)
PARTS = st.lists(st.one_of(WORDS, st.sampled_from(['"', '""', ",", ";", "|", "'", " ", "\n"])), max_size=3).map("".join)


@st.composite
def tables(draw: st.DrawFn, delimiter: str) -> list[list[str]]:
    """A heading row, and rows whose cells hold quotes, line breaks, delimiters, but no line that looks like a row."""
    cell = PARTS.filter(lambda text: not (delimiter in text and "\n" in text))
    row = st.lists(cell, min_size=WIDTH, max_size=WIDTH)
    heading = ["Title", "Platform", "Metric_Type", "Jan-2024", "Feb-2024"]
    rows = draw(st.lists(row, max_size=6))
    return [heading, *rows]


@given(st.data(), st.sampled_from(DELIMITERS), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_that_any_table_comes_out_cell_for_cell(data: st.DataObject, delimiter: str, end: str, every: bool) -> None:
    table = data.draw(tables(delimiter))
    if end == "\r":
        table = [[cell.replace("\n", "\r") for cell in row] for row in table]
    content = written(table, delimiter, end, every=every).encode()
    expected = {
        number: [cell.replace("\r", "\n") for cell in trimmed(row)] for number, row in enumerate(table, 1) if any(row)
    }
    assert {row: cells for row, cells in cells_of(content).items() if "".join(cells).strip(" ,;|\t")} == {
        row: cells for row, cells in expected.items() if "".join(cells).strip(" ,;|\t")
    }


@given(st.lists(st.lists(WORDS.filter(str.strip), min_size=1, max_size=2 * WIDTH), min_size=1, max_size=8))
def test_that_ragged_rows_keep_every_cell(rows: list[list[str]]) -> None:
    heading = ["Title", "Platform", "Metric_Type", "Jan-2024", "Feb-2024"]
    content = "\n".join("\t".join(row) for row in [heading, *rows])
    assert cells_of(content.encode()) == dict(enumerate([heading, *rows], 1))


@given(st.lists(st.text("ab\t\",;| \n'", max_size=30), max_size=12))
def test_that_any_text_at_all_is_accounted_for(lines: list[str]) -> None:
    text = "\n".join(lines).encode()
    grid, _ = read_delimited(text)
    assert grid.cells[ROW].is_sorted()
    assert grid.cells[ROW].is_unique().all()
    letters = sorted("".join(cell or "" for row in grid.cells.iter_rows() for cell in row[1:]).replace('"', ""))
    assert [sign for sign in letters if sign in "ab'"] == [sign for sign in sorted(text.decode()) if sign in "ab'"]


TABLE = "Title\tPlatform\tMetric_Type\tReporting_Period_Total\tJan-2024\tFeb-2024\n"


@pytest.mark.parametrize(
    "title",
    [
        '"Unclosed',
        '"Quoted" and more',
        'Inch 12"',
        'A "word" inside',
        '"',
        '""',
        '"Ends here',
        'Begins "here',
        '6" 7" 8"',
    ],
)
def test_that_a_stray_quote_swallows_nothing(title: str) -> None:
    rows = [f"{title}\tP{n}\tM\t3\t1\t2" for n in range(5)]
    found = cells_of((TABLE + "\n".join(rows)).encode())
    unquoted = "" if title == '""' else title
    assert found == {1: TABLE.strip().split("\t")} | {
        n: [unquoted, f"P{n - 2}", "M", "3", "1", "2"] for n in range(2, 7)
    }


def test_that_two_stray_quotes_in_one_column_swallow_no_row_between_them() -> None:
    rows = ['"First\tP\tM\t3\t1\t2', "Middle\tP\tM\t3\t1\t2", 'Last"\tP\tM\t3\t1\t2', "After\tP\tM\t3\t1\t2"]
    found = cells_of((TABLE + "\n".join(rows)).encode())
    assert [found[row][0] for row in (2, 3, 4, 5)] == ['"First', "Middle", 'Last"', "After"]


def test_that_stray_quotes_in_neighbouring_rows_join_nothing() -> None:
    found = cells_of((TABLE + '"First\tP\tM\t3\t1\t2\nSecond"\tP\tM\t3\t1\t2\n').encode())
    assert [found[2][0], found[3][0]] == ['"First', 'Second"']


def test_that_a_stray_quote_is_told_with_its_row() -> None:
    grid, _ = read_delimited((TABLE + 'A\tP\tM\t3\t1\t2\n"B\tP\tM\t3\t1\t2\n').encode())
    assert [(found.rule, found.position) for found in grid.irregularities] == [("F-quote", "3")]


def test_that_quotes_that_open_cells_are_told_of_nobody() -> None:
    grid, _ = read_delimited((TABLE + '"A ""x"""\t"P"\tM\t3\t1\t2\n').encode())
    assert grid.irregularities == ()
    assert grid.cells["A"].to_list() == ["Title", 'A "x"']


def test_that_a_cell_with_line_breaks_is_one_record_even_in_a_short_file() -> None:
    content = (
        'Report_Name,Title Master Report\nInstitution_Name,"Hall of\nMist, East\nWing"\n\n'
        "Title,Platform,Metric_Type,Reporting_Period_Total,Jan-2024\n"
        '"Two\nlines",P,M,1,1\n"Comma, and\n""quote""",P,M,2,2\n'
    )
    assert cells_of(content.encode()) == {
        1: ["Report_Name", "Title Master Report"],
        2: ["Institution_Name", "Hall of\nMist, East\nWing"],
        4: ["Title", "Platform", "Metric_Type", "Reporting_Period_Total", "Jan-2024"],
        5: ["Two\nlines", "P", "M", "1", "1"],
        6: ['Comma, and\n"quote"', "P", "M", "2", "2"],
    }


def test_that_a_blank_before_a_quoted_cell_is_no_part_of_it() -> None:
    content = 'Journal, "Publisher, Ltd", "Reporting Period Total", "Jan-2017"\nA, "B, C", 1, 1\n'
    assert cells_of(content.encode())[1] == ["Journal", "Publisher, Ltd", "Reporting Period Total", "Jan-2017"]
    assert cells_of(content.encode())[2][:2] == ["A", "B, C"]


def test_that_short_and_long_rows_are_known_by_their_width() -> None:
    grid, _ = read_delimited(b"a\tb\tc\nd\te\nf\tg\th\ti\nj\tk\tl\n")
    assert [grid.width(row) for row in (1, 2, 3, 4)] == [3, 2, 4, 3]


def test_that_a_lone_carriage_return_ends_no_line_where_line_feeds_do() -> None:
    assert cells_of(b"a\tb\nTwo\rparts\tc\r\nd\te\r\r\nf\tg") == {
        1: ["a", "b"],
        2: ["Two\rparts", "c"],
        3: ["d", "e"],
        4: ["f", "g"],
    }


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_that_the_delimiter_is_told_by_the_headings(delimiter: str) -> None:
    filters = "Data_Type=" + "|".join(f"Type_{n}" for n in range(30))
    lines = [f"Report_Filters{delimiter}{filters}", delimiter.join(["Title", "Platform", "Metric_Type", "Jan-2024"])]
    assert read_delimited("\n".join(lines).encode())[1] == delimiter


def test_that_delimiters_at_the_end_of_the_file_are_no_rows() -> None:
    grid, _ = read_delimited(b"a,b,c\n1,2,3\n,,\n\n , \n")
    assert grid.last_row == 2
    assert grid.cells.height == 2


def test_that_an_empty_text_is_an_empty_grid() -> None:
    grid, delimiter = read_delimited(b"")
    assert (grid.cells.height, grid.last_row, delimiter) == (0, 0, None)
