"""Where things stand in a chart of months: the steps of its axis, its plot, its columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from nolcat_desktop.analysis.month_series import Series
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.palette_tables import Role

BARS_UNTIL = 36
"""Months up to which one metric is drawn as bars."""
LEGEND_LINE = 1.2
"""Height of a line of the legend, in lines of text."""
_SIGN = 22
"""Room of a sign and around it in the legend, in u."""
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Ink:
    """What a chart is drawn with."""

    colour: Callable[[Role], QColor]
    font: QFont
    one: float
    """How many px one u is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things stand, in px."""

    plot: QRectF
    top_value: int
    step: float
    """Width of a month's column."""
    ticks: tuple[int, ...]

    def left(self, index: int) -> float:
        """The left edge of a month's column."""
        return self.plot.left() + index * self.step

    def centre(self, index: int) -> float:
        """The middle of a month's column."""
        return self.left(index) + self.step / 2

    def height_of(self, value: int) -> float:
        """Where `value` stands."""
        return self.plot.bottom() - self.plot.height() * value / self.top_value

    def month_at(self, x: float) -> int:
        """Index of the month at `x`; may be none of the series."""
        return int((x - self.plot.left()) // self.step) if self.step else -1


def ticks(highest: int, most: int = 5) -> tuple[int, ...]:
    """Round numbers from 0 to at least `highest`, at most `most` above 0."""
    unit = 1
    while True:
        for factor in _STEPS:
            step = unit * factor
            if step * most >= highest:
                count = max(-(-highest // step), 1)
                return tuple(step * each for each in range(count + 1))
        unit *= 10


def highest(series: Series) -> int:
    """The highest number of the series."""
    return max((value for line in series.lines.values() for value in line if value is not None), default=0)


def layout(series: Series, area: QRectF, ink: Ink) -> Frame:
    """Place the plot within `area`."""
    metrics = QFontMetricsF(ink.font)
    line = metrics.height()
    upper = line * (0.5 + (1.2 if series.seams else 0) + LEGEND_LINE * len(legend(series, area.width(), ink)))
    room = area.height() - upper - 2.3 * line
    marks = ticks(highest(series), max(min(int(room / (2.2 * line)), 5), 1))
    left = max(metrics.horizontalAdvance(number(mark)) for mark in marks) + 8 * ink.one
    plot = QRectF(area.left() + left, area.top() + upper, max(area.width() - left - 4, 1), max(room, 1))
    return Frame(plot, marks[-1], plot.width() / max(len(series.months), 1), marks)


def legend(series: Series, width: float, ink: Ink) -> tuple[tuple[str, ...], ...]:
    """The metrics in lines of `width` px, in as many as they need: their names are never cut to make them fit.

    Returns:
        () for one metric, which the heading names.
    """
    if len(series.lines) < 2:  # noqa: PLR2004 - one needs no legend
        return ()
    rows: list[list[str]] = [[]]
    left = width
    for metric in series.lines:
        wanted = legend_room(metric, ink)
        if rows[-1] and wanted > left:
            rows.append([])
            left = width
        rows[-1].append(metric)
        left -= wanted
    return tuple(map(tuple, rows))


def legend_room(metric: str, ink: Ink) -> float:
    """The room of a metric in the legend, with its sign, in px."""
    return QFontMetricsF(ink.font).horizontalAdvance(metric) + _SIGN * ink.one


def is_bars(series: Series) -> bool:
    """Whether it is drawn as bars: one metric, not too many months."""
    return len(series.lines) == 1 and len(series.months) <= BARS_UNTIL
