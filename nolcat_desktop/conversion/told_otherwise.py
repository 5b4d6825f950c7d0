"""Reports in JSON and XML that must not be stored as they stand: counts of no month, errors in place of usage."""

from __future__ import annotations

from typing import Final

import polars as pl

from nolcat_desktop.counts import count, is_damaged
from nolcat_desktop.problem import Problem
from nolcat_desktop.report import ROW, FileKind, Irregularity, Report

_TREES: Final = frozenset({FileKind.JSON, FileKind.XML})
_NOT_LIST: Final = "J-items-not-list"
"""Rule by which reading tells that the items are not where they belong."""
_WITHOUT_COUNT: Final = frozenset({"R4-X12", "R4-X13"})
"""Rules by which reading tells metrics of Release 4 in XML that are parts of a total, or not of the report."""
_TOTALS: Final = "Reporting_Period"
"""How the columns are called that hold the sums of the months."""
_UNREAD: Final = "F-unread"
"""Rule by which reading tells numbers that it did not take."""
_MISSING: Final = frozenset({"J-required-missing", "J-items-missing"})
_HOLD_COUNTS: Final = frozenset({"Attribute_Performance", "Performance", "Instance", "Count", "Items"})
_LAST_OF_SERVICE: Final = 3030
"""Exceptions from 1000 up to here (not included) say that the service did not answer the question at all."""
_FIRST_OF_SERVICE: Final = 1000


def other_periods(report: Report) -> Problem | None:
    """Counts whose period is not one month, beside others that are: stored without them, the report would be too low.

    In tables they are columns whose heading is no month (`lost_counts`); here, columns named `#` and the period.
    """
    if report.origin.kind not in _TREES:
        return None
    for name in report.items.columns:
        if not name.startswith("#"):
            continue
        rows = report.items.lazy().filter((count(name) > 0) | is_damaged(name)).select(ROW).collect()[ROW]
        if rows.len():
            where = report.positions.cells(rows.head(1), name)[0]
            return Problem(
                "Counts that belong to no month",
                f"At {rows.len():,} places, the first being {where}, a count is of “{name[1:]}”, not of one month; "
                "stored without them, the report would say too little.",
                "Ask the provider for the same report with monthly details.",
                where,
            )
    return None


def no_answer(report: Report) -> Problem | None:
    """An empty report with an exception that says why nothing could be told: that is no usage of 0.

    Exceptions 1000 to 3020 (Code of Practice, appendix F: the service, the credentials, the question). 3030 and the
    ones behind it speak about usage; they stay with the empty report, unless it does not even name its months.
    """
    if report.items.height:
        return None
    codes = [one for one in report.header.exceptions if one.code is not None]
    told = next((one for one in codes if _FIRST_OF_SERVICE <= (one.code or 0) < _LAST_OF_SERVICE), None)
    if told is None and codes and not report.covered_months():
        told = codes[0]
    if told is None:
        return None
    data = f" ({told.data})" if told.data else ""
    return Problem(
        "The publisher sent a message instead of usage",
        f"{told.code}: {told.message}{data}. The report is empty because of it, which does not mean that nothing was "
        "used; nothing was stored.",
        "Put right what the message names, and fetch the report again.",
        told.position,
    )


def items_unread(report: Report) -> Problem | None:
    """An empty report whose items stand where nobody looks for them: that is no usage of 0 either."""
    if report.items.height:
        return None
    uncounted = next((one for one in report.irregularities if one.rule in _WITHOUT_COUNT), None)
    if uncounted is not None:
        return Problem(
            "The report has counts, but not the ones that count",
            f"At {uncounted.position}, and wherever else there are numbers, the total that the report is about is "
            "missing; parts are never added up to it, and the report is not empty. Nothing was stored.",
            "Ask the provider for the report again, with totals, or as a table.",
            uncounted.position,
        )
    empty = {None, "", "{}", '""', "0", "false"}
    told = next((one for one in report.irregularities if one.rule == _NOT_LIST and one.value not in empty), None)
    if told is None:
        return None
    return Problem(
        "The items of the report cannot be found",
        f"At {told.position} something else stands than the list Report_Items, so no number of it can be read; the "
        "report is not empty, and nothing was stored.",
        "Fetch the report again, or ask the provider for it as COUNTER lays it down.",
        told.position,
    )


