"""The tab Months and sums: what the cells of the file add up to, by month and metric, and what will be stored."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nolcat_desktop.dataset import State
from nolcat_desktop.gui.cell_text import month, number, spoken_month
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_plain_table import Cell, PlainTable
from nolcat_desktop.gui.pages.add_words import day, tr
from nolcat_desktop.gui.theme import kind

_STATES = {
    State.USAGE: "usage",
    State.CONFIRMED_ZERO: "no use, confirmed",
    State.NO_DATA: "no longer offered",
    State.NOT_READY: "not ready yet",
    State.PARTIAL: "partly there",
    State.TOTALS_ONLY: "totals only",
    State.OVERLAPPING: "overlapping",
}


class SumsPane(QWidget):
    """One row a month, one column a metric: metrics are never added up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing yet."""
        super().__init__(parent)
        self.title = ElidedLabel(parent=self)
        kind(self.title, "section")
        self.table = PlainTable(tr("Months and sums"), 1, self)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 8, 0, 0)
        around.setSpacing(4)
        around.addWidget(self.title)
        around.addWidget(self.table, 1)

    def show_line(self, line: Line | None) -> None:
        """Show the sums of a report."""
        load = line.reviewed.load if line is not None else None
        self.table.setVisible(load is not None)
        if load is None:
            self.title.set_full_text(tr("There are no sums: nothing of this can be added."))
            self.table.show_rows((), (), ())
            return
        self.title.set_full_text(tr("Sums of the cells of the file; what would be stored adds up to the same"))
        metrics = sorted(load.tally.sums)
        rows = [
            (
                Cell(month(day(name)), spoken_month(day(name))),
                Cell(tr(_STATES[load.states[name]])),
                Cell(
                    number(load.tally.rows_by_month.get(name, 0)),
                    tr("{n} rows").format(n=number(load.tally.rows_by_month.get(name, 0))),
                ),
                *(_sum(metric, load.tally.sums[metric].get(name, 0)) for metric in metrics),
            )
            for name in load.months
        ]
        numbers = tuple(range(2, 3 + len(metrics)))
        self.table.show_rows((tr("Month"), tr("State"), tr("Rows with use"), *metrics), numbers, rows)

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.table.restyle()


def _sum(metric: str, uses: int) -> Cell:
    return Cell(number(uses), f"{number(uses)} {metric}")
