"""Python's cyclic garbage is collected in the window's thread alone.

Left to itself, Python collects in whatever thread happens to allocate. In a worker that would destroy Qt objects that
belong to the window's thread, and a timer delivered to one of them ends the process.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000
"""Milliseconds between two looks."""


class Collector(QObject):
    """Collects while the window's thread is idle, young objects often, old ones seldom; one for each process."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Take collecting over from Python; what is imported by now stays, and is never looked through again."""
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, as Python itself would have done."""
        counts = gc.get_count()
        due = [
            n for n, (count, threshold) in enumerate(zip(counts, self._thresholds, strict=True)) if count > threshold
        ]
        if due:
            gc.collect(max(due))

    def give_back(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
