"""What can be said of a report's numbers before they are stored: which cannot be read, and what they sum up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.conversion.layout import metric
from nolcat_desktop.conversion.usage_members import of_member
from nolcat_desktop.counts import count, is_damaged
from nolcat_desktop.report import ROW, SHIFTED_ROW, Report

Sums = Mapping[str, Mapping[str, int]]
"""Metric → month `yyyy-mm` → sum of counts."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A month cell that holds something that is no count."""

    position: str
    value: str
    month: str | None = None
    """Of its column, yyyy-mm; None where the row's cells do not stand under their headings."""


def damaged_cells(report: Report, member: str | None = None) -> tuple[Damaged, ...]:
    """Every month cell of the data rows whose count cannot be read, in the order of rows and months.

    The rows whose cells do not stand under their headings are among them, with all that they hold under the months and
    behind them.
    """
    months = list(report.month_columns)
    items = of_member(report.items, member)
    found = _shifted(report)
    if not months or items.is_empty():
        return tuple(damaged for _, _, damaged in found)
    broken = items.lazy().select(pl.any_horizontal(is_damaged(name) for name in months).any()).collect().item()
    if not broken:
        return tuple(damaged for _, _, damaged in found)
    for order, name in enumerate(months):
        cells = items.lazy().filter(is_damaged(name)).select(ROW, name).collect()
        places = report.positions.cells(cells[ROW], name)
        rows = zip(cells.iter_rows(), places, strict=True)
        found.extend((row, order, Damaged(place, text, name)) for (row, text), place in rows)
    return tuple(damaged for _, _, damaged in sorted(found, key=lambda one: one[:2]))


def _shifted(report: Report) -> list[tuple[int, int, Damaged]]:
    """The cells of shifted rows, under months and behind the last heading, by row."""
    if report.left_out.is_empty():
        return []
    rows = report.left_out.filter(pl.col("rule") == SHIFTED_ROW)
    last = max((n for n, one in enumerate(report.headings) if one.text.strip()), default=-1)
    counted = [
        one.column
        for n, one in enumerate(report.headings)
        if one.column in rows.columns and (one.month or n > last) and one.column
    ]
    found = []
    for order, name in enumerate(counted):
        cells = rows.select(ROW, name).drop_nulls()
        places = report.positions.cells(cells[ROW], name)
        found += [
            (row, order, Damaged(place, text)) for (row, text), place in zip(cells.iter_rows(), places, strict=True)
        ]
    return sorted(found, key=lambda one: one[:2])


def control_sums(report: Report, member: str | None = None) -> Sums:
    """The sums of the readable month cells of the data rows, by metric and month; months without use are left out.

    Computed from the cells as delivered, beside the pipeline that lays usage out, so that one proves the other.
    """
    months = list(report.month_columns)
    items = of_member(report.items, member)
    if not months or items.is_empty():
        return {}
    sums = (
        items.lazy()
        .group_by(metric(report).alias("metric"))
        .agg(count(name).sum().alias(name) for name in months)
        .sort("metric")
        .collect()
    )
    return {
        row["metric"]: {name: row[name] for name in sorted(months) if row[name]}
        for row in sums.iter_rows(named=True)
        if row["metric"] is not None and any(row[name] for name in months)
    }


def rows_by_month(report: Report, member: str | None = None) -> dict[str, int]:
    """How many month cells of the data rows hold use, by month: the rows of usage that must come out; none is 0."""
    months = list(report.month_columns)
    items = of_member(report.items, member)
    if not months or items.is_empty():
        return {}
    counted = items.lazy().select((count(name) > 0).sum().alias(name) for name in months).collect().row(0, named=True)
    return {name: int(counted[name]) for name in sorted(months) if counted[name]}


def file_total(report: Report, member: str | None = None) -> int:
    """The control sum of a report: all readable month cells of its data rows together, whatever their metric.

    It adds searches to requests, so it is never shown as “uses”.
    """
    months = list(report.month_columns)
    items = of_member(report.items, member)
    if not months or items.is_empty():
        return 0
    return int(items.lazy().select(pl.sum_horizontal(count(name).sum() for name in months)).collect().item() or 0)
