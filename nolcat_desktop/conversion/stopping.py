"""What stops a report from being stored, damaged cells and overlaps apart: everything else is kept with the load."""

from __future__ import annotations

import polars as pl

from nolcat_desktop.conversion.layout import metric
from nolcat_desktop.conversion.lost_counts import lost_counts
from nolcat_desktop.conversion.told_otherwise import (
    counts_unread,
    items_unread,
    no_answer,
    numbers_unread,
    only_beside_months,
    other_periods,
)
from nolcat_desktop.conversion.usage_members import of_member
from nolcat_desktop.problem import Problem
from nolcat_desktop.report import ROW, Report

_LISTED_MEMBERS = 8
_LISTED_ROWS = 5
_SORTED_HALF = "X-sorted-half"
"""Rule by which reading tells that numbers stand beside other titles than their own."""

_AS_SENT = "Take the file as the provider sent it (the inventory lists others of the same months), or ask for it again."
_OF_AN_EXPORT = "statistics_source_id"
"""Heading of a column that only NoLCAT and this program write."""
_EXPORTED = Problem(
    "This is a table out of a library, not a report of a publisher",
    "It has the columns of NoLCAT's relation or of a table that this program exported. Nothing was stored.",
    "Take it over instead, as CSV, TSV or Parquet (nolcat take-over --csv FILE, --parquet FILE); a workbook has to be "
    "exported as one of these first.",
)


def members(report: Report) -> tuple[str, ...]:
    """The institutions in a consortium's report, when there is more than one: by name, else by Customer_ID."""
    names, ids = _distinct(report, "Institution_Name"), _distinct(report, "Customer_ID")
    if len(ids) > len(names):
        return ids if len(ids) > 1 else ()
    return names if len(names) > 1 else ()


def _distinct(report: Report, element: str) -> tuple[str, ...]:
    if element not in report.items.columns:
        return ()
    found = report.items[element].str.strip_chars().unique().drop_nulls().sort().to_list()
    return tuple(name for name in found if name)


def stopped_by(report: Report, member: str | None = None) -> Problem | None:
    """What stops `report` from being stored, damaged cells apart; None when nothing does."""
    if report.definition is None or report.release is None:
        return _no_report_type(report)
    if report.totals_only or not report.definition.has_months:
        return _totals_only(report)
    unread = counts_unread(report)
    if unread is not None:
        return unread
    if report.items.is_empty():
        return (
            no_answer(report)
            or items_unread(report)
            or numbers_unread(report)
            or (None if report.covered_months() else _no_months(report))
        )
    return (
        _wrong_member(report, member)
        or lost_counts(report)
        or other_periods(report)
        or numbers_unread(report)
        or _sorted_half(report)
        or (None if report.months else _no_months(report))
        or only_beside_months(report)
        or _no_metric(report, member)
    )


def _sorted_half(report: Report) -> Problem | None:
    """Numbers that somebody sorted apart from their titles would all be stored, under the wrong names."""
    told = next((one for one in report.irregularities if one.rule == _SORTED_HALF), None)
    if told is None:
        return None
    whole = f"The same report stands whole in {told.value}: take that one instead." if told.value else _AS_SENT
    return Problem(
        "The rows do not belong together",
        f"Some columns were sorted without the others, so numbers stand beside other titles: {told.detail}. Rows with "
        "equal sums may be exchanged without showing it, so none of them is sure. Nothing was stored.",
        whole,
        told.position,
    )


