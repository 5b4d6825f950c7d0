"""What a person types over a column."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.analysis.conditions import (
    Between,
    Contains,
    InMonth,
    Kind,
    UnreadableError,
    condition,
    plain,
    plain_text,
)
from nolcat_desktop.counter.month_names import ENGLISH


def read(kind: Kind, typed: str) -> object:
    found = condition("column", kind, typed, ENGLISH)
    return None if found is None else found.test


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("100", 100, None),
        ("= 100", 100, 100),
        ("> 1,000", 1001, None),
        (">=7", 7, None),
        ("< 5", None, 4),
        ("≤ 5", None, 5),
        ("10–50", 10, 50),
        ("50 - 10", 10, 50),
        ("1 000", 1000, None),
        ("1.000.000", 1_000_000, None),
        ("> ١٬٢٣٤٬٥٦٧", 1_234_568, None),
        ("12,34,567", 1_234_567, None),
    ],
)
def test_that_a_count_is_read_from_upwards_or_as_a_range(typed: str, low: int | None, high: int | None) -> None:
    assert read(Kind.COUNT, typed) == Between(low, high)


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("2019", 2019, 2019),
        ("2015–2019", 2015, 2019),
        ("> 2019", 2020, None),
        ("unknown", 1, 1),
        ("in press", 9999, 9999),
    ],
)
def test_that_a_year_means_only_that_year_and_the_two_words_are_years(
    typed: str, low: int | None, high: int | None
) -> None:
    assert read(Kind.YEAR, typed) == Between(low, high)


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("Mar 2023", date(2023, 3, 1), date(2023, 3, 31)),
        ("march 2023", date(2023, 3, 1), date(2023, 3, 31)),
        ("2023-03", date(2023, 3, 1), date(2023, 3, 31)),
        ("3/2023", date(2023, 3, 1), date(2023, 3, 31)),
        ("Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022–2023", date(2022, 1, 1), date(2023, 12, 31)),
        ("Mar – Jun 2023", date(2023, 3, 1), date(2023, 6, 30)),
        ("Nov 2022 - Feb 2023", date(2022, 11, 1), date(2023, 2, 28)),
        ("> Mar 2023", date(2023, 4, 1), None),
        ("<= 2023", None, date(2023, 12, 31)),
        ("< Mar 2023", None, date(2023, 2, 28)),
        ("2023-03-05", date(2023, 3, 5), date(2023, 3, 5)),
    ],
)
def test_that_a_month_is_read_as_people_write_it(typed: str, low: date | None, high: date | None) -> None:
    assert read(Kind.MONTH, typed) == Between(low, high)


def test_that_a_month_without_a_year_is_that_month_of_every_year() -> None:
    assert read(Kind.MONTH, "Sept.") == InMonth(9)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.COUNT, "many"),
        (Kind.COUNT, "1,5"),
        (Kind.COUNT, "1.234,567"),
        (Kind.COUNT, "1,00,00"),
        (Kind.COUNT, "-3"),
        (Kind.COUNT, "9" * 30),
        (Kind.YEAR, "soon"),
        (Kind.MONTH, "2023-13"),
        (Kind.MONTH, "Marz 20"),
        (Kind.MONTH, "0000"),
        (Kind.DAY, "2023-02-30"),
    ],
)
def test_that_what_cannot_be_read_is_refused_and_never_guessed(kind: Kind, typed: str) -> None:
    with pytest.raises(UnreadableError):
        read(kind, typed)


@given(st.sampled_from(list(Kind)), st.text(max_size=20))
def test_that_anything_typed_is_a_condition_nothing_or_refused(kind: Kind, typed: str) -> None:
    try:
        condition("column", kind, typed, ENGLISH)
    except UnreadableError:
        return


def test_that_blank_is_no_condition() -> None:
    assert read(Kind.TEXT, "  ") is None
    assert read(Kind.COUNT, "") is None


def test_that_case_and_accents_do_not_count() -> None:
    assert read(Kind.TEXT, "ÉMILE") == Contains("emile")
    assert read(Kind.TEXT, "= ÉMILE") == Contains("emile", whole=True)
    assert read(Kind.TEXT, "=") == Contains("=")
    names = pl.DataFrame({"text": ["emile", "emile zola"]})
    assert names.filter(Contains("emile", whole=True).fits(pl.col("text")))["text"].to_list() == ["emile"]
    assert plain("Straße") == "strasse"


@given(st.text(max_size=30))
def test_that_what_is_typed_and_what_is_stored_are_made_plain_alike(text: str) -> None:
    column = pl.DataFrame({"text": [text]}, {"text": pl.String}).select(plain_text(pl.col("text"))).item()
    assert column == plain(text)
