"""What is in a relation, and what a library made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from nolcat_desktop.dataset import Library
from nolcat_desktop.legacy import GROUP, RAW, WHERE, Relation
from nolcat_desktop.legacy.relation import RELATION, counted
from nolcat_desktop.progress import Progress
from nolcat_desktop.usage import USAGE


def library(folder: Path) -> Library:
    """The library in `folder`."""
    return Library.open(folder, lambda: datetime(2025, 3, 1, tzinfo=UTC), "1.0")


def read(relation: Relation) -> pl.DataFrame:
    """All its rows, as they come."""
    return pl.concat([pl.DataFrame(schema=RAW), *relation.batches(Progress())])


def cells(relation: Relation) -> list[dict[str, str | None]]:
    """The same as plain rows, in the order of their places."""
    return list(read(relation).drop(WHERE, "release").iter_rows(named=True))


def as_text(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str | None]]:
    """Rows as a database would write their cells."""
    return [{name: None if one[name] is None else str(one[name]) for name in RELATION} for one in rows]


def agree(relation: Relation) -> bool:
    """Whether both ways of summing up find the same."""
    ours = counted(read(relation).lazy()).collect().sort(GROUP)
    return ours.equals(relation.totals(Progress()).sort(GROUP))


def usage_of(rows: Iterable[Mapping[str, Any]], releases: Mapping[int, str]) -> pl.DataFrame:
    """What a library should hold of `rows`, all of which can be stored; `releases` by primary key."""
    made = []
    for one in rows:
        cells = {name: one.get(name) or None for name in USAGE}
        cells["release"] = releases[one["COUNTER_data_ID"]]
        for name, kind in USAGE.items():
            if kind == pl.Date and cells[name] is not None:
                cells[name] = date.fromisoformat(str(cells[name]))
        made.append(cells)
    return in_order(pl.DataFrame(made, schema=USAGE))


def in_order(usage: pl.DataFrame) -> pl.DataFrame:
    """The same whatever the order."""
    return usage.sort(pl.all(), nulls_last=True)


def stored(held: Library) -> pl.DataFrame:
    """Everything live."""
    return in_order(held.scan().collect())
