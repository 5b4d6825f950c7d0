"""The panel beside the coverage grid: what is known about the current cell, the loads behind it, totals per metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.dataset import Load
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.icons import icon
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import day_and_time


@dataclass(frozen=True, slots=True)
class Cell:
    """What the panel is about."""

    who: str
    what: str
    source_id: int
    report_types: tuple[str, ...]
    months: tuple[str, ...]
    """yyyy-mm."""


class CellPanel(QFrame):
    """320 u wide, closed at first."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """About nothing yet."""
        super().__init__(parent)
        kind(self, "card")
        self.setAccessibleName(self.tr("Details"))
        self._title, self._text = QLabel(self), QLabel(self)
        kind(self._title, "section")
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QPushButton(self)
        kind(self._close, "quiet")
        self._close.setAccessibleName(self.tr("Close the details"))
        self._close.setToolTip(self.tr("Close the details"))
        self._close.clicked.connect(self.closed)
        loaded = [Heading(self.tr("Loaded"), 104), Heading(self.tr("File")), Heading(self.tr("Rows"), 56, number=True)]
        self.loads = FactsTable(loaded, self.tr("Loads behind this cell"), self)
        sums = [Heading(self.tr("Metric")), Heading(self.tr("Uses"), 72, number=True)]
        self.totals = FactsTable(sums, self.tr("Totals for each metric"), self)
        self._none = QLabel(self.tr("No load speaks about it."), self)
        kind(self._none, "muted")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._none)
        column.addWidget(self.loads, 10)
        column.addWidget(self.totals, 20)
        column.addStretch(1)
        self.restyle()

    def show_cell(self, cell: Cell, loads: Sequence[Load], added: Mapping[int, datetime], today: date) -> None:
        """Show `cell`.

        Args:
            cell: What it is about.
            loads: All live loads.
            added: Number of an entry → when.
            today: For `today` and `yesterday`.
        """
        self._title.setText(cell.who)
        self._text.setText(cell.what[:1].upper() + cell.what[1:])
        self._text.setVisible(bool(cell.what))
        months = set(cell.months)
        behind = [
            load
            for load in loads
            if load.source_id == cell.source_id and load.report_type in cell.report_types and months & set(load.states)
        ]
        self.loads.show_facts([_load_fact(load, months, added, today) for load in behind])
        self.totals.show_facts([_sum_fact(*pair) for pair in sorted(_sums(behind, months).items())])
        self._none.setVisible(not behind)
        self.loads.setVisible(bool(behind))
        self.totals.setVisible(self.totals.facts.rowCount() > 0)
        self.loads.fit()
        self.totals.fit()

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.setMinimumWidth(u(self, 240))
        self._close.setIcon(icon("x"))
        self._close.setIconSize(QSize(u(self, 16), u(self, 16)))
        for table in (self.loads, self.totals):
            table.restyle()
            table.setMinimumHeight(u(self, 28 * 2 + 4))


def _load_fact(load: Load, months: set[str], added: Mapping[int, datetime], today: date) -> Fact:
    when = added.get(load.entry)
    rows = sum(count for month, count in load.tally.rows_by_month.items() if month in months)
    name = PurePath(load.original.replace("\\", "/")).name or load.original
    shown = f"{name} › {load.sheet}" if load.sheet else name
    day = day_and_time(when, today) if when is not None else "—"
    tip = f"{load.original}\n{day}"
    return Fact((day, shown, number(rows)), (load.original, load.sheet, load.entry), tip=tip)


def _sums(loads: Sequence[Load], months: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for load in loads:
        for metric, by_month in load.tally.sums.items():
            of = [count for month, count in by_month.items() if month in months]
            if of:
                found[metric] = found.get(metric, 0) + sum(of)
    return found


def _sum_fact(metric: str, uses: int) -> Fact:
    return Fact((metric, number(uses)), metric)
