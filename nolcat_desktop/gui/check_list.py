"""A list of things to tick, with a search, that drops down from a button: columns, sources, metrics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.analysis.conditions import plain
from nolcat_desktop.gui.filters import plainly
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind, row_height

_KEY, _PLAIN = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_SHOWN_ROWS, _WIDTH = 12, 340


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to tick."""

    key: str
    text: str
    ticked: bool
    fixed: bool = False
    """It cannot be changed."""


class CheckList(QFrame):
    """Told at each tick; closed by Esc or a click beside it."""

    changed = Signal(list)
    """Keys of all that are ticked, in the order of the list."""
    closed = Signal()

    def __init__(self, parent: QWidget, name: str, most: int = 0) -> None:
        """Make an empty one.

        Args:
            parent: The button it drops down from.
            name: What is listed, for a screen reader and the search.
            most: At most so many can be ticked; 0: all.
        """
        super().__init__(parent, Qt.WindowType.Popup)
        self._most, self._filling = most, False
        self._can_search = True
        self.setAccessibleName(name)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search: {name}").format(name=name))
        self.search.installEventFilter(self)
        self.model = QStandardItemModel(self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self.model)
        self._found.setFilterRole(_PLAIN)
        self.list = QListView(self)
        self.list.setModel(self._found)
        self.list.setAccessibleName(name)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.activated.connect(self._toggle)
        self.everything = QPushButton(self.tr("All"), self)
        kind(self.everything, "small")
        self.everything.setAccessibleName(self.tr("Tick all: {name}").format(name=name))
        self.everything.clicked.connect(self._tick_all)
        self._lay_out(most == 0)
        self.search.textChanged.connect(self._narrow)
        self.model.itemChanged.connect(self._ticked)

    def fill(self, entries: Iterable[Entry]) -> None:
        """List `entries`."""
        self._filling = True
        self.model.clear()
        for entry in entries:
            item = QStandardItem(entry.text)
            item.setData(entry.key, _KEY)
            item.setCheckable(True)
            item.setEditable(False)
            item.setEnabled(not entry.fixed)
            item.setToolTip(entry.text)
            item.setCheckState(Qt.CheckState.Checked if entry.ticked else Qt.CheckState.Unchecked)
            self.model.appendRow(item)
        self._filling = self._can_search = False
        self._narrow(self.search.text())
        self.list.setCurrentIndex(self._found.index(0, 0))

    def ticked(self) -> list[str]:
        """Keys of all that are ticked."""
        items = (self.model.item(row) for row in range(self.model.rowCount()))
        return [str(item.data(_KEY)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def set_ticked(self, keys: Sequence[str]) -> None:
        """Tick exactly `keys`, without telling."""
        self._filling = True
        for row in range(self.model.rowCount()):
            item = self.model.item(row)
            wanted = Qt.CheckState.Checked if item.data(_KEY) in keys else Qt.CheckState.Unchecked
            if item.checkState() != wanted:
                item.setCheckState(wanted)
        self._filling = False

    def drop_from(self, button: QWidget) -> None:
        """Show it under `button`, within the screen."""
        self.search.clear()
        rows = min(max(self.model.rowCount(), 3), _SHOWN_ROWS)
        self.list.setFixedHeight(rows * row_height(self) + 4)
        width = max(button.width(), u(self, _WIDTH))
        self.setFixedWidth(width)
        self.adjustSize()
        area = button.screen().availableGeometry()
        at = button.mapToGlobal(QPoint(0, button.height() + 2))
        left = max(area.left(), min(at.x(), area.right() - width))
        self.move(left, max(area.top(), min(at.y(), area.bottom() - self.height())))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search to the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            down = event.key() == Qt.Key.Key_Down
            if down:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return down
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it closed."""
        super().hideEvent(event)
        self.closed.emit()

    def _lay_out(self, with_all: bool) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(8, 8, 8, 8)
        around.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.everything)
        self.everything.setVisible(with_all)
        around.addLayout(top)
        around.addWidget(self.list)

    def _narrow(self, text: str) -> None:
        """Show what contains `text`; what is searched in is made ready when somebody searches, which few do."""
        if text and not self._can_search:
            items = [self.model.item(row) for row in range(self.model.rowCount())]
            self._filling = self._can_search = True
            for item, bare in zip(items, plainly([item.text() for item in items]), strict=True):
                item.setData(bare, _PLAIN)
            self._filling = False
        self._found.setFilterFixedString(plain(text))

    def _toggle(self, index: QModelIndex) -> None:
        item = self.model.itemFromIndex(self._found.mapToSource(index))
        ticked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _ticked(self, item: QStandardItem) -> None:
        if self._filling:
            return
        keys = self.ticked()
        if self._most and len(keys) > self._most:
            self.set_ticked(
                [key for key in keys if key == item.data(_KEY)] + [key for key in keys if key != item.data(_KEY)][1:]
            )
            keys = self.ticked()
        self.changed.emit(keys)

    def _tick_all(self) -> None:
        self.set_ticked([str(self.model.item(row).data(_KEY)) for row in range(self.model.rowCount())])
        self.changed.emit(self.ticked())
