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
from nolcat_desktop.gui.elided_label import in_order
from nolcat_desktop.gui.icons import icon, put
from nolcat_desktop.gui.pages.corrections_table import CorrectionsTable
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.pages.data_wish import Wish
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.scroll_pane import ScrollPane
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import day_and_time
from nolcat_desktop.workflow.corrections import Correction, corrections_of

_ROWS = 3
"""Of each table, that are seen without scrolling it."""


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
    explain_asked = Signal()
    """Where does the current total come from?"""
    look_asked = Signal(object)
    """A `Wish`: the rows of the current total shall be looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """About nothing yet."""
        super().__init__(parent)
        kind(self, "card")
        self.setAccessibleName(self.tr("Details"))
        self.cell: Cell | None = None
        """What it is about."""
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
        self.totals.activated.connect(lambda _: self.explain_asked.emit())
        self.restated = CorrectionsTable(self)
        self.restated.activated.connect(lambda _: self.explain_asked.emit())
        self.why = QPushButton(self.tr("Where it comes from"), self)
        kind(self.why, "quiet")
        self.why.setAccessibleName(self.tr("Where the current total comes from"))
        self.why.setToolTip(self.tr("Where the current total comes from (Ctrl+I)"))
        self.why.clicked.connect(lambda: self.explain_asked.emit())
        self.look = QPushButton(self.tr("Look at data"), self)
        kind(self.look, "quiet")
        self.look.setAccessibleName(self.tr("Look at the data of the current total"))
        self.look.setToolTip(self.tr("The rows of the current total, in Look at data"))
        self.look.clicked.connect(self._look)
        self._none = QLabel(self.tr("No report is loaded for this."), self)
        kind(self._none, "muted")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 12)
        column.setSpacing(8)
        column.addLayout(head)
        pane = ScrollPane(self)
        for widget, share in (
            (self._text, 0),
            (self._none, 0),
            (self.loads, 10),
            (self.totals, 20),
            (self.restated, 20),
        ):
            pane.column.addWidget(widget, share)
        for button in (self.why, self.look):
            pane.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        pane.column.addStretch(1)
        column.addWidget(pane, 1)
        self.restyle()

    def show_cell(
        self,
        cell: Cell,
        loads: Sequence[Load],
        added: Mapping[int, datetime],
        today: date,
        corrected: Sequence[Correction] = (),
    ) -> None:
        """Show `cell`.

        Args:
            cell: What it is about.
            loads: All live loads.
            added: Number of an entry → when.
            today: For `today` and `yesterday`.
            corrected: Every count of the library that newer numbers replaced.
        """
        self.cell = cell
        self._title.setText(in_order(cell.who, self.layoutDirection()))
        self._text.setText(cell.what[:1].upper() + cell.what[1:])
        self._text.setVisible(bool(cell.what))
        months = set(cell.months)
        behind = [
            load
            for load in loads
            if load.source_id == cell.source_id and load.report_type in cell.report_types and months & set(load.states)
        ]
        self.loads.show_facts([_load_fact(load, months, added, today) for load in behind])
        sums = sums_by_report(behind, months)
        apart = len({report_type for report_type, _ in sums}) > 1
        self.totals.show_facts([_sum_fact(*key, uses, apart) for key, uses in sorted(sums.items())])
        for button in (self.why, self.look):
            button.setVisible(bool(sums))
        self._none.setVisible(not behind)
        self.loads.setVisible(bool(behind))
        self.totals.setVisible(self.totals.facts.rowCount() > 0)
        self.restated.show_corrections(corrections_of(corrected, cell.source_id, cell.report_types, cell.months))
        for table in (self.loads, self.totals, self.restated):
            table.fit(_ROWS)

    def asked(self) -> tuple[str, str, tuple[str, ...]] | None:
        """Report type, metric and months of the number that is current: a total, or one that was restated."""
        correction, key = self.restated.current_key(), self.totals.current_key()
        if self.restated.hasFocus() and isinstance(correction, Correction):
            return correction.report_type, correction.metric, (correction.month,)
        if self.cell is not None and isinstance(key, tuple):
            return key[0], key[1], self.cell.months
        return None

    def _look(self) -> None:
        asked = self.asked()
        if self.cell is not None and asked is not None:
            report_type, metric, months = asked
            self.look_asked.emit(Wish((report_type,), (self.cell.source_id,), months, metric))

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.setMinimumWidth(u(self, 240))
        self._close.setIcon(icon("x"))
        self._close.setIconSize(QSize(u(self, 16), u(self, 16)))
        put(self.why, "zoom-question")
        put(self.look, "table")
        for table in (self.loads, self.totals, self.restated):
            table.restyle()
            table.fit(_ROWS)


def _load_fact(load: Load, months: set[str], added: Mapping[int, datetime], today: date) -> Fact:
    when = added.get(load.entry)
    rows = sum(count for month, count in load.tally.rows_by_month.items() if month in months)
    name = PurePath(load.original.replace("\\", "/")).name or load.original
    shown = f"{name} › {load.sheet}" if load.sheet else name
    day = day_and_time(when, today) if when is not None else "—"
    tip = f"{load.original}\n{day}"
    return Fact((day, shown, number(rows)), (load.original, load.sheet, load.entry), tip=tip)


def sums_by_report(loads: Sequence[Load], months: set[str] | None = None) -> dict[tuple[str, str], int]:
    """Report type and metric → control sum, of all months or of `months`.

    Reports are never added to one another: a platform report and the views of a title report count the same uses.
    """
    found: dict[tuple[str, str], int] = {}
    for load in loads:
        for metric, by_month in load.tally.sums.items():
            of = [count for month, count in by_month.items() if months is None or month in months]
            if of:
                key = (load.report_type, metric)
                found[key] = found.get(key, 0) + sum(of)
    return found


def _sum_fact(report_type: str, metric: str, uses: int, apart: bool) -> Fact:
    return Fact((f"{report_type} · {metric}" if apart else metric, number(uses)), (report_type, metric))
