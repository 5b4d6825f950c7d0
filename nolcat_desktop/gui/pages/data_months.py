"""The chooser of months: from, to, and the spans that are asked for most: the last months, a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.analysis.month_series import next_month
from nolcat_desktop.gui.cell_text import month, month_name, months
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.theme import kind

_SPANS = (12, 24, 36)
_ACROSS = 5
"""Years in a row."""
_MONTHS_IN_YEAR = 12
FIRST_MONTH, JANUARY = "annual_first_month", 1
"""The month in which a library's year begins, as it is remembered: annual statistics ask for the same."""


class MonthsPopup(QFrame):
    """Drops down from a button."""

    changed = Signal(object, object)
    """First days of the first and the last month."""

    def __init__(self, parent: QWidget) -> None:
        """Without months."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._months: list[date] = []
        self._today = date.min
        self._remembered: Remembered | None = None
        self._offered: tuple[list[tuple[str, int]], list[date]] = ([], [])
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
        self._around.addLayout(self._begins())
        self._years = QGridLayout()
        self._years.setSpacing(4)
        self._years.setColumnStretch(_ACROSS, 1)
        self._around.addLayout(self._years)
        self.year_buttons: list[QPushButton] = []
        """This year and the last one, as far as anything is known of them; then each year, the newest first."""
        self.begin.currentIndexChanged.connect(lambda: self._picked(self.begin))
        self.end.currentIndexChanged.connect(lambda: self._picked(self.end))

    def set_months(self, known: Sequence[date], begin: date, end: date) -> None:
        """Offer the months `known`, in order; from `begin` to `end` is chosen."""
        self._months = list(known)
        with QSignalBlocker(self.begin), QSignalBlocker(self.end):
            for box, chosen in ((self.begin, begin), (self.end, end)):
                box.clear()
                box.addItems([month(each) for each in known])
                box.setCurrentIndex(self._months.index(chosen))
        self._offer_years()

    def set_today(self, today: date) -> None:
        """Decides which year `This year` is."""
        self._today = today

    def follow(self, remembered: Remembered) -> None:
        """Have years begin in the month that is remembered, and remember another."""
        self._remembered = remembered

    def ends(self) -> tuple[date, date] | None:
        """The first and the last month that can be chosen; None: there are none."""
        return (self._months[0], self._months[-1]) if self._months else None

    def choose(self, begin: date, end: date) -> None:
        """Have these months chosen, without telling."""
        with QSignalBlocker(self):
            self._choose(self._months.index(begin), self._months.index(end))

    def drop_from(self, button: QWidget) -> None:
        """Show it under `button`, within the screen."""
        self._offer_years()
        self.adjustSize()
        room, at = button.screen().availableGeometry(), button.mapToGlobal(QPoint(0, button.height() + 2))
        down = min(at.y(), max(room.bottom() - self.height(), room.top()))
        self.move(min(at.x(), max(room.right() - self.width(), room.left())), down)
        self.show()
        self.begin.setFocus(Qt.FocusReason.PopupFocusReason)

    def _add(self, text: str, count: int) -> None:
        told = self.tr("Last {count} months").format(count=count) if count else self.tr("All months")
        button = self._button(text, told)
        button.clicked.connect(lambda: self._span(count))
        self._quick.addWidget(button)

    def _button(self, text: str, told: str) -> QPushButton:
        button = QPushButton(text, self)
        kind(button, "small")
        button.setAccessibleName(told)
        button.setToolTip(told)
        return button

    def _begins(self) -> QHBoxLayout:
        row, told = QHBoxLayout(), self.tr("Month in which a year begins")
        self.first_month = QComboBox(self)
        self.first_month.addItems([month_name(of) for of in range(1, _MONTHS_IN_YEAR + 1)])
        self.first_month.setAccessibleName(told)
        self.first_month.view().setAccessibleName(told)
        label = QLabel(self.tr("&Years begin in"), self)
        label.setBuddy(self.first_month)
        row.addWidget(label)
        row.addWidget(self.first_month)
        row.addStretch(1)
        self.first_month.activated.connect(self._begin_in)
        return row

    def _begin_in(self, at: int) -> None:
        if self._remembered is not None:
            self._remembered.put(FIRST_MONTH, at + 1)
        self._offer_years()
        self.adjustSize()

    def _year_of(self, month: date) -> int:
        """The year in which that begins in which `month` lies."""
        return month.year - (month.month <= self.first_month.currentIndex())

    def _year_words(self, year: int) -> str:
        return f"{year}/{(year + 1) % 100:02}" if self.first_month.currentIndex() else str(year)

    def _offer_years(self) -> None:
        begins = self._remembered.get(FIRST_MONTH, JANUARY) if self._remembered is not None else JANUARY
        self.first_month.setCurrentIndex(begins - 1 if 1 <= begins <= _MONTHS_IN_YEAR else 0)
        years = sorted({self._year_of(each) for each in self._months}, reverse=True)
        this = self._year_of(self._today)
        named = [(self.tr("This year"), this), (self.tr("Last year"), this - 1)]
        years = years if len(years) > 1 else []
        wanted = [(words, year) for words, year in named if year in years]
        wanted += [(self._year_words(year), year) for year in years]
        if self._offered == (wanted, self._months):
            return
        self._offered = (wanted, list(self._months))
        for button in self.year_buttons:
            self._years.removeWidget(button)
            button.deleteLater()
        self.year_buttons = [self._year_button(words, year) for words, year in wanted]
        first = len(wanted) - len(years)
        for at, button in enumerate(self.year_buttons):
            row, column = (0, at) if at < first else divmod(at - first, _ACROSS)
            self._years.addWidget(button, row + (at >= first > 0), column)

    def _year_button(self, words: str, year: int) -> QPushButton:
        mine = [each for each in self._months if self._year_of(each) == year]
        button = self._button(words, months(mine[0], mine[-1]))
        if words != self._year_words(year):
            button.setAccessibleName(f"{words}: {button.toolTip()}")
        at = self._months.index(mine[0])
        button.clicked.connect(lambda: self._choose(at, at + len(mine) - 1))
        return button

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
