"""Drawing a chart of months: bars or lines, gaps as empty columns or regions, zero as a 0, seams between releases."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPainterPath, QPen, QPolygonF

from nolcat_desktop.analysis.month_series import Series
from nolcat_desktop.gui.cell_text import month_name, number
from nolcat_desktop.gui.chart_gaps import is_region, paint_region, runs_of
from nolcat_desktop.gui.chart_scale import LEGEND_LINE, Frame, Ink, is_bars, layout, legend, legend_room
from nolcat_desktop.gui.chart_words import release_words
from nolcat_desktop.gui.palette_tables import Role

LINES = (Role.BAND, Role.OK, Role.CHECK, Role.GONE)
_BAR, _DOT, _LEAST_PART = 0.74, 3.5, 0.4
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


def paint_chart(painter: QPainter, area: QRectF, series: Series, ink: Ink, mark: int | None = None) -> Frame:
    """Draw `series` into `area`.

    Args:
        painter: Where to.
        area: Room for all of it.
        series: What is shown; has at least one month and one metric.
        ink: Colours, font and scale.
        mark: Index of the month that is read, if any.

    Returns:
        Where things stand.
    """
    frame = layout(series, area, ink)
    painter.setFont(ink.font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark is not None and 0 <= mark < len(series.months):
        column = QRectF(frame.left(mark), frame.plot.top(), frame.step, frame.plot.height())
        painter.fillRect(column, ink.colour(Role.HIGHLIGHT))
    _axis(painter, area, frame, ink)
    _gaps(painter, series, frame, ink)
    if is_bars(series):
        _bars(painter, series, frame, ink)
    else:
        for n in range(len(series.lines)):
            _line(painter, series, n, frame, ink)
    _zeros(painter, series, frame, ink)
    _months(painter, series, frame, ink)
    _seams(painter, area, series, frame, ink)
    _legend(painter, area, series, ink)
    if mark is not None and 0 <= mark < len(series.months):
        painter.setPen(QPen(ink.colour(Role.TEXT), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(frame.left(mark), frame.plot.top(), frame.step, frame.plot.height()))
    return frame


def _axis(painter: QPainter, area: QRectF, frame: Frame, ink: Ink) -> None:
    line = painter.fontMetrics().height()
    for tick in frame.ticks:
        y = round(frame.height_of(tick)) + 0.5
        painter.setPen(QPen(ink.colour(Role.BORDER if tick == 0 else Role.HAIRLINE), 1))
        painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y))
        painter.setPen(ink.colour(Role.MUTED))
        room = QRectF(area.left(), y - line / 2, frame.plot.left() - area.left() - 6 * ink.one, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(tick))


def _column(frame: Frame, index: int, top: float) -> QRectF:
    width = max(frame.step * _BAR, 1.0)
    return QRectF(frame.centre(index) - width / 2, top, width, frame.plot.bottom() - top)


def _gaps(painter: QPainter, series: Series, frame: Frame, ink: Ink) -> None:
    pen = QPen(ink.colour(Role.MISSING), 1.2)
    pen.setDashPattern([3, 2.5])
    for run in runs_of(series):
        if is_region(run, frame, ink):
            paint_region(painter, run, frame, ink)
            continue
        painter.setPen(pen)
        painter.setBrush(ink.colour(Role.MISSING_FILL))
        for index in range(run.first, run.last + 1) if run.is_expected else ():
            painter.drawRect(_column(frame, index, frame.plot.top()))


def _bars(painter: QPainter, series: Series, frame: Frame, ink: Ink) -> None:
    colour = ink.colour(Role.BAND)
    for index, value in enumerate(next(iter(series.lines.values()))):
        if not value:
            continue
        bar = _column(frame, index, min(frame.height_of(value), frame.plot.bottom() - 1))
        path = QPainterPath()
        path.addRoundedRect(bar, 2, 2)
        if series.months[index].is_partial:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        painter.drawPath(path)


def _line(painter: QPainter, series: Series, n: int, frame: Frame, ink: Ink) -> None:
    """Broken at gaps and at seams: what is not comparable is not joined."""
    line = list(series.lines.values())[n]
    colour, breaks = ink.colour(LINES[n]), {seam.at for seam in series.seams}
    painter.setPen(QPen(colour, 2, _DASHES[n]))
    before: QPointF | None = None
    for index, value in enumerate(line):
        here = None if value is None else QPointF(frame.centre(index), frame.height_of(value))
        if before is not None and here is not None and index not in breaks:
            painter.drawLine(before, here)  # one by one: a long smooth polyline takes a hundred times as long
        before = here
    part = min(frame.step / (3 * _DOT * ink.one), 1.0)
    if part >= _LEAST_PART or len(series.lines) == 1:  # a point for every month or for none
        for index, value in enumerate(line):
            if value is not None:
                at = QPointF(frame.centre(index), frame.height_of(value))
                dot(painter, at, n, ink, hollow=series.months[index].is_partial, part=max(part, _LEAST_PART))


def dot(painter: QPainter, at: QPointF, n: int, ink: Ink, hollow: bool = False, part: float = 1.0) -> None:  # noqa: PLR0913, PLR0917
    """The point of the line `n`: circle, square, triangle, rhombus; hollow where a part is missing."""
    r = _DOT * ink.one * part
    painter.setPen(QPen(ink.colour(LINES[n]), 1.5))
    painter.setBrush(ink.colour(Role.WINDOW) if hollow else ink.colour(LINES[n]))
    _SHAPES[n](painter, at, r)


def _polygon(*corners: tuple[float, float]) -> Callable[[QPainter, QPointF, float], None]:
    def draw(painter: QPainter, at: QPointF, r: float) -> None:
        painter.drawPolygon(QPolygonF([at + QPointF(x * r, y * r) for x, y in corners]))

    return draw


def _circle(painter: QPainter, at: QPointF, r: float) -> None:
    painter.drawEllipse(at, r, r)


_SHAPES: tuple[Callable[[QPainter, QPointF, float], None], ...] = (
    _circle,
    _polygon((-1, -1), (1, -1), (1, 1), (-1, 1)),
    _polygon((0, -1.2), (1.2, 1), (-1.2, 1)),
    _polygon((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
)
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


def _zeros(painter: QPainter, series: Series, frame: Frame, ink: Ink) -> None:
    if len(series.lines) != 1 or not is_bars(series):
        return
    painter.setPen(ink.colour(Role.USAGE))
    line = painter.fontMetrics().height()
    for index, value in enumerate(next(iter(series.lines.values()))):
        if value == 0:
            room = QRectF(frame.centre(index) - line, frame.plot.bottom() - line - 1, 2 * line, line)
            painter.drawText(room, _CENTRE, "0")


def _months(painter: QPainter, series: Series, frame: Frame, ink: Ink) -> None:
    """Month names where there is room, the same ones each year; years in bold below."""
    metrics = painter.fontMetrics()
    widest = max(metrics.horizontalAdvance(month_name(number)) for number in range(1, 13)) + 6 * ink.one
    every = next((n for n in (1, 2, 3, 4, 6) if n * frame.step >= widest), 0)
    top, line = frame.plot.bottom() + 4 * ink.one, metrics.height()
    bold = QFont(ink.font)
    bold.setWeight(QFont.Weight.DemiBold)
    free = frame.plot.left() - frame.step
    for index, each in enumerate(series.months):
        if every and (each.first.month - 1) % every == 0:
            painter.setFont(ink.font)
            painter.setPen(ink.colour(Role.MUTED))
            middle = max(frame.centre(index), frame.plot.left() + widest / 2 - frame.step)
            painter.drawText(QRectF(middle - widest, top, 2 * widest, line), _CENTRE, month_name(each.first.month))
        if index == 0 or each.first.year != series.months[index - 1].first.year:
            painter.setFont(bold)
            text = f"{each.first.year}"
            if frame.left(index) >= free:
                painter.setPen(ink.colour(Role.TEXT))
                below = top + (line if every else 0)
                painter.drawText(QPointF(frame.left(index) + 2, below + metrics.ascent()), text)
                free = frame.left(index) + metrics.horizontalAdvance(text) + 8 * ink.one
    painter.setFont(ink.font)


def _seams(painter: QPainter, area: QRectF, series: Series, frame: Frame, ink: Ink) -> None:
    metrics = painter.fontMetrics()
    top = frame.plot.top() - 1.2 * metrics.height()
    pen = QPen(ink.colour(Role.WAITING), 1.5)
    pen.setDashPattern([4, 2.5])
    said_until = area.left()
    for n, seam in enumerate(series.seams):
        x = round(frame.left(seam.at)) + 0.5
        painter.setPen(pen)
        painter.drawLine(QPointF(x, top + 2), QPointF(x, frame.plot.bottom()))
        before, after = release_words(seam.before), release_words(seam.after)
        gap = 4 * ink.one
        if n == 0 and x - gap - metrics.horizontalAdvance(before) >= said_until:
            at = QPointF(x - gap - metrics.horizontalAdvance(before), top + metrics.ascent())
            painter.drawText(at, before)
        limit = frame.left(series.seams[n + 1].at) if n + 1 < len(series.seams) else area.right()
        if x + gap + metrics.horizontalAdvance(after) > limit:
            after = ", ".join(seam.after)  # the word stands left of the line already
        painter.drawText(QPointF(x + gap, top + metrics.ascent()), after)
        said_until = x


def _legend(painter: QPainter, area: QRectF, series: Series, ink: Ink) -> None:
    metrics, numbers = painter.fontMetrics(), {metric: n for n, metric in enumerate(series.lines)}
    for row, names in enumerate(legend(series, area.width(), ink)):
        x, y = area.left(), area.top() + metrics.height() * (0.6 + LEGEND_LINE * row)
        for metric in names:
            text = metrics.elidedText(metric, Qt.TextElideMode.ElideMiddle, int(area.right() - x - 14 * ink.one) + 1)
            dot(painter, QPointF(x + 6 * ink.one, y), numbers[metric], ink)
            painter.setPen(ink.colour(Role.TEXT))
            painter.drawText(QPointF(x + 14 * ink.one, y + metrics.ascent() / 2 - 1), text)
            x += legend_room(metric, ink)
