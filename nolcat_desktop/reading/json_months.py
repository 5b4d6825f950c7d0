"""Which column a count belongs to: a month of the reporting period, the total, or a period that is neither."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

TOTALS = "#Totals"
"""Column of counts that are of the whole reporting period."""
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?")
"""A month or a day; the time that some services write behind it says nothing: the day stands as it is written."""
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})")
_PLAIN = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


class Found(NamedTuple):
    """The column of a count, and what is wrong with the period or month that leads to it."""

    place: int
    faults: tuple[tuple[str, str], ...]
    """Rule, and the name of the property at fault (`Begin_Date`, `End_Date`; R5.1: the month itself)."""


class Months:
    """The count columns of a report: the months of its period first, whatever else occurs after them."""

    def __init__(self, begin: date | None, end: date | None, totals: bool) -> None:
        """Begin with the months from `begin` to `end`; `totals`: counts are of the whole period."""
        self._begin, self._end, self._totals = begin, end, totals
        self.names: list[str] = []
        self._places: dict[str, int] = {}
        self.periods: dict[tuple[str, str], Found] = {}
        """Begin_Date and End_Date as delivered → column."""
        self.keys: dict[str, Found] = {}
        """Month of Release 5.1 as delivered → column."""
        self.sound_periods: dict[tuple[str, str], int] = {}
        """Those of `periods` with which nothing is wrong."""
        self.sound_keys: dict[str, int] = {}
        """Those of `keys` with which nothing is wrong: their column has their name, and no other key leads to it."""
        self.has_totals = totals
        """Whether counts are of the whole period: they are said to be, or their period is longer than a month."""
        if begin is not None and end is not None and not totals:
            first, last = begin.year * 12 + begin.month - 1, end.year * 12 + end.month - 1
            for number in range(first, min(last, first + 1200) + 1):
                self._place(f"{number // 12:04}-{number % 12 + 1:02}")

    def _place(self, name: str) -> int:
        if name not in self._places:
            self._places[name] = len(self.names)
            self.names.append(name)
        return self._places[name]

    def period(self, begin: str, end: str) -> Found:
        """The column of R5's Period; a period that is not one whole month has one of its own, `#begin/end`."""
        found = self.periods.get((begin, end))
        if found is None:
            found = self.periods[begin, end] = self._period(begin, end)
            if not found.faults:
                self.sound_periods[begin, end] = found.place
        return found

    def _period(self, begin: str, end: str) -> Found:
        first, last = _day(begin, last=False), _day(end, last=True)
        odd = {name: text for name, text in (("Begin_Date", begin), ("End_Date", end)) if _is_odd(text)}
        if first is None and last is None:
            first, last = _whole_month(begin, end)
            odd = {"Begin_Date": begin, "End_Date": end} if first is not None else odd
        faults = [("J-period-form", name) for name in odd]
        if first is None or last is None:
            unread = [(name, day) for name, day in (("Begin_Date", first), ("End_Date", last)) if day is None]
            return Found(
                self._place(f"#{begin}/{end}"), (*faults, *(("J-period-unreadable", name) for name, _ in unread))
            )
        if self._totals:
            faults += [("J-period", "Begin_Date")] * (self._begin is not None and first != self._begin)
            faults += [("J-period", "End_Date")] * (self._end is not None and last != self._end)
            whole = not any(rule == "J-period" for rule, _ in faults)
            return Found(self._place(TOTALS if whole else f"#{begin}/{end}"), tuple(faults))
        faults += [("J-period", "Begin_Date")] * (first.day != 1 or self._outside(first))
        faults += [("J-period", "End_Date")] * (last != _last_day(first) or self._outside(last))
        one_month = first.day == 1 and last == _last_day(first)
        self.has_totals |= last > _last_day(first)
        return Found(self._place(f"{first:%Y-%m}" if one_month else f"#{begin}/{end}"), tuple(faults))

    def month(self, key: str) -> Found:
        """The column of R5.1's month key; a key that is no month has a column of its own, `#key`."""
        found = self.keys.get(key)
        if found is None:
            found = self.keys[key] = self._month(key)
            if not found.faults:
                self.sound_keys[key] = found.place
        return found

    def _month(self, key: str) -> Found:
        first = _day(key, last=False)
        if first is None or first.day != 1:
            return Found(self._place(f"#{key}"), (("J-month-unreadable", key),))
        form = () if _MONTH.fullmatch(key) else (("J-month-form", key),)
        if self._totals:
            begins = self._begin is not None and (first.year, first.month) == (self._begin.year, self._begin.month)
            if begins:
                return Found(self._place(TOTALS), form)
            return Found(self._place(f"#{key}"), (*form, ("J-month-outside", key)))
        outside = (("J-month-outside", key),) if self._outside(first) else ()
        return Found(self._place(f"{first:%Y-%m}"), (*form, *outside))

    def _outside(self, day: date) -> bool:
        if self._begin is None or self._end is None:
            return False
        return not self._begin.replace(day=1) <= day <= _last_day(self._end)


def _day(text: str, *, last: bool) -> date | None:
    match = _DAY.fullmatch(text.strip()) or _SLASHED.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), match[3]
    try:
        if day is not None:
            return date(year, month, int(day))
        return _last_day(date(year, month, 1)) if last else date(year, month, 1)
    except ValueError:
        return None


def _whole_month(begin: str, end: str) -> tuple[date | None, date | None]:
    """First and last day of a month written `1/1/2020` and `1/31/2020`, or `01.01.2020`; only one order fits."""
    found = [_NUMBERS.fullmatch(text.strip()) for text in (begin, end)]
    for month, day in ((1, 3), (3, 1)):
        try:
            first, last = (date(int(one[4]), int(one[month]), int(one[day])) for one in found if one)
        except ValueError:
            continue
        if first.day == 1 and last == _last_day(first):
            return first, last
    return None, None


def _is_odd(text: str) -> bool:
    return _day(text, last=False) is not None and _PLAIN.fullmatch(text) is None


def _last_day(day: date) -> date:
    return day + timedelta(days=calendar.monthrange(day.year, day.month)[1] - day.day)
