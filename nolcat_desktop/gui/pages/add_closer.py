"""What is done with the current report: its cells are fetched, decisions taken, messages copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import polars as pl
from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from nolcat_desktop.counter.levels import Level as Weight
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.add_answering import Answerer
from nolcat_desktop.gui.pages.add_deciding import Decider
from nolcat_desktop.gui.pages.add_difference import same_question
from nolcat_desktop.gui.pages.add_jobs import Jobs
from nolcat_desktop.gui.pages.add_lines import CHOICE, Fate, Line
from nolcat_desktop.gui.pages.add_model import can_choose
from nolcat_desktop.gui.pages.add_review import ReviewPane
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_sheet import Sheet, Surroundings, place_of
from nolcat_desktop.workflow.review_source import Proposal, Reason
from nolcat_desktop.workflow.reviewing import Reviewed

_LONGEST = 28
"""Characters of a source's name that stand in a button."""
_OPEN = "F-open"


class Closer(QObject):
    """Between the panes of the review and the jobs."""

    changed = Signal()
    """Something was decided."""
    said = Signal(object)
    """A `Notice`."""
    again_asked = Signal()
    file_replaced = Signal(str, object)
    """A file of the review, and the paths that were chosen in its place."""

    def __init__(self, review: ReviewPane, jobs: Jobs, chooser: Chooser, parent: QObject) -> None:
        """Listen to `review`."""
        super().__init__(parent)
        self._review, self._jobs, self._chooser = review, jobs, chooser
        self._shown: tuple[object, ...] = ()
        self._sight: tuple[tuple[object, ...], bool] = ((), False)
        """Which report is shown, and whether its difference matters."""
        self._sheet_of: tuple[object, ...] = ()
        self._position = ""
        self._titles: tuple[Reviewed, str, str] | None = None
        """What titles are being fetched."""
        review.current_changed.connect(self.show)
        review.findings.cell_wanted.connect(self._want_cell)
        review.difference.titles_wanted.connect(self._want_titles)
        self.decider = Decider(review, self)
        self.decider.said.connect(self.said)
        self.decider.decided.connect(self._decided)
        review.table.delegate.chosen.connect(self._choose_source)
        self.answerer = Answerer(review, jobs, self.decider.follow, self._say)

    def show(self) -> None:
        """Show the current report in all tabs; only what is in front is read."""
        line = self._review.current()
        now: tuple[object, ...] = ()
        if line is not None:
            now = (line.reviewed, line.left_out, line.if_loaded, line.without_damaged, line.declined, line.looking)
        if tuple(map(id, now[:1])) + now[1:] != self._shown:
            sight = (line.reviewed.key, line.differs) if line is not None else ((), False)
            first_sight = sight[0] != self._sight[0] or (sight[1] and not self._sight[1])
            self._sight = sight
            self._shown = tuple(map(id, now[:1])) + now[1:]
            self._review.findings.show_line(line, self._choices(line))
            self._review.difference.show_line(line, len(self.decider.alike(line)))
            self.answerer.show(line)
            QTimer.singleShot(0, self, lambda: self._review.sums.show_line(self._review.current()))
            key = (*line.reviewed.key, line.reviewed.sha256, line.reviewed.told) if line is not None else ()
            if key != self._sheet_of:
                self._sheet_of = key
                self._review.sheet.show_sheet(None)
            if line is not None and first_sight:
                self._review.choose_tab_for(line)
            self._review.order_tabs()
            self._review.follow()
        self.answerer.ask_cell()
        if line is not None and self._review.is_shown(self._review.difference):
            self._review.difference.ask_titles()
        if line is not None and self._review.is_shown(self._review.sheet) and line.reviewed.is_report:
            self._jobs.look(line.reviewed, self._show_sheet(line), self._say)

    def _decided(self) -> None:
        self.changed.emit()
        self.show()

    def step(self, by: int) -> None:
        """Next or previous finding."""
        self._review.show_pane(self._review.findings)
        if not self._review.findings.step(by):
            self.said.emit(Notice(tr("That was the last finding.") if by > 0 else tr("That was the first finding.")))

    def pop_up(self, at: QPoint) -> None:
        """Offer it at a place of the table."""
        menu = QMenu(self._review)
        self.fill(menu)
        menu.exec(self._review.table.viewport().mapToGlobal(at))
        menu.deleteLater()

    def fill(self, menu: QMenu) -> None:
        """What can be done with the selected reports."""
        lines = self._review.table.selected_lines()
        if not lines:
            return
        out = all(line.left_out for line in lines)
        menu.addAction(tr("Take in again") if out else tr("Leave out")).triggered.connect(self.decider.toggle_left_out)
        menu.addAction(tr("Remove from the list")).triggered.connect(lambda: self.decider.remove(lines))
        menu.addAction(tr("Clear the list")).triggered.connect(self.decider.remove_all)
        if can_choose(lines[0]):
            menu.addAction(tr("Choose the source…")).triggered.connect(self._review.table.choose_source)
        if any(line.reviewed.standing.todo in CHOICE and line.fate is not Fate.CANNOT for line in lines):
            menu.addSeparator()
            for word, text in (
                ("replace", tr("Replace what is loaded")),
                ("skip", tr("Keep what is loaded")),
                ("aside", tr("Keep the new aside")),
            ):
                menu.addAction(text).triggered.connect(lambda _=False, word=word: self.decider.set_loaded(lines, word))

    def _choices(self, line: Line | None) -> Sequence[Choice]:
        if line is None or line.written:
            return ()
        reviewed, found = line.reviewed, list(self._of_damage(line))
        if line.differs and line.fate is Fate.DECIDE:
            found.append(Choice(tr("See the difference"), lambda: self._review.show_pane(self._review.difference)))
        if reviewed.asks_for_member:
            found.append(Choice(tr("Choose the member…"), lambda: self._ask_member(line)))
        if not line.is_decidable:
            found.append(Choice(tr("Try again"), self.again_asked.emit))
            found.append(Choice(tr("Remove from the list"), lambda: self.decider.remove([line])))
        elif is_open_elsewhere(reviewed):
            found.append(Choice(tr("Read it again"), self.again_asked.emit))
        if reviewed.damaged or not reviewed.is_report:
            found.append(Choice(tr("Choose another file…"), lambda: self._choose_other(reviewed)))
        found += self.answerer.choices(line)
        if line.todo is Todo.SOURCE and not line.left_out:
            found += self._sources(line)
            found.append(Choice(tr("Choose the source…"), self._review.table.choose_source))
        if line.is_decidable and line.fate in {Fate.DECIDE, Fate.CANNOT, Fate.LEFT_OUT}:
            text = tr("Take in again") if line.left_out else tr("Leave it out")
            found.append(Choice(text, lambda: self.decider.set_left_out([line], not line.left_out)))
        if reviewed.is_report and reviewed.level >= Weight.WARNING:
            found.append(Choice(tr("Copy message to the publisher"), lambda: self._copy_message(reviewed)))
        return found

    def _of_damage(self, line: Line) -> Sequence[Choice]:
        count = len(line.reviewed.damaged)
        if not count:
            return ()
        if line.without_damaged:
            return (Choice(tr("Do not add without these cells"), lambda: self.decider.set_damaged(line, False)),)
        text = tr("Add without this cell") if count == 1 else tr("Add without these {n} cells").format(n=count)
        return (Choice(text, lambda: self.decider.set_damaged(line, True)),)

    def _sources(self, line: Line) -> Sequence[Choice]:
        """The sources that may be meant, each with one button; nothing is chosen beforehand."""
        proposal, names = line.reviewed.proposal, dict(self._review.sources)
        every = [(proposal.source_id, proposal.name)]
        every += [(one, names.get(one, str(one))) for one in proposal.others]
        found = []
        for source, name in every:
            shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
            words = shown if source is not None else tr("New source “{name}”").format(name=shown)
            chosen = Proposal(source, name, Reason.CHOSEN)
            found.append(Choice(words, partial(self._look_again, line, chosen, line.reviewed.member)))
        return found

    def _choose_other(self, reviewed: Reviewed) -> None:
        paths = self._chooser.files()
        if paths:
            self.file_replaced.emit(reviewed.file, paths)

    def _ask_member(self, line: Line) -> None:
        menu = QMenu(self._review)
        for member in line.reviewed.members:
            menu.addAction(member.replace("&", "&&")).triggered.connect(
                lambda _=False, member=member: self.choose_member(line, member)
            )
        menu.popup(self._review.findings.mapToGlobal(self._review.findings.rect().bottomLeft()))

    def choose_member(self, line: Line, member: str) -> None:
        """Plan the report anew for one institution."""
        self._look_again(line, line.reviewed.proposal, member)

    def _choose_source(self, source: int | None, name: str) -> None:
        known = next((one for one, its in self._review.sources if its.casefold() == name.casefold()), None)
        proposal = Proposal(source if source is not None else known, name, Reason.CHOSEN)
        for line in self._review.table.selected_lines():
            if can_choose(line):
                self._look_again(line, proposal, line.reviewed.member)

    def _look_again(self, line: Line, proposal: Proposal, member: str | None) -> None:
        line.looking = True
        self._review.model.tell_all()
        key = line.reviewed.key

        def done(reviewed: Reviewed) -> None:
            renewed = [one for one in self._review.model.lines if one.reviewed.key == key]
            for one in renewed:
                one.looking, one.reviewed, one.if_loaded = False, reviewed, "fail"
                one.source_known = one.source_known or proposal.reason is Reason.CHOSEN
                self.answerer.go_on(one)
            self._review.model.decide(renewed)
            self.decider.follow()

        def failed(problem: Problem) -> None:
            line.looking = False
            self._review.model.decide([line])
            self.decider.follow()
            self._say(problem)

        self._jobs.look_again(line, proposal, member, done, failed)

    def _want_cell(self, position: str) -> None:
        line = self._review.current()
        self._position = position
        if line is None or not line.reviewed.is_report or not position:
            self._review.findings.show_cell(None)
            return
        key = line.reviewed.key

        def done(found: Surroundings) -> None:
            current = self._review.current()
            if current is not None and current.reviewed.key == key and self._position == position:
                self._review.findings.show_cell(found)

        self._jobs.around(line.reviewed, position, done, lambda _: self._review.findings.show_cell(None))

    def _want_titles(self, reviewed: Reviewed, month: str, metric: str) -> None:
        asked = (reviewed, month, metric)
        if not self._review.is_shown(self._review.difference) or same_question(self._titles, asked):
            return
        self._titles = asked

        def done(found: pl.DataFrame) -> None:
            self._titles = None if self._titles is asked else self._titles
            self._review.difference.show_titles(asked, found)

        def failed(problem: Problem) -> None:
            self._titles = None if self._titles is asked else self._titles
            self._say(problem)

        if metric:
            self._jobs.titles(reviewed, (month, metric), done, failed)
        else:
            self._jobs.texts(reviewed, month, done, failed)

    def _show_sheet(self, line: Line) -> Callable[[Sheet], None]:
        def done(sheet: Sheet) -> None:
            if self._review.current() is line and self._review.sheet.cells.sheet is not sheet:
                self._review.sheet.show_sheet(sheet)
                self._review.sheet.go_to(*place_of(sheet, self._position))

        return done

    def _copy_message(self, reviewed: Reviewed) -> None:
        def done(text: str) -> None:
            if text:
                QGuiApplication.clipboard().setText(text)
                self.said.emit(Notice(tr("The message to the publisher was copied; paste it into an e-mail.")))
            else:
                self.said.emit(Notice(tr("Nothing in this report is a matter for the publisher."), Level.INFO))

        self._jobs.message(reviewed, done, self._say)

    def _say(self, problem: Problem) -> None:
        told = f"{problem.title}. {problem.meaning} {problem.remedy}"
        self.said.emit(Notice(told, Level.SERIOUS, short=problem.title))


def is_open_elsewhere(reviewed: Reviewed) -> bool:
    """Whether another program has the file open: what is not saved there yet is not in what was read."""
    return not reviewed.findings.filter(pl.col("rule") == _OPEN).is_empty()
