"""Repairs as they hold for what is stored: applied to the rows before they are laid out, or declined one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import polars as pl

from nolcat_desktop.conversion.usage_members import of_member
from nolcat_desktop.counts import count, is_repaired
from nolcat_desktop.repairs import Repair
from nolcat_desktop.report import ROW, Irregularity, Report

_UNREAD_MONTH = "R4-M03"
_DECLINED = "repair declined"
_MOVED = ("count-sorted", "total-sorted")
"""Rules of repairs that put counts, or totals, back into their rows: they hold together or not at all."""
_SORTED_HALF = "X-sorted-half"
_DENIED = "a repair was declined that all others of its kind rest on"
_PROOF = "one whole number, whatever its separators, blanks, quotes and decimal zeros"


def count_repairs(report: Report, member: str | None = None) -> tuple[Repair, ...]:
    """The month cells whose number is read from more than digits (`1,234`, `12.0`), as repairs, by months and rows."""
    items = of_member(report.items, member)
    if not report.months or items.is_empty():
        return ()
    found: list[Repair] = []
    looked = items.lazy().select(is_repaired(name).any().alias(name) for name in report.month_columns).collect()
    for name in (name for name, is_any in looked.row(0, named=True).items() if is_any):
        cells = items.lazy().filter(is_repaired(name)).select(ROW, name, count(name).alias("count")).collect()
        places = report.positions.cells(cells[ROW], name)
        found += [
            Repair(place, name, text, str(number), "count-text", _PROOF, row)
            for (row, text, number), place in zip(cells.iter_rows(), places, strict=True)
        ]
    return tuple(found)


def all_repairs(report: Report, member: str | None = None) -> tuple[Repair, ...]:
    """Every repair that holds when the report is stored: of headings, identifiers and counts."""
    return (*report.repairs, *count_repairs(report, member))


def repaired(items: pl.DataFrame, report: Report) -> pl.DataFrame:
    """The rows with their identifiers repaired; counts and headings need nothing.

    Args:
        items: Rows of `report.items`.
        report: Brings the repairs.
    """
    by_element: dict[str, dict[int, str]] = {}
    for one in report.repairs:
        if one.row is not None and one.element in items.columns:
            by_element.setdefault(one.element, {})[one.row] = one.after
    return items.with_columns(
        pl.col(ROW).replace_strict(after, default=pl.col(element), return_dtype=pl.String).alias(element)
        for element, after in by_element.items()
    )


def decline(report: Report, positions: Collection[str]) -> Report:
    """The report without the repairs at these positions.

    Args:
        report: As it was read.
        positions: Of the cells that are to stay as delivered.

    Returns:
        The same report, in which an identifier is stored as delivered, a count that was mended cannot be read, and a
        heading that was settled is no month; so that the last two stop the report, or leave the cell out.
    """
    refused = [one for one in all_repairs(report) if one.position in positions] if positions else []
    if not refused:
        return report
    if any(one.rule in _MOVED for one in refused):
        refused = [one for one in refused if one.rule not in _MOVED]
        report = _as_sorted(report)
    kept = tuple(one for one in report.repairs if one.position not in positions)
    months = {f"#{one.position.rstrip('0123456789')}": one for one in refused if one.row is None}
    headings = tuple(
        replace(one, month=None, column=f"#{one.position.rstrip('0123456789')}")
        if one.position in {repair.position for repair in months.values()}
        else one
        for one in report.headings
    )
    items = report.items.rename({one.element: column for column, one in months.items()}, strict=False)
    counts = [one for one in refused if one.rule.startswith("count-") and one.element in items.columns]
    return replace(
        report,
        items=_unread(items, counts),
        left_out=report.left_out.rename({one.element: column for column, one in months.items()}, strict=False),
        headings=headings,
        months=tuple(one.month for one in headings if one.month and one.column) if report.headings else report.months,
        repairs=kept,
        irregularities=(
            *report.irregularities,
            *(Irregularity(_UNREAD_MONTH, one.position, None, one.before, _DECLINED) for one in months.values()),
        ),
    )


def _as_sorted(report: Report) -> Report:
    """The report with its columns as somebody sorted them, and refused: one move that is declined denies all others."""
    moves = [one for one in report.repairs if one.rule in _MOVED]
    back: dict[str, dict[int, str | None]] = {}
    for one in moves:
        if one.rule == _MOVED[0] and one.row is not None:
            back.setdefault(one.element, {})[one.row] = one.before or None
    items = report.items.with_columns(
        pl.col(ROW).replace_strict(texts, default=pl.col(month), return_dtype=pl.String).alias(month)
        for month, texts in back.items()
    )
    told = Irregularity(_SORTED_HALF, moves[0].position, detail=_DENIED)
    kept = tuple(one for one in report.repairs if one.rule not in _MOVED)
    return replace(report, items=items, repairs=kept, irregularities=(*report.irregularities, told))


def _unread(items: pl.DataFrame, counts: list[Repair]) -> pl.DataFrame:
    """The rows with these counts marked as what nobody may read as a number."""
    by_month: dict[str, dict[int, str]] = {}
    for one in counts:
        if one.row is not None:
            by_month.setdefault(one.element, {})[one.row] = f"{one.before} ({_DECLINED})"
    return items.with_columns(
        pl.col(ROW).replace_strict(texts, default=pl.col(month), return_dtype=pl.String).alias(month)
        for month, texts in by_month.items()
    )
