"""Finding a text in rows that are shown: where the next one is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

import polars as pl

from nolcat_desktop.analysis.conditions import Condition, Contains, plain
from nolcat_desktop.analysis.table_query import test


def found_rows(frame: pl.DataFrame, rows: pl.Series | None, columns: Sequence[str], text: str) -> pl.Series:
    """Find the rows of which some text or number holds `text`; case and accents do not count.

    Args:
        frame: A held frame.
        rows: Row numbers in the order shown; None for all.
        columns: Where to look. Days are not looked at.
        text: What to look for.

    Returns:
        Positions among the rows shown, from 0, ascending, as UInt32.
    """
    key = plain(text.strip())
    tests = [found for column in columns if key and (found := _holds(frame, column, key)) is not None]
    if not tests:
        return pl.Series([], dtype=pl.UInt32)
    mask = frame.select(reduce(or_, tests).alias("found")).to_series()
    if rows is not None:
        mask = mask.gather(rows)
    return mask.arg_true().cast(pl.UInt32)


def next_found(found: pl.Series, position: int, backwards: bool = False) -> int | None:
    """Give the index in `found` of the first position after (or before) `position`, round the end; None: none."""
    if found.is_empty():
        return None
    if backwards:
        return (found.search_sorted(position, side="left") - 1) % len(found)
    return found.search_sorted(position, side="right") % len(found)


def _holds(frame: pl.DataFrame, column: str, key: str) -> pl.Expr | None:
    dtype = frame.schema[column]
    if isinstance(dtype, pl.Categorical):
        return test(frame, Condition(column, Contains(key)))
    digits = "".join(sign for sign in key if sign.isdecimal())
    if dtype.is_integer() and digits and all(sign.isdecimal() or sign in ",.' " for sign in key):
        return pl.col(column).cast(pl.String).str.contains(digits, literal=True).fill_null(value=False)
    return None
