"""Asking for proofs: where a number comes from, and the certificate of what was stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nolcat_desktop import __version__
from nolcat_desktop.dataset import Load
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.library_work import LibraryWork, Work
from nolcat_desktop.workflow import review_apart
from nolcat_desktop.workflow.explaining import Asked, Explanation, explain
from nolcat_desktop.workflow.original_sheet import original_sheet
from nolcat_desktop.workflow.review_sheet import Sheet

if TYPE_CHECKING:
    from nolcat_desktop.workflow.proving import Pages

_DIALOGS = "nolcat_desktop.gui.proof_dialog"


class Proving(QObject):
    """For one place."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Dialogs open over `parent`."""
        super().__init__(parent)
        self._context, self._over = context, parent
        self._chooser = Chooser(context.remembered, parent)
        self._work = LibraryWork(context, self)
        self._work.said.connect(self.said)

    def explain(self, asked: Asked, shown: int | None = None) -> None:
        """Find the cells that add up to a number, and show them; `shown` is the count that was pointed at."""

        def show(found: Explanation) -> None:
            from nolcat_desktop.gui.proof_dialog import ExplanationDialog  # seldom wanted

            dialog = ExplanationDialog(found, shown, self._chooser, self._over)
            dialog.cell_asked.connect(self.show_cell)
            dialog.show()

        name = self.tr("Looking where the number comes from")
        self._work.look(Work(name, explain, (asked,), told=True, opens=_DIALOGS), show, quiet=False)

    def show_cell(self, load: Load, position: str) -> None:
        """Open the original of `load`, read-only, at `position`."""

        def show(sheet: Sheet) -> None:
            from nolcat_desktop.gui.cell_dialog import CellDialog  # seldom wanted

            CellDialog(load, position, sheet, self._over).show()

        work = Work(self.tr("Opening the original"), original_sheet, (load,), told=True, opens=_DIALOGS)
        self._work.look(work, show, quiet=False)

    def certify(self, entry: int | None) -> None:
        """Compare what an entry stored with the original files, and show the certificate."""

        def show(pages: Pages) -> None:
            from nolcat_desktop.gui.proof_dialog import CertificateDialog  # seldom wanted

            dialog = CertificateDialog(pages.html, self._chooser, self._over, pages.numbers)
            dialog.sum_asked.connect(lambda one: self.explain(one.asked, one.stored))
            dialog.show()

        called = self._context.name_of(self._context.library_folder)
        given = (self._context.clock(), __version__, called, entry)
        name = self.tr("Comparing with the original files")
        self._work.look(Work(name, review_apart.certificates, given, told=True, opens=_DIALOGS), show, quiet=False)
