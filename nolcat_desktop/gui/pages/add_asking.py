"""The question in the card: which report, or which months; nothing is chosen beforehand, all of it by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.cell_text import month, month_name
from nolcat_desktop.gui.pages.add_asking_release import ReleaseChooser
from nolcat_desktop.gui.pages.add_asking_words import alike_words, answer_words, candidate_words, last_day
from nolcat_desktop.gui.pages.add_lines import OF_FILE, Line
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.report import NOTHING_TOLD
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_told import MonthAnswer, MonthQuestion, with_months

_FIRST_YEAR, _LAST_YEAR = 1999, 2099
"""The first stands for no year yet."""
_BESIDE = 3
"""Answers that stand in one row."""


class MonthChooser(QWidget):
    """A month and a year, which is not known at first."""

    changed = Signal()
    done = Signal()
    """Enter."""

    def __init__(self, name: str, of: int, parent: QWidget | None = None) -> None:
        """Called `name`; `of` is the number of the month that stands there at first, from 1."""
        super().__init__(parent)
        self.month, self.year = QComboBox(self), QSpinBox(self)
        self.month.addItems([month_name(number) for number in range(1, 13)])
        self.month.setCurrentIndex(of - 1)
        self.year.setRange(_FIRST_YEAR, _LAST_YEAR)
        self.year.setSpecialValueText(tr("Year"))
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.name(name)
        self.month.currentIndexChanged.connect(self.changed)
        self.year.valueChanged.connect(self.changed)
        self.year.lineEdit().returnPressed.connect(self.done)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.month)
        row.addWidget(self.year)

    def name(self, words: str) -> None:
        """Call it `words`."""
        self.month.setAccessibleName(words)
        self.month.view().setAccessibleName(words)
        self.year.setAccessibleName(tr("Year: {month}").format(month=words))

    def first_day(self) -> date | None:
        """First day of the month; None without a year."""
        return None if self.year.value() == _FIRST_YEAR else date(self.year.value(), self.month.currentIndex() + 1, 1)

    def show_month(self, day: date | None) -> None:
        """Show a month, or that its year is not known."""
        self.year.setValue(day.year if day is not None else _FIRST_YEAR)
        if day is not None:
            self.month.setCurrentIndex(day.month - 1)


class _Months(QWidget):
    """From one month to another: in one row, or in two where there is no room."""

    def __init__(self, first: MonthChooser, last: MonthChooser, use: QPushButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._from, self._to = QLabel(tr("First month"), self), QLabel(tr("Last month"), self)
        self._from.setBuddy(first.month)
        self._to.setBuddy(last.month)
        self._first, self._last, self._use = first, last, use
        self.around = QGridLayout(self)
        self.around.setContentsMargins(0, 0, 0, 0)
        self.around.setSpacing(8)
        self.around.setColumnStretch(5, 1)
        self._place(is_wide=False)

    def ask(self, cell: str) -> None:
        """Ask for the month of one cell, or for a period where none is named."""
        words = tr("Month of {cell}").format(cell=cell) if cell else tr("First month")
        self._from.setText(words)
        self._first.name(words)
        self._to.setVisible(not cell)
        self._last.setVisible(not cell)

    def minimumSizeHint(self) -> QSize:
        """As narrow as two rows are."""
        parts = [part for part in (self._to, self._last, self._use) if not part.isHidden()]
        width = sum(part.sizeHint().width() for part in parts) + 2 * self.around.spacing()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is."""
        super().resizeEvent(event)
        every = (self._from, self._first, self._to, self._last, self._use)
        parts = [part for part in every if not part.isHidden()]
        self._place(is_wide=sum(part.sizeHint().width() for part in parts) + 32 <= self.width())

    def _place(self, *, is_wide: bool) -> None:
        row, column = (1, 2) if is_wide else (2, 0)
        for part, at in ((self._from, (1, 0)), (self._first, (1, 1)), (self._to, (row, column)),
                         (self._last, (row, column + 1)), (self._use, (row, column + 2))):  # fmt: skip
            self.around.addWidget(part, *at)


