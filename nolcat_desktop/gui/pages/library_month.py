"""Go to month: a list of the grid's months, of which the chosen one becomes the current cell of its row."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from nolcat_desktop.gui.cell_text import month
from nolcat_desktop.gui.pages.coverage_view import CoverageView


class GoToMonth(QObject):
    """For one grid."""

    def __init__(self, view: CoverageView) -> None:
        """Ask over `view`."""
        super().__init__(view)
        self._view = view

    def ask(self) -> None:
        """Ask for a month; typing its beginning finds it."""
        grid, key = self._view.coverage.grid, self._view.key()
        days = [grid.first_day(at) for at in range(grid.months)]
        words = [month(day) for day in days]
        here = key[2] if key is not None and key[2] in days else days[min(grid.loaded[1], grid.months - 1)]
        dialog = QInputDialog(self._view)
        dialog.setWindowTitle(self.tr("Go to month"))
        dialog.setLabelText(self.tr("Month:"))
        dialog.setComboBoxItems(words)
        dialog.setTextValue(month(here))
        dialog.setOkButtonText(self.tr("Go"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.textValueSelected.connect(lambda text: self._go(days[words.index(text)]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _go(self, day: date) -> None:
        key = self._view.key()
        if key is not None:
            self._view.go_to((key[0], key[1], day))
            self._view.setFocus()
