"""What newer numbers of a publisher replaced: from what to what, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QWidget

from nolcat_desktop.gui.cell_text import month, number
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.workflow.corrections import Correction


class CorrectionsTable(FactsTable):
    """A line for each count; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No counts."""
        tr = QCoreApplication.translate
        headings = [
            Heading(tr("corrections", "Restated")),
            Heading(tr("corrections", "From → to"), 72, number=True),
            Heading(tr("corrections", "On"), 92),
        ]
        super().__init__(headings, tr("corrections", "Numbers that newer ones replaced"), parent)
        self.hide()

    def show_corrections(
        self, found: Sequence[Correction], names: Mapping[int, str] | None = None, *, apart: bool = False
    ) -> None:
        """Show `found`.

        Args:
            found: The counts.
            names: Statistics source id → name, where the source has to be said.
            apart: Whether report and month have to be said though all are of one.
        """
        of_many = apart or len({(one.report_type, one.month) for one in found}) > 1
        self.show_facts([_fact(one, names, of_many) for one in found])
        self.setVisible(bool(found))


def _fact(one: Correction, names: Mapping[int, str] | None, of_many: bool) -> Fact:
    tr = QCoreApplication.translate
    day = QLocale().toString(QDate(one.when.year, one.when.month, one.when.day), "d MMM yyyy")
    of = month(date.fromisoformat(f"{one.month}-01"))
    what = " · ".join(
        [
            *([names.get(one.source_id, str(one.source_id))] if names is not None else []),
            *([of, one.report_type] if of_many else []),
            one.metric,
        ]
    )
    change = f"{number(one.before)} → {number(one.after)}"
    said = tr("corrections", "{what}: {change} on {day}").format(what=what, change=change, day=day)
    return Fact((what, change, day), one, spoken=said, tip=said)
