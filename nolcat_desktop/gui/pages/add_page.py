"""Add reports: drop files, see what they are and what is wrong with them, decide, add with one button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QPoint, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.message_card import CardSlot
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.add_closer import Closer
from nolcat_desktop.gui.pages.add_done import DoneView
from nolcat_desktop.gui.pages.add_empty import EmptyView
from nolcat_desktop.gui.pages.add_head import Head
from nolcat_desktop.gui.pages.add_jobs import Jobs
from nolcat_desktop.gui.pages.add_lines import Fate
from nolcat_desktop.gui.pages.add_model import ReviewModel, counted
from nolcat_desktop.gui.pages.add_name import NameLine
from nolcat_desktop.gui.pages.add_review import ReviewPane
from nolcat_desktop.gui.pages.add_words import how_many_reports, summary_words, tr
from nolcat_desktop.gui.pages.add_writing import Writer
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow.review_adding import Added
from nolcat_desktop.workflow.reviewing import Reviewed


class AddPage(Place):
    """Nothing is written before the primary button."""

    name = "add"
    icon_name = "file-plus"
    supports: ClassVar[frozenset[str]] = frozenset({"find", "next_gap", "previous_gap"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """An empty review."""
        super().__init__(context, parent)
        self.chooser = Chooser(context.remembered, self)
        self.model = ReviewModel(self)
        self.jobs = Jobs(context, self)
        self.review = ReviewPane(self.model, context.remembered, self)
        self.closer = Closer(self.review, self.jobs, self.chooser, self)
        self.writer = Writer(context, self.model, self.jobs, self)
        self.empty, self.done = EmptyView(self), DoneView(self)
        self._card = CardSlot(self.body, self)
        self._paths: list[Path] = []
        self._waiting: list[Path] = []
        self._stale = False
        self._only: frozenset[tuple[str, int]] = frozenset()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(50)
        self._soon.timeout.connect(self._follow)
        self.stack = QStackedWidget(self)
        for view in (self.empty, self.review, self.done):
            self.stack.addWidget(view)
        self.naming = NameLine(context, self)
        self.naming.answered.connect(self.focus_first)
        self.body.addWidget(self.naming)
        self.body.addWidget(self.stack, 1)
        self.head = Head(self.header, self.writer.add, self)
        self._connect()
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
        if not paths:
            return
        if self.context.library is None or self._is_checking or self.writer.is_writing:
            self._waiting += list(paths)
            return
        self.model.remove(lambda line: line.written)
        self._paths = [*(path for path in self._paths if path not in paths), *paths]
        self._card.show(None)
        self.stack.setCurrentWidget(self.review)
        self.jobs.check(paths, self._checked, self._failed, self._stopped, self.model.answers())
        self._follow()
        if self.isVisible():
            self.review.table.setFocus()

    def shown(self) -> None:
        """Check again when the library changed since."""
        if self._stale and self.model.lines and self.stack.currentWidget() is not self.done:
            self._check_again()

    def layout_class_changed(self, layout: LayoutClass) -> None:
        """Lay the review out anew."""
        super().layout_class_changed(layout)
        self.review.set_layout_class(layout)

    def panes(self) -> Sequence[QWidget]:
        """Where F6 stops."""
        shown = self.stack.currentWidget()
        if shown is self.review:
            return (self.review.bar, *self.review.panes())
        if shown is self.done:
            return (self.done.table,)
        return tuple(self.empty.buttons)

    def focus_first(self) -> None:
        """The table, the totals, or the first way to begin."""
        shown = self.stack.currentWidget()
        if shown is self.review:
            self.review.table.setFocus()
        elif shown is self.done:
            self.done.table.setFocus()
        else:
            self.empty.buttons[0].setFocus()

    def can(self, what: str) -> str:
        """Without reports there is nothing to find."""
        del what
        return "" if self.stack.currentWidget() is self.review else tr("There are no reports here")

    def do(self, what: str) -> None:
        """Find; next and previous finding."""
        match what:
            case "find":
                self.review.bar.find_edit.setFocus()
            case "next_gap" | "previous_gap":
                self.closer.step(1 if what == "next_gap" else -1)
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

    @property
    def _is_checking(self) -> bool:
        return self.jobs.checking is not None and not self.jobs.checking.is_over

    def _connect(self) -> None:
        self.jobs.found.connect(self._take)
        self.closer.changed.connect(self._follow)
        self.closer.said.connect(self.said)
        self.closer.again_asked.connect(self._check_again)
        self.closer.file_replaced.connect(self._replace_file)
        self.done.said.connect(self.said)
        for asking in (self.empty, self.head):
            asking.files_asked.connect(self._open_files)
            asking.folder_asked.connect(self._open_a_folder)
        self.head.place_asked.connect(lambda name: self.asked_for.emit(name, None))
        self.done.undo_asked.connect(self.writer.undo)
        self.writer.began.connect(self._follow)
        self.writer.ended.connect(self._follow)
        self.writer.failed.connect(self._failed)
        self.writer.written.connect(self._written)
        self.writer.undone.connect(self._undone)
        self.writer.said.connect(self.said)
        self.done.waiting_asked.connect(self._show_waiting)
        self.review.table.menu_asked.connect(self._menu)
        self.context.library_changed.connect(self._library_changed)
        self.context.theme.changed.connect(self._restyle)

    def _open_files(self) -> None:
        self.open_paths(self.chooser.files())

    def _open_a_folder(self) -> None:
        folder = self.chooser.folder(tr("Choose a folder of reports"), "reports")
        self.open_paths([folder] if folder is not None else [])

    def _take(self, reviewed: Reviewed) -> None:
        if not self._only or reviewed.key in self._only:
            self.model.put(reviewed)
            self._soon.start()

    def _checked(self) -> None:
        self.jobs.checking = None
        self._stale, self._only = False, frozenset()
        self.review.sources = tuple(self.jobs.sources.names().items())
        self.model.rank()
        first = self.review.lines.index(0, 0)
        if first.isValid():
            self.review.table.setCurrentIndex(first)
        self._next_round()
        self._follow()
        self.closer.show()

    def _stopped(self) -> None:
        self.jobs.checking = None
        text = tr("Stopped: {reports} were read. Nothing has been written.")
        self.said.emit(Notice(text.format(reports=how_many_reports(len(self.model.lines))), Level.INFO))
        self.model.rank()
        self._waiting = []
        self._follow()

    def _failed(self, problem: Problem) -> None:
        self.jobs.checking = None
        self._card.show(problem, (Choice(tr("Try again"), lambda: self.open_paths(self._paths)),))
        self._follow()

    def _next_round(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.open_paths(waiting)

    def _check_again(self) -> None:
        if self._paths and self.model.lines and not self._is_checking:
            self._stale = False
            self.open_paths(self._paths)

    def _written(self, added: Added) -> None:
        self._card.show(None)
        self.done.show_added(added, self.jobs.sources.names(), self._undecided())
        QTimer.singleShot(0, self, self._show_done)

    def _show_done(self) -> None:
        self.stack.setCurrentWidget(self.done)
        self._next_round()
        self._follow()
        self.focus_first()

    def _undone(self) -> None:
        self.stack.setCurrentWidget(self.review)
        self._check_again()
        self._follow()

    def _show_waiting(self) -> None:
        self.model.remove(lambda line: line.written)
        self.stack.setCurrentWidget(self.review)
        self._check_again()
        self._only = frozenset(line.reviewed.key for line in self.model.lines)
        self._follow()

    def _undecided(self) -> int:
        return counted(self.model.lines, (Fate.DECIDE,))

    def _library_changed(self) -> None:
        self._stale = True
        self.writer.look()
        if self.context.library is not None and self._waiting:
            self._next_round()
        elif self.isVisible() and not self.writer.is_writing:
            self.shown()

    def _replace_file(self, old: str, new: Sequence[Path]) -> None:
        self._paths = [path for path in self._paths if str(path) != old]
        self.model.remove(lambda line: line.reviewed.file == old)
        self.open_paths(new)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        self.closer.fill(menu)
        menu.exec(self.review.table.viewport().mapToGlobal(at))

    def _follow(self) -> None:
        """Header, badge, counts: all that follows from the lines."""
        shown = self.stack.currentWidget()
        if shown is self.review and not self.model.lines and not self._is_checking:
            self.stack.setCurrentWidget(self.empty)
            shown = self.empty
        self.review.set_writing(self.writer.is_writing)
        if shown is self.done:
            self.head.show_done(self.writer.title)
        elif shown is self.review:
            can_add = not self._is_checking and not self.writer.is_writing
            self.head.show_review(self.title(), len(self.writer.chosen()), can_add)
        else:
            self.head.show_empty(self.title())
        self.set_summary(summary_words(self.model.lines, shown is self.done, self._is_checking))
        self.review.follow()
        self.naming.offer(self.model.lines, shown is self.review)
        self.set_badge(self._undecided())
        self.can_changed.emit()

    def _restyle(self) -> None:
        for view in (self.review, self.done, self.empty):
            view.restyle()
        self.closer.show()
