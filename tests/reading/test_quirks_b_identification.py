"""Real deviations, section B (points 14 to 28): where the headings stand, and which report it is."""

from __future__ import annotations

from datetime import date

import pytest

from nolcat_desktop.conversion import file_total, stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import NotAReport, Report, Told
from tests.builders import Grid, a_report, grid, tsv, workbook, xlsx
from tests.reading.found import everything, left_out, refusal, report, rules
from tests.reading.quirk_tables import (
    BOOK,
    FORMATS,
    JOURNAL,
    MONTHS,
    SUM,
    TOTAL,
    block,
    books,
    exact,
    journals,
    jr1,
    stopped,
    text,
    totals,
)

R4, R5, R51 = Release.R4, Release.R5, Release.R51
BARE = jr1()[7:]
"""A JR1 without its block."""


@pytest.mark.parametrize("blank", [0, 1, 3])
def test_that_14_headings_are_found_in_any_row(blank: int) -> None:
    """Point 14: with no, one or several blank lines between block and headings."""
    rows = jr1()
    exact(text([*rows[:7], *[[]] * blank, *rows[7:]]), SUM)


def test_that_14_a_report_of_one_month_is_a_report() -> None:
    """Point 14: one month, and so one month heading."""
    rows = [row[:11] for row in jr1(period="2017-01-01 to 2017-01-31")]
    rows[8][7] = "7"
    assert exact(text(rows), 7).month_columns == ("2017-01",)


def test_that_15_lines_above_and_loose_labels_are_read() -> None:
    """Point 15: a title above the block, labels with blanks, `R5`, a report id in lower case."""
    cells = grid(a_report(R5, "TR"))
    cells[0][0], cells[1][0], cells[1][1], cells[2][1] = "Report Name", "Report ID", "tr", "R5"
    found = exact(tsv([["Usage of the year"], [], *cells]), sum(row.total for row in a_report(R5, "TR").rows))
    assert (found.report_id, found.release) == ("TR", R5)


@pytest.mark.parametrize("release", ["5", "5.0"])
def test_that_16_both_writings_of_release_5_are_release_5(release: str) -> None:
    """Point 16."""
    cells = grid(a_report(R5, "DR"))
    cells[2][1] = release
    assert report(tsv(cells)).release is R5


@pytest.mark.parametrize(
    ("file", "report_id"),
    [
        ("JR1-b.tsv", "JR1"),
        ("JR1a-b.tsv", "JR1a"),
        ("sample_JR1_reports.tsv", "JR1"),
        ("3 JR1 GOA 2017.tsv", "JR1GOA"),
        ("archive.zip!/JR1/2017/Gale_JR1a.tsv", "JR1a"),
        ("Journal Report 1 of 2017.tsv", "JR1"),
        ("Journal Report 1 GOA.tsv", "JR1GOA"),
    ],
)
def test_that_17_a_table_without_a_block_is_what_its_file_says(file: str, report_id: str) -> None:
    """Point 17: twins by their headings, told apart by the name of the file."""
    found = exact(text(BARE), SUM, file)
    assert found.report_id == report_id
    assert "R4-F06" in rules(found)


@pytest.mark.parametrize("file", ["2017.tsv", "JR1 and JR1a.tsv", "AJR1.tsv", "JR10.tsv", "JR1x.tsv", "TR.tsv"])
def test_that_17_twins_that_nothing_tells_apart_are_asked_for(file: str) -> None:
    """Point 17: what it may be is given as the question."""
    found = refusal(text(BARE), file)
    assert {"JR1", "JR1a"} <= set(found.candidates) <= {"JR1", "JR1GOA", "JR1a", "JR1b"}
    assert "--report-type" in found.problem.remedy


def test_that_17_the_user_says_which_twin_it_is() -> None:
    """Point 17: the answer to the question; a report that the headings do not allow is never taken."""
    (found,) = read_content(text(BARE), "2017.tsv", told=Told("jr1 goa"))
    assert isinstance(found, Report)
    assert (found.report_id, file_total(found), "R-told" in rules(found)) == ("JR1GOA", SUM, True)
    (other,) = read_content(text(BARE), "2017.tsv", told=Told("JR2"))
    assert isinstance(other, NotAReport)
    assert other.problem.title == "This is no JR2"
    (unknown,) = read_content(text(BARE), "2017.tsv", told=Told("XY9"))
    assert isinstance(unknown, NotAReport)
    assert unknown.problem.title == "There is no report XY9"
    (headed,) = read_content(text(jr1()), "2017.tsv", told=Told("JR1GOA"))
    assert isinstance(headed, Report)
    assert headed.report_id == "JR1"


