"""Release 4: the description in cell B1 (release4.md section 3.2; Code of Practice 4, chapter 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose, squash
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.subject import Subject

SPELLED = Fault("R4-H02", Level.WARNING, "The description is spelled '{value}'.", "Write '{detail}'.")
VARIANT = Fault("R4-H03", Level.NOTICE, "The description is worded '{value}'.", "The usual wording is '{detail}'.")
MISSING = Fault("R4-H04", Level.ERROR, "The description of the report is missing.", "Write '{detail}' in cell B1.")
OTHER = Fault("R4-H04", Level.ERROR, "The description is '{value}'.", "Write '{detail}'.")
FOREIGN = Fault(
    "R4-H05", Level.ERROR, "The description '{value}' is that of another report.", "The name in A1 holds: {detail}."
)

_ARTICLES: Final = "Number of Successful Full-Text Article Requests"
_TITLES: Final = "Number of Successful Requests for Journal Full-Text Articles and Book Sections by Month and Title"
_MOBILE: Final = (
    "(formatted for normal browsers/delivered to mobile devices AND formatted for mobile devices/delivered to mobile "
    "devices)"
)
DESCRIPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "JR1": f"{_ARTICLES} by Month and Journal",
        "JR1GOA": "Number of Successful Gold Open Access Full-Text Article Requests by Month and Journal",
        "JR1a": f"{_ARTICLES} from an Archive by Month and Journal",
        "JR1b": "Number of Successful Full-Text Requests by Month, Journal and Platform",
        "JR2": "Access Denied to Full-Text Articles by Month, Journal and Category",
        "JR3": "Number of Successful Item Requests by Month, Journal and Page-type",
        "JR4": "Total Searches Run By Month and Collection",
        "JR5": f"{_ARTICLES} by Year-of-Publication (YOP) and Journal",
        "BR1": "Number of Successful Title Requests by Month and Title",
        "BR2": "Number of Successful Section Requests by Month and Title",
        "BR3": "Access Denied to Content Items by Month, Title and Category",
        "BR4": "Access Denied to Content Items by Month, Platform and Category",
        "BR5": "Total Searches by Month and Title",
        "BR7": "Number of Successful Unique Title Requests by Month and Title in a Session",
        "DB1": "Total Searches, Result Clicks and Record Views by Month and Database",
        "DB2": "Access Denied by Month, Database and Category",
        "PR1": "Total Searches, Result Clicks and Record Views by Month and Platform",
        "MR1": "Number of Successful Multimedia Full Content Unit Requests by Month and Collection",
        "MR2": "Number of Successful Multimedia Full Content Unit Requests by Month, Collection and Item Type",
        "TR1": _TITLES,
        "TR1Mobile": f"{_TITLES} {_MOBILE}",
        "TR2": "Access Denied to Full-Text Items by Month, Title and Category",
        "TR3": "Number of Successful Item Requests by Month, Title and Page Type",
        "CR1": "Number of Successful Full-Text Journal Article or Book Chapter Requests by Month and Title",
        "CR2": "Total Searches by Month and Database",
        "CR3": "Number of Successful Multimedia Full Content Unit Requests by Month and Collection",
    }
)
"""Report → text of cell B1; of the mobile reports that are not here it is not known."""
DESCRIPTIONS3: Final[Mapping[str, str]] = MappingProxyType({"DB1": "Total Searches and Sessions by Month and Database"})
"""Where Release 3 words it otherwise."""
_VARIANTS: Final = (
    (r"\bfull ?text\b", "fulltext"),
    (r"\bfull multimedia content unit\b", "multimedia full content unit"),
    (r"\bacess\b", "access"),
    (r"\barticles?\b", "article"),
    (r"\bdownload requests\b", "requests"),
    (r",", ""),
)


def description_findings(subject: Subject) -> Iterator[Found]:
    """What is wrong with the description beside the name of the report."""
    header, report_id = subject.report.header, subject.definition.report_id
    text, at = header.texts.get("Description", ""), header.positions.get("Description")
    of3 = DESCRIPTIONS3 if subject.release is Release.R3 else {}
    wanted = of3.get(report_id) or DESCRIPTIONS.get(report_id, "")
    if not text.strip():
        yield MISSING.at(at, "Description", None, wanted)
        return
    if text == wanted or not wanted:
        return
    if loose(text) == loose(wanted):
        yield SPELLED.at(at, "Description", text, wanted)
    elif _key(text) == _key(wanted):
        yield VARIANT.at(at, "Description", text, wanted)
    elif any(_key(text) == _key(other) for code, other in DESCRIPTIONS.items() if code != report_id):
        yield FOREIGN.at(at, "Description", text, subject.definition.name)
    else:
        yield OTHER.at(at, "Description", text, wanted)


def _key(text: str) -> str:
    """A text without the differences that are met in sound files."""
    key = squash(text.lower().replace("-", " "))
    for pattern, plain in _VARIANTS:
        key = re.sub(pattern, plain, key)
    return loose(key)
