"""The curated dataset: Parquet by report family and year, written in a bounded piece of memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from nolcat_objects import Entry, client, fetch
from nolcat_order import Client, Order, Problem, RefusedError
from nolcat_parts import USAGE, rows_of, sums
from nolcat_units import Load

BUDGET = 48 << 20
"""Bytes that wait in memory for their file."""
ROW_GROUP = 131_072
Unit = tuple[int, str, str, str]
"""Source, report type, release, month."""


@dataclass(frozen=True)
class Group:
    """Parts of one family that are written together, in the order given."""

    number: int
    family: str
    pieces: tuple[tuple[Entry, tuple[Load, ...]], ...]


@dataclass(frozen=True)
class Written:
    """What became of a group."""

    files: dict[str, int]
    """Key below the dataset → bytes."""
    units: dict[Unit, tuple[int, dict[str, int]]]
    """Unit → rows, and metric → sum."""
    years: tuple[int, ...]
    problem: Problem | None = None
    """What stopped it; then nothing else is told."""


@dataclass
class _Year:
    """A file that grows."""

    path: Path
    writer: pq.ParquetWriter
    waiting: list[pa.RecordBatch] = field(default_factory=list)
    size: int = 0
    rows: int = 0

    def flush(self) -> None:
        """Write what waits."""
        if self.waiting:
            self.writer.write_table(pa.Table.from_batches(self.waiting), row_group_size=ROW_GROUP)
            self.waiting, self.size, self.rows = [], 0, 0


def family_of(key: str) -> str:
    """The family of a part: the folder that it lies in."""
    return key.rpartition("/")[0].rpartition("/")[2].upper()


def grouped(parts: Sequence[Entry], loads: Sequence[Load], limit: int) -> list[Group]:
    """Put the parts with live rows into groups of one family and at most `limit` bytes, one part at least."""
    of: dict[str, list[Load]] = {}
    for load in loads:
        of.setdefault(load.key, []).append(load)
    groups: list[Group] = []
    for family in ("PR", "DR", "TR", "IR"):
        waiting: list[tuple[Entry, tuple[Load, ...]]] = []
        size = 0
        for entry in sorted((one for one in parts if one.key in of and family_of(one.key) == family), key=_key):
            if waiting and size + entry.bytes > limit:
                groups.append(Group(len(groups), family, tuple(waiting)))
                waiting, size = [], 0
            waiting.append((entry, tuple(of[entry.key])))
            size += entry.bytes
        if waiting:
            groups.append(Group(len(groups), family, tuple(waiting)))
    return groups


def write_group(order: Order, folder: str, group: Group) -> Written:
    """Write the live rows of a group below `folder` in the store, one file for each year.

    A problem is an answer, not an exception: that would not come home from a worker of a cluster.
    """
    try:
        return _write(order, folder, group)
    except RefusedError as refused:
        return Written({}, {}, (), refused.problems[0])


def _write(order: Order, folder: str, group: Group) -> Written:
    s3 = client("s3")
    units: dict[Unit, tuple[int, dict[str, int]]] = {}
    with tempfile.TemporaryDirectory() as place:
        years: dict[int, _Year] = {}
        try:
            for entry, loads in group.pieces:
                for load, batch in _rows(s3, order, entry, loads, Path(place)):
                    _count(units, load, batch)
                    _take(years, batch, Path(place))
            files = {}
            for year, file in sorted(years.items()):
                file.flush()
                file.writer.close()
                name = f"family={group.family}/year={year}/{group.number:05d}.parquet"
                s3.upload_file(str(file.path), order.store_bucket, f"{folder}/{name}")
                files[name] = file.path.stat().st_size
        finally:
            for file in years.values():
                file.writer.close()
    return Written(files, units, tuple(sorted(years)))


def _key(entry: Entry) -> str:
    return entry.key


def _rows(
    s3: Client, order: Order, entry: Entry, loads: Sequence[Load], place: Path
) -> Iterator[tuple[Load, pa.RecordBatch]]:
    file = place / "part.parquet"
    problem = fetch(s3, order, entry, file)
    if problem is not None:
        raise RefusedError(problem)
    for load in loads:
        for batch in rows_of(load, file):
            yield load, batch
    file.unlink()


def _count(units: dict[Unit, tuple[int, dict[str, int]]], load: Load, batch: pa.RecordBatch) -> None:
    for source, kind, release, metric, month, total, rows in sums(batch):
        before, by = units.get((source, kind, release, month), (0, {}))
        by[metric] = by.get(metric, 0) + total
        units[source, kind, release, month] = (before + rows, by)
        if (source, kind, release) != (load.source_id, load.report_type, load.release):
            raise AssertionError(f"{load.key} holds rows of {source} {kind} {release}")


def _take(years: dict[int, _Year], batch: pa.RecordBatch, place: Path) -> None:
    """Put rows where their year is written; the largest heap goes to disk when there is too much of it."""
    of = pc.year(batch.column("usage_date"))
    for year in pc.unique(of).to_pylist():
        rows = batch.filter(pc.equal(of, year))
        if year not in years:
            path = place / f"{year}.parquet"
            years[year] = _Year(path, pq.ParquetWriter(path, USAGE, compression="zstd"))
        file = years[year]
        file.waiting.append(rows)
        file.size += rows.nbytes
        file.rows += rows.num_rows
        if file.rows >= ROW_GROUP:
            file.flush()
    while sum(file.size for file in years.values()) > BUDGET:
        max(years.values(), key=lambda file: file.size).flush()
