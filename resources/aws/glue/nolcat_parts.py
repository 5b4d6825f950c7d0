"""Parts: what their footers say, and their rows in the columns of usage, a bounded number at a time.

A part is one of NoLCAT Desktop's (footer `nolcat.loads`, 36 columns) or one that NoLCAT wrote itself (9 to 34 columns,
`timestamp[ns]`, no footer): then its loads are made up from its rows, and its columns are united by name and cast.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from nolcat_objects import Entry
from nolcat_order import Problem, RefusedError
from nolcat_units import Load, Scope, claims

_TEXT, _DAY = pa.string(), pa.date32()
USAGE = pa.schema(
    [
        ("statistics_source_ID", pa.int64()), ("report_type", _TEXT), ("resource_name", _TEXT), ("publisher", _TEXT),
        ("publisher_ID", _TEXT), ("platform", _TEXT), ("authors", _TEXT), ("publication_date", _DAY),
        ("article_version", _TEXT), ("DOI", _TEXT), ("proprietary_ID", _TEXT), ("ISBN", _TEXT), ("print_ISSN", _TEXT),
        ("online_ISSN", _TEXT), ("URI", _TEXT), ("data_type", _TEXT), ("section_type", _TEXT), ("YOP", pa.int16()),
        ("access_type", _TEXT), ("access_method", _TEXT), ("parent_title", _TEXT), ("parent_authors", _TEXT),
        ("parent_publication_date", _DAY), ("parent_article_version", _TEXT), ("parent_data_type", _TEXT),
        ("parent_DOI", _TEXT), ("parent_proprietary_ID", _TEXT), ("parent_ISBN", _TEXT),
        ("parent_print_ISSN", _TEXT), ("parent_online_ISSN", _TEXT), ("parent_URI", _TEXT), ("metric_type", _TEXT),
        ("usage_date", _DAY), ("usage_count", pa.int64()), ("report_creation_date", _DAY), ("release", _TEXT),
    ]
)  # fmt: skip
"""The columns and types of what is published: the library's own."""
NEVER_NULL = ("statistics_source_ID", "report_type", "metric_type", "usage_date", "usage_count", "release")
BATCH = 16_384
"""Rows that are in memory at once."""

_NAME = re.compile(
    r"(?P<source>\d+)_(?P<type>[A-Za-z0-9_]+?)_(?P<when>NULL|\d{4}-\d{2}-\d{2}.*)\.parquet", re.IGNORECASE
)
_MASTER = re.compile(r"(PR|DR|TR|IR)(_[A-Z]\d)?")


@dataclass(frozen=True)
class _Named:
    """What a part's name says."""

    source_id: int
    report_type: str
    harvest: str


def loads_of(entry: Entry, file: Path) -> list[Load]:
    """The loads in a part.

    Raises:
        RefusedError: If the part cannot be read, or says something else than it holds.
    """
    named = _named(entry.key)
    try:
        with pq.ParquetFile(file) as part:
            metadata = part.metadata.metadata or {}
            rows = part.metadata.num_rows
            if b"nolcat.format" not in metadata:
                return _made_up(entry, named, part)
            loads = _told(entry, named, metadata)
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(entry.key, str(error)) from error
    if rows != sum(load.rows for load in loads) or rows != entry.rows:
        raise _unreadable(entry.key, f"it holds {rows} rows, its footer and the list of what was sent say otherwise")
    return loads


def rows_of(load: Load, file: Path) -> Iterator[pa.RecordBatch]:
    """The live rows of a load, in the columns of `USAGE`.

    Raises:
        RefusedError: If a value cannot be read, or one is missing that every row must have.
    """
    try:
        with pq.ParquetFile(file) as part:
            for batch in _found(load, part) if load.foreign else _placed(load, part):
                lost = _in_months(batch, load.lost)
                kept = batch if lost is None else batch.filter(pc.invert(lost))
                if kept.num_rows:
                    yield kept
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(load.key, str(error)) from error


def _named(key: str) -> _Named:
    match = _NAME.fullmatch(key.rpartition("/")[2])
    if match is None:
        raise _unreadable(key, "its name is not one of a part")
    return _Named(int(match["source"]), match["type"], match["when"])


def _told(entry: Entry, named: _Named, metadata: Mapping[bytes, bytes]) -> list[Load]:
    if metadata[b"nolcat.format"] != b"1":
        raise ValueError(f"format {metadata[b'nolcat.format'].decode()} is newer than this pipeline")
    loads, offset = [], 0
    for place, given in enumerate(json.loads(metadata[b"nolcat.loads"])):
        if int(given["statistics_source_ID"]) != named.source_id or given["report_id"] != named.report_type:
            raise ValueError("its name is not that of what it holds: it was renamed")
        rows = dict(given["rows_by_month"])
        loads.append(
            Load(
                entry.key, place, named.source_id, given["report_id"], given["release"], named.harvest,
                Scope.from_json(given["scope"]), claims(given["states"], rows), rows, given["sums"], offset,
            )
        )  # fmt: skip
        offset += sum(rows.values())
    return loads


