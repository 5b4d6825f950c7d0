"""Paints a row of the coverage grid: name, codes, the band with its glyphs, what is new, what is chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication

from nolcat_desktop.analysis.coverage_grid import YEAR, CellState, Line, Year
from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.pages.coverage_glyphs import BAND, GLYPH, Mark, Tiles, glyph, mark_glyph
from nolcat_desktop.gui.pages.coverage_words import short_year
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import factor
from nolcat_desktop.gui.table_cells import PADDING
from nolcat_desktop.gui.theme import role

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class Slot:
    """A column that is shown: a month or a year, and where it is."""

    column: int
    at: int
    left: int
    width: int


class RowPainter:
    """Keeps the pictures; `begin` before each paint."""

    def __init__(self) -> None:
        """Nothing drawn yet."""
        self.tiles = Tiles()
        self._one = self._ratio = 1.0
        self._thick = BAND
        self._text = self._band = QColor()

    def begin(self, ratio: float) -> None:
        """The look and the screen of the moment."""
        self.tiles.refresh()
        self._one, self._ratio = factor(), ratio
        self._text, self._band = role(Role.TEXT), role(Role.BAND)
        self._thick = round(BAND * self._one)

    def arrow(self, painter: QPainter, rect: QRect, opened: bool) -> None:
        """What shows that there are rows under a source, and whether they are open."""
        sign = pixmap("chevron-down" if opened else "chevron-right", Role.MUTED)
        edge = round(GLYPH * self._one)
        painter.drawPixmap(QPoint(rect.left() + (rect.width() - edge) // 2, rect.center().y() - edge // 2), sign)

    def name(self, painter: QPainter, rect: QRect, text: str) -> None:
        """A name, cut in the middle."""
        painter.setPen(self._text)
        room = rect.adjusted(0, 0, -round(PADDING * self._one / 2), 0)
        painter.drawText(
            room, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        )

    def codes(self, painter: QPainter, rect: QRect, text: str) -> None:
        """Codes of reports: as many as there is room for, and how many more there are."""
        painter.setPen(self._text)
        metrics, room, parts = painter.fontMetrics(), rect.width() - round(PADDING * self._one / 2), text.split(" · ")
        shown = text
        for left_out in range(1, len(parts)):
            if metrics.horizontalAdvance(shown) <= room:
                break
            shown = f"{' · '.join(parts[:-left_out])} +{left_out}"
        painter.drawText(rect, _LEFT, metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room))

    def months(self, painter: QPainter, slots: Sequence[Slot], line: Line, top: int, height: int) -> None:
        """The band and its glyphs."""
        states, seams, usage = line.states, line.seams, int(CellState.USAGE)
        last, tile, ratio, restated = len(states) - 1, self.tiles.tile, self._ratio, line.restated
        middle = top + (height - self._thick) // 2
        begun = -1
        for slot in slots:
            at = slot.at
            state, seam = states[at], at in seams
            marked = at in restated and state == usage
            before = at > 0 and states[at - 1] == usage
            after = at < last and states[at + 1] == usage
            if state == usage and before and after and not seam and not marked:
                begun = slot.left if begun < 0 else begun
                continue
            if begun >= 0:
                painter.fillRect(begun, middle, slot.left - begun, self._thick, self._band)
                begun = -1
            if state or seam:
                drawn = tile(state, before, after, seam, marked, slot.width, height, ratio)
                painter.drawPixmap(QPoint(slot.left, top), drawn)

        if begun >= 0:
            right = slots[-1].left + slots[-1].width
            painter.fillRect(begun, middle, right - begun, self._thick, self._band)

    def some(self, painter: QPainter, slots: Sequence[Slot], lacked: Collection[int], top: int, height: int) -> None:
        """Over the months of a source that some of its reports lack: the sign that others have them."""
        edge = round(GLYPH * self._one)
        for slot in slots:
            if slot.at in lacked:
                at = QPoint(slot.left + (slot.width - edge) // 2, top + (height - edge) // 2)
                painter.drawPixmap(at, self.tiles.some(self._ratio))

    def years(self, painter: QPainter, slots: Sequence[Slot], line: Line, top: int, height: int) -> None:
        """A year in one cell: the band where it is full, else the state and how much is there."""
        edge, gap = round(GLYPH * self._one), round(4 * self._one)
        painter.setFont(QApplication.font())
        painter.setPen(role(Role.TEXT))
        of = [line.year(year) for year in range(len(line.states) // YEAR)]
        full = [_is_full(year) for year in of]
        for slot in slots:
            if full[slot.at]:
                before = slot.at > 0 and full[slot.at - 1]
                after = slot.at + 1 < len(full) and full[slot.at + 1]
                marked = bool(of[slot.at].restated)
                tile = self.tiles.tile(
                    int(CellState.USAGE), before, after, False, marked, slot.width, height, self._ratio
                )
                painter.drawPixmap(QPoint(slot.left, top), tile)
                continue
            year = of[slot.at]
            if year.state is CellState.EMPTY:
                continue
            text = short_year(year) if year.expected else ""
            whole = edge + (gap + painter.fontMetrics().horizontalAdvance(text) if text else 0)
            left = slot.left + max((slot.width - whole) // 2, 0)
            painter.drawPixmap(QPoint(left, top + (height - edge) // 2), glyph(year.state, self._ratio))
            room = QRect(left + edge + gap, top, slot.left + slot.width - left - edge - gap, height)
            painter.drawText(room, _LEFT, text)
            if year.restated and slot.left + slot.width - left - whole >= edge + gap:
                sign = mark_glyph(Mark.RESTATED, self._ratio)
                painter.drawPixmap(QPoint(left + whole + gap, top + (height - edge) // 2), sign)

    def fresh(self, painter: QPainter, slots: Sequence[Slot], fresh: Collection[int], top: int, height: int) -> None:
        """Frame together what was added last."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(role(Role.ACCENT), 1.5))
        run: list[Slot] = []
        for slot in [*slots, Slot(-1, -1, 0, 0)]:
            if slot.at in fresh and slot.at >= 0:
                run.append(slot)
            elif run:
                right = run[-1].left + run[-1].width
                rect = QRectF(run[0].left + 1, top + 3, right - run[0].left - 2, height - 6)
                painter.drawRoundedRect(rect, 4, 4)
                run = []
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def ring(self, painter: QPainter, rect: QRect, focused: bool) -> None:
        """The current cell: 2 px with focus, 1 px without."""
        width = 2 if focused else 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(role(Role.TEXT), width))
        painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _is_full(of: Year) -> bool:
    """Whether all that is expected in a year is there, and counted without a question."""
    return bool(of.expected) and of.there == of.expected and of.state == CellState.USAGE
