"""Column headings of every release and the elements that they name (R4 chapter 4; R5 and R5.1 section 3.2).

An element is named as Release 5 names it, in every release: R4's `Journal` and `Collection` are `Title`, its `User
Activity` is `Metric_Type`, the `ISSN` of its book reports is `Online_ISSN`. Headings of months are not treated here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from types import MappingProxyType

from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import DEFINITIONS
from nolcat_desktop.counter.reports import definition as report_of
from nolcat_desktop.counter.reports3 import ALSO3, HEADINGS3
from nolcat_desktop.counter.reports4 import REPORTS4
from nolcat_desktop.counter.reports5 import COMMON, REPORTS5
from nolcat_desktop.counter.reports51 import REPORTS51
from nolcat_desktop.counter.text import loose


class Match(Enum):
    """How a heading fits the element that it names."""

    EXACT = "exact"
    """As the Code writes it."""
    LOOSE = "loose"
    """Differs in case, blanks, underscores, hyphens or quotes only."""
    VARIANT = "variant"
    """Another known wording."""
    NONE = "none"
    """Not known."""


NAME_ELEMENTS = ("Title", "Item", "Database")
"""Elements that hold the name of what was used; one of them becomes resource_name."""

IDENTIFIERS = ("DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "URI", "Print_ID", "Online_ID")
"""Elements that identify an item; Print_ID and Online_ID (R4 title reports) hold an ISSN or an ISBN."""

NOT_CARRIED = ("Linking_ISSN", "Parent_Linking_ISSN", "Component_Linking_ISSN")
"""Headings that are known but have no element of their own."""

_HEADINGS4: Mapping[str, str] = MappingProxyType(
    {
        "Institution_Name": "Customer",
        "Title": "Title",
        "Database": "Database",
        "Publisher": "Publisher",
        "Platform": "Platform",
        "Data_Type": "Data Type",
        "DOI": "DOI",
        "Proprietary_ID": "Proprietary Identifier",
        "ISBN": "ISBN",
        "Print_ISSN": "Print ISSN",
        "Online_ISSN": "Online ISSN",
        "Print_ID": "Print ID",
        "Online_ID": "Online ID",
        "Metric_Type": "User Activity",
        "Reporting_Period_Total": "Reporting Period Total",
        "Reporting_Period_HTML": "Reporting Period HTML",
        "Reporting_Period_PDF": "Reporting Period PDF",
        "Articles_in_Press": "Articles in Press",
    }
)
_DENIED = {"Metric_Type": "Access Denied Category"}
_BY_KIND: Mapping[str, Mapping[str, str]] = {
    "JR": {"Title": "Journal", "DOI": "Journal DOI", **_DENIED},
    "BR": {"Title": "", "DOI": "Book DOI", "Online_ISSN": "ISSN", **_DENIED},
    "MR": {"Title": "Collection", "Publisher": "Content Provider", "Metric_Type": "Item Type"},
    "TR": {"DOI": "Title DOI", **_DENIED},
}
_BY_REPORT: Mapping[str, Mapping[str, str]] = {
    "JR3": {"Metric_Type": "Page type"},
    "JR3Mobile": {"Metric_Type": "Page type"},
    "JR4": {"Title": "", "Metric_Type": ""},
    "BR5": {"Metric_Type": "User Activity"},
    "DB2": {"Metric_Type": "Access denied category"},
    "TR3": {"Metric_Type": "Page Type"},
    "TR3Mobile": {"Metric_Type": "Page Type"},
    "CR3": {"Title": "Collection", "Publisher": "Content Provider"},
}
_ALSO: Mapping[str, Mapping[str, str]] = {
    "BR5": {"Title": "Title"},
    "JR4": {"Collection": "Title", "User Activity": "Metric_Type"},
}
_VARIANTS4: Mapping[str, str] = MappingProxyType(
    {
        "title": "Title",
        "book": "Title",
        "journal": "Title",
        "collection": "Title",
        "database": "Database",
        "contentprovider": "Publisher",
        "publisher": "Publisher",
        "platform": "Platform",
        "doi": "DOI",
        "journaldoi": "DOI",
        "bookdoi": "DOI",
        "titledoi": "DOI",
        "proprietaryidentifier": "Proprietary_ID",
        "propriataryidentifier": "Proprietary_ID",
        "propertyidentifier": "Proprietary_ID",
        "proprietaryid": "Proprietary_ID",
        "isbn": "ISBN",
        "printisbn": "ISBN",
        "issn": "Print_ISSN",
        "printissn": "Print_ISSN",
        "printedissn": "Print_ISSN",
        "onlineissn": "Online_ISSN",
        "printid": "Print_ID",
        "onlineid": "Online_ID",
        "datatype": "Data_Type",
        "customer": "Institution_Name",
        "institution": "Institution_Name",
        "institutionname": "Institution_Name",
        "useractivity": "Metric_Type",
        "accessdeniedcategory": "Metric_Type",
        "pagetype": "Metric_Type",
        "itemtype": "Metric_Type",
        "metrictype": "Metric_Type",
        "reportingperiodtotal": "Reporting_Period_Total",
        "reportingperiodhtml": "Reporting_Period_HTML",
        "reportingperiodpdf": "Reporting_Period_PDF",
        "retrievals": "Reporting_Period_Total",
        "html": "Reporting_Period_HTML",
        "pdf": "Reporting_Period_PDF",
        "ytdtotal": "Reporting_Period_Total",
        "ytdhtml": "Reporting_Period_HTML",
        "ytdpdf": "Reporting_Period_PDF",
        "articlesinpress": "Articles_in_Press",
    }
)
_VARIANTS5: Mapping[str, str] = MappingProxyType(
    {
        "printedissn": "Print_ISSN",
        "metric": "Metric_Type",
        "metrictypes": "Metric_Type",
        "useractivity": "Metric_Type",
        "proprietary": "Proprietary_ID",
        "proprietaryidentifier": "Proprietary_ID",
    }
)
_NOT_CARRIED = frozenset(loose(heading) for heading in NOT_CARRIED)
_EXACT5: Mapping[str, str] = MappingProxyType({c: c for d in REPORTS5 + REPORTS51 for c in d.columns})


def canonical_heading(definition: Definition, element: str) -> str:
    """Give a column's heading as the report's release writes it: R4 JR1 `DOI` → `Journal DOI`, BR1 `Title` → ``."""
    if not definition.release.is_before_5:
        return element
    if definition.release is Release.R3 and element in HEADINGS3:
        return HEADINGS3[element]
    for headings in (_BY_REPORT.get(definition.report_id, {}), _BY_KIND.get(definition.report_id[:2], {}), _HEADINGS4):
        if element in headings:
            return headings[element]
    return element


def blank_elements(definition: Definition | None) -> tuple[str, ...]:
    """Give the elements that blank headings name, by their place from the left: BR1 Title; JR4 Title, Metric_Type.

    R3's DB1 has Database in the first place and Metric_Type in the fourth: '' stands for the places between. A blank
    heading in any other place names nothing, whatever `element` says of a blank text.
    """
    if definition is None:
        return ("Title",)
    if not definition.release.is_before_5:
        return ()
    places = [column if canonical_heading(definition, column) == "" else "" for column in definition.columns]
    last = max((n for n, column in enumerate(places) if column), default=-1)
    return tuple(places[: last + 1])


@cache
def _tables(release: Release | None, report_id: str) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """Build the tables of one report (or of all), each to elements: exact headings, loose headings, other wordings."""
    if release is None:
        exact: dict[str, str] = {}
        for d in REPORTS4:
            exact |= {canonical_heading(d, c): c for c in reversed(d.columns)}
        exact |= _EXACT5
        variants: dict[str, str] = {**_VARIANTS4, **_VARIANTS5}
    elif release.is_before_5 and (report := report_of(release, report_id)):
        exact = {canonical_heading(report, c): c for c in reversed(report.columns)}
        variants = dict(_VARIANTS4)
        also = ALSO3 if release is Release.R3 else _ALSO.get(report_id, {})
        exact |= {heading: name for heading, name in also.items() if name in report.columns}
        if "ISBN" in report.columns:
            variants["issn"] = "Online_ISSN"
    else:
        exact, variants = dict(_EXACT5), dict(_VARIANTS5)
    return exact, {loose(heading): found for heading, found in exact.items()}, variants


def element(heading: str, definition: Definition | None) -> tuple[str | None, Match]:
    """Give the element that a heading names, and how well it fits.

    Args:
        heading: the cell as it stands. A blank one names the first column of R4's book reports and JR4: ask only for
            blank cells at the left end (see `blank_elements`).
        definition: the report; None while it is not known: the spellings of all releases.

    Returns:
        (element, match). The element need not be one of the report's columns: who asks compares with
        `definition.columns`. (None, VARIANT) is a heading that is known but not carried (Linking_ISSN), (None, NONE) an
        unknown one.
    """
    release, report_id = (definition.release, definition.report_id) if definition else (None, "")
    exact, same, variants = _tables(release, report_id)
    key = loose(heading)
    if not key and heading.strip():
        return None, Match.NONE
    if heading in exact:
        return exact[heading], Match.EXACT
    if key in same:
        return same[key], Match.LOOSE
    if key in variants:
        return variants[key], Match.VARIANT
    return None, Match.VARIANT if key in _NOT_CARRIED else Match.NONE


def name_element(definition: Definition) -> str | None:
    """Give the element that becomes resource_name; None for PR, its view, PR1 and BR4, which count whole platforms."""
    if definition.family is Family.PR or definition.report_id == "BR4":
        return None
    return next((name for name in NAME_ELEMENTS if name in definition.columns), None)


_PERIOD = frozenset({"Reporting_Period_Total", "Reporting_Period_HTML", "Reporting_Period_PDF"})
_TOLERATED = frozenset({*IDENTIFIERS, "Publisher_ID"})
_NAMES4: Mapping[str, frozenset[str]] = {"JR": frozenset({"title"}), "BR": frozenset({"title", "book"})}


def infer(
    elements_found: frozenset[str], headings: Sequence[str], has_months: bool, *, may_be_3: bool | None = None
) -> tuple[Definition, ...]:
    """Give the reports that a file without a header block may be, judged by its column headings alone.

    Headings cannot tell JR1, JR1GOA, JR1a and JR1b apart, nor BR1, BR2 and BR7, nor views of one layout: all of them
    are returned, and who asks must not guess.

    Args:
        elements_found: what `element(heading, None)` names; used when `headings` is empty.
        headings: the heading row as it stands, months included or not.
        has_months: whether there are month columns; without them JR5 is possible too.
        may_be_3: whether Release 3 is possible; None: only where a heading has its word YTD.

    Returns:
        Reports all of whose columns stand (optional ones and Reporting_Period_* apart) with no column of another
        report, those with the fewest columns missing first. When there is none, the same again with identifier columns
        missing or added.
    """
    may_be_3 = any(loose(heading).startswith("ytd") for heading in headings) if may_be_3 is None else may_be_3
    known = [d for d in DEFINITIONS if (d.has_months or not has_months) and (may_be_3 or d.release is not Release.R3)]
    found = [(d, _found(d, elements_found, headings)) for d in known]
    candidates = [(d, columns) for d, columns in found if columns is not None]
    for spare in (frozenset[str](), _TOLERATED):
        fitting = [(len(set(d.columns) - columns), d) for d, columns in candidates if _fits(d, columns, spare)]
        if fitting:
            return tuple(d for _, d in sorted(fitting, key=lambda pair: pair[0]))
    return ()


def _found(definition: Definition, elements_found: frozenset[str], headings: Sequence[str]) -> frozenset[str] | None:
    """Give the elements that the headings name in `definition`; None when a heading is worded as in other reports."""
    if not headings:
        return elements_found
    blanks = blank_elements(definition)
    columns: set[str] = set()
    for position, heading in enumerate(headings):
        if not heading.strip():
            columns |= set(blanks[position : position + 1]) - {""}
            continue
        name, match = element(heading, definition)
        if name is None:
            continue
        if definition.release.is_before_5 and _of_another_report(definition, heading, name, match):
            return None
        columns.add(name)
    if definition.report_id == "JR5" and not any(loose(heading).startswith("yop") for heading in headings):
        return None
    return frozenset(columns)


def _of_another_report(definition: Definition, heading: str, name: str, match: Match) -> bool:
    """Tell whether an R4 heading is worded as in other reports: `Page type` is not JR2's, `Collection` not JR1's."""
    if name == "Title" and match is Match.VARIANT:
        return loose(heading) not in _NAMES4.get(definition.report_id[:2], frozenset())
    return name == "Metric_Type" and match is Match.VARIANT


def _fits(definition: Definition, found: frozenset[str], spare: frozenset[str]) -> bool:
    required = set(definition.columns) - definition.optional - _PERIOD - spare
    known = set(definition.columns) | _PERIOD | spare | (set(COMMON) if spare else set())
    return required <= found <= known
