"""One table model over a Polars frame: nothing is copied, and only cells that are seen are ever converted.

Sorted and filtered by row numbers, which are worked out elsewhere (`analysis.table_query`), off the window's thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import polars as pl
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nolcat_desktop.analysis.conditions import Kind
from nolcat_desktop.gui.cell_text import cell, spoken_cell

AnyIndex = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
_TEXT, _ALIGNMENT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.TextAlignmentRole)
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be shown."""

    key: str
    """Name in the frame."""
    heading: str
    """A plain name for it."""
    kind: Kind
    width: int = 116
    """In u, at first."""

    @property
    def is_right(self) -> bool:
        """Whether it stands at the right: numbers that are counted."""
        return self.kind is Kind.COUNT


class FrameModel(QAbstractTableModel):
    """Rows of a frame, in a given order, in given columns."""

    has_plain_cells: ClassVar[bool] = True
    """No cell has a font or a colour of its own: whoever draws them need not ask."""

    def __init__(self, parent: QObject | None = None) -> None:
        """A model without rows and columns."""
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._series: list[pl.Series] = []
        self._frame = pl.DataFrame()
        self._rows: pl.Series | None = None
        self._count = 0
        self._said_first: tuple[str, ...] = ()
        self._sorted: tuple[str, str] | None = None

    def show(self, frame: pl.DataFrame, columns: Sequence[Column], rows: pl.Series | None) -> None:
        """Show another frame.

        Args:
            frame: Has at least the columns' keys.
            columns: In the order shown.
            rows: Row numbers in the order shown; None: all, as they are.
        """
        self.beginResetModel()
        self._frame, self._columns = frame, tuple(columns)
        self._series = [frame.get_column(column.key) for column in columns]
        self._take(rows)
        self.endResetModel()

    def show_rows(self, rows: pl.Series | None) -> None:
        """Show other rows of the same frame, or the same in another order."""
        if rows is self._rows:
            return
        self.beginResetModel()
        self._take(rows)
        self.endResetModel()

    def say_with_counts(self, keys: Sequence[str]) -> None:
        """Columns that a screen reader hears with each count: a number is never bare."""
        self._said_first = tuple(keys)

    def note_sorted(self, key: str, words: str) -> None:
        """Let the heading of column `key` say that the rows are sorted by it; `words` empty: as stored."""
        self._sorted = (key, words) if words else None
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the model."""
        return self._columns

    @property
    def frame(self) -> pl.DataFrame:
        """The whole frame."""
        return self._frame

    @property
    def rows(self) -> pl.Series | None:
        """Row numbers of the frame in the order shown; None: all."""
        return self._rows

    def stored_row(self, row: int) -> int:
        """The frame's row number of what is shown in `row`."""
        return row if self._rows is None else int(self._rows[row])

    def value(self, row: int, key: str) -> object:
        """The value of any column of the frame in a row that is shown."""
        return self._frame.get_column(key)[self.stored_row(row)]

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many columns are shown."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell's text, alignment, and what is said of it."""
        row, section = index.row(), index.column()
        if not 0 <= row < self._count:
            return None
        if role == _TEXT:
            return cell(self._columns[section].kind, self._series[section][self.stored_row(row)])
        if role == _ALIGNMENT:
            return _RIGHT if self._columns[section].is_right else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, section)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A column's plain name; its name in the library as the tooltip; rows are numbered."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole and section < self._count else None
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        spoken = column.heading
        if self._sorted is not None and self._sorted[0] == column.key:
            spoken = f"{column.heading}, {self._sorted[1]}"
        said: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: column.heading,
            Qt.ItemDataRole.ToolTipRole: f"{column.heading} ({column.key})",
            Qt.ItemDataRole.TextAlignmentRole: _RIGHT if column.is_right else _LEFT,
            Qt.ItemDataRole.AccessibleTextRole: spoken,
        }
        return said.get(role)

    def _take(self, rows: pl.Series | None) -> None:
        self._rows = rows
        self._count = self._frame.height if rows is None else len(rows)

    def _spoken(self, row: int, section: int) -> str:
        column, stored = self._columns[section], self.stored_row(row)
        words = [column.heading, spoken_cell(column.kind, self._series[section][stored])]
        if column.kind is Kind.COUNT:
            kinds = {each.key: each.kind for each in self._columns}
            for key in self._said_first:
                value = self._frame.get_column(key)[stored]
                if value is not None:
                    words.append(spoken_cell(kinds.get(key, Kind.MONTH if key == "usage_date" else Kind.TEXT), value))
        return ", ".join(words)
