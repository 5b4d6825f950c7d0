"""The levels of a finding, as COUNTER's own validator names them (Passed … Fatal error)."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """How much a finding weighs; a file's verdict is its highest level."""

    PASSED = 0
    NOTICE = 1
    WARNING = 2
    ERROR = 3
    CRITICAL = 4
    FATAL = 5

    @property
    def label(self) -> str:
        """The word that COUNTER's validator prints: `Passed`, `Notice`, … `Fatal error`."""
        return _LABELS[self]


_LABELS = {
    Level.PASSED: "Passed",
    Level.NOTICE: "Notice",
    Level.WARNING: "Warning",
    Level.ERROR: "Error",
    Level.CRITICAL: "Critical error",
    Level.FATAL: "Fatal error",
}
