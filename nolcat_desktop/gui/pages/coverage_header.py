"""The head of the coverage grid: names of months, and above them their years, which Qt's own sections would clip."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from nolcat_desktop.analysis.coverage_grid import YEAR
from nolcat_desktop.gui.pages.coverage_model import MONTHS, CoverageModel
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import PADDING
from nolcat_desktop.gui.theme import role

HEIGHT = 40


class CoverageHeader(QHeaderView):
    """40 u high; a line stands at each January."""

    def __init__(self, model: CoverageModel, parent: QWidget | None = None) -> None:
        """For the columns of `model`."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._coverage = model
        self.setMinimumSectionSize(1)
        self.setStretchLastSection(False)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """Two lines of text; nobody asks how wide, for which Qt would ask two hundred columns."""
        return QSize(1, u(self, HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, headings, years, lines."""
        del event
        painter = QPainter(self.viewport())
        whole = self.viewport().rect()
        painter.fillRect(whole, role(Role.WINDOW))
        normal, strong = QFont(QApplication.font()), QFont(QApplication.font())
        strong.setWeight(QFont.Weight.DemiBold)
        years = range(self._coverage.year_column(0), self.count())
        half = 0 if any(not self.isSectionHidden(column) for column in years) else whole.height() // 2
        for column in range(self.count()):
            if self.isSectionHidden(column) or not self.sectionSize(column):
                continue
            rect = QRect(
                self.sectionViewportPosition(column), half, self.sectionSize(column), whole.height() - half - 2
            )
            painter.setFont(normal)
            painter.setPen(role(Role.MUTED))
            text = str(self._coverage.headerData(column, Qt.Orientation.Horizontal))
            if column < MONTHS:
                room = rect.adjusted(u(self, PADDING), 0, -2, 0)
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
                continue
            if painter.fontMetrics().horizontalAdvance(text) > rect.width():
                text = text[:1]
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
            at = self._coverage.month_at(column)
            if at is not None and at % YEAR == 0:
                self._year(painter, str(self._coverage.grid.first_year + at // YEAR), rect.left(), strong)
        painter.setPen(QPen(role(Role.HAIRLINE), 1))
        painter.drawLine(whole.bottomLeft(), whole.bottomRight())

    def _year(self, painter: QPainter, text: str, left: int, font: QFont) -> None:
        painter.setPen(QPen(role(Role.HAIRLINE), 1))
        painter.drawLine(left, 0, left, self.viewport().height())
        painter.setPen(role(Role.TEXT))
        painter.setFont(font)
        room = QRect(left + u(self, 6), 2, u(self, 80), self.viewport().height() // 2)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
