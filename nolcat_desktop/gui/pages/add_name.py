"""What the library is called: asked once, with what the first report says as a proposal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.counter.text import loose
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.theme import kind

_NAMED = 4


class NameLine(QFrame):
    """One line over the review; it goes when it was answered or put away."""

    answered = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Hidden at first."""
        super().__init__(parent)
        kind(self, "card")
        self._context = context
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(tr("Name of this library"))
        self.edit.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.edit.returnPressed.connect(self._keep)
        label = QLabel(tr("What is this &library called?"), self)
        label.setBuddy(self.edit)
        self.use, self.later = QPushButton(tr("Use this name"), self), QPushButton(tr("No name"), self)
        self.others = QLabel(self)
        self.others.setWordWrap(True)
        self.others.setTextFormat(Qt.TextFormat.PlainText)
        kind(self.others, "muted")
        around, row = QVBoxLayout(self), QHBoxLayout()
        around.setContentsMargins(12, 8, 12, 8)
        around.setSpacing(4)
        around.addLayout(row)
        around.addWidget(self.others)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.edit, 1)
        for button, do in ((self.use, self._keep), (self.later, self._put_away)):
            kind(button, "small")
            button.setAccessibleName(button.text())
            button.clicked.connect(do)
            row.addWidget(button)
        self.hide()

    def offer(self, lines: Sequence[Line], wanted: bool) -> None:
        """Ask when nobody was asked yet, and a report says whose it is."""
        folder, context = self._context.library_folder, self._context
        known = folder is None or folder == context.sample_folder or context.remembered.get(self._asked(), False)
        named = [line.reviewed.institution.strip() for line in lines if line.fate is not Fate.CANNOT]
        found = _counted(name for name in named if name)
        shown = wanted and not known and bool(found)
        if shown and not self.edit.isModified() and self.edit.text() != found[0][0]:
            self.edit.setText(found[0][0])
        self.others.setText(_several_words(found))
        self.others.setVisible(len(found) > 1)
        self.setVisible(shown)

    def _keep(self) -> None:
        if self.edit.text().strip():
            self._context.put_name(self.edit.text().strip())
        self._put_away()

    def _put_away(self) -> None:
        self._context.remembered.put(self._asked(), True)
        self.edit.clear()
        self.hide()
        self.answered.emit()

    def _asked(self) -> str:
        return f"name was asked {self._context.library_folder}"


def _counted(names: Iterable[str]) -> list[tuple[str, int]]:
    """Each institution as it is first written, with its reports; the one with the most first."""
    written: dict[str, str] = {}
    counts = Counter[str]()
    for name in names:
        counts[written.setdefault(loose(name), name)] += 1
    return counts.most_common()


def _several_words(found: Sequence[tuple[str, int]]) -> str:
    """That the reports are not all of one institution."""
    listed = ", ".join(f"{name} ({number(count)})" for name, count in found[:_NAMED])
    more = tr(" and {n} more").format(n=number(len(found) - _NAMED)) if len(found) > _NAMED else ""
    told = tr("The reports name {n} institutions: {names}. Their uses are added up here: leave out what is not yours.")
    return told.format(n=number(len(found)), names=f"{listed}{more}")
