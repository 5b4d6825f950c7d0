"""Where a number comes from: the files, sheets and cells that add up to it, and what was left out or repaired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from nolcat_desktop.analysis.conditions import Condition
from nolcat_desktop.counter.reports import named_report
from nolcat_desktop.dataset import Holding, Library, Load, Restatement
from nolcat_desktop.dataset.border import reading_part
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import Report
from nolcat_desktop.usage import USAGE
from nolcat_desktop.workflow.beside import BESIDE, left_out_cells, repaired_cells
from nolcat_desktop.workflow.narrowing import narrowing
from nolcat_desktop.workflow.rereading import CELLS, read_original, stored_cells

CONTRIBUTIONS = pl.Schema(
    {
        "entry": pl.Int64(),
        "part": pl.String(),
        "original": pl.String(),
        "sheet": pl.String(),
        "position": pl.String(),
        "value": pl.String(),
        "usage_count": pl.Int64(),
        "month": pl.String(),
        "metric_type": pl.String(),
        "resource_name": pl.String(),
    }
)
"""One row for each cell (or, of a part that NoLCAT wrote, each row) that adds to the number. `position` and `value` are
the cell's place in its file and its text as delivered; null where there is no original."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A number that is to be explained."""

    source_id: int
    report_type: str
    metric: str
    months: tuple[str, ...]
    """yyyy-mm."""
    release: str | None = None
    """None: whichever is live."""
    where: Mapping[str, str | int | None] = field(default_factory=lambda: MappingProxyType({}))
    """Column of usage → value, for a number within the report: `resource_name`, `data_type`, `YOP` …"""
    others: tuple[int, ...] = ()
    """Further sources, for a number of several."""
    conditions: tuple[Condition, ...] = ()
    """On texts and the year of publication, as typed over the columns."""
    among: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Column of usage → the values that count, for a number of a standard view that was worked out of its master."""
    entry: int | None = None
    """Only what this entry of the history stored and is live still; None: whatever is live."""

    @property
    def report(self) -> str:
        """Which report, and what of it."""
        within = "; ".join(f"{name} = {' or '.join(values)}" for name, values in self.among.items())
        of = f", entry {self.entry}" if self.entry is not None else ""
        return f"{named_report(self.report_type)}{f' ({within})' if within else ''}{of}"

    @property
    def source_ids(self) -> tuple[int, ...]:
        """All sources that are meant."""
        return (self.source_id, *self.others)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a number comes from."""

    asked: Asked
    source: str
    """Names of the sources that have a part in it."""
    total: int
    """As the library has it."""
    rows: int
    """Rows of usage that make it."""
    cells: pl.DataFrame
    """In the schema `CONTRIBUTIONS`; their counts add up to `total`, or `problems` say why not."""
    left_out: pl.DataFrame
    """In the schema `BESIDE`."""
    repaired: pl.DataFrame
    """In the schema `BESIDE`; `value` is the text as delivered, `why` what it was read as."""
    loads: tuple[Load, ...]
    """The loads that it comes from, as they are live."""
    restated: tuple[Restatement, ...]
    """What the publisher corrected of this metric in these months."""
    problems: tuple[Problem, ...] = ()
    """Originals that cannot be read again (or never were: see `rereading`), or do not give the same number any more."""

    @property
    def is_proved(self) -> bool:
        """Whether every use was found again in a cell of an original."""
        return not self.problems


def explain(library: Library, asked: Asked, progress: Progress) -> Explanation:
    """Find every cell that adds to a number, by reading the kept originals again.

    Args:
        library: Where the number is.
        asked: Which number.
        progress: Told and checked, load by load.

    Raises:
        NolcatError: If the library cannot be read, or `asked` names a column that usage does not have.
        Cancelled: If the user asked to stop.
    """
    conditions = _conditions(asked)
    held = [one for one in library.holdings() if _speaks(one.load, asked)]
    cells, left_out, repaired, problems = [], [], [], []
    for one in progress.over("Reading", held, lambda holding: holding.load.original):
        stored = _stored(one, asked, conditions)
        try:
            report = read_original(library, one.load, progress)
        except NolcatError as error:
            cells.append(stored)
            problems.append(error.problem)
            continue
        found, where = _cells(report, one, asked, conditions)
        if found["usage_count"].sum() != stored["usage_count"].sum() or found.height != stored.height:
            problems.append(_differs(one.load, int(found["usage_count"].sum()), int(stored["usage_count"].sum())))
        cells.append(found)
        left_out.append(left_out_cells(report, one.load, asked.months))
        repaired.append(repaired_cells(report, one.load, where, asked.months))
    made = pl.concat([pl.DataFrame(schema=CONTRIBUTIONS), *cells])
    total, rows = _counted(held, asked, conditions)
    return Explanation(
        asked,
        _sources(library, held, asked),
        total,
        rows,
        made,
        pl.concat([pl.DataFrame(schema=BESIDE), *left_out]),
        pl.concat([pl.DataFrame(schema=BESIDE), *repaired]),
        tuple(one.load for one in held),
        tuple(
            each
            for one in held
            for each in one.load.restated
            if each.metric == asked.metric and each.month in asked.months
        ),
        tuple(dict.fromkeys(problems)),
    )


