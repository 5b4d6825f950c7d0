"""The proof that what was read of a relation is what is in it, and the record of it that is kept as the original."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from nolcat_desktop.legacy import FAULT, GROUP, RAW_GROUP, WHERE, Relation
from nolcat_desktop.problem import NolcatError, Problem

MOST_LISTED = 10_000
"""Rows left out that the record lists one by one."""
_SHOWN = 5


def prove(sums: pl.DataFrame, totals: pl.DataFrame) -> None:
    """Compare what was read with the relation's own sums, by source, report, month and metric.

    Args:
        sums: From `Spool.sums`: what can be stored and what cannot.
        totals: From `Relation.totals`.

    Raises:
        NolcatError: If they differ anywhere.
    """
    read = sums.group_by(RAW_GROUP).agg(pl.col("rows", "usage_count").sum())
    read = read.rename(dict(zip(RAW_GROUP, GROUP, strict=True)))
    both = totals.join(read, on=GROUP, how="full", coalesce=True, suffix=" read")
    filled = both.with_columns(pl.col("rows", "usage_count", "rows read", "usage_count read").fill_null(0))
    differing = filled.filter(
        (pl.col("rows") != pl.col("rows read")) | (pl.col("usage_count") != pl.col("usage_count read"))
    ).sort(GROUP)
    if differing.height:
        raise NolcatError(_differ(differing))


def record(relation: Relation, sums: pl.DataFrame, left_out: pl.LazyFrame) -> bytes:
    """What was taken over and from where, as JSON: kept among the library's originals in place of a file.

    Args:
        relation: It was read and proven.
        sums: From `Spool.sums`.
        left_out: From `Spool.left_out`.
    """
    stored = sums.filter(pl.col(FAULT).is_null())
    by = ("statistics_source_ID", "report_type", "usage_date", "metric_type")
    totals = stored.group_by(by).agg(pl.col("rows", "usage_count").sum()).sort(by)
    reasons = sums.filter(pl.col(FAULT).is_not_null()).group_by(FAULT).agg(pl.col("rows").sum()).sort(FAULT)
    listed = left_out.select(WHERE, FAULT, *RAW_GROUP, pl.col("usage_count").cast(pl.String)).head(MOST_LISTED)
    told: dict[str, Any] = {
        "what": "NoLCAT's relation COUNTERData, taken over",
        "kind": relation.kind,
        "name": relation.name,
        **dict(relation.facts()),
        "rows": int(sums["rows"].sum()),
        "usage_total": int(sums["usage_count"].sum()),
        "totals": [
            [source, report_type, f"{day:%Y-%m}", metric, rows, total]
            for source, report_type, day, metric, rows, total in totals.iter_rows()
        ],
        "left_out": dict(reasons.iter_rows()),
        "left_out_rows": [list(row) for row in listed.collect().iter_rows()],
    }
    return json.dumps(told, ensure_ascii=False, indent=0).encode()


def left_out_by_reason(sums: pl.DataFrame) -> Mapping[str, int]:
    """Id of a fault → number of rows."""
    faulty = sums.filter(pl.col(FAULT).is_not_null())
    return dict(faulty.group_by(FAULT).agg(pl.col("rows").sum()).sort(FAULT).iter_rows())


def _differ(differing: pl.DataFrame) -> Problem:
    names = [*GROUP, "rows", "usage_count", "rows read", "usage_count read"]
    shown = "; ".join(
        f"{report_type} of source {source}, {day}, {metric}: {there:,} in {rows:,} rows there, {here:,} in {got:,} read"
        for source, report_type, day, metric, rows, there, got, here in differing.head(_SHOWN).select(names).iter_rows()
    )
    more = f"; and {differing.height - _SHOWN:,} more" if differing.height > _SHOWN else ""
    return Problem(
        "The sums do not agree",
        f"What was read is not what the relation adds up to. {shown}{more}. Nothing was stored.",
        "Do it again. If it stays so, this is a fault of the program: please tell its makers.",
    )
