"""What is decided about single reports of the review: taken or left out, replaced or kept, this file or that one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.pages.add_lines import CHOICE, Line
from nolcat_desktop.gui.pages.add_review import ReviewPane
from nolcat_desktop.gui.pages.add_words import file_words, tr
from nolcat_desktop.workflow.review_plan import Todo

_NAMED = 3


class Decider(QObject):
    """Changes lines; what follows from that is worked out by the model."""

    decided = Signal()
    removed = Signal(object)
    """Keys of lines that are wanted no more; nothing becomes of their files."""
    said = Signal(object)
    """A `Notice`."""

    def __init__(self, review: ReviewPane, parent: QObject) -> None:
        """Listen to the buttons of `review`."""
        super().__init__(parent)
        self._review = review
        choice = review.difference.choice
        choice.decided.connect(self._for_current)
        choice.decided_for_all.connect(lambda word: self.set_loaded(self.alike(review.current()), word))
        choice.used.connect(self._use_current)
        choice.put_away.connect(lambda: self.set_left_out(self._current(), True))
        review.table.left_out_asked.connect(self.toggle_left_out)
        review.table.removed_asked.connect(lambda: self.remove(review.table.selected_lines()))

    def follow(self) -> None:
        """Something else about a line changed."""
        self._decide([], lambda _: None)

    def toggle_left_out(self) -> None:
        """Leave the selected reports out, or take them in again."""
        lines = [line for line in self._review.table.selected_lines() if not line.written and line.is_decidable]
        self.set_left_out(lines, not all(line.left_out for line in lines))

    def set_left_out(self, lines: Sequence[Line], out: bool) -> None:
        """Leave reports out, or take them in again."""
        self._decide(lines, lambda line: setattr(line, "left_out", out))

    def remove(self, lines: Sequence[Line]) -> None:
        """Take lines off the list; the next one is the current one then."""
        keys = frozenset(line.reviewed.key for line in lines)
        row = self._review.table.currentIndex().row()
        if not keys or not self._review.table.isEnabled():
            return
        self.removed.emit(keys)
        count = self._review.lines.rowCount()
        if count:
            self._review.table.setCurrentIndex(self._review.lines.index(min(row, count - 1), 0))
        self.decided.emit()

    def remove_all(self) -> None:
        """Clear the list."""
        self.remove(self._review.model.lines)

    def set_damaged(self, line: Line, without: bool) -> None:
        """Add a report without its damaged cells, or not at all."""
        self._decide([line], lambda one: setattr(one, "without_damaged", without))

    def set_loaded(self, lines: Sequence[Line], word: str) -> None:
        """`replace`, `skip` or `aside`; whoever replaces stands against no other file any more: these are left out."""
        wanted = [line for line in lines if line.reviewed.standing.todo in CHOICE and not line.written]
        if word == "replace":
            chosen = {line.reviewed.key for line in wanted}
            for line in wanted:
                if line.todo is Todo.TWIN:
                    self._leave_out([one for one in self._review.model.rivals(line) if one.reviewed.key not in chosen])
        self._decide(wanted, lambda line: setattr(line, "if_loaded", word))

    def alike(self, line: Line | None) -> list[Line]:
        """Other reports of the same source that wait for the same decision."""
        if line is None:
            return []
        return [
            other
            for other in self._review.model.lines
            if other is not line
            and other.if_loaded != line.if_loaded
            and other.todo is line.todo
            and other.todo in CHOICE
            and other.reviewed.proposal.source_id == line.reviewed.proposal.source_id
        ]

    def _current(self) -> list[Line]:
        line = self._review.current()
        return [line] if line is not None else []

    def _for_current(self, word: str) -> None:
        self.set_loaded(self._current(), word)

    def _use_current(self) -> None:
        for line in self._current():
            self._leave_out(self._review.model.rivals(line))
            self.set_left_out([line], False)

    def _leave_out(self, lines: Sequence[Line]) -> None:
        """Leave out what a chosen file stands against, and say so."""
        for line in lines:
            line.left_out = True
        if lines:
            names = ", ".join(file_words(line.reviewed) for line in lines[:_NAMED])
            more = " …" if len(lines) > _NAMED else ""
            told = tr("Left out, with other numbers for the same months: {files}")
            self.said.emit(Notice(told.format(files=names + more), Level.INFO))

    def _decide(self, lines: Sequence[Line], change: Callable[[Line], None]) -> None:
        had = self._has_focus()
        self._review.model.decide(lines, change)
        self.decided.emit()
        if had and not self._has_focus():
            self._review.focus_front()  # the button that was pressed went

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused.isVisible() and self._review.isAncestorOf(focused)
