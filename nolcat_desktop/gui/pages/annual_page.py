"""Annual statistics: the questions of surveys, each with its number, what it is made of, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from nolcat_desktop.analysis.annual_statistics import Answer
from nolcat_desktop.gui.cell_text import month_name
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.library_work import LibraryWork, Work
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.annual_explaining import AnnualExplaining
from nolcat_desktop.gui.pages.annual_number import AnnualNumber
from nolcat_desktop.gui.pages.annual_words import first_month_of, question, summary_words, year_words
from nolcat_desktop.gui.pages.coverage_facts import FactsTable, Heading
from nolcat_desktop.gui.pages.data_months import FIRST_MONTH, JANUARY
from nolcat_desktop.gui.pages.data_states import Sentence
from nolcat_desktop.gui.pane_splitter import PaneSplitter
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.scale import LayoutClass, u
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import surveying
from nolcat_desktop.workflow.surveying import Survey, YearLook


class AnnualPage(Place):
    """Asks `surveying`, shows what comes back."""

    name = "annual"
    icon_name = "report-analytics"
    supports: ClassVar[frozenset[str]] = frozenset({"copy", "export", "where_from"})

    def build(self) -> Iterator[None]:
        """Make the parts; nothing is read before the place is shown."""
        context = self.context
        self._look: YearLook | None = None
        self._is_stale = True
        self._job: Job | None = None
        self._going = 0
        self._work = LibraryWork(context, self)
        self._work.said.connect(self.said)
        self.ask_target: Callable[[], Path | None] = self._ask_target
        self.year, self.first_month = QComboBox(self), QComboBox(self)
        first = context.remembered.get(FIRST_MONTH, JANUARY)
        for of in range(1, 13):
            self.first_month.addItem(month_name(of), of)
        self.first_month.setCurrentIndex(first - 1 if 1 <= first <= self.first_month.count() else 0)
        self.questions = FactsTable(
            [Heading(self.tr("Question"), sentence=True), Heading(self.tr("Number"), 72, number=True)],
            self.tr("Questions"),
            self,
        )
        yield
        self.right = AnnualNumber(self)
        yield
        self.parts, self.sources = self.right.parts, self.right.sources
        self.explaining = AnnualExplaining(context, self.sources)
        self.copy_action = QAction(self.tr("Copy the footnote"), self)
        self.copy_action.setProperty("icon_name", "copy")
        self.export_action = QAction(self.tr("Export…"), self)
        self.export_action.setProperty("icon_name", "download")
        self.set_ordinary([self.copy_action, self.export_action])
        self._lay_out()
        self._connect()
        self.restyle()
        self._show()

    @classmethod
    def title(cls) -> str:
        """The place's word."""
        return QCoreApplication.translate("annual", "Annual statistics")

    def shown(self) -> None:
        """Read when something changed since."""
        if self._is_stale:
            self.read(self.year.currentData())

    def can(self, what: str) -> str:
        """Without a number there is nothing to copy or export."""
        return "" if what not in self.supports or self.survey() is not None else self.tr("There are no numbers")

    def do(self, what: str) -> None:
        """Copy the footnote, export all numbers, where the number of a source comes from."""
        match what:
            case "copy":
                self.copy()
            case "export":
                self.export()
            case "where_from":
                self._explain()
            case _:
                super().do(what)

    def panes(self) -> tuple[QWidget, ...]:
        """Questions, what is added up, sources."""
        if self.stack.currentWidget() is self.empty:
            return tuple(self.empty.buttons)
        shown = (self.questions, self.parts, self.sources)
        return (self.tabs.tabBar(), *(one for one in shown if one.isVisible())) if self.tabs.count() else shown

    def survey(self) -> Survey | None:
        """What is shown."""
        return self._look.survey if self._look is not None else None

    def answer(self) -> Answer | None:
        """The one that is current."""
        found, key = self.survey(), self.questions.current_key()
        return next((one for one in found.answers if one.statistic.name == key), None) if found is not None else None

    def read(self, year: int | None) -> None:
        """Work out the numbers of `year`; None: of the last that is whole."""
        self._is_stale = False
        if self.context.library is None:
            self._show_look(YearLook((), None, None))
            return
        if self._job is not None and not self._job.is_over:
            self.context.runner.cancel(self._job)
        work = Work(self.tr("Adding up the year"), surveying.look_at_year, (year, self.first_month.currentData()), True)
        self._going += 1
        self._job = self._work.look(work, self._take, quiet=False, failed=self._failed, cancelled=self._put_back)

    def copy(self) -> None:
        """Put the footnote of the current number on the clipboard."""
        found, answer = self.survey(), self.answer()
        if found is not None and answer is not None:
            QGuiApplication.clipboard().setText(surveying.footnote(answer, found))
            self.said.emit(Notice(self.tr("The footnote of {name} was copied.").format(name=answer.statistic.name)))

    def export(self) -> None:
        """Write all numbers to a file."""
        found, target = self.survey(), self.ask_target()
        if found is None or target is None:
            return

        def work(_progress: Progress) -> None:
            from nolcat_desktop.export import write_table

            write_table(surveying.survey_table(found), target)

        told = Notice(self.tr("All numbers were written to {file}.").format(file=target.name), Level.OK)
        runner = self.context.runner
        runner.start(self.tr("Exporting"), work, done=lambda _: self.said.emit(told), failed=self._work.tell)

    def layout_class_changed(self, layout: LayoutClass) -> None:
        """Beside each other where there is room, else as tabs."""
        super().layout_class_changed(layout)
        tight = layout is LayoutClass.TIGHT
        if tight and self.tabs.count() == 0:
            self.tabs.addTab(self.questions, self.tr("Questions"))
            self.tabs.addTab(self.right, self.tr("The number"))
        elif not tight and self.tabs.count():
            self.tabs.clear()
            self.splitter.take_back()
        self.right.stand_alone(self.tabs.count() > 0)
        self.right.restyle()  # what was put elsewhere was dressed anew
        if self.survey() is not None:
            self.stack.setCurrentWidget(self._shown())

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.questions.restyle()
        self.right.restyle()
        self.questions.setMinimumWidth(u(self, 240))
        for box in (self.year, self.first_month):
            box.setMinimumWidth(u(self, 96))

    def _shown(self) -> QWidget:
        return self.tabs if self.tabs.count() else self.splitter

    def _explain(self) -> None:
        if self.tabs.count():
            self.tabs.setCurrentWidget(self.right)
        self.explaining.explain(self.answer())

    def _take(self, look: YearLook) -> None:
        self._going -= 1
        if look.survey is not None:
            self.context.remembered.put(FIRST_MONTH, first_month_of(look.survey))
        self._show_look(look)

    def _failed(self, problem: Problem) -> None:
        self._work.tell(problem)
        self._put_back()

    def _put_back(self) -> None:
        """The year that was asked for was not added up: what is shown is called what it is."""
        self._going -= 1
        if self._going:
            return
        self._is_stale = True
        self._show()
        if self._look is None:
            again = Choice(self.tr("Add up the year"), self.shown)
            self.empty.say(self.tr("The numbers of the year were not added up."), (again,))

    def _show_look(self, look: YearLook) -> None:
        self._look = look
        self._show()
        self.focus_late()
        self.can_changed.emit()

    def _show(self) -> None:
        look, found = self._look, self.survey()
        first = first_month_of(found) if found is not None else int(self.first_month.currentData())
        self.first_month.setCurrentIndex(first - 1)
        years = look.years if look is not None else ()
        self.year.clear()
        for year in years:
            self.year.addItem(year_words(year, first), year)
        if look is not None:
            self.year.setCurrentIndex(self.year.findData(look.year))
        self.questions.show_facts([question(one, found) for one in found.answers] if found is not None else [])
        self.set_summary(summary_words(found) if found is not None else "")
        self.stack.setCurrentWidget(self._shown() if found is not None else self.empty)
        self.bar.setVisible(found is not None)
        for action in (self.copy_action, self.export_action):
            action.setEnabled(found is not None)
        if look is not None and found is None:
            add = Choice(self.tr("Add reports"), lambda: self.asked_for.emit("add", None))
            self.empty.say(self.tr("There is nothing to add up yet."), (add,))
        self._show_answer()

    def _show_answer(self) -> None:
        found, answer = self.survey(), self.answer()
        if found is None or answer is None:
            return
        self.right.show_answer(answer, found)

    def _connect(self) -> None:
        self.copy_action.triggered.connect(self.copy)
        self.export_action.triggered.connect(self.export)
        self.year.activated.connect(lambda _: self.read(self.year.currentData()))
        self.first_month.activated.connect(self._begin_in)
        self.sources.activated.connect(lambda _: self._explain())
        self.explaining.said.connect(self.said)
        self.questions.selectionModel().currentRowChanged.connect(self._show_answer)
        self.context.library_changed.connect(self._library_changed)
        self.context.theme.follow(self.restyle)

    def _begin_in(self) -> None:
        self.read(self.year.currentData())

    def _library_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.shown()

    def _ask_target(self) -> Path | None:
        kinds = self.tr("Workbook (*.xlsx);;Text (*.csv)")
        chooser = Chooser(self.context.remembered, self)
        found = chooser.target(self.tr("Export the annual statistics"), "export", "annual.xlsx", kinds)
        return found[0] if found is not None else None

    def _lay_out(self) -> None:
        self.bar = QWidget(self)
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(8)
        for words, box in ((self.tr("Year"), self.year), (self.tr("begins in"), self.first_month)):
            label = QLabel(words, self.bar)
            label.setBuddy(box)
            box.setAccessibleName(self.tr("Month in which the year begins") if box is self.first_month else words)
            box.view().setAccessibleName(box.accessibleName())
            bar.addWidget(label)
            bar.addWidget(box)
        bar.addStretch(1)
        self.splitter = PaneSplitter((self.questions, self.right), (50, 50), self)
        self.empty = Sentence(self)
        self.stack = QStackedWidget(self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Questions, and what a number is made of"))
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.tabs)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.stack, 1)
