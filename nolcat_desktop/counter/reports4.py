"""The reports of Release 4 (Code of Practice R4, chapter 4 and Appendix H), under the element names of Release 5.

What fills data_type, section_type and metric_type is NoLCAT's where NoLCAT has a value, else this program's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.counter.metrics4 import ACTIVITIES, DENIALS, ITEM_TYPES, PAGE_TYPES, SEARCHES
from nolcat_desktop.counter.release import Release

_JOURNAL = ("Title", "Publisher", "Platform", "DOI", "Proprietary_ID", "Print_ISSN", "Online_ISSN")
_BOOK = ("Title", "Publisher", "Platform", "DOI", "Proprietary_ID", "ISBN", "Online_ISSN")
_TITLE = ("Title", "Publisher", "Platform", "Data_Type", "DOI", "Proprietary_ID", "Print_ID", "Online_ID")
_COLLECTION = ("Title", "Publisher", "Platform")
_DATABASE = ("Database", "Publisher", "Platform")
_TOTAL = ("Reporting_Period_Total",)
_FORMATS = ("Reporting_Period_Total", "Reporting_Period_HTML", "Reporting_Period_PDF")
_METRIC = ("Metric_Type", "Reporting_Period_Total")

_ARTICLE_REQUESTS = "Successful Full-text Article Requests"
_UNIT_REQUESTS = "Successful Content Unit Requests"

_JOURNALS = "Total for all journals"
_TITLES = "Total for all titles"
_COLLECTIONS = "Total for all collections"
_DATABASES = "Total for all databases"
_SEARCHES = ("Total searches", "Total searches: federated and automated")

TOTAL_ROWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "JR1": (_JOURNALS,),
        "JR1GOA": (_JOURNALS,),
        "JR1a": (_JOURNALS,),
        "JR2": (_JOURNALS, _JOURNALS),
        "JR4": _SEARCHES,
        "JR5": (_JOURNALS,),
        "BR1": (_TITLES,),
        "BR2": (_TITLES,),
        "BR3": (_TITLES, _TITLES),
        "BR4": ("Total for all platforms", "Total for all platforms"),
        "BR5": _SEARCHES,
        "BR7": (_TITLES,),
        "DB1": (),
        "DB2": (_DATABASES, _DATABASES),
        "PR1": (),
        "MR1": (_COLLECTIONS,),
        "TR1": (_TITLES,),
        "TR1Mobile": (_TITLES,),
        "TR2": (_TITLES, _TITLES),
    }
)
"""Report → labels of the total rows that it must have, one entry a row; () = none may stand. Absent: not known."""

_LABELS: Mapping[str, tuple[str, ...]] = {
    "JR": ("total for all journals", "total for all journal", "total"),
    "BR": ("total for all titles", "total for all title", "total"),
    "DB": ("total for all databases", "total for all database", "total list of database_item not licenced", "total"),
    "PR": ("total for all platforms", "total for all platform", "total"),
    "MR": ("total for all collections", "total for all collection", "total"),
    "TR": ("total for all titles", "total for all title", "total"),
    "CR": ("total for all titles", "total for all databases", "total for all collections", "total"),
}
_EXTRA_LABELS: Mapping[str, tuple[str, ...]] = {
    "JR4": ("total searches", "total searches: federated and automated", "total for all collection"),
    "BR4": ("total for all platforms", "total for all platform"),
    "BR5": ("total searches", "total searches: federated and automated"),
}


def _report(  # noqa: PLR0913 (a row of the table below)
    report_id: str,
    name: str,
    columns: tuple[str, ...],
    *,
    family: Family = Family.TR,
    optional: tuple[str, ...] = (),
    data_type: str | None = None,
    section_type: str | None = None,
    metric: str | None = None,
    metric_types: tuple[str, ...] = (),
    has_months: bool = True,
) -> Definition:
    values = {"Data_Type": ("Journal", "Book")} if "Data_Type" in columns else {}
    return Definition(
        report_id=report_id,
        release=Release.R4,
        name=name,
        family=family,
        columns=columns,
        optional=frozenset(optional),
        metric_types=metric_types,
        values=MappingProxyType(values),
        has_months=has_months,
        data_type=data_type,
        section_type=section_type,
        metric=metric,
        total_labels=_EXTRA_LABELS.get(report_id, ()) + _LABELS[report_id[:2]],
    )


def _journal(
    report_id: str, name: str, columns: tuple[str, ...] = _FORMATS, *, metric: str | None = None
) -> Definition:
    return _report(
        report_id, name, _JOURNAL + columns, data_type="Journal", section_type="Article", metric=metric,
        metric_types=DENIALS if "Metric_Type" in columns else (),
    )  # fmt: skip


def _pages(report_id: str, name: str, columns: tuple[str, ...], data_type: str | None) -> Definition:
    return _report(report_id, name, columns + _METRIC, data_type=data_type, metric_types=PAGE_TYPES)


def _book(
    report_id: str,
    name: str,
    section_type: str = "Book",
    *,
    metric: str | None = None,
    metric_types: tuple[str, ...] = (),
) -> Definition:
    return _report(
        report_id, name, _BOOK + (_METRIC if metric_types else _TOTAL), data_type="Book", section_type=section_type,
        metric=metric, metric_types=metric_types,
    )  # fmt: skip


_FORMATS_OPTIONAL = ("Reporting_Period_HTML", "Reporting_Period_PDF")

REPORTS4: tuple[Definition, ...] = (
    _journal("JR1", "Journal Report 1", metric=_ARTICLE_REQUESTS),
    _journal("JR1GOA", "Journal Report 1 GOA", metric="Successful Gold Open Access Full-text Article Requests"),
    _journal("JR1a", "Journal Report 1a", metric="Successful Full-text Article Requests from an Archive"),
    _journal("JR1b", "Journal Report 1b", metric=_ARTICLE_REQUESTS),
    _journal("JR2", "Journal Report 2", _METRIC),
    _pages("JR3", "Journal Report 3", _JOURNAL, "Journal"),
    _pages("JR3Mobile", "Journal Report 3 Mobile", _JOURNAL, "Journal"),
    _report("JR4", "Journal Report 4", ("Title", *_METRIC), data_type="Journal", metric_types=SEARCHES),
    _report(
        "JR5", "Journal Report 5", (*_JOURNAL, "Articles_in_Press"), optional=("Articles_in_Press",),
        data_type="Journal", section_type="Article", has_months=False,
    ),
    _book("BR1", "Book Report 1", metric="Successful Title Requests"),
    _book("BR2", "Book Report 2", "Book_Segment", metric="Successful Section Requests"),
    _book("BR3", "Book Report 3", metric_types=DENIALS),
    _report(
        "BR4", "Book Report 4", ("Title", "Publisher", "Platform", "Proprietary_ID", *_METRIC),
        optional=("Proprietary_ID",), data_type="Book", section_type="Book", metric_types=DENIALS,
    ),
    _book("BR5", "Book Report 5", metric_types=SEARCHES),
    _book("BR7", "Book Report 7", metric="Successful Unique Title Requests"),
    _report(
        "DB1", "Database Report 1", _DATABASE + _METRIC, family=Family.DR, data_type="Database",
        metric_types=ACTIVITIES,
    ),
    _report(
        "DB2", "Database Report 2", _DATABASE + _METRIC, family=Family.DR, data_type="Database", metric_types=DENIALS,
    ),
    _report(
        "PR1", "Platform Report 1", ("Platform", "Publisher", *_METRIC), family=Family.PR, data_type="Platform",
        metric_types=ACTIVITIES,
    ),
    _report("MR1", "Multimedia Report 1", _COLLECTION + _TOTAL, data_type="Multimedia", metric=_UNIT_REQUESTS),
    _report("MR2", "Multimedia Report 2", _COLLECTION + _METRIC, data_type="Multimedia", metric_types=ITEM_TYPES),
    _report("TR1", "Title Report 1", _TITLE + _FORMATS, optional=_FORMATS_OPTIONAL),
    _report("TR1Mobile", "Title Report 1 Mobile", _TITLE + _FORMATS, optional=_FORMATS_OPTIONAL),
    _report("TR2", "Title Report 2", _TITLE + _METRIC, metric_types=DENIALS),
    _pages("TR3", "Title Report 3", _TITLE, None),
    _pages("TR3Mobile", "Title Report 3 Mobile", _TITLE, None),
    _report(
        "CR1", "Consortium Report 1",
        ("Institution_Name", "Publisher", "Platform", "Title", "DOI", "Proprietary_ID", "Print_ISSN", "Online_ISSN",
         *_FORMATS),
        optional=_FORMATS_OPTIONAL,
    ),
    _report(
        "CR2", "Consortium Report 2", ("Institution_Name", *_DATABASE, *_METRIC), family=Family.DR,
        data_type="Database", metric_types=ACTIVITIES,
    ),
    _report(
        "CR3", "Consortium Report 3", ("Institution_Name", *_COLLECTION, *_TOTAL), data_type="Multimedia",
        metric=_UNIT_REQUESTS,
    ),
)  # fmt: skip
"""The reports of Release 4. TR1, TR1Mobile and CR1 imply a metric by the row's data type: `metrics4.by_data_type`."""
