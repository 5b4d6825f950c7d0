"""Which years of the coverage grid are shown, and how the width is shared out between the columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from nolcat_desktop.analysis.coverage_grid import YEAR, Grid
from nolcat_desktop.gui.pages.coverage_model import REPORT, SOURCE, CoverageModel

_SHARE, _LEAST, _MOST = 0.26, 150, 260
_REPORT, _REPORT_FROM = 84, 700
_MONTH, _YEAR = 26, 76
_MOST_YEARS = 3


@dataclass(frozen=True, slots=True)
class Span:
    """The years that are shown, counted from the grid's first."""

    first: int
    years: int
    months: bool
    """Whether their months are shown; else one cell for each year."""


def span_of(grid: Grid, wanted: Span, width: int, one: float) -> tuple[Span, tuple[int, ...]]:
    """As many years as fit, and the widths of source, report and every cell, in px.

    Args:
        grid: What there is.
        wanted: From which year on, when they fit.
        width: Of all columns, in px.
        one: One u, in px.
    """
    source = round(min(max(width * _SHARE, _LEAST * one), _MOST * one))
    report = round(_REPORT * one) if width >= _REPORT_FROM * one else 0
    room = max(width - source - report, 1)
    least = (_MONTH * YEAR if wanted.months else _YEAR) * one
    fitting = max(int(room / least), 1)
    years = min(fitting, _MOST_YEARS if wanted.months else grid.years, grid.years)
    first = max(0, min(wanted.first, grid.years - years))
    cells = years * (YEAR if wanted.months else 1)
    ends = [round(room * at / cells) for at in range(cells + 1)]
    return Span(first, years, wanted.months), (source, report, *(b - a for a, b in pairwise(ends)))


def columns_of(model: CoverageModel, span: Span, sizes: tuple[int, ...]) -> dict[int, int]:
    """Column → width of the columns that are shown."""
    source, report, *cells = sizes
    first = model.month_column(span.first * YEAR) if span.months else model.year_column(span.first)
    shown = {SOURCE: source, **{first + at: size for at, size in enumerate(cells)}}
    return {**shown, REPORT: report} if report else shown
