"""The rows of one member of a consortium's report."""

from __future__ import annotations

import polars as pl

ELEMENTS = ("Institution_Name", "Customer_ID")
"""Columns that name the institution of a row."""


def of_member(items: pl.DataFrame, member: str | None) -> pl.DataFrame:
    """The rows of one member of a consortium's report; all rows if `member` is None."""
    if member is None:
        return items
    named = [pl.col(name).str.strip_chars() == member for name in ELEMENTS if name in items.columns]
    return items.filter(pl.any_horizontal(named)) if named else items


def names_in(items: pl.DataFrame, member: str | None) -> frozenset[str]:
    """What the rows of a member say it is called, name and identifier: each where it is the same in all of them."""
    rows = of_member(items, member)
    found = [rows[name].str.strip_chars().unique().drop_nulls().to_list() for name in ELEMENTS if name in rows.columns]
    said = [[name for name in names if name] for names in found]
    return frozenset(names[0] for names in said if len(names) == 1)
