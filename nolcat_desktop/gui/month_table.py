"""The table twin of the chart of months."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nolcat_desktop.analysis.month_series import Series
from nolcat_desktop.gui.cell_text import month, spoken_month
from nolcat_desktop.gui.chart_words import month_sentence, note_words, release_words, value_words

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NOWHERE = QModelIndex()


def broken(metric: str) -> str:
    """A metric in two lines, broken where they are most alike in length; without a place to break it in one."""
    places = [at + 1 for at, letter in enumerate(metric[:-1]) if letter in "_ "]
    if not places:
        return metric
    at = min(places, key=lambda place: max(place, len(metric) - place))
    return f"{metric[:at].rstrip()}\n{metric[at:]}"


class MonthsModel(QAbstractTableModel):
    """Month, one column for each metric, and what is to be known about the month."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No months."""
        super().__init__(parent)
        self._series: Series | None = None
        self._metrics: tuple[str, ...] = ()

    def set_series(self, series: Series) -> None:
        """Show `series`."""
        self.beginResetModel()
        self._series, self._metrics = series, tuple(series.lines)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """One for each month."""
        return 0 if parent.isValid() or self._series is None else len(self._series.months)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Month, metrics, note."""
        return 0 if parent.isValid() or self._series is None else len(self._metrics) + 2

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell's text, alignment, and what is said of it."""
        if not index.isValid() or self._series is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if 0 < index.column() <= len(self._metrics) else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self._series, index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return month_sentence(self._series, index.row())
        return self._spoken(self._series, index) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _spoken(self, series: Series, index: QModelIndex | QPersistentModelIndex) -> str:
        spoken = spoken_month(series.months[index.row()].first)
        if index.column() == 0:
            return spoken
        heading = (*self._metrics, self.tr("Note"))[index.column() - 1]
        return f"{heading}, {self._text(series, index.row(), index.column())}, {spoken}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings, aligned as their cells."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            metrics = map(broken, self._metrics) if len(self._metrics) > 1 else self._metrics
            return (self.tr("Month"), *metrics, self.tr("Note"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if 0 < section <= len(self._metrics) else _LEFT
        return None

    def _text(self, series: Series, row: int, section: int) -> str:
        here = series.months[row]
        if section == 0:
            return month(here.first)
        if section <= len(self._metrics):
            return value_words(series, self._metrics[section - 1], row)
        parts = [release_words(here.releases) if here.releases else "", note_words(here)]
        return ", ".join(part for part in parts if part)
