"""Following a run to its end: asked again and again, ever slower while nothing happens.

Clock, chance and waiting are arguments. What is lost on the way (the network, for hours) is told and tried again; only
an expired sign-in ends the following, because nothing helps but signing in. The run itself goes on in AWS all the
while, so whoever follows again later misses nothing.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.executions import Run, history, run_at
from nolcat_desktop.aws.executions_client import StepFunctions
from nolcat_desktop.aws.executions_steps import Event, RunStep, steps_of
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress

_SLICE = 0.25
"""Seconds between two looks whether the user wants to stop."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often is asked."""

    first: float = 2.0
    """Seconds after the first question, and after each in which something was new."""
    longest: float = 15.0
    growth: float = 1.5
    jitter: float = 0.2
    """Part of the pause by which it is longer or shorter at random, so that many who follow do not ask at once."""


BACKGROUND = Pace(longest=60.0)
"""For a window that nobody looks at."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The clock and its kin, for who follows; others than these in tests."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    """The time of now, with its zone."""
    pause: Callable[[float], None] | None = None
    """Waits so many seconds; None: by looking at least four times a second whether to stop."""
    chance: Callable[[], float] = random.random
    """A number from 0 to 1."""
    pace: Pace = Pace()


USUAL_TIMING = Timing()


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of a run at one moment."""

    run: Run | None
    """None only while the first question had no answer."""
    steps: tuple[RunStep, ...]
    checked: datetime
    """When AWS last answered; the clock's time at the start if it never did."""
    events: tuple[Event, ...] = ()
    trouble: Problem | None = None
    """Why what is shown is older than now, or has no steps; None when all is well."""


@dataclass(slots=True)
class _Seen:
    """What was found out so far."""

    checked: datetime
    run: Run | None = None
    events: list[Event] = field(default_factory=list)
    trouble: Problem | None = None
    blind: bool = False
    """Whether the steps may not be seen, which no waiting mends."""

    def shown(self, definition: Mapping[str, Any] | None) -> Watched:
        return Watched(self.run, steps_of(self.events, definition), self.checked, tuple(self.events), self.trouble)


def watch(
    sfn: StepFunctions,
    arn: str,
    definition: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    timing: Timing = USUAL_TIMING,
) -> Iterator[Watched]:
    """What is known of the run, once at the start and then whenever something is new or wrong, until it is over.

    Args:
        sfn: boto3's client of Step Functions.
        arn: The execution.
        definition: The machine's definition, for the steps to come.
        progress: Asked at least four times a second whether to stop following. The run is not stopped by it.
        timing: Clock, waiting, and how often is asked.

    Raises:
        NolcatError: If the sign-in has run out, the run is not there, or looking at it is not allowed.
        Cancelled: If following is to end.
    """
    handle = progress or Progress()
    wait = timing.pause or (lambda seconds: _wait(seconds, handle))
    seen, pace = _Seen(timing.clock()), timing.pace
    delay = pace.first
    told: tuple[object, ...] | None = None
    while True:
        handle.check()
        before = len(seen.events)
        _look(sfn, arn, seen, timing.clock)
        now = (seen.run, len(seen.events), seen.trouble)
        if now != told:
            told = now
            yield seen.shown(definition)
        if seen.run is not None and seen.run.status.is_over and (seen.trouble is None or seen.blind):
            return
        delay = pace.first if len(seen.events) > before else min(delay * pace.growth, pace.longest)
        wait(delay * (1 + pace.jitter * (2 * timing.chance() - 1)))


def look(
    sfn: StepFunctions,
    arn: str,
    definition: Mapping[str, Any] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Watched:
    """What is known of the run now.

    Raises:
        NolcatError: If AWS cannot be asked.
    """
    seen = _Seen(clock(), run_at(sfn, arn))
    _add_events(sfn, arn, seen)
    return seen.shown(definition)


def _look(sfn: StepFunctions, arn: str, seen: _Seen, clock: Callable[[], datetime]) -> None:
    """Ask once. The history comes after the description, so that a run that is over has all of it."""
    try:
        seen.run = run_at(sfn, arn)
        seen.trouble = None
        _add_events(sfn, arn, seen)
        seen.checked = clock()
    except CloudError as error:
        if not error.fault.is_passing:
            raise
        seen.trouble = error.problem


def _add_events(sfn: StepFunctions, arn: str, seen: _Seen) -> None:
    """Add what is new; without the permission for it the run is followed all the same, without its steps."""
    known = int(seen.events[-1]["id"]) if seen.events else 0
    try:
        seen.events += history(sfn, arn, known)
    except CloudError as error:
        if error.fault is not Fault.PERMISSION:
            raise
        seen.trouble, seen.blind = error.problem, True


def _wait(seconds: float, progress: Progress) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        progress.check()
        time.sleep(min(left, _SLICE))
