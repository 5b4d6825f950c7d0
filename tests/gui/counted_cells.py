"""Reports with random counts, and what the cells of their files add up to: read by plain csv, never by the program."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from tests.builders import Abstract, Row

COUNTS = (0, 1, 999, 1000, 2**53 + 1, 10**15)
_METRIC_COLUMNS = ("Metric_Type", "User Activity", "Access Denied Category")
_IMPLIED = {"JR1": "Successful Full-text Article Requests", "BR2": "Successful Section Requests"}

Key = tuple[tuple[tuple[str, str], ...], str]
"""The cells that describe a row, each with its heading, and its metric."""


def at_random(report: Abstract, random: Random) -> Abstract:
    """The same report with other counts: large ones, round ones, none."""
    rows = tuple(
        Row(row.elements, {month: random.choice((*COUNTS, count)) for month, count in row.counts.items()})
        for row in report.rows
    )
    return replace(report, rows=rows)


@dataclass(frozen=True, slots=True)
class Told:
    """What a file, or the library, says of one month of a report."""

    cells: Mapping[Key, int]
    """Cells with use."""
    lacks: bool = False
    """Whether a cell of it cannot be read."""
    entry: int = 0

    @property
    def claims(self) -> bool:
        """Whether it says how much use there was: a month of which nothing can be read stands against nothing."""
        return bool(self.cells) or not self.lacks

    @property
    def sums(self) -> Counter[str]:
        """Metric → uses."""
        found: Counter[str] = Counter()
        for (_, metric), uses in self.cells.items():
            found[metric] += uses
        return found


def cells_of(file: Path, report_id: str) -> dict[str, Told]:
    """Month (yyyy-mm) → what the file says of it."""
    lines = list(csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter="\t"))
    top, columns = next((at, found) for at, line in enumerate(lines) if (found := dict(_months(line))))
    heads, first = lines[top], next(at for at, text in enumerate(lines[top]) if "Period" in text)
    metric = next((heads.index(name) for name in _METRIC_COLUMNS if name in heads), None)
    told: dict[str, dict[Key, int]] = {month: {} for month in columns.values()}
    lacking: set[str] = set()
    for line in lines[top + 1 :]:
        if line[0].startswith("Total for all "):
            continue
        key = (
            tuple(zip(heads[:first], line[:first], strict=True)),
            _IMPLIED[report_id] if metric is None else line[metric],
        )
        for at, month in columns.items():
            if line[at].isdecimal() and int(line[at]):
                told[month][key] = told[month].get(key, 0) + int(line[at])
            elif line[at] and not line[at].isdecimal():
                lacking.add(month)
    return {month: Told(cells, month in lacking) for month, cells in told.items()}


def _months(line: Iterable[str]) -> Iterator[tuple[int, str]]:
    for at, text in enumerate(line):
        try:
            yield at, f"{datetime.strptime(text, '%b-%Y').replace(tzinfo=UTC):%Y-%m}"
        except ValueError:
            continue
