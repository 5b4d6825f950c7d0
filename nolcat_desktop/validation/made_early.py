"""Months of a report that had not ended when it was made: their counts may be too low, or 0."""

from __future__ import annotations

from nolcat_desktop.counter.month_names import LABELS
from nolcat_desktop.report import Header


def unfinished_months(header: Header) -> str:
    """Name the months of the reporting period that had not ended on the day that the report was made.

    Args:
        header: With a day on which it was made (`created`) and the end of the period.

    Returns:
        `Dec 2024`, or `Oct 2024 to Dec 2024`.
    """
    if header.created is None or header.end is None:
        return ""
    first, last = max(header.created, header.begin or header.created), header.end
    names = [f"{LABELS[day.month - 1]} {day.year}" for day in (first, last)]
    return " to ".join(dict.fromkeys(names)) if (first.year, first.month) < (last.year, last.month) else names[-1]
