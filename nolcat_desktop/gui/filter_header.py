"""A table's header with a row of filters under the headings; they move, hide and grow with their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView

from nolcat_desktop.analysis.conditions import UnreadableError
from nolcat_desktop.gui.filters import fault_text, help_text, placeholder, read_filter
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import PADDING
from nolcat_desktop.gui.theme import role

HEADING, FILTERS, EDIT, ARROW = 28, 30, 26, 14
"""Heights in u of the headings, of the row under them and of a filter in it; edge of the arrow."""
_TYPING_MS = 250


class FilterHeader(QHeaderView):
    """Headings that are clicked to sort, over one line edit for each column."""

    filters_changed = Signal()
    """What is typed changed, and can be read or is empty."""
    went_down = Signal()
    """Down was pressed in a filter: the table is meant."""
    sort_asked = Signal(str)
    """A heading was clicked, with the column's key."""

    def __init__(self, view: QTableView) -> None:
        """For `view`, whose horizontal header it becomes."""
        super().__init__(Qt.Orientation.Horizontal, view)
        self._columns: tuple[Column, ...] = ()
        self._edits: dict[str, QLineEdit] = {}
        self._sorting: tuple[str, bool] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self.filters_changed)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.sectionClicked.connect(self._clicked)
        for signal in (self.sectionResized, self.sectionMoved, self.geometriesChanged, self.sectionCountChanged):
            signal.connect(self._place)
        view.horizontalScrollBar().valueChanged.connect(self._place)
        self._heights()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Have a filter for each of `columns`; what was typed over a column that stays is kept."""
        self._columns = tuple(columns)
        keys = {column.key for column in columns}
        for key in [key for key in self._edits if key not in keys]:
            self._edits.pop(key).deleteLater()
        for column in columns:
            if column.key not in self._edits:
                self._edits[column.key] = self._edit(column)
        for before, after in pairwise(columns):
            self.setTabOrder(self._edits[before.key], self._edits[after.key])
        self._place()

    def typed(self) -> Mapping[str, str]:
        """Column's key → what is typed over it, where something is."""
        return {column.key: text for column in self._columns if (text := self._edits[column.key].text().strip())}

    def type_in(self, key: str, text: str) -> None:
        """Put `text` over the column `key` and tell at once."""
        edit = self._edits.get(key)
        if edit is not None and edit.text() != text:
            edit.setText(text)
            self._timer.stop()
            self.filters_changed.emit()

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Have exactly `typed` over the columns, as far as they are there, without telling."""
        for key, edit in self._edits.items():
            edit.setText(typed.get(key, ""))
        self._timer.stop()

    def clear(self) -> None:
        """Empty every filter."""
        for edit in self._edits.values():
            edit.clear()
        self._timer.stop()
        self.filters_changed.emit()

    def focus_filter(self, key: str) -> None:
        """Go to the filter over the column `key`."""
        if key in self._edits:
            self._edits[key].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._edits[key].selectAll()

    def edits(self) -> tuple[QLineEdit, ...]:
        """The filters in the order of the columns."""
        return tuple(self._edits[column.key] for column in self._columns)

    def set_sorting(self, key: str | None, descending: bool = False) -> None:
        """Show the arrow at the column `key`; None: as stored."""
        self._sorting = None if key is None else (key, descending)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Headings and filters."""
        return QSize(super().sizeHint().width(), u(self, HEADING + FILTERS))

    def updateGeometries(self) -> None:
        """Put the filters under their headings."""
        super().updateGeometries()
        self._place()

    def restyle(self) -> None:
        """Take sizes of the theme."""
        self._heights()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes to the table, Esc clears a filter that is not empty."""
        if isinstance(watched, QLineEdit):
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape and watched.text():
                    event.accept()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._pressed(watched, event.key())
            elif event.type() == QEvent.Type.FocusIn:
                self._show_section(watched)
        return super().eventFilter(watched, event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Heading and arrow above, the filter's ground below, and a line where the rows are filtered."""
        painter.save()
        painter.fillRect(rect, role(Role.WINDOW))
        column = self._columns[logicalIndex] if logicalIndex < len(self._columns) else None
        top = QRect(rect.left(), rect.top(), rect.width(), u(self, HEADING))
        if column is not None:
            self._paint_heading(painter, top, column)
            if self._is_filtered(column.key):
                painter.fillRect(rect.left() + 1, rect.bottom() - 2, rect.width() - 2, 3, role(Role.ACCENT))
        painter.setPen(QPen(role(Role.HAIRLINE), 1))
        painter.drawLine(rect.right(), rect.top() + 4, rect.right(), top.bottom() - 4)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, column: Column) -> None:
        padding = u(self, PADDING)
        room = rect.adjusted(padding, 0, -padding, 0)
        if self._sorting is not None and self._sorting[0] == column.key:
            edge = u(self, ARROW)
            picture = pixmap("chevron-down" if self._sorting[1] else "chevron-up", Role.ACCENT, ARROW)
            left = room.left() if column.is_right else room.right() - edge
            painter.drawPixmap(left, rect.center().y() - edge // 2, picture)
            room = room.adjusted(edge + 2, 0, 0, 0) if column.is_right else room.adjusted(0, 0, -edge - 2, 0)
        side = Qt.AlignmentFlag.AlignRight if column.is_right else Qt.AlignmentFlag.AlignLeft
        painter.setPen(role(Role.MUTED))
        text = painter.fontMetrics().elidedText(column.heading, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _edit(self, column: Column) -> QLineEdit:
        edit = QLineEdit(self.viewport())
        edit.setPlaceholderText(placeholder(column.kind))
        edit.setToolTip(help_text(column.kind))
        edit.setAccessibleName(self.tr("Filter {column}").format(column=column.heading))
        edit.setAccessibleDescription(help_text(column.kind))
        edit.installEventFilter(self)
        edit.textChanged.connect(lambda text: self._edited(column, edit, text))
        edit.returnPressed.connect(self._now)
        return edit

    def _edited(self, column: Column, edit: QLineEdit, text: str) -> None:
        try:
            read_filter(column, text)
            edit.setToolTip(help_text(column.kind))
        except UnreadableError:
            edit.setToolTip(fault_text(column, text))
        self._timer.start()
        self.viewport().update()

    def _now(self) -> None:
        self._timer.stop()
        self.filters_changed.emit()

    def _is_filtered(self, key: str) -> bool:
        return bool(self._edits[key].text().strip())

    def _pressed(self, edit: QLineEdit, key: int) -> bool:
        if key == Qt.Key.Key_Down:
            self._now()
            self.went_down.emit()
            return True
        if key == Qt.Key.Key_Escape and edit.text():
            edit.clear()
            self._now()
            return True
        return False

    def _clicked(self, section: int) -> None:
        if 0 <= section < len(self._columns):
            self.sort_asked.emit(self._columns[section].key)

    def _show_section(self, edit: QLineEdit) -> None:
        view = self.parent()
        for section, column in enumerate(self._columns):
            if self._edits[column.key] is edit and isinstance(view, QTableView):
                view.scrollTo(view.model().index(max(view.currentIndex().row(), 0), section))

    def _heights(self) -> None:
        self.setMinimumSectionSize(u(self, 48))
        self.setFixedHeight(u(self, HEADING + FILTERS))

    def _place(self) -> None:
        top, height = u(self, HEADING) + u(self, (FILTERS - EDIT) / 2), u(self, EDIT)
        for section, column in enumerate(self._columns):
            edit = self._edits[column.key]
            if section >= self.count() or self.isSectionHidden(section) or self.sectionSize(section) == 0:
                edit.hide()
                continue
            left = self.sectionViewportPosition(section)
            edit.setGeometry(left + 2, top, max(self.sectionSize(section) - 4, 1), height)
            edit.show()
