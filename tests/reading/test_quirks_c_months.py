"""Real deviations, section C (points 29 to 32): headings of months in all their forms, read right or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from nolcat_desktop.conversion import file_total, stopped_by
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import Report, Told
from tests.builders import Grid, xlsx
from tests.reading.found import noticed, report, rules
from tests.reading.quirk_tables import (
    FORMATS,
    JOURNAL,
    SUM,
    TOTAL,
    block,
    exact,
    journals,
    jr1,
    stopped,
    text,
    totals,
)

YEAR = "2022-01-01 to 2022-12-31"
QUARTER = "2022-01-01 to 2022-03-31"
FIRST_THREE = ("2022-01", "2022-02", "2022-03")


def headed(months: Sequence[str], period: str = YEAR) -> bytes:
    """A JR1 with these month headings."""
    return text(jr1(period=period, months=months))


@pytest.mark.parametrize(
    "months",
    [
        "Jan-2022 Feb-2022 Mar-2022", "Jan-22 Feb-22 Mar-22", "22-Jan 22-Feb 22-Mar", "2022-01 2022-02 2022-03",
        "1-2022 2-2022 3-2022", "01/2022 02/2022 03/2022", "01.2022 02.2022 03.2022", "2022-1 2022-2 2022-3",
        "JAN-2022 FEB-2022 MAR-2022", "January-2022 February-2022 March-2022", "202201 202202 202203",
        "2022-01-01 2022-02-01 2022-03-01", "44562 44593 44621", "2022/01/01 2022/02/01 2022/03/01",
        "1/1/2022 2/1/2022 3/1/2022", "1/1/2022 1/2/2022 1/3/2022", "1/1/22 2/1/22 3/1/22",
        "31/01/2022 28/02/2022 31/03/2022", "1/31/2022 2/28/2022 3/31/2022",
        "2022-01 Feb-2022 3-2022", "Jan-2022 22-Feb Mar-22", "11-Jan Feb-2022 Mar-2022", "1-Jan 1-Feb 1-Mar",
    ],
)  # fmt: skip
def test_that_29_every_form_of_a_month_is_read(months: str) -> None:
    """Points 29 and 30: alone, mixed, mangled by Excel, in the order of either country."""
    assert exact(headed(months.split()), SUM).month_columns == FIRST_THREE


@pytest.mark.parametrize(
    "months",
    [[" Jan-2022", "Feb-2022 ", " Mar-2022 "], ["Jan 2022", "Feb 2022", "Mar 2022"],
     ["2022-01-01 00:00:00", "2022-02-01 00:00:00", "2022-03-01 00:00:00"], ["Jan 22", "Feb 22", "Mar 22"]],
)  # fmt: skip
def test_that_29_blanks_and_times_do_not_matter(months: list[str]) -> None:
    """Point 29."""
    assert exact(headed(months), SUM).month_columns == FIRST_THREE


def test_that_29_a_mangled_month_of_another_year_is_settled_by_its_run() -> None:
    """Point 29: `11-Feb` between January and March 2022 is February 2022, never February 2011."""
    found = exact(headed(["Jan-2022", "11-Feb", "Mar-22"], QUARTER), SUM)
    assert [(one.before, one.after, one.rule) for one in found.repairs] == [("11-Feb", "Feb-2022", "heading-month")]


@pytest.mark.parametrize(
    ("months", "period"),
    [
        (["22-Jan", "22-Feb", "22-Mar"], "unknown"),
        (["11-Jan", "11-Feb", "11-Mar"], "2011-01-01 to 2012-12-31 or so"),
        (["11-Feb", "Jan-2022", "Mar-2022"], YEAR),
        (["1/2/2022", "1/2/2022", "1/2/2022"], YEAR),
        (["Jan", "Feb", "Mar"], "unknown"),
        (["Jan", "Feb", "Mar"], "2021-01-01 to 2022-12-31"),
        (["Jal-2022", "Feb-2022", "Mar-2022"], "unknown"),
        (["Jan-2022", "13-2022", "Mar-2022"], YEAR),
        (["listopad 2022", "Feb-2022", "Mar-2022"], YEAR),
        (["Jan-2022", "Jan-2022", "Mar-2022"], YEAR),
        (["Xyz-22", "Feb-2022", "Mar-2022"], YEAR),
    ],
)
def test_that_30_what_may_mean_two_months_is_never_guessed(months: list[str], period: str) -> None:
    """Points 29 to 31: doubtful by themselves, and nothing settles them."""
    assert stopped(headed(months, period)) == "A column of numbers belongs to no month"


def test_that_30_the_user_says_the_period_and_that_settles_it() -> None:
    """Point 30: the answer to the question; months without doubt stay what they are."""
    told = Told(None, date(2022, 1, 1), date(2022, 12, 31))
    (found,) = read_content(headed(["22-Jan", "22-Feb", "22-Mar"], "unknown"), "report.tsv", told=told)
    assert isinstance(found, Report)
    assert (stopped_by(found), found.month_columns, file_total(found)) == (None, FIRST_THREE, SUM)
    (sure,) = read_content(headed(["Jan-2017", "Feb-2017", "Mar-2017"], "unknown"), "report.tsv", told=told)
    assert isinstance(sure, Report)
    assert sure.month_columns == ("2017-01", "2017-02", "2017-03")


@pytest.mark.parametrize(
    "months",
    ["Januar-2022 Februar-2022 März-2022", "janv.-2022 févr.-2022 mars-2022", "ene-22 feb-22 mar-22",
     "gen-22 feb-22 mar-22", "jan/22 fev/22 mar/22", "jan-22 feb-22 mrt-22", "Leden-2022 Únor-2022 Březen-2022",
     "sty-22 lut-22 mar-22", "Jan-2022 Feb-2022 Mrz-2022", "22-Januar 22-Februar 22-März"],
)  # fmt: skip
def test_that_29_months_of_other_languages_are_read_where_they_mean_one_month(months: str) -> None:
    """Point 29: each one a repair, so that it can be declined."""
    found = exact(headed(months.split()), SUM)
    assert found.month_columns == FIRST_THREE
    assert found.repairs


def test_that_29_a_letter_gone_wrong_is_repaired_by_period_and_neighbours() -> None:
    """Point 29: `Jal` before February of a period that begins in January."""
    found = exact(headed(["Jal-2022", "Feb-2022", "Mar-2022"], QUARTER), SUM)
    assert [(one.before, one.after) for one in found.repairs] == [("Jal-2022", "Jan-2022")]


def test_that_29_months_without_a_year_take_it_from_a_period_of_one_year() -> None:
    """Point 29."""
    assert exact(headed(["Jan", "Feb", "Mar"]), SUM).month_columns == FIRST_THREE


def in_two_rows(first: list[str], second: list[str]) -> Grid:
    return [
        *block("Journal Report 1 (R4)"),
        first,
        second,
        totals("Total for all journals", 7, formats=True),
        *journals(),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([*[""] * 10, "2016", "2017", ""], [*JOURNAL, *FORMATS, "Dec", "Jan", "Feb"]),
        ([*JOURNAL, *FORMATS, "2016", "2017", ""], [*[""] * 10, "Dec", "Jan", "Feb"]),
        ([*[""] * 10, "Dec", "Jan", "Feb"], [*JOURNAL, *FORMATS, "2016", "2017", "2017"]),
    ],
)
@pytest.mark.parametrize("form", [text, xlsx])
def test_that_29_years_in_one_row_and_months_in_the_other_are_one_heading(
    first: list[str], second: list[str], form: object
) -> None:
    """Point 29: a year holds up to the next one."""
    assert callable(form)
    found = exact(form(in_two_rows(first, second)), SUM)
    assert found.month_columns == ("2016-12", "2017-01", "2017-02")
    assert "F-two-rows" in rules(found)


def test_that_29_a_month_before_the_first_year_is_not_guessed() -> None:
    """Point 29: no year stands over it."""
    rows = in_two_rows([*[""] * 11, "2017", ""], [*JOURNAL, *FORMATS, "Dec", "Jan", "Feb"])
    rows[4] = ["unknown"]
    assert stopped(text(rows)) == "A column of numbers belongs to no month"


def by_year(years: Sequence[str]) -> bytes:
    headings = [*JOURNAL, *TOTAL, "Year", "Jan", "Feb", "Mar"]
    rows = [[*row[:8], year, *row[8:]] for row, year in zip(journals(extra=0), years, strict=True)]
    return text([*block("Journal Report 1 (R4)", "2016-01-01 to 2017-12-31"), headings, *rows])


def test_that_29_a_column_of_years_beside_columns_of_months_is_spread() -> None:
    """Point 29: each count under its own year and month, at its own cell."""
    found = exact(by_year(["2016", "2017"]), SUM)
    assert found.month_columns == ("2016-01", "2017-01", "2016-02", "2017-02", "2016-03", "2017-03")
    assert found.items.select("2016-01", "2017-01").rows() == [("5", None), (None, "2")]
    assert found.positions.cells(found.items["row"], "2017-01").to_list() == ["J9", "J10"]


def test_that_29_a_row_without_its_year_stops_the_report() -> None:
    """Point 29: its numbers would belong nowhere."""
    assert stopped(by_year(["2016", ""])) == "A column of numbers belongs to no month"


def test_that_31_months_outside_the_period_and_with_gaps_keep_their_date() -> None:
    """Point 31."""
    found = exact(headed(["Jan-2021", "Mar-2022", "Apr-2022"]), SUM)
    assert found.month_columns == ("2021-01", "2022-03", "2022-04")


def test_that_31_months_in_two_runs_are_read() -> None:
    """Point 31: a column of something else between them."""
    rows = jr1()
    cut = [
        [*row[:11], *([note] if len(row) > 11 else []), *row[11:]]
        for row, note in zip(rows, [*[""] * 7, "Note", "", "x", "y"], strict=True)
    ]
    assert exact(text(cut), SUM).month_columns == ("2017-01", "2017-02", "2017-03")


def test_that_32_columns_behind_the_months_are_no_months() -> None:
    """Point 32: the total of the year behind the months, and blank columns to the right."""
    headings = [*JOURNAL, "Jan-2017", "Feb-2017", "Mar-2017", "YTD Total", "", ""]
    rows = [[*row[:7], *row[8:], row[7], "", ""] for row in journals(extra=0)]
    found = exact(text([*block("Journal Report 1 (R4)"), headings, *rows]), SUM)
    assert found.items["Reporting_Period_Total"].to_list() == ["8", "10"]


def test_that_32_a_total_without_a_heading_behind_the_months_is_no_shift() -> None:
    """Point 32: the row's own sum, told and not stored."""
    rows = jr1()
    found = exact(text([*rows[:8], *[[*row, row[7]] for row in rows[8:]]]), SUM)
    assert len(noticed(found, "F-long-row")) == 3


def test_that_32_numbers_that_the_total_counts_in_are_never_passed_over() -> None:
    """Point 32: a column of which nothing is known, but the rows' totals need it."""
    rows = jr1()
    rows[7].append("Misc")
    grown = [[*row[:7], str(int(row[7]) + 2), *row[8:], "2"] for row in rows[9:]]
    problem = stopped_by(report(text([*rows[:8], *grown])))
    assert problem is not None
    assert (problem.title, problem.position) == ("A column of numbers belongs to no month", "N8")
