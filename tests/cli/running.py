"""`nolcat` as a user runs it: in a process of its own for the contract, in this one for breadth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from nolcat_desktop.cli.main import main

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "nolcat_desktop.cli"]

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Line]:
        """stdout as JSON lines; anything else there fails the test."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def line(self) -> Line:
        """The only line."""
        (only,) = self.lines
        return only


def environment(**more: str) -> dict[str, str]:
    """This process's variables, with the checkout to be imported from wherever the command is run.

    What measures coverage stays out of it: it cannot write its file as another user, and says so on stderr.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "COV_"))}
    return {**own, "PYTHONPATH": str(ROOT), **more}


def nolcat(*words: object, env: Mapping[str, str] | None = None, **how: Any) -> Ran:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *map(str, words)], env=env or environment(), capture_output=True, timeout=120, check=False, **how
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def answered(*words: object) -> Ran:
    """Run a command in this process."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(word) for word in words])
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())


def is_clean(ran: Ran) -> bool:
    """Whether nothing of the program's inside was shown."""
    said = ran.out + ran.err
    return "Traceback" not in said and "The program has a fault" not in said and "Exception ignored" not in said


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under `folder` with its bytes, the lock and its note apart."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in {"lock", "lock-holder"}
    }
