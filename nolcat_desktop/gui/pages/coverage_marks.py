"""What is marked in the coverage grid: a range of cells, and months that were added last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QItemSelection, QModelIndex

from nolcat_desktop.analysis.coverage_grid import YEAR
from nolcat_desktop.gui.pages.coverage_model import AnyIndex, CoverageModel

Fresh = Mapping[tuple[int, str], frozenset[date]]
"""(source, report) → first days of the months that were added last."""
Marked = tuple[QModelIndex, int, int, int, int]
"""Parent, first and last row, first and last column."""


def marked_ranges(selection: QItemSelection) -> list[Marked]:
    """The ranges of more than one cell: a single one has its ring."""
    found = []
    for number in range(selection.count()):
        part = selection.at(number)
        if part.top() != part.bottom() or part.left() != part.right():
            found.append((part.parent(), part.top(), part.bottom(), part.left(), part.right()))
    return found if selection.count() == 1 or found else [_range(selection, at) for at in range(selection.count())]


def fresh_months(model: CoverageModel, fresh: Fresh, index: AnyIndex) -> set[int]:
    """Which months of a row were added last; of a source's row those of any report.

    What was undone since is no longer there, and not marked.
    """
    source, line, first = model.source_at(index), model.line_at(index), model.grid.first_year
    reports = [line.report_type] if line.report_type else [each.report_type for each in source.lines]
    days = {day for report in reports for day in fresh.get((source.source_id, report), ())}
    at = {(day.year - first) * YEAR + day.month - 1 for day in days}
    return {one for one in at if 0 <= one < model.grid.months and line.state(one).is_counted}


def _range(selection: QItemSelection, at: int) -> Marked:
    part = selection.at(at)
    return part.parent(), part.top(), part.bottom(), part.left(), part.right()
