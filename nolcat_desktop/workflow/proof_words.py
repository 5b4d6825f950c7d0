"""Days and times as certificates and explanations say them: `22 Nov 2026, 10:42`, whatever the computer's language."""

from __future__ import annotations

from datetime import date, datetime

from nolcat_desktop.counter.months import day_in_words, in_words
from nolcat_desktop.dataset import Load


def moment(when: datetime) -> str:
    """Day and time."""
    return f"{day_in_words(when)}, {when:%H:%M}"


def day(told: str | None) -> str:
    """A day that begins with yyyy-mm-dd, such as Created of a report's header; as it stands where it is no such day."""
    try:
        return day_in_words(date.fromisoformat((told or "")[:10]))
    except ValueError:
        return told or ""


def restated(load: Load) -> str:
    """What a later file changed of the numbers of `load`: old → new, with the day."""
    return "; ".join(
        f"{in_words(one.month)} {one.metric}: {one.before:,} → {one.after:,} (on {day(one.on)})"
        for one in load.restated
    )
