"""One way to work long: a `Progress` handle goes down, three outcomes come up (a value, an error, `Cancelled`).

The core tells and checks at the head of each loop; what is done with it (a bar, a line on stderr, nothing) is
the face's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818 - an outcome that was asked for, not an error
    """The user asked to stop. Nothing half-done is left behind by whoever lets it pass."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is."""

    phase: str
    """What is being done, as a present participle: `Reading`, `Writing`."""
    done: int
    """Units finished, 0 … total."""
    total: int
    """Units in all; 0 while unknown."""
    label: str = ""
    """What is at hand: a file's or a part's name."""


class Progress:
    """Handle of one long piece of work: tells `Step`s to a listener, and knows whether to stop."""

    def __init__(self, told: Callable[[Step], None] | None = None, stop: Event | None = None) -> None:
        """Tell steps to `told`; stop when `stop` is set."""
        self._told = told
        self._stop = stop or Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check. Safe from any thread and from a signal handler."""
        self._stop.set()

    def check(self) -> None:
        """Raise `Cancelled` if the user asked to stop."""
        if self._stop.is_set():
            raise Cancelled

    def quiet(self) -> Progress:
        """For a part of the work that is small beside the whole: stops with it, and tells nothing."""
        return Progress(None, self._stop)

    def tell(self, phase: str, done: int, total: int, label: str = "") -> None:
        """Check, then tell the listener how far the work is."""
        self.check()
        if self._told is not None:
            self._told(Step(phase, done, total, label))

    def over(self, phase: str, things: Iterable[T], label: Callable[[T], str] = str) -> Iterator[T]:
        """The `things`, one after the other, telling and checking before each."""
        listed = things if isinstance(things, Sequence) else list(things)
        for done, thing in enumerate(listed):
            self.tell(phase, done, len(listed), label(thing))
            yield thing


class Call(Generic[T]):
    """A call that cannot be interrupted, in a thread of its own, so that whoever waits can hear the wish to stop.

    One that is given up is left to itself: it ends by itself or with the program.
    """

    def __init__(self, call: Callable[[], T], name: str) -> None:
        """Begin; `name` is the thread's."""
        self._call = call
        self._value: list[T] = []
        self._error: BaseException | None = None
        self.ended = Event()
        """Set when it has returned or raised."""
        Thread(target=self._run, name=name, daemon=True).start()

    def answer(self) -> T:
        """What it returned, or raises what it raised; to be asked when it has ended."""
        if self._error is not None:
            raise self._error
        return self._value[0]

    def _run(self) -> None:
        try:
            self._value.append(self._call())
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that asked
            self._error = error
        finally:
            self.ended.set()
