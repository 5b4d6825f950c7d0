"""`a_report`: a sound report of any release; and its sound relatives (empty, for two members, totals only)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from nolcat_desktop.counter.release import Release
from tests.builders.abstract import Abstract, ReportedException, Row, later, month_end, month_key
from tests.builders.layouts import EXTENSIONS, LAYOUTS
from tests.builders.layouts4 import RELEASE_4
from tests.builders.sound4 import rows4
from tests.builders.sound5 import Scale, master_rows, view_rows

FIRST_MONTH = {Release.R4: date(2017, 1, 1), Release.R5: date(2022, 1, 1), Release.R51: date(2024, 1, 1)}

NO_USAGE = ReportedException(3030, "No Usage Available for Requested Dates", "", "Error")
NOT_READY = ReportedException(3031, "Usage Not Ready for Requested Dates", "", "Warning")


def a_report(
    release: Release,
    report_id: str,
    *,
    months: int = 3,
    titles: int = 4,
    seed: int = 1,
    begin: date | None = None,
    platform: str = "Rowan Shelf",
    **changes: Any,
) -> Abstract:
    """A report that is sound by its Code of Practice.

    The same `seed` gives the same report, and standard views that agree with their master.

    Args:
        release: One of the three.
        report_id: As usage writes it: `TR`, `TR_J1`, `JR1GOA`.
        months: Number of months, from `begin` on.
        titles: Number of titles, items or databases of the master; views need at least 3 to have rows.
        seed: Which of the many possible reports.
        begin: First day of the first month.
        platform: Name of the platform.
        changes: Fields of `Abstract` to be set otherwise.
    """
    first = begin or FIRST_MONTH[release]
    keys = [month_key(later(first, number)) for number in range(months)]
    random = Random(f"{seed} {release} {report_id if release is Release.R4 else report_id[:2]} {platform}")
    end = month_end(later(first, months - 1))
    after = later(first, months)
    if release is Release.R4:
        report = _report4(report_id, rows4(report_id, keys, titles, platform, random), first, end)
        report = replace(report, created=f"{month_key(after)}-12")
    else:
        rows = master_rows(release, report_id[:2], Scale(keys, titles, platform), random)
        if len(report_id) > 2:
            rows = view_rows(release, report_id, rows)
        report = replace(_report5(release, report_id, rows, first, end), created=f"{month_key(after)}-12T08:30:00Z")
    return replace(report, **changes)


def _report4(report_id: str, rows: list[Row], begin: date, end: date) -> Abstract:
    layout = RELEASE_4[report_id]
    return Abstract(
        Release.R4, report_id, tuple(rows), begin, end, layout.name, tuple(layout.headings), institution_id="NEB-0042"
    )


def _report5(release: Release, report_id: str, rows: list[Row], begin: date, end: date) -> Abstract:
    layout = LAYOUTS[release][report_id]
    attributes = {"Attributes_To_Show": layout.shown} if layout.shown else {}
    if layout.with_parents:
        attributes["Include_Parent_Details"] = ("True",)
    return Abstract(
        release,
        report_id,
        tuple(rows),
        begin,
        end,
        layout.name,
        (*layout.columns, "Metric_Type"),
        metric_types=layout.metrics if len(report_id) > 2 else (),
        filters=dict(layout.filters),
        attributes=attributes,
    )


def every_report() -> Iterator[tuple[Release, str]]:
    """Each report that can be built: 14 of R4, 16 of R5, 16 of R5.1."""
    yield from ((Release.R4, report_id) for report_id in RELEASE_4)
    for release, layouts in LAYOUTS.items():
        yield from ((release, report_id) for report_id in layouts)


def empty(report: Abstract) -> Abstract:
    """The same report without usage: no rows and, from R5 on, exception 3030."""
    return replace(report, rows=(), exceptions=() if report.release is Release.R4 else (NO_USAGE,))


def not_ready(report: Abstract, month: date) -> Abstract:
    """The same report before `month` was counted: no counts in it, exception 3031 that names it."""
    key = month_key(month)
    rows = (Row(row.elements, {m: count for m, count in row.counts.items() if m != key}) for row in report.rows)
    exception = replace(NOT_READY, data=key)
    return replace(report, rows=tuple(row for row in rows if row.total), exceptions=(exception,))


def totals_only(report: Abstract) -> Abstract:
    """A full report without counts by month: Exclude_Monthly_Details=True, in JSON Granularity=Totals."""
    return replace(report, attributes={**report.attributes, "Exclude_Monthly_Details": ("True",)})


def with_columns(report: Abstract, texts: dict[str, str]) -> Abstract:
    """A full report that shows extension columns (or R5's Format), each with one text in all rows it may stand in."""
    first = tuple(name for name in EXTENSIONS if name in texts)
    columns = list(first + report.columns)
    if "Format" in texts:
        columns.insert(columns.index("Metric_Type"), "Format")
    rows = (
        Row(
            {n: t for n, t in texts.items() if n != "Format" or row.elements["Metric_Type"] == "Total_Item_Requests"}
            | dict(row.elements),
            row.counts,
        )
        for row in report.rows
    )
    last = ("Format",) if "Format" in texts else ()
    shown = (*first, *report.attributes.get("Attributes_To_Show", ()), *last)
    return replace(
        report, rows=tuple(rows), columns=tuple(columns), attributes={**report.attributes, "Attributes_To_Show": shown}
    )


def of_two_members(
    report: Abstract, names: tuple[str, str] = ("Hochschule Auenland", "Institut für Nebelkunde")
) -> Abstract:
    """A consortium's report, Institution_Name and Customer_ID first; the second member has twice the first's counts."""
    parts = [
        with_columns(report, {"Institution_Name": name, "Customer_ID": f"M-{number}"})
        for number, name in enumerate(names, 1)
    ]
    doubled = (Row(row.elements, {month: 2 * count for month, count in row.counts.items()}) for row in parts[1].rows)
    return replace(parts[0], rows=(*parts[0].rows, *doubled), institution_name="Verbund der Nebelbibliotheken")
