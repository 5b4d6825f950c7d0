"""What only reading can see, worded: each irregularity that a report brings along becomes a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports4 import TOTAL_ROWS
from nolcat_desktop.repairs import Repair
from nolcat_desktop.report import Irregularity, Report
from nolcat_desktop.validation.faults import Found
from nolcat_desktop.validation.json_reading_table import JSON
from nolcat_desktop.validation.reading_table import AS_RELEASE_4, FILES, RELEASE_4, WORKBOOKS, Reading
from nolcat_desktop.validation.release4_xml import XML

COVERED: Final = frozenset({"J-count-float", "J-count-null", "J-count-unreadable"})
"""Told by the rules over counts, which see every cell."""

_LEFT_OUT: Final = ("T-left-out", "total-row")
_BLANK_ROWS: Final = "F-12"
"""Release 3 puts a blank row between databases: nothing to be told."""

READING_RULES: Final[Mapping[str, Reading]] = {
    row.fault.rule: row for row in (*FILES, *WORKBOOKS, *JSON, *RELEASE_4, *XML)
}
"""The rules of reading by id."""


def reading_findings(report: Report, *, official: bool) -> Iterator[Found]:
    """What reading came upon, worded; a rule that is not in the tables is a notice, never an error of the program."""
    release4 = report.release is not None and report.release.is_before_5
    blank_rows = report.release is Release.R3 and "Metric_Type" in report.items.columns
    expected = len(TOTAL_ROWS.get(report.report_id or "", ())) if release4 else 0
    for told in report.irregularities:
        if told.rule in COVERED or (blank_rows and told.rule == _BLANK_ROWS):
            continue
        if (told.rule, told.detail) == _LEFT_OUT and expected:
            expected -= 1  # the total rows that Release 4 asks for are nothing to be told
            continue
        rule = AS_RELEASE_4.get(told.rule, told.rule) if release4 else told.rule
        yield from _worded(rule, told, official=official and not release4)
    if not official:
        yield from (_repair(one) for one in report.repairs)


def _repair(one: Repair) -> Found:
    """A repair as a finding: before, after, and why."""
    after = f"'{one.after}'" if one.before else f"the heading '{one.after}'"
    message = f"'{one.before}' is read as {after}: {one.proof}."
    element = one.element if one.row is not None else None
    hint = "The original stays as it is; the repair can be declined."
    return Found(f"D-{one.rule}", int(Level.NOTICE), one.position, element, one.before, message, hint)


def _worded(rule: str, told: Irregularity, *, official: bool) -> Iterator[Found]:
    row = READING_RULES.get(rule)
    if row is not None:
        if row.official if official else row.usual:
            yield row.fault.at(told.position, told.element, told.value, told.detail or "")
        return
    said = ". ".join(text for text in (told.value, told.detail) if text)
    message = f"Noticed while reading: {said or rule}."
    yield Found(rule, int(Level.NOTICE), told.position, told.element, told.value, message, "")
