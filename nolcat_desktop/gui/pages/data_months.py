"""The chooser of months: from, to, and the spans that are asked for most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.analysis.month_series import next_month
from nolcat_desktop.gui.cell_text import month
from nolcat_desktop.gui.theme import kind

_SPANS = (12, 24, 36)


class MonthsPopup(QFrame):
    """Drops down from a button."""

    changed = Signal(object, object)
    """First days of the first and the last month."""

    def __init__(self, parent: QWidget) -> None:
        """Without months."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._months: list[date] = []
        self.setAccessibleName(self.tr("Months"))
        self.begin, self.end = QComboBox(self), QComboBox(self)
        grid = QGridLayout()
        grid.setSpacing(8)
        named = ((self.begin, self.tr("&From"), self.tr("From month")), (self.end, self.tr("&To"), self.tr("To month")))
        for row, (box, text, name) in enumerate(named):
            label = QLabel(text, self)
            label.setBuddy(box)
            box.setAccessibleName(name)
            box.setMaxVisibleItems(18)
            box.view().setAccessibleName(name)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(8, 8, 8, 8)
        self._around.setSpacing(8)
        self._around.addLayout(grid)
        self._quick = QHBoxLayout()
        self._quick.setSpacing(4)
        self._around.addLayout(self._quick)
        for count in _SPANS:
            self._add(self.tr("Last {count}").format(count=count), count)
        self._add(self.tr("All"), 0)
        self.begin.currentIndexChanged.connect(lambda: self._picked(self.begin))
        self.end.currentIndexChanged.connect(lambda: self._picked(self.end))

    def set_months(self, months: Sequence[date], begin: date, end: date) -> None:
        """Offer `months`, in order; from `begin` to `end` is chosen."""
        self._months = list(months)
        with QSignalBlocker(self.begin), QSignalBlocker(self.end):
            for box, chosen in ((self.begin, begin), (self.end, end)):
                box.clear()
                box.addItems([month(each) for each in months])
                box.setCurrentIndex(self._months.index(chosen))

    def drop_from(self, button: QWidget) -> None:
        """Show it under `button`."""
        self.adjustSize()
        self.move(button.mapToGlobal(QPoint(0, button.height() + 2)))
        self.show()
        self.begin.setFocus(Qt.FocusReason.PopupFocusReason)

    def _add(self, text: str, count: int) -> None:
        button = QPushButton(text, self)
        kind(button, "small")
        told = self.tr("Last {count} months").format(count=count) if count else self.tr("All months")
        button.setAccessibleName(told)
        button.setToolTip(told)
        button.clicked.connect(lambda: self._span(count))
        self._quick.addWidget(button)

    def _span(self, count: int) -> None:
        if self._months:
            first = max(len(self._months) - count, 0) if count else 0
            self._choose(first, len(self._months) - 1)

    def _picked(self, box: QComboBox) -> None:
        begin, end = self.begin.currentIndex(), self.end.currentIndex()
        if begin > end:
            begin = end = box.currentIndex()
        self._choose(begin, end)

    def _choose(self, begin: int, end: int) -> None:
        if min(begin, end) < 0:
            return
        with QSignalBlocker(self.begin), QSignalBlocker(self.end):
            self.begin.setCurrentIndex(begin)
            self.end.setCurrentIndex(end)
        self.changed.emit(self._months[begin], self._months[end])


def all_months(first: date, last: date) -> list[date]:
    """First days of the months from one to another."""
    listed = [first]
    while listed[-1] < last:
        listed.append(next_month(listed[-1]))
    return listed
