"""The one thing in Add reports that writes: adding what was chosen, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from nolcat_desktop.dataset.border import DISK_FULL
from nolcat_desktop.dataset.lock import is_busy
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.add_done_words import STORED, added_words, notice_words
from nolcat_desktop.gui.pages.add_jobs import Jobs
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_model import ReviewModel
from nolcat_desktop.gui.pages.add_words import how_many_reports, tr
from nolcat_desktop.gui.sample_strip import SampleStrip
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.review_adding import Added
from nolcat_desktop.workflow.sample_content import is_sample

_MOMENT_MS = 1
"""Milliseconds between two things that follow from what was done, each of which takes its time with many reports."""
_TRY_MS = 2000
"""Milliseconds between two tries while another program is writing."""


class Writer(QObject):
    """Adds exactly the chosen lines, in one run."""

    began = Signal()
    written = Signal(object)
    """`Added`: what was done; the lines know which of them were written."""
    undone = Signal()
    ended = Signal()
    """It came to an end without anything written."""
    failed = Signal(object, object)
    """A `Problem` and the `Choice`s about it; None: it is over."""
    said = Signal(object)
    """A `Notice`."""
    unsaid = Signal(object)
    """A `Notice` that no longer holds: what it tells was taken back, maybe in another window."""

    def __init__(self, context: Context, model: ReviewModel, jobs: Jobs, parent: QObject) -> None:
        """Nothing was written yet."""
        super().__init__(parent)
        self._context, self._model, self._jobs = context, model, jobs
        self.is_writing = False
        self.title = ""
        """What was done last, in words."""
        self._entry: int | None = None
        self._said_of: dict[int, Notice] = {}
        """What was said of each adding of this session, by its entry in the history."""
        self._loads: dict[int, list[Line]] = {}
        """What each adding of this session wrote, by its entry in the history."""
        self._standing: frozenset[int] = frozenset()
        """Those of them that are not taken back."""
        self._library = context.library
        self._folder: Path | None = None
        """The library that is written into."""
        self._chosen: list[Line] = []
        self._may_mix = False
        """Whether it was said that reports of one's own are meant for the sample library."""
        self._waits = False
        """Whether it shall be added as soon as another program has finished."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TRY_MS)
        self._soon.timeout.connect(self._try_again)

    def chosen(self) -> list[Line]:
        """The lines that would be written."""
        return [line for line in self._model.lines if line.is_chosen and not line.looking]

    def add(self) -> None:
        """Write the chosen lines; what is one's own is added to the sample only when that is meant."""
        self._chosen = self.chosen()
        own = [line for line in self._chosen if not is_sample(line.reviewed.sha256)]
        if own and self._context.is_sample and not self._may_mix and not self.is_writing:
            self._ask_about_the_sample(own)
        elif self._chosen and not self.is_writing:
            self.is_writing, self._folder = True, self._context.library_folder
            self.began.emit()
            self._jobs.add(self._chosen, self._added, self._add_failed, self._stopped)

    def _ask_about_the_sample(self, own: Sequence[Line]) -> None:
        def mix() -> None:
            self._may_mix = True
            self.unsaid.emit(asked)
            self.add()

        text = tr("This is the sample library: {reports} of yours would stand among made-up numbers. {rest}")
        rest = tr("Nothing was added; in your own library they are checked again.")
        ways = (
            Choice(tr("Open my own"), self._leave_the_sample),
            Choice(tr("Add here all the same"), mix),
        )
        said = text.format(reports=how_many_reports(len(own)), rest=rest)
        asked = Notice(said, Level.CHECK, ways, tr("This is the sample library."))
        self.said.emit(asked)

    def _leave_the_sample(self) -> None:
        """As the strip of the sample does; what is one's own waits there in the review."""
        page = self.parent()
        strip = page.window().findChild(SampleStrip) if isinstance(page, QWidget) else None
        if strip is not None:
            strip.own_asked.emit()

    def undo(self) -> None:
        """Take the last adding back."""
        if self._entry is not None and not self.is_writing:
            self.is_writing = True
            self._jobs.undo(self._entry, self._taken_back, self._undo_failed)

    def look(self) -> None:
        """See whether the last adding was taken back elsewhere: by the window's Undo, or in another window."""
        library, known = self._context.library, self._standing
        if library is not self._library and library is not None and not self.is_writing:
            self._library = library
            self.failed.emit(None, ())  # what was said of a folder that was not there is over
        if library is None or not self._loads or self.is_writing:
            return
        entries = frozenset(self._loads)

        def stands(_progress: Progress) -> frozenset[int]:
            return entries & {one.entry for one in library.history() if not one.undone}

        def done(standing: frozenset[int]) -> None:
            if self._standing == known and frozenset(self._loads) == entries and not self.is_writing:
                self._stand(standing)

        self._context.runner.start(tr("Looking"), stands, done=done, quiet=True)

    def forget(self) -> None:
        """Another library is open: what was added to the one before is taken back there."""
        self._entry, self.title = None, ""
        self._loads, self._said_of, self._standing = {}, {}, frozenset()
        self._may_mix = False
        self._wait(waits=False)

    def _added(self, added: Added) -> None:
        self.is_writing = self._waits = False
        self.title = added_words(added)
        if self._folder != self._context.library_folder:
            name = self._folder.name if self._folder is not None else ""
            told = tr("{added}, to the library {name}.")
            self.said.emit(Notice(told.format(added=self.title, name=name), Level.INFO))
            self.ended.emit()
            return
        self._entry = added.converted.entry
        for line, outcome in zip(self._chosen, added.converted.lines, strict=True):
            line.written, line.is_doubted = outcome.action in STORED, outcome.problem is not None
        if self._entry is not None:
            self._loads[self._entry] = [line for line in self._chosen if line.written]
            self._standing |= {self._entry}
        self._model.tell_all()
        self.written.emit(added)
        QTimer.singleShot(_MOMENT_MS, self, lambda: self._spread_word(added))

    def _spread_word(self, added: Added) -> None:
        """One after the other: each takes its moment, and the window answers in between."""
        self._context.library_changed.emit()
        QTimer.singleShot(_MOMENT_MS, self, lambda: self._say(added))

    def _say(self, added: Added) -> None:
        told, entry = notice_words(added), added.converted.entry
        if not told:
            self.said.emit(Notice(tr("Nothing was added."), Level.CHECK))
        elif entry is not None and entry in self._standing:  # else it was taken back before it could be said
            self._said_of[entry] = Notice(told, Level.OK, (Choice(tr("Undo"), self.undo),))
            self.said.emit(self._said_of[entry])

    def _add_failed(self, problem: Problem) -> None:
        self.is_writing = False
        is_locked = is_busy(problem)
        if is_locked and self._waits:
            self._soon.start()
        elif is_locked:
            wait = Choice(tr("Wait, and add when it is free"), lambda: self._wait(waits=True))
            self.failed.emit(problem, (wait, Choice(tr("Look only"), lambda: self.failed.emit(None, ()))))
        else:
            self._waits = False
            again, tidy = Choice(tr("Try again"), self.add), Choice(tr("Show what can be tidied…"), self._tidy)
            self.failed.emit(problem, (again, tidy) if problem.title == DISK_FULL else (again,))

    def _tidy(self) -> None:
        page = self.parent()
        action = page.window().findChild(QAction, "tidy") if isinstance(page, QWidget) else None
        if action is not None:
            action.trigger()

    def _wait(self, waits: bool) -> None:
        """Add as soon as another program has finished, or do so no more."""
        was, self._waits = self._waits, waits
        self._soon.stop()
        if waits:
            self.failed.emit(None, ())
            told = tr("Adding waits until the other program has finished. You can look at everything meanwhile.")
            self.said.emit(Notice(told, Level.INFO, (Choice(tr("Do not wait"), lambda: self._wait(waits=False)),)))
            self._soon.start()
        elif was:
            self.said.emit(Notice(tr("Nothing was added; all reports are still in the review."), Level.INFO))

    def _try_again(self) -> None:
        if self._waits and self._context.library_folder == self._folder:
            self.add()

    def _stopped(self) -> None:
        self.is_writing = False
        self.said.emit(Notice(tr("Stopped. Nothing was added; all reports are still in the review."), Level.INFO))
        self.ended.emit()

    def _taken_back(self) -> None:
        self.is_writing = False
        self._stand(self._standing - {self._entry})
        self._context.library_changed.emit()
        self.said.emit(Notice(tr("Undone. The reports are in the review again.")))

    def _stand(self, standing: frozenset[int]) -> None:
        """Only the lines of what was taken back, or done once more, are touched."""
        back, again = self._standing - standing, standing - self._standing
        self._standing = standing
        if again:
            self._model.mark_written([line for entry in sorted(again) for line in self._loads[entry]])
        for entry in back & self._said_of.keys():
            self.unsaid.emit(self._said_of[entry])
        if back:
            self._entry = None if self._entry in back else self._entry
            self._model.bring_back([line for entry in sorted(back) for line in self._loads[entry]])
            QTimer.singleShot(_MOMENT_MS, self, self.undone.emit)

    def _undo_failed(self, problem: Problem) -> None:
        self.is_writing = False
        told = f"{problem.title}. {problem.meaning} {problem.remedy}"
        self.said.emit(Notice(told, Level.CHECK, short=problem.title))
