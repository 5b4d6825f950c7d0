"""Asking something of the open library, or changing it, in another process; what went wrong is said by a notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import review_apart


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with the library: a function of a module that takes the library, and then what is given."""

    name: str
    """For the job bar."""
    do: Callable[..., object]
    given: Sequence[object] = ()
    told: bool = False
    """Whether it takes a progress last."""
    opens: str = ""
    """Module that shows what is found: read in the thread, for it is seldom wanted, and reading holds the window up."""


_Outcomes: TypeAlias = tuple[Callable[[Any], None], Callable[[Problem], None] | None, Callable[[], None] | None]
"""Who is told when it is done, failed, cancelled."""


class LibraryWork(QObject):
    """For one place."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, parent: QObject) -> None:
        """Work on whatever library is open when it is asked."""
        super().__init__(parent)
        self._context = context

    def look(
        self,
        work: Work,
        done: Callable[[Any], None],
        quiet: bool = True,
        failed: Callable[[Problem], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job | None:
        """Find something out; nothing is changed. Without `failed` a problem is said. None: no library is open."""
        return self._start(work, (done, failed, cancelled), writes=False, quiet=quiet)

    def change(self, work: Work, done: Callable[[Any], None], failed: Callable[[Problem], None] | None = None) -> None:
        """Change the library; everybody looks again after it. Without `failed` a problem is said."""

        def changed(value: object) -> None:
            self._context.library_changed.emit()
            done(value)

        self._start(work, (changed, failed, None), writes=True, quiet=False)

    def tell(self, problem: Problem) -> None:
        """Say what went wrong, in one line."""
        text = " ".join(part for part in (f"{problem.title}.", problem.meaning, problem.remedy) if part)
        self.said.emit(Notice(text, Level.SERIOUS, short=problem.title))

    def _start(self, work: Work, outcomes: _Outcomes, writes: bool, quiet: bool) -> Job | None:
        shelf, runner = self._context.shelf(), self._context.runner
        if shelf is None:
            return None

        def do(progress: Progress) -> object:
            given = (shelf, work.do, tuple(work.given), work.told)
            found = runner.apart.do(review_apart.on_library, *given, progress=progress, writes=writes)
            if work.opens:
                import_module(work.opens)
            return found

        done, failed, cancelled = outcomes
        told = failed or self.tell
        return runner.start(work.name, do, done=done, failed=told, cancelled=cancelled, writes=writes, quiet=quiet)
