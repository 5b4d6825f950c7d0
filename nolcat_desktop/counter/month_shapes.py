"""What one month heading may mean by itself: a month, several readings, or nothing.

Months are counted as integers here: twelve times the year plus the month from 0 to 11.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from nolcat_desktop.counter.month_names import ENGLISH, FOREIGN, LABELS, UNCLEAR, plain
from nolcat_desktop.counter.text import squash

FIRST_YEAR = 2003
"""The year of the first COUNTER reports: a two-digit year before it is no year."""
_LEAP_YEAR = 2004
_SERIAL_DAY_0 = date(1899, 12, 30)


class Kind(Enum):
    """How a heading is written, as far as that matters for its reading."""

    EXACT = auto()
    DATE = auto()
    """A date as a workbook's date cell gives it."""
    OTHER = auto()
    NUMBER = auto()
    """A bare number that may count days since 1900, as workbooks do: a month only within the reporting period."""
    FOREIGN = auto()
    """A name of another language; without a month and readings if it means different months in different languages."""
    BROKEN = auto()
    """Like a month, but none: `Jan-0203`, `2023-13`."""
    MAYBE = auto()
    """A short unknown word and a year, `Jal-2020`: broken among months, otherwise an ordinary heading. Its readings are
    the months that share two letters with it."""


class Way(Enum):
    """A way of reading headings that have more than one; it holds for all headings of a run alike."""

    YEAR = auto()
    """The number beside a month's name is a year of two digits: `22-Jan`, January 2022."""
    DAY = auto()
    """The number beside a month's name is a day, and the year is not told."""
    MONTH_FIRST = auto()
    DAY_FIRST = auto()
    YEAR_FIRST = auto()
    AS_DATED = auto()
    """A date of a day other than the first lies in the month it names."""
    MANGLED = auto()
    """Its day is the year of two digits that was typed: Excel takes `Jan-22` for the 22nd of this year's January."""
    MISTYPED = auto()
    """A month's name with a wrong letter, `Jal-2020`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One possible meaning of a heading."""

    way: Way
    month: int | None
    """None if only the name of the month is known."""
    month_of_year: int
    """0 to 11."""

    def admits(self, month: int) -> bool:
        """Tell whether the heading may stand for this month when read so."""
        return month == self.month if self.month is not None else month % 12 == self.month_of_year


@dataclass(frozen=True, slots=True)
class Shape:
    """What one heading says by itself."""

    kind: Kind
    month: int | None = None
    """The month, if there is no doubt."""
    readings: tuple[Reading, ...] = ()
    """At least one if there is doubt; () otherwise."""


_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_TIME = r"(?:[t ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]m)?(?: ?z)?)?"
_NAME = r"(?P<name>[^\W\d_]{3,})"
_GAP = r"[-./, ]*"
_PATTERNS = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){_TIME}", "cell"),
        (rf"{_YEAR}[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}}){_TIME}", "dated"),
        (rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})", "dated"),
        (rf"{_YEAR}[-/.](?P<month>[0-9]{{1,2}})", "plain"),
        (rf"(?P<month>[0-9]{{1,2}})[-/.]{_YEAR}", "plain"),
        (rf"{_YEAR}(?P<month>0[1-9]|1[0-2])", "plain"),
        (rf"{_NAME}{_GAP}{_YEAR}", "named"),
        (rf"{_YEAR}{_GAP}{_NAME}", "named"),
        (rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_GAP}{_NAME}{_GAP}{_YEAR}{_TIME}", "named"),
        (rf"{_NAME}{_GAP}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[-./, ]+{_YEAR}{_TIME}", "named"),
        (rf"{_NAME}[-./, ]*'?(?P<short>[0-9]{{2}})", "named_short"),
        (rf"(?P<short>[0-9]{{1,2}})[-./ ]*{_NAME}", "short_named"),
        (rf"(?P<a>[0-9]{{1,2}})[-/. ]{_NAME}[-/. ]'?(?P<c>[0-9]{{2}})", "named_both"),
        (rf"(?P<a>[0-9]{{1,2}})[-/.](?P<b>[0-9]{{1,2}})[-/.]{_YEAR}{_TIME}", "slashed"),
        (rf"(?P<a>[0-9]{{1,2}})[-/.](?P<b>[0-9]{{1,2}})[-/.](?P<c>[0-9]{{2}}){_TIME}", "slashed_short"),
        (r"(?P<serial>[0-9]{5})(?:\.0+)?", "serial"),
        (rf"{_NAME}[-./ ]+(?:{_YEAR}|[0-9]{{4}}|'?[0-9]{{2}})", "maybe"),
    )
)
_EXACT = re.compile(rf"(?P<name>{'|'.join(LABELS)})-{_YEAR}")
_WORDS_WITH_YEARS = frozenset({"yop", "ytd", "sum", "tot", "all", "avg"})


