"""Z-07: metrics that a report may hold and that never occur in it (validation.md section 9)."""

from __future__ import annotations

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation.faults import Fault, frame_of
from nolcat_desktop.validation.subject import Subject

ABSENT = Fault(
    "Z-07",
    Level.NOTICE,
    "Metric types that the report may hold, but does not: {detail}.",
    "That is right when there was no such usage.",
)


def absent_metrics(subject: Subject, items: pl.DataFrame) -> list[pl.DataFrame]:
    """Name the metric types that never occur, once.

    Told when the header asks for metric types (a filter, a standard view); officially always.

    Args:
        subject: The report.
        items: Its rows, spellings repaired.
    """
    permitted = subject.permitted().get("Metric_Type", ())
    asked = subject.official or subject.definition.is_view or subject.filter_values("Metric_Type")
    if not asked or not permitted or "Metric_Type" not in items.columns:
        return []
    there = set(items.get_column("Metric_Type").unique())
    absent = [metric for metric in permitted if metric not in there]
    return (
        [frame_of([ABSENT.at(subject.report.positions.last(), "Metric_Type", None, ", ".join(absent))])]
        if absent
        else []
    )
