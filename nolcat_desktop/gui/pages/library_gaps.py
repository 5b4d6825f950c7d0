"""The list of gaps, worked through one by one: a message to the publisher, the missing month, or back to the grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.analysis.coverage_gaps import Gap
from nolcat_desktop.analysis.missing_months import request_for_months
from nolcat_desktop.gui.cell_text import months, number, spoken_month
from nolcat_desktop.gui.icons import icon, put
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.pages.coverage_words import report_name
from nolcat_desktop.gui.theme import kind


class GapsList(QWidget):
    """Source, report, months; several rows can be chosen."""

    back = Signal()
    add_asked = Signal(list)
    """The `Gap`s that are chosen: files shall be asked for that fill them."""
    said = Signal(object)
    """A `Notice`."""
    answer_asked = Signal(list)
    """The `Gap`s that are chosen: no report exists of them."""
    shown_in_grid = Signal(object)
    """A `Gap` to be shown in the grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No gaps."""
        super().__init__(parent)
        headings = [
            Heading(self.tr("Source")),
            Heading(self.tr("Report")),
            Heading(self.tr("Never loaded"), 200),
            Heading(self.tr("Months"), 72, number=True),
        ]
        self.table = FactsTable(headings, self.tr("Gaps"), self)
        self.table.setSelectionMode(FactsTable.SelectionMode.ExtendedSelection)
        self.table.activated.connect(lambda: self._show_in_grid())
        self._none = QLabel(self.tr("No month is missing."), self)
        kind(self._none, "muted")
        self._back = self._button(self.tr("Back"), "chevron-left", self.back.emit)
        self._mail = self._button(self.tr("Copy message to the publisher"), "mail", self.copy_message)
        self._add = self._button(
            self.tr("Add this month…"), "plus", lambda: self.add_asked.emit(self.chosen() or self._current())
        )
        self._never = self._button(
            self.tr("No report exists"), "eye-off", lambda: self.answer_asked.emit(self.chosen() or self._current())
        )
        self._see = self._button(self.tr("Show in the grid"), "layout-grid", self._show_in_grid)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._back)
        foot.addStretch(1)
        for button in (self._see, self._never, self._mail, self._add):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._none)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.restyle()

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """List `gaps`."""
        self.table.show_facts([_fact(gap) for gap in gaps])
        self._none.setVisible(not gaps)
        for button in (self._mail, self._add, self._see, self._never):
            button.setEnabled(bool(gaps))
        self._tell()

    def chosen(self) -> list[Gap]:
        """The gaps that are chosen."""
        return [key for key in self.table.chosen_keys() if isinstance(key, Gap)]

    def _current(self) -> list[Gap]:
        current = self.table.current_key()
        return [current] if isinstance(current, Gap) else []

    def copy_message(self) -> None:
        """Copy the message about what is chosen; of the current row's source, when several are."""
        current = self.table.current_key()
        if isinstance(current, Gap):
            self.copy_message_about([one for one in self.chosen() if one.source_id == current.source_id] or [current])

    def copy_message_about(self, of: Sequence[Gap]) -> None:
        """Put the message about gaps of one source on the clipboard; nothing is sent."""
        if of:
            QGuiApplication.clipboard().setText(request_for_months(of))
            told = self.tr("The message to {source} was copied. Paste it into an e-mail; nothing was sent.")
            self.said.emit(Notice(told.format(source=of[0].source)))

    def set_tight(self, tight: bool) -> None:
        """Fewer words on the buttons; Enter shows a gap in the grid, too."""
        self._see.setVisible(not tight)
        self._mail.setText(self.tr("Copy message") if tight else self._mail.accessibleName())

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.table.restyle()
        for button, name in ((self._back, "chevron-left"), (self._mail, "mail"), (self._add, "plus")):
            put(button, name)
        put(self._see, "layout-grid")
        put(self._never, "eye-off")

    def _show_in_grid(self) -> None:
        gap = self.table.current_key()
        if isinstance(gap, Gap):
            self.shown_in_grid.emit(gap)

    def _tell(self) -> None:
        count = sum(gap.months for gap in self.chosen())
        several = self.tr("Add these {n} months…").format(n=number(count))
        self._add.setText(several if count > 1 else self.tr("Add this month…"))
        self._add.setAccessibleName(self._add.text())

    def _button(self, text: str, name: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setIcon(icon(name))
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        return button


def gap_words(gap: Gap) -> str:
    """Which months of which report are missing: `EBSCO · Title Report, Mar – Apr 2025`."""
    return f"{gap.source} · {report_name(gap.report_type)}, {months(gap.first, gap.last)}"


def _fact(gap: Gap) -> Fact:
    name = report_name(gap.report_type)
    report = f"{name} ({gap.report_type})" if name != gap.report_type else name
    spoken = spoken_month(gap.first)
    if gap.months > 1:
        told = QCoreApplication.translate("coverage", "{first} to {last}, {n} months")
        spoken = told.format(first=spoken, last=spoken_month(gap.last), n=gap.months)
    never = QCoreApplication.translate("coverage", "never loaded")
    said = f"{gap.source}, {report}, {spoken}, {never}"
    return Fact((gap.source, report, months(gap.first, gap.last), number(gap.months)), gap, spoken=said)
