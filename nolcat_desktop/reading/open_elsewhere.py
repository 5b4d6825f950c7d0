"""Whether another program has a file open: what is not saved there is not in the file, and Windows may refuse to read.

Office programs say so with a lock file beside the document: Excel `~$name.xlsx`, LibreOffice `.~lock.name#`, whose
fields between commas begin with who has it open. A program that crashed may have left one, so a file that can be read
is read.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from nolcat_desktop.problem import Problem
from nolcat_desktop.report import Irregularity

_HELD: Final = frozenset({32, 33})
"""What Windows says of a file that is open elsewhere: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION."""
_ENDINGS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls"})
_LONGEST = 300


def open_in(path: Path) -> str:
    """The program that has `path` open, as lock files beside it tell; empty: none is known."""
    if path.suffix.lower() in _ENDINGS and _is_there(path.with_name(f"~${path.name}")):
        return "Excel"
    return "LibreOffice" if _is_there(_of_libreoffice(path)) else ""


def refused(path: Path, error: OSError) -> Problem | None:
    """What to say when `path` cannot be read because another program has it open; None: that is not why."""
    program = open_in(path)
    if not program and getattr(error, "winerror", None) not in _HELD:
        return None
    title = f"{program or 'Another program'} has this file open"
    within = program or "that program"
    meaning = f"{path.name}: nothing was read. What is not saved in {within} yet is not in the file."
    return Problem(title, meaning, f"Close it in {within}, then add it again.", details=str(error.strerror or error))


def held_elsewhere(path: Path) -> tuple[Irregularity, ...]:
    """What is to be told of a file that could be read: that another program has it open."""
    program = open_in(path) if path.name else ""
    if not program:
        return ()
    return (Irregularity("F-open", detail=" by ".join(part for part in (program, _who(path)) if part)),)


def _of_libreoffice(path: Path) -> Path:
    return path.with_name(f".~lock.{path.name}#")


def _is_there(lock: Path) -> bool:
    with suppress(OSError, ValueError):
        return lock.is_file()
    return False


def _who(path: Path) -> str:
    """Who has it open, as LibreOffice tells."""
    with suppress(OSError, ValueError), _of_libreoffice(path).open("rb") as lock:
        return lock.read(_LONGEST).decode("utf-8", "replace").split(",", 1)[0].strip()
    return ""
