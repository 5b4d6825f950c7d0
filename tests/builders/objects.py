"""The JSON form of R5 (items, performance by period) and of R5.1 (attribute performance, counts by metric, month)."""

from __future__ import annotations

import json as writer
import re
from collections.abc import Mapping
from typing import Any

from nolcat_desktop.counter.release import Release
from tests.builders.abstract import Abstract, ReportedException, Row, month_end, month_key

_IDS = {
    "DOI": "DOI",
    "Proprietary_ID": "Proprietary",
    "ISBN": "ISBN",
    "Print_ISSN": "Print_ISSN",
    "Online_ISSN": "Online_ISSN",
    "URI": "URI",
}
_NAMESPACES = ("ISNI", "ISIL", "OCLC", "ROR")
_WRITTEN = ("Authors", "Publication_Date", "Article_Version")
_METADATA = {"Database", "Title", "Item", "Publisher", "Publisher_ID", "Platform", *_IDS, *_WRITTEN}


def json(report: Abstract, *, indent: int | None = 1) -> bytes:
    """UTF-8 JSON of the report; zeros are left out, as the Code of Practice wants."""
    return writer.dumps(tree(report), ensure_ascii=False, indent=indent).encode()


def tree(report: Abstract) -> dict[str, Any]:
    """The report as JSON values, for tests that change one of them first."""
    match report.release:
        case Release.R5:
            return {"Report_Header": _header5(report), "Report_Items": _items5(report)}
        case Release.R51:
            return {"Report_Header": _header51(report), "Report_Items": _items51(report)}
        case _:
            raise ValueError("Release 4 has no JSON form")


def split_ids(text: str) -> list[tuple[str, str]]:
    """`ISNI:1; plat:2` → (ISNI, 1), (Proprietary, plat:2)."""
    parts = []
    for part in filter(None, text.split("; ")):
        name, _, value = part.partition(":")
        parts.append((name, value) if name in _NAMESPACES else ("Proprietary", part))
    return parts


def split_authors(text: str) -> list[tuple[str, str, str]]:
    """`A (ORCID:1); B` → (A, ORCID, 1), (B, '', '')."""
    found = []
    for part in filter(None, text.split("; ")):
        match = re.fullmatch(r"(.*) \((ORCID|ISNI):(.*)\)", part)
        found.append((match[1], match[2], match[3]) if match else (part, "", ""))
    return found


def _attributes(report: Abstract) -> dict[str, tuple[str, ...]]:
    kept = {name: values for name, values in report.attributes.items() if name != "Exclude_Monthly_Details"}
    return kept | ({"Granularity": ("Totals",)} if report.totals_only else {})


def _exceptions(found: tuple[ReportedException, ...], severity: bool) -> list[dict[str, Any]]:
    return [
        {"Code": one.code, "Message": one.message}
        | ({"Severity": one.severity} if severity else {})
        | ({"Data": one.data} if one.data else {})
        for one in found
    ]


def _filters(report: Abstract) -> dict[str, tuple[str, ...]]:
    metrics = {"Metric_Type": report.metric_types} if report.metric_types else {}
    dates = {"Begin_Date": (f"{report.begin:%Y-%m-%d}",), "End_Date": (f"{report.end:%Y-%m-%d}",)}
    return {**metrics, **report.filters, **dates}


def _header5(report: Abstract) -> dict[str, Any]:
    def pairs(settings: Mapping[str, tuple[str, ...]]) -> list[dict[str, str]]:
        return [{"Name": name, "Value": "|".join(values)} for name, values in settings.items()]

    header: dict[str, Any] = {
        "Report_Name": report.report_name,
        "Report_ID": report.report_id,
        "Release": "5",
        "Institution_Name": report.institution_name,
        "Institution_ID": _typed(split_ids(report.institution_id)),
        "Customer_ID": report.customer_id,
        "Report_Filters": pairs(_filters(report)),
        "Report_Attributes": pairs(_attributes(report)),
        "Exceptions": _exceptions(report.exceptions, True),
        "Created": report.created,
        "Created_By": report.created_by,
    }
    return {name: value for name, value in header.items() if value}


def _header51(report: Abstract) -> dict[str, Any]:
    scalars = ("Begin_Date", "End_Date", "Platform", "Include_Parent_Details", "Granularity")

    def values(settings: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
        return {name: found[0] if name in scalars else list(found) for name, found in settings.items()}

    header: dict[str, Any] = {
        "Release": "5.1",
        "Report_ID": report.report_id,
        "Report_Name": report.report_name,
        "Created": report.created,
        "Created_By": report.created_by,
        "Institution_ID": _by_namespace(report.institution_id),
        "Institution_Name": report.institution_name,
        "Registry_Record": report.registry_record,
        "Report_Attributes": values(_attributes(report)),
        "Report_Filters": values(_filters(report)),
        "Exceptions": _exceptions(report.exceptions, False),
    }
    return {name: value for name, value in header.items() if value}


def _typed(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"Type": kind, "Value": value} for kind, value in pairs]


def _by_namespace(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in split_ids(text):
        found.setdefault(name, []).append(value)
    return found


def _identity(row: Row, leave_out: tuple[str, ...] = ("Metric_Type", "Format")) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, text) for name, text in row.elements.items() if text and name not in leave_out))


def _items5(report: Abstract) -> list[dict[str, Any]]:
    grouped: dict[tuple[tuple[str, str], ...], list[Row]] = {}
    for row in report.rows:
        grouped.setdefault(_identity(row), []).append(row)
    return [_item5(report, rows) for rows in grouped.values()]


