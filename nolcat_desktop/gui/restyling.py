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

from nolcat_desktop.gui.scale import forget_factor

BUDGET = 0.008
"""Seconds of work between two chances for the window to answer."""
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
        self.is_dressed = True
        """Whether all that is seen wears the look that was put on last."""

    def steps(self, font: QFont | None, look: Callable[[], str], told: Sequence[Callable[[], None]]) -> Iterator[None]:
        """Put a look on; between two steps the window may answer.

        Args:
            font: Another font of the program, or None.
            look: Puts the palette on, and returns the style sheet.
            told: Called one after the other when all that is seen wears it.

        Yields:
            After each step.
        """
        self.is_dressed = False
        seen = [window for window in self._app.topLevelWidgets() if window.isVisible()]
        for window in seen:
            window.setUpdatesEnabled(False)  # what it shows stays as it is until all of it is new
        self._set_aside()
        yield
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
        for tell in told:
            tell()
            yield
        self._size_tabs()
        yield
        for window in seen:
            if shiboken6.isValid(window):
                window.setUpdatesEnabled(True)
        self.is_dressed = True
        yield
        yield  # all that is seen is drawn now, which is enough for one round
        while self._some_late():
            yield
        self._size_tabs()
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what changes from those that nobody sees; who is shown before its turn follows now."""
        kind = event.type()
        if self._passing and kind == QEvent.Type.StyleChange:
            return isinstance(watched, QWidget) and not watched.isVisible()
        if kind == QEvent.Type.Show and isinstance(watched, QWidget) and _address(watched) in self._late:
            self._follow(watched)
        return False

    def _set_aside(self) -> None:
        """Qt passes over what has not been polished yet."""
        for widget in self._app.allWidgets():
            if widget.testAttribute(_POLISHED) and not widget.isVisible():
                widget.setAttribute(_POLISHED, False)
                self._late.add(_address(widget))
        self._app.installEventFilter(self)

    def _pass_over(self, change: Callable[[], None]) -> None:
        self._passing = True
        try:
            change()
        finally:
            self._passing = False

    def _some_late(self) -> bool:
        """Let some of those that nobody sees follow; False: all have."""
        waiting = [widget for widget in self._app.allWidgets() if _address(widget) in self._late]
        until = time.thread_time() + BUDGET  # from here: to look through all may take longer, and one follows each time
        for at, widget in enumerate(waiting):
            if at and time.thread_time() > until:
                return True
            if shiboken6.isValid(widget):
                self._follow(widget)
        self._late.clear()  # what is left is gone
        return False

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
