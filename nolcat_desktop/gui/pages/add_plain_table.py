"""A small table of words and numbers: what the difference, the sums and the totals are shown in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from nolcat_desktop.gui.pages.add_model import AnyIndex
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import PADDING, CellDelegate, tabular
from nolcat_desktop.gui.theme import row_height

_NOWHERE = QModelIndex()
_MEASURED = 1000
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is seen and what is said."""

    text: str
    spoken: str = ""


class PlainModel(QAbstractTableModel):
    """Rows of cells; the columns of numbers stand at the right."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing yet."""
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._numbers: frozenset[int] = frozenset()
        self._rows: list[tuple[Cell, ...]] = []

    def show(self, headings: Sequence[str], numbers: Sequence[int], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show `rows` under `headings`; columns in `numbers` hold numbers."""
        self.beginResetModel()
        self._headings, self._numbers, self._rows = tuple(headings), frozenset(numbers), list(rows)
        self.endResetModel()

    def texts(self) -> list[set[str]]:
        """What is written in each column, of the first rows."""
        return [{row[at].text for row in self._rows[:_MEASURED]} for at in range(len(self._headings))]

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and the whole row for the ear at its first cell."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return cell.text
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if index.column() in self._numbers else _LEFT
            case Qt.ItemDataRole.AccessibleTextRole:
                if index.column():
                    return f"{self._headings[index.column()]}, {cell.spoken or cell.text}"
                return ", ".join(one.spoken or one.text for one in self._rows[index.row()] if one.text)
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._headings):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in self._numbers else _LEFT
        return None


class PlainTable(QTableView):
    """Columns as wide as their widest number; one column of words takes the rest."""

    def __init__(self, name: str, stretched: int, parent: QWidget | None = None) -> None:
        """An empty table, called `name` by a screen reader."""
        super().__init__(parent)
        self.cells = PlainModel(self)
        self._stretched = stretched
        self._wanted: list[int] = []
        self.spare: tuple[int, ...] = ()
        """Columns that are left out, in this order, where not all have room."""
        self.setModel(self.cells)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.restyle()

    def show_rows(self, headings: Sequence[str], numbers: Sequence[int], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show `rows`; the first is the current one."""
        self.cells.show(headings, numbers, rows)
        self._measure()
        if rows:
            self.setCurrentIndex(self.cells.index(0, 0))

    def stretch(self, column: int) -> None:
        """Let `column` take the rest of the width."""
        self._stretched = column

    @property
    def wanted_width(self) -> int:
        """Px in which all of every column is seen."""
        return sum(self._wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for the words."""
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        """A table that is hidden gets its letters late: when it is seen again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_wanted"):
            self._measure()

    def _measure(self) -> None:
        """How wide each column is at least: once for these rows, for measuring takes its time."""
        metrics, header = QFontMetrics(tabular(self.font())), self.horizontalHeader()
        padding, least = 2 * u(self, PADDING) + 2, header.minimumSectionSize()
        self._wanted = [
            max(max(map(metrics.horizontalAdvance, texts), default=0) + padding, header.sectionSizeHint(at), least)
            for at, texts in enumerate(self.cells.texts())
        ]
        self._share()

    def _share(self) -> None:
        """The column of words takes the rest; where there is none it is as wide as a third of the table."""
        wanted, at, room = self._wanted, self._stretched, self.viewport().width()
        hidden = set[int]()
        for column in self.spare:
            if sum(width for of, width in enumerate(wanted) if of not in hidden) > room:
                hidden.add(column)
        for column in self.spare if wanted else ():
            self.setColumnHidden(column, column in hidden)
        rest = room - sum(width for of, width in enumerate(wanted) if of not in hidden)
        for column, width in enumerate(wanted):
            least = min(width, room // 3) if column == at else width
            self.horizontalHeader().resizeSection(column, max(width + rest, least) if column == at else width)

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.verticalHeader().setMinimumSectionSize(row_height(self))
        self.verticalHeader().setDefaultSectionSize(row_height(self))
        self.horizontalHeader().setFixedHeight(u(self, 28))
        self.horizontalHeader().setMinimumSectionSize(u(self, 48))
        self._measure()
