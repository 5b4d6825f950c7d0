"""A question over the window in the form of every message: what happened, where, for the numbers, and the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice, Level
from nolcat_desktop.gui.scale import FRAME, u
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.problem import Problem

_WIDTH = 480
"""In u."""


class AnswerBox(QDialog):
    """Each answer closes it; Enter gives the first unless another is named, Esc and closing it the last."""

    def __init__(  # noqa: PLR0913 - what can be said of a question
        self,
        parent: QWidget,
        problem: Problem,
        answers: Sequence[Choice],
        *,
        level: Level = Level.CHECK,
        details: str = "",
        first: int = 0,
        copies: bool = True,
    ) -> None:
        """Ask; not shown before `open`.

        Args:
            parent: The window that waits for an answer.
            problem: What is asked, in the parts of a message.
            answers: What can be answered; the last changes nothing.
            level: Its glyph.
            details: Folded; empty: none.
            first: The answer that Enter gives.
            copies: Whether the words can be copied.
        """
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(QCoreApplication.applicationName() or "NoLCAT Desktop")
        self.setAccessibleName(problem.title)
        self._title, self._last = problem.title, answers[-1].do
        self.card = MessageCard(problem, [self._answer(one) for one in answers], level, details, self, copies)
        kind(self.card, "plain")
        self.card.unfolded.connect(self._fit)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 4, 0, 4)
        around.addWidget(self.card)
        for button in self.card.buttons:
            button.setDefault(False)
        self.card.buttons[first].setDefault(True)
        self.card.buttons[first].setFocus()
        self._fit()

    def text(self) -> str:
        """What is asked."""
        return self._title

    def buttons(self) -> list[QPushButton]:
        """The answers, in their order."""
        return self.card.buttons

    def reject(self) -> None:
        """Esc, or closed: the last answer."""
        super().reject()
        self._last()

    def _answer(self, choice: Choice) -> Choice:
        def do() -> None:
            self.accept()
            choice.do()

        return Choice(choice.text, do)

    def _fit(self) -> None:
        """As high as the words need at that width."""
        room = self.screen().availableSize() - FRAME
        layout = self.layout()
        width = min(max(u(self, _WIDTH), self.card.minimumSizeHint().width()), room.width())
        self.card.turn_foot(width)
        high = layout.totalHeightForWidth(width) if layout is not None else 0
        self.resize(QSize(width, high).boundedTo(room))
