"""Reporting periods and single dates as they are written in reports (Code of Practice 5.1, section 3.2; CoP 4).

Nothing is guessed at: where day and month could change places, the date is None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time
from enum import Enum, auto

from nolcat_desktop.counter.identifiers import CREATED
from nolcat_desktop.counter.month_names import ENGLISH
from nolcat_desktop.counter.text import loose, squash

PLACEHOLDER_DATES = (date(1000, 1, 1), date(1753, 1, 1), date(1900, 1, 1))
"""Dates that databases write for "not known"; `read_date` gives them as they stand."""


class DateForm(Enum):
    """How a date is written, and so how far it can be trusted."""

    EXACT = auto()
    """RFC 3339 with seconds and zone, as Created wants it: `2023-02-21T10:20:30Z`."""
    DAY = auto()
    """`yyyy-mm-dd`, as Publication_Date and R4's Date run want it."""
    REPAIRED = auto()
    """Another form that can mean one day only, or a faulty time beside a sound day."""
    PARTIAL = auto()
    """A year, or a year and a month; no date."""
    AMBIGUOUS = auto()
    """Day and month could change places, or the year has two digits; no date."""
    IMPOSSIBLE = auto()
    """The form of a date, but no such day or time exists: `2023-02-30`; no date."""
    UNREADABLE = auto()
    """Anything else; no date."""
    BLANK = auto()
    """Nothing but whitespace; no date."""


