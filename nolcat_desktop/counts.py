"""How a count is read: the one place that decides which text is a number of events, for `validation` and `conversion`.

A month cell is plain digits in nearly every report, so the plain reading comes first and costs one pass; the slow
patterns see only what it refused. Readable with a finding: thousands in groups of three (comma, blank, apostrophe),
`12.0`, `+5`, a leading apostrophe or equals sign, surrounding blanks. Everything that could mean two numbers (`1.234`,
`1,23`, `1e5`, `49.7`) is damaged.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import polars as pl

BLANKS: Final = r"\s\x{00a0}\x{2007}\x{2009}\x{200a}\x{202f}\x{200b}\x{feff}"
"""What counts as blank around and inside numbers, for a character class: no-break, thin and zero-width ones too."""

_APOSTROPHE: Final = r"['\x{2019}]"
_THIN: Final = r"[ \x{00a0}\x{2007}\x{2009}\x{200a}\x{202f}]"
_AROUND: Final = rf"^[{BLANKS}]*(?:=?\"|=|{_APOSTROPHE})?[{BLANKS}]*\+?"
_BEHIND: Final = rf"[{BLANKS}]*(?:\"|{_APOSTROPHE})?[{BLANKS}]*$"
_GROUPS: Final = "|".join(rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+" for mark in (",", _THIN, _APOSTROPHE))
READABLE: Final = rf"{_AROUND}(?:{_GROUPS}|[0-9]+)(?:\.0+)?{_BEHIND}"
"""Any text that is one whole number, beyond doubt."""

_FRACTION: Final = rf"\.0+{_BEHIND}"

CUT_OFF: Final = "(cut off)"
"""What stands in place of a count, or behind a part of one, that the end of a row took with it."""

_kept = lru_cache(maxsize=2048)
"""Expressions are values; building them anew for each of thousands of small reports takes longer than reading these."""


@_kept
def plain_count(column: str) -> pl.Expr:
    """What a plain cast makes of the cell (Int64, may be negative); null for everything else. One pass."""
    return pl.col(column).cast(pl.Int64, strict=False)


@_kept
def _refused(column: str) -> pl.Expr:
    """The text of the cells that the plain cast refused; null elsewhere, so that patterns cost little."""
    return pl.when(plain_count(column).is_null()).then(pl.col(column))


@_kept
def count(column: str) -> pl.Expr:
    """Read a month cell of `Report.items`.

    Args:
        column: Name of a String column.

    Returns:
        Int64, never negative; null where the cell is blank or cannot be read (`is_damaged` tells which).
    """
    plain = plain_count(column)
    refused = _refused(column)
    digits = pl.when(refused.str.contains(READABLE)).then(
        refused.str.replace(_FRACTION, "").str.replace_all("[^0-9]", "")
    )
    return pl.when(plain >= 0).then(plain).otherwise(digits.cast(pl.Int64, strict=False))


@_kept
def count_or_zero(column: str) -> pl.Expr:
    """`count`, with 0 for blank cells; null only where the cell is damaged."""
    return pl.when(~is_blank(column)).then(count(column)).otherwise(pl.lit(0, pl.Int64))


@_kept
def is_blank(column: str) -> pl.Expr:
    """True where the cell holds nothing, or nothing but blanks: no number was delivered. Never null."""
    refused = _refused(column)
    return pl.col(column).is_null() | (~refused.str.contains(rf"[^{BLANKS}]")).fill_null(value=False)


@_kept
def is_damaged(column: str) -> pl.Expr:
    """True where what was delivered is no count: negative, not whole, ambiguous, above 2^63 - 1. Never null."""
    return count(column).is_null() & ~is_blank(column)


@_kept
def is_repaired(column: str) -> pl.Expr:
    """True where a count was read from more than digits (`1,234`, `12.0`, `+5`, blanks around). Never null."""
    cell = pl.col(column)
    signed = cell.str.starts_with("+") | cell.str.starts_with("-")
    plain = plain_count(column)
    return (count(column).is_not_null() & (plain.is_null() | signed)).fill_null(value=False)


def without_cut_off(column: str) -> pl.Expr:
    """The cell as it stands in the file, under its own name: without `CUT_OFF`, null where nothing is left."""
    rest = pl.col(column).str.strip_suffix(CUT_OFF)
    cut = pl.col(column).str.ends_with(CUT_OFF).fill_null(value=False)
    return pl.when(~cut).then(column).when(rest != "").then(rest.str.strip_suffix(" ")).alias(column)
