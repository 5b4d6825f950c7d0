"""The question in the card: which report, or which months; nothing is chosen beforehand, all of it by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.pages.add_asking_months import HeadingRows, MonthChooser, PeriodRow
from nolcat_desktop.gui.pages.add_asking_release import ReleaseChooser
from nolcat_desktop.gui.pages.add_asking_words import alike_words, answer_words, candidate_words, last_day
from nolcat_desktop.gui.pages.add_lines import OF_FILE, Line
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.report import NOTHING_TOLD
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_told import MonthAnswer, MonthQuestion, with_months

_BESIDE = 3
"""Answers that stand in one row."""


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
        self._reports, self._months = QWidget(self), QWidget(self)
        self.use_headings = self._button(tr("Use this month"), self._say_headings)
        kind(self.use_headings, "small")
        self._period = PeriodRow(self.first, self.last, self.use_months, self._months)
        self.headings = HeadingRows(self.use_headings, self._months)
        self.headings.changed.connect(self._can_use)
        self.headings.done.connect(self.use_headings.click)
        self._beside, self._row = QGridLayout(), QBoxLayout(QBoxLayout.Direction.TopToBottom)
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

    def parts(self) -> tuple[QWidget, ...]:
        """What takes the focus, in the order in which it stands there."""
        asked = (self.report, self.use_report, self.releases, self.for_alike, *self.answers)
        return (*asked, self.first, self.last, self.use_months, self.headings)

    def focus_first(self) -> None:
        """Where the answer begins."""
        self._begins().setFocus()

    def _begins(self) -> QWidget:
        if not self._reports.isHidden():
            return self.report
        if not self.releases.isHidden() and self.releases.buttons:
            return self.releases.buttons[0]
        if self.answers:
            return self.answers[0]
        return self.first.month if self._question is None else (self.headings.first_open() or self.use_headings)

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
            is_of_one = len(answer.cells) == 1 and not self._settles(answer)
            words = f"{answer.cells[0][0]}: {answer_words(answer)}" if is_of_one else answer_words(answer)
            button = self._button(words, lambda answer=answer: self._say_answer(answer))
            kind(button, "small")
            self._beside.addWidget(button, place // _BESIDE, place % _BESIDE)
            self.answers.append(button)
        self.first.show_month(self._told.begin)
        self.last.show_month(self._told.end)
        self._can_use()
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """What is offered for a single heading stands before its month, where both have room in a line."""
        is_one = self._question is not None and len(self._question.cells) == 1
        wanted = self.headings.whole_width() + sum(one.sizeHint().width() + 8 for one in self.answers)
        fits = is_one and wanted <= self.width()
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)

    def _say_report(self) -> None:
        if self.report.currentIndex() >= 0:
            self.answered.emit(replace(self._told, report_type=str(self.report.currentData())))

    def _settles(self, answer: MonthAnswer) -> bool:
        return self._question is None or {cell for cell, _ in self._question.cells} <= dict(answer.cells).keys()

    def _say_answer(self, answer: MonthAnswer) -> None:
        """What settles all that is asked is the answer; what settles a part of it is put into its rows."""
        if self._settles(answer):
            self.answered.emit(answer.told(self._told))
            return
        self.headings.fill(answer.cells)
        (self.headings.first_open() or self.use_headings).setFocus()

    def _ask_months(self, question: MonthQuestion | None) -> None:
        """Ask for a period; or for the month of each heading that names none, all of them at once."""
        self._question = question if question is not None and question.by_cell else None
        self._period.setVisible(self._question is None)
        self.headings.ask(self._question)
        self.headings.setVisible(self._question is not None)
        is_one = self._question is not None and len(self._question.cells) == 1
        self.use_headings.setText(tr("Use this month") if is_one else tr("Use these months"))
        self.use_headings.setAccessibleName(self.use_headings.text())
        self._show_answers(question.answers if question is not None else ())

    def _say_headings(self) -> None:
        if not self.headings.why_not():
            self.answered.emit(with_months(self._told, self.headings.months()))

    def _say_months(self) -> None:
        begin, end = self.first.first_day(), self.last.first_day()
        if begin is not None and end is not None and begin <= end:
            self.answered.emit(replace(self._told, begin=begin, end=last_day(end)))

    def _first_changed(self) -> None:
        """Most reports are of one year."""
        if self.last.year.value() < self.first.year.value():
            self.last.year.setValue(self.first.year.value())
        self._can_use()

    def _can_use(self) -> None:
        """Each button tells why it cannot be pressed."""
        begin, end = self.first.first_day(), self.last.first_day()
        is_sound = begin is not None and end is not None and begin <= end
        for button, why in (
            (self.use_months, "" if is_sound else tr("Say the first and the last month, with their years.")),
            (self.use_headings, self.headings.why_not()),
        ):
            button.setEnabled(not why)
            button.setToolTip(why)

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
        months = QVBoxLayout(self._months)
        months.setContentsMargins(0, 0, 0, 0)
        months.setSpacing(8)
        self._row.setSpacing(8)
        self._row.addLayout(beside)
        self._row.addWidget(self.headings, 1)
        months.addLayout(self._row)
        months.addWidget(self._period)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 4, 0, 4)
        around.setSpacing(8)
        around.addWidget(self._reports)
        around.addWidget(self.releases)
        around.addWidget(self.for_alike)
        around.addWidget(self._months)
