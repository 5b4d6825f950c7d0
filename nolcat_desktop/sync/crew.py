"""Several threads that work off a list, and one that listens: to how far they are, and to the wish to stop.

The threads are daemons on purpose: one that waits for a dead network must not keep the program from ending.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from queue import Empty, Queue
from threading import Thread
from typing import Generic, TypeVar

from nolcat_desktop.objects import Overtaken, Tampered, Unreachable, UploadGone
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.sync.sums import FileChanged

T = TypeVar("T")
U = TypeVar("U")
_TICK = 0.1
_GRACE = 1.2
"""Seconds that threads get to end after the wish to stop; longer ones are left to themselves."""
_LONGEST_WAIT = 30.0
_TAMPERED_TRIES = 3
_OF_ONE_FILE = (FileChanged, Overtaken, UploadGone)


class Crew(Generic[T]):
    """Works off jobs in several threads."""

    def __init__(self, pace: Pace, watch: Callable[[], None], hands: int = 4) -> None:
        """Jobs heed `pace`; `watch` is called ten times a second and may raise `Cancelled`."""
        self._pace = pace
        self._watch = watch
        self._hands = max(1, hands)

    def work(self, jobs: Iterable[Callable[[], T]]) -> Iterator[T]:
        """Do all jobs, and give what each returns, as it comes.

        Raises:
            Cancelled: If `watch` did; at most about a second later, the threads stopped.
            FileChanged, Overtaken, UploadGone: If a job did; the others are left out, and more may be done.
            Exception: What else a job raised; the others are stopped.
        """
        to_do: Queue[Callable[[], T] | None] = Queue()
        done: Queue[tuple[T | None, BaseException | None]] = Queue()
        count = 0
        for job in jobs:
            to_do.put(job)
            count += 1
        args = (to_do, done, self._pace)
        hands = [Thread(target=_hand, args=args, daemon=True) for _ in range(min(self._hands, count))]
        for _ in hands:
            to_do.put(None)
        for hand in hands:
            hand.start()
        try:
            for _ in range(count):
                yield self._next(done)
        except _OF_ONE_FILE:
            _drain(to_do)
            self._wait_for(hands)
            raise
        except BaseException:
            self._pace.stop()
            _let_end(hands)
            raise

    def one(self, job: Callable[[], U]) -> U:
        """Do one thing in a thread of its own, so that the wish to stop is heard meanwhile."""
        found: list[U] = []
        crew: Crew[None] = Crew(self._pace, self._watch, 1)
        for _ in crew.work([lambda: found.append(job())]):
            pass
        return found[0]

    def _wait_for(self, hands: Sequence[Thread]) -> None:
        for hand in hands:
            while hand.is_alive():
                self._watch()
                hand.join(_TICK)

    def _next(self, done: Queue[tuple[T | None, BaseException | None]]) -> T:
        while True:
            self._watch()
            try:
                result, error = done.get(timeout=_TICK)
            except Empty:
                continue
            if error is not None:
                raise error
            return result  # type: ignore[return-value] # one of the two is there


def _hand(to_do: Queue[Callable[[], T] | None], done: Queue[tuple[T | None, BaseException | None]], pace: Pace) -> None:
    while (job := to_do.get()) is not None:
        try:
            pace.heed()
            done.put((job(), None))
        except BaseException as error:  # noqa: BLE001 - handed to whoever listens
            done.put((None, error))
        finally:
            pace.again()


def _drain(to_do: Queue[Callable[[], T] | None]) -> None:
    """Leave out what was not begun; the ends that each hand waits for stay."""
    ends = 0
    with suppress(Empty):
        while True:
            ends += to_do.get_nowait() is None
    for _ in range(ends):
        to_do.put(None)


def _let_end(hands: Iterable[Thread]) -> None:
    end = time.monotonic() + _GRACE
    for hand in hands:
        hand.join(max(0.0, end - time.monotonic()))


def patiently(call: Callable[[], T], pace: Pace, patience: float) -> T:
    """Call again while the network or the service is away, at growing intervals.

    Args:
        call: What is to be done; it may be done twice.
        pace: Heeded while waiting.
        patience: Seconds after the first failure for which it is tried again.

    Raises:
        Unreachable: If it stayed away.
        Tampered: If other bytes arrived three times.
        Cancelled: If the transfer was stopped meanwhile.
    """
    first: float | None = None
    wait, tampered = 0.5, 0
    while True:
        try:
            answer = call()
            if pace.waiting:
                pace.waiting_for("")
            return answer
        except (Unreachable, Tampered) as error:
            pace.again()
            now = time.monotonic()
            first = now if first is None else first
            tampered += isinstance(error, Tampered)
            if now - first + wait > patience or tampered >= _TAMPERED_TRIES:
                raise
            pace.waiting_for(error.problem.title)
        _wait(wait, pace)
        wait = min(2 * wait, _LONGEST_WAIT)


def _wait(seconds: float, pace: Pace) -> None:
    end, knocks = time.monotonic() + seconds, pace.knocks
    while (left := end - time.monotonic()) > 0 and pace.knocks == knocks:
        pace.heed()
        time.sleep(min(left, _TICK))
