"""The order in which findings are shown: the whole file first, then by place, then by level."""

from __future__ import annotations

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.findings import FINDINGS

_CELL = r"^([A-Z]*)([0-9]+)$"


def in_order(findings: pl.DataFrame) -> pl.DataFrame:
    """Sort `findings`: no position first, then row, then column; paths of JSON in natural order; fatal errors last.

    Args:
        findings: n rows in the schema `FINDINGS`.

    Returns:
        The same n rows.
    """
    if findings.height <= 1:
        return findings.select(FINDINGS.names())
    keys = ["_fatal", "_placed", "_row", "_width", "_column", "_path", "level", "element", "value", "message"]
    letters = pl.col("position").str.extract(_CELL, 1)
    frame = findings.with_columns(
        (pl.col("level") == int(Level.FATAL)).alias("_fatal"),
        pl.col("position").is_not_null().alias("_placed"),
        pl.col("position").str.extract(_CELL, 2).cast(pl.Int64, strict=False).alias("_row"),
        letters.str.len_bytes().alias("_width"),
        letters.alias("_column"),
        _natural(pl.when(pl.col("position").str.starts_with(".")).then(pl.col("position"))).alias("_path"),
    )
    return frame.sort(keys, nulls_last=False, maintain_order=True).select(FINDINGS.names())


def _natural(path: pl.Expr) -> pl.Expr:
    """`path` with its numbers padded, so that item 10 comes after item 9."""
    pieces = path.str.extract_all(r"[0-9]+|[^0-9]+")
    digits = pl.element().str.contains(r"^[0-9]+$")
    return pieces.list.eval(pl.when(digits).then(pl.element().str.zfill(10)).otherwise(pl.element())).list.join("")
