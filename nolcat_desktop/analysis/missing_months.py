"""A message to a publisher that asks for the reports of missing months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nolcat_desktop.analysis.coverage_gaps import Gap
from nolcat_desktop.counter.reports import DEFINITIONS

_NAMES = {definition.report_id: definition.name for definition in DEFINITIONS}
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def request_for_months(gaps: Sequence[Gap]) -> str:
    """Write a message that asks for the reports of `gaps`, all of one source.

    Returns:
        Plain text in English; its first line is the subject. '' when there is nothing to ask for.
    """
    if not gaps:
        return ""
    lines = [f"Subject: COUNTER reports of {gaps[0].source}: missing months", "", "Dear colleagues,", ""]
    lines += ["the following months are missing from the COUNTER reports that we have received:", ""]
    lines += [f"  {_report(gap)}: {_months(gap)}" for gap in gaps]
    lines += ["", "Could you please provide the reports for these months, with monthly details, or tell us if there is"]
    lines += ["no report for them? If there was no usage, a report that says so would help us, too.", ""]
    return "\n".join([*lines, "Kind regards", ""])


def _report(gap: Gap) -> str:
    name = _NAMES.get(gap.report_type, "")
    code = f"{name} ({gap.report_type})" if name else gap.report_type
    return f"{code}, Release {gap.release}" if gap.release else code


def _months(gap: Gap) -> str:
    if gap.months == 1:
        return _month(gap.first)
    return f"{_month(gap.first)} to {_month(gap.last)} ({gap.months} months)"


def _month(first: date) -> str:
    return f"{_MONTH_NAMES[first.month - 1]} {first.year}"
