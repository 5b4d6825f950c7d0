"""Looking after the library: reading all of it to see that it is whole, and freeing what earlier versions take."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QPushButton

from nolcat_desktop.dataset import Fault, Library, Tidying
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.library_work import LibraryWork, Work
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.window import Window


class Upkeep(QObject):
    """Belongs to one window."""

    def __init__(self, window: Window) -> None:
        """Look after the library of `window`."""
        super().__init__(window)
        self._window = window
        self._work = LibraryWork(window.context, self)
        self._work.said.connect(window.say)

    def check(self) -> None:
        """Read everything in the library, and say what is wrong."""
        work = Work(self.tr("Checking the library"), Library.verify, told=True)
        self._work.look(work, self._checked, quiet=False)

    def tidy(self) -> None:
        """Say what would be freed, and ask: this is the one thing that cannot be taken back."""
        self._work.look(Work(self.tr("Looking"), Library.tidying), self._ask)

    def _checked(self, faults: list[Fault]) -> None:
        if not faults:
            self._window.say(Notice(self.tr("The library was checked: everything in it is whole."), Level.OK))
            return
        text = self.tr("The check found {n} things, first: {first}").format(n=number(len(faults)), first=faults[0])
        self._window.say(Notice(text, Level.SERIOUS, (Choice(self.tr("Show all"), self._window.show_activity),)))

    def _ask(self, found: Tidying) -> None:
        if not (found.versions or found.entries):
            self._window.say(Notice(self.tr("There is nothing to tidy up: no earlier version takes any room.")))
            return
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Tidy up"))
        box.setText(self.tr("Free {size} of earlier versions").format(size=size_words(found.bytes_of_versions)))
        told = self.tr(
            "{n} entries of the history cannot be taken back afterwards. Your numbers and the original files stay."
        )
        box.setInformativeText(told.format(n=number(len(found.entries))))
        free, stay = QPushButton(self.tr("Tidy up"), box), QPushButton(self.tr("Cancel"), box)
        for button in (free, stay):
            button.setAccessibleName(button.text())
            box.addButton(button, QMessageBox.ButtonRole.ActionRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        free.clicked.connect(self._tidy)
        box.finished.connect(box.deleteLater)
        box.open()

    def _tidy(self) -> None:
        self._work.change(Work(self.tr("Tidying up"), Library.tidy), self._tidied)

    def _tidied(self, freed: Tidying) -> None:
        text = self.tr("Freed {size}. Your numbers are as they were.")
        self._window.say(Notice(text.format(size=size_words(freed.bytes_of_versions))))


def size_words(size: int) -> str:
    """`1.1 MB`."""
    value, unit = float(size), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if value < 1000 or unit == "GB":  # noqa: PLR2004 - the next unit
            break
        value /= 1000
    return f"{number(round(value))} {unit}" if unit == "B" or value >= 10 else f"{value:.1f} {unit}"  # noqa: PLR2004
