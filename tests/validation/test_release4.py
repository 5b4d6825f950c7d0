"""Release 4: each rule with a report that breaks it; sound reports break none above a notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import polars as pl
import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.validation import validate
from tests.builders import Abstract, a_report, damage, grid, heading_row
from tests.builders.grid import Grid, first_row
from tests.validation.judging import as_bytes, judge, places, reports_of, told


@cache
def sound(report_id: str = "JR1") -> Abstract:
    """A sound R4 report of four titles and three months."""
    return a_report(Release.R4, report_id)


def with_cell(position: str, text: str, report_id: str = "JR1") -> Grid:
    """A sound report with one cell changed."""
    return damage.with_cell(grid(sound(report_id)), position, text)


def with_heading(name: str, text: str, report_id: str = "JR1") -> Grid:
    """A sound report with a heading changed."""
    cells = grid(sound(report_id))
    cells[7] = [text if cell == name else cell for cell in cells[7]]
    return cells


def without_column(name: str, report_id: str = "JR1") -> Grid:
    """A sound report without the column headed `name`."""
    cells = grid(sound(report_id))
    at = cells[7].index(name)
    return [line if n < 7 else line[:at] + line[at + 1 :] for n, line in enumerate(cells)]


def in_total(column: int, text: str, report_id: str = "JR1") -> Grid:
    """A sound report with a cell of its first total row changed."""
    cells = grid(sound(report_id))
    cells[8][column] = text
    return cells


def in_item(name: str, text: str, report_id: str = "JR1") -> Grid:
    """A sound report with a cell of its first item changed, in the column headed `name`."""
    cells = grid(sound(report_id))
    at = cells[heading_row(sound(report_id)) - 1].index(name)
    cells[first_row(sound(report_id)) - 1][at] = text
    return cells


def shifted_total() -> Grid:
    """The total row's values one column to the left."""
    cells = grid(a_report(Release.R4, "JR1", months=6))
    cells[8] = [*cells[8][:7], *cells[8][8:], ""]
    return cells


def total_below() -> Grid:
    """The total row after the last item."""
    cells = grid(sound())
    return [*cells[:8], *cells[9:], cells[8]]


def without_total(report_id: str = "JR1", rows: int = 1) -> Grid:
    """Without its total rows."""
    cells = grid(sound(report_id))
    return [*cells[:8], *cells[8 + rows :]]


def named_like_total() -> Grid:
    """An item among the others that is called Total."""
    cells = grid(sound())
    cells[10][0] = "Totals"
    return cells


@pytest.mark.parametrize(
    "report_id", ["JR1", "JR1GOA", "JR2", "BR1", "BR2", "BR3", "DB1", "DB2", "PR1", "MR1", "TR1", "BR5"]
)
def test_that_sound_reports_are_no_worse_than_a_notice(report_id: str) -> None:
    findings = judge(as_bytes(sound(report_id)))
    assert findings.filter(findings["level"] > int(Level.NOTICE)).rows() == []


