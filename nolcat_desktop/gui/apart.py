"""Work in another process, so that nothing it does can hold the window up, and its end is not the window's end.

A thread of the task runner waits here for what comes of it; progress, stopping and errors cross as if it were done in
the thread. The process is kept for what comes next.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from typing import Any, BinaryIO, TypeVar, cast

import nolcat_desktop
from nolcat_desktop.gui.apart_worker import (
    WORD,
    Done,
    Failed,
    Fault,
    Order,
    Stop,
    Stopped,
    Told,
    main,
    packed,
    read_message,
    unpacked,
)
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Cancelled, Progress, Step

T = TypeVar("T")
KEPT = 2
"""Processes that are kept while there is nothing to do."""
_LOOK_EVERY = 0.1
"""Seconds between two looks whether it shall stop."""
_ENDS = (Done, Failed, Fault, Stopped)
_PATIENCE = 1.5
"""Seconds that work which writes nothing may take to stop before its process is ended."""


class ApartFault(Exception):  # noqa: N818 - a fault of the program, told as one
    """Something unexpected was raised in the other process."""

    def __init__(self, fault: Fault) -> None:
        """Keep what it told."""
        super().__init__(fault.message)
        self.fault = fault


class Apart:
    """The processes of one program; all methods are for any thread."""

    def __init__(self) -> None:
        """No process yet."""
        self._lock = Lock()
        self._idle: list[_Process] = []
        self._all: set[_Process] = set()
        self._closed = False

    def warm(self) -> None:
        """Have one ready before it is needed."""
        self._give_back(self._take())

    def do(
        self,
        work: Callable[..., T],
        *given: object,
        progress: Progress,
        tell: Callable[[Any], None] | None = None,
        writes: bool = False,
    ) -> T:
        """Do `work` in another process, and wait for what comes of it.

        Args:
            work: A function of a module; gets a desk and `given`.
            given: Can be pickled.
            progress: Told and checked.
            tell: Gets what the work tells, in this thread.
            writes: Whether it changes the library: then it comes to its own end when it is stopped.

        Raises:
            NolcatError: What it raised; or that the process ended before it was done.
            Cancelled: It was stopped.
            ApartFault: Something else was raised.
        """
        process = self._take()
        try:
            process.send(Order(work, given))
            found = _wait(process, progress, tell, writes)
        finally:
            self._give_back(process)
        match found:
            case Done(value):
                return value  # type: ignore[return-value] # what `work` returned
            case Failed(problem):
                raise NolcatError(problem)
            case Fault():
                raise ApartFault(found)
            case _:
                raise Cancelled

    def close(self) -> None:
        """End all of them; what writes comes to its own end first."""
        with self._lock:
            self._closed = True
            processes, self._idle, self._all = list(self._all), [], set()
        for process in processes:
            process.leave()

    def _take(self) -> _Process:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_alive:
                    return process
                self._all.discard(process)
        process = _Process()
        with self._lock:
            self._all.add(process)
        return process

    def _give_back(self, process: _Process) -> None:
        with self._lock:
            keep = process.is_free and not self._closed and len(self._idle) < KEPT
            if keep:
                self._idle.append(process)
            else:
                self._all.discard(process)
        if not keep:
            process.leave()


class _Process:
    """One process, and what it said and nobody has listened to yet."""

    def __init__(self) -> None:
        try:
            self._run = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if sys.stderr is not None else subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise NolcatError(_not_begun(error)) from error
        self._into, self._out = cast("BinaryIO", self._run.stdin), cast("BinaryIO", self._run.stdout)
        self.said: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.is_free = True
        Thread(target=self._listen, name="apart", daemon=True).start()

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._run.poll() is None

    def send(self, message: object) -> None:
        """Tell it something; what is told to one that is gone is lost, and `said` ends with None."""
        self.is_free = self.is_free and not isinstance(message, Order)
        content = packed(message)
        try:
            self._into.write(content)
            self._into.flush()
        except OSError:
            return

    def leave(self) -> None:
        """Let it end: at once when it does nothing, else at its next check."""
        try:
            self._into.close()
        except OSError:
            return

    def end(self) -> None:
        """End it now."""
        self._run.kill()

    def _listen(self) -> None:
        with self._out as pipe:
            while (content := read_message(pipe)) is not None:
                self.said.put(content)
        self._run.wait()
        self.said.put(None)


def _wait(process: _Process, progress: Progress, tell: Callable[[Any], None] | None, writes: bool) -> object:
    """What came of it: `Done`, `Failed`, `Fault` or `Stopped`."""
    asked: float | None = None
    while not isinstance(message := _next(process, asked is not None), _ENDS):
        try:
            _pass_on(message, progress, tell)
        except Cancelled:
            if asked is None:
                asked = time.monotonic()
                process.send(Stop())
            elif not writes and time.monotonic() - asked > _PATIENCE:
                process.end()
    process.is_free = True
    return message


def _next(process: _Process, stopping: bool) -> object:
    """What it says next; None when it says nothing for a moment."""
    try:
        content = process.said.get(timeout=_LOOK_EVERY)
    except queue.Empty:
        return None
    if content is not None:
        return unpacked(content)
    if stopping:
        raise Cancelled
    raise NolcatError(_ended())


def _pass_on(message: object, progress: Progress, tell: Callable[[Any], None] | None) -> None:
    progress.check()
    if isinstance(message, Step):
        progress.tell(message.phase, message.done, message.total, message.label)
    elif isinstance(message, Told) and tell is not None:
        tell(message.value)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD]
    return [sys.executable, "-P", "-c", f"from {main.__module__} import main; raise SystemExit(main())"]


def _environment() -> dict[str, str]:
    """This one's, with the package that runs here first, wherever the program was started."""
    package = str(Path(nolcat_desktop.__file__).parents[1])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _not_begun(error: OSError) -> Problem:
    return Problem(
        "The part of the program that reads and writes could not be started",
        "Nothing was read or written: the library is as it was.",
        "Close other programs and try again. If it stays so, start the program anew or install it again: it may have "
        "been replaced while it ran, or be held back by the computer's protection.",
        details=str(error),
    )


def _ended() -> Problem:
    return Problem(
        "The part of the program that reads and writes ended",
        "What it was doing was not done. The library is whole: it is written whole or not at all.",
        "Try again. If it happens with the same file again, leave that file out and send it to the developers.",
    )
