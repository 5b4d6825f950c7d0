"""The rows of one member of a consortium's report."""

from __future__ import annotations

import polars as pl


def of_member(items: pl.DataFrame, member: str | None) -> pl.DataFrame:
    """The rows of one member of a consortium's report; all rows if `member` is None."""
    if member is None:
        return items
    named = [
        pl.col(name).str.strip_chars() == member
        for name in ("Institution_Name", "Customer_ID")
        if name in items.columns
    ]
    return items.filter(pl.any_horizontal(named)) if named else items
