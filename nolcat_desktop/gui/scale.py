"""Sizes that grow with the text, and which layout a window of some size gets.

A *u* is one logical pixel at 100 % text: it grows as the line height of the program's font grows over that of the
system's font. A px (borders, the grid of 4) does not grow.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

_LINE = "nolcat_system_line_height"
FRAME = QSize(8, 40)
"""What the system puts around a window, about."""
WIDE_FROM, MEDIUM_FROM, HIGH_FROM = 1000, 800, 480


class LayoutClass(Enum):
    """How much room there is, in u."""

    WIDE = "wide"
    """At least 1000 u wide: panes beside each other, the rail with words."""
    MEDIUM = "medium"
    """800–999 u wide: the rail as icons, panes below each other."""
    TIGHT = "tight"
    """Less than 800 u wide or 480 u high: panes as tabs, ordinary buttons in a menu."""


def note_system_font(app: QApplication, font: QFont) -> None:
    """Remember the line height at 100 % text; sizes in u are measured by it from now on."""
    app.setProperty(_LINE, QFontMetricsF(font).height())
    forget_factor()


def factor(font: QFont | None = None) -> float:
    """How many px one u is, with `font` or, by default, with the program's font. 1.0 before a theme is applied."""
    if font is None and _program:
        return _program[0]
    app = QApplication.instance()
    line = app.property(_LINE) if app is not None else None
    if not isinstance(line, float) or line <= 0:
        return 1.0
    wanted = QApplication.font() if font is None else font
    found = _height(wanted.key(), wanted) / line
    if font is None:
        _program.append(found)
    return found


_program: list[float] = []
"""The factor of the program's font, once it was asked for: it is asked for at every cell that is drawn."""


def forget_factor() -> None:
    """The program has another font."""
    _program.clear()


_heights: dict[str, float] = {}


def _height(key: str, font: QFont) -> float:
    """The line height of `font`; asked for at every cell that is drawn."""
    if key not in _heights:
        _heights[key] = QFontMetricsF(font).height()
    return _heights[key]


def u(what: QWidget | QFont, n: float) -> int:
    """`n` u in logical pixels.

    Args:
        what: A font that decides; a widget stands for the program's font, so that a large title does not have
            larger margins than the text under it.
        n: Size at 100 % text.
    """
    return round(n * factor(what if isinstance(what, QFont) else None))


def fit(window: QWidget, width: float, height: float) -> None:
    """Make a dialog `width` x `height` u large, but never larger than the free area of its screen."""
    room = window.screen().availableSize() - FRAME
    window.resize(QSize(u(window, width), u(window, height)).boundedTo(room))


def layout_class(width: int, height: int) -> LayoutClass:
    """The layout for a window of `width` x `height` logical pixels."""
    one = factor()
    if width / one < MEDIUM_FROM or height / one < HIGH_FROM:
        return LayoutClass.TIGHT
    return LayoutClass.WIDE if width / one >= WIDE_FROM else LayoutClass.MEDIUM
