"""A certificate: that what is stored of a file is what the file says, metric by metric and month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256 as digest
from typing import TypeAlias

import polars as pl

from nolcat_desktop.conversion import control_sums
from nolcat_desktop.conversion.layout import metric
from nolcat_desktop.conversion.usage_members import of_member
from nolcat_desktop.counts import count
from nolcat_desktop.dataset import Holding, Library, Load, tally
from nolcat_desktop.dataset.border import reading_part
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.beside import BESIDE, left_out_cells, repaired_cells
from nolcat_desktop.workflow.rereading import is_taken_over, read_original

_TOTAL = "Reporting_Period_Total"
_LEFT_OUT = "It was not stored"
Sums: TypeAlias = Mapping[str, Mapping[str, int]]
"""metric_type → month (yyyy-mm) → sum."""
_Told: TypeAlias = "tuple[str, str, Load, str, datetime | None, Stamp]"
"""What a certificate begins with: library, source, load, part, loaded, stamp."""
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
`stored` is null where the month of this file is not live, which is no difference, or where the part is damaged;
`in_file` is what stands beside it (see `Against`), and null where there is nothing to compare with."""
PERIODS = pl.Schema({"metric_type": pl.String(), "in_file": pl.Int64(), "stated": pl.Int64(), "difference": pl.Int64()})
"""One row for each metric: all months of the file, beside what the publisher states as Reporting_Period_Total."""


