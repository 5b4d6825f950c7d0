"""The sixteen reports of Release 5 (Code of Practice 5.0.3, section 4), and the builders that Release 5.1 shares."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.counter.release import Release

COMMON = (
    "Institution_Name",
    "Customer_ID",
    "Country_Name",
    "Country_Code",
    "Subdivision_Name",
    "Subdivision_Code",
    "Attributed",
)
"""Common extension columns, first in every full report that lists them in Attributes_To_Show."""

PARENT = (
    "Parent_Title",
    "Parent_Authors",
    "Parent_Publication_Date",
    "Parent_Article_Version",
    "Parent_Data_Type",
    "Parent_DOI",
    "Parent_Proprietary_ID",
    "Parent_ISBN",
    "Parent_Print_ISSN",
    "Parent_Online_ISSN",
    "Parent_URI",
)
"""Columns of the item's parent, shown with Include_Parent_Details."""

COMPONENT = (
    "Component_Title",
    "Component_Authors",
    "Component_Publication_Date",
    "Component_Data_Type",
    "Component_DOI",
    "Component_Proprietary_ID",
    "Component_ISBN",
    "Component_Print_ISSN",
    "Component_Online_ISSN",
    "Component_URI",
)
"""Columns of the item's component, shown with Include_Component_Details."""

ARTICLE_VERSIONS = ("AO", "SMUR", "AM", "P", "VoR", "CVoR", "EVoR")
"""Article_Version (NISO JAV, the subset that COUNTER permits)."""

ACCESS_METHODS = ("Regular", "TDM")
YES_NO = ("Yes", "No")

REQUESTS = ("Total_Item_Requests", "Unique_Item_Requests")
USE = ("Total_Item_Investigations", "Total_Item_Requests", "Unique_Item_Investigations", "Unique_Item_Requests")
USE_AND_TITLES = (*USE, "Unique_Title_Investigations", "Unique_Title_Requests")
SEARCHES = ("Searches_Automated", "Searches_Federated", "Searches_Regular")
DENIALS = ("Limit_Exceeded", "No_License")
PLATFORM_VIEW = ("Searches_Platform", "Total_Item_Requests", "Unique_Item_Requests", "Unique_Title_Requests")
BOOK_REQUESTS = ("Total_Item_Requests", "Unique_Title_Requests")

DATABASE = "Database Publisher Publisher_ID Platform Proprietary_ID"
BOOK = "Title Publisher Publisher_ID Platform DOI Proprietary_ID ISBN Print_ISSN Online_ISSN URI"
JOURNAL = "Title Publisher Publisher_ID Platform DOI Proprietary_ID Print_ISSN Online_ISSN URI"
ITEM = (
    "Item Publisher Publisher_ID Platform [Authors] [Publication_Date] [Article_Version]"
    " DOI Proprietary_ID ISBN Print_ISSN Online_ISSN URI"
)
ARTICLE = (
    "Item Publisher Publisher_ID Platform Authors Publication_Date Article_Version DOI Proprietary_ID Print_ISSN"
    " Online_ISSN URI Parent_Title Parent_Authors Parent_Article_Version Parent_DOI Parent_Proprietary_ID"
    " Parent_Print_ISSN Parent_Online_ISSN Parent_URI Access_Type"
)
MULTIMEDIA = "Item Publisher Publisher_ID Platform DOI Proprietary_ID URI"

REGULAR = {"Access_Method": ("Regular",)}
_NOT_ATTRIBUTES = frozenset(PARENT + COMPONENT)
_FREE_FILTERS = ("Platform", "Country_Code", "Subdivision_Code", "Metric_Type")
_NOT_FILTERS = frozenset({"Article_Version", "Parent_Article_Version"})

Values = Mapping[str, tuple[str, ...]]


