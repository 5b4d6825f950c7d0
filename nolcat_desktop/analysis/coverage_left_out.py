"""The months of the grid whose numbers are too low, because cells that could not be read were left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nolcat_desktop.analysis.coverage_grid import YEAR, Grid, GridSource, LeftOut, Line, together


def with_left_out(grid: Grid, found: Mapping[tuple[int, str, str], LeftOut]) -> Grid:
    """The same grid, which tells of each month what was left out there.

    Args:
        grid: As `coverage_grid.build` gives it.
        found: (statistics_source_ID, report type, yyyy-mm) → what was left out.
    """
    by_line: dict[tuple[int, str], dict[int, LeftOut]] = {}
    for (source_id, report_type, month), cells in found.items():
        at = (int(month[:4]) - grid.first_year) * YEAR + int(month[5:]) - 1
        by_line.setdefault((source_id, report_type), {})[at] = cells
    ids = {source_id for source_id, _ in by_line}
    told = tuple(_source(one, by_line) if one.source_id in ids else one for one in grid.sources)
    return replace(grid, sources=told) if by_line else grid


def _source(source: GridSource, by_line: Mapping[tuple[int, str], Mapping[int, LeftOut]]) -> GridSource:
    lines = tuple(_line(line, by_line.get((line.source_id, line.report_type), {})) for line in source.lines)
    return replace(source, lines=lines, whole=together(source.source_id, lines))


def _line(line: Line, cells: Mapping[int, LeftOut]) -> Line:
    return replace(line, left_out=cells) if cells else line
