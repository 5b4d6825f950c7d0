"""The reports of Release 4 that the tests lay out (Code of Practice R4, chapter 4 and appendix A)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ACTIVITIES = ("Regular Searches", "Searches-federated and automated", "Result Clicks", "Record Views")
BOOK_SEARCHES = ("Regular searches", "Searches: federated and automated")
REFUSALS = (
    "Access denied: concurrent/simultaneous user license limit exceeded",
    "Access denied: content item not licensed",
)
CANONICAL = {"Regular searches": ACTIVITIES[0], "Searches: federated and automated": ACTIVITIES[1]}
"""Texts of BR5 → what usage calls them."""


@dataclass(frozen=True, slots=True)
class Layout4:
    """One report of R4; `headings` maps each element to the words of its heading, in order."""

    name: str
    description: str
    headings: Mapping[str, str]
    total: str | None
    """Label of total rows; None: no total row (DB1, PR1)."""
    metrics: tuple[str, ...] = ()
    """Texts of the metric's column; (): the report implies its metric."""
    formats: bool = False
    """Whether Reporting Period HTML and PDF follow the total."""
    data_type: str | None = None
    section_type: str | None = None
    metric: str | None = None


_COMMON = {"Publisher": "Publisher", "Platform": "Platform"}
_JOURNAL = {
    "Title": "Journal",
    **_COMMON,
    "DOI": "Journal DOI",
    "Proprietary_ID": "Proprietary Identifier",
    "Print_ISSN": "Print ISSN",
    "Online_ISSN": "Online ISSN",
}
_BOOK = {
    "Title": "",
    **_COMMON,
    "DOI": "Book DOI",
    "Proprietary_ID": "Proprietary Identifier",
    "ISBN": "ISBN",
    "Online_ISSN": "ISSN",
}
_DATABASE = {"Database": "Database", **_COMMON}
_TITLE = {
    "Title": "Title",
    **_COMMON,
    "Data_Type": "Data Type",
    "DOI": "Title DOI",
    "Proprietary_ID": "Proprietary Identifier",
    "Print_ID": "Print ID",
    "Online_ID": "Online ID",
}
_DENIED = {"Metric_Type": "Access Denied Category"}
_ACTIVITY = {"Metric_Type": "User Activity"}
_ARTICLES = "Full-Text Article Requests"
_J, _B = "Total for all journals", "Total for all titles"

RELEASE_4: Mapping[str, Layout4] = {
    "JR1": Layout4(
        "Journal Report 1",
        f"Number of Successful {_ARTICLES} by Month and Journal",
        _JOURNAL,
        _J,
        (),
        True,
        "Journal",
        "Article",
        "Successful Full-text Article Requests",
    ),
    "JR1GOA": Layout4(
        "Journal Report 1 GOA",
        f"Number of Successful Gold Open Access {_ARTICLES} by Month and Journal",
        _JOURNAL,
        _J,
        (),
        True,
        "Journal",
        "Article",
        "Successful Gold Open Access Full-text Article Requests",
    ),
    "JR1a": Layout4(
        "Journal Report 1a",
        f"Number of Successful {_ARTICLES} from an Archive by Month and Journal",
        _JOURNAL,
        _J,
        (),
        True,
        "Journal",
        "Article",
        "Successful Full-text Article Requests from an Archive",
    ),
    "JR2": Layout4(
        "Journal Report 2",
        "Access Denied to Full-Text Articles by Month, Journal and Category",
        _JOURNAL | _DENIED,
        _J,
        REFUSALS,
        False,
        "Journal",
        "Article",
    ),
    "BR1": Layout4(
        "Book Report 1",
        "Number of Successful Title Requests by Month and Title",
        _BOOK,
        _B,
        (),
        False,
        "Book",
        "Book",
        "Successful Title Requests",
    ),
    "BR2": Layout4(
        "Book Report 2",
        "Number of Successful Section Requests by Month and Title",
        _BOOK,
        _B,
        (),
        False,
        "Book",
        "Book_Segment",
        "Successful Section Requests",
    ),
    "BR3": Layout4(
        "Book Report 3",
        "Access Denied to Content Items by Month, Title and Category",
        _BOOK | _DENIED,
        _B,
        REFUSALS,
        False,
        "Book",
        "Book",
    ),
    "BR5": Layout4(
        "Book Report 5",
        "Total Searches by Month and Title",
        _BOOK | _ACTIVITY,
        "Total searches",
        BOOK_SEARCHES,
        False,
        "Book",
        "Book",
    ),
    "DB1": Layout4(
        "Database Report 1",
        "Total Searches, Result Clicks and Record Views by Month and Database",
        _DATABASE | _ACTIVITY,
        None,
        ACTIVITIES,
        False,
        "Database",
    ),
    "DB2": Layout4(
        "Database Report 2",
        "Access Denied by Month, Database and Category",
        _DATABASE | {"Metric_Type": "Access denied category"},
        "Total for all databases",
        REFUSALS,
        False,
        "Database",
    ),
    "PR1": Layout4(
        "Platform Report 1",
        "Total Searches, Result Clicks and Record Views by Month and Platform",
        {"Platform": "Platform", "Publisher": "Publisher"} | _ACTIVITY,
        None,
        ACTIVITIES,
        False,
        "Platform",
    ),
    "MR1": Layout4(
        "Multimedia Report 1",
        "Number of Successful Multimedia Full Content Unit Requests by Month and Collection",
        {"Title": "Collection", "Publisher": "Content Provider", "Platform": "Platform"},
        "Total for all collections",
        (),
        False,
        "Multimedia",
        None,
        "Successful Content Unit Requests",
    ),
    "TR1": Layout4(
        "Title Report 1",
        "Number of Successful Requests for Journal Full-Text Articles and Book Sections by Month and Title",
        _TITLE,
        _B,
        (),
        True,
    ),
    "TR2": Layout4(
        "Title Report 2",
        "Access Denied to Full-Text Items by Month, Title and Category",
        _TITLE | _DENIED,
        _B,
        REFUSALS,
    ),
}
