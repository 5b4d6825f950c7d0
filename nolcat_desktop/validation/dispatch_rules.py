"""Release and report of a file that does not say which report it is (validation.md section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import FileKind, Report
from nolcat_desktop.validation.faults import Fault, Found

RELEASE_MISSING = Fault(
    "R-01", Level.CRITICAL, "The file does not say of which Release it is.", "Write 5 or 5.1 beside Release."
)
RELEASE_UNKNOWN = Fault("R-01", Level.CRITICAL, "Release '{value}' is not supported.", "Releases 3, 4, 5 and 5.1 are.")
ID_EMPTY = Fault("R-04", Level.CRITICAL, "Report_ID is blank.", "Write the report's code, such as TR_J1.")
ID_NOT_KNOWN = Fault("R-04", Level.CRITICAL, "Report_ID '{value}' is not a COUNTER report.", ID_EMPTY.hint)
ID_UNKNOWN = Fault(
    "R-06",
    Level.FATAL,
    "Which report this is cannot be found out (Report_ID '{value}').",
    "Ask the provider; nothing was checked.",
)
CUSTOM = Fault(
    "R-07", Level.FATAL, "'{value}' is a report of the provider's own.", "Only COUNTER's reports are supported."
)
_CUSTOM: Final = re.compile(r"[A-Za-z0-9]+:.*")
_RELEASES: Final = re.compile(r"5(?:\.0+)?|5\.10*")
"""What stands for 5 or 5.1 when it is taken for a number, as spreadsheets do."""


def undefined_findings(report: Report, *, official: bool = False) -> Iterator[Found]:
    """Why nothing else can be checked, for a report without definition."""
    texts, positions = report.header.texts, report.header.positions
    release, report_id = texts.get("Release"), texts.get("Report_ID", "")
    if report.release is None or (official and report.release is Release.R4 and release):
        fault = RELEASE_UNKNOWN if release else RELEASE_MISSING
        yield fault.at(positions.get("Release"), "Release", release)
    elif _CUSTOM.fullmatch(report_id):
        yield from custom_findings(report)
    else:
        if official and "Report_ID" in texts:
            yield (ID_NOT_KNOWN if report_id else ID_EMPTY).at(positions.get("Report_ID"), "Report_ID", report_id)
        yield ID_UNKNOWN.at(None, "Report_ID", report_id)


def custom_findings(report: Report) -> Iterator[Found]:
    """That the report is the provider's own."""
    yield CUSTOM.at(None, "Report_ID", report.header.texts.get("Report_ID"))


def refused_release(report: Report) -> Iterator[Found]:
    """Official: a Release that is not written 5 or 5.1, after which nothing else is looked at."""
    text, at = report.header.texts.get("Release"), report.header.positions.get("Release")
    if text is None or (not text and report.origin.kind is FileKind.JSON):
        return
    if not _RELEASES.fullmatch(text):
        yield (RELEASE_UNKNOWN if text else RELEASE_MISSING).at(at, "Release", text)
