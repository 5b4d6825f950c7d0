"""Findings as people read them: the same fault told once, with how often and where first."""

from __future__ import annotations

from typing import Final

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
"""`message` has `…` where the values stood, unless all say the same; `count` findings in `rows` different rows of
`of_rows`; the first `positions` and different `values`; `section` of the Code of Practice, or ''."""
FIRST: Final = 10
"""Positions and values that a group names."""
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
    pattern = pl.col("message").str.replace_all(_VALUES, "…")
    place = pl.coalesce(pl.col("position").str.extract(_ROW, 1), pl.col("position").str.extract(_ROW, 2))
    groups = (
        findings.lazy()
        .with_columns(pattern.alias("pattern"), place.alias("place"))
        .group_by("rule", "level", "pattern", maintain_order=True)
        .agg(
            pl.when((pl.col("message") == pl.col("message").first()).all())
            .then(pl.col("message").first())
            .otherwise(pl.col("pattern").first())
            .alias("message"),
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
    means = [meaning_of(rule) for rule in groups.get_column("rule")]
    return groups.with_columns(
        pl.Series("meaning", [one.meaning for one in means], dtype=pl.String),
        pl.Series("section", [one.section for one in means], dtype=pl.String),
    ).select(pl.col(name).cast(kind) for name, kind in GROUPS.items())
