"""Processes that read files for the inventory, one for each processor.

Reading thousands of small files is Python's work more than Polars', so threads would wait for one another. A process
that ends because of one file takes no other with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

import orjson

from nolcat_desktop.workflow.inventory_facts import Facts
from nolcat_desktop.workflow.inventory_worker import read_frame, write_frames
from nolcat_desktop.workflow.loading import printable

_PACKAGE = Path(__file__).parents[2]
_MOST = 16


class EndedEarlyError(Exception):
    """A process ended while it read a file."""


def processors() -> int:
    """How many processes are worth while here; 1 in an installed program, which has no modules to start."""
    if getattr(sys, "frozen", False):
        return 1
    seen = getattr(os, "sched_getaffinity", None)
    return min(len(seen(0)) if seen is not None else os.cpu_count() or 1, _MOST)


class Workers:
    """Some processes, started when they are first needed; `with` ends them, whatever they are doing."""

    def __init__(self, count: int) -> None:
        """Start none yet."""
        self.count = count
        self._threads = ThreadPoolExecutor(count, "inventory")
        self._idle: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        self._all: list[subprocess.Popen[bytes]] = []
        for _ in range(count):
            self._idle.put(None)

    def __enter__(self) -> Workers:
        """These."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; what they were reading is lost."""
        self.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._all:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _closed(stream.close)

    def kill(self) -> None:
        """End the processes; others take their places when something is to be read."""
        for process in self._all:
            process.kill()

    def read(self, name: str, named: bool, sha256: str, content: bytes) -> Future[tuple[Facts, ...]]:
        """Have a file read; the future raises `EndedEarlyError` if the process that reads it ends.

        What is found is told of `name`, with question marks where that is no text.
        """
        return self._threads.submit(self._ask, orjson.dumps([printable(name), named, sha256]), content)

    def _ask(self, head: bytes, content: bytes) -> tuple[Facts, ...]:
        process = self._idle.get() or self._started()
        answer = None
        try:
            if process.stdin is not None and process.stdout is not None:
                write_frames(process.stdin, head, content)
                answer = read_frame(process.stdout)
        except OSError:
            answer = None
        self._idle.put(process if answer is not None else None)
        if answer is None:
            raise EndedEarlyError
        return tuple(map(Facts.from_json, orjson.loads(answer)))

    def _started(self) -> subprocess.Popen[bytes]:
        paths = [str(_PACKAGE), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            "POLARS_MAX_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "nolcat_desktop.workflow.inventory_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl+C is for the program that started them
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._all.append(process)
        return process


def _closed(close: Callable[[], None]) -> None:
    try:
        close()
    except OSError:
        return
