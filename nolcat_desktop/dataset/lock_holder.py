"""Who holds a library's lock: a note for people, beside the lock.

It never decides anything; the operating system's lock alone does. A program that was killed leaves its note behind,
which is looked at only while somebody else holds the lock, and has written its own over it by then.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

_LONGEST = 200
"""Characters that are read of a note."""


@contextmanager
def noted(note: Path) -> Iterator[None]:
    """Leave word in the file `note` while the lock is held; a disk that refuses it stops nobody."""
    with suppress(OSError):
        note.write_text(_who(sys.argv), encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            note.write_bytes(b"")


def holder(note: Path) -> str | None:
    """The program, its computer, and since when, such as `nolcat convert on WS-14, since 10:31`; None: not known."""
    with suppress(OSError, ValueError):
        told = note.read_text(encoding="utf-8")[:_LONGEST].strip()
        if told and told.isprintable():
            return f"{told}, since {datetime.fromtimestamp(note.stat().st_mtime, UTC).astimezone():%H:%M}"
    return None


def _who(words: list[str]) -> str:
    command = Path(words[0]).stem.casefold() if words else ""
    verb = words[1] if len(words) > 1 and words[1].isalpha() else ""
    program = f"nolcat {verb}".strip() if command == "nolcat" else "NoLCAT Desktop"
    return f"{program} on {platform.node() or 'a computer without a name'}"
