"""Totals, one line a metric, with the change to the year before; there is no line for all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication

from nolcat_desktop.analysis.totals import Change, Total, Totals
from nolcat_desktop.counter.reports import named_report
from nolcat_desktop.gui.cell_text import change, number

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NOWHERE = QModelIndex()
_COLUMNS = 3
NOT_KNOWN = "—"


class TotalsModel(QAbstractTableModel):
    """Metric, uses, change to the year before."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No totals."""
        super().__init__(parent)
        self._rows: tuple[Total, ...] = ()
        self._shown: frozenset[str] = frozenset()
        self._across: tuple[Change, ...] = ()

    def set_totals(self, totals: Totals, shown: Collection[str]) -> None:
        """Show `totals`; metrics of `shown`, which are in the table and the chart, are set off."""
        self.beginResetModel()
        self._rows, self._shown, self._across = totals.rows, frozenset(shown), totals.across
        self.endResetModel()

    def total(self, row: int) -> Total:
        """What stands in `row`."""
        return self._rows[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """One for each metric."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Three."""
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell's text, alignment, weight, and what is said of it."""
        if not index.isValid():
            return None
        total = self._rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() == 0 else _RIGHT
        if role == Qt.ItemDataRole.FontRole and total.metric in self._shown and len(self._shown) < len(self._rows):
            font = QFont(QGuiApplication.font())
            font.setWeight(QFont.Weight.DemiBold)
            return font
        texts = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.ToolTipRole: self._tip,
        }
        told = texts.get(Qt.ItemDataRole(role))
        return told(total, index.column()) if told is not None else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings, aligned as their cells."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < _COLUMNS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Metric"), self.tr("Uses"), self.tr("Year before"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section == 0 else _RIGHT
        return None

    def _text(self, total: Total, section: int) -> str:
        if section == 0:
            return total.metric
        if section == 1:
            return number(total.uses)
        return self._unlike(total) or (NOT_KNOWN if total.change is None else change(total.change))

    def _unlike(self, total: Total) -> str:
        """Instead of a change: that the year before is of another release. Empty: it is not."""
        return across_words(self._across) if total.before is None else ""

    def _spoken(self, total: Total, section: int) -> str:
        if section == 0:
            return total.metric
        if section == 1:
            return self.tr("Uses, {uses}, {metric}").format(uses=number(total.uses), metric=total.metric)
        if unlike := self._unlike(total):
            told = self.tr("Year before, not compared, {why}, {metric}")
            return told.format(why=unlike, metric=total.metric)
        if total.change is None:
            return self.tr("Year before, not known, {metric}").format(metric=total.metric)
        told = self.tr("Year before, {change}, {metric}")
        return told.format(change=change(total.change), metric=total.metric)

    def _tip(self, total: Total, section: int) -> str:
        if section != _COLUMNS - 1:
            return total.metric
        if self._unlike(total):
            return self.tr("The year before is of another release, which counts differently: it is not compared.")
        if total.before is None:
            return self.tr("No month of this choice is loaded for the year before, too")
        told = self.tr("{now} against {before} in the same months a year before")
        return told.format(now=number(total.compared), before=number(total.before))


def comparison_note(totals: Totals) -> str:
    """With what the year before is compared, and what is not; empty when every month is."""
    tr, said = QCoreApplication.translate, []
    if totals.overlapping:
        told = tr("totals", "Reports overlap in {count} months: their uses are counted twice.")
        said.append(told.format(count=number(totals.overlapping)))
    if totals.compared and totals.compared < totals.known:
        told = tr(
            "totals",
            "“Year before” compares {compared} of {known} months of all sources: those loaded for both years in one "
            "release, and whole a year before.",
        )
        said.append(told.format(compared=number(totals.compared), known=number(totals.known)))
    if totals.crossed:
        one, many = tr("totals", "1 month is not compared"), tr("totals", "{count} months are not compared")
        told = f"{one if totals.crossed == 1 else many}: {tr('totals', '{across} counts differently.')}"
        said.append(told.format(across=across_words(totals.across), count=number(totals.crossed)))
    if totals.older:
        told = tr(
            "totals", "Not compared: a year before there is {reports} of an older release, which counts differently."
        )
        said.append(told.format(reports=", ".join(map(named_report, totals.older))))
    elif totals.known and not totals.compared and not totals.crossed:
        said.append(tr("totals", "Nothing is loaded whole for the year before."))
    return " ".join(said)


def across_words(across: Sequence[Change]) -> str:
    """`release 5 → 5.1`; empty: none changed."""
    if not across:
        return ""
    told = ", ".join(f"{one.before} → {one.after}" for one in across)
    return QCoreApplication.translate("totals", "release {across}").format(across=told)
