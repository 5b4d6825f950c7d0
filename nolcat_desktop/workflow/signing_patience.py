"""Calls that cannot be interrupted (a sign-in, a step of the check), made so that the wish to stop is heard."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

from nolcat_desktop.progress import Cancelled, Progress

T = TypeVar("T")
_LOOK = 0.1
"""Seconds between two looks at whether the user asked to stop."""
_GRACE = 1.2
"""Seconds that the call gets to end by itself then: it may have something to clear away."""


def while_listening(call: Callable[[], T], progress: Progress) -> T:
    """What `call` returns or raises; it is made in a thread of its own.

    Raises:
        Cancelled: If the user asked to stop and the call did not end soon: it is left to itself, and what it returns
            is nobody's.
    """
    made = _Call(call)
    Thread(target=made.run, name="asking the cloud", daemon=True).start()
    try:
        while not made.ended.wait(_LOOK):
            progress.check()
    except Cancelled:
        made.ended.wait(_GRACE)
        raise
    return made.answer()


class _Call(Generic[T]):
    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._value: list[T] = []
        self._error: BaseException | None = None
        self.ended = Event()

    def run(self) -> None:
        try:
            self._value.append(self._call())
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that asked
            self._error = error
        finally:
            self.ended.set()

    def answer(self) -> T:
        if self._error is not None:
            raise self._error
        return self._value[0]
