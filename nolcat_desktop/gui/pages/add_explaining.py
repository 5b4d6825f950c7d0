"""Asking where a total of what was added comes from."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.add_plain_table import PlainTable
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.proving import Proving
from nolcat_desktop.workflow.explaining import Asked
from nolcat_desktop.workflow.review_adding import Added


class AddedExplaining(QObject):
    """Of the table of totals."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, table: PlainTable) -> None:
        """Explain the lines of `table`; dialogs open over it."""
        super().__init__(table)
        self._table = table
        self._added: Added | None = None
        self._proving = Proving(context, table)
        self._proving.said.connect(self.said)
        table.activated.connect(lambda _: self.explain())

    def follow(self, added: Added) -> None:
        """The lines of the table are the totals of `added`, in their order."""
        self._added = added

    def explain(self) -> None:
        """Find the cells that add up to the current total."""
        row, added = self._table.currentIndex().row(), self._added
        if added is None or not 0 <= row < added.totals.height:
            self.said.emit(Notice(tr("Nothing was added, so there is no number to explain.")))
            return
        if added.totals["uses"][row] is None:
            self.said.emit(Notice(tr("This report has no uses, so there is no number to explain.")))
            return
        self._proving.explain(*asked_of(added, row))


def asked_of(added: Added, row: int) -> tuple[Asked, int]:
    """A line of the totals as a number of its entry, as far as that is live still; and the uses that the line shows."""
    source, kind, release, months, metric, _, uses, _ = added.totals.row(row)
    return Asked(source, kind, metric, tuple(months), release, entry=added.converted.entry), uses
