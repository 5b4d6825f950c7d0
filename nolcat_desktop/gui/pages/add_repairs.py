"""The tab Repairs: before and after of each cell, the proof, the cell in its surroundings, and the right to decline."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from nolcat_desktop.gui.cell_text import month, number
from nolcat_desktop.gui.pages.add_cell_view import SheetView
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_repairs_table import RepairsTable
from nolcat_desktop.gui.pages.add_words import day, tr
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind, row_height
from nolcat_desktop.repairs import Repair
from nolcat_desktop.workflow.review_sheet import Surroundings

_ROWS = 3
"""Of the list, that are seen before the cell in its surroundings is."""


class RepairsPane(QWidget):
    """Emits what is declined; the cell asked for by `cell_wanted` is given to `show_cell`."""

    declined = Signal(object)
    """Positions (a frozenset): of all repairs of the report that are not wanted."""
    cell_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing was repaired."""
        super().__init__(parent)
        self._line: Line | None = None
        self.head = QLabel(self)
        kind(self.head, "muted")
        self.table = RepairsTable(self)
        self.cells = SheetView(tr("The cell in its surroundings"), self)
        self.title, self.text = QLabel(self), QLabel(self)
        kind(self.title, "section")
        for label in (self.head, self.title, self.text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.leave = QCheckBox(tr("Leave as delivered"), self)
        self.leave.setAccessibleName(self.leave.text())
        self.splitter = QSplitter(self)
        self._lay_out()
        self.table.toggled.connect(self._toggle)
        self.leave.clicked.connect(lambda: self._toggle_current())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.show_line(None)

    @property
    def current(self) -> Repair | None:
        """The repair that is looked at."""
        return self.table.current()

    def show_line(self, line: Line | None) -> None:
        """Show the repairs of a report."""
        self._line = line
        repairs = line.reviewed.repairs if line is not None else ()
        self.table.show_repairs(repairs, self._declined())
        self.head.setText(self._sentence(line))
        self._show_current(ask=False)

    def ask_cell(self) -> None:
        """Ask for the cell of the current repair."""
        if self.current is not None:
            self.cell_wanted.emit(self.current.position)

    def show_cell(self, found: Surroundings | None) -> None:
        """Show the cell that was asked for."""
        has_place = found is not None and found.row is not None and found.sheet.cells.height > 0
        has_room = self._area.height() >= self._above.sizeHint().height() + self.cells.minimumHeight()
        has_place = has_place and (has_room or self.splitter.orientation() == Qt.Orientation.Horizontal)
        self.cells.setVisible(has_place)
        if has_place:
            self.cells.show_surroundings(found)
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.cells, 0, 0))

    def set_vertical(self, vertical: bool) -> None:
        """The card below the list instead of beside it."""
        self.splitter.setOrientation(Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal)
        self.leave.setVisible(not vertical)  # the box in the table does the same
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer rows."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Below each other: the cell where there is room for it and some rows, else the rows and why."""
        if self.splitter.orientation() != Qt.Orientation.Vertical:
            return
        said, height = max(self._above.heightForWidth(self.width()), self._above.sizeHint().height()), self.height()
        said += self.splitter.handleWidth()
        rows = u(self, 28) + _ROWS * row_height(self)
        wanted = said + self.cells.minimumHeight()
        card = wanted if height - wanted >= rows else said
        self.splitter.setSizes([max(height - card, 1), card])

    def restyle(self) -> None:
        """Sizes and colours of the moment."""
        self.table.restyle()
        self.cells.restyle()
        self.cells.setMinimumHeight(u(self, 100))

    def _declined(self) -> frozenset[str]:
        return self._line.declined if self._line is not None else frozenset()

    def _toggle_current(self) -> None:
        if self.current is not None:
            self._toggle([self.current.position])

    def _toggle(self, positions: list[str]) -> None:
        if self._line is None or self._line.written:
            return
        before, pressed = self._declined(), frozenset(positions)
        self.declined.emit(before - pressed if pressed <= before else before | pressed)

    def _show_current(self, ask: bool = True) -> None:
        one = self.current
        self.splitter.setVisible(one is not None)
        if one is None:
            return
        is_left = one.position in self._declined()
        self.title.setText(f"{one.position}: “{one.before}” → “{one.after}”")
        why = tr("Why: {proof}.").format(proof=one.proof)
        self.text.setText(f"{why} {_meaning(one, is_left)}")
        self.leave.setChecked(is_left)
        self.leave.setEnabled(self._line is not None and not self._line.written)
        if ask:
            self.ask_cell()

    def _sentence(self, line: Line | None) -> str:
        if line is None or not line.reviewed.repairs:
            return tr("Nothing was repaired.")
        count, shown = line.reviewed.repaired, len(line.reviewed.repairs)
        text = tr("1 cell is read as") if count == 1 else tr("{n} cells are read as").format(n=number(count))
        said = tr("{cells} what it was before a spreadsheet program changed it. The file stays as it is.")
        if count != 1:
            said = tr("{cells} what they were before a spreadsheet program changed them. The file stays as it is.")
        more = tr("The first {n} are listed.").format(n=number(shown)) if shown < count else ""
        left = len(line.declined)
        leaves = tr("{n} left as delivered.").format(n=number(left)) if left else ""
        return " ".join(part for part in (said.format(cells=text), more, leaves) if part)

    def _lay_out(self) -> None:
        card = QWidget(self)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._above = QVBoxLayout()
        self._above.setSpacing(4)
        for widget in (self.title, self.leave, self.text):
            self._above.addWidget(widget)
        column.addLayout(self._above)
        column.addWidget(self.cells, 1)
        column.addStretch(0)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        kind(card, "plain")
        self._area.setWidget(card)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self._area)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.setSizes([440, 560])
        self.splitter.setStretchFactor(0, 44)
        self.splitter.setStretchFactor(1, 56)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 8, 0, 0)
        around.setSpacing(4)
        around.addWidget(self.head)
        around.addWidget(self.splitter, 1)
        self.cells.setMinimumHeight(u(self, 100))


def _moved_meaning(one: Repair, is_left: bool) -> str:
    if is_left:
        return tr("All of these repairs rest on one another: with one of them declined the report is not added.")
    if one.rule.startswith("total"):
        return tr("The counts of the months stay where they are; the total alone had been moved.")
    return tr("It had been moved to another row, beside another title.")


def _meaning(one: Repair, is_left: bool) -> str:
    """What the repair means for the numbers, and what declining it means."""
    if one.rule.endswith("-sorted"):
        return _moved_meaning(one, is_left)
    match one.rule.partition("-")[0]:
        case "heading" if is_left:
            return tr("Left as delivered it is no month: its counts have no place, and stop the report.")
        case "heading":
            return tr("Its counts stand under {month}.").format(month=month(day(one.element)))
        case "count" if is_left:
            return tr("Left as delivered it cannot be read: it stops the report, or is left out.")
        case "count":
            return tr("It is counted as {n}.").format(n=one.after)
        case _:
            return tr("The counts are the same either way; the identifier is what titles are matched by.")
