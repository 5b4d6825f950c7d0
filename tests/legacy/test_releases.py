"""Release 4, 5 or 5.1: by type, by words, by dates, by the order of time; else open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.legacy import Evidence, Open, decide

R5, R51 = Release.R5, Release.R51


def decided(letters: str, wished: Release | None = None) -> Sequence[Release | Open]:
    """What becomes of months from 2023-01 on: `5` and `1` have words of 5 and 5.1, `b` of both, `-` of neither."""
    months = [date(2023, number, 1) for number in range(1, len(letters) + 1)]
    seen = [Evidence(month, one in "5b", one in "1b") for month, one in zip(months, letters, strict=True)]
    found = decide("TR", seen, wished)
    return [found[month] for month in months]


@pytest.mark.parametrize(
    ("letters", "wanted"),
    [
        ("5-51-", [R5, R5, R5, R51, R51]),
        ("-5--", [R5, R5, Open.UNDECIDED, Open.UNDECIDED]),
        ("--1", [Open.UNDECIDED, Open.UNDECIDED, R51]),
        ("5--1", [R5, Open.UNDECIDED, Open.UNDECIDED, R51]),
        ("1-5", [R51, Open.UNDECIDED, R5]),
        ("b-", [Open.MIXED, Open.UNDECIDED]),
    ],
)
def test_that_a_month_without_words_follows_from_those_before_and_behind(letters: str, wanted: list[object]) -> None:
    assert decided(letters) == wanted


def test_that_what_the_user_says_holds_for_open_months_only() -> None:
    assert decided("5--1b", R51) == [R5, R51, R51, R51, Open.MIXED]


def test_that_usage_before_2021_is_of_release_5_and_codes_of_release_4_are_of_release_4() -> None:
    plain = [Evidence(date(2020, 12, 1), False, False)]
    assert list(decide("PR", plain).values()) == [R5]
    assert list(decide("PR1", plain).values()) == [Release.R4]
    said = [Evidence(date(2010, 1, 1), False, False, "3"), Evidence(date(2010, 2, 1), False, False, "3", True)]
    assert list(decide("JR1", said).values()) == [Release.R3, Open.MIXED]
    assert list(decide("PR", [Evidence(date(2020, 12, 1), False, True)]).values()) == [R51]


def test_that_rows_that_name_their_release_are_believed_unless_they_disagree() -> None:
    day = date(2024, 1, 1)
    assert decide("TR", [Evidence(day, False, False, "5.1")])[day] is R51
    assert decide("TR", [Evidence(day, False, False, "5.1", True)])[day] is Open.MIXED
