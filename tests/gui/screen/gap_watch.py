"""What holds the window's thread up: how long nothing else could be answered, on whose account, and by what.

A timer looks at two clocks, the wall's and the thread's own. The wall's tells what who sits before it would have
felt; the thread's own leaves out what other programs took of the processor, and is what the law of 50 ms is about.
A second thread notes every two milliseconds what the window's thread is doing, so that a gap has a name.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

from PySide6.QtCore import Qt, QTimer

EVERY = 2
"""Milliseconds between two looks at the clocks."""
LAW = 0.05
"""Seconds of its own work that the window's thread may take at once."""
_NOTED = 0.002
_KEPT = 20_000
_HOUSE = "nolcat_desktop"
_Stack = tuple[CodeType, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Between two looks, in seconds."""

    wall: float
    own: float
    """What the window's thread worked itself."""
    doing: str
    """The slot that took most of it, and the function in which it was most."""


@dataclass(slots=True)
class Gaps:
    """All gaps of one scene."""

    found: list[Gap] = field(default_factory=list)

    @property
    def longest(self) -> float:
        """The longest by the wall's clock."""
        return max((gap.wall for gap in self.found), default=0.0)

    @property
    def most_work(self) -> float:
        """The most work of its own between two looks."""
        return max((gap.own for gap in self.found), default=0.0)

    def told(self, what: str) -> str:
        """The longest in words: by the wall's clock, and by the thread's own with what it did."""
        wall = " · ".join(f"{gap.wall * 1000:.0f}" for gap in sorted(self.found, key=lambda gap: -gap.wall)[:3])
        own = sorted(self.found, key=lambda gap: -gap.own)[:3]
        did = " · ".join(f"{gap.own * 1000:.0f}" for gap in own)
        by = "; ".join(gap.doing for gap in own[:2] if gap.doing)
        mark = "over the law" if self.most_work > LAW else "calm"
        return f"{what}: longest gaps {wall} ms, own work {did} ms, {mark} ({by})"


class _Notes(threading.Thread):
    """Notes what a thread is doing."""

    def __init__(self, thread: int) -> None:
        super().__init__(name="notes", daemon=True)
        self._thread, self._over = thread, threading.Event()
        self._taken: deque[tuple[float, _Stack]] = deque(maxlen=_KEPT)

    def run(self) -> None:
        while not self._over.wait(_NOTED):
            frame, stack = sys._current_frames().get(self._thread), []
            while frame is not None:
                stack.append(frame.f_code)
                frame = frame.f_back
            self._taken.append((time.perf_counter(), tuple(stack)))

    def between(self, begin: float, end: float) -> str:
        """What was done most in that time."""
        seen = [_slot(stack) for when, stack in list(self._taken) if begin <= when <= end]
        most = Counter(seen).most_common(2)
        return ", ".join(f"{slot} {number}/{len(seen)}" for slot, number in most)

    def stop(self) -> None:
        """Note nothing more."""
        self._over.set()
        self.join()


@contextmanager
def watched() -> Iterator[Gaps]:
    """Measure the gaps of the event loop while the block runs it; only what is run in this thread."""
    gaps, timer, notes = Gaps(), QTimer(), _Notes(threading.get_ident())
    last, worked = time.perf_counter(), time.thread_time()

    def look() -> None:
        nonlocal last, worked
        now, work = time.perf_counter(), time.thread_time()
        doing = notes.between(last, now) if work - worked > LAW / 4 else ""
        gaps.found.append(Gap(now - last, work - worked, doing))
        last, worked = time.perf_counter(), time.thread_time()

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(look)
    notes.start()
    timer.start(EVERY)
    try:
        yield gaps
        look()
    finally:
        timer.stop()
        notes.stop()


def _slot(stack: _Stack) -> str:
    """The outermost function of the program and the innermost; Qt's own work has none."""
    ours = [code for code in stack if _HOUSE in code.co_filename and "/tests/" not in code.co_filename]
    if not ours:
        return "Qt"
    inner, outer = ours[0], ours[-1]
    name = f"{Path(outer.co_filename).stem}.{outer.co_qualname}"
    return name if inner is outer else f"{name} > {Path(inner.co_filename).stem}.{inner.co_qualname}"
