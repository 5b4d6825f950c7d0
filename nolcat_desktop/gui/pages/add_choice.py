"""The decision over the difference: what is loaded or what is new; and of two files that differ, which one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.pages.add_difference_words import choice_words, note_words
from nolcat_desktop.gui.pages.add_lines import CHOICE, Line
from nolcat_desktop.gui.pages.add_words import how_many_reports, tr
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.workflow.review_plan import Todo


class ChoiceBar(QWidget):
    """Three ways to go, or two for files that differ; under them what the way means, where it means much."""

    decided = Signal(str)
    """`replace`, `skip` or `aside`, for the current report."""
    decided_for_all = Signal(str)
    """The same for every such report of the same source."""
    used = Signal()
    """Of the files that differ, the current one is the right one."""
    put_away = Signal()
    """Of the files that differ, the current one is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to decide."""
        super().__init__(parent)
        self._line: Line | None = None
        self._short = False
        self.replace, self.keep, self.aside = QRadioButton(self), QRadioButton(self), QRadioButton(self)
        self.group = QButtonGroup(self)
        for button, word in ((self.replace, "replace"), (self.keep, "skip"), (self.aside, "aside")):
            self.group.addButton(button)
            button.setAccessibleName(tr("What becomes of the months that differ"))
            button.clicked.connect(lambda _=False, word=word: self.decided.emit(word))
        self.use, self.leave = self._button(tr("Use this one")), self._button(tr("Leave this one out"))
        self.same = self._button("")
        self.use.clicked.connect(self.used)
        self.leave.clicked.connect(self.put_away)
        self.same.clicked.connect(lambda: self._line is not None and self.decided_for_all.emit(self._line.if_loaded))
        self.note = QLabel(self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.row = QHBoxLayout()
        self.row.setSpacing(12)
        for widget in (self.replace, self.keep, self.aside, self.use, self.leave, self.same):
            self.row.addWidget(widget)
        self.row.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(4)
        around.addLayout(self.row)
        self.show_line(None, 0)

    def show_line(self, line: Line | None, alike: int) -> None:
        """Offer what can be decided about a report, if anything can.

        Args:
            line: The report.
            alike: How many other reports of its source wait for the same decision.
        """
        self._line = line
        differ = line is not None and line.todo is Todo.TWIN and not line.left_out
        can = line is not None and line.differs and line.todo in CHOICE and not line.written and not line.left_out
        for radio in (self.replace, self.keep, self.aside):
            radio.setVisible(can)
        for button in (self.use, self.leave):
            button.setVisible(differ)
        self.same.setVisible(can and alike > 0 and line is not None and line.if_loaded != "fail")
        self.same.setText(tr("Same for {reports} from this source").format(reports=how_many_reports(alike)))
        self.same.setAccessibleName(self.same.text())
        if line is not None:
            self._name(line)
            self._check(line)
        note = note_words(line) if line is not None and can else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def set_short(self, short: bool) -> None:
        """Fewer words for the choices."""
        self._short = short
        if self._line is not None:
            self._name(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole words or few: none of them is cut."""
        super().resizeEvent(event)
        if self._line is not None:
            self._name(self._line)

    def _name(self, line: Line) -> None:
        words = choice_words(line)
        self._put(words, self._short)
        if not self._short and self.row.sizeHint().width() > self.width() > 0:
            self._put(words, True)

    def _put(self, words: tuple[tuple[str, str, bool], ...], short: bool) -> None:
        suggested = " " + tr("(suggested)")
        for button, (whole, few, is_suggested) in zip((self.replace, self.keep, self.aside), words, strict=True):
            more = suggested if is_suggested else ""
            button.setText((few if short else whole) + more)
            button.setAccessibleName(whole + more)
            button.setToolTip(whole if short else "")
        kept = tr("Kept in the library, and not counted; to count it, add the file again and replace.")
        self.aside.setToolTip(kept)

    def _check(self, line: Line) -> None:
        self.group.setExclusive(False)
        self.replace.setChecked(line.if_loaded == "replace")
        self.keep.setChecked(line.if_loaded == "skip")
        self.aside.setChecked(line.if_loaded == "aside")
        self.group.setExclusive(True)

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(words)
        kind(button, "small")
        return button
