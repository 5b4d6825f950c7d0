"""The chart of months: read by the eye, by the keys (Left and Right move a mark), and in one sentence by the ear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nolcat_desktop.analysis.month_series import Series
from nolcat_desktop.gui.chart_paint import paint_chart
from nolcat_desktop.gui.chart_scale import Frame, Ink
from nolcat_desktop.gui.chart_words import description, month_sentence
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import factor, u
from nolcat_desktop.gui.table_cells import tabular
from nolcat_desktop.gui.theme import role

LOWEST = 120
"""Height in u under which a chart is not shown beside anything."""
_DIM = 0.45
_PAPER = (900, 480)
_PAPER_RATIO = 2.0


class MonthChart(QWidget):
    """Draws one `Series`."""

    mark_moved = Signal(str)
    """The sentence of the month that is read; empty when none is."""
    asked = Signal()
    """A double click on a month, or Enter: where does its number come from?"""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty chart."""
        super().__init__(parent)
        self._series: Series | None = None
        self._lacking: dict[date, str] = {}
        self._mark: int | None = None
        self._frame: Frame | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Chart of months"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_series(self, series: Series, lacking: Mapping[date, str] | None = None) -> None:
        """Draw `series`; the mark stays at its month if that is there.

        Args:
            series: What to draw.
            lacking: First day of a month → why its numbers are too low; said by the pointer and to the ear.
        """
        before = self._marked_month()
        self._series, self._lacking = series, dict(lacking or {})
        firsts = [each.first for each in series.months]
        self._mark = firsts.index(before) if before is not None and before in firsts else None
        self.setAccessibleDescription(description(series))
        self.mark_moved.emit(self.sentence())
        self.update()

    def series(self) -> Series | None:
        """What is drawn."""
        return self._series

    def mark(self) -> int | None:
        """Index of the month that is read."""
        return self._mark

    def sentence(self, spoken: bool = False) -> str:
        """What the mark stands at, in words; empty: there is none."""
        if self._series is None or self._mark is None or not self._series.lines:
            return ""
        return self._of_month(self._series, self._mark, spoken) if spoken else month_sentence(self._series, self._mark)

    def picture(self) -> QPixmap:
        """The chart for paper: always light, sharp, without the mark."""
        made = QPixmap(round(_PAPER[0] * _PAPER_RATIO), round(_PAPER[1] * _PAPER_RATIO))
        made.setDevicePixelRatio(_PAPER_RATIO)
        made.fill(role(Role.BASE, dark=False))
        if self._is_drawable() and self._series is not None:
            painter = QPainter(made)
            ink = Ink(lambda name: role(name, dark=False), tabular(self.font()), factor())
            area = QRectF(0, 0, *_PAPER).adjusted(12, 12, -12, -8)
            paint_chart(painter, area, self._series, ink)
            painter.end()
        return made

    def sizeHint(self) -> QSize:
        """Broad and not low."""
        return QSize(u(self, 440), u(self, 320))

    def minimumSizeHint(self) -> QSize:
        """The least that can be read."""
        return QSize(u(self, 240), u(self, LOWEST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self._is_drawable() and self._series is not None:
            painter.setOpacity(_DIM if self.property("dim") else 1.0)
            ink = Ink(role, tabular(self.font()), factor())
            self._frame = paint_chart(painter, area.adjusted(2, 2, -2, -2), self._series, ink, self._mark)
        else:
            painter.setPen(role(Role.MUTED))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.tr("Nothing to show"))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(role(Role.TEXT), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Home and End move the mark; Esc takes it away."""
        last = len(self._series.months) - 1 if self._series is not None else -1
        here = self._mark
        moves = {
            Qt.Key.Key_Left: last if here is None else max(here - 1, 0),
            Qt.Key.Key_Right: 0 if here is None else min(here + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in moves and last >= 0:
            self._move_to(moves[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and here is not None and not event.modifiers():
            self.asked.emit()
        elif event.key() == Qt.Key.Key_Escape and here is not None:
            self._move_to(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Read the month that was clicked."""
        index = self._at(event.position().toPoint())
        if index is not None:
            self._move_to(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask where the number of the month comes from."""
        if self._at(event.position().toPoint()) is not None:
            self.asked.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the month under the pointer."""
        index = self._at(event.position().toPoint())
        if index is not None and self._series is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self._of_month(self._series, index), self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in other colours or sizes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.update()

    def _of_month(self, series: Series, index: int, spoken: bool = False) -> str:
        """With why it is too low."""
        more = self._lacking.get(series.months[index].first)
        told = month_sentence(series, index, spoken)
        return f"{told}. {more}" if more else told

    def _is_drawable(self) -> bool:
        return self._series is not None and bool(self._series.months) and bool(self._series.lines)

    def _at(self, point: QPoint) -> int | None:
        if self._frame is None or self._series is None or not self._is_drawable():
            return None
        index = self._frame.month_at(point.x())
        return index if 0 <= index < len(self._series.months) else None

    def _move_to(self, index: int | None) -> None:
        self._mark = index
        self.update()
        self.mark_moved.emit(self.sentence())
        self.setAccessibleDescription(self.sentence(spoken=True) or (description(self._series) if self._series else ""))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _marked_month(self) -> date | None:
        if self._series is None or self._mark is None or self._mark >= len(self._series.months):
            return None
        return self._series.months[self._mark].first
