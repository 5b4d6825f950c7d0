"""What is checked, and when once more: files that come, what is left after adding, all of it on demand."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.add_jobs import Jobs
from nolcat_desktop.gui.pages.add_kept import files_of
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_model import ReviewModel
from nolcat_desktop.gui.pages.add_words import how_many_reports, tr
from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow.reviewed import Reviewed

_SOON_MS, _SELDOM = 50, 20
"""Milliseconds before it is told that reports came; and how many times as long as that took, where it takes longer."""


class Rounds(QObject):
    """One check after the other; what comes meanwhile waits for its turn."""

    began = Signal()
    came = Signal()
    """Some reports came."""
    ended = Signal()
    """All are there."""
    unchanged = Signal()
    """The library changed, and nothing of it matters here."""
    stopped = Signal(object)
    """Asked to, or because there was nothing to read; the `Notice` about it."""
    emptied = Signal()
    """The user took the last report off the list."""
    failed = Signal(object)
    """A `Problem`."""

    def __init__(
        self, context: Context, model: ReviewModel, jobs: Jobs, is_writing: Callable[[], bool], parent: QObject
    ) -> None:
        """Nothing was checked yet."""
        super().__init__(parent)
        self._context, self._model, self._jobs, self._is_writing = context, model, jobs, is_writing
        self.is_stale = False
        """Whether the library changed since."""
        self._paths: list[Path] = []
        self._waiting: list[Path] = []
        self._only: frozenset[tuple[str, int]] = frozenset()
        self._asked: object = None
        """While it is asked which reports the library's change matters for."""
        self._gone: frozenset[tuple[str, int]] = frozenset()
        self._before: frozenset[tuple[str, int]] | None = None
        """What was there before the files that are being opened; None: nothing is opened, all is only checked anew."""
        self._is_again = False
        self._opened: set[tuple[str, int]] = set()
        """What was read of the files that the user opened last."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._tell_came)
        jobs.found.connect(self._take)

    @property
    def is_checking(self) -> bool:
        """Whether something is being read."""
        is_read = self._jobs.checking is None or self._jobs.checking.is_over
        return self._asked is not None or not is_read or self._jobs.is_telling

    @property
    def waits(self) -> bool:
        """Whether something came that could not be looked at yet."""
        return bool(self._waiting)

    def arrived(self) -> list[Line]:
        """Of what was opened last: what is new in the list; else all, unless it was but checked once more."""
        opened = [line for line in self._model.lines if line.reviewed.key in self._opened]
        return [line for line in opened if line.is_new] or ([] if self._is_again else opened)

    def open(self, paths: Sequence[Path]) -> None:
        """Check `paths` beside what is in the review; what was written leaves it."""
        if not paths:
            return
        if self._context.library is None or self.is_checking or self._is_writing():
            self._waiting += list(paths)
            return
        self._model.remove(lambda line: line.written)
        if self.is_stale and self._model.lines:
            self._waiting += list(paths)
            self.judge_again()
            return
        self._is_again = list(paths) == self._paths
        if not self._is_again:
            self._gone = frozenset()
        self._before = frozenset(line.reviewed.key for line in self._model.lines)
        self._opened = set()
        self.know_all()
        self._paths = [*(path for path in self._paths if path not in paths), *paths]
        self._check(paths)

    def again(self) -> None:
        """Check everything once more, with what came into its folders since."""
        if self._paths and self._model.lines and not self.is_checking:
            self.is_stale = False
            self.open(self._paths)

    def retry(self) -> None:
        """Begin once more."""
        self.open(self._paths)

    def judge_again(self) -> None:
        """Read anew what is held against another library by now; the rest, and what was decided, stays."""
        if self._is_writing() or self.is_checking or self._context.library is None:
            return
        self._model.remove(lambda line: line.written)
        left = [line for line in self._model.lines if line.fate is not Fate.NO_REPORT]
        self.is_stale = False
        if not left:
            self.next()
            return
        asked = self._asked = object()

        def done(keys: frozenset[tuple[str, int]]) -> None:
            if self._asked is asked:
                self._asked = None
                self._renew(keys | {line.reviewed.key for line in left if line.is_doubted})

        def failed(problem: Problem) -> None:
            if self._asked is asked:
                self._asked = None
                self._failed(problem)

        self._jobs.find_outdated(left, done, failed)

    def _renew(self, keys: frozenset[tuple[str, int]]) -> None:
        left = [line for line in self._model.lines if line.reviewed.key in keys]
        if left:
            self._only = keys
            self._check(files_of(left))
        else:
            self._model.rank()
            self.unchanged.emit()
            self.next()

    def next(self) -> None:
        """Look at what came meanwhile."""
        waiting, self._waiting = self._waiting, []
        self.open(waiting)

    def replace(self, old: str, new: Sequence[Path]) -> None:
        """Take other files instead of one."""
        self.drop(frozenset(line.reviewed.key for line in self._model.lines if line.reviewed.file == old))
        self.open(new)

    def drop(self, keys: frozenset[tuple[str, int]]) -> None:
        """Take reports off the list; they do not come back with their folder until it is opened again."""
        self._model.remove(lambda line: line.reviewed.key in keys)
        self._gone |= keys
        left = files_of(self._model.lines)
        self._paths = [path for path in self._paths if path in left or not path.is_file()] if left else []
        if not left:
            self.emptied.emit()

    def forget(self) -> None:
        """Nothing of it is wanted any more; what waits for its turn is."""
        self._jobs.forget()
        self._asked = self._before = None
        self._paths, self._only, self._gone, self.is_stale = [], frozenset(), frozenset(), False
        self._model.remove(lambda _: True)
        self._model.memory.forget()

    def know_all(self) -> None:
        """None is new any more."""
        for line in self._model.lines:
            line.is_new = False

    def _check(self, paths: Sequence[Path]) -> None:
        self._jobs.check(paths, self._checked, self._failed, self._stopped, self._model.answers())
        self.began.emit()

    def _take(self, reviewed: Reviewed) -> None:
        if reviewed.key not in self._gone and (not self._only or reviewed.key in self._only):
            line = self._model.put(reviewed)
            if self._before is not None:
                self._opened.add(reviewed.key)
                line.is_new = bool(self._before) and line.reviewed.key not in (self._before or ())
            self._soon.start()

    def _tell_came(self) -> None:
        """What follows from what came takes its time with thousands of lines: it is told the more seldom."""
        begun = time.perf_counter()
        self.came.emit()
        took = time.perf_counter() - begun
        self._soon.setInterval(max(_SOON_MS, round(took * 1000 * _SELDOM)))

    def _checked(self) -> None:
        self._soon.setInterval(_SOON_MS)
        self._jobs.checking = None
        if not self._only:
            self.is_stale = False
        self._only = frozenset()
        self._model.rank()
        if self._model.lines or self._gone or not self._paths:
            self.ended.emit()
        else:
            self.stopped.emit(Notice(tr("There is no file in what was opened."), Level.INFO))
        self._before, self._opened = None, set()
        self.next()

    def _stopped(self) -> None:
        self._jobs.checking = None
        self._model.rank()
        self._waiting, self._only, self._before = [], frozenset(), None
        read = sum(line.reviewed.is_report for line in self._model.lines)
        text = tr("Stopped: 1 report was read.") if read == 1 else tr("Stopped: {reports} were read.")
        text = text if read else tr("Stopped: no report was read.")
        told = f"{text.format(reports=how_many_reports(read))} {tr('Nothing has been written.')}"
        self.stopped.emit(Notice(told, Level.INFO, (Choice(tr("Check them all"), self.retry),)))

    def _failed(self, problem: Problem) -> None:
        self._jobs.checking, self._only, self._before = None, frozenset(), None
        self.failed.emit(problem)
