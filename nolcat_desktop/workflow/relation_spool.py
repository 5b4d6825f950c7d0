"""The rows of a relation on their way into the library: on the disk, by source and report, whatever their number.

What is kept in memory is one batch, a part of the rows that wait to be written, and sums by source, report, month and
metric. The folder is the caller's to throw away.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from nolcat_desktop.legacy import FAULT, HARMLESS, NOTICE, ONLY_R5, ONLY_R51, RAW, RAW_GROUP, WHERE, clean
from nolcat_desktop.usage import USAGE

_WAITING = 200_000
"""Rows that wait in memory."""
_LARGE = 10_000
"""As many of one source and report are worth a file."""
_MERGED = 32
"""Batches of sums that are kept apart."""
_UNIT = ("statistics_source_ID", "report_type")
_KEYS = (*RAW_GROUP, *_UNIT, "usage_date", "metric_type", "release", FAULT)
LEFT_OUT = (WHERE, FAULT, *_UNIT, "usage_date", "metric_type", "usage_count", *RAW_GROUP)
"""Columns of what could not be stored."""


class Spool:
    """Takes batches in, gives the usage of one source and report out."""

    def __init__(self, folder: Path) -> None:
        """Keep everything in `folder`, which is made."""
        folder.mkdir(parents=True)
        self._folder = folder
        self._waiting: list[pl.DataFrame] = []
        self._files: dict[tuple[int, str], list[Path]] = {}
        self._sums: list[pl.DataFrame] = []
        self._told: dict[str, list[Path]] = {FAULT: [], NOTICE: []}
        self._number = 0

    def take(self, raw: pl.DataFrame) -> None:
        """Take in a batch, in the columns of `legacy.RAW`."""
        rows = clean(raw)
        self._sums.append(_summed(rows))
        if len(self._sums) >= _MERGED:
            self._sums = [_merged(self._sums)]
        faulty = rows.filter(pl.col(FAULT).is_not_null())
        if faulty.height:
            self._told[FAULT].append(self._write(faulty.select(LEFT_OUT)))
        noticed = rows.filter(pl.col(FAULT).is_null() & pl.col(NOTICE).is_not_null())
        if noticed.height:
            self._told[NOTICE].append(self._write(noticed.select(WHERE, NOTICE, *_UNIT)))
        self._waiting.append(rows.filter(pl.col(FAULT).is_null()).select(USAGE.names()))
        if sum(one.height for one in self._waiting) >= _WAITING:
            self._flush(_LARGE)

    def finish(self) -> None:
        """Write what still waits."""
        self._flush(0)

    def sums(self) -> pl.DataFrame:
        """Sums of all rows by `_KEYS`: the columns as they came, as they were read, and the fault.

        `rows` and `usage_count` are the sums; `ONLY_R5` and `ONLY_R51` tell whether words of one release alone are
        among them.
        """
        return _merged(self._sums) if self._sums else _merged([_summed(clean(_no_rows()))])

    def units(self) -> list[tuple[int, str]]:
        """Every source and report type with rows that can be stored, sorted."""
        return sorted(self._files)

    def rows_of(self, source: int, report_type: str) -> pl.LazyFrame:
        """The usage of one source and report, in the columns of `USAGE`, in the order in which it came."""
        files = self._files[source, report_type]
        return pl.scan_parquet(files, glob=False, hive_partitioning=False)

    def left_out(self) -> pl.LazyFrame:
        """The rows that cannot be stored, in the columns `LEFT_OUT`."""
        return self._all(FAULT, LEFT_OUT)

    def first_left_out(self, which: pl.Expr, most: int) -> list[tuple[str, str, str | None]]:
        """Place, fault and month (yyyy-mm) of rows that cannot be stored: the harmless last, one of each month first.

        Args:
            which: Over the columns `LEFT_OUT`.
            most: As many at the most.
        """
        first = (pl.col(FAULT).is_in(list(HARMLESS)), pl.int_range(pl.len()).over("usage_date"))
        rows = self.left_out().filter(which).sort(*first, maintain_order=True)
        found = rows.select(WHERE, FAULT, pl.col("usage_date").dt.strftime("%Y-%m")).head(most).collect()
        return list(found.iter_rows())

    def notices(self) -> pl.LazyFrame:
        """Where a cell was set to null: `WHERE`, `NOTICE`, source and report type."""
        return self._all(NOTICE, (WHERE, NOTICE, *_UNIT))

    def _all(self, kind: str, columns: tuple[str, ...]) -> pl.LazyFrame:
        files = self._told[kind]
        if files:
            return pl.scan_parquet(files, glob=False, hive_partitioning=False)
        return clean(_no_rows()).lazy().select(columns)

    def _flush(self, least: int) -> None:
        """Write every source and report with `least` rows or more; all, if too many were to wait still."""
        if not self._waiting:
            return
        waiting = pl.concat(self._waiting)
        units = list(waiting.partition_by(_UNIT, maintain_order=True))
        small = [one for one in units if one.height < least]
        if sum(one.height for one in small) > _WAITING // 2:
            small = []
        kept = {id(one) for one in small}
        for one in units:
            if id(one) not in kept:
                source, report_type = one.row(0)[0], one.row(0)[1]
                self._files.setdefault((source, report_type), []).append(self._write(one))
        self._waiting = [pl.concat(small, rechunk=True)] if small else []

    def _write(self, frame: pl.DataFrame) -> Path:
        self._number += 1
        file = self._folder / f"{self._number}.parquet"
        frame.write_parquet(file, compression="lz4", statistics=False)
        return file


def _no_rows() -> pl.DataFrame:
    return pl.DataFrame(schema=RAW)


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by(_KEYS).agg(
        pl.len().cast(pl.Int64).alias("rows"), pl.col("usage_count").sum(), pl.col(ONLY_R5, ONLY_R51).any()
    )


def _merged(parts: list[pl.DataFrame]) -> pl.DataFrame:
    return (
        pl.concat(parts)
        .group_by(_KEYS)
        .agg(pl.col("rows", "usage_count").sum(), pl.col(ONLY_R5, ONLY_R51).any())
        .sort(_KEYS)
    )


def take_all(batches: Iterator[pl.DataFrame], folder: Path) -> Spool:
    """A spool with all of `batches`."""
    spool = Spool(folder)
    for raw in batches:
        spool.take(raw)
    spool.finish()
    return spool
