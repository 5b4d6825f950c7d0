"""An original as it came, read-only, at one of its cells, with what the cell counts in words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from nolcat_desktop.dataset import Load
from nolcat_desktop.gui.pages.add_cell_view import WHOLE, SheetView
from nolcat_desktop.gui.proof_dialog import file_words, lay_out
from nolcat_desktop.gui.scale import fit
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.workflow.review_sheet import Sheet, place_of, what_stands_at


class CellDialog(QDialog):
    """Not modal; nothing can be changed in it."""

    def __init__(self, load: Load, position: str, sheet: Sheet, parent: QWidget) -> None:
        """Show `sheet`, which is the original of `load`, at `position`."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("The cell in its file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = self.tr("{file} at {cell}, as the file has it. Nothing can be changed here.")
        self.title = QLabel(told.format(file=file_words(load.original, load.sheet), cell=position), self)
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.sheet = SheetView(self.tr("As the file has it"), self, WHOLE)
        self.current = QLabel(self)
        self.current.setWordWrap(True)
        self.current.setTextFormat(Qt.TextFormat.PlainText)
        kind(self.current, "strong")
        lay_out(self, (self.title, self.sheet, self.current), ())
        fit(self, 860, 520)
        self.sheet.show_sheet(sheet)
        self.sheet.selectionModel().currentChanged.connect(lambda at: self._say_current(sheet, at))
        self.sheet.go_to(*place_of(sheet, position))
        self._say_current(sheet, self.sheet.currentIndex())
        self.sheet.setFocus()

    def _say_current(self, sheet: Sheet, at: QModelIndex) -> None:
        """Headings and titles are out of sight by a cell that is far below and far to the right."""
        said = what_stands_at(sheet, at.row(), at.column()) if at.isValid() else ()
        place = self.sheet.cells.place(at.row(), at.column()) if at.isValid() else ""
        self.current.setText(f"{place}: {' · '.join(said)}" if said else place)
