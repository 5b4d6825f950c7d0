"""Findings as people read them: the same fault told once, with how often and where first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from nolcat_desktop.validation.meanings import meaning_of

GROUPS: Final = pl.Schema(
    {
        "rule": pl.String(),
        "level": pl.UInt8(),
        "message": pl.String(),
        "count": pl.UInt32(),
        "rows": pl.UInt32(),
        "of_rows": pl.UInt32(),
        "positions": pl.List(pl.String()),
        "values": pl.List(pl.String()),
        "hint": pl.String(),
        "meaning": pl.String(),
        "section": pl.String(),
    }
)
"""`message` names what differs in quotes ("'A', 'B', 'C' and 4 more") and has `…` where numbers differ; `count`
findings in `rows` different rows of `of_rows`; the first `positions` and different `values`; `section` of the Code of
Practice, or ''."""
FIRST: Final = 10
"""Positions and values that a group names."""
_NAMED: Final = 3
_LONGEST: Final = 40
"""Names in a message, and letters of each."""
_GAP: Final = "…"
_VALUES: Final = r"'[^']*'|[0-9]+"
_ROW: Final = r"^[A-Z]*([0-9]+)$|^(\.Report_Items\[[0-9]+\](?:\.Items\[[0-9]+\])?)"


def group(findings: pl.DataFrame, rows: int = 0) -> pl.DataFrame:
    """Put findings of one kind together.

    Args:
        findings: In the schema `FINDINGS`, in the order in which they are shown.
        rows: Data rows of the report, for "37 of 4,112 rows"; 0 when it does not matter.

    Returns:
        One row for each rule, level and message without its values, in the schema `GROUPS`; the worst level first, then
        the most frequent.
    """
    if not findings.height:
        return pl.DataFrame(schema=GROUPS)
    pattern = pl.col("message").str.replace_all(_VALUES, _GAP)
    parts = pl.col("message").str.extract_all(_VALUES)
    told = findings.lazy().with_columns(pattern.alias("pattern"), parts.alias("parts"))
    most = told.select(pl.col("parts").list.len().max()).collect().item() or 0
    place = pl.coalesce(pl.col("position").str.extract(_ROW, 1), pl.col("position").str.extract(_ROW, 2))
    groups = (
        told.with_columns(place.alias("place"))
        .group_by("rule", "level", "pattern", maintain_order=True)
        .agg(
            *(expression for at in range(most) for expression in _differing(at)),
            pl.len().cast(pl.UInt32).alias("count"),
            pl.col("place").drop_nulls().n_unique().cast(pl.UInt32).alias("rows"),
            pl.lit(rows, pl.UInt32).first().alias("of_rows"),
            pl.col("position").drop_nulls().head(FIRST).alias("positions"),
            pl.col("value").drop_nulls().unique(maintain_order=True).head(FIRST).alias("values"),
            pl.col("hint").first(),
        )
        .sort("level", "count", descending=True, maintain_order=True)
        .collect()
    )
    messages = [_message(row, most) for row in groups.iter_rows(named=True)]
    means = [meaning_of(rule) for rule in groups.get_column("rule")]
    return groups.with_columns(
        pl.Series("message", messages, dtype=pl.String),
        pl.Series("meaning", [one.meaning for one in means], dtype=pl.String),
        pl.Series("section", [one.section for one in means], dtype=pl.String),
    ).select(pl.col(name).cast(kind) for name, kind in GROUPS.items())


def _differing(at: int) -> tuple[pl.Expr, pl.Expr]:
    """The first different values in place `at` of a group's messages, and how many there are."""
    part = pl.col("parts").list.get(at, null_on_oob=True)
    different = part.drop_nulls().unique(maintain_order=True)
    return different.head(_NAMED).alias(f"names {at}"), different.len().alias(f"number {at}")


def _message(row: Mapping[str, Any], most: int) -> str:
    """The pattern of a group with its values again: those in quotes named, numbers only where all are the same."""
    between = row["pattern"].split(_GAP)
    names = [(row[f"names {at}"], row[f"number {at}"]) for at in range(most) if row[f"number {at}"]]
    if len(between) != len(names) + 1:  # the rule's own words hold the sign
        return str(row["pattern"])
    return "".join([*(text + _named(*name) for text, name in zip(between, names, strict=False)), between[-1]])


def _named(names: list[str], number: int) -> str:
    if number == 1:
        return names[0]
    if not all(name.startswith("'") for name in names):
        return _GAP
    shown = [name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}{_GAP}'" for name in names]
    if number > len(shown):
        return f"{', '.join(shown)} and {number - len(shown):,} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