def read_shape(text: str) -> Shape | None:
    """Read one heading by itself.

    Args:
        text: the heading as delivered.

    Returns:
        None if it is nothing like a month.
    """
    exact = _EXACT.fullmatch(text)
    if exact:
        return Shape(Kind.EXACT, int(exact["year"]) * 12 + LABELS.index(exact["name"]))
    tidy = squash(text).lower().translate(str.maketrans("‐‑‒–—_’‘", "------''")).strip("'")
    if not any(sign.isdigit() for sign in tidy):
        return None
    for pattern, reader in _PATTERNS:
        match = pattern.fullmatch(tidy)
        if match:
            shape = _READERS[reader](match)
            if shape is not None:
                return shape
    return None


def _dated(match: re.Match[str]) -> Shape | None:
    return _shape_of_day(Kind.OTHER, int(match["year"]), int(match["month"]), int(match["day"]))


def _cell(match: re.Match[str]) -> Shape | None:
    return _shape_of_day(Kind.DATE, int(match["year"]), int(match["month"]), int(match["day"]))


def _shape_of_day(kind: Kind, year: int, month: int, day: int) -> Shape:
    if not _is_day(year, month, day):
        return Shape(Kind.BROKEN)
    as_dated = _reading(Way.AS_DATED, year, month)
    if day == 1 or not FIRST_YEAR <= 2000 + day <= year:
        return Shape(kind, as_dated.month)
    return _doubtful(kind, (as_dated, _reading(Way.MANGLED, 2000 + day, month)))


def _plain(match: re.Match[str]) -> Shape | None:
    year, month = int(match["year"]), int(match["month"])
    if not _is_day(year, month, 1):
        return Shape(Kind.BROKEN)
    return Shape(Kind.OTHER, _reading(Way.AS_DATED, year, month).month)


def _named(match: re.Match[str]) -> Shape | None:
    number, kind = _month_named(match["name"])
    if number is None:
        return kind and Shape(kind)
    day = match.groupdict().get("day")
    if day is not None and not _is_day(int(match["year"]), number, int(day)):
        return Shape(Kind.BROKEN)
    return Shape(kind or Kind.OTHER, int(match["year"]) * 12 + number - 1)


def _month_named(name: str) -> tuple[int | None, Kind | None]:
    """The number of a month; FOREIGN beside it for other languages, also without a number; nothing for other words."""
    key = plain(name)
    if key in ENGLISH:
        return ENGLISH[key], None
    if key in FOREIGN:
        return FOREIGN[key], Kind.FOREIGN
    return None, Kind.FOREIGN if key in UNCLEAR else None


def _named_short(match: re.Match[str]) -> Shape | None:
    number, kind = _month_named(match["name"])
    if number is None:
        return kind and Shape(kind)
    year = 2000 + int(match["short"])
    return Shape(kind or Kind.OTHER, year * 12 + number - 1) if year >= FIRST_YEAR else Shape(Kind.BROKEN)


