"""NoLCAT's relation COUNTERData as it comes, wherever it comes from: batches of rows as text, and sums to compare with.

Everything that can be taken over (a running database, a dump, CSV, Parquet) is a `Relation`. Its rows are read once as
they are; its sums come a second way, so that what was read can be proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from nolcat_desktop.progress import Progress
from nolcat_desktop.usage import USAGE

KEY = "COUNTER_data_ID"
"""Primary key of the relation; absent in NoLCAT's Parquet files."""
TABLE = "COUNTERData"
SOURCES_TABLE = "statisticsSources"
RELATION = (KEY, *(name for name in USAGE if name != "release"))
"""Columns of the relation, in NoLCAT's order."""
WHERE = "#where"
"""Where a row stands: `COUNTER_data_ID 17`, `row 17` of a file."""
RAW = pl.Schema(dict.fromkeys((*RELATION, "release", WHERE), pl.String()))
"""Rows as they come, all of it text; null where the source has NULL or no such column."""
GROUP = ("statistics_source_ID", "report_type", "usage_date", "metric_type")
"""What sums are compared by, as texts."""
TOTALS = pl.Schema({**dict.fromkeys(GROUP, pl.String()), "rows": pl.Int64(), "usage_count": pl.Int64()})
"""Sums of the relation: rows, and the sum of those counts that are whole numbers."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of statisticsSources."""

    source_id: int
    name: str
    other: Mapping[str, str]
    """NoLCAT's other columns."""


class Relation(Protocol):
    """The relation somewhere, ready to be read."""

    @property
    def kind(self) -> str:
        """`mysql`, `dump`, `csv` or `parquet`."""

    @property
    def name(self) -> str:
        """What it is called for people; never with a secret."""

    def batches(self, progress: Progress) -> Iterator[pl.DataFrame]:
        """All rows once, in the columns of `RAW`.

        Raises:
            NolcatError: If it cannot be read to its end.
            Cancelled: If the user asked to stop.
        """

    def totals(self, progress: Progress) -> pl.DataFrame:
        """Sums in the columns of `TOTALS`, found another way than by `batches`; asked for after them. Raises alike."""

    def sources(self) -> tuple[SourceRow, ...]:
        """The statistics sources that came along; to be asked after `batches`."""

    def facts(self) -> Mapping[str, str]:
        """What identifies it beside its name (SHA-256, server version), for the record; to be asked last."""


def laid_out(frame: pl.DataFrame, where: pl.Expr) -> pl.DataFrame:
    """`frame`, of text, in the columns of `RAW`; columns that are not the relation's are left out."""
    there = frame.columns
    return frame.select(
        *(
            (pl.col(name) if name in there else pl.lit(None, pl.String)).cast(pl.String).alias(name)
            for name in RAW
            if name != WHERE
        ),
        where.cast(pl.String).alias(WHERE),
    )


def counted(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of `RAW` (the columns of `GROUP` and usage_count at least) summed up in the columns of `TOTALS`."""
    whole = pl.col("usage_count").str.strip_suffix(".0").cast(pl.Int64, strict=False)
    return (
        rows.group_by(pl.col(name).fill_null("") for name in GROUP)
        .agg(pl.len().cast(pl.Int64).alias("rows"), whole.sum().alias("usage_count"))
        .select(TOTALS.names())
    )
