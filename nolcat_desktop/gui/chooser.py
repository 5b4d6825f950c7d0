"""Asking for files and folders with the system's own dialogs, each beginning where it was used last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from nolcat_desktop.gui.remembered import Remembered


class Chooser(QObject):
    """Remembers the folder of each dialog."""

    def __init__(self, remembered: Remembered, parent: QWidget) -> None:
        """Dialogs over `parent`."""
        super().__init__(parent)
        self._remembered = remembered
        self._over = parent

    def files(self, title: str = "") -> list[Path]:
        """Reports to open; none when the user thought better of it. `title` says what is looked for, if anything."""
        kinds = self.tr(
            "Reports (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.json *.xml *.zip *.tar "
            "*.tgz *.gz *.bz2 *.xz);;"
            "NoLCAT's database (*.sql *.gz *.bz2 *.xz *.zst);;All files (*)"
        )
        names, _ = QFileDialog.getOpenFileNames(self._over, title or self.tr("Open reports"), self._at("files"), kinds)
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

    def file(self, title: str, dialog: str, kinds: str) -> Path | None:
        """One file; None when the user thought better of it.

        Args:
            title: What it is for.
            dialog: A word by which its folder is remembered.
            kinds: Which files are shown, as `QFileDialog` wants it.
        """
        name, _ = QFileDialog.getOpenFileName(self._over, title, self._at(dialog), kinds)
        if not name:
            return None
        self._remembered.put(f"folder_of_{dialog}", str(Path(name).parent))
        return Path(name)

    def target(self, title: str, dialog: str, name: str, kinds: str) -> tuple[Path, str] | None:
        """Where to write a file, and the kind that was chosen; None when the user thought better of it.

        Args:
            title: What it is for.
            dialog: A word by which its folder is remembered.
            name: The name that is proposed.
            kinds: What it can be, as `QFileDialog` wants it; the first is proposed.
        """
        start = str(Path(self._at(dialog)) / name)
        chosen, kind = QFileDialog.getSaveFileName(self._over, title, start, kinds)
        if not chosen:
            return None
        self._remembered.put(f"folder_of_{dialog}", str(Path(chosen).parent))
        return Path(chosen), kind

    def _at(self, dialog: str) -> str:
        """The folder that was used last; before that, downloads for reports and documents for all else."""
        if last := self._remembered.get(f"folder_of_{dialog}", ""):
            return last
        return begin(downloads=dialog in {"files", "reports"})


def begin(downloads: bool = False) -> str:
    """Where a dialog begins that was never used: the user's documents, or what was downloaded."""
    known = QStandardPaths.StandardLocation
    folder = QStandardPaths.writableLocation(known.DownloadLocation if downloads else known.DocumentsLocation)
    return folder if folder and Path(folder).is_dir() else str(Path.home())
