"""From a cell of an original to what became of it: stored where, left out why, or described what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import polars as pl

from nolcat_desktop.conversion import all_repairs
from nolcat_desktop.conversion.layout import usage_columns
from nolcat_desktop.conversion.usage_members import of_member
from nolcat_desktop.counts import count
from nolcat_desktop.dataset import Holding, Library, Load
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import ROW, Report
from nolcat_desktop.workflow.beside import RULES
from nolcat_desktop.workflow.rereading import read_original, stored_cells


class Fate(Enum):
    """What became of a cell."""

    STORED = "stored"
    """Its count is live usage."""
    ZERO = "zero"
    """Blank or 0: a month without use has no row (Code of Practice 5.1, section 3.3.8)."""
    LEFT_OUT = "left out"
    """By a rule."""
    DAMAGED = "damaged"
    """It holds no count; left out as the user decided."""
    NOT_LIVE = "not live"
    """The month was kept as it was, kept aside, replaced or removed since."""
    DESCRIBES = "describes"
    """It says what the counts of its row are of: a title, an identifier, an attribute."""
    HEADING = "heading"
    HEADER = "header"
    """Kept with the load, in the part's footer."""
    NOT_CARRIED = "not carried"
    """A column that the library has no place for; the original keeps it."""
    BLANK = "blank"
    """Nothing stands there."""


@dataclass(frozen=True, slots=True)
class Went:
    """What became of a cell of an original."""

    position: str
    fate: Fate
    value: str | None
    """As delivered."""
    element: str | None = None
    """Element or month (yyyy-mm) of its column."""
    part: str | None = None
    """Path of the part that holds it, when it is stored."""
    rule: str | None = None
    """Rule that left it out."""
    why: str = ""
    """Why it is not stored, or what it was read as instead and what proves that."""
    count: int | None = None
    """What it was read as."""
    usage: pl.DataFrame | None = None
    """The rows of usage that its row became: columns of `CELLS`, metric_type and resource_name."""
    load: Load | None = None
    """The live load that it belongs to; None when nothing of the file is live."""


def where_it_went(
    library: Library, sha256: str, position: str, sheet: str | None = None, progress: Progress | None = None
) -> Went:
    """Tell what became of a cell.

    Args:
        library: That keeps the original.
        sha256: Of the original.
        position: `F15` in a table, a path such as `.Report_Items[0].YOP` in JSON and XML.
        sheet: Of a workbook; None takes the first report of the file.
        progress: Told and checked along the way.

    Raises:
        NolcatError: If no load, live or aside, is of this original, or it cannot be read again.
        Cancelled: If the user asked to stop.
    """
    held = [one for one in library.holdings() if _is_of(one, sha256, sheet)]
    aside = [one for one in library.asides() if _is_of(one, sha256, sheet)]
    if not held and not aside:
        raise NolcatError(_gone(library.stored_by(sha256)) or _NOT_LOADED)
    load = (held or aside)[0].load
    report = read_original(library, load, progress)
    went = (
        _in_head(report, position, load)
        or _count_cell(report, position, held, load)
        or _other_cell(report, position, held, load)
        or Went(position, Fate.BLANK, None, load=load)
    )
    repairs = all_repairs(report, load.scope.member)
    repair = next((one for one in repairs if one.position == position), None)
    return went if repair is None or went.why else replace(went, why=f"read as “{repair.after}”: {repair.proof}")


def _is_of(held: Holding, sha256: str, sheet: str | None) -> bool:
    return held.load.sha256 == sha256 and sheet in (None, held.load.sheet)


def _in_head(report: Report, position: str, load: Load) -> Went | None:
    for cell in report.header.cells:
        if position in (cell.position, cell.label_position):
            return Went(position, Fate.HEADER, cell.value if position == cell.position else cell.label, load=load)
        for place, text in cell.beyond:
            if place == position:
                return Went(position, Fate.HEADER, text, load=load)
    for heading in report.headings:
        if heading.position == position:
            named = heading.element or (f"{heading.month:%Y-%m}" if heading.month else None)
            return Went(position, Fate.HEADING, heading.text, named, load=load)
    return None


