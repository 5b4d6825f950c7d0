"""Numbers of a workbook as text: what the cell's number format shows, wherever the format changes which text it is.

A workbook stores 49 as `49`, `49.0` or `4.9E1`, dates as days since an epoch, and a year of publication or an ISSN
as a number whose format puts the zeros back (ECMA-376 part 1, sections 18.8.30 and 18.8.31). Nothing is rounded:
apart from dates and zeros in front, the digits are those of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

_PLAIN = re.compile(r"-?[0-9]+\Z")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?\Z")
_LONGEST = 400
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[[<>=]")
_PADDED_LITERALS = re.compile(r"[0 /\-]+\Z")
_LAST_DAY = 2_958_465
_DAY = 86_400
_NO_DAY = 60
"""29 February 1900, which never was."""


class Shows(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    ZEROS = "zeros"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What is needed of a number format to write a number as text."""

    shows: Shows = Shows.NUMBER
    pattern: str = ""
    """Of `ZEROS`: zeros and literal characters, `0000-0000`."""


GENERAL = NumberFormat()
DATE = NumberFormat(Shows.DATE)


def number_format(number: int, code: str | None) -> NumberFormat:
    """What the number format shows.

    Args:
        number: Its id; those below 164 are built in (ECMA-376 part 1, section 18.8.30).
        code: Its format code when the workbook holds one for the id, which then counts.
    """
    if code is None:
        return DATE if number in _BUILT_IN_DATES else GENERAL
    if code.strip().lower() in ("", "general", "standard", "@"):
        return GENERAL
    section = _first_section(code)
    bare = _LITERAL.sub("", _ELAPSED.sub("h", section))
    if re.search("[ymdhs]", bare, re.IGNORECASE) and not re.search("[#?@]|general", bare, re.IGNORECASE):
        return DATE
    pattern = _LITERAL.sub(lambda found: found[1] or found[2] or "", section)
    literals = "".join(first or second for first, second in _LITERAL.findall(section))
    only_zeros = _PADDED_LITERALS.match(pattern) and _PADDED_LITERALS.match(bare) and "0" not in literals
    if bare.count("0") > 1 and only_zeros and not _CONDITION.search(code):
        return NumberFormat(Shows.ZEROS, pattern)
    return GENERAL


def _first_section(code: str) -> str:
    """The part of a format code before the first `;` that is no literal: the one for positive numbers."""
    place = 0
    while place < len(code) and code[place] != ";":
        literal = _LITERAL.match(code, place)
        place = literal.end() if literal else place + 1
    return code[:place]


def number_text(raw: str, shown: NumberFormat, from_1904: bool = False) -> str:
    """Write the number `raw` of a workbook as text.

    Args:
        raw: The number as the file holds it: `49`, `49.0`, `4.9E1`, `45292.5`.
        shown: Its number format.
        from_1904: Whether day 0 of the workbook is 1904-01-01 (`date1904`), not the last day of 1899.

    Returns:
        A whole number without a decimal point and with all its digits, any other number with exactly the digits of
        the file and without an exponent; a date `yyyy-mm-dd`, with ` hh:mm:ss` if it holds a time, or `hh:mm:ss` alone
        if it holds only a time. What is not a number at all is returned as it is.
    """
    text = raw.strip(" \t\r\n")
    if not _NUMBER.match(text):
        return raw
    if shown.shows is Shows.DATE:
        dated = _date_text(Decimal(text), from_1904)
        return _exact(text) if dated is None else dated
    exact = _exact(text)
    if shown.shows is Shows.ZEROS and exact.isdigit():
        return _padded(exact, shown.pattern)
    return exact


def _exact(text: str) -> str:
    """The number, written without an exponent and without zeros that say nothing."""
    value = Decimal(text)
    if not value:
        return "0"
    if not -_LONGEST < value.adjusted() < _LONGEST:
        return text
    if _PLAIN.match(text) and text.lstrip("-")[0] != "0":
        return text
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _padded(digits: str, pattern: str) -> str:
    """The digits put into the zeros of `pattern` from the right; those left over stand before its first zero."""
    left = list(digits.rjust(pattern.count("0"), "0"))
    written = [left.pop() if sign == "0" else sign for sign in reversed(pattern)]
    first = len(pattern) - pattern.index("0")
    return "".join(reversed(written[first:])) + "".join(left) + "".join(reversed(written[:first]))


def _date_text(value: Decimal, from_1904: bool) -> str | None:
    """The date that a day number means; None if it means none."""
    if not 0 <= value <= _LAST_DAY + 1:
        return None
    days, seconds = divmod(int((value * _DAY).to_integral_value()), _DAY)
    if days > _LAST_DAY - (1462 if from_1904 else 0):
        return None
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if days == 0 and not from_1904:
        return clock
    day = _day_text(days, from_1904)
    return f"{day} {clock}" if seconds else day


def _day_text(days: int, from_1904: bool) -> str:
    """The day; counted from 1900, one of them is a 29th of February that never was."""
    if from_1904:
        return (date(1904, 1, 1) + timedelta(days)).isoformat()
    if days == _NO_DAY:
        return "1900-02-29"
    return (date(1899, 12, 31 if days < _NO_DAY else 30) + timedelta(days)).isoformat()