def layout(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Read a layout such as `Platform [Data_Type] {Parent}` into columns and the optional ones among them.

    Brackets mark what Attributes_To_Show brings in; `{Parent}` and `{Component}` stand for whole blocks. Metric_Type
    and Reporting_Period_Total are added at the end.
    """
    columns: list[str] = []
    optional: set[str] = set()
    for word in text.split():
        match word:
            case "{Parent}":
                block: tuple[str, ...] = PARENT
            case "{Component}":
                block = COMPONENT
            case _:
                block = (word.strip("[]"),)
        columns += block
        if word[0] in "[{":
            optional |= set(block)
    return (*columns, "Metric_Type", "Reporting_Period_Total"), frozenset(optional)


def master(  # noqa: PLR0913, PLR0917 (a row of a table)
    release: Release,
    family: Family,
    name: str,
    shape: str,
    metric_types: tuple[str, ...],
    values: Values,
    *filters: str,
) -> Definition:
    """Build a master (R5.1: full) report; its id is the family's name.

    Args:
        release: R5 or R5.1.
        family: the report itself.
        name: Report_Name.
        shape: the layout (see `layout`), without the common extension columns.
        metric_types: permitted Metric_Types.
        values: permitted cell values by element, in the order of the Code.
        filters: names of filters besides those with permitted values, Platform and the geographic ones.
    """
    columns, optional = layout(shape)
    blocks = "{Parent}" in shape
    permitted = {**values, "Access_Method": ACCESS_METHODS, "Attributed": YES_NO}
    attributes = {"Attributes_To_Show", "Exclude_Monthly_Details", "Granularity"}
    if blocks:
        attributes |= {"Include_Parent_Details", "Include_Component_Details"}
        permitted |= {"Article_Version": ARTICLE_VERSIONS, "Parent_Article_Version": ARTICLE_VERSIONS}
    return Definition(
        report_id=family.value,
        release=release,
        name=name,
        family=family,
        columns=COMMON + columns,
        optional=optional | frozenset(COMMON),
        metric_types=metric_types,
        values=MappingProxyType(permitted),
        filters=(frozenset(permitted) - _NOT_FILTERS) | {*_FREE_FILTERS, *filters},
        attributes_to_show=COMMON + tuple(c for c in columns if c in optional and c not in _NOT_ATTRIBUTES),
        attributes=frozenset(attributes),
    )


def view(  # noqa: PLR0913, PLR0917 (a row of a table)
    release: Release,
    report_id: str,
    name: str,
    shape: str,
    metric_types: tuple[str, ...],
    fixed: Values,
    values: Values | None = None,
) -> Definition:
    """Build a standard view.

    Args:
        release: R5 or R5.1.
        report_id: e.g. `TR_J1`; the part before the underscore is the family.
        name: Report_Name.
        shape: the layout (see `layout`); nothing is optional in a view.
        metric_types: its Metric_Types, all of which the header must list.
        fixed: pre-set filters besides Access_Method=Regular.
        values: permitted cell values by element.
    """
    columns, _ = layout(shape)
    permitted = dict(values or {})
    for element in ("Article_Version", "Parent_Article_Version"):
        if element in columns:
            permitted[element] = ARTICLE_VERSIONS
    fixed_filters = {**REGULAR, **fixed}
    return Definition(
        report_id=report_id,
        release=release,
        name=name,
        family=Family(report_id.partition("_")[0]),
        columns=columns,
        metric_types=metric_types,
        values=MappingProxyType(permitted),
        fixed_filters=MappingProxyType(fixed_filters),
        filters=frozenset(fixed_filters) | {"Platform", "Metric_Type"},
        is_view=True,
    )


_R = Release.R5
_PLATFORM_TYPES = (
    "Article", "Book", "Book_Segment", "Database", "Dataset", "Journal", "Multimedia", "Newspaper_or_Newsletter",
    "Other", "Platform", "Report", "Repository_Item", "Thesis_or_Dissertation", "Unspecified",
)  # fmt: skip
_DATABASE_TYPES = (
    "Book", "Database", "Journal", "Multimedia", "Newspaper_or_Newsletter", "Other", "Report",
    "Thesis_or_Dissertation", "Unspecified",
)  # fmt: skip
_TITLE_TYPES = (
    "Book", "Database", "Journal", "Newspaper_or_Newsletter", "Other", "Report", "Thesis_or_Dissertation",
    "Unspecified",
)  # fmt: skip
_PARENT_TYPES = (
    "Article", "Book", "Book_Segment", "Dataset", "Journal", "Multimedia", "Newspaper_or_Newsletter", "Other",
    "Report", "Repository_Item", "Thesis_or_Dissertation",
)  # fmt: skip
_TITLE_VALUES = {
    "Data_Type": _TITLE_TYPES,
    "Section_Type": ("Article", "Book", "Chapter", "Other", "Section"),
    "Access_Type": ("Controlled", "OA_Gold"),
    "Format": ("HTML", "PDF", "Other"),
}
_ITEM_VALUES = {
    "Data_Type": (*_PARENT_TYPES, "Unspecified"),
    "Parent_Data_Type": _PARENT_TYPES,
    "Component_Data_Type": _PARENT_TYPES,
    "Access_Type": ("Controlled", "OA_Gold", "Other_Free_To_Read"),
}
_CONTROLLED = {"Access_Type": ("Controlled",)}
_BOOKS = {"Data_Type": ("Book",)}
_JOURNALS = {"Data_Type": ("Journal",)}
_TITLE_ACCESS = {"Access_Type": ("Controlled", "OA_Gold")}
_ITEM_ACCESS = {"Access_Type": ("Controlled", "OA_Gold", "Other_Free_To_Read")}
_ARTICLES = {"Data_Type": ("Article",), "Parent_Data_Type": ("Journal",)}
_TITLE = f"{BOOK} [Data_Type] [Section_Type] [YOP] [Access_Type] [Access_Method] [Format]"
_ITEM = f"{ITEM} {{Parent}} {{Component}} [Data_Type] [YOP] [Access_Type] [Access_Method]"

REPORTS5: tuple[Definition, ...] = (
    master(
        _R, Family.PR, "Platform Master Report", "Platform [Data_Type] [Access_Method]",
        ("Searches_Platform", *USE_AND_TITLES), {"Data_Type": _PLATFORM_TYPES},
    ),
    view(_R, "PR_P1", "Platform Usage", "Platform", PLATFORM_VIEW, {}),
    master(
        _R, Family.DR, "Database Master Report", f"{DATABASE} [Data_Type] [Access_Method]",
        (*SEARCHES, *USE_AND_TITLES, *DENIALS), {"Data_Type": _DATABASE_TYPES}, "Database",
    ),
    view(
        _R, "DR_D1", "Database Search and Item Usage", DATABASE,
        (*SEARCHES, "Total_Item_Investigations", "Total_Item_Requests"), {},
    ),
    view(_R, "DR_D2", "Database Access Denied", DATABASE, DENIALS, {}),
    master(_R, Family.TR, "Title Master Report", _TITLE, (*USE_AND_TITLES, *DENIALS), _TITLE_VALUES, "Item_ID", "YOP"),
    view(
        _R, "TR_B1", "Book Requests (Excluding OA_Gold)", f"{BOOK} YOP", BOOK_REQUESTS, {**_CONTROLLED, **_BOOKS},
    ),
    view(_R, "TR_B2", "Book Access Denied", f"{BOOK} YOP", DENIALS, _BOOKS),
    view(_R, "TR_B3", "Book Usage by Access Type", f"{BOOK} YOP Access_Type", USE_AND_TITLES, _BOOKS, _TITLE_ACCESS),
    view(
        _R, "TR_J1", "Journal Requests (Excluding OA_Gold)", JOURNAL, REQUESTS, {**_CONTROLLED, **_JOURNALS},
    ),
    view(_R, "TR_J2", "Journal Access Denied", JOURNAL, DENIALS, _JOURNALS),
    view(_R, "TR_J3", "Journal Usage by Access Type", f"{JOURNAL} Access_Type", USE, _JOURNALS, _TITLE_ACCESS),
    view(
        _R, "TR_J4", "Journal Requests by YOP (Excluding OA_Gold)", f"{JOURNAL} YOP", REQUESTS,
        {**_CONTROLLED, **_JOURNALS},
    ),
    master(
        _R, Family.IR, "Item Master Report", _ITEM, (*USE, *DENIALS), _ITEM_VALUES,
        "Item_Contributor", "Item_ID", "YOP",
    ),
    view(_R, "IR_A1", "Journal Article Requests", ARTICLE, REQUESTS, _ARTICLES, _ITEM_ACCESS),
    view(
        _R, "IR_M1", "Multimedia Item Requests", MULTIMEDIA, ("Total_Item_Requests",), {"Data_Type": ("Multimedia",)},
    ),
)  # fmt: skip
"""The four master reports and twelve standard views of Release 5."""
