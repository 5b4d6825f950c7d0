"""Asking for files and folders with the system's own dialogs, each beginning where it was used last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from nolcat_desktop.gui.remembered import Remembered


class Chooser(QObject):
    """Remembers the folder of each dialog."""

    def __init__(self, remembered: Remembered, parent: QWidget) -> None:
        """Dialogs over `parent`."""
        super().__init__(parent)
        self._remembered = remembered
        self._over = parent

    def files(self) -> list[Path]:
        """Reports to open; none when the user thought better of it."""
        kinds = self.tr("Reports (*.xlsx *.xlsm *.csv *.tsv *.txt *.json *.zip);;All files (*)")
        names, _ = QFileDialog.getOpenFileNames(self._over, self.tr("Open reports"), self._at("files"), kinds)
        if names:
            self._remembered.put("folder_of_files", str(Path(names[0]).parent))
        return [Path(name) for name in names]

    def folder(self, title: str, dialog: str) -> Path | None:
        """A folder; None when the user thought better of it.

        Args:
            title: What it is for.
            dialog: A word by which the folder is remembered.
        """
        name = QFileDialog.getExistingDirectory(self._over, title, self._at(dialog))
        if not name:
            return None
        self._remembered.put(f"folder_of_{dialog}", name)
        return Path(name)

    def _at(self, dialog: str) -> str:
        return self._remembered.get(f"folder_of_{dialog}", "")
