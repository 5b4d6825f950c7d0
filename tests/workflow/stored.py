"""What a library holds, read by another program than ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from nolcat_desktop.usage import USAGE
from tests.builders import Abstract, expected_usage


def usage_in(library: Path) -> pl.DataFrame:
    """All usage in the parts, in the columns of `USAGE`."""
    frames = [pl.DataFrame(pq.read_table(part).to_pylist(), schema=USAGE) for part in parts(library)]
    return pl.concat([pl.DataFrame(schema=USAGE), *frames])


def parts(library: Path) -> list[Path]:
    """Every part, sorted."""
    return sorted(part for family in ("PR", "DR", "TR", "IR") for part in (library / family).glob("*.parquet"))


def in_order(usage: pl.DataFrame) -> pl.DataFrame:
    """Rows in an order that does not depend on how they came."""
    return usage.select(USAGE.names()).sort(USAGE.names(), nulls_last=True)


def wanted(*reports: Abstract, source: int = 7, member: str | None = None) -> pl.DataFrame:
    """What must be stored of `reports`."""
    return in_order(pl.concat([expected_usage(report, source, member=member) for report in reports]))


def loads(part: Path) -> list[dict[str, Any]]:
    """The entries of a part's footer."""
    metadata = pq.read_metadata(part).metadata
    assert metadata[b"nolcat.format"] == b"1"
    return list(json.loads(metadata[b"nolcat.loads"]))


def total(library: Path) -> int:
    """The sum of all usage stored."""
    return int(usage_in(library)["usage_count"].sum())
