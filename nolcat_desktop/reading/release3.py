"""Reports of Release 3 and older: which of them are read, and why the others are not."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from nolcat_desktop.counter import reports
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import IDENTIFIERS, blank_elements, element
from nolcat_desktop.counter.months import is_month_like
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports3 import is_release3, why_not_stored
from nolcat_desktop.counter.text import loose
from nolcat_desktop.problem import Problem
from nolcat_desktop.report import Header, Origin

_OLD = "123"
_MARK = re.compile(r"\(?\s*\bR(?:elease)?\s*([1-9])(?![0-9])\s*\)?", re.IGNORECASE)
_NAMED = re.compile(r"(?<![A-Za-z0-9])R3(?![A-Za-z0-9])", re.IGNORECASE)
_NEW4 = ("DOI", "Proprietary_ID")
"""Columns that Release 4 brought."""
_WORDS3 = re.compile(r"^\s*(?:total searches run|total sessions|sessions\s*-)", re.IGNORECASE)
_WORDS4 = re.compile(r"^\s*(?:regular searches|result clicks?|record views?)\s*$", re.IGNORECASE)
_OTHER_RULES = "It counts by other rules than the releases 3, 4 and 5, and none of them stands for it"
OF_RELEASE_4 = "It counts activities that only Release 4 has, so that its name or its rows are of another report"
"""Why a report is not stored whose name says Release 3, and whose rows do not."""
_OTHER_COLUMNS = "Its columns are not those of the report that it names"


def old_mark(name: str) -> str | None:
    """`1`, `2` or `3` when the name of a report says that it follows such a release."""
    found = _MARK.search(name)
    return found[1] if found and found[1] in _OLD else None


def report_of(name: str, mark: str, headings: Sequence[str]) -> Definition | str:
    """The report of Release 3 that a header names.

    Args:
        name: As cell A1 has it.
        mark: The release that it names.
        headings: The column headings; none of them may belong to another report.

    Returns:
        Its definition; else why it is not stored, as the beginning of a sentence.
    """
    if not is_release3(name, mark):
        return _OTHER_RULES
    found = reports.named(f"{_MARK.sub('', name, count=1)} (R{mark})", Release.R3)
    if not found:
        return why_not_stored(name) or _OTHER_RULES
    return found[0] if _has_its_columns(found[0], headings) else _OTHER_COLUMNS


def _has_its_columns(definition: Definition, headings: Sequence[str]) -> bool:
    """Whether no heading names what the report does not have; identifiers may be added."""
    blanks = blank_elements(definition)
    named = {
        element(text, definition)[0] or element(text, None)[0]
        for text in headings
        if text.strip() and not is_month_like(text)
    }
    named |= {blanks[place] for place, text in enumerate(headings[: len(blanks)]) if not text.strip()}
    years = any(loose(text).startswith("yop") for text in headings)
    return not years and named <= {*definition.columns, *IDENTIFIERS, None, ""}


def without_mark(named: Definition, header: Header, headings: Sequence[str]) -> Definition | None:
    """The report of Release 3 that a header means which names no release: as only that release lays it out.

    Its totals are called YTD, it has neither a row for the period nor the columns that Release 4 brought.
    """
    has_ytd = any(loose(text).startswith("ytd") for text in headings)
    if not has_ytd or "Reporting_Period" in header.texts:
        return None
    found = reports.definition(Release.R3, named.report_id)
    new = {element(text, named)[0] for text in headings} & set(_NEW4)
    return found if found is not None and not new and _has_its_columns(found, headings) else None


def is_told3(origin: Origin) -> bool | None:
    """Whether the user, or the name of the sheet or file (`JR1_R3_2010.csv`), says Release 3; None: nobody says."""
    if origin.told.release is not None:
        return origin.told.release is Release.R3
    names = (origin.sheet or "", PurePath(origin.file.rsplit("!/", 1)[-1]).stem)
    return True if any(map(_NAMED.search, names)) else None


def has_words4(words: Sequence[str]) -> bool:
    """Whether one of the texts is an activity that only Release 4 has."""
    return any(map(_WORDS4.match, words))


def of_release3(candidates: Sequence[Definition], words: Sequence[str]) -> list[Definition]:
    """Those of `candidates` that are left when Releases 3 and 4 have the same columns.

    Args:
        candidates: Reports that a table without a header may be; those of Release 3 only where something says so.
        words: The texts of its rows: activities that one of the two alone has decide, else Release 3.
    """
    of3 = {one.report_id for one in candidates if one.release is Release.R3}
    is_4 = has_words4(words) and not any(map(_WORDS3.match, words))
    other = Release.R3 if is_4 else Release.R4
    return [one for one in candidates if one.report_id not in of3 or one.release is not other]


def not_stored(name: str, mark: str, reason: str, position: str | None) -> Problem:
    """That a report of an old release is not stored, and why."""
    return Problem(
        f"This report follows an old release of COUNTER (R{mark})",
        f"“{name}”: {reason[0].lower()}{reason[1:]}. Nothing was stored.",
        "Ask the provider for the same months as a Release 4 or Release 5 report.",
        position,
    )


def with_period(header: Header, release: Release | None, months: Sequence[date]) -> Header:
    """The header of a report of Release 3, which has no row for the period, with that of its months.

    Only if they follow one another: between months that do not, nobody knows whether one is missing.
    """
    if release is not Release.R3 or not months or header.begin is not None:
        return header
    first, last = min(months), max(months)
    if (last.year - first.year) * 12 + last.month - first.month + 1 != len(set(months)):
        return header
    return replace(header, begin=first, end=last.replace(day=monthrange(last.year, last.month)[1]))
