"""What a cell of the coverage grid looks like: a joined band, or a glyph. Drawn once, then kept as pictures.

A picture is known by its state, its neighbours, its size, the screen's scale and the look of the moment.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from nolcat_desktop.analysis.coverage_grid import CellState
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import factor
from nolcat_desktop.gui.theme import Look, look, role

BAND, GLYPH, ROUND = 10, 16, 3
"""Height of the band, edge of a glyph, radius of the band's ends, in u."""
_DIAMOND, _HALO = 10, 1.5
_MOST = 4096

ROLES = {
    CellState.ANSWERED: Role.GONE,
    CellState.USAGE: Role.BAND,
    CellState.CONFIRMED_ZERO: Role.USAGE,
    CellState.PARTIAL: Role.USAGE,
    CellState.TOTALS_ONLY: Role.MISSING,
    CellState.MISSING: Role.MISSING,
    CellState.OVERLAPPING: Role.CLASH,
    CellState.NOT_READY: Role.WAITING,
    CellState.NO_DATA: Role.GONE,
}
_Key = tuple[int, bool, bool, bool, bool, int, int, float]


class Tiles:
    """Pictures of cells; the cache is thrown away when the look changes."""

    def __init__(self) -> None:
        """Nothing drawn yet."""
        self._look: Look | None = None
        self._drawn: dict[_Key, QPixmap] = {}

    def refresh(self) -> None:
        """Forget pictures of another look. Ask once before a paint."""
        if self._look != look() or len(self._drawn) > _MOST:
            self._look = look()
            self._drawn.clear()

    def some(self, ratio: float) -> QPixmap:
        """The sign of a month that some reports of a source lack."""
        key = (-1, False, False, False, False, 0, 0, ratio)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = mark_glyph(Mark.SOME, ratio)
        return found

    def tile(  # noqa: PLR0913, PLR0917 - the key
        self, state: int, before: bool, after: bool, seam: bool, restated: bool, width: int, height: int, ratio: float
    ) -> QPixmap:
        """A cell.

        Args:
            state: A `CellState`.
            before: Whether the band goes on to the left.
            after: Whether it goes on to the right.
            seam: Whether the release changes before this month.
            restated: Whether the publisher corrected it since.
            width: Of the cell, in px.
            height: Of the row, in px.
            ratio: Of the screen.
        """
        key = (state, before, after, seam, restated, width, height, ratio)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = _tile(CellState(state), before, after, seam, restated, width, height, ratio)
        return found


def glyph(state: CellState, ratio: float) -> QPixmap:
    """The state's sign alone, 16 u high, for the legend and the reading line."""
    edge = round(GLYPH * factor())
    return _tile(state, False, False, False, False, edge, edge, ratio)


class Mark(Enum):
    """What is drawn on or around cells, whatever their state."""

    RESTATED = "restated"
    FRESH = "new"
    """The frame around months that were added last."""
    SOME = "some"
    """Some reports of a source lack the month, others have it."""
    SEAM = "seam"
    """The dashed line where the release changes."""


