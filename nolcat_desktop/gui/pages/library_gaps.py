"""The list of gaps, worked through one by one: a message to the publisher, the missing month, or back to the grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nolcat_desktop.analysis.coverage_gaps import Gap, by_month
from nolcat_desktop.analysis.lacking import Missing
from nolcat_desktop.analysis.missing_months import request_for_months
from nolcat_desktop.gui.cell_text import number, spoken_month
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.icons import icon, put
from nolcat_desktop.gui.indicator_row import indicator_row
from nolcat_desktop.gui.missing_words import counted_words, missing_words
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading, LazyFacts
from nolcat_desktop.gui.pages.coverage_words import report_name
from nolcat_desktop.gui.pages.gap_words import ended_words, none_words, run_words
from nolcat_desktop.gui.theme import kind


class GapsList(QWidget):
    """Source, report, months; several rows can be chosen."""

    back = Signal()
    add_asked = Signal(list)
    """The `Gap`s that are chosen: files shall be asked for that fill them."""
    said = Signal(object)
    """A `Notice`."""
    answer_asked = Signal(list, bool)
    """The `Gap`s that are chosen: no report exists of them; True: nor of any month after."""
    shown_in_grid = Signal(object)
    """A `Gap` to be shown in the grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No gaps."""
        super().__init__(parent)
        headings = [
            Heading(self.tr("Source")),
            Heading(self.tr("Report")),
            Heading(self.tr("Never loaded"), 312, sentence=True),
            Heading(self.tr("Months"), 72, number=True),
        ]
        self.table = FactsTable(headings, self.tr("Gaps"), self)
        self.table.setSelectionMode(FactsTable.SelectionMode.ExtendedSelection)
        self.table.activated.connect(lambda: self._show_in_grid())
        self.words = ElidedLabel(parent=self)
        kind(self.words, "muted")
        self.single = QCheckBox(self.tr("Each month on a line of its own"), self)
        self.single.toggled.connect(lambda: self._list())
        self._gaps: tuple[Gap, ...] = ()
        self._is_tight = False
        self._back = self._button(self.tr("Back"), "chevron-left", self.back.emit)
        self._mail = self._button(self.tr("Copy message to the publisher"), "mail", self.copy_message)
        self._add = self._button(
            self.tr("Add this month…"), "plus", lambda: self.add_asked.emit(self.chosen() or self._current())
        )
        self.never = self._button(none_words(()), "eye-off", lambda: self._answer(ended=False))
        self.ended = self._button(none_words(()), "eye-off", lambda: self._answer(ended=True))
        self._see = self._button(self.tr("Show in the grid"), "layout-grid", self._show_in_grid)
        self.more = QPushButton(self.tr("More"), self)
        self.more.setAccessibleName(self.tr("More to do"))
        self.more.setMenu(QMenu(self.more))
        under = QWidget(self)
        under.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        foot = QHBoxLayout(under)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in (self.more, *self._deeds()):
            foot.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._back)
        head.addWidget(self.words, 1)
        head.addLayout(indicator_row(self.single))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(under)
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.restyle()

    def show_gaps(self, found: tuple[Gap, ...], lacks: Missing) -> None:
        """List what is missing, and say how much it is."""
        self._gaps = found
        told = "; ".join(missing_words(lacks))
        whole = self.tr("No month is missing.")
        self.words.set_full_text(f"{told}. {counted_words()}" if told else whole, f"{told}." if told else whole)
        self._list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other buttons may have room."""
        super().resizeEvent(event)
        self._share()

    def _deeds(self) -> tuple[QPushButton, ...]:
        """What can be done, as it stands from left to right."""
        return self._see, self.ended, self.never, self._mail, self._add

    def _share(self) -> None:
        """Words of a button are never cut: what has no room goes into a menu, from the left."""
        over = bool(self.ended.text())
        meant = [self._mail, self._add] if self._is_tight else [self._see, self._mail, self._add]
        meant.insert(len(meant) - 2, self.ended if over else self.never)
        shown, room = list(meant), self.width() - self.more.sizeHint().width()
        needed = [button.sizeHint().width() + 8 for button in meant]
        if sum(needed) - 8 > self.width():
            while len(shown) > 1 and sum(needed[-len(shown) :]) > room:
                shown.pop(0)
        for button in self._deeds():
            button.setVisible(button in shown)
        rest = [button for button in meant if button not in shown]
        self.more.setVisible(bool(rest))
        self.more.menu().clear()
        for button in rest:
            entry = self.more.menu().addAction(button.accessibleName().replace("&", "&&"))
            entry.setEnabled(button.isEnabled())
            entry.triggered.connect(button.click)

    def _list(self) -> None:
        shown = by_month(self._gaps) if self.single.isChecked() else self._gaps
        counts = {number(count) for count in {gap.months for gap in shown}}
        self.table.show_facts(LazyFacts(shown, _fact, {3: counts}))
        for button in (self._mail, self._add, self._see, self.never, self.ended):
            button.setEnabled(bool(shown))
        self._tell()

    def _answer(self, ended: bool) -> None:
        self.answer_asked.emit(self.chosen() or self._current(), ended)

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
        self._is_tight = tight
        self._mail.setText(self.tr("Copy message") if tight else self._mail.accessibleName())
        self._tell()

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.table.restyle()
        for button, name in ((self._back, "chevron-left"), (self._mail, "mail"), (self._add, "plus")):
            put(button, name)
        put(self._see, "layout-grid")
        put(self.never, "eye-off")
        put(self.ended, "eye-off")
        self._share()

    def _show_in_grid(self) -> None:
        gap = self.table.current_key()
        if isinstance(gap, Gap):
            self.shown_in_grid.emit(gap)

    def _tell(self) -> None:
        count = sum(gap.months for gap in self.chosen())
        several = self.tr("Add these {n} months…").format(n=number(count))
        self._add.setText(several if count > 1 else self.tr("Add this month…"))
        listed = self.chosen() or self._current()
        over = bool(listed) and all(gap.newest is not None for gap in listed)
        self.ended.setText(ended_words(listed, self._is_tight) if over else "")
        self.never.setText(none_words(listed, self._is_tight))
        for button in (self._add, self.never, self.ended):
            button.setAccessibleName(button.text() or self.tr("It ended"))
        if self._is_tight:
            self.never.setAccessibleName(none_words(listed))
            self.ended.setAccessibleName(ended_words(listed) if over else self.tr("It ended"))
        self._share()

    def _button(self, text: str, name: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setIcon(icon(name))
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        return button


def _fact(gap: Gap) -> Fact:
    name = report_name(gap.report_type)
    report = f"{name} ({gap.report_type})" if name != gap.report_type else name
    spoken = spoken_month(gap.first)
    if gap.months > 1:
        told = QCoreApplication.translate("coverage", "{first} to {last}, {n} months")
        spoken = told.format(first=spoken, last=spoken_month(gap.last), n=gap.months)
    never = QCoreApplication.translate("coverage", "never loaded")
    if gap.newest is not None:
        never = QCoreApplication.translate("coverage", "never loaded, after its last report")
    said = f"{gap.source}, {report}, {spoken}, {never}"
    return Fact((gap.source, report, run_words(gap), number(gap.months)), gap, spoken=said)
