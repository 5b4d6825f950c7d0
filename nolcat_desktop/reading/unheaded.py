"""Rows of a COUNTER report of which both header and headings are gone: no report, but not nothing either."""

from __future__ import annotations

import polars as pl

from nolcat_desktop.counter.reports import DEFINITIONS
from nolcat_desktop.problem import Problem
from nolcat_desktop.reading.grid import Grid
from nolcat_desktop.report import ROW

KIND = "COUNTER rows without headings"
_METRICS = frozenset(metric for one in DEFINITIONS for metric in one.metric_types if "_" in metric)
"""Those that nobody writes by chance (Code of Practice 5.1, section 3.3.4)."""
_LEAST = 2
"""Rows: one may be an example in a text."""


def rows_of_metrics(grid: Grid) -> Problem | None:
    """What to say of a table whose rows count COUNTER's metrics from the first on; None: they do not.

    Where anything stands above them, it is somebody's own table, with its own headings.

    Args:
        grid: In which neither a header nor headings were found.
    """
    names = [name for name in grid.cells.columns if name != ROW]
    for at, name in enumerate(names[:-1]):
        rows = grid.cells.filter(pl.col(name).str.strip_chars().is_in(list(_METRICS)))
        if rows.height < _LEAST or rows[ROW][0] != grid.cells[ROW][0]:
            continue
        counts = [pl.col(later).str.contains(r"^\s*\d+\s*$") for later in names[at + 1 :]]
        found = rows.filter(pl.any_horizontal(counts))
        if found.height >= _LEAST:
            row, metric = found[ROW][0], found[name][0]
            meaning = (
                f"{found.height:,} rows count uses (first {metric.strip()} at {name}{row}), but the rows above "
                "them, which say what the columns and months are, are not in the file."
            )
            remedy = (
                "Ask the provider for the report again. Or put the rows above back from a report of the same provider, "
                "if you are sure that the columns and months are the same, and read the file again."
            )
            return Problem("The headings of this report are missing", f"{meaning} Nothing of it can be stored.", remedy)
    return None