def numbers_unread(report: Report) -> Problem | None:
    """Numbers that no reader took: without them the report would be empty, or too low, and nobody would know."""
    told = next((one for one in report.irregularities if one.rule == _UNREAD), None)
    if told is None:
        return None
    which = "the only one" if told.detail == "1" else f"the first of {int(told.detail or 0):,}"
    without = "the report would seem to say that nothing was used" if not report.items.height else "sums would be wrong"
    table = report.origin.kind not in _TREES
    remedy = "Fetch the report again, or ask the provider for it as COUNTER lays it down."
    if table and not report.items.height:
        remedy = (
            "Look at the place: the column headings may be missing or not COUNTER's, or somebody took the rows away. "
            "Put them right, or ask the provider for the report again."
        )
    return Problem(
        "Numbers stand where no report has any",
        f"At {told.position} stands a number ({which}) that belongs to no item and no month that can be read; without "
        f"it {without}. Nothing was stored.",
        remedy,
        told.position,
    )


def only_beside_months(report: Report) -> Problem | None:
    """Totals, and nothing under the months, or nothing there that can be read: that is no usage of 0 either."""
    months = report.month_columns
    used = report.items.lazy().select(pl.any_horizontal((count(name) > 0).any() for name in months)).collect().item()
    if used:
        return None
    for name in (*months, *(one for one in report.items.columns if one.startswith(_TOTALS))):
        found = is_damaged(name) if name in months else count(name) > 0
        rows = report.items.lazy().filter(found).select(ROW, name).head(1).collect()
        if rows.is_empty():
            continue
        where = report.positions.cells(rows[ROW], name)[0]
        if name in months:
            return Problem(
                "Counts that cannot be read",
                f"Cell {where} holds “{rows[name][0]}”, and no count of the report can be read; without them it would "
                "seem to say that nothing was used. Nothing was stored.",
                "Ask the provider for a corrected report.",
                where,
            )
        return Problem(
            "The months are blank, but not the totals",
            f"Cell {where} holds “{rows[name][0]}”, and under the months there is no number at all: the report would "
            "seem to say that nothing was used. Nothing was stored.",
            "Ask the provider for the report again, with a number in each month.",
            where,
        )
    return None


def counts_unread(report: Report) -> Problem | None:
    """Counts in a place of another name or kind than Performance, Instance and Count have: nobody reads them there.

    That is a property nobody knows, with numbers in it, where one of those is missing; or one of those that holds
    something else than it should. Without them the report would say too little, or that nothing was used.
    """
    if report.origin.kind is not FileKind.JSON:
        return None
    missing = {one.position for one in report.irregularities if one.rule in _MISSING and one.element in _HOLD_COUNTS}
    told = next((one for one in report.irregularities if _is_unread(one, missing)), None)
    if told is None:
        return None
    return Problem(
        "Counts of the report cannot be found",
        f"At {told.position} something else stands than COUNTER lays down there ({told.value}); the counts in it "
        "cannot be read, and without them the report would say too little. Nothing was stored.",
        "Fetch the report again, or ask the provider for it as COUNTER lays it down.",
        told.position,
    )


def _is_unread(told: Irregularity, missing: set[str | None]) -> bool:
    value, position = told.value or "", told.position or ""
    if not position.startswith(".Report_Items["):
        return False
    if told.rule == "J-unknown-property":
        return position.rpartition(".")[0] in missing and (value[:1] in {"[", "{"} or value.isdigit())
    as_one = value.startswith("{") and told.element != "Item"
    return told.rule == "J-type" and told.element in {*_HOLD_COUNTS, "Item"} and not as_one
