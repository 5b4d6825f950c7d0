"""The other end of `apart`: a process without a window that does what it is told, one thing after the other.

Orders come on its standard input, what comes of them goes to its standard output, both as pickles behind their length.
Nothing of Qt is imported here. When the window is gone, what is being done is stopped, and the process ends.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import queue
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event, Lock, Thread
from types import MappingProxyType
from typing import Any, BinaryIO, cast

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.workflow.review_apart import Desk

WORD = "--work-apart"
"""Makes the installed program, which has no modules to name, this process."""
_LENGTH = struct.Struct(">Q")
_NICE = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: a function of a module, and what it is given after the desk."""

    work: Callable[..., Any]
    given: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """What is being done is to stop."""


@dataclass(frozen=True, slots=True)
class Told:
    """One of the things that come bit by bit."""

    value: object


@dataclass(frozen=True, slots=True)
class Done:
    """It was done."""

    value: object


@dataclass(frozen=True, slots=True)
class Failed:
    """It could not be done."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Stopped:
    """It was stopped, and nothing half-done is left."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something was raised that nobody expected."""

    kind: str
    message: str
    frames: tuple[tuple[str, int, str], ...]
    """File, line and function, the innermost last."""


class _Pickler(pickle.Pickler):
    """Read-only mappings cross as well."""

    def reducer_override(self, thing: object) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        if isinstance(thing, MappingProxyType):
            return _read_only, (dict(cast("Mapping[object, object]", thing)),)
        return cast("tuple[Callable[..., Any], tuple[Any, ...]]", NotImplemented)


def _read_only(mapping: dict[object, object]) -> Mapping[object, object]:
    return MappingProxyType(mapping)


def packed(message: object) -> bytes:
    """`message` behind its length."""
    held = io.BytesIO()
    held.write(_LENGTH.pack(0))
    _Pickler(held, pickle.HIGHEST_PROTOCOL).dump(message)
    held.seek(0)
    held.write(_LENGTH.pack(held.getbuffer().nbytes - _LENGTH.size))
    return held.getvalue()


def unpacked(content: bytes) -> object:
    """The message of which `read_message` read the content."""
    return pickle.loads(content)  # noqa: S301 - from a process of our own, over a pipe that nobody else has


def read_message(pipe: BinaryIO) -> bytes | None:
    """The content of the next message; None when the other end is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = pipe.read(length)
    return content if len(content) == length else None


class Worker:
    """Does orders at one desk."""

    def __init__(self, into: BinaryIO, out: BinaryIO) -> None:
        """Orders come from `into`, answers go to `out`."""
        self._into, self._out = into, out
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._stop = Event()
        self._gone = False
        self._sending = Lock()
        self._desk = Desk(Progress(self._answer, self._stop), self._tell)

    def serve(self) -> None:
        """Do what is told until the window is gone."""
        Thread(target=self._listen, daemon=True).start()
        while (order := self._orders.get()) is not None:
            self._answer(self._outcome(order))

    def _listen(self) -> None:
        while (content := read_message(self._into)) is not None:
            message = unpacked(content)
            if isinstance(message, Order):
                self._stop.clear()
                self._orders.put(message)
            else:
                self._stop.set()
        self._gone = True
        self._stop.set()
        self._orders.put(None)

    def _outcome(self, order: Order) -> object:
        try:
            return Done(order.work(self._desk, *order.given))
        except Cancelled:
            return Stopped()
        except NolcatError as error:
            return Failed(error.problem)
        except BaseException as error:  # noqa: BLE001 - a panic of a library is no Exception, and is told as well
            frames = traceback.extract_tb(error.__traceback__)
            return Fault(type(error).__name__, str(error), tuple((f.filename, f.lineno or 0, f.name) for f in frames))

    def _tell(self, value: object) -> None:
        self._answer(Told(value))

    def _answer(self, message: object) -> None:
        if self._gone:
            return
        content = packed(message)
        with self._sending, contextlib.suppress(OSError):
            self._out.write(content)
            self._out.flush()


def main() -> int:
    """Serve the window that started this process; what anyone prints goes to where errors go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    into, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if sys.platform != "win32":
        os.nice(_NICE)
    Worker(into, out).serve()
    return 0
