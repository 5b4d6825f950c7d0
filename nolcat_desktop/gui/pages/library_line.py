"""The lines under the coverage grid: the current cell in words with what can be done, and what the signs mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from nolcat_desktop.analysis.coverage_grid import CellState
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.coverage_glyphs import GLYPH, Mark, glyph, mark_glyph
from nolcat_desktop.gui.pages.coverage_words import mark_word, state_word
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind, role

_LETTERS = 8
"""Of a source's name that are left at least."""
_ORDER = (
    CellState.USAGE,
    CellState.CONFIRMED_ZERO,
    CellState.PARTIAL,
    CellState.TOTALS_ONLY,
    CellState.MISSING,
    CellState.OVERLAPPING,
    CellState.NOT_READY,
    CellState.NO_DATA,
    CellState.ANSWERED,
)


_SAID = 0.36
"""Of the room that what is said of a cell gets at least, where its name is long; the rest is in its tooltip."""


class _Who(ElidedLabel):
    """`Source · Report · Mar 2021`: of a long one the source is cut, and neither report nor month."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent, mode=Qt.TextElideMode.ElideMiddle)

    def _cut(self, line: str, room: int) -> str:
        name, *rest = line.rsplit(" · ", 2)
        tail = "".join(f" · {part}" for part in rest)
        metrics = self.fontMetrics()
        left = room - metrics.horizontalAdvance(tail)
        if left < metrics.averageCharWidth() * _LETTERS:
            return super()._cut(line, room)
        return metrics.elidedText(name, self._mode, left) + tail

    def fitting(self, room: int) -> int:
        """So much of `room` px as what is shown in them takes: what follows stands as close to a name that is cut."""
        line, metrics = self.full_text(), self.fontMetrics()
        return room if metrics.horizontalAdvance(line) <= room else metrics.horizontalAdvance(self._cut(line, room)) + 2


class ReadingLine(QWidget):
    """The current cell in words, and at most two things to do about it; tight: in one menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is current yet."""
        super().__init__(parent)
        self._sign = QLabel(self)
        self._state: CellState | Mark | None = None
        self._tight = False
        self._choices: tuple[Choice, ...] = ()
        self.who = _Who(self)
        self.who.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        kind(self.who, "strong")
        self.what = ElidedLabel(parent=self)
        self.buttons: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._sign)
        self._row.addWidget(self.who)
        self._row.addWidget(self.what, 1)
        self.setMinimumHeight(u(self, 32))

    def say(self, who: str, what: str, state: CellState | Mark | None, choices: Sequence[Choice]) -> None:
        """Say `what` is known about `who`, with the sign of `state`; offer `choices`."""
        self._state = state
        self.who.set_full_text(who)
        self.who.updateGeometry()
        self.what.set_full_text(f"— {what}" if what else "")
        self._show_sign()
        if tuple(each.text for each in choices) != tuple(each.text for each in self._choices):
            self._choices = tuple(choices)
            self._build()
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long name leaves room for what is said of it."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        buttons = sum(button.sizeHint().width() + 8 for button in self.buttons)
        room = self.width() - buttons - self._sign.sizeHint().width() - 16
        said = self.what.sizeHint().width() + 8
        most = max(room - min(said, round(room * _SAID)), u(self, 60))
        self.who.setMaximumWidth(self.who.fitting(most))

    def set_tight(self, tight: bool) -> None:
        """Gather the buttons in one menu."""
        if tight != self._tight:
            self._tight = tight
            self._build()

    def restyle(self) -> None:
        """Sizes and colours of the moment."""
        self.setMinimumHeight(u(self, 32))
        for button in self.buttons:
            button.setFixedHeight(u(self, 32))
        self._show_sign()

    def _show_sign(self) -> None:
        shown = self._state not in {None, CellState.EMPTY}
        self._sign.setVisible(shown)
        if self._state is not None and shown:
            state, ratio = self._state, self.devicePixelRatioF()
            self._sign.setPixmap(mark_glyph(state, ratio) if isinstance(state, Mark) else glyph(state, ratio))
            self._sign.setAccessibleName(mark_word(state) if isinstance(state, Mark) else state_word(state))

    def _build(self) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._menu()] if self._tight and self._choices else [self._button(one) for one in self._choices]
        for button in self.buttons:
            button.setFixedHeight(u(self, 32))
            self._row.addWidget(button)

    def _button(self, choice: Choice) -> QWidget:
        button = QPushButton(choice.text, self)
        button.setAccessibleName(choice.text)
        button.clicked.connect(lambda: choice.do())
        return button

    def _menu(self) -> QWidget:
        button = QToolButton(self)
        kind(button, "button")
        button.setText(self.tr("What to do"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for choice in self._choices:
            menu.addAction(choice.text).triggered.connect(_doing(choice))
        button.setMenu(menu)
        button.setAccessibleName(self.tr("What to do"))
        return button


class Legend(QWidget):
    """The signs that occur in what is shown, each with its word, in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No signs."""
        super().__init__(parent)
        self.states: tuple[CellState, ...] = ()
        self.marks: frozenset[Mark] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_states(self, states: Iterable[CellState], marks: frozenset[Mark] = frozenset()) -> None:
        """Explain `states` and `marks`."""
        found = set(states)
        self.states, self.marks = tuple(state for state in _ORDER if state in found), marks
        self.setAccessibleName(", ".join(word for _, word in self._signs()))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer lines."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "marks"):
            self._fit()

    def _fit(self) -> None:
        lines = max((place.y() for place, _, _ in self._places()), default=0) // self._line() + 1
        self.setFixedHeight(lines * self._line())

    def _line(self) -> int:
        return u(self, GLYPH + 4)

    def _places(self) -> Iterator[tuple[QPoint, QPixmap, str]]:
        """Where each sign stands with its word."""
        at, edge, metrics = QPoint(), u(self, GLYPH), self.fontMetrics()
        for sign, word in self._signs():
            width = edge + u(self, 4) + metrics.horizontalAdvance(word)
            if at.x() and at.x() + width > self.width():
                at = QPoint(0, at.y() + self._line())
            yield at, sign, word
            at = QPoint(at.x() + width + u(self, 16), at.y())

    def _signs(self) -> Iterator[tuple[QPixmap, str]]:
        ratio = self.devicePixelRatioF()
        for state in self.states:
            yield glyph(state, ratio), state_word(state)
        for mark in Mark:
            if mark in self.marks:
                yield mark_glyph(mark, ratio), mark_word(mark)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(u(self, 200), self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sign, word, sign, word."""
        del event
        painter = QPainter(self)
        painter.setPen(role(Role.TEXT))
        edge, gap, line = u(self, GLYPH), u(self, 4), self._line()
        for place, sign, word in self._places():
            painter.drawPixmap(place.x(), place.y() + (line - edge) // 2, sign)
            room = QRect(place.x() + edge + gap, place.y(), self.width(), line)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), word)


def _doing(choice: Choice) -> Callable[..., None]:
    def do(*_checked: object) -> None:
        choice.do()

    return do
