"""The view of the table of months: its numbers and their metrics have their room first, the note what is left."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import PADDING
from nolcat_desktop.gui.theme import role

_LEAST_NOTE = 72
"""In u: a note is not shown under this; the tooltip has it."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight)
_SPARE = PADDING
"""In u, by which a column of numbers may be closer to its neighbour than usual."""
_HEADING, _SECOND_LINE = 28, 16
"""In u."""


class _Header(QHeaderView):
    """Headings in two lines, which may begin at the very left of their section."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - its name there
        """Ground, words, and a line below."""
        model, across = self.model(), Qt.Orientation.Horizontal
        is_right = bool(model.headerData(logicalIndex, across, Qt.ItemDataRole.TextAlignmentRole) & _RIGHT)
        padding = u(self, PADDING)
        room = rect.adjusted(0 if is_right else padding, 0, -padding, 0)
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        painter.save()
        painter.fillRect(rect, role(Role.WINDOW))
        painter.setPen(role(Role.MUTED))
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, str(model.headerData(logicalIndex, across)))
        painter.setPen(QPen(role(Role.HAIRLINE), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


class MonthsView(QTableView):
    """Month, metrics, note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without months."""
        super().__init__(parent)
        self.setHorizontalHeader(_Header(Qt.Orientation.Horizontal, self))

    def fit(self) -> None:
        """Share the room anew."""
        model, header = self.model(), self.horizontalHeader()
        last = model.columnCount() - 1
        if last < 1:
            return
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        taken = [max(self.sizeHintForColumn(at), self._heading(at)) for at in range(last)]
        for at in range(last):
            self.setColumnHidden(at, False)  # it may have been the note of fewer metrics
        short = max(sum(taken) - self.viewport().width(), 0)
        if 0 < short <= (last - 1) * u(self, _SPARE):
            taken[1:] = [width - -(-short // (last - 1)) for width in taken[1:]]
        left = self.viewport().width() - sum(taken)
        self.setColumnHidden(last, left < u(self, _LEAST_NOTE))
        for at, width in enumerate([*taken, max(left, 1)]):
            self.setColumnWidth(at, width)
        two_lines = any("\n" in self._words(at) for at in range(last))
        header.setFixedHeight(u(self, _HEADING + (_SECOND_LINE if two_lines else 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.fit()

    def _words(self, at: int) -> str:
        model: QAbstractTableModel = self.model()  # type: ignore[assignment] # one of ours
        return str(model.headerData(at, Qt.Orientation.Horizontal))

    def _heading(self, at: int) -> int:
        metrics = self.horizontalHeader().fontMetrics()
        return max(map(metrics.horizontalAdvance, self._words(at).split("\n"))) + 2 * u(self, PADDING) + 2
