"""What a look at the library brought up, as a list with the words about the current line below; not modal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.cloud_table import Mark, MarkedTable
from nolcat_desktop.gui.pages.coverage_facts import Fact, Heading
from nolcat_desktop.gui.rebuild_words import Found
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import for_window

FRAME = QSize(8, 40)
"""What the system puts around a window, about."""


class FoundDialog(QDialog):
    """A sentence, the lines, what the current one means and what can be done."""

    def __init__(
        self, title: str, sentence: str, found: Sequence[Found], parent: QWidget, choice: Choice | None = None
    ) -> None:
        """Show `found`.

        Args:
            title: Of the window.
            sentence: How it stands.
            found: The lines.
            parent: Owner.
            choice: The one thing that can be done about it; closes the dialog.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found, self._sentence = tuple(found), sentence
        self.sentence = _words(sentence, self, "section")
        headings = [Heading(self.tr("What was found"), 320), Heading(self.tr("Where"), sentence=True)]
        self.table = MarkedTable(headings, self.tr("What was found"), self)
        self.card = QFrame(self)
        kind(self.card, "card")
        self._title, self._meaning = _words("", self.card, "strong"), _words("", self.card)
        self._remedy, self._path = _words("", self.card), _words("", self.card, "muted")
        self._details = _words("", self.card, "muted")
        words = QVBoxLayout(self.card)
        words.setContentsMargins(16, 12, 16, 12)
        words.setSpacing(4)
        for label in (self._title, self._path, self._meaning, self._remedy, self._details):
            words.addWidget(label)
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(12)
        around.addWidget(self.sentence)
        around.addWidget(self.table, 1)
        around.addWidget(self.card)
        around.addLayout(self._foot(choice))
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        facts = [Fact((one.word, one.what), at, tip=one.path) for at, one in enumerate(self._found)]
        self.table.show_rows(facts, {at: Mark(one.icon, one.role) for at, one in enumerate(self._found)})
        self._tell()
        self.resize(fitting(self, 720, 480))

    def text(self) -> str:
        """All of it, for the clipboard."""
        lines = [self._sentence]
        for one in self._found:
            lines.append(f"{one.word}: {one.what} ({one.path})")
            if one.problem is not None:
                lines.append(f"  {one.problem.title}. {one.problem.meaning} {for_window(one.problem).remedy}")
                lines += [f"  {one.problem.details}"] if one.problem.details else []
        return "\n".join(lines)

    def _tell(self) -> None:
        key = self.table.current_key()
        one = self._found[key] if isinstance(key, int) else None
        self.card.setVisible(one is not None)
        if one is not None:
            told = for_window(one.problem) if one.problem is not None else None
            texts = (told.title, told.meaning, told.remedy) if told is not None else (one.word, "", "")
            for label, text in zip((self._title, self._meaning, self._remedy), texts, strict=True):
                label.setText(text)
                label.setVisible(bool(text))
            self._path.setText(one.path)
            self._details.setText(told.details if told is not None else "")
        self.unfold.setVisible(bool(self._details.text()))
        self._details.setVisible(self.unfold.isChecked() and bool(self._details.text()))

    def _do(self, choice: Choice) -> None:
        self.close()
        choice.do()

    def _foot(self, choice: Choice | None) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.do, self.copy = QPushButton(self), QPushButton(self.tr("Copy"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.unfold = QPushButton(self.tr("Details"), self)
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._tell)
        if choice is not None:
            self.do.setText(choice.text)
            kind(self.do, "primary")
            self.do.clicked.connect(lambda: self._do(choice))
        self.do.setVisible(choice is not None)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.close_button.clicked.connect(self.close)
        for button in (self.do, self.copy, self.unfold, self.close_button):
            button.setAccessibleName(button.text() or self.tr("Nothing to do"))
        foot.addWidget(self.copy)
        foot.addWidget(self.unfold)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.do)
        return foot


def fitting(dialog: QWidget, width: int, height: int) -> QSize:
    """A size in u, no larger than the screen has room for."""
    return QSize(u(dialog, width), u(dialog, height)).boundedTo(dialog.screen().availableSize() - FRAME)


def _words(text: str, parent: QWidget, look: str = "") -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if look:
        kind(label, look)
    return label