class PeriodForm(Enum):
    """How a reporting period is written."""

    EXACT = auto()
    """`Begin_Date=yyyy-mm-dd; End_Date=yyyy-mm-dd`."""
    LEGACY = auto()
    """`yyyy-mm-dd to yyyy-mm-dd` (exact in R4), or `yyyy-mm to yyyy-mm`."""
    REPAIRED = auto()
    """Another form that leaves no doubt about either date."""
    UNREADABLE = auto()
    """At least one date is missing, impossible or in doubt; that one is None."""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period as written; its end may precede its begin, and it need not be whole months."""

    begin: date | None
    end: date | None
    form: PeriodForm


_CREATED = re.compile(CREATED)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})([-/.])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})")
_DIGITS = re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
_YEAR_LAST = re.compile(r"(?P<a>[0-9]{1,2})([-/.])(?P<b>[0-9]{1,2})\2(?P<y>[0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/. ])(?:[0-9]{1,2}|[a-z]{3,9})\1[0-9]{2}")
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?,? )?"
_NAME_FIRST = re.compile(
    _WEEKDAY + r"(?P<name>[a-z]{3,9})[-. ]{1,2}(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[-., ]{1,2}(?P<y>[0-9]{4})"
)
_DAY_FIRST = re.compile(
    _WEEKDAY + r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[-./ ]{0,2}(?P<name>[a-z]{3,9})[-./, ]{0,2}(?P<y>[0-9]{4})"
)
_MONTH = re.compile(r"(?P<y>[0-9]{4})[-/.]?(?P<m>[0-9]{2})|(?P<y1>[0-9]{4})[-/.](?P<m1>[0-9])")
_MONTH_LAST = re.compile(r"(?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4})")
_MONTH_NAMED = re.compile(
    r"(?P<name>[a-z]{3,9})[-./, ]{0,2}(?P<y>[0-9]{4})|(?P<y1>[0-9]{4})[-./ ]?(?P<name1>[a-z]{3,9})"
)
_YEAR = re.compile(r"[0-9]{4}")
_ZONED = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:z|[+-][0-9]{2}:[0-9]{2})")
"""A date of XML Schema with its time zone, as many services write it: `2017-01-31Z`."""
_TIME = re.compile(
    r"(?P<day>.*?[0-9])(?:t| ?[t,]? )(?P<h>[0-9]{1,2}):(?P<min>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?(?: ?(?:z|utc|gmt|[a-z]{2,4}|[+-][0-9]{2}:?(?:[0-9]{2})?))?"
)


def read_date(text: str) -> tuple[date | None, DateForm]:
    """Read one date: Created, Date run or Publication_Date.

    Args:
        text: the cell, or the value in JSON.

    Returns:
        The day as written (a zone does not shift it), and the form. The day is given for EXACT, DAY and REPAIRED,
        and only for these.
    """
    tidy = squash(text).lower().strip("'\"").translate(str.maketrans("‐‑‒–—", "-----"))
    if not tidy:
        return None, DateForm.BLANK
    if _CREATED.fullmatch(text):
        return _checked(_date(int(text[:4]), int(text[5:7]), int(text[8:10])), DateForm.EXACT)
    if _DAY.fullmatch(text):
        return _checked(_date(int(text[:4]), int(text[5:7]), int(text[8:])), DateForm.DAY)
    timed = _TIME.fullmatch(tidy)
    if timed and not _is_time(timed):
        return None, DateForm.IMPOSSIBLE
    zoned = _ZONED.fullmatch(tidy)
    return _read_day(timed["day"].rstrip(" ,") if timed else zoned["day"] if zoned else tidy)


def read_period(text: str) -> Period:
    """Read a Reporting_Period (R5, R5.1) or "Period covered by Report" (R4).

    Args:
        text: the cell.

    Returns:
        The two dates as written, a month alone widened to its first or last day; not widened otherwise.
    """
    tidy = squash(text).strip("'\"")
    named = _read_named_period(tidy)
    pairs = named if named is not None else _split_period(tidy)
    if pairs is None:
        return Period(None, None, PeriodForm.UNREADABLE)
    begin, end = _read_bounds(*pairs)
    if begin is None or end is None:
        return Period(begin, end, PeriodForm.UNREADABLE)
    return Period(begin, end, _period_form(text))


def whole_months(period: Period) -> Period:
    """Widen a period to whole months: from the first day of its first month to the last day of its last one.

    Args:
        period: a period as read.

    Returns:
        The same form; None stays None.
    """
    begin = period.begin.replace(day=1) if period.begin else None
    return Period(begin, _last_day(period.end) if period.end else None, period.form)


_EXACT_PERIOD = re.compile(rf"Begin_Date={_DAY.pattern}; End_Date={_DAY.pattern}")
_LEGACY_PERIOD = re.compile(rf"{_DAY.pattern} to {_DAY.pattern}|[0-9]{{4}}-[0-9]{{2}} to [0-9]{{4}}-[0-9]{{2}}")
_BETWEEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r" ?\b(?:to|until|till|through|thru)\b ?",
        r" [-–—~] |[–—~]|;|\|",
        r"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2}) ?[-/,] ?(?=[0-9]{4}-[0-9]{2}-[0-9]{2})",
        r"(?<=[0-9][/.][0-9]{4})-(?=[0-9])",
        r"(?<=[0-9]{4}-[0-9]{2})/(?=[0-9]{4}-[0-9]{2})",
        r"(?<=[A-Za-z][-. ][0-9]{4})-(?=[A-Za-z])",
    )
)
_BOUND_START = re.compile(r"(?=\b(?:begin|end)[-_ ]*date\b)", re.IGNORECASE)
_BOUND = re.compile(r"([^=:]*?)\s*[=:]\s*(.*)")


def _period_form(text: str) -> PeriodForm:
    if _EXACT_PERIOD.fullmatch(text):
        return PeriodForm.EXACT
    return PeriodForm.LEGACY if _LEGACY_PERIOD.fullmatch(text) else PeriodForm.REPAIRED


def _read_named_period(tidy: str) -> tuple[str, str] | None:
    found: dict[str, set[str]] = {"begindate": set(), "enddate": set()}
    parts = [part.strip(" ;|,") for part in _BOUND_START.split(tidy) if part.strip(" ;|,")]
    for part in parts:
        match = _BOUND.fullmatch(part)
        if match is None or loose(match[1]) not in found:
            return None
        found[loose(match[1])].add(match[2])
    begin, end = (values.pop() if len(values) == 1 else "" for values in found.values())
    return (begin, end) if parts else None


def _split_period(tidy: str) -> tuple[str, str] | None:
    bare = re.sub(r"^from ", "", tidy, flags=re.IGNORECASE)
    for pattern in _BETWEEN:
        first, *others = pattern.split(bare)
        if len(others) == 1:
            return first, others[0]
    return None


def _read_bounds(first: str, last: str) -> tuple[date | None, date | None]:
    begin, end = _bound(first, is_end=False), _bound(last, is_end=True)
    if begin is not None and end is not None:
        return begin, end
    orders = [
        (one, two)
        for is_day_first in (False, True)
        if (one := _in_order(first, is_day_first)) and (two := _in_order(last, is_day_first)) and one <= two
    ]
    whole = [(one, two) for one, two in orders if one.day == 1 and two == _last_day(two)]
    for candidates in (orders, whole):
        if len(set(candidates)) == 1:
            return candidates[0]
    return begin, end


def _bound(text: str, *, is_end: bool) -> date | None:
    day, form = read_date(text)
    if form is not DateForm.PARTIAL:
        return day
    month = _read_month(squash(text).lower())
    return _last_day(month) if month and is_end else month


def _in_order(text: str, is_day_first: bool) -> date | None:
    match = _YEAR_LAST.fullmatch(re.sub(r" [0-9: apmAPM.]+$", "", text.strip()))
    if match is None:
        return None
    month, day = (match["b"], match["a"]) if is_day_first else (match["a"], match["b"])
    return _date(int(match["y"]), int(month), int(day))


def _read_day(tidy: str) -> tuple[date | None, DateForm]:
    whole = _read_whole_day(tidy)
    if whole is not None:
        return whole
    if _SHORT_YEAR.fullmatch(tidy):
        return None, DateForm.AMBIGUOUS
    if _YEAR.fullmatch(tidy):
        return None, DateForm.IMPOSSIBLE if _date(int(tidy), 1, 1) is None else DateForm.PARTIAL
    if _read_month(tidy):
        return None, DateForm.PARTIAL
    is_numeric = _MONTH.fullmatch(tidy) or _MONTH_LAST.fullmatch(tidy)
    return None, DateForm.IMPOSSIBLE if is_numeric else DateForm.UNREADABLE


def _read_whole_day(tidy: str) -> tuple[date | None, DateForm] | None:
    numeric = _YEAR_FIRST.fullmatch(tidy) or _DIGITS.fullmatch(tidy)
    if numeric:
        return _checked(_date(int(numeric["y"]), int(numeric["m"]), int(numeric["d"])), DateForm.REPAIRED)
    named = _NAME_FIRST.fullmatch(tidy) or _DAY_FIRST.fullmatch(tidy)
    if named and named["name"] in ENGLISH:
        return _checked(_date(int(named["y"]), ENGLISH[named["name"]], int(named["d"])), DateForm.REPAIRED)
    turned = _YEAR_LAST.fullmatch(tidy)
    if turned:
        return _read_turned(int(turned["y"]), int(turned["a"]), int(turned["b"]))
    return None


def _read_turned(year: int, first: int, second: int) -> tuple[date | None, DateForm]:
    days = {day for day in (_date(year, first, second), _date(year, second, first)) if day is not None}
    if len(days) > 1:
        return None, DateForm.AMBIGUOUS
    return _checked(days.pop() if days else None, DateForm.REPAIRED)


def _read_month(tidy: str) -> date | None:
    match = _MONTH.fullmatch(tidy) or _MONTH_LAST.fullmatch(tidy) or _MONTH_NAMED.fullmatch(tidy)
    if match is None:
        return None
    groups = match.groupdict()
    year = groups.get("y") or groups.get("y1") or "0"
    name = groups.get("name") or groups.get("name1")
    number = ENGLISH.get(name, 0) if name else int(groups.get("m") or groups.get("m1") or "0")
    return _date(int(year), number, 1)


def _is_time(match: re.Match[str]) -> bool:
    try:
        time(int(match["h"]), int(match["min"]), int(match["s"] or "0"))
    except ValueError:
        return False
    return True


def _checked(day: date | None, form: DateForm) -> tuple[date | None, DateForm]:
    return (day, form) if day is not None else (None, DateForm.IMPOSSIBLE)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_day(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
