"""What is new: the sums of each unit now beside those of the dataset before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from nolcat_objects import read
from nolcat_order import Client

Units = Mapping[tuple[int, str, str, str], tuple[int, Mapping[str, int]]]
"""(source, report type, release, month) → rows, and metric → sum."""


def units_text(units: Units) -> bytes:
    """The file that lies beside a dataset."""
    rows = [[*unit, rows, dict(sorted(by.items()))] for unit, (rows, by) in sorted(units.items())]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def read_units(s3: Client, location: str) -> dict[tuple[int, str, str, str], tuple[int, dict[str, int]]] | None:
    """The sums of the dataset at `location` (`s3://…/`); None when there are none."""
    bucket, _, folder = location[len("s3://") :].partition("/")
    text = read(s3, bucket, f"{folder}_units.json") if location else None
    if text is None:
        return None
    return {(one[0], one[1], one[2], one[3]): (one[4], one[5]) for one in json.loads(text)}


def arrivals(before: Units, now: Units, names: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    """Each source, report type and release with the months that are new, changed or gone, in that order."""
    found: dict[tuple[int, str, str, int], list[tuple[str, int, Mapping[str, int]]]] = {}
    changes = ("new", "changed", "gone")
    for unit in sorted({*before, *now}):
        was, there = before.get(unit), now.get(unit)
        if was == there:
            continue
        change = 0 if was is None else 2 if there is None else 1
        rows, by = there or was or (0, {})
        found.setdefault((unit[0], unit[1], unit[2], change), []).append((unit[3], rows, by))
    for (source, kind, release, change), months in sorted(found.items()):
        metrics: dict[str, int] = {}
        for _, _, by in months:
            for metric, count in by.items():
                metrics[metric] = metrics.get(metric, 0) + count
        yield {
            "statistics_source_ID": source, "statistics_source_name": names.get(source, ""), "report_type": kind,
            "release": release, "change": changes[change], "months": [month for month, _, _ in months],
            "rows": sum(rows for _, rows, _ in months), "metrics": metrics,
        }  # fmt: skip
