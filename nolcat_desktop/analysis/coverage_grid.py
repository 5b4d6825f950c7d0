"""What is there and what is missing: sources, their reports, and every month of every year between.

Months are counted from January of the grid's first year: month 0 is that January, month 13 the February of the year
after. A month is *missing* when nothing was ever loaded for it although a report is expected: it lies between the
first and the last month that a report speaks about, or after the last and was due. COUNTER has reports ready four
weeks after the month's end (Code of Practice 5.1, section 3.3), and Release 4 came to its end with 2018: the report
that goes on for it is expected from 2019 on, so that years between the two are seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import IntEnum
from functools import cached_property
from typing import Protocol

import polars as pl

from nolcat_desktop.analysis.release_ends import LAST_OF_RELEASE, from_the_end_of_release_4

YEAR = 12
"""Months in a year."""
LeftOut = Sequence[tuple[str, tuple[str, ...], bool, bool]]
"""Of each report: file, positions of the cells, whether they are of the month for sure, whether it is partial too."""
DUE_AFTER = timedelta(weeks=4)
"""How long after the end of a month its report is expected."""


class CellState(IntEnum):
    """What is known about a month; the higher, the more it needs attention."""

    EMPTY = 0
    """Nothing is expected: before the first report, or not due."""
    ANSWERED = 1
    """Nothing was loaded, and the librarian said that no report exists."""
    CONFIRMED_ZERO = 2
    USAGE = 3
    NO_DATA = 4
    NOT_READY = 5
    PARTIAL = 6
    TOTALS_ONLY = 7
    MISSING = 8
    OVERLAPPING = 9

    @property
    def is_counted(self) -> bool:
        """Whether uses are known, all or in part; zero is known, too."""
        return self in _COUNTED


_COUNTED = frozenset({CellState.CONFIRMED_ZERO, CellState.USAGE, CellState.PARTIAL, CellState.OVERLAPPING})
_OF_COVERAGE = {
    # State in the library → state here, and which of several releases speaks for the month: the lowest.
    "overlapping": (CellState.OVERLAPPING, 0),
    "partial": (CellState.PARTIAL, 1),
    "usage": (CellState.USAGE, 2),
    "restated": (CellState.USAGE, 2),
    "confirmed_zero": (CellState.CONFIRMED_ZERO, 3),
    "totals_only": (CellState.TOTALS_ONLY, 4),
    "no_data": (CellState.NO_DATA, 5),
    "not_ready": (CellState.NOT_READY, 6),
}


@dataclass(frozen=True)
class Line:
    """One report of a source, or all of them together."""

    source_id: int
    report_type: str
    """Code of the report; '' for all reports of the source."""
    states: bytes
    """The `CellState` of each month of the grid."""
    releases: tuple[str, ...]
    """The release that each month was counted by; '' where nothing was loaded, and for all reports together."""
    restated: frozenset[int] = frozenset()
    """Months whose usage the publisher corrected; a mark on the usage, which it is all the same."""
    notes: Mapping[int, str] = field(default_factory=dict)
    """Month that was answered → what the librarian noted of it, if anything."""
    left_out: Mapping[int, LeftOut] = field(default_factory=dict)

    @cached_property
    def seams(self) -> Mapping[int, tuple[str, str]]:
        """First month of a release → the releases before and after the seam."""
        found: dict[int, tuple[str, str]] = {}
        before = ""
        for at, release in enumerate(self.releases):
            if release and before and release != before:
                found[at] = (before, release)
            before = release or before
        return found

    @cached_property
    def missing(self) -> tuple[int, ...]:
        """Months that were never loaded."""
        return tuple(at for at, state in enumerate(self.states) if state == CellState.MISSING)

    def state(self, month: int) -> CellState:
        """What is known about `month`."""
        return CellState(self.states[month])

    def year(self, year: int) -> Year:
        """The months of `year` together; `year` counts from 0."""
        months = self.states[year * YEAR : (year + 1) * YEAR]
        counts = {state: months.count(state) for state in CellState if state in months}
        there = sum(count for state, count in counts.items() if state.is_counted)
        nothing = counts.get(CellState.EMPTY, 0) + counts.get(CellState.ANSWERED, 0)
        restated = sum(at // YEAR == year for at in self.restated)
        return Year(CellState(max(months)), there, YEAR - nothing, counts, restated)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a line."""

    state: CellState
    """The one that most needs attention."""
    there: int
    """Months whose uses are known."""
    expected: int
    """Months of which a report is there or expected."""
    counts: Mapping[CellState, int]
    """How many months are in which state."""
    restated: int = 0
    """Months whose usage the publisher corrected."""


