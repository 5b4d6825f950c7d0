"""Numbers of workbooks as text: the text is what the file holds or its cell shows, never something rounded."""

from __future__ import annotations

import pytest

from nolcat_desktop.reading.number_format import DATE, GENERAL, NumberFormat, Shows, number_format, number_text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("49", "49"),
        ("49.0", "49"),
        ("4.9E1", "49"),
        ("4.9e+1", "49"),
        ("0", "0"),
        ("0.0", "0"),
        ("-0", "0"),
        ("-12", "-12"),
        ("-12.50", "-12.5"),
        ("007", "7"),
        ("9780306406157", "9780306406157"),
        ("1.234E+15", "1234000000000000"),
        ("9.7803064061570004E12", "9780306406157.0004"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("1E-3", "0.001"),
        (".5", "0.5"),
        ("100", "100"),
        ("1.5e1000", "1.5e1000"),
        ("12a", "12a"),
        ("NaN", "NaN"),
        ("", ""),
    ],
)
def test_that_a_number_keeps_exactly_its_digits(raw: str, text: str) -> None:
    assert number_text(raw, GENERAL) == text


@pytest.mark.parametrize(
    ("code", "raw", "text"),
    [
        ("0000", "1", "0001"),
        ("0000", "2023", "2023"),
        ("0000", "12345", "12345"),
        ("00000000", "123456", "00123456"),
        ("0000-0000", "123456", "0012-3456"),
        (r"0000\-0000", "123456", "0012-3456"),
        ('0000"-"0000', "123456", "0012-3456"),
        ("0000-000", "28036", "0028-036"),
        ("000-0-00000-000-0", "9780306406157", "978-0-30640-615-7"),
        ("0000-0000;-0000-0000;;@", "123456", "0012-3456"),
        ("[Red]0000", "7", "0007"),
        ("0000", "1.5", "1.5"),
        ("0000", "-5", "-5"),
        ("0", "5", "5"),
        ("0.00", "5", "5"),
        ("#,##0", "1234", "1234"),
        ("0.00E+00", "1234", "1234"),
        ("[<100]0000;00", "7", "7"),
        ("@", "7", "7"),
        ('"No. "0', "7", "7"),
        ('"0"00', "7", "7"),
    ],
)
def test_that_only_a_format_of_zeros_changes_a_number(code: str, raw: str, text: str) -> None:
    assert number_text(raw, number_format(164, code)) == text


@pytest.mark.parametrize("number", [*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
def test_that_built_in_date_formats_are_known(number: int) -> None:
    assert number_format(number, None) == DATE


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 44, 48, 49])
def test_that_other_built_in_formats_are_numbers(number: int) -> None:
    assert number_format(number, None) == GENERAL


@pytest.mark.parametrize(
    "code", ["mmm-yy", "yyyy-mm-dd", "[$-409]mmm-yy;@", "d/m/yyyy h:mm", "[h]:mm", "mm:ss.0", "h AM/PM"]
)
def test_that_custom_date_formats_are_known(code: str) -> None:
    assert number_format(164, code).shows is Shows.DATE


@pytest.mark.parametrize(
    "code",
    [
        "General",
        '0 "days"',
        r"0\d",
        "[Red]0",
        r"_-* #,##0\ _D_M_-",
        "[$kr-41D] 0",
        "#,##0 [$EUR]",
        '0.0"y"',
        "Standard",
        "* 0",
    ],
)
def test_that_letters_in_quotes_brackets_and_escapes_make_no_date(code: str) -> None:
    assert number_format(164, code).shows is not Shows.DATE


@pytest.mark.parametrize(
    ("raw", "from_1904", "text"),
    [
        ("45292", False, "2024-01-01"),
        ("45292.0", False, "2024-01-01"),
        ("45292.5", False, "2024-01-01 12:00:00"),
        ("45292.999999", False, "2024-01-02"),
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("60", False, "1900-02-29"),
        ("61", False, "1900-03-01"),
        ("0.75", False, "18:00:00"),
        ("2958465", False, "9999-12-31"),
        ("2958466", False, "2958466"),
        ("-1", False, "-1"),
        ("0", True, "1904-01-01"),
        ("43830", True, "2024-01-01"),
        ("2957003", True, "9999-12-31"),
        ("2957004", True, "2957004"),
    ],
)
def test_that_a_day_number_becomes_its_date(raw: str, from_1904: bool, text: str) -> None:
    assert number_text(raw, DATE, from_1904) == text


def test_that_digits_beyond_the_zeros_stand_in_front() -> None:
    assert number_text("123456789", NumberFormat(Shows.ZEROS, "0000-0000")) == "12345-6789"
