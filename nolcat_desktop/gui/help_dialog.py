"""Help for a place, the words used here, and the map of the keyboard: read beside the work, never in its way."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QPushButton, QTextBrowser, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from nolcat_desktop.gui.actions import plain
from nolcat_desktop.gui.find_edit import FindEdit
from nolcat_desktop.gui.scale import fit, u
from nolcat_desktop.gui.table_cells import CellDelegate

WORDS = "words"


def help_text(page: str) -> str:
    """The help for a place, or the words, as Markdown; in the program's language where it is there, else in English."""
    package = Path(str(files("nolcat_desktop")))
    inside = package / "_resources" / "help"
    folder = inside if inside.is_dir() else package.parent / "resources" / "help"
    languages = [QLocale().name().partition("_")[0], "en"]
    found = next((file for file in (folder / one / f"{page}.md" for one in languages) if file.is_file()), None)
    return found.read_text(encoding="utf-8") if found is not None else ""


class HelpDialog(QDialog):
    """One page of help; not modal."""

    def __init__(self, title: str, page: str, parent: QWidget) -> None:
        """Show `page`."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(title)
        self.text.setOpenExternalLinks(True)
        self.text.setMarkdown(help_text(page))
        _lay_out(self, self.text)
        fit(self, 640, 560)


class KeyboardDialog(QDialog):
    """Every shortcut, by menu, with a line to find by."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        """List those of `actions` that have a shortcut."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard map"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.finder = FindEdit(self.tr("Find a key or a word"), self)
        self.list = QTreeWidget(self)
        self.list.setAccessibleName(self.tr("Keyboard map"))
        self.list.setHeaderLabels([self.tr("Key"), self.tr("Does")])
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        for keys, words in [*_of_actions(actions), *self._everywhere()]:
            item = QTreeWidgetItem([keys, words])
            for column in (0, 1):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.list.setColumnWidth(0, u(self, 190))
        self.list.setItemDelegate(CellDelegate(self.list))
        self.list.setUniformRowHeights(True)
        self.finder.textChanged.connect(self._narrow)
        _lay_out(self, self.finder, self.list)
        fit(self, 560, 520)

    def _everywhere(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Arrow keys"), self.tr("Move within a table; Tab leaves it")),
            (self.tr("Space"), self.tr("Opens or closes a line, takes in or leaves out a report")),
            (self.tr("Enter"), self.tr("Opens what is current")),
            (self.tr("Menu key, Shift+F10"), self.tr("What can be done with it")),
            (self.tr("Esc"), self.tr("One step back: filter, panel, place")),
            (self.tr("Shift+arrow keys"), self.tr("Marks several cells or lines")),
        ]

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None:
                told = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in told for word in words))


def _of_actions(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    form = QKeySequence.SequenceFormat.NativeText
    return [
        (", ".join(keys.toString(form) for keys in action.shortcuts()), _does(action))
        for action in actions
        if action.shortcuts()
    ]


def _does(action: QAction) -> str:
    """Undo and redo name in the menu what they would take back now; here they stand for all of it."""
    words = plain(action.text())
    return words.split(": ")[0] if action.objectName() in {"undo", "redo"} else words


def _lay_out(dialog: QDialog, *widgets: QWidget) -> None:
    around = QVBoxLayout(dialog)
    around.setContentsMargins(16, 16, 16, 16)
    around.setSpacing(12)
    for widget in widgets:
        around.addWidget(widget, 0 if isinstance(widget, FindEdit) else 1)
    close = QPushButton(dialog.tr("Close"), dialog)
    close.setAccessibleName(dialog.tr("Close"))
    close.clicked.connect(dialog.close)
    around.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
