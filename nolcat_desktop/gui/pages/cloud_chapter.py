"""One chapter of the set-up: what it is for, what can be chosen, and what is there or would be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.cloud_words import tr
from nolcat_desktop.gui.pages.cloud_table import Mark, MarkedTable
from nolcat_desktop.gui.pages.coverage_facts import Fact, Heading
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

if TYPE_CHECKING:
    from nolcat_desktop.aws.setup import Row

_ACTIONS = {
    # What would be done, and how it is said before and after.
    "created": ("Will be made", "Made", "plus", "ok"),
    "updated": ("Will be changed", "Changed", "refresh", "info"),
    "exists": ("Is there", "Is there", "circle-check", "muted"),
    "kept": ("Stays", "Stays", "equal", "muted"),
    "removed": ("Removed", "Removed", "minus", "gone"),
}
_WAITS = ("Not confirmed yet", "Not confirmed yet", "alert-triangle", "check")
"""The same for an address whose owner has not followed the link in AWS's e-mail."""


class ChapterPane(QFrame):
    """A card."""

    edited = Signal()
    """A choice was changed: look again."""
    ask_again = Signal()
    """Whoever has not confirmed is to be asked once more."""

    def __init__(
        self, title: str, words: str, fields: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """An empty one.

        Args:
            title: Of the chapter.
            words: What it is for.
            fields: Name, word and example of what can be chosen.
            parent: Owner.
        """
        super().__init__(parent)
        kind(self, "card")
        self.setAccessibleName(title)
        head, said = QLabel(title, self), QLabel(words, self)
        kind(head, "section")
        kind(said, "muted")
        said.setWordWrap(True)
        self.edits: dict[str, QLineEdit] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        for row, (name, word, example) in enumerate(fields):
            self._field(row, name, word, example)
        headings = [
            Heading(tr("What will be done"), 148),
            Heading(tr("What"), 180),
            Heading(tr("Name")),
        ]
        self.table = MarkedTable(headings, title, self)
        self.table.set_least_widths({1: 480})
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.again = self._button(tr("Send the e-mail once more"), self.ask_again.emit)
        self.refresh = self._button(tr("Look again"), self.edited.emit)
        doing = QHBoxLayout()
        doing.addWidget(self.again)
        doing.addWidget(self.refresh)
        doing.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(12, 12, 12, 12)
        around.setSpacing(8)
        around.addWidget(head)
        around.addWidget(said)
        around.addLayout(self._grid)
        around.addWidget(self.table)
        around.addWidget(self.note)
        around.addLayout(doing)
        self.show_rows([], set())

    def show_rows(self, rows: Sequence[Row], done: set[tuple[str, str]]) -> None:
        """Show what is there or would be made; `done`: kind and name of what was made just now."""
        facts, marks = [], dict[object, Mark]()
        for row in rows:
            key = (row.kind, row.name)
            before, after, icon, role = _WAITS if row.is_waiting else _ACTIONS[row.action.value]
            is_done = key in done and row.action.value in {"created", "updated"}
            marks[key] = Mark("circle-check", "ok") if is_done and not row.is_waiting else Mark(icon, role)
            cells = (tr(after if is_done else before), row.kind, row.name)
            facts.append(Fact(cells, key, tip="\n".join(part for part in (row.name, row.arn, row.note) if part)))
        self.table.show_rows(facts, marks)
        self._fit()
        self.table.setVisible(bool(rows))
        notes = [f"{row.name}: {row.note}." for row in rows if row.note]
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))
        for button in (self.again, self.refresh):
            button.setVisible(any(row.is_waiting for row in rows))

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.table.restyle()
        self._fit()
        for edit in self.edits.values():
            edit.setMinimumWidth(u(self, 160))

    def _fit(self) -> None:
        """As high as the rows, so that only the page scrolls."""
        self.table.setMinimumHeight(0)
        self.table.fit()
        self.table.setMinimumHeight(self.table.maximumHeight())

    def _field(self, row: int, name: str, word: str, example: str) -> None:
        if not example:
            box = QCheckBox(word, self)
            box.setChecked(True)
            box.clicked.connect(lambda: self.edited.emit())
            self.boxes[name] = box
            self._grid.addWidget(box, row, 1)
            return
        label, edit = QLabel(word, self), QLineEdit(self)
        label.setBuddy(edit)
        edit.setAccessibleName(word)
        edit.setPlaceholderText(example)
        edit.editingFinished.connect(lambda: self._left(edit))
        self.edits[name] = edit
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(edit, row, 1)

    def _button(self, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        kind(button, "small")
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        return button

    def _left(self, edit: QLineEdit) -> None:
        if edit.isModified():
            edit.setModified(False)
            self.edited.emit()