class Against(Enum):
    """What the rows that are stored were compared with."""

    FILE = "file"
    """The cells of the original, read again."""
    DATABASE = "database"
    """Taken over from NoLCAT's database: the control sums that were written down then. There is no report file."""
    FOOTER = "footer"
    """The control sums that were written down when it was stored, for the original is missing or was changed."""
    NOTHING = "nothing"
    """NoLCAT wrote the part itself."""
    UNREADABLE = "unreadable"
    """Nothing: the part itself is damaged. What was written down when it was stored stands beside no number."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who compared, and when."""

    when: datetime
    program: str
    """Version of the program."""
    library: str = ""
    """What the library is called, where somebody called it; else its folder's name stands for it."""


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
    """In the schema `explaining.BESIDE`: every cell with something in it that is not stored, by rule; of what was not
    compared with a file, what its footer tells of left out cells."""
    repaired: pl.DataFrame
    """In the schema `explaining.BESIDE`."""
    cells: int
    """Month cells of the file's data rows."""
    cells_stored: int
    cells_without_use: int
    """Blank, or 0. Like the two before, 0 of what was not compared with a file."""
    against: Against = Against.FILE
    trouble: Problem | None = None
    """Why it was not compared with a file."""

    @property
    def is_equal(self) -> bool:
        """Whether every metric and month that is live adds up to what stands beside it."""
        return bool(self.sums["equal"].fill_null(value=True).all())

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the numbers: every sum, original and part is as it should be."""
        return self.is_equal and self.against not in {Against.FOOTER, Against.UNREADABLE}


def certify(
    library: Library,
    stamp: Stamp,
    progress: Progress,
    entry: int | None = None,
    sha256: str | None = None,
) -> tuple[Certificate, ...]:
    """Read originals again and compare them with what is stored; what has none is told as what it is.

    Args:
        library: Whose loads are certified.
        stamp: When, and by which version of the program.
        progress: Told and checked, load by load.
        entry: Only what this entry of the history stored and is live still; None for all.
        sha256: Only what came from this original; None for all.

    Returns:
        One for each live load, in the order of the parts.

    Raises:
        NolcatError: If there is no such load, or the library cannot be read.
        Cancelled: If the user asked to stop.
    """
    wanted = [
        held for held in library.holdings() if entry in (None, held.load.entry) and sha256 in (None, held.load.sha256)
    ]
    if not wanted:
        raise NolcatError(_NOTHING)
    names = library.sources().names()
    whens = {one.entry: one.when for one in library.history()}
    made = []
    for held in progress.over("Certifying", wanted, lambda one: one.load.original):
        source = names.get(held.load.source_id, str(held.load.source_id))
        told = (
            stamp.library or library.layout.folder.name,
            source,
            held.load,
            held.path,
            whens.get(held.load.entry),
            stamp,
        )
        made.append(_of_one(library, held, told, progress))
    return tuple(made)


def _of_one(library: Library, held: Holding, told: _Told, progress: Progress) -> Certificate:
    load = held.load
    try:
        with reading_part(held.path):
            stored = tally(held.rows()).sums
    except NolcatError as error:
        return _without_file(told, None, Against.UNREADABLE, error.problem)
    try:
        report = read_original(library, load, progress)
    except NolcatError as error:
        against = Against.DATABASE if is_taken_over(load) else Against.FOOTER if load.sha256 else Against.NOTHING
        return _without_file(told, stored, against, _trouble(library, load, error))
    return _certificate(told, stored, report)


def _trouble(library: Library, load: Load, error: NolcatError) -> Problem:
    """Why there is no file to compare with; one that was changed may give any fault when it is read."""
    file = library.layout.originals / load.sha256
    if not load.sha256 or is_taken_over(load) or not file.is_file():
        return error.problem
    try:
        changed = digest(file.read_bytes()).hexdigest() != load.sha256
    except OSError:
        changed = False
    return _changed(load) if changed else error.problem


def _without_file(told: _Told, stored: Sums | None, against: Against, trouble: Problem) -> Certificate:
    load = told[2]
    beside = None if against is Against.NOTHING else load.tally.sums
    left_out = [(load.original, load.sheet, place, text, "damaged-cell", _LEFT_OUT) for place, text in load.damaged]
    return Certificate(
        *told,
        _compared(load, beside, stored),
        pl.DataFrame(schema=PERIODS),
        pl.DataFrame(left_out, schema=BESIDE, orient="row"),
        pl.DataFrame(schema=BESIDE),
        0,
        load.rows,
        0,
        against,
        trouble,
    )


def _certificate(told: _Told, stored: Sums, report: Report) -> Certificate:
    load = told[2]
    items = of_member(report.items, load.scope.member)
    months = list(report.month_columns)
    used = items.select(pl.sum_horizontal([(count(month) > 0).sum() for month in months] or [pl.lit(0)])).item()
    cells, left_out = items.height * len(months), left_out_cells(report, load)
    damaged = left_out.filter(pl.col("rule") == "damaged-cell").height
    return Certificate(
        *told,
        _compared(load, control_sums(report, load.scope.member), stored),
        _periods(report, load),
        left_out,
        repaired_cells(report, load),
        cells,
        load.rows,
        cells - int(used or 0) - damaged,
    )


def _compared(load: Load, beside: Sums | None, stored: Sums | None) -> pl.DataFrame:
    """`beside` and what is stored, counted as it lies in the part, in `SUMS`; None: not known."""
    there, lies = beside or {}, stored or {}
    rows = []
    for name in sorted({*there, *lies}):
        for month in sorted({*there.get(name, {}), *lies.get(name, {})}):
            live = month in load.states
            one = None if beside is None else there.get(name, {}).get(month, 0)
            here = lies.get(name, {}).get(month, 0) if live and stored is not None else None
            equal = None if one is None or not live else one == here
            rows.append((name, month, one, here, equal))
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


def _changed(load: Load) -> Problem:
    return Problem(
        "The original was changed",
        f"The library's copy of {load.original} is not the file that was loaded any more, so it proves nothing. The "
        "numbers are there, but not the file that proves them.",
        "Check the library; bring the file back from a backup, or add it again.",
    )


_NOTHING = Problem(
    "There is nothing to certify",
    "No numbers that stand in the library now came with this entry or file: it was undone, replaced, or added none.",
    "Choose an entry in the history that added reports and stands.",
)
