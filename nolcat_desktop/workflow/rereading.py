"""A kept original, read again: the cells that a load was made of, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from nolcat_desktop.conversion.layout import usage_columns
from nolcat_desktop.conversion.repairing import decline, repaired
from nolcat_desktop.conversion.usage_members import of_member
from nolcat_desktop.counter.months import in_words
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counts import count
from nolcat_desktop.dataset import Library, Load
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import read_bytes, read_content
from nolcat_desktop.reading.repairs_elsewhere import with_recorded
from nolcat_desktop.report import ROW, Report, Told

_RELATION = "COUNTERData of "
"""What the original of usage out of NoLCAT's relation is called begins so; see `taking_over`."""
CELLS = ("row", "month", "position", "value", "usage_count")
"""Columns of `stored_cells` beside those of usage: row of the report, yyyy-mm, place in the file, text as delivered."""


def read_original(library: Library, load: Load, progress: Progress | None = None) -> Report:
    """Read the report of a load again from the library's own copy of the file.

    Raises:
        NolcatError: If the original is missing, damaged, or the report is not found in it, or there never was one:
            the usage was taken over from NoLCAT's database, or NoLCAT wrote it itself.
        Cancelled: If the user asked to stop.
    """
    if not load.sha256:
        raise NolcatError(_OF_NOLCAT)
    if is_taken_over(load):
        raise NolcatError(_taken_over(library, load))
    file = library.layout.originals / load.sha256
    if not file.is_file():
        raise NolcatError(_missing(load))
    told = told_of(load)
    for found in read_content(read_bytes(file), load.original, progress, told=told):
        if (
            isinstance(found, Report)
            and found.origin.sha256 == load.sha256
            and found.origin.sheet == load.sheet
            and found.report_id == load.report_type
        ):
            return decline(with_recorded(found, load.repairs), frozenset(load.declined))
    raise NolcatError(_missing(load))


def is_taken_over(load: Load) -> bool:
    """Whether a load came out of NoLCAT's relation: what is kept of it is a record of sums, and no report."""
    return load.original.startswith(_RELATION) and (load.sheet or "").startswith(_RELATION.split()[0])


def stored_cells(
    report: Report, load: Load, months: Sequence[str], where: Sequence[pl.Expr] = (), columns: Sequence[str] = ()
) -> pl.DataFrame:
    """The month cells of a report that hold use, as they were stored.

    Args:
        report: From `read_original`.
        load: What it became.
        months: yyyy-mm; those that the report lacks are left out.
        where: Conditions on columns of usage (`metric_type`, `resource_name` …).
        columns: Columns of usage that are wanted in the result.

    Returns:
        `CELLS` and `columns`, by row, then month; one row for each row of usage.
    """
    laid = usage_columns(report)
    there = [month for month in report.month_columns if month in set(months)]
    items = of_member(repaired(report.items, report), load.scope.member)
    rows = (
        items.lazy()
        .select(
            ROW,
            *(expression.cast(pl.String) if name == "metric_type" else expression for name, expression in laid.items()),
            *(pl.col(month).alias(f"#text {month}") for month in there),
            *(count(month).alias(f"#count {month}") for month in there),
        )
        .filter(*where)
        .collect()
    )
    frames = [_of_month(rows, report, month, columns) for month in there]
    empty = (
        rows.clear()
        .select(ROW, *columns)
        .with_columns(
            month=pl.lit("", pl.String),
            position=pl.lit("", pl.String),
            value=pl.lit("", pl.String),
            usage_count=pl.lit(0, pl.Int64),
        )
    )
    return pl.concat([empty, *frames], how="diagonal").sort("row", "month").select(*CELLS, *columns)


def told_of(load: Load) -> Told:
    """What the user said of the file when it was loaded."""
    day = {name: date.fromisoformat(load.told[name]) for name in ("begin", "end") if name in load.told}
    release = Release(load.told["release"]) if "release" in load.told else None
    answered = (each.partition("=") for each in load.told.get("months", "").split())
    months = tuple((cell, date.fromisoformat(f"{month}-01")) for cell, _, month in answered)
    return Told(load.told.get("report_type"), day.get("begin"), day.get("end"), release, months)


def _of_month(rows: pl.DataFrame, report: Report, month: str, columns: Sequence[str]) -> pl.DataFrame:
    used = rows.filter(pl.col(f"#count {month}") > 0)
    return used.select(
        ROW,
        *columns,
        pl.lit(month).alias("month"),
        report.positions.cells(used[ROW], month).cast(pl.String).alias("position"),
        pl.col(f"#text {month}").alias("value"),
        pl.col(f"#count {month}").alias("usage_count"),
    )


def _taken_over(library: Library, load: Load) -> Problem:
    when = next((one.when for one in library.history() if one.entry == load.entry), None)
    day = f" on {when.day} {in_words(f'{when:%Y-%m}')}" if when is not None else ""
    return Problem(
        f"Taken over from NoLCAT's database{day}",
        f"{load.original}: there is no report file of these numbers here, so no cell of one can be shown. Their sums "
        "were those of the database, by source, report, month and metric, when they were taken over.",
        "To see cells, add the report file itself; what is damaged can be taken over from the database again.",
    )


def _missing(load: Load) -> Problem:
    return Problem(
        "The original cannot be read again",
        f"{load.original} is not among the library's originals any more, or not as it was. The numbers are there, but "
        "not the file that proves them.",
        "Check the library; bring the file back from a backup, or add it again.",
    )


_OF_NOLCAT = Problem(
    "These numbers were written by NoLCAT itself",
    "There is no original of them here, so no cell can be shown.",
    "Look in NoLCAT for the file that they came from, or add that file here.",
)
