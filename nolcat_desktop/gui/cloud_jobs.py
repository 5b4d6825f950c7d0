"""How the Cloud place works long: in a thread of the runner, with problems told by their kind, and news on the way.

Whatever knows AWS is imported in that thread, when it is first needed: the window's start imports nothing of it, and
no question goes to the network before somebody goes to the place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.job import Job
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.accounts import Account
    from nolcat_desktop.workflow.cloud_trouble import Trouble

T = TypeVar("T")
_LOOK = 0.1
"""Seconds between two looks at whether the user asked to stop."""


@dataclass(frozen=True, slots=True)
class Plain:
    """What the window itself knows of a fault: it has a problem and no kind."""

    problem: Problem
    cause: str = "other"
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Fate(Generic[T]):
    """How a job ended: with a value or in trouble."""

    value: T | None = None
    trouble: Trouble | Plain | None = None
    cause: NolcatError | None = None
    is_done: bool = False
    """Whether the work came to its end; not when it was stopped."""


class Wire(QObject):
    """News out of a thread into the window's."""

    told = Signal(object)

    def __init__(self, take: Callable[[Any], None], parent: QObject | None = None) -> None:
        """Let `take` have the news, in the window's thread."""
        super().__init__(parent)
        self.told.connect(take, Qt.ConnectionType.QueuedConnection)

    def tell(self, news: object) -> None:
        """From any thread; told to nobody once the window is gone."""
        try:
            self.told.emit(news)
        except RuntimeError:
            return


class Question:
    """Something that a thread has to ask a person, and waits for."""

    def __init__(self) -> None:
        """Not answered yet."""
        self._answered = Event()
        self._text = ""

    def answer(self, text: str) -> None:
        """In the window's thread."""
        self._text = text
        self._answered.set()

    def wait(self, progress: Progress) -> str:
        """In the thread that asks.

        Raises:
            Cancelled: If the user asked to stop.
        """
        while not self._answered.wait(_LOOK):
            progress.check()
        return self._text


def begin_job(  # noqa: PLR0913 - one way to work long, named arguments only
    context: Context,
    name: str,
    work: Callable[[Progress], T],
    *,
    over: Callable[[Fate[T]], None],
    cancelled: Callable[[], None] | None = None,
    account: Account | None = None,
    quiet: bool = False,
    writes: bool = False,
) -> Job:
    """Do `work` in a thread; `over` or `cancelled` is called later, in the window's. See `TaskRunner.start`."""

    def safe(progress: Progress) -> Fate[T]:
        try:
            return Fate(work(progress), is_done=True)
        except NolcatError as error:
            from nolcat_desktop.workflow.cloud_trouble import trouble_of

            return Fate(trouble=trouble_of(getattr(error, "cause", error), account), cause=error)
        except OSError as error:
            why = f"{error.strerror or error}."
            told = Problem("The settings cannot be read or written", why, "Look whether the disk is there.")
            return Fate(trouble=Plain(told))

    def fault(problem: Problem) -> None:
        over(Fate(trouble=Plain(problem)))

    return context.runner.start(name, safe, done=over, failed=fault, cancelled=cancelled, quiet=quiet, writes=writes)