class AskingPane(QWidget):
    """Seen only where something is asked."""

    answered = Signal(object)
    """A `Told`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is asked."""
        super().__init__(parent)
        self._told = NOTHING_TOLD
        self._question: MonthQuestion | None = None
        """Headings that are asked for one by one."""
        self._shown: object = None
        self.report = QComboBox(self)
        self.report.setAccessibleName(tr("Which report is this?"))
        self.report.view().setAccessibleName(tr("Reports"))
        self.report.setPlaceholderText(tr("Choose the report…"))
        self.report.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.report.setMinimumContentsLength(20)
        self.use_report = self._button(tr("Use this report"), self._say_report)
        kind(self.use_report, "small")
        self.report.currentIndexChanged.connect(lambda at: self.use_report.setEnabled(at >= 0))
        self.first, self.last = MonthChooser(tr("First month"), 1, self), MonthChooser(tr("Last month"), 12, self)
        self.use_months = self._button(tr("Use these months"), self._say_months)
        kind(self.use_months, "small")
        self.first.changed.connect(self._first_changed)
        self.last.changed.connect(self._can_use)
        for one in (self.first, self.last):
            one.done.connect(self.use_months.click)
        self.answers: list[QPushButton] = []
        self.releases = ReleaseChooser(self)
        self.releases.chosen.connect(lambda release: self.answered.emit(replace(self._told, release=release)))
        self.for_alike = QCheckBox(self)
        self._reports, self._months = QWidget(self), _Months(self.first, self.last, self.use_months, self)
        self._beside = QGridLayout()
        self._lay_out()
        self.show_line(None)

    @property
    def is_asking(self) -> bool:
        """Whether there is a question."""
        return not self.isHidden()

    def show_line(self, line: Line | None, others: int = 0) -> None:
        """Ask what is to be asked of a report, and of so many `others` in the same folder as well."""
        todo = line.todo if line is not None and not (line.left_out or line.written) else None
        is_asked = todo in OF_FILE
        if line is None or not is_asked:
            self._shown = None
        elif self._shown is not line.reviewed:
            self._shown, self._told = line.reviewed, line.reviewed.told
            self._show_reports(line.reviewed.candidates)
            self.releases.show_releases(line.reviewed.possible)
            self.for_alike.setChecked(False)
            self._ask_months(line.reviewed.question)
        self._reports.setVisible(todo is Todo.REPORT)
        self._months.setVisible(todo is Todo.PERIOD)
        self.releases.setVisible(todo is Todo.RELEASE)
        self.show_alike(others)
        self.setFocusProxy(self._begins())
        self.setVisible(is_asked)
        self.setEnabled(line is None or not line.looking)

    def show_alike(self, others: int) -> None:
        """Offer to have the answer hold for so many other files."""
        self.for_alike.setText(alike_words(others))
        self.for_alike.setAccessibleName(self.for_alike.text())
        self.for_alike.setVisible(others > 0)

    def focus_first(self) -> None:
        """Where the answer begins."""
        self._begins().setFocus()

    def _begins(self) -> QWidget:
        if not self._reports.isHidden():
            return self.report
        if not self.releases.isHidden() and self.releases.buttons:
            return self.releases.buttons[0]
        return self.answers[0] if self.answers else self.first.month

    def _show_reports(self, codes: Sequence[str]) -> None:
        self.report.clear()
        for code in codes:
            self.report.addItem(candidate_words(code), code)
        self.report.setCurrentIndex(-1)
        self.use_report.setEnabled(False)

    def _show_answers(self, answers: Sequence[MonthAnswer]) -> None:
        for button in self.answers:
            self._beside.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.answers = []
        for place, answer in enumerate(answers):
            told = answer.told(self._told)
            button = self._button(answer_words(answer), lambda told=told: self.answered.emit(told))
            kind(button, "small")
            self._beside.addWidget(button, place // _BESIDE, place % _BESIDE)
            self.answers.append(button)
        self.first.show_month(self._told.begin)
        self.last.show_month(self._told.end)
        self._can_use()

    def _say_report(self) -> None:
        if self.report.currentIndex() >= 0:
            self.answered.emit(replace(self._told, report_type=str(self.report.currentData())))

    def _ask_months(self, question: MonthQuestion | None) -> None:
        """Ask for a period; or for the month of one heading, the first of those that name none."""
        self._question = question if question is not None and question.by_cell else None
        cell = self._question.cells[0][0] if self._question is not None else ""
        self._months.ask(cell)
        self.use_months.setText(tr("Use this month") if cell else tr("Use these months"))
        self.use_months.setAccessibleName(self.use_months.text())
        self._show_answers(question.answers if question is not None else ())

    def _say_months(self) -> None:
        begin, end = self.first.first_day(), self.last.first_day()
        if self._question is not None:
            if begin is not None and not self._why_not():
                self.answered.emit(with_months(self._told, [(self._question.cells[0][0], begin)]))
        elif begin is not None and end is not None and begin <= end:
            self.answered.emit(replace(self._told, begin=begin, end=last_day(end)))

    def _first_changed(self) -> None:
        """Most reports are of one year."""
        if self.last.year.value() < self.first.year.value():
            self.last.year.setValue(self.first.year.value())
        self._can_use()

    def _can_use(self) -> None:
        why = self._why_not()
        self.use_months.setEnabled(not why)
        self.use_months.setToolTip(why)

    def _why_not(self) -> str:
        """Why the months that stand there cannot be used; empty: they can."""
        begin, end = self.first.first_day(), self.last.first_day()
        if self._question is not None:
            if begin is None:
                return tr("Say the month, with its year.")
            taken = tr("{month} has a column of its own already.").format(month=month(begin))
            return taken if begin in self._question.taken else ""
        is_sound = begin is not None and end is not None and begin <= end
        return "" if is_sound else tr("Say the first and the last month, with their years.")

    def _button(self, text: str, do: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        button.setAutoDefault(True)
        button.clicked.connect(lambda: do())  # type: ignore[operator]
        return button

    def _lay_out(self) -> None:
        reports = QHBoxLayout(self._reports)
        reports.setContentsMargins(0, 0, 0, 0)
        reports.setSpacing(8)
        reports.addWidget(self.report, 1)
        reports.addWidget(self.use_report)
        beside = QHBoxLayout()
        self._beside.setSpacing(8)
        beside.addLayout(self._beside)
        beside.addStretch(1)
        self._months.around.addLayout(beside, 0, 0, 1, 6)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 4, 0, 4)
        around.setSpacing(8)
        around.addWidget(self._reports)
        around.addWidget(self.releases)
        around.addWidget(self.for_alike)
        around.addWidget(self._months)
