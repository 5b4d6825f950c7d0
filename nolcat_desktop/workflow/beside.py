"""The cells of a report that add to no number, by rule, and those that were repaired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType

import polars as pl

from nolcat_desktop.conversion import all_repairs
from nolcat_desktop.dataset import Load
from nolcat_desktop.report import ROW, Report

BESIDE = pl.Schema(
    {
        "original": pl.String(),
        "sheet": pl.String(),
        "position": pl.String(),
        "value": pl.String(),
        "rule": pl.String(),
        "why": pl.String(),
    }
)
"""Cells of the same files and months that do not add to it (`rule` names why), or that were repaired."""
RULES: Mapping[str, str] = MappingProxyType(
    {
        "total-row": "A row of totals: its numbers are in the other rows already",
        "blank-row": "A row without anything",
        "remark-row": "A remark, no data",
        "second-heading": "The headings once more",
        "shifted-row": "Its cells do not stand under their headings, so its counts cannot be read",
        "damaged-cell": "It holds no count",
        "other-member": "The usage of another member of the consortium",
        "month-not-taken": "The month was kept as it was, kept aside, replaced or removed since",
    }
)
"""Rule by which a cell is left out → why, in words."""


def left_out_cells(report: Report, load: Load, months: Sequence[str] | None = None) -> pl.DataFrame:
    """The month cells of a report that are not stored though something stands in them, by rule; in `BESIDE`.

    Args:
        report: Read again.
        load: What it became.
        months: Only these; None for all of the report.
    """
    wanted = [month for month in report.month_columns if months is None or month in set(months)]
    frames = [
        _named(report, rows, month, pl.col("rule"))
        for rows in (report.left_out,)
        for month in wanted
        if month in rows.columns
    ]
    if load.scope.member is not None:
        from nolcat_desktop.conversion.usage_members import of_member

        others = report.items.join(of_member(report.items, load.scope.member), on=ROW, how="anti")
        frames += [_named(report, others, month, pl.lit("other-member")) for month in wanted]
    frames += [
        _named(report, report.items, month, pl.lit("month-not-taken"))
        for month in wanted
        if months is None and month not in load.states
    ]
    known = zip_longest(load.damaged, load.damaged_months[: len(load.damaged)])
    damaged = pl.DataFrame(
        [
            (load.original, load.sheet, place, text, "damaged-cell", "")
            for (place, text), month in known
            if month is None or months is None or month in months
        ],
        schema=BESIDE,
        orient="row",
    )
    found = pl.concat(
        [
            damaged,
            *(
                frame.with_columns(original=pl.lit(load.original), sheet=pl.lit(load.sheet, pl.String)).select(
                    BESIDE.names()
                )
                for frame in frames
            ),
        ]
    )
    return found.with_columns(why=pl.col("rule").replace_strict(dict(RULES), default=pl.col("rule")))


def repaired_cells(
    report: Report, load: Load, rows: pl.Series | None = None, months: Sequence[str] | None = None
) -> pl.DataFrame:
    """The cells of a report that were read as something else than what stands there; in `BESIDE`.

    Args:
        report: Read again.
        load: What it became.
        rows: Only repairs in these rows of `report.items`, and of headings; None for all.
        months: Of the columns of months only these; None for all.
    """
    wanted = set(rows) if rows is not None else None
    told = [
        (load.original, load.sheet, one.position, one.before, one.rule, f"read as “{one.after}”: {one.proof}")
        for one in all_repairs(report, load.scope.member)
        if (wanted is None or one.row is None or one.row in wanted)
        and (months is None or one.element in months or one.element not in report.month_columns)
    ]
    return pl.DataFrame(told, schema=BESIDE, orient="row")


def _named(report: Report, rows: pl.DataFrame, month: str, rule: pl.Expr) -> pl.DataFrame:
    used = rows.filter(pl.col(month).str.strip_chars().fill_null("").is_in(["", "0"]).not_())
    return used.select(
        report.positions.cells(used[ROW], month).cast(pl.String).alias("position"),
        pl.col(month).alias("value"),
        rule.alias("rule"),
        pl.lit("").alias("why"),
    )
