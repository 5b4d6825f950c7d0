"""The review table: columns that go in a fixed order when it gets narrow, Space leaves out, F2 chooses a source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from nolcat_desktop.gui.pages.add_delegate import ReviewDelegate
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_model import AnyIndex, Part, can_choose
from nolcat_desktop.gui.pages.add_narrowed import Narrowed
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.selecting import Flag, that_alone
from nolcat_desktop.gui.table_cells import PADDING
from nolcat_desktop.gui.theme import row_height
from nolcat_desktop.workflow.review_plan import Todo

_WIDTHS = {
    Part.FATE: 212,
    Part.REPORT: 152,
    Part.SOURCE: 168,
    Part.MONTHS: 142,
    Part.ROWS: 64,
    Part.FINDINGS: 172,
    Part.FILE: 120,
}
_FILE, _LONGEST = 240, 320
"""What the file's name gets before others, and the most that others get, in u."""
_GO = (Part.ROWS, Part.FINDINGS, Part.MONTHS, Part.REPORT)
"""Columns that go first when there is not enough room."""
_MEASURED = 500
"""Rows that are measured when the letters change."""
_SHRINK = 0.75
"""How far names may be squeezed before a column goes."""


class ReviewTable(QTableView):
    """One line a report."""

    left_out_asked = Signal()
    """Space: leave the selected reports out, or take them in again."""
    removed_asked = Signal()
    """Del: take the selected reports off the list."""
    opened = Signal()
    """Enter: go to what is said of it."""
    menu_asked = Signal(QPoint)
    columns_changed = Signal()

    def __init__(
        self,
        model: Narrowed,
        choices: Callable[[], Sequence[tuple[int | None, str, str]]],
        parent: QWidget | None = None,
    ) -> None:
        """Show `model`; `choices` gives the sources for the current row."""
        super().__init__(parent)
        self._lines = model
        self._last: Line | None = None
        """The current line, the last time that there was one: it stays in front when others go."""
        self.setModel(model)
        self.delegate = ReviewDelegate(self, choices)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(self.tr("Reports found"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_asked)
        self._widths: dict[Part, int] = {}
        """Of the widest text in a column, as far as it was measured."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._spread_measured)
        self._waiting: list[range] = []
        """Rows that are measured when there is time: many came at once."""
        found = model.found
        found.rowsInserted.connect(lambda _, first, last: self._came(range(first, last + 1)))
        found.dataChanged.connect(self._changed)
        found.modelReset.connect(self._changed_all)
        model.rowsInserted.connect(lambda *_: self._have_current())
        model.modelReset.connect(self._have_current)
        self.restyle()

    def current_line(self) -> Line | None:
        """The line of the current row."""
        return self._lines.line(self.currentIndex())

    def selected_lines(self) -> list[Line]:
        """The lines of the selected rows; the current one when none is selected."""
        rows = self.selectionModel().selectedRows()
        found = [line for index in rows if (line := self._lines.line(index)) is not None]
        current = self.current_line()
        return found or ([current] if current is not None else [])

    def go_to(self, line: Line) -> None:
        """Make a line the current one."""
        index = self._lines.index_of(line)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def choose_source(self) -> None:
        """Open the list of sources in the current row."""
        index = self.currentIndex()
        if index.isValid():
            cell = self.model().index(index.row(), Part.SOURCE)
            self.setCurrentIndex(cell)
            self.edit(cell)

    def hidden_parts(self) -> tuple[Part, ...]:
        """Columns for which there is no room."""
        return tuple(part for part in Part if self.isColumnHidden(part))

    def unread_parts(self) -> tuple[Part, ...]:
        """Columns for which there is no room, and that of the files where a name of them is cut."""
        hidden = self.hidden_parts()
        wanted = self._widths.get(Part.FILE, 0) + u(self, 2 * PADDING)
        is_cut = Part.FILE not in hidden and wanted > self.columnWidth(Part.FILE)
        return (*hidden, Part.FILE) if is_cut else hidden

    def restyle(self) -> None:
        """Sizes of the moment."""
        height = row_height(self)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(u(self, 28))
        self._measure_all()
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the columns."""
        super().resizeEvent(event)
        self._spread()

    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> Flag:
        """Without an event it is the program that goes there."""
        return that_alone(self) if event is None else super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, Enter, F2; arrows move by rows."""
        match event.key():
            case Qt.Key.Key_Space:
                self.left_out_asked.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.opened.emit()
            case Qt.Key.Key_Delete:
                self.removed_asked.emit()
            case Qt.Key.Key_F2:
                self.choose_source()
            case _:
                super().keyPressEvent(event)
                return
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A question for the source is answered with one click."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        line = self._lines.line(index)
        is_asked = line is not None and line.todo is Todo.SOURCE and can_choose(line)
        if index.column() == Part.SOURCE and is_asked and self.selectionModel().selectedRows():
            self.edit(index)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.restyle()

    def _have_current(self) -> None:
        if not self.currentIndex().isValid() and self.model().rowCount():
            last = self._lines.index_of(self._last) if self._last is not None else QModelIndex()
            self.setCurrentIndex(last if last.isValid() else self.model().index(0, 0))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Draw both anew."""
        super().currentChanged(current, previous)
        self._last = self._lines.line(current) or self._last
        self.viewport().update()

    def _spread(self) -> None:
        room = self.viewport().width()
        if room <= 0:
            return
        widths = {part: u(self, width) for part, width in _WIDTHS.items()}
        for part in (Part.ROWS, Part.MONTHS):
            widths[part] = max(widths[part], self._widest(part))
        kept = list(Part)
        squeezed = (Part.REPORT, Part.SOURCE)
        for gone in _GO:
            least = sum(widths[part] * (_SHRINK if part in squeezed else 1) for part in kept)
            if least <= room:
                break
            kept.remove(gone)
        before = self.unread_parts()
        for part in Part:
            self.setColumnHidden(part, part not in kept)
        rest = room - sum(widths[part] for part in kept)
        if rest >= 0:
            self._widen(widths, kept, rest)
        else:
            self._squeeze(widths, [part for part in squeezed if part in kept], -rest)
        for part in kept:
            self.setColumnWidth(part, int(widths[part]))
        if before != self.unread_parts():
            self.columns_changed.emit()

    def _widen(self, widths: dict[Part, int], kept: list[Part], rest: int) -> None:
        """The file's name first, then what else is cut; what is left is the file's."""
        for part in (one for one in (Part.FILE, Part.REPORT, Part.SOURCE) if one in kept):
            more = min(max(self._widest(part) - widths[part], 0), rest)
            widths[part] += more
            rest -= more
        widths[Part.FILE] += rest

    def _measure_all(self) -> None:
        self._widths = {}
        self._measure(range(min(self._lines.found.rowCount(), _MEASURED)))

    def _changed_all(self) -> None:
        self._widths, self._waiting = {}, [range(_MEASURED)]
        self._soon.start()

    def _came(self, rows: range) -> None:
        if len(rows) == 1:
            self._measure(rows)
        else:
            self._waiting.append(rows)
            self._soon.start()

    def _spread_measured(self) -> None:
        waiting, self._waiting = self._waiting, []
        for rows in waiting:
            self._measure(rows)
        self._spread()

    def _changed(self, first: AnyIndex, last: AnyIndex) -> None:
        """Measure a row that changed; when all may have, what was measured holds."""
        if first.row() == last.row():
            self._measure(range(first.row(), first.row() + 1))

    def _measure(self, rows: range) -> None:
        """Note the widest texts of these rows, and share the room anew when one is wider than all before."""
        metrics = self.fontMetrics()
        for part in (Part.REPORT, Part.SOURCE, Part.MONTHS, Part.ROWS, Part.FILE):
            widest = max(map(metrics.horizontalAdvance, self._lines.texts(rows, part)), default=0)
            if widest > self._widths.get(part, 0):
                self._widths[part] = widest
                self._soon.start()

    def _widest(self, part: Part) -> int:
        widest = self._widths.get(part, 0)
        return min(widest + u(self, 2 * PADDING) + 4, u(self, _FILE if part is Part.FILE else _LONGEST))

    def _squeeze(self, widths: dict[Part, int], parts: list[Part], by: int) -> None:
        whole = sum(widths[part] for part in parts)
        left = by
        for part in parts:
            share = left if part is parts[-1] else by * widths[part] // whole
            widths[part] -= share
            left -= share
