"""Rules of this program, not of COUNTER: what NoLCAT's limits and columns do to a report, and what its dates say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.report import ROW, Report
from nolcat_desktop.usage import NOLCAT_LENGTHS, USAGE_COLUMNS
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.made_early import unfinished_months
from nolcat_desktop.validation.rule import ALL, VALUE, Rule
from nolcat_desktop.validation.subject import Subject

NOT_CARRIED: Final = Fault(
    "N-not-carried",
    Level.NOTICE,
    "The column '{element}' is not carried over ({detail} filled cells).",
    "Usage has no place for it; the original is kept.",
)
_CARRIED: Final = frozenset(USAGE_COLUMNS) | {
    "Title",
    "Item",
    "Database",
    "Reporting_Period_Total",
    "Print_ID",
    "Online_ID",
    "Institution_Name",
    "Customer_ID",
}
"""Elements that usage has a column for, and the total, which only checks what it holds."""
_MEMBER: Final = frozenset({"Institution_Name", "Customer_ID"})
_NAMES: Final = {"Title": "resource_name", "Item": "resource_name", "Database": "resource_name"}
_DATES: Final = ("Publication_Date", "Parent_Publication_Date")
_v = VALUE.str.strip_chars()
_UNKNOWN: Final = ["unknown", "n/a", "na", "none", "null", "-", "--", "n.a.", "not available", "not applicable"]

PLACEHOLDER_RULES: Final = (
    Rule(
        "N-date",
        Level.NOTICE,
        _DATES,
        ~_v.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$") | _v.is_in(["0001-01-01", "9999-12-31", "9999-01-01"]),
        "{element} '{value}' is not a whole date.",
        "It is kept in the original only.",
        releases=ALL,
        official=False,
    ),
    Rule(
        "N-placeholder",
        Level.NOTICE,
        ("Title", "Item", "Database", "Publisher", "Platform", "DOI", "ISBN", "URI"),
        _v.str.to_lowercase().is_in(_UNKNOWN),
        "{element} '{value}' stands for a blank.",
        "It is kept as delivered.",
        releases=ALL,
        official=False,
    ),
)
"""Texts that stand for nothing."""


def length_rules() -> list[Rule]:
    """One rule for each element that NoLCAT limits."""
    rules = []
    for element, column in {**USAGE_COLUMNS, **_NAMES}.items():
        limit = NOLCAT_LENGTHS.get(column)
        if limit is not None:
            rules.append(
                Rule(
                    "N-length",
                    Level.NOTICE,
                    (element,),
                    VALUE.str.len_chars() > limit,
                    f"{{element}} has {{detail}} characters; NoLCAT's own table holds {limit}.",
                    "It is kept whole here.",
                    releases=ALL,
                    detail=VALUE.str.len_chars().cast(pl.String),
                    official=False,
                )
            )
    return rules


CREATED_EARLY: Final = Fault(
    "N-created",
    Level.WARNING,
    "The report was made on {value}, before its period ended: {detail} may be incomplete.",
    "Fetch the report again; until then do not compare these months with others.",
)
INSTITUTION: Final = Fault(
    "N-placeholder", Level.NOTICE, "Institution_Name '{value}' stands for a blank.", "It is kept as delivered."
)


def own_header_findings(subject: Subject) -> Iterator[Found]:
    """What COUNTER's own validator does not see in the header of R5 and R5.1."""
    header = subject.report.header
    if subject.release.is_before_5:
        return
    if header.created and header.end and header.created <= header.end:
        at = header.positions.get("Created")
        yield CREATED_EARLY.at(at, "Created", header.created.isoformat(), unfinished_months(header))
    name = header.texts.get("Institution_Name", "")
    if name.strip().lower() in _UNKNOWN:
        yield INSTITUTION.at(header.positions.get("Institution_Name"), "Institution_Name", name)


def not_carried(report: Report) -> list[Found]:
    """One notice for each column with filled cells that has no place in usage."""
    months = set(report.month_columns)
    names = [name for name in report.items.columns if name != ROW and name not in months and name not in _CARRIED]
    names += [name for name in report.items.columns if name in _MEMBER]
    if not names or not report.items.height:
        return []
    filled = report.items.lazy().select(pl.col(name).is_not_null().sum() for name in names).collect().row(0)
    headings: Mapping[str, str] = {heading.column: heading.text for heading in report.headings if heading.column}
    places = {heading.column: heading.position for heading in report.headings if heading.column}
    return [
        NOT_CARRIED.at(
            places.get(name), headings.get(name, name).strip() or f"{name[1:]} (no heading)", None, str(count)
        )
        for name, count in zip(names, filled, strict=True)
        if count
    ]
