"""The buttons at the top right of Add reports: they follow what is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from nolcat_desktop.gui.header import Header
from nolcat_desktop.gui.pages.add_words import how_many_reports, tr


class Head(QObject):
    """Makes the actions; the primary one says how many reports it will add."""

    files_asked = Signal()
    folder_asked = Signal()
    place_asked = Signal(str)

    def __init__(self, header: Header, add: Callable[[], None], parent: QObject) -> None:
        """Put the first buttons into `header`; `add` is what the primary one does."""
        super().__init__(parent)
        self._header = header
        self.add = self._action(tr("Add reports"), "check", add)
        self._open = self._action(tr("Open…"), "file-plus", self.files_asked.emit)
        self._open_folder = self._action(tr("Open folder…"), "folder-open", self.folder_asked.emit)
        self._to_library = self._action(tr("See in Library"), "layout-grid", lambda: self.place_asked.emit("library"))
        self._to_data = self._action(tr("Look at data"), "table", lambda: self.place_asked.emit("data"))

        header.prepare((self._to_library,), (self.add, self._to_data))

    def show_review(self, title: str, chosen: int, can_add: bool) -> None:
        """While reports are reviewed."""
        self.add.setText(tr("Add {reports}").format(reports=how_many_reports(chosen)))
        self.add.setEnabled(chosen > 0 and can_add)
        self._show(title, [self._open, self._open_folder], self.add)

    def show_done(self, title: str) -> None:
        """After adding."""
        self._show(title, [self._open, self._to_library], self._to_data)

    def show_empty(self, title: str) -> None:
        """While there is nothing."""
        self._show(title, [self._open, self._open_folder], None)

    def _show(self, title: str, ordinary: list[QAction], primary: QAction | None) -> None:
        self._header.set_title(title)
        self._header.set_actions(ordinary, primary)

    def _action(self, text: str, icon_name: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setProperty("icon_name", icon_name)
        action.triggered.connect(lambda *_: do())
        return action
