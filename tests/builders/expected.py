"""What usage a report must give, worked out cell by cell in plain Python (the Parquet schema; R4: its fill-ins)."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from nolcat_desktop.counter.release import Release
from nolcat_desktop.usage import USAGE
from tests.builders.abstract import Abstract, Row
from tests.builders.layouts4 import CANONICAL, RELEASE_4

PLACEHOLDERS = ("1000-01-01", "1753-01-01", "1900-01-01")
_DIRECT = {
    "Publisher": "publisher",
    "Publisher_ID": "publisher_ID",
    "Platform": "platform",
    "Authors": "authors",
    "Article_Version": "article_version",
    "DOI": "DOI",
    "Proprietary_ID": "proprietary_ID",
    "ISBN": "ISBN",
    "Print_ISSN": "print_ISSN",
    "Online_ISSN": "online_ISSN",
    "URI": "URI",
    "Data_Type": "data_type",
    "Section_Type": "section_type",
    "Access_Type": "access_type",
    "Access_Method": "access_method",
    "Metric_Type": "metric_type",
    **{
        f"Parent_{name}": f"parent_{column}"
        for name, column in {
            "Title": "title",
            "Authors": "authors",
            "Article_Version": "article_version",
            "Data_Type": "data_type",
            "DOI": "DOI",
            "Proprietary_ID": "proprietary_ID",
            "ISBN": "ISBN",
            "Print_ISSN": "print_ISSN",
            "Online_ISSN": "online_ISSN",
            "URI": "URI",
        }.items()
    },
}
_TR1 = {
    "Journal": ("Article", "Successful Full-text Article Requests"),
    "Book": ("Book_Segment", "Successful Section Requests"),
}


def expected_usage(report: Abstract, statistics_source_id: int = 1, *, member: str | None = None) -> pl.DataFrame:
    """Usage of `report` in the columns and types of `USAGE`: rows in the order of the report, months ascending.

    Args:
        report: Any report; one without months gives no row.
        statistics_source_id: As stored.
        member: Only rows whose Institution_Name is this, in a report of several institutions.
    """
    found = []
    for row in report.rows:
        if report.totals_only or (member is not None and row.elements.get("Institution_Name") != member):
            continue
        for month, count in sorted(row.counts.items()):
            if count != 0:
                found.append(_usage_row(report, row, statistics_source_id, month, count))
    return pl.DataFrame(found, schema=USAGE, orient="row")


def _usage_row(report: Abstract, row: Row, source: int, month: str, count: int) -> dict[str, Any]:
    usage: dict[str, Any] = dict.fromkeys(USAGE.names())
    for name, text in row.elements.items():
        if name in _DIRECT and text:
            usage[_DIRECT[name]] = text
    for name in ("Title", "Database", "Item"):
        if name in report.columns:
            usage["resource_name"] = row.elements.get(name) or None
    usage["publication_date"] = _day(row.elements.get("Publication_Date", ""))
    usage["parent_publication_date"] = _day(row.elements.get("Parent_Publication_Date", ""))
    usage["YOP"] = int(row.elements["YOP"]) if row.elements.get("YOP") else None
    if report.release is Release.R4:
        _fill_in(report, row, usage)
    usage["statistics_source_ID"] = source
    usage["report_type"] = report.report_id
    usage["usage_date"] = date(int(month[:4]), int(month[5:]), 1)
    usage["usage_count"] = count
    usage["report_creation_date"] = date.fromisoformat(report.created[:10])
    usage["release"] = str(report.release)
    return usage


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == 10 and text not in PLACEHOLDERS else None


def _fill_in(report: Abstract, row: Row, usage: dict[str, Any]) -> None:
    layout = RELEASE_4[report.report_id]
    usage["data_type"] = layout.data_type or row.elements["Data_Type"]
    usage["section_type"] = layout.section_type
    if layout.metric is not None:
        usage["metric_type"] = layout.metric
    if usage["metric_type"] in CANONICAL:
        usage["metric_type"] = CANONICAL[usage["metric_type"]]
    if report.report_id in ("TR1", "TR2"):
        usage["section_type"], metric = _TR1[row.elements["Data_Type"]]
        usage["metric_type"] = usage["metric_type"] or metric
        printed, online = row.elements.get("Print_ID") or None, row.elements.get("Online_ID") or None
        if row.elements["Data_Type"] == "Book":
            usage["ISBN"] = online or printed
        else:
            usage["print_ISSN"], usage["online_ISSN"] = printed, online
