"""The line under the table of Look at data: what the current row has in columns for which there is no room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nolcat_desktop.gui.cell_text import cell
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.pages.data_table import UsageTable
from nolcat_desktop.gui.theme import kind


class RowLine(ElidedLabel):
    """Seen only where columns are left out."""

    def __init__(self, table: UsageTable, parent: QWidget) -> None:
        """Follow the current row of `table`."""
        super().__init__(parent=parent)
        kind(self, "muted")
        self._table = table
        table.fitted.connect(self.follow)
        table.usage.modelReset.connect(self.follow)
        table.selectionModel().currentRowChanged.connect(lambda *_: self.follow())
        self.hide()

    def follow(self) -> None:
        """Say what is left out of the current row."""
        left_out, row = self._table.left_out(), self._table.currentIndex().row()
        if not left_out or self._table.usage.rowCount() == 0:
            self.hide()
            return
        parts = []
        for column in left_out:
            is_there = 0 <= row < self._table.usage.rowCount()
            value = cell(column.kind, self._table.usage.value(row, column.key)) if is_there else ""
            parts.append(f"{column.heading}: {value or '—'}")
        self.set_full_text(self.tr("This row: {columns}").format(columns=" · ".join(parts)))
        told = self.tr("This row, not in the table for want of room: {columns}")
        self.setAccessibleName(told.format(columns=", ".join(parts)))
        self.show()
