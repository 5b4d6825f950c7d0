"""What replacing would cost: numbers that would go, and damage that what is loaded does not have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from nolcat_desktop.conversion import Damaged
from nolcat_desktop.dataset import Holding, Plan
from nolcat_desktop.dataset.tally import in_months
from nolcat_desktop.workflow.review_plan import Loss, Standing, Todo

_LOST_IDENTIFIER = "X-lost-identifier"
"""Rule by which reading tells an identifier that a spreadsheet program changed beyond repair."""
_IDENTIFIERS = ("DOI", "proprietary_ID", "ISBN", "print_ISSN", "online_ISSN")
_REQUESTS = "Total_Item_Requests"
"""The metric that is looked at first."""
_MUCH = 0.25
"""Share of a metric from which on its loss is told."""


def weighed(
    standing: Standing, plan: Plan, usage: pl.LazyFrame, findings: pl.DataFrame, damaged: Sequence[Damaged]
) -> Standing:
    """How a report stands to the library, with what replacing would cost.

    Args:
        standing: As the plan says.
        plan: What adding would do.
        usage: The report's rows, as they would be stored.
        findings: Of the report.
        damaged: Its cells whose count cannot be read.
    """
    if standing.todo not in {Todo.DIFFERS, Todo.OVERLAPS}:
        return standing
    against = {id(held): held for each in plan.months if each.month in standing.differing for held in each.against}
    held = tuple(against.values())
    worse = bool(damaged) and not any(one.load.damaged for one in held)
    worse = worse or _lost_identifiers(findings, held, standing.differing)
    loss = _loss(standing, held, usage)
    return replace(standing, is_worse=worse, loss=loss, suggests_keeping=standing.suggests_keeping or worse)


def _lost_identifiers(findings: pl.DataFrame, held: Sequence[Holding], months: Sequence[str]) -> bool:
    """Whether an identifier is lost in the report that stands in what is loaded."""
    lost = findings.filter(pl.col("rule") == _LOST_IDENTIFIER)["value"].drop_nulls().unique()
    if lost.is_empty():
        return False
    spoiled = pl.any_horizontal(pl.col(name).cast(pl.String).is_in(lost.implode()) for name in _IDENTIFIERS)
    rows = pl.concat([one.rows(months) for one in held])
    return not bool(rows.select(spoiled.any()).collect().item())


def _loss(standing: Standing, held: Sequence[Holding], usage: pl.LazyFrame) -> Loss | None:
    """What would go, if it is much."""
    frame = standing.differences
    if frame is None:
        return None
    sums = (
        frame.filter(pl.col("month").is_in(standing.differing))
        .group_by("metric")
        .agg(pl.col("loaded").sum(), pl.col("offered").sum())
        .with_columns(share=1 - pl.col("offered") / pl.col("loaded"))
        .filter((pl.col("loaded") > 0) & (pl.col("share") > _MUCH))
        .sort(pl.col("metric") == _REQUESTS, "loaded", "metric", descending=[True, True, False])
    )
    if sums.is_empty():
        return None
    kinds = pl.concat([_kinds(one.rows(standing.differing)) for one in held]).unique().collect()["data_type"]
    offered = _kinds(usage.filter(in_months(standing.differing))).collect()["data_type"]
    gone = tuple(sorted(set(kinds.drop_nulls()) - set(offered.drop_nulls())))
    return Loss(sums["metric"][0], float(sums["share"][0]), gone)


def _kinds(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.select(pl.col("data_type").cast(pl.String)).unique()