@dataclass(frozen=True, slots=True)
class GridSource:
    """A source with its reports."""

    source_id: int
    name: str
    whole: Line
    """All reports together: of each month the state that most needs attention."""
    lines: tuple[Line, ...]
    """Its reports, by code."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Sources by name, reports by code, whole years."""

    first_year: int
    years: int
    sources: tuple[GridSource, ...]
    loaded: tuple[int, int]
    """First and last month that any report speaks about."""

    @property
    def months(self) -> int:
        """How many months there are."""
        return self.years * YEAR

    def first_day(self, month: int) -> date:
        """First day of `month`."""
        return date(self.first_year + month // YEAR, month % YEAR + 1, 1)

    def lines(self) -> Iterator[tuple[GridSource, Line]]:
        """Every report with its source."""
        for source in self.sources:
            for line in source.lines:
                yield source, line

    def occurring(self, begin: int, end: int) -> frozenset[CellState]:
        """The states that occur from month `begin` up to before month `end`."""
        return frozenset(CellState(state) for _, line in self.lines() for state in set(line.states[begin:end]))


class Answered(Protocol):
    """The librarian's word that no report exists."""

    @property
    def note(self) -> str:
        """What was noted with it."""
        ...

    def covers(self, source_id: int, report_type: str, month: str) -> bool:
        """Whether it speaks of this month (yyyy-mm) of this report."""
        ...


def build(coverage: pl.DataFrame, names: Mapping[int, str], today: date, answers: Sequence[Answered] = ()) -> Grid:
    """Lay out what is known, with the months that are missing.

    Args:
        coverage: The library's, in the columns statistics_source_ID, report_type, release, month (yyyy-mm), state.
        names: Statistics source id → name; a source without one goes by its id.
        today: Decides what is due.
        answers: What the librarian said of months that were never loaded: these are not missing.

    Returns:
        A grid from the year of the first month that is known to that of the last, or of today if that is later.
    """
    if not coverage.height:
        return Grid(today.year, 1, (), (0, 0))
    known = _known(coverage)
    first_year = int(known["at"].min()) // YEAR  # type: ignore[arg-type] # a number: there are rows
    last_year = max(today.year, int(known["at"].max()) // YEAR)  # type: ignore[arg-type]
    start, count = first_year * YEAR, (last_year - first_year + 1) * YEAR
    lines: dict[int, list[Line]] = {}
    for source_id, report_type, states, releases, restated in _cells(known, start, count, due(today)).iter_rows():
        of, notes = _answered(source_id, report_type, states, start, answers)
        marks = frozenset(at for at, is_so in enumerate(restated) if is_so)
        lines.setdefault(source_id, []).append(Line(source_id, report_type, of, tuple(releases), marks, notes))
    sources = [
        GridSource(source_id, names.get(source_id, str(source_id)), together(source_id, of), tuple(of))
        for source_id, of in lines.items()
    ]
    sources.sort(key=lambda source: (source.name.casefold(), source.source_id))
    low, high = int(known["at"].min()), int(known["at"].max())  # type: ignore[arg-type]
    return Grid(first_year, count // YEAR, tuple(sources), (low - start, high - start))


def _known(coverage: pl.DataFrame) -> pl.DataFrame:
    """One row for each source, report and month: the state that speaks, and the release it was counted by."""
    states = {name: int(state) for name, (state, _) in _OF_COVERAGE.items()}
    ranks = {name: rank for name, (_, rank) in _OF_COVERAGE.items()}
    parts = pl.col("month").str.split_exact("-", 1)
    return (
        coverage.lazy()
        .with_columns(
            (
                parts.struct.field("field_0").cast(pl.Int32) * YEAR + parts.struct.field("field_1").cast(pl.Int32) - 1
            ).alias("at"),
            pl.col("state").replace_strict(states, return_dtype=pl.UInt8).alias("cell"),
            pl.col("state").replace_strict(ranks, return_dtype=pl.UInt8).alias("rank"),
            (pl.col("state") == "restated").alias("restated"),
        )
        .sort("rank", "release", maintain_order=True)
        .group_by("statistics_source_ID", "report_type", "at", maintain_order=True)
        .agg(pl.col("cell").first(), pl.col("release").first(), pl.col("restated").any())
        .sort("statistics_source_ID", "report_type", "at")
        .collect()
    )


def _cells(known: pl.DataFrame, start: int, count: int, due: int) -> pl.DataFrame:
    """One row for each report: the states and the releases of all months of the grid."""
    keys = ["statistics_source_ID", "report_type"]
    reports = known.group_by(keys, maintain_order=True).agg(
        pl.col("at").min().alias("first"),
        pl.max_horizontal(
            pl.col("at").max(),
            pl.min_horizontal(
                pl.lit(due, pl.Int32),
                pl.col("release").last().replace_strict(LAST_OF_RELEASE, default=due, return_dtype=pl.Int32),
            ),
        ).alias("last"),
    )
    reports = from_the_end_of_release_4(known, reports)
    months = pl.DataFrame({"at": pl.int_range(start, start + count, dtype=pl.Int32, eager=True)})
    expected = pl.col("at").is_between(pl.col("first"), pl.col("last"))
    missing = pl.when(expected).then(int(CellState.MISSING)).otherwise(int(CellState.EMPTY)).cast(pl.UInt8)
    return (
        reports.join(months, how="cross")
        .join(known, on=[*keys, "at"], how="left")
        .sort(*keys, "at")
        .group_by(keys, maintain_order=True)
        .agg(
            pl.coalesce(pl.col("cell"), missing).alias("cell"),
            pl.col("release").fill_null(""),
            pl.col("restated").fill_null(value=False),
        )
    )


def _answered(
    source_id: int, report_type: str, states: Sequence[int], start: int, answers: Sequence[Answered]
) -> tuple[bytes, Mapping[int, str]]:
    """The states with the months that were answered, and the notes; only what is missing can be answered."""
    told, notes = list(states), dict[int, str]()
    for at, state in enumerate(states):
        if state == CellState.MISSING and answers:
            number = start + at
            month = f"{number // YEAR:04}-{number % YEAR + 1:02}"
            if said := [one.note for one in answers if one.covers(source_id, report_type, month)]:
                told[at] = CellState.ANSWERED
                if noted := "; ".join(dict.fromkeys(filter(None, said))):
                    notes[at] = noted
    return bytes(told), notes


def due(today: date) -> int:
    """The last month whose report is expected by `today`, counted from year 0."""
    by_then = today - DUE_AFTER + timedelta(days=1)
    return by_then.year * YEAR + by_then.month - 2


def together(source_id: int, lines: Sequence[Line]) -> Line:
    """All reports of a source in one line: of each month the state that most needs attention."""
    if len(lines) == 1:
        return replace(lines[0], report_type="")
    states = bytes(max(of) for of in zip(*(line.states for line in lines), strict=True))
    restated = frozenset(at for line in lines for at in line.restated)
    notes = {at: note for line in lines for at, note in line.notes.items() if states[at] == CellState.ANSWERED}
    cells = {at: cells for line in lines for at, cells in line.left_out.items() if states[at] == CellState.PARTIAL}
    return Line(source_id, "", states, ("",) * len(states), restated, notes, cells)
