"""What is asked of a coverage grid: its gaps, what was loaded since another, and a part of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from nolcat_desktop.analysis.coverage_grid import YEAR, CellState, Grid, GridSource, Line, together
from nolcat_desktop.analysis.lacking import Lacking, Missing, count

_UNTOLD = bytes((CellState.EMPTY, CellState.ANSWERED, CellState.MISSING))
_COUNTED = frozenset(int(state) for state in CellState if state.is_counted)


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
    newest: date | None = None
    """Where the report is not there for any later month: the last month that it speaks about. None: it goes on."""


def gaps(grid: Grid, of: int | None = None) -> tuple[Gap, ...]:
    """All gaps: first those between reports, by source, report, month; then those after a report's last month.

    Args:
        grid: Where they are.
        of: Only those of this statistics source.
    """
    found = [
        Gap(
            source.source_id,
            source.name,
            line.report_type,
            grid.first_day(run[0]),
            grid.first_day(run[-1]),
            len(run),
            next((release for release in reversed(line.releases[: run[0]]) if release), ""),
            grid.first_day(last) if (last := _newest(line)) < run[0] else None,
        )
        for source, line in grid.lines()
        if of is None or source.source_id == of
        for run in _runs(line.missing)
    ]
    return tuple(sorted(found, key=lambda gap: gap.newest is not None))


def missing(grid: Grid) -> Missing:
    """How much is missing in `grid`; see `analysis.lacking` for what counts."""
    return count(
        Lacking(line.source_id, line.report_type, grid.first_day(at), newest)
        for _, line in grid.lines()
        if line.missing
        for newest in [grid.first_day(max(_newest(line), 0))]
        for at in line.missing
    )


def by_month(listed: Iterable[Gap]) -> tuple[Gap, ...]:
    """Each month for itself; long runs after a report's last month stay together: the subscription will have ended."""
    return tuple(
        each
        for gap in listed
        for each in (
            (gap,)
            if gap.newest is not None and gap.months > YEAR
            else (replace(gap, first=day, last=day, months=1, newest=None) for day in _days(gap.first, gap.months))
        )
    )


def new_months(before: Grid | None, after: Grid) -> dict[tuple[int, str], frozenset[date]]:
    """What was loaded since: (source, report) → first days of months whose uses are known now and were not before."""
    if before is None:
        return {}
    was = {(line.source_id, line.report_type): line for _, line in before.lines()}
    found = {}
    for _, line in after.lines():
        key = line.source_id, line.report_type
        old = was.get(key)
        if old is not None and before.first_year == after.first_year and old.states == line.states:
            continue
        fresh = _counted_days(after, line) - (_counted_days(before, old) if old is not None else frozenset())
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


def _newest(line: Line) -> int:
    """The last month that a report speaks about; -1: there is none."""
    return len(line.states.rstrip(_UNTOLD)) - 1


def _runs(months: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for month in months:
        if found and found[-1][-1] == month - 1:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def _days(first: date, months: int) -> Iterable[date]:
    start = first.year * YEAR + first.month - 1
    return (date(at // YEAR, at % YEAR + 1, 1) for at in range(start, start + months))


def _counted_days(grid: Grid, line: Line) -> frozenset[date]:
    return frozenset(grid.first_day(at) for at, state in enumerate(line.states) if state in _COUNTED)