def _count_cell(report: Report, position: str, held: list[Holding], load: Load) -> Went | None:
    """A month cell of a data row, or of one that was left out."""
    for month in report.month_columns:
        for rows in (report.items, report.left_out):
            row = _row_at(report, rows, month, position)
            if row is not None:
                return _of_month(report, rows, row, month, position, held, load)
    return None


def _of_month(  # noqa: PLR0913, PLR0917 - all of it is what the answer is made of
    report: Report, rows: pl.DataFrame, row: pl.DataFrame, month: str, position: str, held: list[Holding], load: Load
) -> Went:
    value = row[month][0]
    number = row.select(count(month)).item()
    told = Went(position, Fate.ZERO, value, month, count=number, load=load)
    live = next((one for one in held if month in one.load.states), None)
    if rows is report.left_out:
        rule = str(row["rule"][0])
        return _with(told, Fate.LEFT_OUT, rule)
    if of_member(row, load.scope.member).is_empty():
        return _with(told, Fate.LEFT_OUT, "other-member")
    if position in {place for place, _ in load.damaged}:
        return _with(told, Fate.DAMAGED, "damaged-cell")
    if not number:
        return told
    if live is None:
        return _with(told, Fate.NOT_LIVE, "month-not-taken")
    found = stored_cells(report, live.load, [month], [pl.col(ROW) == row[ROW][0]], ("metric_type", "resource_name"))
    return Went(position, Fate.STORED, value, month, live.path, None, "", number, found, live.load)


def _with(told: Went, fate: Fate, rule: str) -> Went:
    return Went(
        told.position, fate, told.value, told.element, None, rule, RULES.get(rule, rule), told.count, None, told.load
    )


def _other_cell(report: Report, position: str, held: list[Holding], load: Load) -> Went | None:
    """A cell that describes its row, or that nothing is made of; or any cell of a row that was left out."""
    carried = {name for made in usage_columns(report).values() for name in made.meta.root_names()}
    for name in report.items.columns:
        if name == ROW or name in report.month_columns:
            continue
        out = _row_at(report, report.left_out, name, position)
        if out is not None and out[name][0] is not None:
            return _with(Went(position, Fate.LEFT_OUT, out[name][0], name, load=load), Fate.LEFT_OUT, out["rule"][0])
        row = _row_at(report, report.items, name, position)
        if row is None:
            continue
        if name not in carried:
            return Went(position, Fate.NOT_CARRIED, row[name][0], name, load=load)
        live = held[0] if held else None
        wanted = [month for one in held for month in one.load.months]
        found = stored_cells(report, load, wanted, [pl.col(ROW) == row[ROW][0]], ("metric_type", "resource_name"))
        return Went(position, Fate.DESCRIBES, row[name][0], name, live.path if live else None, usage=found, load=load)
    return None


def _row_at(report: Report, rows: pl.DataFrame, column: str, position: str) -> pl.DataFrame | None:
    """The row whose cell in `column` stands at `position`; None if it is none of these."""
    if column not in rows.columns or rows.is_empty():
        return None
    digits = position.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    some = rows.filter(pl.col(ROW) == int(digits)) if digits.isdecimal() and digits != position else rows
    if some.is_empty():
        return None
    places = report.positions.cells(some[ROW], column)
    found = some.filter((places == position).fill_null(value=False))
    return None if found.is_empty() else found.head(1)


def _gone(entries: Sequence[int]) -> Problem | None:
    """Of a file that was stored once."""
    if not entries:
        return None
    numbers = ", ".join(map(str, entries))
    return Problem(
        "Nothing of this file is live any more",
        f"Entr{'y' if len(entries) == 1 else 'ies'} {numbers} of the history stored it; all of its months were "
        "replaced, removed or taken back since.",
        "Look into the history for what came in its place (nolcat library difference ENTRY).",
    )


_NOT_LOADED = Problem(
    "This file was never loaded",
    "Nothing of it is in the library. Nothing is kept of a file that was skipped because its numbers were all there.",
    "Add the file; if it is skipped, ask of the file that was added before it.",
)
