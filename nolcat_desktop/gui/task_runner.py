"""The one way to work long in the window: work goes to a thread, its outcome comes back into the window's thread.

Many may read at the same time; one writes, the others wait in their order. Nothing is decided here about what is done.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance

from nolcat_desktop.gui.apart import Apart
from nolcat_desktop.gui.fault import FaultReport, fault_problem, fault_report
from nolcat_desktop.gui.job import Job, JobState
from nolcat_desktop.gui.words import for_window
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Cancelled, Progress, Step

T = TypeVar("T")
THREADS = 4
PAUSE = 0.05
"""Seconds between two steps that are told: twenty a second are more than an eye sees."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A job, what it does, and who is told."""

    job: Job
    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[Problem], None] | None
    cancelled: Callable[[], None] | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    state: JobState
    value: object = None
    problem: Problem | None = None
    fault: FaultReport | None = None


class TaskRunner(QObject):
    """One for each window. Start, read and cancel in the window's thread."""

    started = Signal(object)
    """A `Job` was accepted; it may still wait."""
    changed = Signal(object)
    """A `Job` went on."""
    ended = Signal(object)
    """A `Job` ended; its outcome was told already."""
    faulted = Signal(object)
    """A `FaultReport`: something was raised that nobody expected."""

    _began = Signal(object)
    _told = Signal(object, object)
    _over = Signal(object, object)

    def __init__(
        self, clock: Callable[[], datetime], parent: QObject | None = None, apart: Apart | None = None
    ) -> None:
        """A runner with nothing to do.

        Args:
            clock: Tells the time for the log.
            parent: Owner.
            apart: The processes for what would hold the window up; by default its own, which end with it.
        """
        super().__init__(parent)
        self._clock = clock
        self.apart = apart or Apart()
        self._owns_apart = apart is None
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="work")
        self._orders: dict[Job, _Order] = {}
        self._futures: dict[Job, Future[None]] = {}
        self._waiting: list[Job] = []
        self._writing: Job | None = None
        self._closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._began.connect(self._take_began, queued)
        self._told.connect(self._take_step, queued)
        self._over.connect(self._line_up, queued)
        self._outcomes: deque[tuple[Job, _Outcome]] = deque()
        self._round = QTimer(self)
        self._round.setSingleShot(True)
        self._round.setInterval(1)
        self._round.timeout.connect(self._next_outcome)

    def start(  # noqa: PLR0913 - one way to work long, named arguments only
        self,
        name: str,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Problem], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        writes: bool = False,
        quiet: bool = False,
    ) -> Job:
        """Do `work` in a thread; exactly one of `done`, `failed` and `cancelled` is called, later, in the window's.

        Args:
            name: What is done, for the job bar: "Checking 14 files".
            work: Gets the progress to tell and to check; must touch nothing of the window.
            done: Gets what `work` returned.
            failed: Gets the problem, an unexpected fault's, too (which is reported besides).
            cancelled: Told when it stopped because it was asked to.
            writes: Whether it changes the library: waits for other writing jobs.
            quiet: A short look at something: not in the job bar, and closing does not ask about it.
        """
        job = Job(name, writes, quiet, self._clock, self)
        self._orders[job] = _Order(job, work, done, failed, cancelled)
        job.changed.connect(lambda: self._tell_changed(job))
        for owner in _owners(done, failed, cancelled):
            owner.destroyed.connect(job.orphan)
        self.started.emit(job)
        if self._closed:
            self._over.emit(job, _Outcome(JobState.CANCELLED))
        elif writes and self._writing is not None:
            self._waiting.append(job)
        else:
            self._launch(job)
        return job

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All that have not ended, in the order of their start."""
        return tuple(self._orders)

    @property
    def is_busy(self) -> bool:
        """Whether anything but a quiet job is running or waiting."""
        return any(not job.quiet for job in self._orders)

    @property
    def is_writing(self) -> bool:
        """Whether the library is being changed."""
        return self._writing is not None

    def cancel(self, job: Job) -> None:
        """Ask `job` to stop; one that waits ends at once."""
        job.cancel()
        if job in self._waiting:
            self._waiting.remove(job)
            self._over.emit(job, _Outcome(JobState.CANCELLED))

    def cancel_all(self) -> None:
        """Ask every job to stop, those that wait first."""
        for job in [*self._waiting, *self._orders]:
            if job in self._orders and not job.stop.is_set():
                self.cancel(job)

    def shut_down(self, wait_seconds: float = 5.0) -> bool:
        """Stop everything and take nothing more; outcomes that arrive later are told to nobody.

        Returns:
            Whether all threads came to their end in time.
        """
        self._closed = True
        self.cancel_all()
        _, pending = wait(list(self._futures.values()), timeout=wait_seconds)
        self._pool.shutdown(wait=not pending, cancel_futures=True)
        if self._owns_apart:
            self.apart.close()
        return not pending

    def _launch(self, job: Job) -> None:
        if job.writes:
            self._writing = job
        self._futures[job] = self._pool.submit(self._work, [self._orders[job]])

    def _work(self, given: list[_Order]) -> None:
        """In a thread of the pool: nothing of the window is touched here.

        The order is let go before its end is told: whoever lets go last destroys what is told, and an object of the
        window that is destroyed in another thread ends the program.
        """
        order = given.pop()
        job = order.job
        _send(self._began, job)
        outcome = _outcome(order, self._wire(job), self._clock)
        del order
        _send(self._over, job, outcome)

    def _wire(self, job: Job) -> Progress:
        last_time, last_phase = 0.0, ""

        def told(step: Step) -> None:
            nonlocal last_time, last_phase
            now = time.monotonic()
            if step.phase != last_phase or now - last_time >= PAUSE:
                last_time, last_phase = now, step.phase
                _send(self._told, job, step)

        return Progress(told, job.stop)

    def _tell_changed(self, job: Job) -> None:
        self.changed.emit(job)

    def _take_began(self, job: Job) -> None:
        job.enter(JobState.RUNNING)

    def _take_step(self, job: Job, step: Step) -> None:
        job.tell(step)

    def _line_up(self, job: Job, outcome: _Outcome) -> None:
        """One outcome in a round of the event loop: places are filled then, and the window answers in between."""
        self._outcomes.append((job, outcome))
        if not self._round.isActive():
            self._next_outcome()

    def _next_outcome(self) -> None:
        if self._outcomes:
            self._round.start()  # also while something that is told waits by itself
            try:
                self._take_outcome(*self._outcomes.popleft())
            finally:
                self._round.start()  # from now on

    def _take_outcome(self, job: Job, outcome: _Outcome) -> None:
        order = self._orders.pop(job)
        self._futures.pop(job, None)
        if self._writing is job:
            self._writing = None
        job.problem = outcome.problem
        if outcome.problem is not None:
            job.note(outcome.problem.title)
        job.enter(outcome.state)
        if not self._closed:
            self._next()
            try:
                _tell(order, outcome)
            finally:
                if outcome.fault is not None:
                    self.faulted.emit(outcome.fault)
                self.ended.emit(job)

    def _next(self) -> None:
        if self._waiting and self._writing is None:
            self._launch(self._waiting.pop(0))


def _outcome(order: _Order, progress: Progress, clock: Callable[[], datetime]) -> _Outcome:
    try:
        progress.check()
        return _Outcome(JobState.DONE, order.work(progress))
    except Cancelled:
        return _Outcome(JobState.CANCELLED)
    except NolcatError as error:
        return _Outcome(JobState.FAILED, problem=for_window(error.problem))
    except BaseException as error:  # noqa: BLE001 - a panic of a library is no Exception, and ends in the window as well
        report = fault_report(error, order.job.name, clock())
        return _Outcome(JobState.FAILED, problem=fault_problem(report), fault=report)


def _tell(order: _Order, outcome: _Outcome) -> None:
    if order.job.is_orphan:
        return
    match outcome.state:
        case JobState.DONE:
            order.done(outcome.value)
        case JobState.FAILED if outcome.problem is not None and order.failed is not None:
            order.failed(outcome.problem)
        case JobState.CANCELLED if order.cancelled is not None:
            order.cancelled()
        case _:
            pass


def _owners(*told: Callable[..., None] | None) -> list[QObject]:
    """Who is told: a page may be closed while its work goes on."""
    owners = {id(owner): owner for one in told if isinstance(owner := getattr(one, "__self__", None), QObject)}
    return list(owners.values())


def _send(signal: SignalInstance, *values: object) -> None:
    try:
        signal.emit(*values)
    except RuntimeError:  # the window went while its thread came to its end
        return
