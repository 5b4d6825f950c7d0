"""Faults of the program itself: a report that can be read, holds no numbers of the library, and can be saved."""

from __future__ import annotations

import platform
import re
import sys
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, qVersion

from nolcat_desktop import __version__
from nolcat_desktop.gui.apart import ApartFault
from nolcat_desktop.log import redact
from nolcat_desktop.problem import Problem

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|“[^”]*”")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_PATH = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][^\\/\s:,;]+){2,}")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class FaultReport:
    """What the developers need, and nothing of the user's."""

    when: datetime
    doing: str
    """What was going on, in words."""
    kind: str
    """Type of what was raised."""
    message: str
    """Its message, without quoted texts, paths and numbers."""
    trace: tuple[str, ...]
    """Where in the program: file, line and function, the innermost last."""

    def text(self) -> str:
        """The report as it is saved."""
        return "\n".join(
            (
                f"NoLCAT Desktop {__version__}: report of a fault in the program",
                "It holds no numbers, no names and no passwords of yours.",
                "",
                f"When      {self.when.isoformat(sep=' ', timespec='seconds')}",
                f"Doing     {_without_values(self.doing)}",
                f"What      {self.kind}: {self.message}",
                f"System    {platform.system()} {platform.release()}, {platform.machine()}",
                f"Python    {platform.python_version()}, Qt {qVersion()}, PySide {PySide6.__version__}",
                "",
                "Where in the program (the last line is where it happened):",
                *(f"  {line}" for line in self.trace),
                "",
            )
        )


def fault_report(error: BaseException, doing: str, when: datetime) -> FaultReport:
    """The report of `error`, which happened while `doing`."""
    frames = [(frame.filename, frame.lineno, frame.name) for frame in traceback.extract_tb(error.__traceback__)]
    kind = type(error).__name__
    if isinstance(error, ApartFault):
        frames += error.fault.frames
        kind = error.fault.kind
    trace = tuple(f"{_short(file)}, line {line}, {name}" for file, line, name in frames)
    return FaultReport(when, doing, kind, _without_values(str(error)), trace)


def fault_problem(report: FaultReport) -> Problem:
    """What is said of it: it was our mistake, the library is whole, and the report can be saved."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("fault", text)

    return Problem(
        tr("The program made a mistake"),
        tr("Your library is unharmed: it is written whole or not at all, so nothing half-done is in it."),
        tr("Save the report and send it to us; it holds no numbers and no passwords, look yourself."),
        tr("while doing this: {doing}").format(doing=report.doing) if report.doing else None,
    )


def started_with() -> list[str]:
    """What stood behind the interpreter when the program was started: options, module, the user's own words.

    The arguments that Qt knows would leave the module out, and a Python without a program ends at once.
    """
    return sys.orig_argv[1:]


def _short(file: str) -> str:
    """The file from the package on: where the program is installed is nobody's business."""
    parts = Path(file).parts
    for start in ("nolcat_desktop", "site-packages"):
        if start in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(start) :])
    base = Path(sys.base_prefix).parts
    return "/".join(parts[len(base) :]) if parts[: len(base)] == base else Path(file).name


def _without_values(message: str) -> str:
    bare = redact(message.splitlines()[0]) if message else ""
    for pattern, instead in ((_QUOTED, "‹…›"), (_PATH, "‹path›"), (_DIGITS, "#")):
        bare = pattern.sub(instead, bare)
    return bare[:_LONGEST]