def test_that_17_sheets_without_a_block_are_what_their_names_say() -> None:
    """Point 17: a workbook with bare tables beside one with a block; the sheet goes before the file."""
    sheets = {
        "JR1": BARE,
        "BR2": [[*BOOK, *TOTAL, *MONTHS], *books()],
        "EBSCO 16-17": jr1(name="Journal Report 1a (R4)"),
    }
    found = everything(workbook(sheets), "2_2017 BR1.xlsx")
    assert [one.report_id for one in found if isinstance(one, Report)] == ["JR1", "BR2", "JR1a"]


def test_that_17_a_block_that_lost_its_first_line_still_gives_the_period() -> None:
    """Point 17: the period settles the months, and BR2's section type tells it from BR1 and BR7."""
    months = ["17-Jan", "17-Feb", "17-Mar"]
    rows = [*block("", section="Chapter")[1:], [*BOOK, *TOTAL, *months], *books()]
    found = exact(text(rows), SUM, "2017.tsv")
    assert (found.report_id, found.month_columns) == ("BR2", ("2017-01", "2017-02", "2017-03"))


@pytest.mark.parametrize(
    "name",
    ["Journal Report 1(R4)", "Journal Report 1 (R4) ", "Journal Report 1 (R4): Number of Full-Text Download Requests"],
)
def test_that_18_the_wording_of_names_does_not_matter(name: str) -> None:
    """Point 18."""
    assert exact(text(jr1(name=name)), SUM).report_id == "JR1"


def test_that_18_a_name_that_contradicts_the_id_is_settled_by_the_columns() -> None:
    """Point 18: name TR and columns TR against id DR; the same with columns that say nothing of either."""
    abstract = a_report(R5, "TR")
    cells = grid(abstract)
    cells[1][1] = "DR"
    found = exact(tsv(cells), sum(row.total for row in abstract.rows))
    assert (found.report_id, "R-05" in rules(found)) == ("TR", True)
    cells[0][1], cells[1][1] = "Database Master Report", "TR"
    assert report(tsv(cells)).report_id == "TR"


def test_that_19_labels_vary() -> None:
    """Point 19: with and without a colon, trailing blanks, a typo in a heading."""
    rows = jr1(months=["17-Jan", "17-Feb", "17-Mar"])
    rows[3][0], rows[5][0] = "Period covered by report", "Date Run:  "
    rows[7][4] = "Propriatary Identifier"
    found = exact(text(rows), SUM)
    assert found.header.created == date(2017, 4, 12)
    assert "Proprietary_ID" in found.items.columns


def test_that_20_padded_and_missing_header_cells_are_read() -> None:
    """Point 20."""
    cells = grid(a_report(R5, "TR"))
    wide = len(cells[13])
    padded = [[*row, *[""] * (wide - len(row))] for row in cells]
    padded[5] = ["Metric_Types"]
    exact(tsv(padded), sum(row.total for row in a_report(R5, "TR").rows))


def test_that_21_header_lines_may_be_missing_or_in_another_order() -> None:
    """Point 21: neither Report_ID nor Release, the rest upside down, `User Activity` for the metric."""
    abstract = a_report(R5, "DR")
    cells = grid(abstract)
    kept = [row for row in reversed(cells[:12]) if row[0] not in {"Report_ID", "Release"}]
    headings = ["User Activity" if text == "Metric_Type" else text for text in cells[13]]
    found = exact(tsv([*kept, [], headings, *cells[14:]]), sum(row.total for row in abstract.rows))
    assert found.report_id == "DR"


@pytest.mark.parametrize(
    "period",
    ["2017-01-01 to 2017-03-31", "01/01/2017 to 03/31/2017", "2017-01-01T00:00:00Z to 2017-03-31T00:00:00Z",
     "Begin_Date=2017-01-01; End_Date=2017-03-31", "2017-01 to 2017-03", "1 January 2017 to 31 March 2017"],
)  # fmt: skip
def test_that_22_periods_are_read_in_many_forms(period: str) -> None:
    """Point 22: read well enough to settle the months."""
    exact(text(jr1(period=period, months=["17-Jan", "17-Feb", "17-Mar"])), SUM)


