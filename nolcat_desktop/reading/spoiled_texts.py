"""Texts that a spreadsheet program shows or stores otherwise than they were: told by their cell, kept as delivered."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nolcat_desktop.report import ROW, Heading, Irregularity

_HASHES = r"^#{3,}$"
_NUMBER = r"^(?:[0-9]+\.0+|[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,2})$"
_NAMED = ("Title", "Item", "Database", "Publisher", "Proprietary_ID", "Parent_Title", "Parent_Proprietary_ID")
_TOLD = 100


def spoiled_texts(items: pl.DataFrame, headings: Sequence[Heading]) -> tuple[Irregularity, ...]:
    """Cells of too narrow columns, saved as they looked (`#####`), and names that have become numbers (`20071.0`).

    Args:
        items: The data rows.
        headings: Their headings, for positions.
    """
    wanted = [
        (one, rule, pattern)
        for one in headings
        if one.column
        for rule, pattern in (("X-hashes", _HASHES), ("X-text-as-number", _NUMBER))
        if rule == "X-hashes" or one.column in _NAMED
    ]
    if items.is_empty() or not wanted:
        return ()
    looks = [_may_be(one.column or "", rule).any().alias(str(n)) for n, (one, rule, _) in enumerate(wanted)]
    suspect = items.lazy().select(looks).collect().row(0)
    found: list[Irregularity] = []
    for (one, rule, pattern), is_suspect in zip(wanted, suspect, strict=True):
        if is_suspect and one.column:
            found += _told(items, one.column, one.position.rstrip("0123456789"), rule, pattern)
    return tuple(found)


def _told(items: pl.DataFrame, column: str, letter: str, rule: str, pattern: str) -> list[Irregularity]:
    rows = items.lazy().filter(_may_be(column, rule)).filter(pl.col(column).str.contains(pattern))
    cells = rows.select(ROW, column).head(_TOLD).collect()
    element = column if not column.startswith("#") else None
    return [Irregularity(rule, f"{letter}{row}", element, text) for row, text in cells.iter_rows()]


def _may_be(column: str, rule: str) -> pl.Expr:
    """A quick look, so that sound columns cost next to nothing."""
    cell = pl.col(column)
    if rule == "X-hashes":
        return cell.str.starts_with("###")
    return cell.str.ends_with("0") | cell.str.contains("E+", literal=True) | cell.str.contains("e+", literal=True)
