"""One heading that leaves the run of months: `Jan-2013, Feb-2011, Mar-2013`, or a date to which a program added a year.

Where the reporting period and the months beside it leave one month of that name, it is that month; else it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from nolcat_desktop.counter.months import MonthForm, MonthHeading

_DATED = re.compile(r"\s*(?:19|20)[0-9]{2}-(?P<month>[0-9]{2})-[0-9]{2}(?:[ T]00:00:00(?:\.0+)?)?\s*")
_FEWEST = 3
"""Months in order that make a run."""

Found = tuple[MonthHeading | None, ...]


def in_their_run(texts: Sequence[str], found: Found, begin: date | None, end: date | None) -> Found:
    """Settle headings that stand in a run of consecutive months and are no part of it.

    Args:
        texts: The headings.
        found: What each was read as by itself.
        begin: First day of the reporting period, if known.
        end: Last day of it.

    Returns:
        The same. A heading whose month has the number that its place in the run wants, but another year (or a year
        that cannot be told), is the month of the run if the period has that one and not the other; it is in doubt if
        it stands between two months of the run. A run is more than half of all months, at least 3.
    """
    places = [place for place, one in enumerate(found) if one is not None]
    step_and_start = _run(found, places)
    if step_and_start is None:
        return found
    step, start = step_and_start
    settled = list(found)
    taken = {one.month for one in found if one is not None}
    for rank, place in enumerate(places):
        one, wanted = found[place], _month(start + step * rank)
        if one is None or one.month == wanted or wanted in taken or _number(texts[place], one) != wanted.month:
            continue
        if _is_within(wanted, begin, end) and not (one.month and _is_within(one.month, begin, end)):
            settled[place] = MonthHeading(wanted, MonthForm.SETTLED)
        elif 0 < rank < len(places) - 1:
            settled[place] = MonthHeading(None, MonthForm.AMBIGUOUS)
    return tuple(settled)


def _run(found: Found, places: Sequence[int]) -> tuple[int, int] | None:
    """Step (1 or -1) and number of the first month of the run to which most headings belong."""
    for step in (1, -1):
        starts = [
            one.month.year * 12 + one.month.month - 1 - step * rank
            for rank, place in enumerate(places)
            if (one := found[place]) is not None and one.month is not None
        ]
        for start in set(starts):
            if starts.count(start) >= _FEWEST and starts.count(start) * 2 > len(places):
                return step, start
    return None


def _number(text: str, one: MonthHeading) -> int | None:
    """The number of the month, from 1, whatever its year."""
    if one.month is not None:
        return one.month.month
    dated = _DATED.fullmatch(text)
    return int(dated["month"]) if dated else None


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _is_within(month: date, begin: date | None, end: date | None) -> bool:
    return begin is not None and end is not None and begin.replace(day=1) <= month <= end
