"""Calls that may block for ever, made with patience: off the caller's thread, one at a time, with a deadline.

A password store may wait for a person, and some never come back (users.md, 2.4). The thread that waits is left to
itself: it ends with the call or with the program.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Lock
from typing import TypeVar

from nolcat_desktop.progress import Call, Progress

T = TypeVar("T")
PAUSE = 0.05
"""Seconds between two looks at whether the user asked to stop."""


class OutOfPatience(Exception):  # noqa: N818 - named after what happened
    """The deadline passed; the call may still be under way."""


class Patience:
    """One call at a time."""

    def __init__(self, seconds: float) -> None:
        """Wait `seconds` for each call."""
        self.seconds = seconds
        self._lock = Lock()
        self._under_way: Event | None = None

    def call(self, work: Callable[[], T], progress: Progress | None = None) -> T:
        """What `work` returns, or raises.

        Raises:
            OutOfPatience: If the deadline passed, of this call or of one before that has not come back yet.
            Cancelled: If the user asked to stop; the call is left to itself.
        """
        until = time.monotonic() + self.seconds
        if not self._lock.acquire(timeout=self.seconds):
            raise OutOfPatience
        try:
            if self._under_way is not None and not self._under_way.is_set():
                raise OutOfPatience
            mine = Call(work, "password store")
            self._under_way = mine.ended
            while not mine.ended.wait(min(PAUSE, max(until - time.monotonic(), 0))):
                if progress is not None:
                    progress.check()
                if time.monotonic() >= until:
                    raise OutOfPatience
            self._under_way = None
            return mine.answer()
        finally:
            self._lock.release()
