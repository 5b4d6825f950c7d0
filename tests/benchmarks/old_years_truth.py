"""What must be in a library, and what is: control sums by source, report, month and metric."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from tests.builders import Abstract, expected_usage

Cell = tuple[str, str, str, str]
"""Name of the source, report_type, month (yyyy-mm), metric_type."""
Sums = Counter[Cell]
_KEY = ("report_type", "usage_date", "metric_type")


def sums_of(report: Abstract, source: str) -> Sums:
    """What must be stored of a report."""
    usage = expected_usage(report).group_by(_KEY).agg(pl.sum("usage_count"))
    return Counter({(source, kind, f"{day:%Y-%m}", metric): n for kind, day, metric, n in usage.iter_rows()})


def sums_in(library: Path) -> Sums:
    """What is stored, read from the parts as any other program reads them."""
    with (library / "statistics_sources.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {int(row["statistics_source_ID"]): row["statistics_source_name"] for row in csv.DictReader(file)}
    parts = sorted(part for family in ("PR", "DR", "TR", "IR") for part in (library / family).glob("*.parquet"))
    found = Sums()
    for part in parts:
        usage = pl.read_parquet(part, columns=["statistics_source_ID", *_KEY, "usage_count"])
        sums = usage.group_by("statistics_source_ID", *_KEY).agg(pl.sum("usage_count"))
        for source, kind, day, metric, count in sums.iter_rows():
            found[names[source], kind, f"{day:%Y-%m}", metric] += count
    return found


def differing(stored: Mapping[Cell, int], wanted: Mapping[Cell, int]) -> Iterator[str]:
    """Every cell that is not as it must be, in words."""
    for cell in sorted({*stored, *wanted}):
        if stored.get(cell, 0) != wanted.get(cell, 0):
            yield f"{' · '.join(cell)}: {stored.get(cell, 0):,} stored, {wanted.get(cell, 0):,} is the truth"


def as_text(sums: Sums) -> dict[str, int]:
    """For JSON."""
    return {"\t".join(cell): count for cell, count in sums.items()}


def from_text(given: Mapping[str, int]) -> Sums:
    """What `as_text` wrote."""
    found = Sums()
    for text, count in given.items():
        source, kind, month, metric = text.split("\t")
        found[source, kind, month, metric] = count
    return found
