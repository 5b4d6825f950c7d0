"""Asking where a number of Look at data comes from: a row of the table, a line of totals, or a bar of the chart."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from nolcat_desktop.analysis.looking import Answer, Holding
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.data_parts import DataParts
from nolcat_desktop.gui.pages.data_where import Pointed, asked_of_chart, asked_of_table, asked_of_totals
from nolcat_desktop.gui.proving import Proving
from nolcat_desktop.workflow.narrowing import not_narrowed_by


class Explaining(QObject):
    """For one place."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, parts: DataParts) -> None:
        """Look at the panes of `parts`, and open dialogs over them."""
        super().__init__(parts)
        self._parts = parts
        self.proving = Proving(parts.context, parts)
        self.proving.said.connect(self.said)
        self.menu = QMenu(parts)
        self.menu.setAccessibleName(self.tr("Where which of these numbers comes from"))

    def explain(self, holding: Holding | None, answer: Answer | None) -> None:
        """Explain the number that is current in the pane with the focus, or in the one that is seen.

        Args:
            holding: What is held.
            answer: What is shown of it.
        """
        found = self._pointed(holding, answer)
        if not found:
            self.said.emit(
                Notice(self.tr("No number is current: go to a line of the table, or to a month with a bar."))
            )
        elif len(found) == 1:
            self._ask(found[0])
        else:
            self._choose(found)

    def _pointed(self, holding: Holding | None, answer: Answer | None) -> tuple[Pointed, ...]:
        parts = self._parts
        focus = parts.focusWidget()
        panes = (parts.table, parts.totals.table, parts.chart.stack.currentWidget())
        at = next((pane for pane in panes if pane is focus), None) or next(
            (pane for pane in panes if pane.isVisible()), parts.table
        )
        if at is parts.totals.table:
            return asked_of_totals(parts.totals, holding, answer)
        if at is parts.table:
            return asked_of_table(parts.table, holding)
        return asked_of_chart(parts.chart, holding, answer)

    def _choose(self, found: tuple[Pointed, ...]) -> None:
        self.menu.clear()
        for one in found:
            action = self.menu.addAction(f"{one.asked.metric}: {number(one.shown)}")
            action.triggered.connect(lambda *_, one=one: self._ask(one))
        self.menu.setActiveAction(self.menu.actions()[0])
        pane = self._parts.chart.stack.currentWidget()
        self.menu.popup(pane.mapToGlobal(QPoint(pane.width() // 3, pane.height() // 3)))

    def _ask(self, pointed: Pointed) -> None:
        beyond = not_narrowed_by(pointed.asked.conditions)
        if beyond:
            columns = {column.key: column.heading for column in self._parts.table.usage.columns}
            names = ", ".join(columns.get(one.column, one.column) for one in beyond)
            told = self.tr("Sums over the filter on {names} cannot be traced: clear it, or ask of a line of the table.")
            self.said.emit(Notice(told.format(names=names)))
            return
        self.proving.explain(pointed.asked, pointed.shown)
