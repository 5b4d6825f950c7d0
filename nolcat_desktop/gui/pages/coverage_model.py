"""The coverage grid as a tree: sources, under them their reports; every month is a column, and every year."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from nolcat_desktop.analysis.coverage_grid import Grid, GridSource, Line
from nolcat_desktop.gui.cell_text import month, month_name
from nolcat_desktop.gui.pages.coverage_shared import is_together
from nolcat_desktop.gui.pages.coverage_words import (
    among_words,
    line_words,
    report_name,
    sentence,
    spoken_cell,
    spoken_year,
    state_word,
    year_sentence,
    year_words,
)

SOURCE, REPORT, MONTHS = 0, 1, 2
"""Columns: the source, its reports, and from the third on all months, then all years."""
_NOWHERE = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


class CoverageModel(QAbstractItemModel):
    """Shows a `Grid`; a source with one report has no rows under it and shows that report itself."""

    rename_asked = Signal(int, str)
    """A source shall have another name."""

    def __init__(self, grid: Grid, parent: QObject | None = None) -> None:
        """Show `grid`."""
        super().__init__(parent)
        self.grid = grid

    def set_grid(self, grid: Grid) -> None:
        """Show `grid`."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def source_at(self, index: AnyIndex) -> GridSource:
        """The source of a row."""
        return self.grid.sources[index.row() if index.internalId() == 0 else index.internalId() - 1]

    def line_at(self, index: AnyIndex) -> Line:
        """The report of a row; all reports together where a source has several."""
        source = self.source_at(index)
        if index.internalId():
            return source.lines[index.row()]
        return source.lines[0] if len(source.lines) == 1 else source.whole

    def month_at(self, column: int) -> int | None:
        """Which month of the grid a column is, if any."""
        return column - MONTHS if MONTHS <= column < MONTHS + self.grid.months else None

    def year_at(self, column: int) -> int | None:
        """Which year of the grid a column is, if any."""
        first = MONTHS + self.grid.months
        return column - first if first <= column < first + self.grid.years else None

    def month_column(self, at: int) -> int:
        """The column of a month."""
        return MONTHS + at

    def year_column(self, year: int) -> int:
        """The column of a year."""
        return MONTHS + self.grid.months + year

    def find(self, source_id: int, report_type: str, column: int) -> QModelIndex:
        """The cell of a report, or of its source where the report is not there; invalid without the source."""
        for row, source in enumerate(self.grid.sources):
            if source.source_id == source_id:
                top = self.index(row, column)
                if report_type and len(source.lines) > 1:
                    for under, line in enumerate(source.lines):
                        if line.report_type == report_type:
                            return self.index(under, column, self.index(row, 0))
                return top
        return QModelIndex()

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        """The cell; rows under a source know it by its row."""
        if not (0 <= column < MONTHS + self.grid.months + self.grid.years and 0 <= row < self.rowCount(parent)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: AnyIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override] # QObject.parent is another
        """The source of a report's row."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Sources, or a source's reports when it has several."""
        if not parent.isValid():
            return len(self.grid.sources)
        if parent.internalId() or parent.column() > 0:
            return 0
        count = len(self.grid.sources[parent.row()].lines)
        return count if count > 1 else 0

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Source, report, months, years."""
        del parent
        return MONTHS + self.grid.months + self.grid.years

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A source's name can be changed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == SOURCE and not index.internalId() else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self.text(index, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.words(index)
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A source shall have another name: that is asked for; it comes back with the library."""
        name = str(value).strip()
        source = self.source_at(index)
        if role != Qt.ItemDataRole.EditRole or index.column() != SOURCE or not name or name == source.name:
            return False
        self.rename_asked.emit(source.source_id, name)
        return False

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings; a month's year is painted above it, and spoken with it."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        at, year = self.month_at(section), self.year_at(section)
        if role == Qt.ItemDataRole.DisplayRole:
            if at is not None:
                return month_name(at % 12 + 1)
            return str(self.grid.first_year + year) if year is not None else self._heading(section)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole} and at is not None:
            return month(self.grid.first_day(at))
        return None

    def words(self, index: AnyIndex) -> str:
        """All that is known about a cell, for the eye."""
        who, what = self.parts(index)
        return f"{who} — {what}" if what else who

    def parts(self, index: AnyIndex) -> tuple[str, str]:
        """Which cell it is, and what is known about it."""
        source, line = self.source_at(index), self.line_at(index)
        at, year = self.month_at(index.column()), self.year_at(index.column())
        who = line_words(source, line)
        if at is not None:
            return f"{who} · {month(self.grid.first_day(at))}", sentence(self.grid, source, line, at)
        if year is not None:
            return f"{who} · {self.grid.first_year + year}", year_sentence(line, year)
        return who, ", ".join(report_name(each.report_type) for each in source.lines) if not line.report_type else ""

    def copied(self, index: AnyIndex) -> str:
        """One line for the clipboard, cells apart by tabs."""
        source, line = self.source_at(index), self.line_at(index)
        at, year = self.month_at(index.column()), self.year_at(index.column())
        report = report_name(line.report_type) if line.report_type else self.tr("All reports")
        if at is not None:
            told = among_words(source, line, at) if is_together(source, line) else state_word(line.state(at))
            return "\t".join([source.name, report, month(self.grid.first_day(at)), told])
        if year is not None:
            return "\t".join([source.name, report, str(self.grid.first_year + year), year_words(line.year(year))])
        return "\t".join([source.name, report])

    def spoken(self, index: AnyIndex) -> str:
        """All that is known about a cell, for the ear."""
        source, line = self.source_at(index), self.line_at(index)
        at, year = self.month_at(index.column()), self.year_at(index.column())
        if at is not None:
            return spoken_cell(self.grid, source, line, at)
        if year is not None:
            return spoken_year(self.grid, source, line, year)
        return self.text(index, index.column())

    def first_day(self, index: AnyIndex) -> date | None:
        """First day of the month of a cell."""
        at = self.month_at(index.column())
        return self.grid.first_day(at) if at is not None else None

    def _heading(self, section: int) -> str:
        return self.tr("Source") if section == SOURCE else self.tr("Report")

    def text(self, index: AnyIndex, column: int) -> str:
        """What stands in `column` of a row."""
        source, line = self.source_at(index), self.line_at(index)
        if column == SOURCE:
            return report_name(line.report_type) if index.internalId() else source.name
        if column == REPORT:
            return line.report_type or " · ".join(each.report_type for each in source.lines)
        at, year = self.month_at(column), self.year_at(column)
        if at is not None:
            return state_word(line.state(at))
        return year_words(line.year(year)) if year is not None else ""
