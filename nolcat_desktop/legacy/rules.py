"""Why a row of the relation cannot be stored as usage, and what is set to null in one that can: two tables."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

FAULT, NOTICE, DAY, COUNT, TYPE, SOURCE = "#fault", "#notice", "#day", "#count", "#type", "#source"
"""Columns that `cleaning` adds: id of the fault or of the notices, and the values that were read of the cells."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason for leaving a row out."""

    fault: str
    """Its id."""
    text: str
    """Said of a row."""
    holds: pl.Expr
    """Whether it holds, over the columns of `cleaning`."""
    harmless: bool = False
    """Whether nothing is lost with the row: it counts no use."""


_COUNT = pl.col("usage_count")

FAULTS: tuple[Fault, ...] = (
    Fault("no-source", "no statistics source: statistics_source_ID is no whole number", pl.col(SOURCE).is_null()),
    Fault(
        "no-report-type", "report_type is empty or no report of COUNTER with counts by month", pl.col(TYPE).is_null()
    ),
    Fault("no-metric", "metric_type is empty", pl.col("metric_type").is_null()),
    Fault("no-month", "usage_date is no date", pl.col(DAY).is_null()),
    Fault("not-first-of-month", "usage_date is not the first day of a month", pl.col(DAY).dt.day() != 1),
    Fault("no-count", "usage_count is empty: no use is counted", _COUNT.is_null(), harmless=True),
    Fault("unreadable-count", "usage_count is no whole number", pl.col(COUNT).is_null()),
    Fault("zero", "usage_count is 0: no use is counted", pl.col(COUNT) == 0, harmless=True),
    Fault("negative-count", "usage_count is below 0", pl.col(COUNT) < 0),
    Fault(
        "wrong-release",
        "the column release names a release that has no such report",
        pl.col("release").is_not_null() & ~pl.col("#release fits"),
    ),
)
"""The first that holds is told."""

FAULT_TEXTS = {one.fault: one.text for one in FAULTS}
HARMLESS = frozenset(one.fault for one in FAULTS if one.harmless)

PLACEHOLDERS = ("1000-01-01", "1753-01-01", "1900-01-01")
"""Dates that stand for an unknown date (design 3.1)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A cell that is set to null, although its row is stored."""

    column: str
    text: str


NOTICES: tuple[Notice, ...] = (
    Notice("YOP", "YOP is no year from -32768 to 32767"),
    Notice("publication_date", "publication_date is no date, or stands for an unknown one"),
    Notice("parent_publication_date", "parent_publication_date is no date, or stands for an unknown one"),
    Notice("report_creation_date", "report_creation_date is no date, or stands for an unknown one"),
)
