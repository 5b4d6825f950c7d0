"""Columns of numbers that belong to no month: they would be lost, so they stop a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from nolcat_desktop.counter.months import is_month_like
from nolcat_desktop.counts import count, count_or_zero, is_damaged
from nolcat_desktop.problem import Problem
from nolcat_desktop.report import Heading, Report

_UNREAD_MONTH = "R4-M03"
_REPEATED = "K-07"
_UNHEADED = "F-unheaded"
"""Rules by which reading tells a heading that is no certain month, one that stands twice, and none at all."""
_TOTAL = "Reporting_Period_Total"
_DIGIT, _WORD = r"\d", r"\pL{2}"


def lost_counts(report: Report) -> Problem | None:
    """What stops a report with counts under a heading that is no month, a month twice, or none; else None.

    Columns further away are some of them if the total of the rows counts them in, one or all together.
    """
    lost = next(_lost(report), None)
    return _no_month(lost) if lost is not None else _unheaded(report)


def lost_headings(report: Report) -> tuple[Heading, ...]:
    """All headings whose counts would be lost, those that are blank too, in the order of the columns."""
    lost = list(_lost(report))
    if any(one.rule == _UNHEADED for one in report.irregularities):
        last = max((n for n, one in enumerate(report.headings) if one.text.strip() or one.month), default=-1)
        lost += [one for one in report.headings[last + 1 :] if one.column and one not in lost]
    return tuple(one for one in report.headings if one in lost)


def _lost(report: Report) -> Iterator[Heading]:
    months = set(report.month_columns)
    doubtful = {
        found.position
        for found in report.irregularities
        if found.rule == _UNREAD_MONTH or (found.rule == _REPEATED and found.detail in months)
    }
    places = [_place(heading.position) for heading in report.headings if heading.month]
    unknown = [heading for heading in report.headings if _is_unknown(heading)]
    told = set()
    for heading in unknown:
        is_among = _is_among(places, heading) and not _is_subtotal(report, heading)
        is_doubtful = heading.position in doubtful or _is_like_month(heading.text) or is_among
        if is_doubtful and _holds_counts(report, heading.column or ""):
            told.add(heading.position)
            yield heading
    rest = [one for one in unknown if one.position not in told]
    counted = [one for one in rest if _are_counted_in(report, [one])]
    if not counted and not told:
        filled = [one for one in rest if _holds_counts(report, one.column or "")]
        counted = filled if len(filled) > 1 and _are_counted_in(report, filled) else []
    yield from counted


def _is_like_month(text: str) -> bool:
    """Whether it is a month's heading, or what a column that is too narrow shows of a date."""
    return is_month_like(text) or set(text.strip()) == {"#"}


def _is_unknown(heading: Heading) -> bool:
    return heading.column is not None and heading.column.startswith("#")


def _no_month(heading: Heading) -> Problem:
    said = f"The heading “{heading.text}” is not a month that can be told, or a month that stands there already"
    if not heading.text.strip():
        said = "It has no heading"
    return Problem(
        "A column of numbers belongs to no month",
        f"{said}; its numbers would be lost.",
        f"Say which month it is (--month {heading.position}=2017-01) or which months the report covers (--period "
        "2017-01:2017-12), correct the heading (for example Jan-2023), or ask the provider for the report again.",
        heading.position,
    )


def _unheaded(report: Report) -> Problem | None:
    """Every row goes on beyond the headings."""
    told = next((one for one in report.irregularities if one.rule == _UNHEADED), None)
    if told is None:
        return None
    return Problem(
        "Columns of numbers have no heading",
        f"The rows go on beyond the headings, for {told.detail} more columns of numbers; to which months these belong "
        "is not said, and they would be lost.",
        "Put the missing headings in, or ask the provider for the report again.",
        told.position,
    )


def _are_counted_in(report: Report, headings: Sequence[Heading]) -> bool:
    """Whether the total of the rows is the sum of their months and these columns, wherever they hold a number.

    Total rows are asked where no item can tell, because each has a cell that cannot be read.
    """
    if _TOTAL not in report.items.columns or not report.months:
        return False
    names = [one.column for one in headings if one.column]
    own = pl.sum_horizontal((count_or_zero(name) for name in names), ignore_nulls=False)
    months = pl.sum_horizontal((count_or_zero(name) for name in report.month_columns), ignore_nulls=False)
    for rows in (report.items, report.left_out):
        if not {_TOTAL, *names, *report.month_columns} <= set(rows.columns):
            continue
        told = rows.lazy().filter(own > 0).select(total=count(_TOTAL), own=own, months=months).drop_nulls()
        fits = (pl.col("total") == pl.col("months") + pl.col("own")).all()
        number, proved = told.select(rows=pl.len(), fits=fits).collect().row(0)
        if number:
            return bool(proved)
    return False


def _holds_counts(report: Report, column: str) -> bool:
    """Whether there is any use under a heading, among its counts a cell that cannot be read, or a damaged number."""
    is_number = pl.col(column).str.contains(_DIGIT) & ~pl.col(column).str.contains(_WORD)
    among = count(column).is_not_null().any() | is_number.fill_null(value=False)
    found = (count(column) > 0).any() | (among & is_damaged(column)).any()
    return bool(report.items.lazy().select(found).collect().item())


def _is_among(places: list[tuple[int, str]], heading: Heading) -> bool:
    """Whether a column stands between two months (at `places`): then it is one whose heading is damaged."""
    return bool(places) and min(places) < _place(heading.position) < max(places)


def _is_subtotal(report: Report, heading: Heading) -> bool:
    """Whether a column between months is the sum of those right before it, in every row: `First half`, `Q1`.

    Proof are two rows with use in two of those months; one is enough where the column says what it is.
    """
    before = [
        one.column
        for one in report.headings
        if one.month and one.column and _place(one.position) < _place(heading.position)
    ]
    own = count_or_zero(heading.column or "")
    enough = 1 if heading.text.strip() else 2
    runs = [before[-length:] for length in range(2, len(before) + 1)]
    if not runs:
        return False
    proofs = report.items.lazy().select(
        pl.when((pl.sum_horizontal(map(count_or_zero, run), ignore_nulls=False) == own).fill_null(value=False).all())
        .then((pl.sum_horizontal((count(name) > 0).fill_null(value=False).cast(pl.UInt32) for name in run) > 1).sum())
        .otherwise(0)
        .alias(str(len(run)))
        for run in runs
    )
    return bool(max(proofs.collect().row(0)) >= enough)


def _place(position: str) -> tuple[int, str]:
    letters = position.rstrip("0123456789")
    return len(letters), letters
