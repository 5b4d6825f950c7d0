"""What is copied from the table, as text for a spreadsheet; and what is said when it is too much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from PySide6.QtCore import QItemSelection, QItemSelectionRange
from PySide6.QtWidgets import QTableView

from nolcat_desktop.analysis.conditions import Kind
from nolcat_desktop.analysis.table_query import taken
from nolcat_desktop.gui.cell_text import cell
from nolcat_desktop.gui.frame_model import Column, FrameModel

MOST_CELLS = 1_000_000
"""Cells that are put on the clipboard; more is for a file."""
AT_ONCE = 5_000
"""Cells that are copied without a job."""


@dataclass(frozen=True, slots=True)
class Selected:
    """The rows and columns of a selection: the columns of all its parts, in the rows of all its parts."""

    spans: tuple[tuple[int, int], ...]
    """First and last row of each part as they are shown, none twice."""
    columns: tuple[int, ...]
    """As they are shown, from left to right; hidden ones are left out."""

    @property
    def rows(self) -> int:
        """How many rows."""
        return sum(last - first + 1 for first, last in self.spans)

    @property
    def cells(self) -> int:
        """How many cells."""
        return self.rows * len(self.columns)


def selected(view: QTableView) -> Selected:
    """What is selected in `view`; the current cell when nothing is."""
    chosen = view.selectionModel().selection()
    current = view.currentIndex()
    if chosen.isEmpty() and current.isValid():
        chosen = QItemSelection(current, current)
    spans: list[tuple[int, int]] = []
    for first, last in sorted((part.top(), part.bottom()) for part in _parts(chosen)):
        if spans and first <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        else:
            spans.append((first, last))
    parts = {column for part in _parts(chosen) for column in range(part.left(), part.right() + 1)}
    header = view.horizontalHeader()
    shown = sorted((column for column in parts if not header.isSectionHidden(column)), key=header.visualIndex)
    return Selected(tuple(spans), tuple(shown))


def _parts(chosen: QItemSelection) -> list[QItemSelectionRange]:
    return [chosen.at(n) for n in range(chosen.count())]


def stored_rows(model: FrameModel, chosen: Selected) -> pl.Series:
    """Row numbers of the frame, in the order shown."""
    positions = [pl.int_range(first, last + 1, dtype=pl.UInt32, eager=True) for first, last in chosen.spans]
    asked = pl.concat(positions) if positions else pl.Series([], dtype=pl.UInt32)
    return asked if model.rows is None else model.rows.gather(asked)


def as_text(frame: pl.DataFrame, rows: pl.Series, columns: Sequence[Column], headings: bool) -> str:
    """Lines of cells with tabs between, as a spreadsheet takes them: counts without separators.

    Args:
        frame: Has the columns.
        rows: Row numbers in order.
        columns: In order.
        headings: Whether the first line has their plain names.
    """
    cells = taken(frame, rows, [column.key for column in columns])
    told = cells.select(_told(cells, column).alias(str(n)) for n, column in enumerate(columns))
    lines = told.write_csv(separator="\t", quote_style="never", include_header=False)
    return ("\t".join(column.heading for column in columns) + "\n" if headings else "") + lines


def _told(cells: pl.DataFrame, column: Column) -> pl.Expr:
    values = pl.col(column.key)
    if column.kind is Kind.COUNT:
        return values
    if column.kind is Kind.TEXT:
        return _as_one_cell(values.str.replace_all(r"[\t\r\n]+", " ").fill_null(""))
    distinct = cells.get_column(column.key).drop_nulls().unique()
    told = [_cell(column.kind, value) for value in distinct.to_list()]
    return values.replace_strict(distinct, told, default="", return_dtype=pl.String)


def _as_one_cell(texts: pl.Expr) -> pl.Expr:
    """A spreadsheet takes all that follows a leading quote, tabs and rows too, as one cell up to the next quote."""
    quoted = pl.concat_str(pl.lit('"'), texts.str.replace_all('"', '""', literal=True), pl.lit('"'))
    return pl.when(texts.str.starts_with('"')).then(quoted).otherwise(texts)


def _cell(kind: Kind, value: object) -> str:
    return value.isoformat() if kind is Kind.DAY and isinstance(value, date) else cell(kind, value)
