"""The line that finds a text in the rows shown: Ctrl+F, F3, Shift+F3."""

from __future__ import annotations

import polars as pl
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from nolcat_desktop.analysis.finding import found_rows, next_found
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.icons import icon
from nolcat_desktop.gui.pages.data_table import UsageTable
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import kind

_TYPING_MS = 250


class FindLine(QFrame):
    """Hidden until it is asked for."""

    closed = Signal()

    def __init__(self, table: UsageTable, runner: TaskRunner, parent: QWidget | None = None) -> None:
        """Find in `table`."""
        super().__init__(parent)
        self._table, self._runner = table, runner
        self._found: pl.Series | None = None
        self._turn, self._origin = 0, 0
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText(self.tr("Find"))
        self.edit.setAccessibleName(self.tr("Find in the rows shown"))
        self.edit.installEventFilter(self)
        self.told = QLabel(self)
        kind(self.told, "muted")
        self.previous = self._button("chevron-up", self.tr("Previous (Shift+F3)"))
        self.next = self._button("chevron-down", self.tr("Next (F3)"))
        self.close_button = self._button("x", self.tr("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.edit, 1)
        row.addWidget(self.told)
        for button in (self.previous, self.next, self.close_button):
            row.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self.look)
        self.edit.textChanged.connect(self._typed)
        self.next.clicked.connect(lambda: self.go())
        self.previous.clicked.connect(lambda: self.go(backwards=True))
        self.close_button.clicked.connect(self.dismiss)
        self.restyle()
        self.hide()

    def open(self) -> None:
        """Show it, ready to type."""
        self._origin = max(self._table.currentIndex().row(), 0) - 1
        self.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def dismiss(self) -> None:
        """Hide it; the focus goes to the table."""
        self.hide()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def forget(self) -> None:
        """The rows changed: what was found stands elsewhere now."""
        self._turn += 1
        self._found = None
        self.told.clear()
        if self.isVisible() and self.edit.text().strip():
            self._timer.start()

    def look(self) -> None:
        """Look for what is typed, off the window's thread, and go to the first."""
        self._timer.stop()
        text, model = self.edit.text().strip(), self._table.usage
        self._turn += 1
        turn = self._turn
        if not text:
            self._found = None
            self.told.clear()
            return
        frame, rows = model.frame, model.rows
        keys = [column.key for n, column in enumerate(model.columns) if not self._table.isColumnHidden(n)]

        def take(found: pl.Series) -> None:
            if turn == self._turn:
                self._found = found
                self._move(next_found(found, self._origin))

        self._runner.start(
            self.tr("Finding"), lambda _progress: found_rows(frame, rows, keys, text), done=take, quiet=True
        )

    def go(self, backwards: bool = False) -> None:
        """The next or previous row that holds it."""
        if self._found is None:
            self.look()
            return
        self._move(next_found(self._found, max(self._table.currentIndex().row(), 0), backwards))

    def restyle(self) -> None:
        """Take the icons of the theme."""
        for button in (self.previous, self.next, self.close_button):
            button.setIcon(icon(str(button.property("icon_name"))))
            button.setIconSize(QSize(u(self, 16), u(self, 16)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Down goes to the table, Esc closes."""
        if watched is self.edit and isinstance(event, QKeyEvent):
            keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape}
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
            elif event.type() == QEvent.Type.KeyPress and event.key() in keys:
                return self._pressed(Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key, shift: bool) -> bool:
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key == Qt.Key.Key_Down:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go(backwards=shift)
        return True

    def _typed(self) -> None:
        self._found = None
        self._turn += 1
        self._timer.start()

    def _move(self, place: int | None) -> None:
        if self._found is None or place is None:
            self.told.setText(self.tr("No row holds “{text}”").format(text=self.edit.text().strip()))
            return
        row = int(self._found[place])
        column = max(self._table.currentIndex().column(), 0)
        self._table.setCurrentIndex(self._table.usage.index(row, column))
        self._table.selectRow(row)
        told = self.tr("{n} of {all} rows")
        self.told.setText(told.format(n=number(place + 1), all=number(len(self._found))))

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(self)
        kind(button, "quiet")
        button.setProperty("icon_name", name)
        button.setAccessibleName(words)
        button.setToolTip(words)
        return button
