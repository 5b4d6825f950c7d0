"""The panel of History: what one entry did, the files it came from, and its sums for each metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.dataset import Entry, Load
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.icons import put
from nolcat_desktop.gui.pages.corrections_table import CorrectionsTable
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.pages.history_words import entry_words, source_ids
from nolcat_desktop.gui.pages.library_panel import sums_by_report
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.scroll_pane import ScrollPane
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import day_and_time
from nolcat_desktop.workflow.corrections import corrections
from nolcat_desktop.workflow.explaining import Asked, asked_of_entry

_ROWS = 12
"""Of each table, that are seen without scrolling it; the panel scrolls."""
_NAMED, _TOLD = 8, 40
"""Sources of an entry that are named, and those that the tooltip names."""


class EntryPanel(QFrame):
    """About the current entry."""

    undo_asked = Signal(int)
    """The number of the entry to be taken back."""

    certificate_asked = Signal(int)
    """The same, to be certified."""

    explain_asked = Signal()
    """Where the current total comes from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """About nothing yet."""
        super().__init__(parent)
        kind(self, "card")
        self.setAccessibleName(self.tr("What the entry did"))
        self._entry: Entry | None = None
        self._live: list[Load] = []
        self._sources: list[str] = []
        self._title, self._when, self._note = QLabel(self), QLabel(self), QLabel(self)
        kind(self._title, "section")
        kind(self._when, "muted")
        for label in (self._title, self._when, self._note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sums = [Heading(self.tr("Metric")), Heading(self.tr("Uses"), 72, number=True)]
        self.totals = FactsTable(sums, self.tr("Totals for each metric"), self)
        self.restated = CorrectionsTable(self)
        self.files = FactsTable([Heading(self.tr("Original file"))], self.tr("Original files"), self)
        self.parts = FactsTable([Heading(self.tr("Changed in the library"))], self.tr("Changed in the library"), self)
        self.undo, self.copy = QPushButton(self.tr("Undo this"), self), QPushButton(self.tr("Copy"), self)
        self.certificate = QPushButton(self.tr("Certificate…"), self)
        for button in (self.undo, self.certificate, self.copy):
            button.setAccessibleName(button.text())
        self.certificate.clicked.connect(lambda: self._entry and self.certificate_asked.emit(self._entry.entry))
        self.undo.clicked.connect(lambda: self._entry and self.undo_asked.emit(self._entry.entry))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.totals.activated.connect(lambda _: self.explain_asked.emit())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.undo)
        foot.addWidget(self.certificate)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        pane = ScrollPane(self)
        for widget, share in (
            (self._title, 0),
            (self._when, 0),
            (self.totals, 20),
            (self._note, 0),
            (self.restated, 20),
            (self.files, 20),
            (self.parts, 10),
        ):
            pane.column.addWidget(widget, share)
        pane.column.addStretch(1)
        column.addWidget(pane, 1)
        column.addLayout(foot)
        self.restyle()

    def show_entry(self, entry: Entry, loads: Sequence[Load], names: Mapping[int, str], today: date) -> None:
        """Show `entry`.

        Args:
            entry: What was done.
            loads: All live loads; those of the entry give its sums.
            names: Statistics source id → name.
            today: For `today` and `yesterday`.
        """
        self._entry = entry
        self._live = live = [load for load in loads if load.entry == entry.entry]
        self._title.setText(entry_words(entry) + (f" · {self.tr('undone')}" if entry.undone else ""))
        self._sources = [names.get(one, str(one)) for one in source_ids(entry)]
        day = day_and_time(entry.when, today)
        self._when.setText(" · ".join(part for part in (day, self._few_sources()) if part))
        self._when.setToolTip("\n".join(self._sources[:_TOLD]) if len(self._sources) > _NAMED else "")
        sums = sums_by_report(live)
        apart = len({report_type for report_type, _ in sums}) > 1
        told = [(f"{key[0]} · {key[1]}" if apart else key[1], key, uses) for key, uses in sorted(sums.items())]
        self.totals.show_facts([Fact((words, number(uses)), key) for words, key, uses in told])
        self.totals.setVisible(bool(sums))
        self._note.setText(self._words(entry, live))
        self._note.setVisible(bool(self._note.text()))
        names_of = [PurePath(each.replace("\\", "/")).name or each for each in entry.originals]
        files = [Fact((name,), whole, tip=whole) for name, whole in zip(names_of, entry.originals, strict=True)]
        self.files.show_facts(files)
        self.files.setVisible(bool(files))
        self.parts.show_facts([Fact((path,), path) for path in entry.parts])
        self.parts.setVisible(bool(entry.parts))
        whose = names if len(source_ids(entry)) > 1 else None
        self.restated.show_corrections(corrections([entry]), whose, apart=True)
        for table in (self.totals, self.restated, self.files, self.parts):
            table.fit(_ROWS)
        self.certificate.setVisible(bool(entry.originals))
        self.certificate.setEnabled(bool(live))
        self.undo.setEnabled(not entry.undone)
        self.undo.setToolTip(self.tr("It was undone already") if entry.undone else "")

    def asked(self) -> Asked | None:
        """The current total: what the entry stored of a metric and is live; None: there is none."""
        key = self.totals.current_key() if self.totals.facts.rowCount() else None
        return asked_of_entry(self._live, *key) if isinstance(key, tuple) else None

    def text(self) -> str:
        """All of it, for the clipboard."""
        tables = (self.totals, self.restated, self.files, self.parts)
        rows = ["\t".join(fact.cells) for table in tables for fact in table.facts.facts]
        said = [label.text() for label in (self._title, self._when, self._note) if label.text()]
        more = [", ".join(self._sources)] if len(self._sources) > _NAMED else []
        return "\n".join([*said, *more, *rows])

    def _few_sources(self) -> str:
        """The first few by name: a paragraph of hundreds is not read, and laying it out takes its time."""
        named = ", ".join(self._sources[:_NAMED])
        more = len(self._sources) - _NAMED
        return self.tr("{names} and {n} more").format(names=named, n=number(more)) if more > 0 else named

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.setMinimumWidth(u(self, 240))
        for button, name in ((self.undo, "arrow-back-up"), (self.certificate, "certificate"), (self.copy, "copy")):
            put(button, name)
        for table in (self.totals, self.restated, self.files, self.parts):
            table.restyle()
            table.fit(_ROWS)

    def _words(self, entry: Entry, live: Sequence[Load]) -> str:
        if entry.undone:
            return self.tr("Nothing of it counts now. Redo brings the last one back.")
        rows, damaged = sum(load.rows for load in live), sum(len(load.damaged) for load in live)
        said = []
        if rows != entry.rows:
            told = self.tr("It stored {stored} rows; {left} of them count now, a later entry took over the others.")
            said.append(told.format(stored=number(entry.rows), left=number(rows)))
        if damaged:
            told = self.tr("1 cell was left out, because its count could not be read.")
            if damaged > 1:
                told = self.tr("{n} cells were left out, because their counts could not be read.")
            said.append(told.format(n=number(damaged)))
        return " ".join(said)
