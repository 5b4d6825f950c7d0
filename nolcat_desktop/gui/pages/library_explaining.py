"""Asking where a total in the cell panel of the Library place comes from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.pages.library_panel import CellPanel
from nolcat_desktop.gui.proving import Proving
from nolcat_desktop.workflow.explaining import Asked


class CellExplaining(QObject):
    """For the Library place."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, panel: CellPanel, open_panel: Callable[[], None], parent: QWidget) -> None:
        """Explain the totals of `panel`, which `open_panel` shows."""
        super().__init__(parent)
        self._panel, self._open = panel, open_panel
        self.proving = Proving(context, parent)
        self.proving.said.connect(self.said)
        panel.explain_asked.connect(self._explain)

    def explain(self) -> None:
        """Explain the current total; with the panel closed, open it, and explain where there is only one."""
        panel = self._panel
        was_open = not panel.isHidden()
        if not was_open:
            self._open()
        rows = panel.totals.facts.rowCount()
        if not rows:
            self.said.emit(Notice(self.tr("No use is stored here, so there is no number to explain."), Level.INFO))
        elif was_open or rows == 1:
            self._explain()
        else:
            panel.totals.setFocus()
            self.said.emit(Notice(self.tr("Choose one of the totals, then ask again (Ctrl+I)."), Level.INFO))

    def _explain(self) -> None:
        cell, asked = self._panel.cell, self._panel.asked()
        if cell is not None and asked is not None:
            self.proving.explain(Asked(cell.source_id, *asked))