CASES: list[tuple[str, Callable[[], Grid]]] = [
    ("R4-H01", lambda: with_cell("A1", "Journal  Report 1(R4)")),
    ("R4-H02", lambda: with_cell("B1", "Number of successful full-text article requests by month and journal")),
    ("R4-H03", lambda: with_cell("B1", "Number of Successful Full Text Articles Requests by Month, and Journal")),
    ("R4-H04", lambda: with_cell("B1", "Usage of our journals")),
    ("R4-H04", lambda: with_cell("B1", "")),
    ("R4-H05", lambda: with_cell("B1", "Access Denied by Month, Database and Category")),
    ("R4-H06", lambda: with_cell("A2", "")),
    ("R4-H07", lambda: with_cell("A2", "4711")),
    ("R4-H10", lambda: with_cell("B3", "Chapter")),
    ("R4-H11", lambda: with_cell("D2", "x")),
    ("R4-H12", lambda: with_cell("A4", "Period covered by report:")),
    ("R4-H15", lambda: with_cell("A5", "last year")),
    ("R4-H16", lambda: with_cell("A5", "2017-01-02 to 2017-03-31")),
    ("R4-H17", lambda: with_cell("A5", "2017-03-01 to 2017-01-31")),
    ("R4-H19", lambda: with_cell("A7", "soon")),
    ("R4-H20", lambda: with_cell("A7", "2017-03-03")),
    ("R4-K01", lambda: with_heading("Print ISSN", "print issn")),
    ("R4-K02", lambda: with_heading("Proprietary Identifier", "Propriatary Identifier")),
    ("R4-K05", lambda: without_column("Journal DOI")),
    ("R4-K06", lambda: without_column("Publisher")),
    ("R4-K09", lambda: without_column("Reporting Period Total")),
    ("R4-K10", lambda: without_column("Reporting Period HTML")),
    ("R4-M02", lambda: with_heading("Jan-2017", "JAN-2017")),
    ("R4-M06", lambda: with_heading("Jan-2017", "Jan-2016")),
    ("R4-M07", lambda: without_column("Feb-2017")),
    ("R4-M04", lambda: without_column("Feb-2017")),
    ("R4-T01", without_total),
    ("R4-T02", lambda: in_total(0, "TOTAL FOR ALL JOURNALS")),
    ("R4-T03", lambda: in_total(0, "Total")),
    ("R4-T04", lambda: without_total("JR2", 1)),
    ("R4-T05", lambda: in_total(10, "99999")),
    ("R4-T07", lambda: in_total(1, "Nobody's Press")),
    ("R4-T08", lambda: in_total(2, "")),
    ("R4-T11", total_below),
    ("R4-T12", shifted_total),
    ("R4-T13", named_like_total),
    ("R4-V02", lambda: in_item("Publisher", "")),
    ("R4-V03", lambda: in_item("Platform", "")),
    ("R4-V07", lambda: in_item("Jan-2017", "")),
    ("R4-V08", lambda: in_item("Jan-2017", "1,234")),
    ("R4-V09", lambda: in_item("Jan-2017", "n/a")),
    ("R4-V10", lambda: in_item("Reporting Period Total", "")),
    ("R4-V11", lambda: in_item("Reporting Period Total", "x")),
    ("R4-V12", lambda: in_item("Reporting Period Total", "99999")),
    ("R4-V13", lambda: in_item("Reporting Period HTML", "")),
    ("R4-V14", lambda: in_item("Reporting Period HTML", "99999")),
    ("R4-V16", lambda: in_item("Print ISSN", "12345679")),
    ("R4-V17", lambda: in_item("Print ISSN", "1234-5678")),
    ("R4-V18", lambda: in_item("Print ISSN", "978-0-12-345678-6")),
    ("R4-V19", lambda: in_item("Print ISSN", "1234-5679; 2049-3630")),
    ("R4-V20", lambda: in_item("ISBN", "12345", "BR1")),
    ("R4-V21", lambda: in_item("ISBN", "978-0-12-345678-5", "BR1")),
    ("R4-V22", lambda: in_item("ISBN", "", "BR1")),
    ("R4-V24", lambda: in_item("Journal DOI", "https://doi.org/10.9999/x")),
    ("R4-V25", lambda: in_item("Publisher", "Smith &amp; Sons")),
    ("R4-V06", lambda: in_item("User Activity", "Coffee breaks", "DB1")),
    ("R4-V04", lambda: in_item("User Activity", "", "DB1")),
    ("R4-V27", lambda: damage.long_row(sound()).grid),
    ("R4-V29", lambda: damage.blank_row(sound()).grid),
    ("R4-V30", lambda: damage.remark_row(sound()).grid),
    ("R4-A01", lambda: damage.duplicate_row(sound()).grid),
    ("R4-A10", lambda: grid(sound())[:9]),
]


@pytest.mark.parametrize(("rule", "broken"), CASES, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(CASES)])
def test_that_a_fault_is_told_by_its_rule(rule: str, broken: Callable[[], Grid]) -> None:
    assert rule in told(broken())


def test_that_an_identifier_in_a_total_row_is_an_error() -> None:
    report = reports_of(as_bytes(sound()))[0]
    totals = report.left_out.with_columns(Print_ISSN=pl.lit("1234-5679"))
    assert places(validate(replace(report, left_out=totals)), "R4-T09") == [("F9", int(Level.ERROR))]
    assert places(validate(report), "R4-T09") == []


def test_that_an_identifier_of_two_names_is_a_notice() -> None:
    report = sound("BR1")
    first, second = report.rows[0], report.rows[1]
    same = replace(second, elements={**second.elements, "ISBN": first.elements["ISBN"]})
    assert "R4-A03" in told(replace(report, rows=(first, same, *report.rows[2:])))
    assert "R4-A03" not in told(report)


def test_that_a_missing_activity_is_a_warning_and_a_missing_category_a_notice() -> None:
    databases, denied = sound("DB1"), sound("JR2")
    assert "R4-A04" in told(replace(databases, rows=databases.rows[1:]))
    assert "R4-A05" in told(replace(denied, rows=denied.rows[1:]))
    assert not {"R4-A04", "R4-A05"} & (told(databases) | told(denied))


def test_that_unused_books_and_journals_without_zeros_are_notices() -> None:
    assert "R4-A06" in told(a_report(Release.R4, "BR1", titles=5))
    many = a_report(Release.R4, "JR1", titles=60)
    assert "R4-A07" not in told(many)
    used = tuple(row for row in many.rows if row.total)
    assert "R4-A07" in told(replace(many, rows=used))