def mark_glyph(mark: Mark, ratio: float) -> QPixmap:
    """What marks a month, on a piece of the band; `SOME` is a sign of its own."""
    edge = round(GLYPH * factor())
    if mark is Mark.SOME:
        return _some(edge, ratio)
    goes_on = mark is not Mark.FRESH
    made = _tile(CellState.USAGE, goes_on, goes_on, False, mark is Mark.RESTATED, edge, edge, ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark is Mark.FRESH:
        painter.setPen(QPen(role(Role.ACCENT), 1.5))
        painter.drawRoundedRect(QRectF(0.75, 0.75, edge - 1.5, edge - 1.5), 4, 4)
    elif mark is Mark.SEAM:
        painter.setPen(QPen(role(Role.BASE), 3))
        painter.drawLine(QPointF(edge / 2, 0), QPointF(edge / 2, edge))
        painter.setPen(QPen(role(Role.TEXT), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(edge / 2, 0), QPointF(edge / 2, edge))
    painter.end()
    return made


def _tile(  # noqa: PLR0913, PLR0917 - the key
    state: CellState,
    before: bool,
    after: bool,
    seam: bool,
    restated: bool,
    width: int,
    height: int,
    ratio: float,
) -> QPixmap:
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state is CellState.USAGE:
        _band(painter, before, after, width, height)
    elif state is not CellState.EMPTY:
        edge = GLYPH * factor()
        painter.translate((width - edge) / 2, (height - edge) / 2)
        painter.scale(edge / GLYPH, edge / GLYPH)
        _DRAW[state](painter, state)
        painter.resetTransform()
    if restated:
        _diamond(painter, width, height)
    if seam:
        painter.setPen(QPen(role(Role.TEXT), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(0.5, 1), QPointF(0.5, height - 1))
    painter.end()
    return made


def _band(painter: QPainter, before: bool, after: bool, width: int, height: int) -> None:
    one = factor()
    thick, gap, radius = BAND * one, 2 * one, ROUND * one
    left = -2 * radius if before else gap
    right = width + 2 * radius if after else width - gap
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(role(Role.BAND))
    top = (height - round(thick)) // 2
    painter.drawRoundedRect(QRectF(left, top, right - left, round(thick)), radius, radius)


def _diamond(painter: QPainter, width: int, height: int) -> None:
    one = factor()
    for half, colour in ((_DIAMOND / 2 + _HALO, Role.BASE), (_DIAMOND / 2, Role.WAITING)):
        reach = half * one
        corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(role(colour))
        painter.drawPolygon([QPointF(width / 2 + x, height / 2 + y) for x, y in corners])


def _square(painter: QPainter, state: CellState) -> QRectF:
    painter.setPen(QPen(role(ROLES[state]), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rect = QRectF(1.5, 1.5, 13, 13)
    painter.drawRoundedRect(rect, 3, 3)
    return rect


def _zero(painter: QPainter, state: CellState) -> None:
    rect = _square(painter, state)
    painter.drawEllipse(rect.center(), 2.1, 3.4)


def _part(painter: QPainter, state: CellState) -> None:
    rect = _square(painter, state)
    shape, lower = QPainterPath(), QPainterPath()
    shape.addRoundedRect(rect, 3, 3)
    lower.addRect(QRectF(0, 8, 16, 8))
    painter.fillPath(shape.intersected(lower), role(ROLES[state]))


def _sum(painter: QPainter, state: CellState) -> None:
    painter.setPen(QPen(role(ROLES[state]), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    painter.drawPolyline(
        [QPointF(12, 4.5), QPointF(12, 2.8), QPointF(4, 2.8), QPointF(8.6, 8), QPointF(4, 13.2), QPointF(12, 13.2)]
    )
    painter.drawLine(QPointF(12, 13.2), QPointF(12, 11.5))


def _missing(painter: QPainter, state: CellState) -> None:
    pen = QPen(role(ROLES[state]), 1.6)
    pen.setDashPattern([2.2, 1.5])
    painter.setPen(pen)
    painter.setBrush(role(Role.MISSING_FILL))
    painter.drawRoundedRect(QRectF(1.5, 1.5, 13, 13), 3, 3)


def _some(edge: int, ratio: float) -> QPixmap:
    """Never loaded, with the lower half full: as `partly there`, of what is there the colour of usage."""
    made = _tile(CellState.MISSING, False, False, False, False, edge, edge, ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(edge / GLYPH, edge / GLYPH)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(role(Role.BAND))
    painter.drawRect(QRectF(3.4, 8.4, 9.2, 4.2))
    painter.end()
    return made


def _overlap(painter: QPainter, state: CellState) -> None:
    colour = role(ROLES[state])
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(1.3, 1.3, 9.4, 9.4), 2, 2)
    painter.drawRoundedRect(QRectF(5.3, 5.3, 9.4, 9.4), 2, 2)
    painter.fillRect(QRectF(5.3, 5.3, 5.4, 5.4), colour)


def _clock(painter: QPainter, state: CellState) -> None:
    painter.setPen(QPen(role(ROLES[state]), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(8, 8), 6.5, 6.5)
    painter.drawPolyline([QPointF(8, 4.4), QPointF(8, 8), QPointF(10.6, 9.4)])


def _cross(painter: QPainter, state: CellState) -> None:
    painter.setPen(QPen(role(ROLES[state]), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(4, 4), QPointF(12, 12))
    painter.drawLine(QPointF(12, 4), QPointF(4, 12))


def _dash(painter: QPainter, state: CellState) -> None:
    painter.setPen(QPen(role(ROLES[state]), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(4, 8), QPointF(12, 8))


_DRAW: dict[CellState, Callable[[QPainter, CellState], None]] = {
    CellState.ANSWERED: _dash,
    CellState.CONFIRMED_ZERO: _zero,
    CellState.PARTIAL: _part,
    CellState.TOTALS_ONLY: _sum,
    CellState.MISSING: _missing,
    CellState.OVERLAPPING: _overlap,
    CellState.NOT_READY: _clock,
    CellState.NO_DATA: _cross,
}
