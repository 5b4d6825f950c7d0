"""How fast bytes may go, how many have gone, and whether to stop: one for all threads of a transfer."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock, get_ident

from nolcat_desktop.progress import Cancelled

_STEP = 0.1
"""Seconds that are waited at a time, so that a wish to stop is heard."""
_WINDOW = 10.0
"""Seconds over which the speed is taken."""


class Pace:
    """Asked before each block that goes out or has come in.

    Bytes of a request that failed and is repeated are taken back with `again`, so that the sum never passes the whole.
    """

    def __init__(self, limit: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        """At most `limit` bytes a second; 0 for as many as the network carries."""
        self._limit = limit
        self._clock = clock
        self._lock = Lock()
        self._free_at = clock()
        self._moving: dict[int, int] = {}
        self._settled = 0
        self._marks: list[tuple[float, int]] = [(clock(), 0)]
        self.stopped = False
        self.waiting = ""
        """What it is waited for (a title), while the network is away."""
        self.knocks = 0
        """How often it was asked to try again at once."""

    def stop(self) -> None:
        """Let every thread end at its next block."""
        self.stopped = True

    def heed(self) -> None:
        """Raise `Cancelled` if the transfer was stopped."""
        if self.stopped:
            raise Cancelled

    def block(self, size: int) -> None:
        """Wait until `size` more bytes may go; count them as moving.

        Raises:
            Cancelled: If the transfer was stopped.
        """
        self.heed()
        self.waiting = ""
        with self._lock:
            now = self._clock()
            begins = max(now, self._free_at)
            if self._limit:
                self._free_at = begins + size / self._limit
            mine = get_ident()
            self._moving[mine] = self._moving.get(mine, 0) + size
        while self._limit and (left := begins - self._clock()) > 0:
            time.sleep(min(left, _STEP))
            self.heed()

    def waiting_for(self, what: str) -> None:
        """Nothing moves until the network is back; `what` says why."""
        self.waiting = what

    def try_now(self) -> None:
        """Let what waits for the network try again at once."""
        self.knocks += 1

    def again(self) -> None:
        """What this thread has moving begins anew, or is given up."""
        with self._lock:
            self._moving.pop(get_ident(), None)

    def settle(self, size: int) -> None:
        """`size` bytes have arrived for good, whether they were moved now or before; nothing of this thread moves."""
        with self._lock:
            self._moving.pop(get_ident(), None)
            self._settled += size

    def found(self, size: int) -> None:
        """`size` bytes had arrived before: they are done, and say nothing about the speed. Negative: they are not."""
        with self._lock:
            self._settled += size
            self._marks = [(when, done + size) for when, done in self._marks]

    @property
    def done(self) -> int:
        """Bytes that have arrived or are on the way."""
        with self._lock:
            return self._settled + sum(self._moving.values())

    def seconds_for(self, total: int) -> float | None:
        """How long the rest up to `total` bytes will take at the speed of the last seconds; None while unknown."""
        now, done = self._clock(), self.done
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[1][0] > _WINDOW:  # noqa: PLR2004 - two marks make a speed
            self._marks.pop(0)
        begun, before = self._marks[0]
        if now - begun < 1 or done <= before:
            return None
        return (total - done) * (now - begun) / (done - before)
