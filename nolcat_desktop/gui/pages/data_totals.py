"""The totals of what is shown in Look at data, with the year before and what they lack."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from nolcat_desktop.analysis.looking import Answer
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.scroll_pane import FittingPane
from nolcat_desktop.gui.table_cells import CellDelegate
from nolcat_desktop.gui.theme import kind, row_height
from nolcat_desktop.gui.totals_table import TotalsModel, comparison_note

_MEASURED_ROWS = 40
_MOST_LACKING = 3
"""Sentences under the totals; the tooltip has them all."""
_MOST_TOTALS, _TALL, _FEW = 8, 5, 2
"""Rows of totals that are seen at once, in their own tab and beside a chart; and in their tab at the least."""


def small_table(
    model: QAbstractTableModel, name: str, parent: QWidget, made: type[QTableView] = QTableView
) -> QTableView:
    """A table of few rows, drawn like the large one."""
    table = made(parent)
    table.setModel(model)
    table.setItemDelegate(CellDelegate(table))
    table.setAccessibleName(name)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(1)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setResizeContentsPrecision(_MEASURED_ROWS)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


class TotalsPane(QWidget):
    """`Totals of what is shown`, and with what the year before is compared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without totals."""
        super().__init__(parent)
        self.model = TotalsModel(self)
        self.title = QLabel(self.tr("Totals of what is shown"), self)
        kind(self.title, "section")
        self.table = small_table(self.model, self.tr("Totals of what is shown"), self)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        kind(self.note, "muted")
        self._around = around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(4)
        around.addWidget(self.title)
        around.addWidget(self.table, 1)
        self._under = FittingPane(self)
        self._under.column.addWidget(self.note)
        around.addWidget(self._under)
        around.addStretch(0)
        self._rows = _TALL
        self.restyle()

    def show_answer(self, answer: Answer, lacking: Sequence[str] = ()) -> None:
        """Show its totals, and under them what they lack, a sentence each."""
        self.model.set_totals(answer.totals, answer.question.choice.metrics)
        said = comparison_note(answer.totals) if self.model.rowCount() else ""
        few = [*(f"△ {one}" for one in lacking[:_MOST_LACKING]), *(["…"] if len(lacking) > _MOST_LACKING else [])]
        said = "\n".join([*few, *([said] if said else [])])
        self.note.setText(said)
        self.note.setToolTip("\n".join(lacking))
        self._under.setVisible(bool(said))
        self._height()
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.clearSelection()

    def set_alone(self, alone: bool) -> None:
        """Whether it has a tab to itself."""
        self._rows = _MOST_TOTALS if alone else _TALL
        self.title.setHidden(alone)  # the tab says it
        self._around.setContentsMargins(0, 4 if alone else 0, 0, 0)
        self._height()

    def restyle(self) -> None:
        """Take sizes of the theme."""
        self.table.verticalHeader().setDefaultSectionSize(row_height(self))
        self.table.horizontalHeader().setFixedHeight(u(self, 28))
        self._height()

    def _height(self) -> None:
        rows = min(max(self.model.rowCount(), 1), self._rows)
        least = min(rows, _FEW) if self._rows == _MOST_TOTALS else rows
        around = u(self, 28) + 4
        self.table.setMinimumHeight(least * row_height(self) + around)
        self.table.setMaximumHeight(rows * row_height(self) + around)
        self._under.setMinimumHeight(self.note.fontMetrics().lineSpacing())
