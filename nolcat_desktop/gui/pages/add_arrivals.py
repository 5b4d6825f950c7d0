"""Where the eye goes when files were opened: to the first report that came and that needs attention."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_review import ReviewPane
from nolcat_desktop.gui.pages.add_rounds import Rounds


class Arrivals(QObject):
    """Between the rounds of reading and the list; what the user turned to meanwhile stays in front."""

    def __init__(self, review: ReviewPane, rounds: Rounds, parent: QObject) -> None:
        """Nothing is awaited."""
        super().__init__(parent)
        self._review, self._rounds = review, rounds
        self._was_current: Line | None = None

    def wait(self) -> None:
        """Files are read now."""
        self._was_current = self._review.current()

    def meet(self) -> None:
        """All is read: the first that came is in front, by the order of the list."""
        review, line = self._review, self._review.current()
        came = [one for one in self._rounds.arrived() if one.fate is not Fate.NO_REPORT]
        if line is None or (came and not self._is_elsewhere(line)):
            self._go_to_first(came)
        else:
            review.table.go_to(line)

    def _is_elsewhere(self, line: Line) -> bool:
        """Whether the user went to another line while it was read, or into what is said of one."""
        was, inside = self._was_current, QApplication.focusWidget()
        moved = was is not None and line is not was and any(one is was for one in self._review.model.lines)
        return moved or (inside is not None and any(pane.isAncestorOf(inside) for pane in self._review.about()))

    def _go_to_first(self, came: list[Line]) -> None:
        """A chip or a search that hides all that came is left."""
        review = self._review
        if came and review.lines.first_of(came) is None:
            review.bar.find_edit.clear()
            review.bar.choose(0)
        index = review.lines.index(review.lines.first_of(came) or 0, 0)
        if index.isValid():
            review.table.setCurrentIndex(index)
            review.table.scrollTo(index)
