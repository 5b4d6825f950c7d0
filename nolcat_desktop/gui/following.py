"""Who follows when the look changes, one after the other, so that the window answers in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from weakref import WeakMethod

import shiboken6
from PySide6.QtWidgets import QWidget

Follow = Callable[[], Iterator[None] | None]
"""A method of a widget that puts sizes and icons of the moment on; with much to do, in steps."""


class Followers:
    """Those who are seen first; who is gone is forgotten."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._all: list[WeakMethod[Follow]] = []
        self._waiting: list[WeakMethod[Follow]] = []

    def add(self, follow: Follow) -> None:
        """Call the method `follow` of a widget each time from now on."""
        self._all.append(WeakMethod(follow))

    def begin(self) -> None:
        """All have to follow."""
        self._all = [one for one in self._all if _widget(one) is not None]
        self._waiting = list(self._all)

    def steps(self, only_seen: bool) -> Iterator[None]:
        """Let those who wait follow.

        Args:
            only_seen: Those that nobody sees go on waiting.

        Yields:
            After each step.
        """
        for one in list(self._waiting):
            widget, follow = _widget(one), one()
            if widget is not None and follow is not None and (not only_seen or widget.isVisible()):
                self._waiting.remove(one)
                yield from follow() or ()
                yield


def _widget(follow: WeakMethod[Follow]) -> QWidget | None:
    """Whose method it is, while Qt has it."""
    method = follow()
    found = getattr(method, "__self__", None)
    return found if isinstance(found, QWidget) and shiboken6.isValid(found) else None