def _item5(report: Abstract, rows: list[Row]) -> dict[str, Any]:
    texts = rows[0].elements
    item: dict[str, Any] = {
        name: texts.get(name, "") for name in ("Database", "Title", "Item") if name in report.columns
    }
    if "Publisher" in report.columns:
        item["Publisher"] = texts.get("Publisher", "")
    item["Platform"] = texts.get("Platform", "")
    item |= _described5(texts)
    if "Publisher_ID" in texts:
        item["Publisher_ID"] = _typed(split_ids(texts["Publisher_ID"]))
    parent = {name[7:]: text for name, text in texts.items() if name.startswith("Parent_") and text}
    if parent:
        item["Item_Parent"] = _parent5(parent)
    shown = (name for name in report.columns if not _is_metadata(name) and name not in ("Metric_Type", "Format"))
    item |= {name: texts[name] for name in shown if texts.get(name)}
    item["Performance"] = _performance5(report, rows)
    return item


def _is_metadata(name: str) -> bool:
    return name in _METADATA or name.startswith("Parent_")


def _described5(texts: Mapping[str, str]) -> dict[str, Any]:
    """Identifiers, contributors, dates and version of an item or a parent."""
    found: dict[str, Any] = {}
    ids = [(kind, texts[name]) for name, kind in _IDS.items() if texts.get(name)]
    if ids:
        found["Item_ID"] = _typed(ids)
    if texts.get("Authors"):
        found["Item_Contributors"] = [
            {"Type": "Author", "Name": name} | ({"Identifier": f"{kind}:{value}"} if kind else {})
            for name, kind, value in split_authors(texts["Authors"])
        ]
    if texts.get("Publication_Date"):
        found["Item_Dates"] = _typed([("Publication_Date", texts["Publication_Date"])])
    if texts.get("Article_Version"):
        found["Item_Attributes"] = _typed([("Article_Version", texts["Article_Version"])])
    return found


def _parent5(texts: Mapping[str, str]) -> dict[str, Any]:
    named = {"Item_Name": texts["Title"]} if "Title" in texts else {}
    kind = {"Data_Type": texts["Data_Type"]} if "Data_Type" in texts else {}
    return {**named, **_described5(texts), **kind}


def _performance5(report: Abstract, rows: list[Row]) -> list[dict[str, Any]]:
    if report.totals_only:
        period = {"Begin_Date": f"{report.begin:%Y-%m-%d}", "End_Date": f"{report.end:%Y-%m-%d}"}
        return [
            {
                "Period": period,
                "Instance": [{"Metric_Type": row.elements["Metric_Type"], "Count": row.total} for row in rows],
            }
        ]
    found = []
    for month in report.months:
        key = month_key(month)
        instances = [
            {"Metric_Type": row.elements["Metric_Type"], "Count": row.counts[key]}
            for row in rows
            if row.counts.get(key)
        ]
        if instances:
            period = {"Begin_Date": f"{month:%Y-%m-%d}", "End_Date": f"{month_end(month):%Y-%m-%d}"}
            found.append({"Period": period, "Instance": instances})
    return found


def _items51(report: Abstract) -> list[dict[str, Any]]:
    if "Item" not in report.columns:
        return _things51(report, report.rows)
    parents: dict[tuple[tuple[str, str], ...], list[Row]] = {}
    for row in report.rows:
        parent = tuple(sorted((n[7:], t) for n, t in row.elements.items() if n.startswith("Parent_") and t))
        parents.setdefault(parent, []).append(row)
    found = []
    for key, rows in parents.items():
        texts = dict(key)
        parent51: dict[str, Any] = {name: texts[name] for name in ("Title", "Data_Type") if name in texts}
        found.append(parent51 | _described51(texts) | {"Items": _things51(report, tuple(rows))})
    return found


def _things51(report: Abstract, rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    """Databases, titles, items or platforms: one object each, however many sets of attributes it has."""
    attributes = [name for name in report.columns if not _is_metadata(name) and name != "Metric_Type"]
    grouped: dict[tuple[tuple[str, str], ...], list[Row]] = {}
    for row in rows:
        grouped.setdefault(_identity(row, ("Metric_Type", *attributes)), []).append(row)
    return [_thing51(report, found, attributes) for found in grouped.values()]


def _thing51(report: Abstract, rows: list[Row], attributes: list[str]) -> dict[str, Any]:
    texts = rows[0].elements
    thing: dict[str, Any] = {
        name: texts.get(name, "") for name in ("Database", "Title", "Item") if name in report.columns
    }
    if "Publisher" in report.columns:
        thing["Publisher"] = texts.get("Publisher", "")
    thing["Platform"] = texts.get("Platform", "")
    thing |= _described51(texts)
    if "Publisher_ID" in texts:
        thing["Publisher_ID"] = _by_namespace(texts["Publisher_ID"])
    sets: dict[tuple[str, ...], dict[str, dict[str, int]]] = {}
    for row in rows:
        performance = sets.setdefault(tuple(row.elements.get(name, "") for name in attributes), {})
        performance[row.elements["Metric_Type"]] = _counts51(report, row)
    thing["Attribute_Performance"] = [
        {name: text for name, text in zip(attributes, key, strict=True) if text} | {"Performance": performance}
        for key, performance in sets.items()
    ]
    return thing


def _counts51(report: Abstract, row: Row) -> dict[str, int]:
    if report.totals_only:
        return {month_key(report.begin): row.total}
    return {month: count for month, count in sorted(row.counts.items()) if count}


def _described51(texts: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    ids = {kind: texts[name] for name, kind in _IDS.items() if texts.get(name)}
    if ids:
        found["Item_ID"] = ids
    if texts.get("Authors"):
        found["Authors"] = [
            {"Name": name} | ({kind: value} if kind else {}) for name, kind, value in split_authors(texts["Authors"])
        ]
    return found | {name: texts[name] for name in ("Publication_Date", "Article_Version") if texts.get(name)}
