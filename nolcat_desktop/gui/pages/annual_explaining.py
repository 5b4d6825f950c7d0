"""Asking where the number of a source in Annual statistics comes from."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from nolcat_desktop.analysis.annual_statistics import Answer
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.coverage_facts import FactsTable
from nolcat_desktop.gui.proving import Proving
from nolcat_desktop.workflow.explaining_annual import what_adds


class AnnualExplaining(QObject):
    """Of one table of sources."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, sources: FactsTable) -> None:
        """Explain the lines of `sources`, whose keys are ids of sources; dialogs open over it."""
        super().__init__(sources)
        self._sources = sources
        self.proving = Proving(context, sources)
        self.proving.said.connect(self.said)
        self.menu = QMenu(sources)
        self.menu.setAccessibleName(self.tr("Where which of these numbers comes from"))

    def explain(self, answer: Answer | None) -> None:
        """Explain what the current source adds to `answer`; what comes of several reports is asked for one by one."""
        table = self._sources
        source = table.current_key() if table.facts.rowCount() else None
        if answer is None or not isinstance(source, int):
            self.said.emit(Notice(self.tr("No source adds to this number, so there is nothing to explain.")))
            return
        if table.facts.rowCount() > 1 and not table.hasFocus():
            table.setFocus()
            self.said.emit(Notice(self.tr("Choose one of the sources, then ask again (Ctrl+I).")))
            return
        found = what_adds(answer, source)
        if len(found) == 1:
            self.proving.explain(found[0].asked, found[0].uses)
            return
        self.menu.clear()
        for one in found:
            words = f"{one.term.view}, {one.asked.report_type} · {one.asked.release}: {number(one.uses)}"
            action = self.menu.addAction(words)
            action.triggered.connect(lambda *_, one=one: self.proving.explain(one.asked, one.uses))
        self.menu.setActiveAction(self.menu.actions()[0])
        self.menu.popup(table.mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft()))
