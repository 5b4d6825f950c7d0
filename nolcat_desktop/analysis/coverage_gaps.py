"""What is asked of a coverage grid: its gaps, what was loaded since another, and a part of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nolcat_desktop.analysis.coverage_grid import CellState, Grid, GridSource, Line, together


@dataclass(frozen=True, slots=True)
class Gap:
    """Months in a row that were never loaded."""

    source_id: int
    source: str
    report_type: str
    first: date
    """First day of the first month."""
    last: date
    """First day of the last month."""
    months: int
    release: str
    """The release of the report before the gap."""


def gaps(grid: Grid) -> tuple[Gap, ...]:
    """All gaps: by source, report, month."""
    return tuple(
        Gap(
            source.source_id,
            source.name,
            line.report_type,
            grid.first_day(run[0]),
            grid.first_day(run[-1]),
            len(run),
            next((release for release in reversed(line.releases[: run[0]]) if release), ""),
        )
        for source, line in grid.lines()
        for run in _runs(line.missing)
    )


def new_months(before: Grid | None, after: Grid) -> dict[tuple[int, str], frozenset[date]]:
    """What was loaded since: (source, report) → first days of months whose uses are known now and were not before."""
    if before is None:
        return {}
    was = {(line.source_id, line.report_type): _counted_days(before, line) for _, line in before.lines()}
    found = {}
    for _, line in after.lines():
        key = line.source_id, line.report_type
        fresh = _counted_days(after, line) - was.get(key, frozenset())
        if fresh:
            found[key] = fresh
    return found


def narrowed(grid: Grid, find: str = "", report_type: str = "", only_gaps: bool = False) -> Grid:
    """Keep only some of the grid; months stay as they are.

    Args:
        grid: All of it.
        find: Only sources whose name contains this, capitals apart.
        report_type: Only this report; '' for all.
        only_gaps: Only reports with a missing month.
    """
    wanted = find.strip().casefold()
    kept = []
    for source in grid.sources:
        lines = tuple(
            line for line in source.lines if report_type in {"", line.report_type} and (line.missing or not only_gaps)
        )
        if lines and wanted in source.name.casefold():
            whole = source.whole if len(lines) == len(source.lines) else together(source.source_id, lines)
            kept.append(GridSource(source.source_id, source.name, whole, lines))
    return Grid(grid.first_year, grid.years, tuple(kept), grid.loaded)


def _runs(months: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for month in months:
        if found and found[-1][-1] == month - 1:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def _counted_days(grid: Grid, line: Line) -> frozenset[date]:
    return frozenset(grid.first_day(at) for at, state in enumerate(line.states) if CellState(state).is_counted)
