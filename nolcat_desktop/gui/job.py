"""One piece of long work as the window sees it: its name, how far it is, how it ended, and its log."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from threading import Event

from PySide6.QtCore import QObject, Signal

from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Step

LOG_LINES = 500
_SURE_AFTER = 2.0
"""Seconds before a time left is worth saying."""


class JobState(Enum):
    """Where a job is in its life."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a job's log."""

    when: datetime
    text: str


class Job(QObject):
    """Made by `TaskRunner.start`. Read it in the window's thread; only `cancel` may be called from elsewhere."""

    changed = Signal()
    """State, step or log."""
    stepped = Signal(object)
    """A `Step`, at most twenty a second."""
    ended = Signal()

    def __init__(self, name: str, writes: bool, quiet: bool, clock: Callable[[], datetime], parent: QObject) -> None:
        """A job that waits."""
        super().__init__(parent)
        self.name = name
        self.writes = writes
        self.quiet = quiet
        self.state = JobState.WAITING
        self.step = Step("", 0, 0)
        self.problem: Problem | None = None
        self.log: list[LogLine] = []
        self.stop = Event()
        self.is_orphan = False
        """Whether who asked for it is gone: it is told to nobody."""
        self._clock = clock
        self._made = self._phase_began = time.monotonic()
        self.began: datetime | None = None
        self.finished: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether it ended, in whatever way."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to stop and has not ended yet."""
        return self.stop.is_set() and not self.is_over

    @property
    def would_be_missed(self) -> bool:
        """Whether closing has to ask: it writes, or someone has been waiting for it for a while."""
        return not self.quiet and (self.writes or time.monotonic() - self._made >= _SURE_AFTER)

    def orphan(self, _gone: QObject | None = None) -> None:
        """Who asked for it is gone."""
        self.is_orphan = True

    def cancel(self) -> None:
        """Ask it to stop; it ends by itself, at its next check, with nothing half-done."""
        self.stop.set()
        self.changed.emit()

    def seconds_left(self) -> float | None:
        """An estimate from the pace of this phase; None while there is nothing to go by."""
        taken = time.monotonic() - self._phase_began
        if self.state is not JobState.RUNNING or not 0 < self.step.done < self.step.total or taken < _SURE_AFTER:
            return None
        return taken * (self.step.total - self.step.done) / self.step.done

    def tell(self, step: Step) -> None:
        """Take in how far it is. In the window's thread."""
        if self.is_over:
            return
        if step.phase != self.step.phase:
            self._phase_began = time.monotonic()
        if (step.phase, step.label) != (self.step.phase, self.step.label):
            self.note(" · ".join(part for part in (step.phase, short_label(step.label)) if part))
        self.step = step
        self.stepped.emit(step)
        self.changed.emit()

    def enter(self, state: JobState) -> None:
        """Go to `state`. In the window's thread."""
        self.state = state
        if state is JobState.RUNNING:
            self.began, self._phase_began = self._clock(), time.monotonic()
        if self.is_over:
            self.finished = self._clock()
        self.changed.emit()
        if self.is_over:
            self.ended.emit()

    def note(self, text: str) -> None:
        """Add a line to the log; the oldest go when there are too many."""
        self.log.append(LogLine(self._clock(), text))
        del self.log[:-LOG_LINES]


def short_label(label: str) -> str:
    """What is at hand without the folders it lies in, which are the same for all of them."""
    return re.split(r"[\\/]", label)[-1] if re.match(r"^(?:[A-Za-z]:|[\\/])", label) else label
