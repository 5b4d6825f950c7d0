"""The sixteen reports of Release 5.1 (Code of Practice 5.1, section 4)."""

from __future__ import annotations

from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports5 import (
    ARTICLE,
    BOOK,
    BOOK_REQUESTS,
    DATABASE,
    DENIALS,
    ITEM,
    JOURNAL,
    MULTIMEDIA,
    PLATFORM_VIEW,
    REQUESTS,
    SEARCHES,
    USE,
    USE_AND_TITLES,
    master,
    view,
)

_R = Release.R51
_ACCESS = {"Access_Type": ("Controlled", "Free_To_Read", "Open")}
_CONTROLLED = {"Access_Type": ("Controlled",)}
_BOOKS = {"Data_Type": ("Book", "Reference_Work")}
_JOURNALS = {"Data_Type": ("Journal",)}
_MULTIMEDIA = {"Data_Type": ("Audiovisual", "Image", "Interactive_Resource", "Multimedia", "Sound")}

_PLATFORM_TYPES = {
    "Data_Type": (
        "Article", "Audiovisual", "Book", "Book_Segment", "Conference", "Conference_Item", "Database_Full_Item",
        "Dataset", "Image", "Interactive_Resource", "Journal", "Multimedia", "News_Item", "Newspaper_or_Newsletter",
        "Other", "Patent", "Platform", "Reference_Item", "Reference_Work", "Report", "Software", "Sound", "Standard",
        "Thesis_or_Dissertation", "Unspecified",
    )
}  # fmt: skip
_DATABASE_TYPES = {
    "Data_Type": (
        "Audiovisual", "Book", "Conference", "Database_Aggregated", "Database_AI", "Database_Full",
        "Database_Full_Item", "Image", "Interactive_Resource", "Journal", "Multimedia", "Newspaper_or_Newsletter",
        "Other", "Patent", "Reference_Work", "Report", "Sound", "Standard", "Thesis_or_Dissertation", "Unspecified",
    )
}  # fmt: skip
_TITLE_TYPES = {
    "Data_Type": (
        "Book", "Conference", "Journal", "Newspaper_or_Newsletter", "Other", "Patent", "Reference_Work", "Report",
        "Standard", "Thesis_or_Dissertation", "Unspecified",
    )
}  # fmt: skip
_ITEM_TYPES = (
    "Article", "Audiovisual", "Book_Segment", "Conference_Item", "Database_Full_Item", "Dataset", "Image",
    "Interactive_Resource", "Multimedia", "News_Item", "Other", "Patent", "Reference_Item", "Report", "Software",
    "Sound", "Standard", "Thesis_or_Dissertation", "Unspecified",
)  # fmt: skip
_PARENT_TYPES = (
    "Book", "Conference", "Database_Aggregated", "Database_Full", "Journal", "Newspaper_or_Newsletter",
    "Reference_Work",
)  # fmt: skip
_ITEM_VALUES = {
    "Data_Type": _ITEM_TYPES,
    "Parent_Data_Type": _PARENT_TYPES,
    "Component_Data_Type": _ITEM_TYPES,
    **_ACCESS,
}
_ITEM = f"{ITEM} {{Parent}} {{Component}} Data_Type [YOP] [Access_Type] [Access_Method]"

REPORTS51: tuple[Definition, ...] = (
    master(
        _R, Family.PR, "Platform Report", "Platform Data_Type [Access_Method]",
        ("Searches_Platform", *USE_AND_TITLES), _PLATFORM_TYPES,
    ),
    view(_R, "PR_P1", "Platform Usage", "Platform Data_Type", PLATFORM_VIEW, {}, _PLATFORM_TYPES),
    master(
        _R, Family.DR, "Database Report", f"{DATABASE} Data_Type [Access_Method]",
        (*SEARCHES, *USE_AND_TITLES, *DENIALS), _DATABASE_TYPES, "Database",
    ),
    view(_R, "DR_D1", "Database Search and Item Usage", DATABASE, (*SEARCHES, *USE), {}),
    view(_R, "DR_D2", "Database Access Denied", DATABASE, DENIALS, {}),
    master(
        _R, Family.TR, "Title Report", f"{BOOK} Data_Type [YOP] [Access_Type] [Access_Method]",
        (*USE_AND_TITLES, *DENIALS), {**_TITLE_TYPES, **_ACCESS}, "Item_ID", "YOP",
    ),
    view(
        _R, "TR_B1", "Book Requests (Controlled)", f"{BOOK} Data_Type YOP", BOOK_REQUESTS,
        {**_CONTROLLED, **_BOOKS}, _BOOKS,
    ),
    view(_R, "TR_B2", "Book Access Denied", f"{BOOK} Data_Type YOP", DENIALS, _BOOKS, _BOOKS),
    view(
        _R, "TR_B3", "Book Usage by Access Type", f"{BOOK} Data_Type YOP Access_Type", USE_AND_TITLES, _BOOKS,
        {**_BOOKS, **_ACCESS},
    ),
    view(_R, "TR_J1", "Journal Requests (Controlled)", JOURNAL, REQUESTS, {**_CONTROLLED, **_JOURNALS}),
    view(_R, "TR_J2", "Journal Access Denied", JOURNAL, DENIALS, _JOURNALS),
    view(_R, "TR_J3", "Journal Usage by Access Type", f"{JOURNAL} Access_Type", USE, _JOURNALS, _ACCESS),
    view(
        _R, "TR_J4", "Journal Requests by YOP (Controlled)", f"{JOURNAL} YOP", REQUESTS,
        {**_CONTROLLED, **_JOURNALS},
    ),
    master(_R, Family.IR, "Item Report", _ITEM, (*USE, *DENIALS), _ITEM_VALUES, "Author", "Item_ID", "YOP"),
    view(_R, "IR_A1", "Journal Article Requests", ARTICLE, REQUESTS, {"Data_Type": ("Article",)}, _ACCESS),
    view(
        _R, "IR_M1", "Multimedia Item Requests", f"{MULTIMEDIA} Data_Type", REQUESTS, _MULTIMEDIA, _MULTIMEDIA,
    ),
)  # fmt: skip
"""The four full reports and twelve standard views of Release 5.1."""
