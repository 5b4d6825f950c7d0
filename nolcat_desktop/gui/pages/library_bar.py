"""The bar over the coverage grid: find, which report, only with gaps; months or years, and which of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from nolcat_desktop.analysis.coverage_grid import Grid
from nolcat_desktop.gui.elided_combo import ElidedCombo
from nolcat_desktop.gui.find_edit import FindEdit
from nolcat_desktop.gui.icons import icon
from nolcat_desktop.gui.pages.coverage_span import Span
from nolcat_desktop.gui.pages.coverage_words import report_name
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind


class LibraryBar(QWidget):
    """What of the grid is shown."""

    narrowed = Signal()
    """Another text to find, another report, with gaps or all."""
    months_chosen = Signal(bool)
    first_year_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """All of it, in months."""
        super().__init__(parent)
        self._span = Span(0, 1, months=True)
        self.finder = FindEdit(self.tr("Find a source"), self)
        self.report, self.years = ElidedCombo(self), QComboBox(self)
        self.report.setAccessibleName(self.tr("Reports"))
        self.years.setAccessibleName(self.tr("Years that are shown"))
        self.only_gaps = QCheckBox(self.tr("Only with gaps"), self)
        self.as_months, self.as_years = self._chip(self.tr("Months")), self._chip(self.tr("Years"))
        self.earlier = self._arrow("chevron-left", self.tr("Earlier years"))
        self.later = self._arrow("chevron-right", self.tr("Later years"))
        self._lay_out()
        self.finder.textChanged.connect(self.narrowed)
        self.report.activated.connect(self.narrowed)
        self.only_gaps.toggled.connect(self.narrowed)
        self.as_months.clicked.connect(lambda: self.months_chosen.emit(True))
        self.as_years.clicked.connect(lambda: self.months_chosen.emit(False))
        self.earlier.clicked.connect(lambda: self.first_year_chosen.emit(self._span.first - self._span.years))
        self.later.clicked.connect(lambda: self.first_year_chosen.emit(self._span.first + self._span.years))
        self.years.activated.connect(lambda: self.first_year_chosen.emit(int(self.years.currentData())))
        self.set_reports(())
        self.restyle()

    def report_type(self) -> str:
        """The report that is chosen; '' for all."""
        return str(self.report.currentData() or "")

    def set_reports(self, report_types: Sequence[str]) -> None:
        """Offer `report_types`; the chosen one stays if it can."""
        before = self.report_type()
        with QSignalBlocker(self.report):
            self.report.clear()
            self.report.addItem(self.tr("All reports"), "")
            for each in report_types:
                name = report_name(each)
                self.report.addItem(each if name == each else f"{each} · {name}", each)
            self.report.setCurrentIndex(max(self.report.findData(before), 0))

    def clear(self) -> None:
        """Show all of it."""
        with QSignalBlocker(self):
            self.finder.clear()
            self.report.setCurrentIndex(0)
            self.only_gaps.setChecked(False)
        self.narrowed.emit()

    def is_narrowed(self) -> bool:
        """Whether not all of it is shown."""
        return bool(self.finder.text().strip() or self.report_type() or self.only_gaps.isChecked())

    def set_span(self, grid: Grid, span: Span) -> None:
        """Say which years are shown, and offer the others."""
        self._span = span
        self.as_months.setChecked(span.months)
        self.as_years.setChecked(not span.months)
        last = max(grid.years - span.years, 0)
        pages = sorted({max(at, 0) for at in range(last, -span.years, -span.years)} | {min(span.first, last)})
        with QSignalBlocker(self.years):
            self.years.clear()
            for at in pages:
                begin, end = grid.first_year + at, grid.first_year + at + span.years - 1
                self.years.addItem(str(begin) if begin == end else f"{begin} – {end}", at)
            self.years.setCurrentIndex(max(self.years.findData(span.first), 0))
        self.earlier.setEnabled(span.first > 0)
        self.later.setEnabled(span.first < last)
        several = len(pages) > 1
        for widget in (self.earlier, self.later):
            widget.setVisible(several)

    def set_room(self, wide: bool, tight: bool) -> None:
        """Leave out what there is no room for; it stays in the menus."""
        self.only_gaps.setVisible(not tight)
        for chip in (self.as_months, self.as_years):
            chip.setVisible(not tight)
        self.finder.setMaximumWidth(u(self, 240 if wide else 180))
        self.report.setMaximumWidth(u(self, 190 if wide else 120))

    def restyle(self) -> None:
        """Icons and sizes of the moment."""
        self.finder.restyle()
        for button, name in ((self.earlier, "chevron-left"), (self.later, "chevron-right")):
            button.setIcon(icon(name))
            button.setIconSize(QSize(u(self, 16), u(self, 16)))
        self.report.setMaximumWidth(u(self, 190))
        font = QFont(QApplication.font())
        font.setWeight(QFont.Weight.DemiBold)
        for chip in (self.as_months, self.as_years):
            chip.setMinimumWidth(QFontMetrics(font).horizontalAdvance(chip.text()) + u(self, 24))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.finder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.report.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.years.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row.addWidget(self.finder, 1)
        row.addWidget(self.report)
        row.addWidget(self.only_gaps)
        row.addStretch(1)
        row.addWidget(self.as_months)
        row.addWidget(self.as_years)
        row.addSpacing(4)
        for widget in (self.earlier, self.years, self.later):
            row.addWidget(widget)

    def _chip(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setAccessibleName(text)
        kind(button, "chip")
        return button

    def _arrow(self, name: str, text: str) -> QPushButton:
        button = QPushButton(self)
        kind(button, "small")
        button.setIcon(icon(name))
        button.setAccessibleName(text)
        button.setToolTip(text)
        return button
