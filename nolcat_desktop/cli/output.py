"""What is printed: JSON lines or plain text on stdout, narration on stderr."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from typing import Any, TextIO

from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Step

_EVERY = 0.2
"""Seconds between two lines of progress."""
_WIDTH = 110
_NUMBER = re.compile(r"[0-9][0-9,]*")
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""What some programs take for the end of a line; in JSON it can be written in other words."""


@dataclass(slots=True)
class Output:
    """Both streams, and whether stdout speaks JSON."""

    as_json: bool
    out: TextIO = field(default_factory=lambda: sys.stdout or StringIO())
    """A program started without a console has no streams: then nothing is printed."""
    err: TextIO = field(default_factory=lambda: sys.stderr or StringIO())
    _told: float = 0.0
    _width: int = 0

    def line(self, fields: Mapping[str, Any], text: str) -> None:
        """One result: as a JSON object, or as text."""
        self._clear()
        if self.as_json:
            text = json.dumps(fields, ensure_ascii=False, default=_plain).translate(_LINE_ENDS)
        print(text, file=self.out)

    def text(self, text: str) -> None:
        """Text on stdout as it is."""
        self._clear()
        self.out.write(text)

    def say(self, text: str) -> None:
        """Narration; that nobody listens any more stops nothing."""
        self._clear()
        with suppress(OSError):
            print(text, file=self.err, flush=True)

    def problem(self, problem: Problem) -> None:
        """A problem in full, on stderr."""
        where = f" [{problem.position}]" if problem.position else ""
        said = f"\n  What was answered: {problem.details}" if problem.details else ""
        self.say(f"{problem.title}{where}\n  {problem.meaning}\n  What to do: {problem.remedy}{said}")

    def step(self, step: Step) -> None:
        """Progress: a line that writes over itself on a terminal, nothing elsewhere."""
        now = time.monotonic()
        if not self.err.isatty() or now - self._told < _EVERY:
            return
        self._told = now
        text = f"{step.phase} {step.done + 1} of {step.total}: {step.label}"[:_WIDTH] if step.total else step.phase
        with suppress(OSError):
            print(f"\r{text.ljust(self._width)}", end="", file=self.err, flush=True)
        self._width = len(text)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Columns of text on stdout, numbers to the right."""
        texts = [[str(cell) if cell is not None else "" for cell in row] for row in rows]
        columns = list(zip(*texts, strict=True)) or [()] * len(headings)
        widths = [max(map(len, (name, *column))) for name, column in zip(headings, columns, strict=True)]
        right = [any(column) and all(_NUMBER.fullmatch(cell) for cell in column if cell) for column in columns]
        for row in (headings, *texts):
            aligned = zip(row, widths, right, strict=True)
            line = "  ".join(cell.rjust(width) if number else cell.ljust(width) for cell, width, number in aligned)
            print(line.rstrip(), file=self.out)

    def flush(self) -> None:
        """Write what is held back, so that a closed stdout is noticed now."""
        self._clear()
        self.out.flush()

    def _clear(self) -> None:
        if self._width:
            with suppress(OSError):
                print(f"\r{' ' * self._width}\r", end="", file=self.err, flush=True)
            self._width = 0


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be printed")
