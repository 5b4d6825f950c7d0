"""What another report proves of one whose columns were sorted apart: where the numbers of each row belong.

The other report tells, for months that both have, the counts of titles as they were before. With them it is proved
that a block of months was moved (or the totals alone) if every row then has its own total, every row that the other
knows has the other's counts, and no two rows could change places. One row that fits nowhere, or in two places, and
nothing is repaired: a repair that is merely likely is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import polars as pl

from nolcat_desktop.counts import count, count_or_zero
from nolcat_desktop.reading.sorted_half import FEWEST, OUT_OF_PLACE, SORTED_HALF, TOTAL, moved_months
from nolcat_desktop.repairs import PROVED_ELSEWHERE, Repair, folded
from nolcat_desktop.report import ROW, Report

MOVED = "count-sorted"
"""Rule of the repairs that put counts back into their rows."""
MOVED_TOTAL = "total-sorted"
"""Rule of those that put totals back."""
_MOST = 8_000
"""Cells that are put back in one report; the library's record of repairs holds all of them."""
_SUMS = ("Reporting_Period_Total", "Reporting_Period_HTML", "Reporting_Period_PDF")

Key = tuple[str, ...]
Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of a report: what each is about, and its counts."""

    rows: list[int]
    keys: list[Key]
    totals: list[int]
    counts: list[Counts]
    """In the order of the months that were asked for."""


def is_suspicious(report: Report) -> bool:
    """Whether columns of numbers were sorted apart in it."""
    return any(one.rule == SORTED_HALF for one in report.irregularities)


def stands_whole_in(report: Report, other: Report) -> bool:
    """Whether the other has the same rows and the same sum of each month, and its rows belong together."""
    if is_suspicious(other) or not set(report.months) <= set(other.months):
        return False
    columns = _columns(report, other)
    ours, theirs = _rows(report, columns, report.month_columns), _rows(other, columns, report.month_columns)
    if ours is None or theirs is None or Counter(ours.keys) != Counter(theirs.keys):
        return False
    return [sum(one) for one in zip(*ours.counts, strict=True)] == [
        sum(one) for one in zip(*theirs.counts, strict=True)
    ]


def told_whole(report: Report, where: str) -> Report:
    """The report, which says in what stops it where the same one stands whole."""
    return replace(
        report,
        irregularities=tuple(
            replace(one, value=where) if one.rule == SORTED_HALF else one for one in report.irregularities
        ),
    )


def mended_by(report: Report, other: Report, where: str) -> Report | None:
    """The report with every number back in its row, if the other proves it; else None.

    Args:
        report: One that `is_suspicious`.
        other: Of the same kind and platform, with some of its months.
        where: The other, in words.
    """
    common = [month for month in report.month_columns if month in set(other.month_columns)]
    if not common or is_suspicious(other):
        return None
    columns = _columns(report, other)
    ours, theirs = _rows(report, columns, report.month_columns), _rows(other, columns, common)
    if ours is None or theirs is None:
        return None
    places = [report.month_columns.index(month) for month in common]
    once = Counter(theirs.keys)
    single = Counter(ours.keys)
    known = {key: of for key, of in zip(theirs.keys, theirs.counts, strict=True) if once[key] == single[key] == 1}
    proof = f"{PROVED_ELSEWHERE}{where}, which has the counts of these titles for {_span(common)}"
    if _totals_alone(ours, known, places):
        return _with(report, _total_repairs(report, ours, proof))
    block = moved_months(report.items, list(report.month_columns))
    moved = _moved(ours, known, places, [report.month_columns.index(month) for month in block]) if block else None
    if moved is None or sum(len(cells) for _, cells in moved) > _MOST:
        return None
    return _with(report, _count_repairs(report, moved, proof))


def _columns(report: Report, other: Report) -> list[str]:
    """The elements that both have, sums apart."""
    months = {*report.month_columns, *other.month_columns}
    return [
        name
        for name in report.items.columns
        if name in other.items.columns and name not in {ROW, *_SUMS, *months} and not name.startswith("#")
    ]


def _rows(report: Report, columns: list[str], months: Iterable[str]) -> _Rows | None:
    """None if a count or a total cannot be read."""
    asked = list(months)
    total = count(TOTAL) if TOTAL in report.items.columns else pl.lit(0)
    found = report.items.select(
        ROW, *columns, total.alias("#total"), *(count_or_zero(name).alias(f"#{name}") for name in asked)
    )
    numbers = found.select("#total", *(f"#{name}" for name in asked))
    if numbers.null_count().sum_horizontal().sum():
        return None
    keys = [tuple(map(folded, key)) for key in found.select(columns).iter_rows()]
    return _Rows(
        found[ROW].to_list(), keys, numbers["#total"].to_list(), list(numbers.select(pl.exclude("#total")).iter_rows())
    )


def _totals_alone(ours: _Rows, known: dict[Key, Counts], places: list[int]) -> bool:
    """Whether the months stand where the other has them in all rows that it knows: all with odd totals among them."""
    by_sum: dict[int, set[Counts]] = {}
    for counts in ours.counts:
        by_sum.setdefault(sum(counts), set()).add(tuple(counts[place] for place in places))
    proved = 0
    for key, total, counts in zip(ours.keys, ours.totals, ours.counts, strict=True):
        here = tuple(counts[place] for place in places)
        if key in known and known[key] != here:
            return False
        if total != sum(counts):
            if key not in known:
                return False
            proved += here not in by_sum.get(total, set())
    return proved >= FEWEST


def _moved(
    ours: _Rows, known: dict[Key, Counts], places: list[int], block: list[int]
) -> list[tuple[int, list[tuple[int, int]]]] | None:
    """For each row whose block of months stands elsewhere, the row of it and its cells (place of the month, row from).

    None unless it is proved: see the module.
    """
    have = [tuple(counts[place] for place in block) for counts in ours.counts]
    rest = [sum(counts) - sum(cells) for counts, cells in zip(ours.counts, have, strict=True)]
    shared = [place for place in places if place in block]
    by_sum: dict[int, dict[Counts, int]] = {}
    for row, cells in zip(ours.rows, have, strict=True):
        by_sum.setdefault(sum(cells), {}).setdefault(cells, row)
    need: list[Counts] = []
    evidence = odd = 0
    for key, total, counts, cells, other in zip(ours.keys, ours.totals, ours.counts, have, rest, strict=True):
        fitting = list(by_sum.get(total - other, {}))
        if (told := known.get(key)) is not None:
            theirs = dict(zip(places, told, strict=True))
            if any(theirs[place] != counts[place] for place in places if place not in block):
                return None
            fitting = [one for one in fitting if all(one[block.index(place)] == theirs[place] for place in shared)]
            evidence += any(theirs[place] != counts[place] for place in shared)
        if len(fitting) != 1:
            return None
        odd += fitting[0] != cells
        need.append(fitting[0])
    if evidence < FEWEST or 2 * evidence < odd or Counter(need) != Counter(have):
        return None
    return [
        (row, [(place, by_sum[sum(wanted)][wanted]) for n, place in enumerate(block) if wanted[n] != cells[n]])
        for row, wanted, cells in zip(ours.rows, need, have, strict=True)
        if wanted != cells
    ]


def _total_repairs(report: Report, ours: _Rows, proof: str) -> Iterator[Repair]:
    texts = dict(report.items.select(ROW, TOTAL).iter_rows())
    places = report.positions.cells(report.items[ROW], TOTAL)
    at = dict(zip(ours.rows, places, strict=True))
    for row, total, counts in zip(ours.rows, ours.totals, ours.counts, strict=True):
        if total != sum(counts):
            yield Repair(at[row], TOTAL, texts[row] or "", str(sum(counts)), MOVED_TOTAL, proof, row)


def _count_repairs(report: Report, moved: list[tuple[int, list[tuple[int, int]]]], proof: str) -> Iterator[Repair]:
    letters = {one.column: one.position.rstrip("0123456789") for one in report.headings if one.column}
    months = report.month_columns
    texts = {row: cells for row, *cells in report.items.select(ROW, *months).iter_rows()}
    for row, cells in moved:
        for place, source in cells:
            before, after = texts[row][place] or "", texts[source][place] or ""
            told = f"{proof}: no other order gives each row its total; it stood in row {source}"
            yield Repair(f"{letters.get(months[place], '')}{row}", months[place], before, after, MOVED, told, row)


def _with(report: Report, repairs: Iterable[Repair]) -> Report:
    """The report with these repairs, its counts put back, and nothing left to be told of them."""
    found = tuple(repairs)
    return replace(
        put_back(report, {(one.row, one.element): one.after for one in found if one.rule == MOVED}),
        repairs=(*found, *report.repairs),
        irregularities=tuple(one for one in report.irregularities if one.rule not in {SORTED_HALF, OUT_OF_PLACE}),
    )


def put_back(report: Report, texts: dict[tuple[int | None, str], str]) -> Report:
    """The report with other texts in some cells, by row and column; '' is a blank cell."""
    changed = []
    for column in dict.fromkeys(column for _, column in texts):
        of = {row: text or None for (row, one), text in texts.items() if one == column}
        put = pl.col(ROW).replace_strict(of, default=pl.col(column), return_dtype=pl.String)
        changed.append(put.alias(column))
    return replace(report, items=report.items.with_columns(changed)) if changed else report


def with_recorded_moves(report: Report, recorded: Iterable[Repair]) -> Report:
    """The report with what was put back once, without the file that proved it; as delivered if its cells are others."""
    if not is_suspicious(report):
        return report
    columns = {one.position.rstrip("0123456789"): one.column for one in report.headings if one.column}
    names = [name for name in report.items.columns if name != ROW]
    texts = {row: cells for row, *cells in report.items.select(ROW, *names).iter_rows()}
    found = []
    for one in recorded:
        if one.rule not in {MOVED, MOVED_TOTAL}:
            continue
        letters = one.position.rstrip("0123456789")
        column, row = columns.get(letters), int(one.position[len(letters) :] or 0)
        if column is None or row not in texts or (texts[row][names.index(column)] or "") != one.before:
            return report
        found.append(replace(one, element=column, row=row))
    mended = _with(report, found) if found else report
    return mended if found and _has_its_totals(mended, found) else report


def _has_its_totals(report: Report, repairs: Iterable[Repair]) -> bool:
    """Whether each row adds up to its total: a record that was cut off puts nothing back."""
    rows = _rows(report, [], report.month_columns)
    totals = {one.row: int(one.after) for one in repairs if one.rule == MOVED_TOTAL}
    return rows is not None and all(
        totals.get(row, total) == sum(counts)
        for row, total, counts in zip(rows.rows, rows.totals, rows.counts, strict=True)
    )


def _span(months: list[str]) -> str:
    first, last = min(months), max(months)
    return first if first == last else f"{first} to {last}"
