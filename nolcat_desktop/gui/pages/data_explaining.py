"""Asking where a number of Look at data comes from: a row of the table, a line of totals, or a bar of the chart."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from nolcat_desktop.analysis.looking import Answer, Holding
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.pages.data_parts import DataParts
from nolcat_desktop.gui.pages.data_where import Pointed, asked_of_chart, asked_of_sums, asked_of_table, asked_of_totals
from nolcat_desktop.gui.proving import Proving
from nolcat_desktop.workflow.narrowing import not_narrowed_by


class Explaining(QObject):
    """For one place."""

    said = Signal(object)
    """A `Notice`."""
    asked = Signal()
    """By the pointer: where does the number under it come from?"""

    def __init__(self, parts: DataParts) -> None:
        """Look at the panes of `parts`, and open dialogs over them."""
        super().__init__(parts)
        self._parts = parts
        self.proving = Proving(parts.context, parts)
        self.proving.said.connect(self.said)
        self.menu = QMenu(parts)
        self.menu.setAccessibleName(self.tr("Where which of these numbers comes from"))
        self.at_pointer = QMenu(parts)
        self.at_pointer.setAccessibleName(self.tr("What can be asked of this number"))
        self.at_pointer.addAction(self.tr("Where this number comes from"), self.asked.emit)
        parts.table.where_asked.connect(self.asked)
        parts.chart.chart.asked.connect(self.asked)
        for table in (parts.totals.table, parts.chart.table):
            table.doubleClicked.connect(lambda _: self.asked.emit())
        for pane in (parts.totals.table, parts.chart.table, parts.chart.chart):
            pane.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            pane.customContextMenuRequested.connect(self._popup)

    def explain(self, holding: Holding | None, answer: Answer | None) -> None:
        """Explain the number that is current in the pane with the focus, or in the one that is seen.

        Args:
            holding: What is held.
            answer: What is shown of it.
        """
        pane = self._pane()
        found = self._pointed(pane, holding, answer)
        if holding is not None and holding.worked_out and pane is not self._parts.table:
            told = self.tr("Sums of a view that is worked out cannot be traced: ask of a line of the table.")
            self.said.emit(Notice(told, Level.INFO))
        elif not found:
            self.said.emit(
                Notice(
                    self.tr("No number is current: go to a line of the table, or to a month with a bar."), Level.INFO
                )
            )
        elif len(found) == 1:
            self._ask(found[0])
        else:
            self._choose(found)

    def _popup(self, at: QPoint) -> None:
        pane = self.sender()
        if isinstance(pane, QWidget):
            over = pane.viewport() if isinstance(pane, QTableView) else pane
            self.at_pointer.popup(over.mapToGlobal(at))

    def _pane(self) -> QWidget:
        """The pane that is meant."""
        parts = self._parts
        focus = parts.focusWidget()
        panes = (parts.table, parts.totals.table, parts.chart.stack.currentWidget())
        at = next((pane for pane in panes if pane is focus), None) or next(
            (pane for pane in panes if pane.isVisible()), parts.table
        )
        if focus is parts.chart.sums.table or (at is parts.chart.sums and not parts.table.isVisible()):
            return parts.chart.sums
        return at

    def _pointed(self, pane: QWidget, holding: Holding | None, answer: Answer | None) -> tuple[Pointed, ...]:
        parts = self._parts
        if pane is parts.chart.sums:
            return asked_of_sums(parts.chart.sums, holding, answer)
        if pane is parts.totals.table:
            return asked_of_totals(parts.totals, holding, answer)
        if pane is parts.table:
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
        beyond = list(not_narrowed_by(pointed.asked.conditions))
        renamed = self._parts.names.renamed(pointed.asked.report_type)
        beyond += [one for one in pointed.asked.conditions if one.column in renamed and one not in beyond]
        by = pointed.by if pointed.by in renamed else ""
        if beyond or by:
            columns = {column.key: column.heading for column in self._parts.table.usage.columns}
            names = ", ".join(columns.get(one, one) for one in [*(one.column for one in beyond), *([by] if by else [])])
            told = self.tr("Sums over the filter on {names} cannot be traced: clear it, or ask of a line of the table.")
            self.said.emit(Notice(told.format(names=names), Level.INFO))
            return
        self.proving.explain(self._parts.names.as_delivered(pointed.asked), pointed.shown)
