"""Month headings are read when they can mean one month only, and never guessed at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.counter.months import MonthForm, MonthHeading, is_month_like, label, read_months

NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONTHS_2022 = [date(2022, month, 1) for month in range(1, 13)]
YEAR_2022 = (date(2022, 1, 1), date(2022, 12, 31))
YEAR_2023 = (date(2023, 1, 1), date(2023, 12, 31))


def months(headings: list[str], begin: date | None = None, end: date | None = None) -> list[date | None]:
    found = read_months(headings, begin, end)
    assert all(heading is not None for heading in found)
    return [heading.month for heading in found if heading is not None]


def one(heading: str, begin: date | None = None, end: date | None = None) -> MonthHeading | None:
    return read_months([heading], begin, end)[0]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_that_every_label_is_read_as_its_month(day: date) -> None:
    assert one(label(day)) == MonthHeading(day.replace(day=1), MonthForm.EXACT)
    assert is_month_like(label(day))


@pytest.mark.parametrize(
    "heading",
    [
        "JAN-2023", "Jan 2023", "January-2023", " Jan-2023", "Jan-2023 ", "2023-01", "2023-1", "01/2023", "1-2023",
        "01.2023", "Jan-23", "1/1/2023", "202301", "Jan.2023", "Jan. 2023", "20230101", "2023/01/01", "1/31/2023",
        "31.1.2023", "Jan '23", "2023-Jan", "01-Jan-2023", "January 1, 2023", "Jan\u00a02023", "Jan–2023",
        "1/1/2023 0:00", "1-Jan-23", "01-Jan-23", "1 Jan '23", "'Jan-2023", "’Jan-2023",
    ],
)  # fmt: skip
def test_that_an_unambiguous_form_is_known(heading: str) -> None:
    assert one(heading) == MonthHeading(date(2023, 1, 1), MonthForm.KNOWN)


def test_that_sept_is_september() -> None:
    assert one("Sept-2018") == MonthHeading(date(2018, 9, 1), MonthForm.KNOWN)


@pytest.mark.parametrize("heading", ["2023-01-01", "2023-01-01 00:00:00", "2023-01-01T00:00:00"])
def test_that_a_date_cell_is_its_month(heading: str) -> None:
    assert one(heading) == MonthHeading(date(2023, 1, 1), MonthForm.DATE)


def test_that_the_last_day_of_a_month_is_that_month() -> None:
    assert months(["2022-01-31", "2022-02-28", "2022-03-31"]) == MONTHS_2022[:3]


def test_that_years_and_months_turned_by_excel_are_settled_by_the_period() -> None:
    headings = [f"22-{name}" for name in NAMES]
    assert months(headings, *YEAR_2022) == MONTHS_2022
    assert {heading.form for heading in read_months(headings, *YEAR_2022) if heading} == {MonthForm.SETTLED}


def test_that_turned_years_are_read_across_a_year_end() -> None:
    found = months(["22-Dec", "23-Jan"], date(2022, 12, 1), date(2023, 1, 31))
    assert found == [date(2022, 12, 1), date(2023, 1, 1)]


@pytest.mark.parametrize("period", [(None, None), YEAR_2023])
def test_that_turned_years_without_a_period_that_bears_them_out_are_ambiguous(
    period: tuple[date | None, date | None],
) -> None:
    found = read_months([f"22-{name}" for name in NAMES], *period)
    assert set(found) == {MonthHeading(None, MonthForm.AMBIGUOUS)}


def test_that_first_days_take_their_year_from_the_period() -> None:
    assert months([f"1-{name}" for name in NAMES], *YEAR_2022) == MONTHS_2022


def test_that_last_days_take_their_year_from_the_period() -> None:
    assert months(["31-Jan", "28-Feb", "31-Mar"], *YEAR_2022) == MONTHS_2022[:3]


def test_that_a_mangled_month_is_settled_by_its_neighbours() -> None:
    run = ["Jan-2013", "11-Feb", "Mar-2013"]
    assert months(run, date(2013, 1, 1), date(2013, 3, 31)) == [date(2013, month, 1) for month in (1, 2, 3)]
    assert months(["Jan-2013", "11-Feb", "Mar-13"])[1] == date(2013, 2, 1)


def test_that_a_mangled_month_in_a_run_with_a_gap_is_ambiguous() -> None:
    found = read_months(["Jan-2013", "11-Feb", "Apr-2013"], date(2013, 1, 1), date(2013, 12, 31))
    assert found[1] == MonthHeading(None, MonthForm.AMBIGUOUS)


def test_that_a_mangled_month_outside_the_period_is_ambiguous() -> None:
    found = read_months(["Jan-2013", "11-Feb", "Mar-2013"], date(2011, 1, 1), date(2011, 12, 31))
    assert found[1] == MonthHeading(None, MonthForm.AMBIGUOUS)


def test_that_a_single_turned_month_without_a_period_is_ambiguous() -> None:
    assert one("11-Feb") == MonthHeading(None, MonthForm.AMBIGUOUS)


def test_that_date_cells_of_mangled_years_are_settled_by_the_period_only() -> None:
    headings = ["2023-01-22", "2023-02-22"]
    assert months(headings, *YEAR_2022) == MONTHS_2022[:2]
    assert months(headings, *YEAR_2023) == [date(2023, 1, 1), date(2023, 2, 1)]
    assert months(headings) == [None, None]
    assert months(headings, date(2022, 1, 1), date(2023, 12, 31)) == [None, None]


@pytest.mark.parametrize("pattern", ["1/{}/2022", "{}/1/2022", "01.{:02}.2022"])
def test_that_the_order_of_day_and_month_follows_from_the_run(pattern: str) -> None:
    assert months([pattern.format(number) for number in range(1, 13)]) == MONTHS_2022


def test_that_one_numeric_date_is_settled_by_the_period_only() -> None:
    assert one("1/2/2022") == MonthHeading(None, MonthForm.AMBIGUOUS)
    assert one("1/2/2022", *YEAR_2022) == MonthHeading(None, MonthForm.AMBIGUOUS)
    february = one("1/2/2022", date(2022, 2, 1), date(2022, 2, 28))
    assert february == MonthHeading(date(2022, 2, 1), MonthForm.SETTLED)


def test_that_numeric_dates_which_run_both_ways_are_ambiguous() -> None:
    assert months(["1/2/2022", "2/1/2022"]) == [None, None]


def test_that_two_equal_months_are_not_a_run() -> None:
    assert months(["1/2/2022", "1/2/2022"]) == [None, None]


def test_that_serial_numbers_are_months_only_within_the_period() -> None:
    assert one("42736", date(2017, 1, 1), date(2017, 12, 31)) == MonthHeading(date(2017, 1, 1), MonthForm.KNOWN)
    assert one("42736", *YEAR_2022) is None
    assert one("42736") is None


@pytest.mark.parametrize(
    ("heading", "month"),
    [
        ("Mrz-2020", 3), ("Dez 2020", 12), ("août-2020", 8), ("janv. 2020", 1), ("ene-20", 1), ("říj-2020", 10),
        ("Gennaio 2020", 1), ("fev/20", 2), ("mei-2020", 5), ("des 2020", 12), ("sierpień 2020", 8),
    ],
)  # fmt: skip
def test_that_a_foreign_month_that_means_one_month_only_is_read_and_named_as_such(heading: str, month: int) -> None:
    assert one(heading) == MonthHeading(date(2020, month, 1), MonthForm.FOREIGN)


@pytest.mark.parametrize("heading", ["listopad 2020", "lip-20", "srp 2020", "cer-2020", "20-Mai"])
def test_that_a_foreign_month_that_means_two_months_is_ambiguous(heading: str) -> None:
    assert one(heading) == MonthHeading(None, MonthForm.AMBIGUOUS)


def test_that_a_foreign_month_is_settled_as_an_english_one() -> None:
    assert months(["20-Mai", "20-Juin"], date(2020, 5, 1), date(2020, 6, 30)) == [date(2020, 5, 1), date(2020, 6, 1)]


def test_that_a_letter_gone_wrong_is_settled_by_neighbours_and_period_together_only() -> None:
    run, period = ["Jal-2020", "Feb-2020", "Mar-2020"], (date(2020, 1, 1), date(2020, 3, 31))
    assert read_months(run, *period)[0] == MonthHeading(date(2020, 1, 1), MonthForm.SETTLED)
    assert months(run)[0] is None
    assert one("Jal-2020", date(2020, 1, 1), date(2020, 1, 31)) is None
    assert months(["Jun-2020", "Jal-2020"], date(2020, 6, 1), date(2020, 7, 31))[1] == date(2020, 7, 1)
    assert months(["Nov-2020", "Jal-2020"], date(2020, 11, 1), date(2020, 12, 31))[1] is None


def test_that_a_spoiled_month_among_months_is_not_passed_over() -> None:
    found = read_months(["Jun-2020", "Jal-2020", "2020-13"], None, None)
    assert found[1:] == (MonthHeading(None, MonthForm.AMBIGUOUS),) * 2


@pytest.mark.parametrize(
    "heading", ["Title", "May", "Mar", "Mrz", "2019", "1234", "12345678", "", " ", "YOP 2011", "YTD Total"]
)
def test_that_other_headings_are_no_months(heading: str) -> None:
    assert one(heading, *YEAR_2022) is None
    assert read_months(["Jan-2022", heading], *YEAR_2022)[1] is None


def test_that_a_month_without_doubt_stands_outside_the_period() -> None:
    assert one("Jan-2020", *YEAR_2022) == MonthHeading(date(2020, 1, 1), MonthForm.EXACT)


def test_that_a_descending_run_is_read() -> None:
    assert months([f"22-{name}" for name in reversed(NAMES)], *YEAR_2022) == MONTHS_2022[::-1]


@pytest.mark.parametrize(
    "text",
    [
        "", "May", "Mar", "March", "2023", "42736", "202301", "20230101", "12345678", "1234-5678", "0028-0836",
        "978-0-12-345678-9", "10.1000/xyz", "1,234", "12.5", "Title", "Total_Item_Requests", "Section 12", "A" * 500,
        "YOP 2011", "Jal-2020", "0001", "9999", "1/2",
    ],
)  # fmt: skip
def test_that_ordinary_cells_are_not_month_like(text: str) -> None:
    assert not is_month_like(text)


@pytest.mark.parametrize("text", ["Jan-2023", "22-Jan", "2023-01", "1/2/2023", "Mrz-2020", "Jan-23", "01.2023"])
def test_that_forms_of_months_are_month_like(text: str) -> None:
    assert is_month_like(text)


@given(st.lists(st.text(max_size=12)), st.none() | st.dates(), st.none() | st.dates())
def test_that_any_headings_are_answered_one_by_one(headings: list[str], begin: date | None, end: date | None) -> None:
    assert len(read_months(headings, begin, end)) == len(headings)


def test_that_a_year_that_may_be_a_day_of_another_year_in_the_period_is_left_open() -> None:
    assert months(["11-Jan"], date(2011, 1, 1), date(2012, 1, 31)) == [None]
    assert months(["11-Jan"], date(2011, 1, 1), date(2011, 12, 31)) == [date(2011, 1, 1)]
    assert months(["11-Jan", "11-Feb", "11-Mar"], date(2010, 7, 1), date(2011, 12, 31))[0] == date(2011, 1, 1)


WRITERS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day.year - 2000:02}-{NAMES[day.month - 1]}",
    lambda day: f"2030-{day.month:02}-{day.year - 2000:02}",
    lambda day: f"{day.year}-{day.month:02}-17",
    lambda day: f"{day.month}/1/{day.year}",
    lambda day: f"01/{day.month:02}/{day.year}",
    lambda day: f"{day.month}/1/{day.year - 2000:02}",
    lambda day: f"01.{day.month:02}.{day.year - 2000:02}",
    lambda day: f"1-{NAMES[day.month - 1]}",
    lambda day: f"11-{NAMES[day.month - 1]}",
    lambda day: f"{day.year}{day.month:02}",
    lambda day: str((day - date(1899, 12, 30)).days),
)


@given(
    st.integers(2003, 2028),
    st.integers(0, 11),
    st.integers(1, 24),
    st.sampled_from(WRITERS),
    st.integers(0, 400),
    st.integers(0, 400),
)
def test_that_a_run_within_its_period_is_read_right_or_not_at_all(
    year: int, start: int, count: int, writer: Callable[[date], str], earlier: int, later: int
) -> None:
    run = [date(year + (start + step) // 12, (start + step) % 12 + 1, 1) for step in range(count)]
    begin, end = run[0] - timedelta(days=earlier), run[-1] + timedelta(days=later)
    found = months([writer(day) for day in run], begin, end)
    assert all(got in (None, day) for got, day in zip(found, run, strict=True))
