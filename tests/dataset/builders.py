"""Plain values to build libraries from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

import polars as pl

from nolcat_desktop.dataset import Candidate, Library, Load, Scope, State, Stored, tally
from nolcat_desktop.usage import USAGE

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def usage(
    counts: Mapping[str, int], source: int = 1, report_type: str = "TR", release: str = "5.1", platform: str = "Alpha"
) -> pl.DataFrame:
    """Two titles and two metrics for each month of `counts` (yyyy-mm → count of the first)."""
    rows = [
        {
            "statistics_source_ID": source,
            "report_type": report_type,
            "resource_name": title,
            "platform": platform,
            "YOP": 2020 + more,
            "metric_type": metric,
            "usage_date": date.fromisoformat(f"{month}-01"),
            "usage_count": count + more,
            "report_creation_date": date(2025, 2, 1),
            "release": release,
        }
        for month, count in counts.items()
        for more, title in enumerate(("Journal of Nothing", "Ännals of “Everything”"))
        for metric in ("Total_Item_Requests", "Unique_Item_Requests")
    ]
    return pl.DataFrame(rows, schema={name: USAGE[name] for name in rows[0]} if rows else USAGE).select(
        [
            pl.lit(None, dtype=kind).alias(name) if rows and name not in rows[0] else pl.col(name)
            for name, kind in USAGE.items()
        ]
    )


def candidate(
    counts: Mapping[str, int],
    *,
    source: int = 1,
    report_type: str = "TR",
    release: str = "5.1",
    platform: str = "Alpha",
    name: str = "report.tsv",
    filters: Mapping[str, Sequence[str]] | None = None,
    member: str | None = None,
    harvested: date | None = None,
    states: Mapping[str, State] | None = None,
    damaged: tuple[tuple[str, str], ...] = (),
    damaged_months: tuple[str | None, ...] = (),
    frame: pl.DataFrame | None = None,
) -> Candidate:
    """A report with usage in the months of `counts`; `states` adds or overrides months."""
    rows = usage(counts, source, report_type, release, platform) if frame is None else frame
    counted = tally(rows.lazy())
    known = dict.fromkeys(counted.rows_by_month, State.USAGE) | dict(states or {})
    load = Load(
        original=name,
        sha256=sha256(name),
        kind="tsv",
        report_type=report_type,
        release=release,
        source_id=source,
        states=MappingProxyType(known),
        tally=counted,
        scope=Scope(
            MappingProxyType({key: frozenset(values) for key, values in (filters or {}).items()}),
            member,
            frozenset(rows["platform"].drop_nulls()),
        ),
        harvested=harvested,
        header=(("Report_Name", "Title Master Report"), ("Release", release, "beyond")),
        created="2025-02-01",
        period=("2024-01-01", "2024-12-31"),
        findings=MappingProxyType({"Notice": 2}),
        repairs=("a repair",),
        damaged=damaged,
        damaged_months=damaged_months,
        exceptions=((3040, "Partial Data Returned", None),),
    )
    return Candidate(load, rows.lazy())


def content(name: str) -> bytes:
    """The bytes of the original called `name`."""
    return f"the content of {name}".encode()


def sha256(name: str) -> str:
    """Their hash."""
    return hashlib.sha256(content(name)).hexdigest()


def library(folder: Path) -> Library:
    """The library in `folder`, at noon."""
    return Library.open(folder, lambda: NOON, "1.0")


def store(held: Library, *offered: Candidate, if_loaded: str = "fail") -> list[tuple[str, Stored]]:
    """Add all of `offered` in one run; the action and what was stored of each."""
    done = []
    with held.run("Added reports") as run:
        for one in offered:
            planned = run.plan(one, if_loaded)
            done.append((planned.action.value, run.add(planned, content(one.load.original))))
        run.commit()
    return done


def total(held: Library) -> int:
    """Sum of everything that is live."""
    return int(held.scan().select(pl.col("usage_count").sum()).collect().item())


def months(held: Library) -> dict[str, int]:
    """Month → sum over everything that is live."""
    by_month = (
        held.scan().group_by(pl.col("usage_date").dt.strftime("%Y-%m").alias("month")).agg(pl.col("usage_count").sum())
    )
    return dict(by_month.collect().sort("month").iter_rows())


def month_total(count: int) -> int:
    """What `usage` makes of one month."""
    return 4 * count + 2