def _short_named(match: re.Match[str]) -> Shape | None:
    number, kind = _month_named(match["name"])
    if number is None:
        return kind and Shape(kind)
    digits = match["short"]
    readings = []
    if len(digits) == len("yy") and 2000 + int(digits) >= FIRST_YEAR:
        readings.append(_reading(Way.YEAR, 2000 + int(digits), number))
    if _is_day(_LEAP_YEAR, number, int(digits)):
        readings.append(Reading(Way.DAY, None, number - 1))
    return Shape(kind or Kind.OTHER, None, tuple(readings)) if readings else Shape(Kind.BROKEN)


def _slashed(match: re.Match[str]) -> Shape | None:
    year, a, b = match["year"], match["a"], match["b"]
    return _ordered(((Way.MONTH_FIRST, year, a, b), (Way.DAY_FIRST, year, b, a)))


def _slashed_short(match: re.Match[str]) -> Shape | None:
    a, b, c = match["a"], match["b"], match["c"]
    orders = [(Way.MONTH_FIRST, f"20{c}", a, b), (Way.DAY_FIRST, f"20{c}", b, a)]
    if len(a) == len("yy"):
        orders.append((Way.YEAR_FIRST, f"20{a}", b, c))
    return _ordered(tuple(order for order in orders if int(order[1]) >= FIRST_YEAR))


def _named_both(match: re.Match[str]) -> Shape | None:
    """A day and a year of two digits around a name: `1-Jan-17`; only a first day, or a last one, heads a month."""
    number, kind = _month_named(match["name"])
    if number is None:
        return kind and Shape(kind)
    a, c = match["a"], match["c"]
    orders = [(f"20{c}", a)] + [(f"20{a}", c)] * (len(a) == len("yy"))
    sound = [
        (int(year), int(day))
        for year, day in orders
        if int(year) >= FIRST_YEAR and _is_day(int(year), number, int(day)) and _is_edge(int(year), number, int(day))
    ]
    if not sound:
        return Shape(Kind.BROKEN)
    ways = (Way.DAY_FIRST, Way.YEAR_FIRST)
    return _doubtful(kind or Kind.OTHER, tuple(_reading(ways[n], year, number) for n, (year, _) in enumerate(sound)))


def _is_edge(year: int, month: int, day: int) -> bool:
    return day == 1 or not _is_day(year, month, day + 1)


def _ordered(orders: tuple[tuple[Way, str, str, str], ...]) -> Shape:
    readings = tuple(
        _reading(way, int(year), int(month))
        for way, year, month, day in orders
        if _is_day(int(year), int(month), int(day))
    )
    return _doubtful(Kind.OTHER, readings) if readings else Shape(Kind.BROKEN)


def _serial(match: re.Match[str]) -> Shape | None:
    day = _SERIAL_DAY_0 + timedelta(days=int(match["serial"]))
    shape = _shape_of_day(Kind.NUMBER, day.year, day.month, day.day)
    readings = shape.readings or (_reading(Way.AS_DATED, day.year, day.month),)
    return Shape(Kind.NUMBER, None, readings)


def _maybe(match: re.Match[str]) -> Shape | None:
    name = plain(match["name"])
    if name in ENGLISH or name in FOREIGN or name in UNCLEAR:
        return Shape(Kind.BROKEN)
    if len(name) != len("jan") or name in _WORDS_WITH_YEARS:
        return None
    year = match["year"]
    alike = [number for number, label in enumerate(LABELS, 1) if year and _letters_shared(name, label.lower()) > 1]
    return Shape(Kind.MAYBE, None, tuple(_reading(Way.MISTYPED, int(year), number) for number in alike))


def _letters_shared(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


_READERS = {
    "cell": _cell,
    "dated": _dated,
    "plain": _plain,
    "named": _named,
    "named_short": _named_short,
    "short_named": _short_named,
    "named_both": _named_both,
    "slashed": _slashed,
    "slashed_short": _slashed_short,
    "serial": _serial,
    "maybe": _maybe,
}


def _doubtful(kind: Kind, readings: tuple[Reading, ...]) -> Shape:
    if len({reading.month for reading in readings}) == 1:
        return Shape(kind, readings[0].month)
    return Shape(kind, None, readings)


def _reading(way: Way, year: int, month: int) -> Reading:
    return Reading(way, year * 12 + month - 1, month - 1)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
