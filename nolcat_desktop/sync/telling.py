"""How far a transfer is, in words for the reader."""

from __future__ import annotations

from nolcat_desktop.sync.arrival import Means, Tally

_MINUTE = 60
_ROUGH = 10
"""Below this many seconds no number is worth reading."""


class Telling:
    """Tells a `Progress` of a transfer, ten times a second, and hears from it when to stop."""

    def __init__(self, means: Means, phase: str, files: int, size: int) -> None:
        """`files` files with `size` bytes in all are to be moved."""
        self._means = means
        self._phase = phase
        self.files = files
        self.bytes = size
        self.files_done = 0

    def tell(self) -> None:
        """Say how far it is.

        Raises:
            Cancelled: If the user asked to stop.
        """
        pace = self._means.pace
        done = max(0, min(pace.done, self.bytes))
        tally = Tally(self.files_done, self.files, done, self.bytes, pace.seconds_for(self.bytes), pace.waiting)
        if self._means.watch is not None:
            self._means.watch(tally)
        self._means.progress.tell(self._phase, self.files_done, self.files, words(tally))


def words(tally: Tally) -> str:
    """`4.2 MB of 48.2 MB, about 40 s left`."""
    if tally.waiting:
        return f"{tally.waiting}; it goes on by itself"
    done, whole = size_text(tally.bytes_done), size_text(tally.bytes)
    left = "" if tally.seconds_left is None else f", {time_text(tally.seconds_left)} left"
    return f"{done} of {whole}{left}"


def size_text(size: int) -> str:
    """A number of bytes for the reader, in steps of a thousand as the operating systems show it."""
    number, unit = float(size), "bytes"
    for larger in ("KB", "MB", "GB", "TB"):
        if number < 1000:  # noqa: PLR2004 - the step
            break
        number, unit = number / 1000, larger
    return f"{size} bytes" if unit == "bytes" else f"{number:.1f} {unit}"


def time_text(seconds: float) -> str:
    """A time for the reader: rough, as it is known roughly."""
    if seconds < _ROUGH:
        return "some seconds"
    if seconds < 2 * _MINUTE:
        return f"about {round(seconds / _ROUGH) * _ROUGH} s"
    return f"about {round(seconds / _MINUTE)} min" if seconds < 90 * _MINUTE else f"about {round(seconds / 3600)} h"