def _conditions(asked: Asked) -> list[pl.Expr]:
    if strange := {*asked.where, *asked.among} - set(USAGE):
        raise NolcatError(
            Problem(
                f"There is no column “{min(strange)}”",
                "Nothing was looked up.",
                f"Choose one of {', '.join(USAGE)}.",
            )
        )
    named = {"metric_type": asked.metric, **asked.where}
    equal = [pl.col(name).is_null() if value is None else pl.col(name) == value for name, value in named.items()]
    some = [pl.col(name).is_in(values) for name, values in asked.among.items()]
    return [*equal, *some, *map(narrowing, asked.conditions)]


def asked_of_entry(loads: Sequence[Load], report_type: str, metric: str, release: str | None = None) -> Asked | None:
    """The sum of a metric that an entry of the history stored, as far as it is live.

    Args:
        loads: The live loads of the entry.
        report_type: As the loads call it.
        metric: As it is stored.
        release: Only this; None for all.

    Returns:
        None if nothing of it is live.
    """
    mine = [load for load in loads if load.report_type == report_type and release in (None, load.release)]
    months = sorted({month for load in mine for month in load.months})
    if not months:
        return None
    first, *others = dict.fromkeys(load.source_id for load in mine)
    return Asked(first, report_type, metric, tuple(months), release, others=tuple(others), entry=mine[0].entry)


def _speaks(load: Load, asked: Asked) -> bool:
    return (
        load.source_id in asked.source_ids
        and load.report_type == asked.report_type
        and asked.release in (None, load.release)
        and asked.entry in (None, load.entry)
        and bool(set(load.months) & set(asked.months))
    )


def _rows(held: Holding, asked: Asked, conditions: Sequence[pl.Expr]) -> pl.LazyFrame:
    return held.rows(asked.months).filter(*conditions)


def _stored(held: Holding, asked: Asked, conditions: Sequence[pl.Expr]) -> pl.DataFrame:
    """The rows as they lie in the part, without a place in an original."""
    rows = _rows(held, asked, conditions).select(
        pl.lit(held.load.entry, pl.Int64).alias("entry"),
        pl.lit(held.path).alias("part"),
        pl.lit(held.load.original).alias("original"),
        pl.lit(held.load.sheet, pl.String).alias("sheet"),
        pl.lit(None, pl.String).alias("position"),
        pl.lit(None, pl.String).alias("value"),
        "usage_count",
        pl.col("usage_date").dt.strftime("%Y-%m").alias("month"),
        "metric_type",
        "resource_name",
    )
    with reading_part(held.path):
        return rows.collect(engine="streaming")


def _cells(
    report: Report, held: Holding, asked: Asked, conditions: Sequence[pl.Expr]
) -> tuple[pl.DataFrame, pl.Series]:
    """The cells in `CONTRIBUTIONS`, and the rows of the report that they stand in."""
    live = sorted(set(asked.months) & set(held.load.months))
    found = stored_cells(report, held.load, live, conditions, ("metric_type", "resource_name"))
    cells = found.select(
        pl.lit(held.load.entry, pl.Int64).alias("entry"),
        pl.lit(held.path).alias("part"),
        pl.lit(held.load.original).alias("original"),
        pl.lit(held.load.sheet, pl.String).alias("sheet"),
        *CELLS[2:],
        "month",
        "metric_type",
        "resource_name",
    ).select(CONTRIBUTIONS.names())
    return cells, found["row"].unique()


def _sources(library: Library, held: Sequence[Holding], asked: Asked) -> str:
    names = library.sources().names()
    there = dict.fromkeys(one.load.source_id for one in held) or {asked.source_id: None}
    return ", ".join(sorted((names.get(one, str(one)) for one in there), key=str.casefold))


def _counted(held: Sequence[Holding], asked: Asked, conditions: Sequence[pl.Expr]) -> tuple[int, int]:
    if not held:
        return 0, 0
    counted = pl.concat([_rows(one, asked, conditions) for one in held]).select(
        pl.col("usage_count").sum().alias("total"), pl.len().alias("rows")
    )
    total, rows = counted.collect(engine="streaming").row(0)
    return int(total or 0), int(rows)


def _differs(load: Load, found: int, stored: int) -> Problem:
    return Problem(
        "The original, read again, does not give the number that is stored",
        f"{load.original}: its cells add up to {found:,}, the library holds {stored:,}. One of them is wrong, or this "
        "version of the program reads the file otherwise than the one that stored it.",
        "Check the library (verify); if all is well there, send the file to the makers of the program.",
    )
