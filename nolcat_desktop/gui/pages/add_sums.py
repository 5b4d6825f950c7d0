"""The tab Months and sums: what the cells of the file add up to, by month and metric, and what will be stored."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nolcat_desktop.dataset import Load, State
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


_METRICS = 3
"""Columns before those of the metrics."""


class SumsPane(QWidget):
    """One row a month, one column a metric; where that is too wide one row for each of them. Never added up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing yet."""
        super().__init__(parent)
        self._load: Load | None = None
        self._is_long = False
        self._wide = 0
        """Px that one column a metric takes."""
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
        self._load = None
        if load is None:
            self.title.set_full_text(tr("There are no sums: nothing of this can be added."))
            self.table.show_rows((), (), ())
            return
        self.title.set_full_text(tr("Sums of the cells of the file; what would be stored adds up to the same"))
        self._load = load
        self._show_wide()
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Nothing is scrolled sideways."""
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        """The form for which there is room."""
        is_long = self._wide > self.table.viewport().width()
        if self._load is not None and is_long != self._is_long:
            (self._show_long if is_long else self._show_wide)()

    def _show_wide(self) -> None:
        if self._load is None:
            return
        metrics = sorted(self._load.tally.sums)
        rows = [
            (
                *_month(self._load, name),
                _rows(self._load, name),
                *(_sum(self._load, metric, name) for metric in metrics),
            )
            for name in self._load.months
        ]
        self._is_long = False
        self.table.stretch(1)
        headings = (tr("Month"), tr("State"), tr("Rows with use"), *metrics)
        self.table.show_rows(headings, tuple(range(2, _METRICS + len(metrics))), rows)
        self._wide = self.table.wanted_width

    def _show_long(self) -> None:
        if self._load is None:
            return
        rows = [
            (*_month(self._load, name), what, count)
            for name in self._load.months
            for what, count in (
                (Cell(tr("Rows with use")), _rows(self._load, name)),
                *((Cell(metric), _sum(self._load, metric, name)) for metric in sorted(self._load.tally.sums)),
            )
        ]
        self._is_long = True
        self.table.stretch(2)
        self.table.show_rows((tr("Month"), tr("State"), tr("Metric"), tr("Sum")), (3,), rows)

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.table.restyle()
        self._show_wide()
        self._choose()


def _month(load: Load, name: str) -> tuple[Cell, Cell]:
    return Cell(month(day(name)), spoken_month(day(name))), Cell(tr(_STATES[load.states[name]]))


def _rows(load: Load, name: str) -> Cell:
    count = number(load.tally.rows_by_month.get(name, 0))
    return Cell(count, tr("{n} rows").format(n=count))


def _sum(load: Load, metric: str, name: str) -> Cell:
    uses = number(load.tally.sums[metric].get(name, 0))
    return Cell(uses, f"{uses} {metric}")
