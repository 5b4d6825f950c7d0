"""The relation out of Parquet: files that NoLCAT wrote (9 to 34 columns, times for dates), or that this program did."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nolcat_desktop.legacy.advice import disk_failure, not_there, unreadable
from nolcat_desktop.legacy.relation import GROUP, KEY, RAW, TOTALS, WHERE, SourceRow, counted, laid_out
from nolcat_desktop.legacy.wide import NAME, counted_wide, long, months_in
from nolcat_desktop.progress import Progress

_NAME = re.compile(
    r"(?P<source>\d+)_(?P<type>[A-Za-z0-9_]+?)_(?:NULL|\d{4}-\d{2}-\d{2}[^/\\]*)\.parquet", re.IGNORECASE
)
_MANY = 100_000
_NEEDED = ("usage_date", "metric_type", "usage_count")


class ParquetFiles:
    """A Parquet file, or a folder of them with all below it, united by the names of their columns."""

    kind = "parquet"

    def __init__(self, place: Path) -> None:
        """Read nothing yet."""
        self._place = place
        self.name = str(place)
        self._hashes: dict[str, str] = {}
        self._left: set[str] = set()
        self._names: dict[int, str] = {}

    def files(self) -> list[Path]:
        """The files, sorted.

        Raises:
            NolcatError: If there is none.
        """
        if self._place.is_file():
            return [self._place]
        found = sorted(
            file
            for file in self._place.rglob("*.parquet")
            if file.is_file() and not any(part.startswith(".") for part in file.relative_to(self._place).parts)
        )
        if not found:
            raise not_there(self.name, "no Parquet file is in it")
        return found

    def batches(self, progress: Progress) -> Iterator[pl.DataFrame]:
        """See `Relation.batches`."""
        for file in progress.over("Reading", self.files(), lambda file: file.name):
            self._hashes[str(file)] = _sha256(file, progress)
            for batch, before in self._read(file, progress):
                yield self._laid_out(batch, file, before)

    def totals(self, progress: Progress) -> pl.DataFrame:
        """See `Relation.totals`: counted by Polars, out of the columns that matter alone."""
        parts = [pl.DataFrame(schema=TOTALS)]
        for file in progress.over("Proving", self.files(), lambda file: file.name):
            if _sha256(file, progress) != self._hashes[str(file)]:
                raise unreadable(file, "it changed while it was being read")
            scanned = pl.scan_parquet(file, glob=False, hive_partitioning=False)
            parts.append(_counted(scanned, file))
        return pl.concat(parts).group_by(GROUP).agg(pl.col("rows", "usage_count").sum()).select(TOTALS.names())

    def sources(self) -> tuple[SourceRow, ...]:
        """The names in a table of this program's; NoLCAT's files hold ids only."""
        return tuple(SourceRow(number, name, MappingProxyType({})) for number, name in sorted(self._names.items()))

    def facts(self) -> Mapping[str, str]:
        """See `Relation.facts`."""
        told = "\n".join(f"{sha256} {Path(file).name}" for file, sha256 in self._hashes.items())
        left = {"columns_left_out": ", ".join(sorted(self._left))} if self._left else {}
        return {"files": str(len(self._hashes)), "sha256": hashlib.sha256(told.encode()).hexdigest(), **left}

    def _read(self, file: Path, progress: Progress) -> Iterator[tuple[pa.RecordBatch, int]]:
        before = 0
        try:
            with pq.ParquetFile(file) as opened:
                names = opened.schema_arrow.names
                months = months_in(names)
                if missing := [
                    name for name in _NEEDED if name not in names and not (months and name != "metric_type")
                ]:
                    raise not_there(str(file), f"it has no column {', '.join(missing)}")
                self._left |= set(names) - set(RAW.names()) - set(months) - {NAME, "reporting_period_total"}
                for batch in opened.iter_batches(
                    _MANY, columns=[name for name in names if name in RAW or name in months or name == NAME]
                ):
                    progress.check()
                    yield batch, before
                    before += batch.num_rows
        except (pa.ArrowException, pl.exceptions.PolarsError) as error:
            raise unreadable(file, str(error)) from error
        except OSError as error:
            raise disk_failure(error, file) from error

    def _laid_out(self, batch: pa.RecordBatch, file: Path, before: int) -> pl.DataFrame:
        texts = {
            name: pl.Series(_text(column), dtype=pl.String)
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        }
        instead = {name: value for name, value in _named(file).items() if name not in texts}
        frame = pl.DataFrame(texts).with_columns(pl.lit(value).alias(name) for name, value in instead.items())
        number = pl.int_range(before + 1, before + 1 + batch.num_rows)
        where = pl.concat_str(pl.lit(f"{file.name}, row "), number)
        if KEY in texts:
            where = pl.coalesce(pl.concat_str(pl.lit(f"{KEY} "), pl.col(KEY)), where)
        frame = frame.with_columns(where.alias(WHERE))
        months = months_in(frame.columns)
        if NAME in texts:
            named = frame.select("statistics_source_ID", NAME).drop_nulls().unique()
            self._names |= {int(number): name for number, name in named.iter_rows()}
        return laid_out(long(frame, months) if months else frame, pl.col(WHERE))


def _text(column: pa.Array) -> pl.Series:
    """A column as text; times become days where they are midnight, and keep the time where they are not."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(kind):
        found = pl.Series(pl.from_arrow(column.cast(pa.timestamp("us"), safe=False)))
        midnight = found == found.dt.truncate("1d")
        days, times = found.dt.strftime("%Y-%m-%d"), found.dt.strftime("%Y-%m-%d %H:%M:%S")
        return days.zip_with(midnight.fill_null(value=True), times)
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, kind), column)
    return pl.Series(pl.from_arrow(column)).cast(pl.String)


def _counted(scanned: pl.LazyFrame, file: Path) -> pl.DataFrame:
    there = scanned.collect_schema().names()
    instead = _named(file)
    if months := months_in(there):
        texts = scanned.with_columns(pl.col(name).cast(pl.String) for name in months)
        missing = [pl.lit(value).alias(name) for name, value in instead.items() if name not in there]
        return counted_wide(texts.with_columns(missing), months)
    wanted = [
        pl.col(name).cast(pl.String) if name in there else pl.lit(instead.get(name), pl.String).alias(name)
        for name in (*GROUP, "usage_count")
    ]
    day = pl.col("usage_date").str.replace(r"\.0+$", "").str.replace(" 00:00:00", "", literal=True)
    return counted(scanned.select(wanted).with_columns(day)).collect(engine="streaming")


def _named(file: Path) -> dict[str, str]:
    """What the name says of columns that may be missing."""
    found = _NAME.fullmatch(file.name)
    return {"statistics_source_ID": found["source"], "report_type": found["type"]} if found else {}


def _sha256(file: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    try:
        with file.open("rb") as opened:
            while block := opened.read(1 << 20):
                progress.check()
                digest.update(block)
    except OSError as error:
        raise disk_failure(error, file) from error
    return digest.hexdigest()
