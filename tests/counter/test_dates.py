"""Periods and dates are read in every form met, and doubt is left as doubt."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.counter.dates import (
    PLACEHOLDER_DATES,
    DateForm,
    Period,
    PeriodForm,
    read_date,
    read_period,
    whole_months,
)

HALF = (date(2017, 1, 1), date(2017, 6, 30))


@given(st.dates(), st.dates())
def test_that_the_exact_period_is_read_as_written(begin: date, end: date) -> None:
    assert read_period(f"Begin_Date={begin}; End_Date={end}") == Period(begin, end, PeriodForm.EXACT)
    assert read_period(f"{begin} to {end}") == Period(begin, end, PeriodForm.LEGACY)


def test_that_months_stand_for_their_first_and_last_day() -> None:
    assert read_period("2017-01 to 2017-06") == Period(*HALF, PeriodForm.LEGACY)
    assert read_period("Begin_Date=2017-01; End_Date=2017-06") == Period(*HALF, PeriodForm.REPAIRED)


@pytest.mark.parametrize(
    "text",
    [
        "End_Date=2017-06-30; Begin_Date=2017-01-01",
        "begin_date = 2017-01-01;end date: 2017-06-30",
        "Begin_Date=2017-01-01 End_Date=2017-06-30",
        "Begin_Date=1/1/2017; End_Date=6/30/2017",
        " 2017-01-01 to 2017-06-30",
        "2017-01-01 TO 2017-06-30",
        "1/1/2017 to 6/30/2017",
        "01.01.2017 - 30.06.2017",
        "Jan 1, 2017 - Jun 30, 2017",
        "Jan-2017 to Jun-2017",
        "2017-01-01T00:00:00Z to 2017-06-30T23:59:59Z",
        "2017-01-01 00:00:00 – 2017-06-30 00:00:00",
        "2017-01-01/2017-06-30",
        "20170101 to 20170630",
    ],
)
def test_that_an_unambiguous_period_is_repaired(text: str) -> None:
    assert read_period(text) == Period(*HALF, PeriodForm.REPAIRED)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("1/3/2022 to 6/30/2022", date(2022, 1, 3), date(2022, 6, 30)),
        ("1/2/2022 to 28/2/2022", date(2022, 2, 1), date(2022, 2, 28)),
    ],
)
def test_that_one_date_of_a_period_shows_the_order_of_the_other(text: str, begin: date, end: date) -> None:
    assert read_period(text) == Period(begin, end, PeriodForm.REPAIRED)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("", None, None),
        ("all", None, None),
        ("1/1/2022 to 6/1/2022", date(2022, 1, 1), None),
        ("Begin_Date=2022-01-01", date(2022, 1, 1), None),
        ("Begin_Date=2022-01-01; End_Date=2022-02-30", date(2022, 1, 1), None),
        ("Begin_Date=2022-01-01; Begin_Date=2022-02-01; End_Date=2022-03-31", None, date(2022, 3, 31)),
    ],
)
def test_that_a_doubtful_or_missing_date_is_not_filled_in(text: str, begin: date | None, end: date | None) -> None:
    assert read_period(text) == Period(begin, end, PeriodForm.UNREADABLE)


def test_that_a_period_is_widened_on_request_only() -> None:
    period = read_period("2013-01-31 to 2013-10-05")
    assert period == Period(date(2013, 1, 31), date(2013, 10, 5), PeriodForm.LEGACY)
    assert whole_months(period) == Period(date(2013, 1, 1), date(2013, 10, 31), PeriodForm.LEGACY)
    assert whole_months(Period(None, None, PeriodForm.UNREADABLE)) == Period(None, None, PeriodForm.UNREADABLE)


@given(st.text())
def test_that_any_text_gets_an_answer(text: str) -> None:
    period = read_period(text)
    assert (period.begin is None or period.end is None) == (period.form is PeriodForm.UNREADABLE)
    day, form = read_date(text)
    assert (day is not None) == (form in (DateForm.EXACT, DateForm.DAY, DateForm.REPAIRED))


@given(st.datetimes())
def test_that_the_exact_form_of_created_gives_its_day(moment: object) -> None:
    text = f"{moment:%H:%M:%S}"
    day = date.fromisoformat(str(moment)[:10])
    assert read_date(f"{day}T{text}Z") == (day, DateForm.EXACT)
    assert read_date(f"{day}T{text}-05:00") == (day, DateForm.EXACT)
    assert read_date(str(day)) == (day, DateForm.DAY)


@pytest.mark.parametrize(
    "text",
    [
        "2012-02-21T10:00:00.000Z", "2012-02-21t10:00:00z", "2012-02-21 10:00:00", "2012-02-21T10:00:00",
        "2012-02-21T10:00Z", " 2012-02-21", "02/21/2012", "2/21/2012 10:00:00 AM", "21/2/2012", "21.2.2012",
        "February 21, 2012", "Feb 21 2012", "21-Feb-2012", "21 February 2012", "2012/2/21", "2012-2-21", "20120221",
        "Tue, 21 Feb 2012 10:00:00 GMT", "2012-02-21Z", "2012-02-21-05:00", "2012-02-21+01:00",
    ],
)  # fmt: skip
def test_that_an_unambiguous_date_is_repaired(text: str) -> None:
    assert read_date(text) == (date(2012, 2, 21), DateForm.REPAIRED)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", DateForm.BLANK),
        (" \u00a0", DateForm.BLANK),
        ("2012", DateForm.PARTIAL),
        ("2012-02", DateForm.PARTIAL),
        ("February 2012", DateForm.PARTIAL),
        ("2/3/2012", DateForm.AMBIGUOUS),
        ("1/2/12", DateForm.AMBIGUOUS),
        ("21-Feb-12", DateForm.AMBIGUOUS),
        ("2020-00-00T00:00:00Z", DateForm.IMPOSSIBLE),
        ("2019-02-29", DateForm.IMPOSSIBLE),
        ("2019-02-29T00:00:00Z", DateForm.IMPOSSIBLE),
        ("2020-01-01T25:00:00Z", DateForm.IMPOSSIBLE),
        ("2012-13", DateForm.IMPOSSIBLE),
        ("0000", DateForm.IMPOSSIBLE),
        ("21. Februar 2012", DateForm.UNREADABLE),
        ("42736", DateForm.UNREADABLE),
        ("unknown", DateForm.UNREADABLE),
    ],
)
def test_that_what_is_no_certain_day_is_no_date(text: str, form: DateForm) -> None:
    assert read_date(text) == (None, form)


def test_that_equal_day_and_month_leave_no_doubt() -> None:
    assert read_date("3/3/2012") == (date(2012, 3, 3), DateForm.REPAIRED)


@pytest.mark.parametrize("day", PLACEHOLDER_DATES)
def test_that_placeholders_are_read_as_they_stand(day: date) -> None:
    assert read_date(str(day)) == (day, DateForm.DAY)
