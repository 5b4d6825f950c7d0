"""Work that only the window's own thread can do, in steps between which the window answers.

Making a place, putting on another look, drawing icons: each is a generator that yields after every few milliseconds
of work, and a `Stepper` that does one step each time the event loop comes round.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Stepper(QObject):
    """Does one piece of work after another; what is given while it is busy takes the place of what it did."""

    def __init__(self, parent: QObject, every: int = 1) -> None:
        """Nothing to do.

        Args:
            parent: Owner.
            every: Milliseconds between two steps, in which all that waits is answered. Not 0: such a timer comes again
                before others had their turn.
        """
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self.step)

    @property
    def is_busy(self) -> bool:
        """Whether there is more to do."""
        return self._timer.isActive()

    def start(self, steps: Iterator[None]) -> None:
        """Begin with `steps` in the next round of the event loop."""
        self._steps = steps
        self._timer.start()

    def step(self) -> bool:
        """Do one step now. False: there was none left."""
        steps, goes_on = self._steps, False
        try:
            for _ in steps:
                goes_on = True
                break
        finally:
            if not goes_on and steps is self._steps:  # the last step may have begun something else
                self._timer.stop()
            elif self._timer.isActive():
                self._timer.start()  # from now on: after a step that took long others have their turn first
        return goes_on

    def finish(self) -> None:
        """Do all that is left now."""
        while self.step():
            pass
