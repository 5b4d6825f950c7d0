"""What a person types over a column (`zeit`, `> 100`, `10–50`, `Mar 2023`), read as a condition on its values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

import polars as pl

_DASH = r"\s*(?:–|—|-|\.\.\.?|…|\bto\b)\s*"
_SIGNS = {">": (1, False), ">=": (0, False), "≥": (0, False), "<": (-1, True), "<=": (0, True), "≤": (0, True)}
"""Sign → what is added to the number, and whether it is the upper end."""
_SIGN = re.compile(r"^(>=|<=|>|<|≥|≤|=)\s*(.+)$")
_GROUPED = re.compile(r"^(?:\d{1,3}([.,'’٬\s])\d{3}(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3})$")
"""Thousands with one separator throughout (`1.234,567` may be a fraction), or as in India."""
_MOST_DIGITS = 18
_YEAR_DIGITS = 4
_MONTHS_IN_YEAR = 12
UNKNOWN_YOP, IN_PRESS_YOP = 1, 9999
"""Years of publication that are words (Codes of Practice 5 and 5.1, section 3.3.7, YOP)."""


class UnreadableError(ValueError):
    """What was typed is no condition on such a column."""


class Kind(Enum):
    """How the values of a column are compared."""

    TEXT = auto()
    COUNT = auto()
    YEAR = auto()
    NUMBER = auto()
    """A number that names something."""
    MONTH = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class Contains:
    """The text holds this one, or is this one; case and accents do not count."""

    text: str
    """As `plain` gives it; never blank."""
    whole: bool = False
    """Whether it is all of the text."""

    def fits(self, plainly: pl.Expr) -> pl.Expr:
        """Whether texts, as `plain_text` gives them, meet it."""
        return plainly == self.text if self.whole else plainly.str.contains(self.text, literal=True)


@dataclass(frozen=True, slots=True)
class Between:
    """The number or day lies between two, both included; None leaves an end open."""

    low: int | date | None
    high: int | date | None


@dataclass(frozen=True, slots=True)
class InMonth:
    """The day lies in this month of any year."""

    month: int


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on one column."""

    column: str
    test: Contains | Between | InMonth


def plain(text: str) -> str:
    """Give `text` without accents and in lower case, by the very rules of `plain_text`."""
    return str(pl.select(plain_text(pl.lit(text))).item())


def plain_text(column: pl.Expr) -> pl.Expr:
    """Give a text column without accents and in lower case."""
    lower = column.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    return lower.str.replace_all("ß", "ss", literal=True).str.to_lowercase()


def condition(column: str, kind: Kind, typed: str, month_names: Mapping[str, int]) -> Condition | None:
    """Read what was typed over `column`.

    Args:
        column: Name of the column.
        kind: How its values are compared.
        typed: Text: any part of the value, or `= ` and all of it.
            A count: `100` (from 100), `= 100`, `> 100`, `<= 5`, `10–50`. A year: the
            same, but `2019` is only that year; `unknown` and `in press`. A month or day: `2023`, `Mar 2023`, `2023-03`,
            `Mar`, `> Mar 2023`, `Mar – Jun 2023`, `2022–2023`.
        month_names: `plain` names and short names of months in any language, with their numbers from 1 to 12.

    Returns:
        The condition, or None when nothing was typed.

    Raises:
        UnreadableError: If it cannot be read as what the column holds.
    """
    text = typed.strip()
    if not text or (kind is Kind.TEXT and not plain(text)):
        return None
    try:
        return Condition(column, _test(kind, text, month_names))
    except ValueError as error:
        raise UnreadableError(typed) from error


def _test(kind: Kind, text: str, month_names: Mapping[str, int]) -> Contains | Between | InMonth:
    match kind:
        case Kind.TEXT:
            whole = plain(text[1:].strip()) if text.startswith("=") else ""
            return Contains(whole, whole=True) if whole else Contains(plain(text))
        case Kind.COUNT:
            return _numbers(text, from_bare=True)
        case Kind.YEAR:
            return _years(text)
        case Kind.NUMBER:
            return _numbers(text, from_bare=False)
        case Kind.MONTH | Kind.DAY:
            return _days(text, month_names)


def _number(text: str) -> int:
    text = text.strip()
    digits = re.sub(r"\D", "", text) if _GROUPED.match(text) else text
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        raise ValueError(text)
    return int(digits)


def _numbers(text: str, from_bare: bool) -> Between:
    if sign := _SIGN.match(text):
        number = _number(sign[2])
        if sign[1] == "=":
            return Between(number, number)
        more, upper = _SIGNS[sign[1]]
        return Between(None, number + more) if upper else Between(number + more, None)
    ends = re.split(_DASH, text)
    if len(ends) == 2:  # noqa: PLR2004 - the two ends of a range
        return Between(*sorted((_number(ends[0]), _number(ends[1]))))
    number = _number(text)
    return Between(number, None if from_bare else number)


def _years(text: str) -> Between:
    key = plain(text)
    for words, year in (("unknown", UNKNOWN_YOP), ("in press", IN_PRESS_YOP)):
        if words.startswith(key) and not key.isdecimal():
            return Between(year, year)
    return _numbers(text, from_bare=False)


def _days(text: str, names: Mapping[str, int]) -> Between | InMonth:
    key = plain(text).replace(".", " ").strip()
    if key in names:
        return InMonth(names[key])
    if sign := _SIGN.match(text):
        return _ends(sign[1], *_span(sign[2], names))
    try:
        return Between(*_span(text, names))
    except ValueError:
        return _range(text, names)


def _ends(sign: str, low: date, high: date) -> Between:
    """Everything beside, up to or from a span of days."""
    if sign == "=":
        return Between(low, high)
    more, upper = _SIGNS[sign]
    if upper:
        return Between(None, date.fromordinal(low.toordinal() - 1) if more else high)
    return Between(date.fromordinal(high.toordinal() + 1) if more else low, None)


def _range(text: str, names: Mapping[str, int]) -> Between:
    """Two months with a dash between; the first may leave its year to the second."""
    for found in re.finditer(_DASH, text):
        first, second = text[: found.start()], text[found.end() :]
        try:
            end_low, high = _span(second, names)
            number = names.get(plain(first).replace(".", " ").strip())
            low = date(end_low.year, number, 1) if number else _span(first, names)[0]
        except ValueError:
            continue
        if low <= high:
            return Between(low, high)
    raise ValueError(text)


def _span(text: str, names: Mapping[str, int]) -> tuple[date, date]:
    """First and last day of a year, month or day."""
    text = plain(text).strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        day = date.fromisoformat(text)
        return day, day
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), date(int(text), _MONTHS_IN_YEAR, 31)
    parts = [part for part in re.split(r"[\s./\-]+", text) if part]
    year = next((int(part) for part in parts if part.isdecimal() and len(part) == _YEAR_DIGITS), None)
    rest = " ".join(part for part in parts if not (part.isdecimal() and len(part) == _YEAR_DIGITS))
    month = names.get(rest) or (int(rest) if rest.isdecimal() and len(rest) < _YEAR_DIGITS else 0)
    if year is None or not 1 <= month <= _MONTHS_IN_YEAR:
        raise ValueError(text)
    first = date(year, month, 1)
    return first, date.fromordinal(_after_month(first).toordinal() - 1)


def _after_month(first: date) -> date:
    return date(first.year + first.month // _MONTHS_IN_YEAR, first.month % _MONTHS_IN_YEAR + 1, 1)
