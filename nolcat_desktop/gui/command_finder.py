"""Find a command (Ctrl+K): every action, place and setting by parts of its words, with its shortcut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from nolcat_desktop.gui.actions import plain
from nolcat_desktop.gui.command_delegate import REASON, SHORTCUT, CommandDelegate
from nolcat_desktop.gui.icons import icon
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

Index = QModelIndex | QPersistentModelIndex


class CommandModel(QAbstractListModel):
    """The actions, one a row."""

    def __init__(self, actions: Sequence[QAction], parent: QObject | None = None) -> None:
        """Show `actions`."""
        super().__init__(parent)
        self._actions = list(actions)

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of actions."""
        return 0 if parent is not None and parent.isValid() else len(self._actions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, shortcut, and why it cannot be done now."""
        if not index.isValid():
            return None
        action = self._actions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:  # first: it is asked for of every row when words are typed
            return plain(action.text())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        reason = str(action.property("reason") or "") if not action.isEnabled() else ""
        match role:
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return ", ".join(part for part in (plain(action.text()), keys, reason) if part)
            case Qt.ItemDataRole.DecorationRole:
                name = action.property("icon_name")
                return icon(name) if isinstance(name, str) else action.icon()
            case _:
                return {SHORTCUT: keys, REASON: reason}.get(role)

    def action(self, index: Index) -> QAction:
        """The action of a row."""
        return self._actions[index.row()]


class _ByWords(QSortFilterProxyModel):
    words: tuple[str, ...] = ()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Whether every word typed is part of the row's words."""
        text = str(self.sourceModel().index(row, 0, parent).data()).casefold()
        return all(word in text for word in self.words)


class CommandFinder(QDialog):
    """One line and a list; Enter does it, Esc goes."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        """Search `actions`."""
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setWindowTitle(self.tr("Find a command"))
        self.setAccessibleName(self.tr("Find a command"))
        self.model = CommandModel(actions, self)
        self._proxy = _ByWords(self)
        self._proxy.setSourceModel(self.model)
        self.line, self.list, self._none = QLineEdit(self), QListView(self), QLabel(self)
        self.line.setPlaceholderText(self.tr("What do you want to do?"))
        self.line.setAccessibleName(self.tr("Find a command"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._narrow)
        self.list.setModel(self._proxy)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setItemDelegate(CommandDelegate(self.list))
        self.list.activated.connect(self._do)
        self.list.clicked.connect(self._do)
        self._none.setText(self.tr("No command has these words."))
        kind(self._none, "muted")
        around = QVBoxLayout(self)
        around.setContentsMargins(8, 8, 8, 8)
        for widget in (self.line, self.list, self._none):
            around.addWidget(widget)
        self._narrow("")
        self.setFixedSize(min(u(self, 520), parent.width() - 16), min(u(self, 380), parent.height() - 32))
        self.line.setFocus()

    def open_over(self, window: QWidget) -> None:
        """Open at the top middle of `window`."""
        corner = window.mapToGlobal(window.rect().center())
        self.move(corner.x() - self.width() // 2, window.mapToGlobal(window.rect().topLeft()).y() + u(self, 60))
        self.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter in the line work in the list."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._do(self.list.currentIndex())
                    return True
                case _:
                    pass
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        row = max(0, min(self._proxy.rowCount() - 1, self.list.currentIndex().row() + by))
        self.list.setCurrentIndex(self._proxy.index(row, 0))

    def _narrow(self, text: str) -> None:
        self._proxy.words = tuple(text.casefold().split())
        self._proxy.invalidate()
        self.list.setCurrentIndex(self._proxy.index(0, 0))
        self._none.setVisible(self._proxy.rowCount() == 0)

    def _do(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        action = self.model.action(self._proxy.mapToSource(index))
        if action.isEnabled():
            self.accept()
            action.trigger()
