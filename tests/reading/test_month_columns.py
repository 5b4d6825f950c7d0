"""Month columns in all forms that vendors and spreadsheets write; what cannot be told stops at its heading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from nolcat_desktop.conversion import stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import Report
from tests.builders import Abstract, Grid, a_report, damage, expected_usage, grid, heading_row, tsv, xlsx
from tests.builders.grid import letters
from tests.conversion.sums import usage_of
from tests.reading.found import noticed, report, rules

ABSTRACT = a_report(Release.R5, "TR", months=6, titles=3)
JR1 = a_report(Release.R4, "JR1", months=6, titles=3)
GERMAN = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")


def headed(abstract: Abstract, texts: list[str]) -> Grid:
    """Other headings in place of those of the months."""
    cells = grid(abstract)
    row = cells[heading_row(abstract) - 1]
    cells[heading_row(abstract) - 1] = [*row[: -len(abstract.months)], *texts]
    return cells


def at_month(abstract: Abstract, number: int) -> str:
    """Position of the heading of a month."""
    row = grid(abstract)[heading_row(abstract) - 1]
    return f"{letters(len(row) - len(abstract.months) + number)}{heading_row(abstract)}"


def stops(found: Report) -> str | None:
    """Where a report is stopped."""
    problem = stopped_by(found)
    assert problem is not None
    assert problem.title == "A column of numbers belongs to no month"
    return problem.position


FORMS = {
    **damage.MONTH_FORMS,
    "mm/yyyy": lambda month: f"{month:%m/%Y}",
    "mm.yyyy": lambda month: f"{month:%m.%Y}",
    "yyyymm": lambda month: f"{month:%Y%m}",
    "Mmmm-yyyy": lambda month: f"{month:%B-%Y}",
    "yyyy-mm-dd": lambda month: f"{month:%Y-%m-%d}",
    "US": lambda month: f"{month.month}/1/{month.year}",
    "EU": lambda month: f"1/{month.month}/{month.year}",
    "dd.mm.yyyy": lambda month: f"01.{month:%m.%Y}",
    "mangled by Excel": lambda month: f"{date(2024, month.month, month.year % 100):%Y-%m-%d}",
    "serial number": lambda month: str((month - date(1899, 12, 30)).days),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("abstract", [ABSTRACT, JR1], ids=["R5", "R4"])
def test_that_every_form_of_a_month_is_read(abstract: Abstract, form: Callable[[date], str]) -> None:
    found = report(tsv(damage.month_headings(abstract, form)))
    assert found.months == abstract.months
    assert stopped_by(found) is None
    assert usage_of(found).equals(expected_usage(abstract))


def test_that_mixed_forms_in_one_row_are_read() -> None:
    texts = ["Jan-2022", "2022-02", "3-2022", "22-Apr", "May-22", "Jun 2022"]
    assert report(tsv(headed(ABSTRACT, texts))).months == ABSTRACT.months


def test_that_the_period_settles_what_may_be_a_day() -> None:
    texts = ["22-Jan", "22-Feb", "22-Mar", "22-Apr", "22-May", "22-Jun"]
    assert report(tsv(headed(ABSTRACT, texts))).months == ABSTRACT.months


def test_that_months_come_from_their_headings_and_not_from_the_period() -> None:
    cells = grid(ABSTRACT)
    period = next(line for line in cells if line[:1] == ["Reporting_Period"])
    period[1] = "Begin_Date=2022-01-01; End_Date=2022-12-31"
    at = len(cells[heading_row(ABSTRACT) - 1]) - 4
    gap = [line[:at] + line[at + 1 :] if n >= heading_row(ABSTRACT) - 1 else line for n, line in enumerate(cells)]
    assert report(tsv(gap)).month_columns == ("2022-01", "2022-02", "2022-04", "2022-05", "2022-06")


@pytest.mark.parametrize("months", [GERMAN])
def test_that_foreign_months_are_read_as_repairs(months: tuple[str, ...]) -> None:
    texts = [f"{months[month.month - 1]}-{month.year}" for month in ABSTRACT.months]
    found = report(tsv(headed(ABSTRACT, texts)))
    assert found.months == ABSTRACT.months
    assert [one.position for one in found.repairs] == [at_month(ABSTRACT, n) for n in (2, 4)]
    assert {one.rule for one in found.repairs} == {"heading-language"}
    assert usage_of(found).equals(expected_usage(ABSTRACT))


@pytest.mark.parametrize("text", ["Jal-2022", "2022-13", "Jun-0203", "listopad-2022", "lip 2022", "??", ""])
@pytest.mark.parametrize("number", [2, 5])
def test_that_one_unreadable_month_with_numbers_stops_the_report(text: str, number: int) -> None:
    texts = [f"{month:%b-%Y}" for month in ABSTRACT.months]
    texts[number] = text
    found = report(tsv(headed(ABSTRACT, texts)))
    if number == 5 and not text:  # the last one: period and totals prove it
        assert [one.rule for one in found.repairs] == ["heading-missing"]
        assert usage_of(found).equals(expected_usage(ABSTRACT))
        assert rules(found) == []
    else:
        assert stops(found) == at_month(ABSTRACT, number)


def test_that_months_of_which_none_can_be_told_are_not_taken_for_totals() -> None:
    texts = ["lip 2022", "srp 2022", "lis 2022", "cer 2022", "lip 2023", "srp 2023"]
    found = report(tsv(headed(ABSTRACT, texts)))
    assert (found.months, found.totals_only) == ((), False)
    assert stops(found) == at_month(ABSTRACT, 0)


def test_that_unknown_headings_whose_columns_add_up_to_the_totals_are_not_taken_for_totals() -> None:
    found = report(tsv(headed(ABSTRACT, [f"Period {number}" for number in range(1, 7)])))
    assert (found.months, found.totals_only) == ((), False)
    assert stops(found) == at_month(ABSTRACT, 0)


@pytest.mark.parametrize("form", [tsv, xlsx])
def test_that_a_month_that_stands_twice_stops_the_report(form: Callable[[Grid], bytes]) -> None:
    texts = ["Jan-2022", "Feb-2022", "Mar-2022", "Mar-2022", "May-2022", "Jun-2022"]
    found = report(form(headed(ABSTRACT, texts)))
    assert noticed(found, "K-07") == [at_month(ABSTRACT, 3)]
    assert stops(found) == at_month(ABSTRACT, 3)


@pytest.mark.parametrize("text", ["2.5", "-3", "1.2E+3"])
def test_that_a_month_twice_with_nothing_but_a_damaged_number_stops_the_report(text: str) -> None:
    cells = headed(ABSTRACT, ["Jan-2022", "Feb-2022", "Mar-2022", "Mar-2022", "May-2022", "Jun-2022"])
    at = len(cells[heading_row(ABSTRACT) - 1]) - 3
    for line in cells[heading_row(ABSTRACT) :]:
        line[at] = ""
    cells[-1][at] = text
    assert stops(report(tsv(cells))) == at_month(ABSTRACT, 3)


def test_that_a_month_twice_without_numbers_is_only_told() -> None:
    cells = headed(ABSTRACT, ["Jan-2022", "Feb-2022", "Mar-2022", "Mar-2022", "May-2022", "Jun-2022"])
    at = len(cells[heading_row(ABSTRACT) - 1]) - 3
    for line in cells[heading_row(ABSTRACT) :]:
        line[at] = "0"
    found = report(tsv(cells))
    assert rules(found) == ["K-07"]
    assert stopped_by(found) is None


def test_that_columns_after_the_months_are_no_months() -> None:
    cells = grid(JR1)
    cells[7] = [*cells[7], "Note"]
    cells[8:] = [[*line, "99"] for line in cells[8:]]
    found = report(tsv(cells))
    assert found.months == JR1.months
    assert usage_of(found).equals(expected_usage(JR1))
    assert found.items[f"#{letters(len(cells[7]) - 1)}"].to_list() == ["99"] * len(JR1.rows)


def test_that_a_total_after_the_months_is_the_total() -> None:
    cells = grid(JR1)
    at = cells[7].index("Reporting Period Total")
    moved = [[*line[:at], *line[at + 1 :], line[at]] if n >= 7 else line for n, line in enumerate(cells)]
    moved[7][-1] = "YTD Total"
    found = report(tsv(moved))
    assert found.months == JR1.months
    assert found.items["Reporting_Period_Total"].to_list() == [str(row.total) for row in JR1.rows]
    assert usage_of(found).equals(expected_usage(JR1))
