"""The button that says which columns are shown: a list to tick, with a plain name and the library's own for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from nolcat_desktop.gui.check_list import CheckList, Entry
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.icons import put
from nolcat_desktop.gui.theme import kind


class ColumnsMenu(QPushButton):
    """Drops a `CheckList` of columns."""

    chosen = Signal(list)
    """Keys of the columns that shall be shown; told when the list closes, and only when it changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A button without columns."""
        super().__init__(parent)
        self.setText(self.tr("Columns"))
        kind(self, "small")
        self.setAccessibleName(self.tr("Columns"))
        self.setToolTip(self.tr("Which columns are shown"))
        self.check_list = CheckList(self, self.tr("Columns"))
        self.check_list.everything.hide()
        self._before: list[str] = []
        self.check_list.closed.connect(self._closed)
        self.clicked.connect(self._drop)
        self.restyle()

    def set_columns(self, columns: Sequence[Column], shown: Collection[str], fixed: Collection[str]) -> None:
        """List `columns`; those of `shown` are ticked, those of `fixed` are always."""
        self.check_list.fill(
            Entry(column.key, f"{column.heading} ({column.key})", column.key in shown, column.key in fixed)
            for column in columns
        )
        self._before = self.check_list.ticked()

    def restyle(self) -> None:
        """Take the icon of the theme."""
        put(self, "columns")

    def _drop(self) -> None:
        self._before = self.check_list.ticked()
        self.check_list.drop_from(self)

    def _closed(self) -> None:
        keys = self.check_list.ticked()
        if keys != self._before:
            self._before = keys
            self.chosen.emit(keys)
