"""Coverage as it is shown: what reports say, what is missing, what was answered."""

from __future__ import annotations

from datetime import date

import polars as pl

from nolcat_desktop.analysis.coverage_grid import Grid, build
from nolcat_desktop.analysis.coverage_whole import whole_coverage
from nolcat_desktop.dataset import Library


def coverage_rows(library: Library, today: date | None) -> pl.DataFrame:
    """Every month of every report: known, never loaded, or answered. See `analysis.coverage_whole`."""
    return whole_coverage(library.coverage(), library.decisions().answers, today)


def coverage_of(library: Library, today: date) -> Grid:
    """The same as a grid of sources, reports and months."""
    names = library.sources().names()
    return build(library.coverage(), names, today, library.decisions().answers)
