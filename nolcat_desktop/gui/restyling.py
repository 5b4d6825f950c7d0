"""Putting another style on in steps, so that the window answers in between.

Qt puts a style sheet on every widget at once, and on most of them several times over when there was one before: with
five places that is half a second. Here the old sheet is taken off first, which avoids the second; and widgets that
nobody sees are passed over, and follow a few milliseconds at a time. One that is shown before its turn follows then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from nolcat_desktop.gui.following import Followers
from nolcat_desktop.gui.scale import forget_factor

BUDGET = 0.008
"""Seconds of work between two chances for the window to answer."""
_MANY = 500
"""Widgets that are looked at in one step."""
_POLISHED = Qt.WidgetAttribute.WA_WState_Polished


class Restyler(QObject):
    """One for the application."""

    def __init__(self, app: QApplication) -> None:
        """Nothing to put on."""
        super().__init__(app)
        self._app = app
        self._late: set[int] = set()
        self._keeper = QWidget()
        """Has a sheet of its own, never shown: while there is one, Qt keeps what it remembers of the widgets that are
        passed over, and forgets it when they go. Else what is made in their place would get their colours."""
        self._keeper.setStyleSheet("QSizeGrip { color: palette(text); }")
        self._passing = False
        self._held: list[QWidget] = []
        """Windows that are drawn again when all of them is new."""
        self.followers = Followers()
        self.is_dressed = True
        """Whether all that is seen wears the look that was put on last."""

    def steps(self, font: QFont | None, look: Callable[[], str], tell: Callable[[], None]) -> Iterator[None]:
        """Put a look on; between two steps the window may answer.

        Args:
            font: Another font of the program, or None.
            look: Puts the palette on, and returns the style sheet.
            tell: Called when all that is seen wears it, and who is seen has followed.

        Yields:
            After each step.
        """
        self.is_dressed = False
        seen = [window for window in self._app.topLevelWidgets() if window.isVisible()]
        self._hold(seen)
        yield
        yield from self._set_aside()
        self._pass_over(lambda: self._app.setStyleSheet(""))
        yield
        if font is not None:  # a sheet would keep the sizes that it was put on with
            forget_factor()
            self._app.setFont(font)
            yield
        sheet: list[str] = []
        self._pass_over(lambda: sheet.append(look()))
        yield
        self._pass_over(lambda: self._app.setStyleSheet(sheet[0]))
        yield
        yield from self._catch_up(lambda: self._shown(seen))
        self.followers.begin()
        yield from self.followers.steps(only_seen=True)
        tell()
        self._size_tabs()
        yield
        self.is_dressed = True
        self._draw_now()
        yield
        yield  # all that is seen is drawn now, which is enough for one round
        yield from self._catch_up(self._app.allWidgets)
        yield from self.followers.steps(only_seen=False)  # they measure letters, which must be the new ones
        self._late.clear()  # what is left is gone
        yield from self._forget_sizes()
        for widget in self._shown(seen):
            widget.updateGeometry()  # hidden pages keep room for the letters that they had
        self._size_tabs()
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what changes from those that nobody sees; who is shown before its turn follows now."""
        kind = event.type()
        if self._passing and kind == QEvent.Type.StyleChange:
            return isinstance(watched, QWidget)
        if kind == QEvent.Type.UpdateRequest and not self.is_dressed:
            return watched in self._held
        if kind == QEvent.Type.Show and isinstance(watched, QWidget) and _address(watched) in self._late:
            self._follow(watched)
        return False

    def _hold(self, windows: Sequence[QWidget]) -> None:
        """What `windows` show stays as it is until all of it is new.

        Updates that are disabled would do that as well, but then Qt draws what is in a window twice over.
        """
        self._draw_now()  # of a look that is overtaken
        self._held = list(windows)
        for window in windows:
            window.update()  # first, and all of it: what asks later is drawn along

    def _draw_now(self) -> None:
        for window in self._held:
            if shiboken6.isValid(window):
                QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
        self._held = []

    def _set_aside(self) -> Iterator[None]:
        """Qt passes over what has not been polished yet."""
        self._app.installEventFilter(self)
        for at, widget in enumerate(self._app.allWidgets()):
            if shiboken6.isValid(widget) and widget.testAttribute(_POLISHED):
                widget.setAttribute(_POLISHED, False)
                self._late.add(_address(widget))
            if at % _MANY == _MANY - 1:
                yield
        yield

    def _forget_sizes(self) -> Iterator[None]:
        """Where nobody looks no layout hears that what is in it became smaller."""
        for at, widget in enumerate(self._app.allWidgets()):
            layout = widget.layout() if shiboken6.isValid(widget) and not widget.isVisible() else None
            if layout is not None:
                layout.invalidate()
            if at % _MANY == _MANY - 1:
                yield
        yield

    def _pass_over(self, change: Callable[[], None]) -> None:
        self._passing = True
        try:
            change()
        finally:
            self._passing = False

    def _shown(self, windows: Sequence[QWidget]) -> list[QWidget]:
        """All that is seen in `windows`, who holds others before these."""
        there = [window for window in windows if shiboken6.isValid(window)]
        inside = (widget for window in there for widget in (window, *window.findChildren(QWidget)))
        return [widget for widget in inside if widget.isVisible()]

    def _catch_up(self, among: Callable[[], Sequence[QWidget]]) -> Iterator[None]:
        """Let those of `among` who wait follow, some at a time, until all of them have."""
        while waiting := [widget for widget in among() if _address(widget) in self._late]:
            yield  # to look through all takes its time
            until = time.thread_time() + BUDGET
            for widget in waiting:
                if shiboken6.isValid(widget) and _address(widget) in self._late:
                    self._follow(widget)
                    if time.thread_time() > until:
                        yield
                        until = time.thread_time() + BUDGET

    def _size_tabs(self) -> None:
        """A bar of tabs keeps the size of the letters that it was made with, or had before."""
        for bar in self._app.allWidgets():
            if isinstance(bar, QTabBar):
                bar.setFont(QFont())

    def _follow(self, widget: QWidget) -> None:
        self._late.discard(_address(widget))
        for kind in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            QCoreApplication.sendEvent(widget, QEvent(kind))


def _address(widget: QWidget) -> int:
    return int(shiboken6.getCppPointer(widget)[0])
