"""Small JSON reports of both releases, and how they are read, for the tests of reading JSON."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from nolcat_desktop.reading.json_report import read_json
from nolcat_desktop.report import FileKind, Irregularity, NotAReport, Origin, Report

ORIGIN = Origin("report.json", None, FileKind.JSON, "0" * 64)


def header5(**more: Any) -> dict[str, Any]:
    return {
        "Report_Name": "Title Master Report",
        "Report_ID": "TR",
        "Release": "5",
        "Institution_Name": "Library",
        "Institution_ID": [{"Type": "ISNI", "Value": "1"}, {"Type": "Proprietary", "Value": "p:9"}],
        "Customer_ID": "c1",
        "Report_Filters": [
            {"Name": "Begin_Date", "Value": "2022-01-01"},
            {"Name": "End_Date", "Value": "2022-03-31"},
            {"Name": "Metric_Type", "Value": "No_License|Limit_Exceeded"},
            {"Name": "YOP", "Value": "2001|2010-2011"},
        ],
        "Report_Attributes": [{"Name": "Attributes_To_Show", "Value": "Data_Type|YOP"}],
        "Created": "2022-05-01T00:00:00Z",
        "Created_By": "Platform",
        **more,
    }


def part5(month: str, last: int, *counts: tuple[str, Any]) -> dict[str, Any]:
    period = {"Begin_Date": f"{month}-01", "End_Date": f"{month}-{last}"}
    return {"Period": period, "Instance": [{"Metric_Type": metric, "Count": count} for metric, count in counts]}


def item5(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "Title": "A",
        "Publisher": "P",
        "Platform": "X",
        "Item_ID": [{"Type": "DOI", "Value": "10.1/a"}, {"Type": "ISBN", "Value": "978"}],
        "Data_Type": "Book",
        "YOP": "2001",
        "Performance": list(parts),
        **more,
    }


def header51(**more: Any) -> dict[str, Any]:
    return {
        "Report_Name": "Item Report",
        "Report_ID": "IR",
        "Release": "5.1",
        "Institution_Name": "Library",
        "Institution_ID": {"ISNI": ["1"], "Proprietary": ["p:9"]},
        "Registry_Record": "",
        "Report_Filters": {"Begin_Date": "2022-01-01", "End_Date": "2022-03-31"},
        "Report_Attributes": {"Attributes_To_Show": ["Authors"], "Include_Parent_Details": "True"},
        "Created": "2022-05-01T00:00:00Z",
        "Created_By": "Platform",
        **more,
    }


def item51(performance: Any, **more: Any) -> dict[str, Any]:
    return {
        "Item": "I",
        "Publisher": "P",
        "Platform": "X",
        "Item_ID": {"DOI": "10.1/i", "Proprietary": "p:1"},
        "Attribute_Performance": [{"Data_Type": "Article", "Performance": performance, **more}],
    }


def parent51(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"Title": "J", "Item_ID": {"Online_ISSN": "1234-5678"}, "Data_Type": "Journal", "Items": list(items), **more}


def of(header: dict[str, Any], *items: Any) -> dict[str, Any]:
    return {"Report_Header": header, "Report_Items": list(items)}


def read(tree: Any) -> Report:
    (report,) = read_json(tree if isinstance(tree, bytes) else json.dumps(tree).encode(), ORIGIN)
    assert isinstance(report, Report), report
    return report


def rules(report: Report) -> list[str]:
    return [one.rule for one in report.irregularities]


def found(report: Report, rule: str) -> Irregularity:
    return next(one for one in report.irregularities if one.rule == rule)


def position(report: Report, row: int, column: str) -> str:
    return str(report.positions.cells(pl.Series([row], dtype=pl.UInt32), column)[0])


def refused(content: Any) -> NotAReport:
    (refusal,) = read_json(content if isinstance(content, bytes) else json.dumps(content).encode(), ORIGIN)
    assert isinstance(refusal, NotAReport)
    return refusal