def _made_up(entry: Entry, named: _Named, part: pq.ParquetFile) -> list[Load]:
    """The loads of a part that NoLCAT wrote: one for each source, report type and release in its rows."""
    found: dict[tuple[int, str, str], dict[tuple[str, str], tuple[int, int]]] = {}
    platforms: dict[tuple[int, str, str], set[str]] = {}
    for batch in _united(part, named, entry.key):
        for source, kind, release, metric, month, total, rows in sums(batch):
            of = found.setdefault((source, kind, release), {})
            before = of.get((metric, month), (0, 0))
            of[metric, month] = (before[0] + total, before[1] + rows)
        wanted = ["statistics_source_ID", "report_type", "release", "platform"]
        keys = pa.Table.from_batches([batch]).select(wanted).group_by(wanted).aggregate([])
        for one in keys.to_pylist():
            if one["platform"] is not None:
                platforms.setdefault((one[wanted[0]], one[wanted[1]], one[wanted[2]]), set()).add(one["platform"])
    loads = []
    for place, (unit, by) in enumerate(sorted(found.items())):
        rows_by_month: dict[str, int] = {}
        control: dict[str, dict[str, int]] = {}
        for (metric, month), (total, rows) in by.items():
            rows_by_month[month] = rows_by_month.get(month, 0) + rows
            control.setdefault(metric, {})[month] = total
        scope = Scope(platforms=frozenset(platforms.get(unit, ())))
        months = frozenset(rows_by_month)
        loads.append(Load(entry.key, place, *unit, named.harvest, scope, months, rows_by_month, control, 0, True))
    return loads


def sums(batch: pa.RecordBatch) -> list[tuple[int, str, str, str, str, int, int]]:
    """Source, report type, release, metric, month (yyyy-mm), sum of counts, rows: of one batch."""
    keys = ["statistics_source_ID", "report_type", "release", "metric_type", "usage_date"]
    table = pa.table({**{name: batch.column(name) for name in keys}, "n": batch.column("usage_count")})
    told = table.group_by(keys).aggregate(
        [("n", "sum"), ("n", "count")]
    )  # by day: words of months only for what is left
    days, totals, counts = (told.column(name).to_pylist() for name in ("usage_date", "n_sum", "n_count"))
    columns = [told.column(name).to_pylist() for name in keys[:-1]]
    found: dict[tuple[Any, ...], tuple[int, int]] = {}
    for row, day in enumerate(days):
        unit = (*(column[row] for column in columns), day.strftime("%Y-%m"))
        total, rows = found.get(unit, (0, 0))
        found[unit] = (total + totals[row], rows + counts[row])
    return [(*unit, *sums_of) for unit, sums_of in found.items()]


def _placed(load: Load, part: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """The rows of a load of ours: `rows` of them from `offset`."""
    begin, end = load.offset, load.offset + load.rows
    groups, first, before = [], None, 0
    for group in range(part.num_row_groups):
        size = part.metadata.row_group(group).num_rows
        if before < end and before + size > begin:
            groups.append(group)
            first = before if first is None else first
        before += size
    if not groups or first is None:
        return
    at = first
    named = _Named(load.source_id, load.report_type, load.harvest)
    for batch in _united(part, named, load.key, groups):
        low, high = max(begin - at, 0), min(end - at, batch.num_rows)
        at += batch.num_rows
        if high > low:
            yield batch.slice(low, high - low)


def _found(load: Load, part: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """The rows of a load that NoLCAT wrote, by their values."""
    named = _named(load.key)
    for batch in _united(part, named, load.key):
        here = pc.and_(
            pc.equal(batch.column("statistics_source_ID"), load.source_id),
            pc.and_(
                pc.equal(batch.column("report_type"), load.report_type),
                pc.equal(batch.column("release"), load.release),
            ),
        )
        yield batch.filter(here)


def _united(
    part: pq.ParquetFile, named: _Named, key: str, groups: Sequence[int] | None = None
) -> Iterator[pa.RecordBatch]:
    """All rows of a file in the columns of `USAGE`: united by name, cast, nothing dropped."""
    there = [name for name in USAGE.names if name in part.schema_arrow.names]
    chosen = {} if groups is None else {"row_groups": list(groups)}
    for batch in part.iter_batches(BATCH, columns=there, use_threads=False, **chosen):
        united = _cast(batch, frozenset(there), named, key)
        for name in NEVER_NULL:
            if united.column(name).null_count:
                raise _unreadable(key, f"a row has no {name}")
        yield united


def _cast(batch: pa.RecordBatch, there: frozenset[str], named: _Named, key: str) -> pa.RecordBatch:
    instead: dict[str, Any] = {"statistics_source_ID": named.source_id, "report_type": named.report_type}
    columns: dict[str, pa.Array] = {}
    for field in USAGE:
        if field.name in there:
            columns[field.name] = _column(batch.column(field.name), field, key)
        else:
            columns[field.name] = pa.repeat(pa.scalar(instead.get(field.name), field.type), batch.num_rows)
    if columns["release"].null_count:
        # The rule of the library for NoLCAT's own parts: a report of today's names is of Release 5.
        is_master = pc.match_substring_regex(columns["report_type"], f"^{_MASTER.pattern}$")
        columns["release"] = pc.coalesce(columns["release"], pc.if_else(is_master, "5", "4"))
    return pa.RecordBatch.from_arrays([columns[name] for name in USAGE.names], schema=USAGE)


def _column(values: pa.Array, field: pa.Field, key: str) -> pa.Array:
    try:
        if pa.types.is_timestamp(values.type):
            values = pc.floor_temporal(values, unit="day")
        return values if values.type == field.type else pc.cast(values, field.type)
    except pa.ArrowException as error:
        raise _unreadable(key, f"{field.name}: {error}") from error


def _in_months(batch: pa.RecordBatch, months: frozenset[str]) -> pa.Array | None:
    if not months:
        return None
    told = pc.strftime(pc.cast(batch.column("usage_date"), pa.timestamp("s")), format="%Y-%m")
    return pc.is_in(told, value_set=pa.array(sorted(months)))


def _unreadable(key: str, why: str) -> RefusedError:
    return RefusedError(
        Problem(
            "NoLCAT.PartUnreadable",
            "A file of the library cannot be read",
            f"{key}: {why}. Its numbers would be missing, so nothing was published.",
            "Open the library in NoLCAT Desktop, let it check the library (verify), and send again.",
            key,
        )
    )
