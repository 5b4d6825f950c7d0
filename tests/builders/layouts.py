"""What each report looks like, written down for the tests alone (Codes of Practice R4, R5, R5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nolcat_desktop.counter.release import Release

TII, TIR = "Total_Item_Investigations", "Total_Item_Requests"
UII, UIR = "Unique_Item_Investigations", "Unique_Item_Requests"
UTI, UTR = "Unique_Title_Investigations", "Unique_Title_Requests"
SEARCHES = ("Searches_Automated", "Searches_Federated", "Searches_Regular")
DENIALS = ("Limit_Exceeded", "No_License")
ITEMS = (TII, TIR, UII, UIR)
TITLES = (UTI, UTR)

_DATABASE = ("Database", "Publisher", "Publisher_ID", "Platform", "Proprietary_ID")
_JOURNAL = (
    "Title",
    "Publisher",
    "Publisher_ID",
    "Platform",
    "DOI",
    "Proprietary_ID",
    "Print_ISSN",
    "Online_ISSN",
    "URI",
)
_TITLE = (*_JOURNAL[:6], "ISBN", *_JOURNAL[6:])
_WRITTEN = ("Authors", "Publication_Date", "Article_Version")
_PARENT = tuple(
    f"Parent_{name}"
    for name in ("Title", *_WRITTEN, "Data_Type", "DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "URI")
)
_ITEM = ("Item", "Publisher", "Publisher_ID", "Platform")
_ITEM_ID = ("DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "URI")
_ARTICLE_PARENT = tuple(name for name in _PARENT if name[7:] not in ("Publication_Date", "Data_Type", "ISBN"))
_ACCESS = ("YOP", "Access_Type", "Access_Method")
EXTENSIONS = (
    "Institution_Name",
    "Customer_ID",
    "Country_Name",
    "Country_Code",
    "Subdivision_Name",
    "Subdivision_Code",
    "Attributed",
)
"""Columns that any full report may show, first and in this order."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One report of R5 or R5.1."""

    name: str
    columns: tuple[str, ...]
    """All that the tests show by default, without Metric_Type."""
    metrics: tuple[str, ...]
    shown: tuple[str, ...] = ()
    """Attributes_To_Show."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    with_parents: bool = False


_REGULAR = {"Access_Method": ("Regular",)}
_CONTROLLED = {"Access_Type": ("Controlled",), **_REGULAR}
_BOOK = {"Data_Type": ("Book",)}
_BOOKS = {"Data_Type": ("Book", "Reference_Work")}
_ONLY_JOURNAL = {"Data_Type": ("Journal",)}
_MEDIA = {"Data_Type": ("Audiovisual", "Image", "Interactive_Resource", "Multimedia", "Sound")}
_PLATFORM_METRICS = ("Searches_Platform", *ITEMS, *TITLES)
_P1 = ("Searches_Platform", TIR, UIR, UTR)
_ITEM_METRICS = (*ITEMS, *DENIALS)
_SHOWN_ITEM = (*_WRITTEN, *_ACCESS)
_A1_COLUMNS = (
    *_ITEM,
    *_WRITTEN,
    "DOI",
    "Proprietary_ID",
    "Print_ISSN",
    "Online_ISSN",
    "URI",
    *_ARTICLE_PARENT,
    "Access_Type",
)
_M1_COLUMNS = (*_ITEM, "DOI", "Proprietary_ID", "URI")

RELEASE_5 = {
    "PR": Layout(
        "Platform Master Report",
        ("Platform", "Data_Type", "Access_Method"),
        _PLATFORM_METRICS,
        ("Data_Type", "Access_Method"),
    ),
    "PR_P1": Layout("Platform Usage", ("Platform",), _P1, (), _REGULAR),
    "DR": Layout(
        "Database Master Report",
        (*_DATABASE, "Data_Type", "Access_Method"),
        (*SEARCHES, *ITEMS, *TITLES, *DENIALS),
        ("Data_Type", "Access_Method"),
    ),
    "DR_D1": Layout("Database Search and Item Usage", _DATABASE, (*SEARCHES, TII, TIR), (), _REGULAR),
    "DR_D2": Layout("Database Access Denied", _DATABASE, DENIALS, (), _REGULAR),
    "TR": Layout(
        "Title Master Report",
        (*_TITLE, "Data_Type", "Section_Type", *_ACCESS),
        (*ITEMS, *TITLES, *DENIALS),
        ("Data_Type", "Section_Type", *_ACCESS),
    ),
    "TR_B1": Layout("Book Requests (Excluding OA_Gold)", (*_TITLE, "YOP"), (TIR, UTR), (), {**_BOOK, **_CONTROLLED}),
    "TR_B2": Layout("Book Access Denied", (*_TITLE, "YOP"), DENIALS, (), {**_BOOK, **_REGULAR}),
    "TR_B3": Layout(
        "Book Usage by Access Type", (*_TITLE, "YOP", "Access_Type"), (*ITEMS, *TITLES), (), {**_BOOK, **_REGULAR}
    ),
    "TR_J1": Layout("Journal Requests (Excluding OA_Gold)", _JOURNAL, (TIR, UIR), (), {**_ONLY_JOURNAL, **_CONTROLLED}),
    "TR_J2": Layout("Journal Access Denied", _JOURNAL, DENIALS, (), {**_ONLY_JOURNAL, **_REGULAR}),
    "TR_J3": Layout(
        "Journal Usage by Access Type", (*_JOURNAL, "Access_Type"), ITEMS, (), {**_ONLY_JOURNAL, **_REGULAR}
    ),
    "TR_J4": Layout(
        "Journal Requests by YOP (Excluding OA_Gold)",
        (*_JOURNAL, "YOP"),
        (TIR, UIR),
        (),
        {**_ONLY_JOURNAL, **_CONTROLLED},
    ),
    "IR": Layout(
        "Item Master Report",
        (*_ITEM, *_WRITTEN, *_ITEM_ID, *_PARENT, "Data_Type", *_ACCESS),
        _ITEM_METRICS,
        (*_WRITTEN, "Data_Type", *_ACCESS),
        {},
        True,
    ),
    "IR_A1": Layout(
        "Journal Article Requests",
        _A1_COLUMNS,
        (TIR, UIR),
        (),
        {"Data_Type": ("Article",), "Parent_Data_Type": ("Journal",), **_REGULAR},
    ),
    "IR_M1": Layout("Multimedia Item Requests", _M1_COLUMNS, (TIR,), (), {"Data_Type": ("Multimedia",), **_REGULAR}),
}

RELEASE_51 = {
    "PR": Layout("Platform Report", ("Platform", "Data_Type", "Access_Method"), _PLATFORM_METRICS, ("Access_Method",)),
    "PR_P1": Layout("Platform Usage", ("Platform", "Data_Type"), _P1, (), _REGULAR),
    "DR": Layout(
        "Database Report",
        (*_DATABASE, "Data_Type", "Access_Method"),
        (*SEARCHES, *ITEMS, *TITLES, *DENIALS),
        ("Access_Method",),
    ),
    "DR_D1": Layout("Database Search and Item Usage", _DATABASE, (*SEARCHES, *ITEMS), (), _REGULAR),
    "DR_D2": Layout("Database Access Denied", _DATABASE, DENIALS, (), _REGULAR),
    "TR": Layout("Title Report", (*_TITLE, "Data_Type", *_ACCESS), (*ITEMS, *TITLES, *DENIALS), _ACCESS),
    "TR_B1": Layout(
        "Book Requests (Controlled)", (*_TITLE, "Data_Type", "YOP"), (TIR, UTR), (), {**_BOOKS, **_CONTROLLED}
    ),
    "TR_B2": Layout("Book Access Denied", (*_TITLE, "Data_Type", "YOP"), DENIALS, (), {**_BOOKS, **_REGULAR}),
    "TR_B3": Layout(
        "Book Usage by Access Type",
        (*_TITLE, "Data_Type", "YOP", "Access_Type"),
        (*ITEMS, *TITLES),
        (),
        {**_BOOKS, **_REGULAR},
    ),
    "TR_J1": Layout("Journal Requests (Controlled)", _JOURNAL, (TIR, UIR), (), {**_ONLY_JOURNAL, **_CONTROLLED}),
    "TR_J2": Layout("Journal Access Denied", _JOURNAL, DENIALS, (), {**_ONLY_JOURNAL, **_REGULAR}),
    "TR_J3": Layout(
        "Journal Usage by Access Type", (*_JOURNAL, "Access_Type"), ITEMS, (), {**_ONLY_JOURNAL, **_REGULAR}
    ),
    "TR_J4": Layout(
        "Journal Requests by YOP (Controlled)", (*_JOURNAL, "YOP"), (TIR, UIR), (), {**_ONLY_JOURNAL, **_CONTROLLED}
    ),
    "IR": Layout(
        "Item Report",
        (*_ITEM, *_WRITTEN, *_ITEM_ID, *_PARENT, "Data_Type", *_ACCESS),
        _ITEM_METRICS,
        _SHOWN_ITEM,
        {},
        True,
    ),
    "IR_A1": Layout("Journal Article Requests", _A1_COLUMNS, (TIR, UIR), (), {"Data_Type": ("Article",), **_REGULAR}),
    "IR_M1": Layout("Multimedia Item Requests", (*_M1_COLUMNS, "Data_Type"), (TIR, UIR), (), {**_MEDIA, **_REGULAR}),
}

LAYOUTS: Mapping[Release, Mapping[str, Layout]] = {Release.R5: RELEASE_5, Release.R51: RELEASE_51}
