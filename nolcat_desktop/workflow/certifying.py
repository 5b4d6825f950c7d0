"""A certificate: that what is stored of a file is what the file says, metric by metric and month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from nolcat_desktop.conversion import control_sums
from nolcat_desktop.conversion.layout import metric
from nolcat_desktop.conversion.usage_members import of_member
from nolcat_desktop.counts import count
from nolcat_desktop.dataset import Holding, Library, Load, tally
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.beside import left_out_cells, repaired_cells
from nolcat_desktop.workflow.rereading import read_original

_TOTAL = "Reporting_Period_Total"
SUMS = pl.Schema(
    {
        "metric_type": pl.String(),
        "month": pl.String(),
        "in_file": pl.Int64(),
        "stored": pl.Int64(),
        "equal": pl.Boolean(),
    }
)
"""One row for each metric and month (yyyy-mm) with use in the file: its cells added up, and what the library holds.
`stored` is null where the month of this file is not live, which is no difference."""
PERIODS = pl.Schema({"metric_type": pl.String(), "in_file": pl.Int64(), "stated": pl.Int64(), "difference": pl.Int64()})
"""One row for each metric: all months of the file, beside what the publisher states as Reporting_Period_Total."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who compared, and when."""

    when: datetime
    program: str
    """Version of the program."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The proof of one load."""

    library: str
    """Name of the library's folder."""
    source: str
    load: Load
    part: str
    """Path of the part that holds it."""
    loaded: datetime | None
    """When it was stored."""
    stamp: Stamp
    """When the file was read again and compared, and by which version."""
    sums: pl.DataFrame
    """In the schema `SUMS`."""
    periods: pl.DataFrame
    """In the schema `PERIODS`; empty when the file states no totals."""
    left_out: pl.DataFrame
    """In the schema `explaining.BESIDE`: every cell with something in it that is not stored, by rule."""
    repaired: pl.DataFrame
    """In the schema `explaining.BESIDE`."""
    cells: int
    """Month cells of the file's data rows."""
    cells_stored: int
    cells_without_use: int
    """Blank, or 0."""

    @property
    def is_equal(self) -> bool:
        """Whether every metric and month that is live adds up to what the file says."""
        return bool(self.sums["equal"].fill_null(value=True).all())


def certify(
    library: Library,
    stamp: Stamp,
    progress: Progress,
    entry: int | None = None,
    sha256: str | None = None,
) -> tuple[Certificate, ...]:
    """Read originals again and compare them with what is stored.

    Args:
        library: Whose loads are certified.
        stamp: When, and by which version of the program.
        progress: Told and checked, load by load.
        entry: Only what this entry of the history stored and is live still; None for all.
        sha256: Only what came from this original; None for all.

    Returns:
        One for each live load that has an original, in the order of the parts.

    Raises:
        NolcatError: If there is no such load, or an original cannot be read again.
        Cancelled: If the user asked to stop.
    """
    wanted = [
        held
        for held in library.holdings()
        if held.load.sha256 and entry in (None, held.load.entry) and sha256 in (None, held.load.sha256)
    ]
    if not wanted:
        raise NolcatError(_NOTHING)
    names = library.sources().names()
    whens = {one.entry: one.when for one in library.history()}
    made = []
    for held in progress.over("Certifying", wanted, lambda one: one.load.original):
        report = read_original(library, held.load, progress)
        source = names.get(held.load.source_id, str(held.load.source_id))
        made.append(_certificate(report, held, (library.layout.folder.name, source), whens.get(held.load.entry), stamp))
    return tuple(made)


def _certificate(
    report: Report, held: Holding, names: tuple[str, str], loaded: datetime | None, stamp: Stamp
) -> Certificate:
    load = held.load
    items = of_member(report.items, load.scope.member)
    months = list(report.month_columns)
    used = items.select(pl.sum_horizontal([(count(month) > 0).sum() for month in months] or [pl.lit(0)])).item()
    cells, left_out = items.height * len(months), left_out_cells(report, load)
    damaged = left_out.filter(pl.col("rule") == "damaged-cell").height
    return Certificate(
        *names,
        load,
        held.path,
        loaded,
        stamp,
        _sums(report, held),
        _periods(report, load),
        left_out,
        repaired_cells(report, load),
        cells,
        load.rows,
        cells - int(used or 0) - damaged,
    )


def _sums(report: Report, held: Holding) -> pl.DataFrame:
    """The file's cells, counted as delivered, beside the rows of the part, counted as they lie there."""
    load = held.load
    in_file, stored = control_sums(report, load.scope.member), tally(held.rows()).sums
    rows = []
    for name in sorted({*in_file, *stored}):
        for month in sorted({*in_file.get(name, {}), *stored.get(name, {})}):
            there = in_file.get(name, {}).get(month, 0)
            here = stored.get(name, {}).get(month, 0) if month in load.states else None
            rows.append((name, month, there, here, None if here is None else there == here))
    return pl.DataFrame(rows, schema=SUMS, orient="row")


def _periods(report: Report, load: Load) -> pl.DataFrame:
    if _TOTAL not in report.items.columns:
        return pl.DataFrame(schema=PERIODS)
    items = of_member(report.items, load.scope.member)
    months = [count(month).fill_null(0) for month in report.month_columns]
    found = items.lazy().select(
        metric(report).cast(pl.String).alias("metric_type"),
        pl.sum_horizontal(months).alias("in_file"),
        count(_TOTAL).alias("stated"),
    )
    summed = found.group_by("metric_type").agg(pl.col("in_file", "stated").sum()).sort("metric_type").collect()
    return summed.with_columns(difference=pl.col("stated") - pl.col("in_file")).select(
        pl.col(name).cast(kind) for name, kind in PERIODS.items()
    )


_NOTHING = Problem(
    "There is nothing to certify",
    "No live load with an original is of this entry or file.",
    "Look into the history for an entry that stands.",
)
