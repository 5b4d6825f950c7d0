"""A message in its five parts: title, where, what it means for the numbers, what can be done, and folded details."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMargins, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.icons import pixmap, put
from nolcat_desktop.gui.notice import Choice, Level
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import for_window, level_word
from nolcat_desktop.problem import Problem


class MessageCard(QFrame):
    """Stands in a place; the first button is the one that Enter presses."""

    unfolded = Signal()
    """The details were opened or closed."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of a message
        self,
        problem: Problem,
        choices: Sequence[Choice] = (),
        level: Level = Level.SERIOUS,
        details: str = "",
        parent: QWidget | None = None,
        copies: bool = True,
    ) -> None:
        """Show `problem`.

        Args:
            problem: Title, meaning, remedy and, where known, where.
            choices: What can be done, the most likely first.
            level: Its glyph and word.
            details: For who is asked for help; folded, with a button to copy.
            parent: Owner.
            copies: Whether there is a button that copies all of it.
        """
        super().__init__(parent)
        kind(self, "card")
        problem, details = for_window(problem), details or problem.details
        self._problem, self._details, self._copies = problem, details, copies
        self.setAccessibleName(f"{level_word(level)}: {problem.title}")
        self.buttons = [self._button(choice) for choice in choices]
        self._level = level
        self._quiet: list[tuple[QPushButton, str]] = []
        glyph = self._glyph = QLabel(self)
        glyph.setAccessibleName(level_word(level))
        glyph.setToolTip(level_word(level))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._label(problem.title, "strong"))
        for text, look in ((problem.position or "", "muted"), (problem.meaning, ""), (problem.remedy, "")):
            if text:
                words.addWidget(self._label(text, look))
        words.addSpacing(8)
        self._foot = self._lay_foot()
        words.addLayout(self._foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._text = QPlainTextEdit(details, self)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Details"))
        self._text.hide()
        words.addWidget(self._text)
        self._dress()

    def text(self) -> str:
        """All of it, for the clipboard."""
        parts = (
            self._problem.title,
            self._problem.position,
            self._problem.meaning,
            self._problem.remedy,
            self._details,
        )
        return "\n".join(part for part in parts if part)

    def changeEvent(self, event: QEvent) -> None:
        """Wear the colours and sizes of the moment: a card may stand for long."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange} and hasattr(self, "_text"):
            self._dress()

    def _dress(self) -> None:
        self._glyph.setPixmap(pixmap(self._level.icon, self._level.role, 20))
        for button, name in self._quiet:
            put(button, name)
            button.setFixedHeight(u(button, 32))
        self._text.setFixedHeight(u(self, 120))

    def _label(self, text: str, look: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if look:
            kind(label, look)
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the buttons do not fit beside each other, Details and Copy stand below what can be done."""
        super().resizeEvent(event)
        self.turn_foot(self.width())

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of the two lines of buttons."""
        lines = [line.minimumSize().width() for line in self._lines]
        return QSize(self._beside() + max(lines), super().minimumSizeHint().height())

    def _beside(self) -> int:
        """Width (px) of what is not the buttons."""
        row = self.layout()
        around = row.contentsMargins() if row is not None else QMargins()
        return around.left() + around.right() + self._glyph.sizeHint().width() + (row.spacing() if row else 0)

    def turn_foot(self, width: int) -> None:
        """Lay the buttons out for so many px of width."""
        room = width - self._beside() - self._foot.spacing()
        fits = sum(line.minimumSize().width() for line in self._lines) <= room
        ways = QBoxLayout.Direction
        self._foot.setDirection(ways.LeftToRight if fits or not self.buttons else ways.TopToBottom)

    def _lay_foot(self) -> QBoxLayout:
        whole = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        whole.setSpacing(8)
        deeds, foot = self._lines = QHBoxLayout(), QHBoxLayout()
        for line in self._lines:
            line.setSpacing(8)
            whole.addLayout(line)
        for button in self.buttons:
            deeds.addWidget(button)
        if self.buttons:
            self.buttons[0].setDefault(True)
            self.setFocusProxy(self.buttons[0])
        if self._details:
            unfold = self._small(self.tr("Details"), "chevron-down")
            unfold.setCheckable(True)
            unfold.toggled.connect(self._unfold)
            foot.addWidget(unfold)
        if self._copies:
            copy = self._small(self.tr("Copy"), "copy")
            copy.setToolTip(self.tr("Copy this message"))
            copy.clicked.connect(self._copy)
            foot.addWidget(copy)
        foot.addStretch(1)
        whole.setStretch(1, 1)
        return whole

    def _small(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        kind(button, "quiet")
        button.setAccessibleName(text)
        self._quiet.append((button, name))
        return button

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text, self)
        button.setAccessibleName(choice.text)
        button.setAutoDefault(True)
        button.clicked.connect(lambda: choice.do())
        return button

    def _unfold(self, open_: bool) -> None:
        self._text.setVisible(open_)
        self._quiet[0] = (self._quiet[0][0], "chevron-up" if open_ else "chevron-down")
        self._dress()
        self.unfolded.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())


class CardSlot:
    """Where a place shows a message above the rest, one at a time."""

    def __init__(self, body: QVBoxLayout, parent: QWidget) -> None:
        """At the top of `body`."""
        self._body, self._parent = body, parent
        self.card: MessageCard | None = None

    def show(self, problem: Problem | None, choices: Sequence[Choice] = ()) -> None:
        """Show `problem` in place of the one before; None: nothing."""
        if self.card is not None:
            self._body.removeWidget(self.card)
            self.card.deleteLater()
            self.card = None
        if problem is not None:
            self.card = MessageCard(problem, choices, parent=self._parent)
            self._body.insertWidget(0, self.card)
