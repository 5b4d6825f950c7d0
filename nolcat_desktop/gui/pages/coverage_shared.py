"""A source's row of the grid where its reports differ: a month that one lacks is not one of which nothing is there."""

from __future__ import annotations

from collections.abc import Collection

from nolcat_desktop.analysis.coverage_grid import CellState, Grid, GridSource, Line

_KNOWN = frozenset(int(state) for state in CellState if state.is_counted)
"""States in which uses are known."""


def lacking_some(source: GridSource, among: Collection[int] | None = None) -> frozenset[int]:
    """Months that some reports of `source` lack while of others uses are known.

    Args:
        source: With its reports.
        among: Only these months of the grid; None: all.
    """
    if len(source.lines) < 2:  # noqa: PLR2004 - one report is all of them
        return frozenset()
    return frozenset(
        at
        for at in source.whole.missing
        if (among is None or at in among) and any(line.states[at] in _KNOWN for line in source.lines)
    )


def is_together(source: GridSource, line: Line) -> bool:
    """Whether `line` stands for several reports of `source`."""
    return not line.report_type and len(source.lines) > 1


def lacks_some(grid: Grid, months: range) -> bool:
    """Whether there is such a month of any source in `months`."""
    return any(lacking_some(source, months) for source in grid.sources)
