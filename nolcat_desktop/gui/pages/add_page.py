"""Add reports: drop files, see what they are and what is wrong with them, decide, add with one button."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.message_card import CardSlot
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.add_arrivals import Arrivals
from nolcat_desktop.gui.pages.add_closer import Closer
from nolcat_desktop.gui.pages.add_done import DoneView
from nolcat_desktop.gui.pages.add_empty import EmptyView
from nolcat_desktop.gui.pages.add_head import Head
from nolcat_desktop.gui.pages.add_jobs import Jobs
from nolcat_desktop.gui.pages.add_kept import Kept
from nolcat_desktop.gui.pages.add_lines import Fate
from nolcat_desktop.gui.pages.add_model import ReviewModel, counted
from nolcat_desktop.gui.pages.add_name import NameLine
from nolcat_desktop.gui.pages.add_review import ReviewPane
from nolcat_desktop.gui.pages.add_rounds import Rounds
from nolcat_desktop.gui.pages.add_summary import rest_words, summary_words
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.pages.add_writing import Writer
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow.review_adding import Added


class AddPage(Place):
    """Nothing is written before the primary button."""

    name = "add"
    icon_name = "file-plus"
    supports: ClassVar[frozenset[str]] = frozenset({"find", "next_gap", "previous_gap", "where_from"})

    def build(self) -> Iterator[None]:
        """An empty review."""
        context = self.context
        self.chooser = Chooser(context.remembered, self)
        self.model = ReviewModel(self)
        self.jobs = Jobs(context, self)
        self.stack = QStackedWidget(self)  # first: whoever is put into another is dressed anew, with all that is in it
        self.review = ReviewPane(self.model, context.remembered, self.stack)
        yield from self.review.build()
        self.closer = Closer(self.review, self.jobs, self.chooser, self)
        self.writer = Writer(context, self.model, self.jobs, self)
        self.empty, self.done = EmptyView(self.stack), DoneView(context, self.stack)
        yield
        self._card = CardSlot(self.body, self)
        self.rounds = Rounds(context, self.model, self.jobs, lambda: self.writer.is_writing, self)
        self.arrivals = Arrivals(self.review, self.rounds, self)
        self.kept = Kept(context, self.model, self.empty, self)
        self._restyled = True
        self._home: Path | None = None  # the library that the review was made for
        for view in (self.empty, self.review, self.done):
            self.stack.addWidget(view)
        self.naming = NameLine(context, self)
        self.naming.answered.connect(self.focus_first)
        self.review.above = (self.naming.edit, self.naming.use, self.naming.later)
        self.body.addWidget(self.naming)
        self.body.addWidget(self.stack, 1)
        self.review.tabs.currentChanged.connect(self._follow)
        self.head = Head(self.header, self.writer.add, self)
        self._connect()
        if context.library is not None:
            self._move()
        self._follow()

    @classmethod
    def title(cls) -> str:
        """The place's word."""
        return QCoreApplication.translate("add", "Add reports")

    def receive(self, payload: object) -> None:
        """Check the files, folders and zips that came."""
        if isinstance(payload, Sequence) and not isinstance(payload, str):
            self.open_paths([path for path in payload if isinstance(path, Path)])

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Check `paths` beside what is in the review; what was written leaves it."""
        self.rounds.open(paths)

    def showEvent(self, event: QShowEvent) -> None:
        """Wear the look of the moment."""
        super().showEvent(event)
        if not self._restyled:
            self._restyle()

    def shown(self) -> None:
        """Check again when the library changed since."""
        if self.rounds.is_stale and self.model.lines and self.stack.currentWidget() is not self.done:
            self.rounds.judge_again()

    def layout_class_changed(self, layout: LayoutClass) -> None:
        """Lay the review out anew."""
        super().layout_class_changed(layout)
        self.review.set_layout_class(layout)

    def panes(self) -> Sequence[QWidget]:
        """Where F6 stops."""
        shown = self.stack.currentWidget()
        if shown is self.review:
            return (self.review.bar, *self.review.panes())
        return (self.done.table,) if shown is self.done else tuple(self.empty.buttons)

    def focus_first(self) -> None:
        """The table, the totals, or the first way to begin."""
        shown = self.stack.currentWidget()
        if shown is self.review:
            self.review.focus_front()
        elif shown is self.done:
            self.done.table.setFocus()
        else:
            self.empty.buttons[0].setFocus()

    def can(self, what: str) -> str:
        """Without reports there is nothing to find."""
        where = self.done if what == "where_from" else self.review
        return "" if self.stack.currentWidget() is where else tr("There are no reports here")

    def do(self, what: str) -> None:
        """Find; next and previous finding; where a total of what was added comes from."""
        match what:
            case "find":
                self.review.bar.find_edit.setFocus()
            case "next_gap" | "previous_gap":
                self.closer.step(1 if what == "next_gap" else -1)
            case "where_from":
                self.done.explaining.explain()
            case _:
                super().do(what)

    def step_back(self) -> bool:
        """Clear what is searched for, then the chip."""
        bar = self.review.bar
        if bar.find_edit.text():
            bar.find_edit.clear()
            return True
        if bar.current() > 0:
            bar.choose(0)
            return True
        return False

    @property
    def add_action(self) -> QAction:
        """The action of the primary button while reports are reviewed."""
        return self.head.add

    def _connect(self) -> None:
        self.rounds.began.connect(self._began)
        self.rounds.ended.connect(self._checked)
        self.rounds.unchanged.connect(self._know_sources)
        self.rounds.stopped.connect(self.said)
        self.rounds.stopped.connect(self._checked)
        self.rounds.emptied.connect(self.kept.clear)
        self.closer.decider.removed.connect(self.rounds.drop)
        self.rounds.failed.connect(self._failed)
        self.closer.said.connect(self.said)
        self.closer.again_asked.connect(self.rounds.again)
        self.closer.file_replaced.connect(self.rounds.replace)
        self.done.said.connect(self.said)
        for asking in (self.empty, self.head):
            asking.files_asked.connect(self._open_files)
            asking.folder_asked.connect(self._open_a_folder)
        self.head.place_asked.connect(lambda name: self.asked_for.emit(name, "added"))
        self.done.undo_asked.connect(self.writer.undo)
        for changed in (self.rounds.came, self.closer.changed, self.writer.began, self.writer.ended):
            changed.connect(self._follow)
        self.writer.failed.connect(self._failed)
        self.writer.written.connect(self._written)
        self.writer.undone.connect(self._undone)
        self.writer.said.connect(self.said)
        self.writer.unsaid.connect(self.unsaid)
        self.done.waiting_asked.connect(lambda: self._show_left(Fate.DECIDE))
        self.done.rest_asked.connect(lambda: self._show_left(Fate.CANNOT))
        self.kept.wanted.connect(self.open_paths)
        self.kept.answered.connect(self.focus_first)
        self.review.table.menu_asked.connect(self.closer.pop_up)
        self.context.library_changed.connect(self._library_changed)
        self.context.theme.follow(self._restyle)

    def _open_files(self) -> None:
        self.open_paths(self.chooser.files())

    def _open_a_folder(self) -> None:
        folder = self.chooser.folder(tr("Choose a folder of reports"), "reports")
        self.open_paths([folder] if folder is not None else [])

    def _began(self) -> None:
        self._card.show(None)
        self.stack.setCurrentWidget(self.review)
        self.arrivals.wait()
        self._follow()
        if self.isVisible():
            self.review.focus_front()

    def _know_sources(self) -> None:
        self.review.sources = tuple(self.jobs.sources.names().items())
        self._follow()

    def _checked(self) -> None:
        self._know_sources()
        self.arrivals.meet()
        self.closer.show()

    def _failed(self, problem: Problem | None, choices: Sequence[Choice] = ()) -> None:
        self._card.show(problem, choices or (Choice(tr("Try again"), self.rounds.retry),))
        self._follow()

    def _written(self, added: Added) -> None:
        self._card.show(None)
        self.rounds.know_all()
        rest = rest_words(self.model.lines)
        self.done.show_added(added, self.jobs.sources.names(), self._undecided(), rest, self.jobs.totals)
        QTimer.singleShot(0, self, self._show_done)

    def _show_done(self) -> None:
        self.stack.setCurrentWidget(self.done)
        self.rounds.next()
        self._follow()
        self.focus_first()

    def _undone(self) -> None:
        self.stack.setCurrentWidget(self.review)
        self.rounds.judge_again()
        self._follow()

    def _show_left(self, fate: Fate) -> None:
        """The review again, with what is left in it."""
        self.stack.setCurrentWidget(self.review)
        self.rounds.judge_again()
        if counted(self.model.lines, (fate,)):
            self.review.bar.choose_fate(fate)
        self._follow()
        self.focus_first()

    def _move(self) -> None:
        """Another library is open: what was reviewed for the one before is put away."""
        if self._home is not None:
            self.kept.leave_behind(self.model.lines)
            self.rounds.forget()
            self.writer.forget()
            self.review.bar.choose(0)
            self.naming.edit.clear()
            self._card.show(None)
            self.stack.setCurrentWidget(self.empty)
        self._home = self.context.library_folder
        self.kept.meet()
        self._follow()

    def _undecided(self) -> int:
        return counted(self.model.lines, (Fate.DECIDE,))

    def _library_changed(self) -> None:
        if self.context.library is not None and self.context.library_folder != self._home:
            self._move()
        self.rounds.is_stale = True
        self.writer.look()
        if self.context.library is not None and self.rounds.waits:
            self.rounds.next()
        elif self.isVisible() and not self.writer.is_writing:
            self.shown()

    def _follow(self) -> None:
        """Header, badge, counts: all that follows from the lines."""
        shown = self.stack.currentWidget()
        if shown is self.review and not self.model.lines and not self.rounds.is_checking:
            self.stack.setCurrentWidget(self.empty)
            shown = self.empty
        self.review.set_writing(self.writer.is_writing)
        if shown is self.done:
            self.head.show_done(self.writer.title)
        elif shown is self.review:
            can_add = not self.rounds.is_checking and not self.writer.is_writing and self.context.library is not None
            self.head.show_review(self.title(), len(self.writer.chosen()), can_add)
        else:
            self.head.show_empty(self.title())
        self.set_summary(*summary_words(self.model.lines, shown is self.done, self.rounds.is_checking))
        self.review.follow()
        self.naming.offer(self.model.lines, shown is self.review and self.review.lists and self._card.card is None)
        self.set_badge(self._undecided())
        if self.model.lines and not self.rounds.is_checking:
            self.kept.keep()
        self.can_changed.emit()

    def _restyle(self) -> None:
        self._restyled = self.isVisible()
        if not self._restyled:
            return  # what nobody sees has time until it is shown
        for view in (self.review, self.done, self.empty):
            view.restyle()
        self.closer.show()
