"""The metrics of Release 4: one text for each, whatever the spelling in the file or the code in its XML form.

Denials and activities keep the wording of the Code; page types and item types have a wording of this program's,
because the Code's own (Appendix H) lists them only as codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from nolcat_desktop.counter import metrics3
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.release import Release

SEARCHES = ("Regular Searches", "Searches-federated and automated")
"""User activities of BR5 and JR4."""

ACTIVITIES = (*SEARCHES, "Result Clicks", "Record Views")
"""User activities of DB1, PR1 and CR2."""

LIMIT_EXCEEDED = "Access denied: concurrent/simultaneous user license limit exceeded"
NOT_LICENSED = "Access denied: content item not licensed"
DENIALS = (LIMIT_EXCEEDED, NOT_LICENSED)
"""Access denied categories of JR2, BR3, BR4, DB2 and TR2."""

_FORMATS: tuple[tuple[str, str], ...] = (
    (r"(?:ft|full[ _-]*text)[ _-]*(?:ps|postscript)(?: *requests)?|postscript", "full text PostScript"),
    (r"(?:(?:ft|full[ _-]*text)[ _-]*)?pdf(?: *requests)?", "full text PDF"),
    (r"(?:(?:ft|full[ _-]*text)[ _-]*)?html(?: *requests)?", "full text HTML"),
    (r"(?:(?:ft|full[ _-]*text)[ _-]*)?epub(?: *requests)?", "full text EPUB"),
)
_ITEM_TYPES: tuple[tuple[str, str], ...] = (
    (r"audios?", "audio"),
    (r"videos?", "video"),
    (r"images?", "image"),
    (r"podcasts?", "podcast"),
    (r"multi-?media", "multimedia"),
    (r"others?", "other"),
)
_PAGES: tuple[tuple[str, str], ...] = (
    (r"toc|tables? *of *contents?", "table of contents"),
    (r"abstracts?", "abstract"),
    (r"references?", "reference"),
    (r"(?:ft|full[ _-]*text)[ _-]*total(?: *requests)?", "full text total"),
    (r"sectioned[ _-]*html", "sectioned HTML"),
    (r"data[ _-]*sets?", "data set"),
)

ITEM_TYPES = tuple(text for _, text in _ITEM_TYPES)
"""Item types of MR2."""

PAGE_TYPES = (
    *(text for _, text in (*_PAGES, *_FORMATS)),
    *(f"mobile-formatted {text}" for _, text in _FORMATS),
    *ITEM_TYPES,
)
"""Page types of JR3, TR3 and their mobile forms."""

CANONICAL: tuple[tuple[str, str], ...] = (
    (r"exce+d|^turn-?aways?$", LIMIT_EXCEEDED),
    (r"not *licen|^no[ _]*licen[cs]e$", NOT_LICENSED),
    (r"^(?:regular *search(?:es)?|search(?:es)?[ _:-]*reg(?:ular)?)$", SEARCHES[0]),
    (r"^(?:search(?:es)?[ _:-]*fed(?:erated)?(?: *(?:and|&) *automated)?)$", SEARCHES[1]),
    (r"^(?:federated *(?:and|&) *automated *search(?:es)?)$", SEARCHES[1]),
    (r"^results?[ _-]*clicks?$", ACTIVITIES[2]),
    (r"^records?[ _-]*views?$", ACTIVITIES[3]),
    *((rf"^(?:{pattern})$", text) for pattern, text in (*_PAGES, *_FORMATS, *_ITEM_TYPES)),
    *(
        (rf"^(?:(?:{pattern})_mobile|mobile-formatted *(?:{pattern}))$", f"mobile-formatted {text}")
        for pattern, text in _FORMATS
    ),
)
"""(regular expression, canonical text), first match wins.

To be searched in text that is stripped, lower-cased and has each run of blanks made one (or none); the expressions use
only what Python's and Rust's engines have in common. R3's `Total searches run` is left out on purpose: it contains the
federated searches, so it is not R4's Regular Searches and is stored as delivered.
"""

_COMPILED = tuple((re.compile(pattern), text) for pattern, text in CANONICAL)
_COMPILED3 = tuple((re.compile(pattern), text) for pattern, text in metrics3.CANONICAL)
_BLANKS = re.compile(r"\s+")


def canonical_of(release: Release) -> tuple[tuple[str, str], ...]:
    """Give the expressions of a release before 5: R3 has activities of its own, and they are not R4's."""
    return metrics3.CANONICAL if release is Release.R3 else CANONICAL


def canonical(text: str, release: Release = Release.R4) -> str | None:
    """Give the canonical text of a User Activity, Access Denied Category, page type or item type; None when unknown."""
    squashed = _BLANKS.sub(" ", text).strip().lower()
    compiled = _COMPILED3 if release is Release.R3 else _COMPILED
    return next((found for pattern, found in compiled if pattern.search(squashed)), None)


_ITEM_REQUESTS = "Successful Item Requests: "
_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "JR3": _ITEM_REQUESTS,
        "JR3Mobile": _ITEM_REQUESTS,
        "TR3": _ITEM_REQUESTS,
        "TR3Mobile": _ITEM_REQUESTS,
        "MR2": "Successful Content Unit Requests: ",
    }
)


def prefix(definition: Definition) -> str:
    """Give what stands before the cell's metric in metric_type (`Successful Item Requests: `), or ''."""
    return _PREFIXES.get(definition.report_id, "")


def suffix(definition: Definition) -> str:
    """Give what stands after the metric in metric_type: ` (mobile)` for mobile reports, else ''."""
    return " (mobile)" if definition.report_id.endswith("Mobile") else ""


_TITLE_METRICS: Mapping[str, str] = MappingProxyType(
    {"Journal": "Successful Full-text Article Requests", "Book": "Successful Section Requests"}
)
_TITLE_SECTIONS: Mapping[str, str] = MappingProxyType({"Journal": "Article", "Book": "Book_Segment"})
_NONE: Mapping[str, str] = MappingProxyType({})


def by_data_type(definition: Definition) -> Mapping[str, str]:
    """Give the implied metric by the row's Data_Type, without `suffix`: TR1, TR1Mobile, CR1; empty for all others."""
    return _TITLE_METRICS if definition.report_id in {"TR1", "TR1Mobile", "CR1"} else _NONE


def sections_by_data_type(definition: Definition) -> Mapping[str, str]:
    """Give section_type by the row's Data_Type: TR1, TR1Mobile, TR2 and CR1; empty for all others."""
    return _TITLE_SECTIONS if definition.report_id in {"TR1", "TR1Mobile", "TR2", "CR1"} else _NONE
