"""History: everything that was done to the library, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from nolcat_desktop.dataset import Entry
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice, Notice
from nolcat_desktop.gui.pages.coverage_facts import FactsTable, Heading
from nolcat_desktop.gui.pages.data_states import Sentence
from nolcat_desktop.gui.pages.history_filter import HistoryBar
from nolcat_desktop.gui.pages.history_panel import EntryPanel
from nolcat_desktop.gui.pages.history_reader import HistoryReader, Past
from nolcat_desktop.gui.pages.history_words import entry_words, summary_words
from nolcat_desktop.gui.pane_splitter import PaneSplitter
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.proving import Proving
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.problem import Problem


class HistoryPage(Place):
    """The newest entry first; undone ones stay."""

    name = "history"
    icon_name = "history"
    supports: ClassVar[frozenset[str]] = frozenset({"find", "copy", "certificate", "where_from"})

    def build(self) -> Iterator[None]:
        """Make the parts; the history is read when there is a library."""
        context = self.context
        self._past = Past()
        self._card: MessageCard | None = None
        self._loss: MessageCard | None = None
        self.bar = HistoryBar(self)
        yield
        headings = [
            Heading(self.tr("When"), 128),
            Heading(self.tr("What"), sentence=True),
            Heading(self.tr("Source"), 150),
            Heading(self.tr("Rows"), 84, number=True),
        ]
        self.table = FactsTable(headings, self.tr("History"), self)
        yield
        self.panel = EntryPanel(self)
        yield
        self.reader, self.proving = HistoryReader(context, self), Proving(context, self)
        self.nothing = Sentence(self)
        self.undo_last = self._action(self.tr("Undo last"), "arrow-back-up")
        self.redo = self._action(self.tr("Redo"), "arrow-forward-up")
        self._lay_out()
        self._connect()
        self.reader.read()

    @classmethod
    def title(cls) -> str:
        """The place's word."""
        return QCoreApplication.translate("history", "History")

    def can(self, what: str) -> str:
        """Without an entry there is nothing to copy or to find."""
        entry = self.current()
        if what == "certificate" and (entry is None or entry.undone or not entry.originals):
            return self.tr("The entry stored no file that counts now")
        if what == "where_from" and self.panel.asked() is None:
            return self.tr("The entry stored no number that counts now")
        return "" if self._past.entries else self.tr("Nothing has been done to this library yet.")

    def do(self, what: str) -> None:
        """Find, copy, certificate, where a total comes from."""
        if what == "find":
            self.bar.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bar.finder.selectAll()
        elif what == "copy":
            QGuiApplication.clipboard().setText(self.panel.text())
            self.said.emit(Notice(self.tr("The entry was copied.")))
        elif what == "certificate" and (entry := self.current()) is not None:
            self.proving.certify(entry.entry)
        elif what == "where_from":
            self._explain()
        else:
            super().do(what)

    def _explain(self) -> None:
        """Explain the current total of the entry; where another pane has the focus and there are several, ask which."""
        asked, totals = self.panel.asked(), self.panel.totals
        if asked is None:
            return
        if totals.facts.rowCount() == 1 or totals.hasFocus():
            self.proving.explain(asked)
            return
        if self.tabs.count():
            self.tabs.setCurrentWidget(self.panel)
        totals.setFocus()
        self.said.emit(Notice(self.tr("Choose one of the totals, then ask again (Ctrl+I).")))

    def step_back(self) -> bool:
        """Show all entries again."""
        if not self.bar.is_narrowed():
            return False
        self.bar.clear()
        self.table.setFocus()
        return True

    def panes(self) -> Sequence[QWidget]:
        """The table, then what the entry did."""
        if self.stack.currentWidget() not in {self.splitter, self.tabs}:
            return (self.bar.finder,)
        shown = (self.table, self.panel.totals, self.panel.restated, self.panel.files, self.panel.parts)
        seen = tuple(one for one in shown if one.isVisible())
        return (self.tabs.tabBar(), *seen) if self.tabs.count() else seen

    def layout_class_changed(self, layout: LayoutClass) -> None:
        """The panel below where there is no room beside."""
        super().layout_class_changed(layout)
        wide, tight = layout is LayoutClass.WIDE, layout is LayoutClass.TIGHT
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        if tight and self.tabs.count() == 0:
            self.tabs.addTab(self.table, self.tr("Entries"))
            self.tabs.addTab(self.panel, self.tr("What it did"))
        elif not tight and self.tabs.count():
            self.tabs.clear()
            self.splitter.take_back()
        if self.stack.currentWidget() in {self.splitter, self.tabs}:
            self.stack.setCurrentWidget(self._shown())

    def _shown(self) -> QWidget:
        return self.tabs if self.tabs.count() else self.splitter

    def current(self) -> Entry | None:
        """The current entry."""
        key = self.table.current_key()
        return next((entry for entry in self._past.entries if entry.entry == key), None)

    def _lay_out(self) -> None:
        self.splitter = PaneSplitter((self.table, self.panel), (60, 40), self)
        self.stack = QStackedWidget(self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Entries, and what they did"))
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.tabs)
        self.stack.addWidget(self.nothing)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.stack, 1)
        self._restyle()

    def _connect(self) -> None:
        self.undo_last.triggered.connect(self._undo_last)
        self.redo.triggered.connect(self.reader.redo)
        self.panel.undo_asked.connect(self.reader.undo)
        self.panel.certificate_asked.connect(self.proving.certify)
        self.panel.explain_asked.connect(self._explain)
        self.proving.said.connect(self.said)
        self.bar.narrowed.connect(self._show)
        self.table.selectionModel().currentRowChanged.connect(self._show_entry)
        self.reader.found.connect(self._take)
        self.reader.failed.connect(self._failed)
        self.reader.said.connect(self.said)
        self.context.library_changed.connect(self.reader.read)
        self.context.theme.follow(self._restyle)

    def _take(self, past: Past) -> None:
        newest = self._past.entries[:1]
        self._past = past
        if self._card is not None:
            self.stack.removeWidget(self._card)
            self._card.deleteLater()
            self._card = None
        by_number = {entry.entry: entry for entry in past.entries}
        self._offer(self.undo_last, by_number.get(past.undo or 0), self.tr("There is nothing to undo"))
        self._offer(self.redo, by_number.get(past.redo or 0), self.tr("Nothing was undone"))
        self.set_ordinary([self.redo, self.undo_last] if past.redo is not None else [self.undo_last])
        self.set_summary(summary_words(past.entries))
        self.bar.offer(past.rows, past.names or {})
        self._tell_loss()
        self._show()
        if [one.entry for one in past.entries[:1]] != [one.entry for one in newest] and self.table.facts.rowCount():
            self.table.setCurrentIndex(self.table.facts.index(0, 0))
        self.can_changed.emit()

    def _tell_loss(self) -> None:
        """Above the entries: what of the history is lost, and what still holds."""
        if self._loss is not None:
            self.body.removeWidget(self._loss)
            self._loss.deleteLater()
            self._loss = None
        if self._past.loss is not None:
            check = Choice(self.tr("Check the library"), lambda: self._command("check_library"))
            rebuild = Choice(self.tr("Rebuild…"), lambda: self._command("rebuild"))
            self._loss = MessageCard(self._past.loss, (check, rebuild), parent=self)
            self.body.insertWidget(0, self._loss)

    def _command(self, name: str) -> None:
        action = self.window().findChild(QAction, name)
        if action is not None:
            action.trigger()

    def _show(self) -> None:
        self.bar.setVisible(bool(self._past.entries))
        facts = [row.fact for row in self.bar.shown(self._past.rows)]
        self.table.show_facts(facts)
        if facts:
            self.stack.setCurrentWidget(self._shown())
            self._show_entry()
        else:
            self._say_nothing()

    def _say_nothing(self) -> None:
        if self._past.entries:
            told = self.tr("No entry matches {what}.").format(what=self.bar.told())
            self.nothing.say(told, (Choice(self.tr("Clear"), self.bar.clear),))
        elif self._past.loss is not None:
            self.nothing.say(self.tr("No entry can be read any more."), ())
        else:
            add = Choice(self.tr("Add reports"), lambda: self.asked_for.emit("add", None))
            self.nothing.say(self.tr("Nothing has been done to this library yet."), (add,))
        self.stack.setCurrentWidget(self.nothing)

    def _show_entry(self) -> None:
        entry = self.current()
        if entry is not None:
            self.panel.show_entry(entry, self._past.loads, self._past.names or {}, self.context.clock().date())
            self.can_changed.emit()

    def _offer(self, action: QAction, entry: Entry | None, none: str) -> None:
        action.setEnabled(entry is not None)
        action.setToolTip(f"{action.text()}: {entry_words(entry)}" if entry is not None else none)

    def _undo_last(self) -> None:
        if self._past.undo is not None:
            self.reader.undo(self._past.undo)

    def _failed(self, problem: Problem) -> None:
        self._take(Past())
        self._card = MessageCard(problem, (Choice(self.tr("Try again"), self.reader.read),), parent=self)
        self.stack.addWidget(self._card)
        self.stack.setCurrentWidget(self._card)

    def _action(self, text: str, name: str) -> QAction:
        action = QAction(text, self)
        action.setProperty("icon_name", name)
        return action

    def _restyle(self) -> None:
        self.table.restyle()
        self.panel.restyle()
        self.bar.restyle()