def test_that_23_months_come_from_their_columns() -> None:
    """Point 23: a period that does not begin on a first."""
    found = exact(text(jr1(period="2017-01-31 to 2017-03-31")), SUM)
    assert found.month_columns == ("2017-01", "2017-02", "2017-03")


def test_that_24_a_period_that_is_too_long_changes_no_month() -> None:
    """Point 24: the columns date themselves."""
    found = exact(text(jr1(period="2016-01-01 to 2017-12-31")), SUM)
    assert found.month_columns == ("2017-01", "2017-02", "2017-03")


def _beyond(period: str, rows: Grid) -> bytes:
    """A JR1 whose rows go on for two months behind the last heading."""
    made = jr1(period=period)[:8]
    return text([*made, *rows])


def test_that_24_missing_headings_are_found_again_when_period_and_totals_prove_them() -> None:
    """Point 24: headings of three months, a period of five, five numbers in each row, which add up to its total."""
    rows = [[*row[:7], str(int(row[7]) + 9), *row[8:], "4", "5"] for row in journals()]
    found = exact(_beyond("2017-01-01 to 2017-05-31", rows), SUM + 18)
    assert found.month_columns[3:] == ("2017-04", "2017-05")
    assert [one.rule for one in found.repairs] == ["heading-missing"] * 2


@pytest.mark.parametrize("period", ["2017-01-01 to 2017-03-31", "2017-01-01 to 2017-05-31"])
def test_that_24_numbers_without_a_heading_stop_the_report_otherwise(period: str) -> None:
    """Point 24: the totals do not count them in, or the period does not cover them."""
    assert stopped(_beyond(period, [[*row, "4", "5"] for row in journals()])) == "Columns of numbers have no heading"


def test_that_25_forms_of_the_institution_are_taken_as_they_are() -> None:
    """Point 25."""
    cells = grid(a_report(R5, "TR"))
    cells[4][1] = "isni=123; ISNI:123;"
    exact(tsv(cells), sum(row.total for row in a_report(R5, "TR").rows))


@pytest.mark.parametrize("section", ["Chapter", ""])
def test_that_26_the_section_type_of_br2_is_read(section: str) -> None:
    """Point 26: also when it is blank."""
    headings = [*BOOK, *TOTAL, *MONTHS]
    found = exact(text([*block("Book Report 2 (R4)", section=section), headings, totals("", 7), *books()]), SUM)
    assert found.header.texts["Section_Type"] == section
    assert [rule for _, rule in left_out(found)] == ["total-row"]


def test_that_27_totals_without_months_are_refused_with_the_reason() -> None:
    """Point 27: Exclude_Monthly_Details, with a delimiter too many in each row."""
    cells = grid(a_report(R5, "TR", months=2))
    cells[7][1] = "Exclude_Monthly_Details=True"
    rows = [[*row[:-2], ""] for row in cells[13:]]
    assert stopped(tsv([*cells[:13], *rows])) == "The report has totals only"


@pytest.mark.parametrize("report_id", ["TR_J1", "TR_J3", "TR_B1", "PR_P1", "DR_D1", "IR_A1", "TR_J2", "IR_M1", "DR_D2"])
@pytest.mark.parametrize("release", [R5, R51])
def test_that_28_standard_views_are_reports(report_id: str, release: Release) -> None:
    """Point 28."""
    abstract = a_report(release, report_id)
    for form in (tsv, xlsx):
        assert exact(form(abstract), sum(row.total for row in abstract.rows)).report_id == report_id


@pytest.mark.parametrize("headings", [[*JOURNAL, *FORMATS, *MONTHS]])
def test_that_a_bare_table_is_never_taken_for_what_its_columns_deny(headings: list[str]) -> None:
    """Point 17: a file called TR with the columns of JR1 is asked for, not taken for a TR."""
    found = everything(text([headings, *journals()]), "TR_J1.tsv")
    assert all(isinstance(one, NotAReport) for one in found)


def test_that_stopped_by_says_nothing_of_a_sound_table() -> None:
    """The tables here are sound by themselves."""
    assert stopped_by(report(text(jr1()))) is None