def _no_report_type(report: Report) -> Problem:
    if any(heading.text.strip().casefold() == _OF_AN_EXPORT for heading in report.headings):
        return _EXPORTED
    said = report.header.texts.get("Report_ID") or report.header.texts.get("Report_Name") or ""
    release = report.header.texts.get("Release", "")
    if report.release is None and release:
        return Problem(
            f"COUNTER Release “{release}” is not known",
            "Its rules are not known, so nothing was stored.",
            "Check Release in the header; the releases 3, 4, 5 and 5.1 can be read.",
            report.header.positions.get("Release"),
        )
    meaning = "It has neither a Report_ID nor a Report_Name."
    if said:
        meaning = f"“{said}” is not the name or the code of a report of this release; nothing was stored."
    return Problem(
        "It is not said which COUNTER report this is",
        meaning,
        "Check Report_Name and Report_ID in the header, or ask the provider for the report again. Where the header is "
        "missing, say which report it is (--report-type TR_J1).",
        report.header.positions.get("Report_ID") or report.header.positions.get("Report_Name"),
    )


def _totals_only(report: Report) -> Problem:
    return Problem(
        "The report has totals only",
        "Its numbers are of the whole period, not of single months; stored under a month they would be wrong.",
        "Ask the provider for the same report with monthly details. The original is worth keeping until then.",
        report.header.positions.get("Report_Attributes"),
    )


def _no_months(report: Report) -> Problem:
    return Problem(
        "The report has no months",
        "Neither its column headings nor its reporting period name a month, so its numbers belong nowhere."
        if report.items.is_empty()
        else "No column heading names a month, so its numbers belong nowhere.",
        "Ask the provider for the report with a column for each month.",
        str(report.heading_row) if report.heading_row else None,
    )


def _wrong_member(report: Report, member: str | None) -> Problem | None:
    names = members(report)
    if member is None:
        return _several_members(names) if names else None
    rows = of_member(report.items, member)
    if rows.is_empty():
        return Problem("The report has no usage of this member", f"“{member}” does not occur in it.", "Check the name.")
    nameless = _without_member(report)
    if nameless is not None:
        return nameless
    ids = rows["Customer_ID"].str.strip_chars().drop_nulls().unique() if "Customer_ID" in rows.columns else ()
    if len(ids) > 1:
        listed = ", ".join(sorted(ids)[:_LISTED_MEMBERS])
        return Problem(
            "Several members have this name",
            f"“{member}” stands with the customer identifiers {listed}; members are never added up.",
            "Say which one is yours by its identifier (--member ID).",
        )
    return None


def _without_member(report: Report) -> Problem | None:
    """Rows that belong to no member, in a report of several: they would never be stored, and nobody would know."""
    columns = [name for name in ("Institution_Name", "Customer_ID") if name in report.items.columns]
    if not columns or not members(report):
        return None
    rows = report.items.filter(pl.all_horizontal(pl.col(columns).str.strip_chars().fill_null("") == ""))[ROW]
    if rows.is_empty():
        return None
    where = report.positions.rows(rows.head(1))[0]
    return Problem(
        "Rows without a member",
        f"To which member rows belong is not said, at {len(rows):,} places, the first being row {where}.",
        "Ask the provider for a corrected report.",
        where,
    )


def _several_members(names: tuple[str, ...]) -> Problem:
    listed = ", ".join(names[:_LISTED_MEMBERS]) + (" …" if len(names) > _LISTED_MEMBERS else "")
    return Problem(
        "The report is of several institutions",
        f"It holds the usage of {len(names)} members: {listed}. A library holds one of them; they are never added up.",
        "Say which one is yours (--member NAME).",
    )


def _no_metric(report: Report, member: str | None) -> Problem | None:
    items = of_member(report.items, member)
    blank = items.lazy().select(ROW, metric=metric(report)).filter(pl.col("metric").is_null()).collect()[ROW]
    if blank.is_empty():
        return None
    where = report.positions.rows(blank.head(_LISTED_ROWS)).to_list()
    more = f" and {len(blank) - _LISTED_ROWS:,} more" if len(blank) > _LISTED_ROWS else ""
    rows = f"{len(blank):,} row{'s' if len(blank) != 1 else ''} ({', '.join(where)}{more})"
    return Problem(
        "Rows without a metric",
        f"It is not said what {rows} count, so they cannot be stored.",
        "Ask the provider for a corrected report, or fill in the metric where you know it.",
        where[0],
    )
