"""The review itself: chips, table, and under it what is said of the current report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.pages.add_cell_view import WHOLE, SheetView
from nolcat_desktop.gui.pages.add_difference import DifferencePane
from nolcat_desktop.gui.pages.add_filter import FilterBar
from nolcat_desktop.gui.pages.add_findings import FindingsPane
from nolcat_desktop.gui.pages.add_lines import OF_FILE, Fate, Line
from nolcat_desktop.gui.pages.add_model import Part, ReviewModel, cell_words
from nolcat_desktop.gui.pages.add_narrowed import Narrowed
from nolcat_desktop.gui.pages.add_repairs import RepairsPane
from nolcat_desktop.gui.pages.add_sums import SumsPane
from nolcat_desktop.gui.pages.add_tab_order import put_in_order
from nolcat_desktop.gui.pages.add_table import ReviewTable
from nolcat_desktop.gui.pages.add_words import proposal_words, tr
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.gui.theme import kind

_SHARES = (46, 54)
_STATE = "add_splitter"


class ReviewPane(QWidget):
    """Shows the lines; what is decided is told to the place."""

    current_changed = Signal()
    """Another line is the current one, or what is known of it changed."""

    def __init__(self, model: ReviewModel, remembered: Remembered, parent: QWidget | None = None) -> None:
        """Show `model`, once `build` is through."""
        super().__init__(parent)
        self.model, self.lines = model, Narrowed(model, self)
        self._remembered = remembered
        self._tight = False
        self.above: tuple[QWidget, ...] = ()
        """What stands over it and takes the focus."""
        self.sources: Sequence[tuple[int, str]] = ()
        """All sources of the library: id and name."""

    def build(self) -> Iterator[None]:
        """Make the parts, in steps between which the window answers."""
        self.bar = FilterBar(self)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._upper, self.tabs = QWidget(self.splitter), QTabWidget(self.splitter)
        self.table = ReviewTable(self.lines, self._choices, self._upper)
        self.reading_line = ElidedLabel(parent=self._upper)
        kind(self.reading_line, "muted")
        inside = self.tabs.findChild(QStackedWidget)  # whoever is put into another is dressed anew, with all in it
        yield
        self.findings = FindingsPane(inside)
        self.asking = self.findings.asking
        yield
        self.difference = DifferencePane(inside)
        yield
        self.repairs = RepairsPane(inside)
        yield
        self.sums, self.sheet = SumsPane(inside), SheetView(tr("As the file has it"), inside, WHOLE)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(tr("About the report"))
        self.tabs.setAccessibleName(tr("About the report"))
        yield
        for pane in self.about():
            self.tabs.addTab(pane, "")
        self._in_front: QWidget = self.findings
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self._lay_out()
        self._connect()
        self.name_tabs()

    def about(self) -> tuple[QWidget, ...]:
        """What is said of the current report, in the order of the tabs."""
        return self.findings, self.repairs, self.difference, self.sums, self.sheet

    def current(self) -> Line | None:
        """The current line."""
        return self.table.current_line()

    def is_shown(self, pane: QWidget) -> bool:
        """Whether a pane is the tab in front."""
        return self.tabs.currentWidget() is pane

    @property
    def lists(self) -> bool:
        """Whether the list of reports is seen: in a tight window it is one of the tabs."""
        return not self._tight or self.is_shown(self._upper)

    def show_pane(self, pane: QWidget) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentWidget(pane)

    def focus_front(self) -> None:
        """The list of reports, or the tabs where another one of them is in front of it."""
        (self.table if self.lists else self.tabs.tabBar()).setFocus()

    def follow(self) -> None:
        """Counts, words and reading line after something changed; a chip that has no lines any more is left."""
        if self.bar.current() > 0 and not self.lines.holds_any:
            self.bar.choose(0)
        self.bar.show_counts(self.model.lines)
        self._say_hidden()
        self.name_tabs()

    def set_writing(self, is_writing: bool) -> None:
        """While it is written, nothing is decided."""
        for part in (self.table, self.asking, self.repairs):
            part.setEnabled(not is_writing)

    def name_tabs(self) -> None:
        """Words of the tabs, with counts."""
        line = self.current()
        found = sum(one.count for one in self.findings.tree.findings) if line is not None else 0
        first = (tr("Reports ({n})").format(n=number(self.lines.rowCount())),) if self._tight else ()
        words = (
            *first,
            tr("Findings ({n})").format(n=number(found)) if found else tr("Findings"),
            tr("Repairs ({n})").format(n=number(line.reviewed.repaired if line is not None else 0)),
            tr("Difference"),
            tr("Sums") if self._tight else tr("Months and sums"),
            tr("As the file has it"),
        )
        for index, word in enumerate(words):
            self.tabs.setTabText(index, word)
        self.tabs.setTabVisible(self.tabs.indexOf(self.repairs), line is not None and bool(line.reviewed.repairs))

    def set_layout_class(self, layout: LayoutClass) -> None:
        """The table is a tab of its own when it is tight."""
        tight = layout is LayoutClass.TIGHT
        self.difference.set_vertical(layout is not LayoutClass.WIDE, short=tight)
        if tight is not self._tight:
            self._tight = tight
            if tight:
                self._in_front = self.tabs.currentWidget()
                self.tabs.insertTab(0, self._upper, "")
                self.tabs.setCurrentIndex(0)
            else:
                self._leave_tabs()
        self.bar.setVisible(self.lists)
        self.findings.set_tight(tight)
        self.repairs.set_vertical(tight)
        self.bar.set_tight(tight, self.model.lines)
        self.name_tabs()

    def _leave_tabs(self) -> None:
        """The list stands above the tabs again; of these, the one is in front that matters for the current line."""
        was_list, line = self.is_shown(self._upper), self.current()
        self.splitter.insertWidget(0, self._upper)
        self._upper.show()
        self._share()
        if was_list:
            self.show_pane(self._in_front)
            if line is not None:
                self.choose_tab_for(line)

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        for part in (self.bar, self.table, self.findings, self.repairs, self.difference, self.sums, self.sheet):
            part.restyle()
        QTimer.singleShot(0, self, self._share)

    def showEvent(self, event: QShowEvent) -> None:
        """The heights that the letters ask for are known now."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._share)

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 stops."""
        shown = self.tabs.currentWidget()
        inner: tuple[QWidget, ...] = (shown,)
        if shown is self.findings:
            inner = (self.findings.tree, self.findings.cells) if not self._tight else (self.findings.cells,)
            inner = (inner[0], self.asking, *inner[1:]) if self.asking.is_asking else inner
        elif shown is self.repairs:
            inner = (self.repairs.table, self.repairs.cells)
        elif shown is self.difference:
            inner = (self.difference.replace, self.difference.table)
        elif shown is self.sums:
            inner = (self.sums.table,)
        elif shown is self._upper:
            inner = (self.table,)
        return (*(() if self._tight else (self.table,)), self.tabs.tabBar(), *inner)

    def order_tabs(self) -> None:
        """Let Tab go as the eye does: chips, list, tabs, and what is in the tab in front; its buttons come and go."""
        found, difference = self.findings, self.difference
        choice = difference.choice
        radios = (choice.replace, choice.keep, choice.aside, choice.use, choice.leave, choice.same)
        parts: tuple[QWidget, ...] = (
            *self.above,
            *self.bar.chips,
            *(self.bar.combo, self.bar.find_edit, self.table, self.tabs, self.tabs.tabBar()),
            *(found.tree, found.details, found.copy, found.back, found.forth, *found.asking.parts(), found.cells),
            *found.buttons,
            *(self.repairs, *radios, difference.equal, difference.table, difference.titles),
            *(self.sums.table, self.sheet),
        )
        put_in_order(parts, self.window(), self.tabs)

    def choose_tab_for(self, line: Line) -> None:
        """Bring the tab to the front that matters for a line, unless it is tight."""
        if self._tight:
            return
        if line.differs:
            self.show_pane(self.difference)
        elif self.is_shown(self.difference) or line.fate is Fate.CANNOT or line.todo in OF_FILE:
            self.show_pane(self.findings)

    def _choices(self) -> list[tuple[int | None, str, str]]:
        """Sources for the current row: proposals first, then all."""
        line = self.current()
        if line is None:
            return []
        proposal, names = line.reviewed.proposal, dict(self.sources)
        first = [(proposal.source_id, proposal.name, proposal_words(proposal))]
        first += [(one, names.get(one, str(one)), tr("may be meant, too")) for one in proposal.others]
        made = {
            one.reviewed.proposal.name
            for one in self.model.lines
            if one.reviewed.proposal.source_id is None and one.reviewed.load is not None
        }
        there = {name for _, name, _ in first}
        rest: list[tuple[int | None, str, str]] = [(one, name, "") for one, name in self.sources if name not in there]
        return [*first, *rest, *((None, name, tr("new")) for name in sorted(made - there - set(names.values())))]

    def _connect(self) -> None:
        self.bar.chosen.connect(lambda fates, to_check: self._narrow(fates=fates, to_check=to_check))
        self.bar.typed.connect(lambda text: self._narrow(text=text))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.current_changed.emit())
        self.lines.modelReset.connect(self.current_changed)
        self.table.columns_changed.connect(self._say_hidden)
        self.table.opened.connect(self._go_inside)
        self.tabs.currentChanged.connect(self._turned)
        self.splitter.splitterMoved.connect(lambda: self._remembered.put_state(_STATE, self.splitter.saveState()))

    def _turned(self) -> None:
        self.bar.setVisible(self.lists)
        self.current_changed.emit()

    def _narrow(
        self, fates: frozenset[Fate] | None = None, text: str | None = None, to_check: bool | None = None
    ) -> None:
        self.lines.narrow(fates, text, to_check)
        if not self.table.currentIndex().isValid() and self.lines.rowCount():
            self.table.setCurrentIndex(self.lines.index(0, 0))
        self.name_tabs()

    def _go_inside(self) -> None:
        if self._tight:
            self.show_pane(self.findings)
        if self.is_shown(self.findings) and self.asking.is_asking:
            self.asking.focus_first()
            return
        inner = self.panes()[-1] if not self.is_shown(self.repairs) else self.repairs.table
        inner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_hidden(self) -> None:
        line, hidden = self.current(), self.table.unread_parts()
        self.reading_line.setVisible(bool(hidden))
        if line is not None:
            words = [cell_words(line, part) for part in hidden]
            if Part.ROWS in hidden and words[hidden.index(Part.ROWS)]:
                at = hidden.index(Part.ROWS)
                words[at] = tr("{n} rows").format(n=words[at])
            self.reading_line.set_full_text("   ".join(word for word in words if word))

    def _lay_out(self) -> None:
        upper = QVBoxLayout(self._upper)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(4)
        upper.addWidget(self.table, 1)
        upper.addWidget(self.reading_line)
        self.splitter.addWidget(self._upper)
        self.splitter.addWidget(self.tabs)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(8)
        around.addWidget(self.bar)
        around.addWidget(self.splitter, 1)
        self._share()

    def _share(self) -> None:
        """List and tabs keep their shares when the letters grow or shrink."""
        if self._tight:
            return
        state = self._remembered.get_state(_STATE)
        if state.isEmpty() or not self.splitter.restoreState(state):
            for index, share in enumerate(_SHARES):
                self.splitter.setStretchFactor(index, share)
            self.splitter.setSizes([share * max(self.splitter.height(), 100) // 100 for share in _SHARES])
