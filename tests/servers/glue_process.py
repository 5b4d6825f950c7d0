"""A run of a Glue job as a process: in a fork of an interpreter that was started once, or in one of its own."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

_FORGE = Path(__file__).with_name("glue_forge.py")


class Process(Protocol):
    """A run."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> int:
        """Its exit code, when it has ended; below 0 by a signal."""


class Started:
    """An interpreter of its own."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], folder: Path, out: Path) -> None:
        """Begin."""
        with out.open("wb") as log:
            self._process = subprocess.Popen(
                words, env=dict(environment), cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """See `Process`."""
        self._process.kill()

    def wait(self) -> int:
        """See `Process`."""
        return self._process.wait()


@dataclass(slots=True)
class Forked:
    """A fork of the forge."""

    begun: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    pid: int = 0
    code: int = 1

    def kill(self) -> None:
        """See `Process`."""
        self.begun.wait()
        if not self.over.is_set():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """See `Process`."""
        self.over.wait()
        return self.code


class Forge:
    """An interpreter that has imported what every run needs; see `glue_forge`."""

    def __init__(self, python: str, environment: Mapping[str, str]) -> None:
        """Start it; runs wait until it is ready."""
        self._process = subprocess.Popen(
            [python, str(_FORGE)], env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._runs: dict[int, Forked] = {}
        self._numbers, self._lock = itertools.count(), threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def begin(self, words: Sequence[str], environment: Mapping[str, str], folder: Path, out: Path) -> Forked:
        """Begin a run: `words` are the script and its arguments."""
        run, stdin = Forked(), self._process.stdin
        told = {"argv": list(words), "env": dict(environment), "cwd": str(folder), "out": str(out)}
        with self._lock:
            number = next(self._numbers)
            self._runs[number] = run
            if stdin is not None:
                stdin.write(json.dumps({"id": number, **told}).encode() + b"\n")
                stdin.flush()
        return run

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            told = json.loads(line)
            run = self._runs[told["id"]]
            if "pid" in told:
                run.pid = told["pid"]
                run.begun.set()
            else:
                run.code = told["code"]
                run.over.set()
        for run in self._runs.values():  # the forge is gone
            run.begun.set()
            run.over.set()


def forge(python: str, environment: Mapping[str, str]) -> Forge | None:
    """One for `python`; None where nothing can be forked."""
    return Forge(python, environment) if hasattr(os, "fork") else None
