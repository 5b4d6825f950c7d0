"""The reports of Release 3 (books: Release 1) that carry the columns of one of Release 4, less its new identifiers.

They are called, filled in and stored as the report of Release 4 that counts the same (Code of Practice R4, appendix on
what became of R3's reports), with a release of their own. All others count what Release 4 has no column for, and are
refused by name: `NOT_STORED`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from nolcat_desktop.counter import metrics3
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports4 import REPORTS4

_JOURNAL = ("Title", "Publisher", "Platform", "Print_ISSN", "Online_ISSN")
_BOOK = ("Title", "Publisher", "Platform", "ISBN", "Online_ISSN")
_TOTAL = ("Reporting_Period_Total",)
_FORMATS = (*_TOTAL, "Reporting_Period_HTML", "Reporting_Period_PDF")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "JR1": _JOURNAL + _FORMATS,
    "JR1a": _JOURNAL + _FORMATS,
    "BR1": _BOOK + _TOTAL,
    "BR2": _BOOK + _TOTAL,
    "DB1": ("Database", "Publisher", "Platform", "Metric_Type", *_TOTAL),
}
HEADINGS3: Mapping[str, str] = MappingProxyType(
    {
        "Title": "",
        "Database": "",
        "Metric_Type": "",
        "Reporting_Period_Total": "YTD Total",
        "Reporting_Period_HTML": "YTD HTML",
        "Reporting_Period_PDF": "YTD PDF",
    }
)
"""Element → heading, where Release 3 writes another than Release 4; names and activities have none there."""
ALSO3: Mapping[str, str] = MappingProxyType(
    {"Journal": "Title", "Title": "Title", "Database": "Database", "User Activity": "Metric_Type"}
)
"""Headings that are as good as the blank ones."""

_BY_ID4 = {one.report_id: one for one in REPORTS4}
REPORTS3: tuple[Definition, ...] = tuple(
    replace(
        _BY_ID4[report_id],
        release=Release.R3,
        columns=columns,
        metric_types=metrics3.ACTIVITIES if "Metric_Type" in columns else (),
    )
    for report_id, columns in _COLUMNS.items()
)
"""JR1, JR1a, BR1, BR2, DB1: metric_type, data_type, section_type, total rows as in Release 4, but DB1's activities."""

_DENIED = "It counts denied access of one kind only; Release 4 has two, and nobody can say which one it is"
_SESSIONS = "It counts sessions and searches under names that no report of Release 4 has"
_PAGES = "It counts kinds of pages that nobody has told apart as Release 4 does"
NOT_STORED: Mapping[str, str] = MappingProxyType(
    {
        "Journal Report 2": _DENIED,
        "Database Report 2": _DENIED,
        "Book Report 3": _DENIED,
        "Book Report 4": _DENIED,
        "Database Report 3": _SESSIONS,
        "Book Report 5": _SESSIONS,
        "Book Report 6": _SESSIONS,
        "Journal Report 3": _PAGES,
        "Journal Report 4": _SESSIONS,
        "Journal Report 5": "It has years of publication for columns, and no months",
    }
)
"""Name of a report → why it is not stored, as the beginning of a sentence."""

_NAME = re.compile(r"(journal|book|database)\s*report\s*(\d+)", re.IGNORECASE)
_CODE_OF = {"book": "1"}
"""Books had a Code of their own, whose Release 1 was in force beside Release 3 of the other."""


def is_release3(name: str, mark: str) -> bool:
    """Whether a report of this name and release mark (`3`) is of the Code that Release 4 replaced."""
    found = _NAME.search(name)
    return mark == "3" or (found is not None and _CODE_OF.get(found[1].lower()) == mark)


def why_not_stored(name: str) -> str | None:
    """Give why a report of Release 3 is not stored: the beginning of a sentence; None when there is no such report."""
    found = _NAME.search(name)
    return NOT_STORED.get(f"{found[1].title()} Report {found[2]}") if found else None
