"""The reading of a count: shared by validation and conversion, so every case is law."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.counts import count, count_or_zero, is_blank, is_damaged, is_repaired


def _read(text: str | None) -> tuple[int | None, int | None, bool, bool, bool]:
    frame = pl.DataFrame({"c": [text]}, schema={"c": pl.String})
    return frame.select(
        count("c"),
        count_or_zero("c").alias("z"),
        is_blank("c").alias("b"),
        is_damaged("c").alias("d"),
        is_repaired("c").alias("r"),
    ).row(0)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9223372036854775807", 2**63 - 1)])
def test_that_plain_digits_are_a_count_without_a_finding(text: str, number: int) -> None:
    assert _read(text) == (number, number, False, False, False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", 1234),
        ("1,234,567", 1234567),
        ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1234567),
        ("1\u202f234", 1234),
        ("1\u2009234", 1234),
        ("1'234", 1234),
        ("12.0", 12),
        ("12.00", 12),
        ("1,234.00", 1234),
        ("+5", 5),
        ("'5", 5),
        ("=5", 5),
        ('="5"', 5),
        (" 5", 5),
        ("5 ", 5),
        ("\u00a05\u200b", 5),
        ("-0", 0),
    ],
)
def test_that_an_unmistakable_number_is_read_and_named_repaired(text: str, number: int) -> None:
    assert _read(text) == (number, number, False, False, True)


@pytest.mark.parametrize("text", [None, "", " ", "\u00a0", "\t\u200b"])
def test_that_a_blank_cell_is_no_count_and_no_damage(text: str | None) -> None:
    assert _read(text) == (None, 0, True, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "-3",
        "-",
        "N/A",
        "n/a",
        "abc",
        "49.7",
        "1.234",
        "1,23",
        "1,2345",
        "12,34,567",
        "1.234.567",
        "1e5",
        "1E5",
        "0x1F",
        "1_000",
        "9223372036854775808",
        "5-",
        "--5",
        "5 6",
        "1, 234",
        "#REF!",
        "TRUE",
        "=1+1",
        "\u0661",
        "NaN",
        "inf",
        "12.",
        ".0",
        "1 2345",
        "1,234 567",
        "<5",
        "5*",
    ],
)
def test_that_what_could_mean_another_number_is_damaged(text: str) -> None:
    assert _read(text) == (None, None, False, True, False)


@given(st.integers(min_value=0, max_value=2**63 - 1))
def test_that_a_number_and_the_same_number_with_thousands_are_the_same_count(number: int) -> None:
    assert _read(str(number))[0] == _read(f"{number:,}")[0] == number


@given(st.text(max_size=12))
def test_that_a_cell_is_exactly_one_of_blank_read_or_damaged(text: str) -> None:
    read, _, blank, damaged, _ = _read(text)
    assert [read is not None, blank, damaged].count(True) == 1
