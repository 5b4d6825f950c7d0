"""Where months are said: one with its year, from one to another, and one for each of several headings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from nolcat_desktop.gui.cell_text import month, month_name
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.workflow.review_told import BESIDE, MonthQuestion

_FIRST_YEAR, _LAST_YEAR = 1999, 2099
"""The first stands for no year yet."""
_LONGEST = 16
"""Letters of a heading that are shown."""


class MonthChooser(QWidget):
    """A month and a year, which is not known at first."""

    changed = Signal()
    done = Signal()
    """Enter."""

    def __init__(self, name: str, of: int, parent: QWidget | None = None) -> None:
        """Called `name`; `of` is the number of the month that stands there at first, from 1."""
        super().__init__(parent)
        self.month, self.year = QComboBox(self), QSpinBox(self)
        self.month.addItems([month_name(number) for number in range(1, 13)])
        self.month.setCurrentIndex(of - 1)
        self.year.setRange(_FIRST_YEAR, _LAST_YEAR)
        self.year.setSpecialValueText(tr("Year"))
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.name(name)
        self.month.currentIndexChanged.connect(self.changed)
        self.year.valueChanged.connect(self.changed)
        self.year.lineEdit().returnPressed.connect(self.done)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.month)
        row.addWidget(self.year)

    def name(self, words: str) -> None:
        """Call it `words`."""
        self.month.setAccessibleName(words)
        self.month.view().setAccessibleName(words)
        self.year.setAccessibleName(tr("Year: {month}").format(month=words))

    def first_day(self) -> date | None:
        """First day of the month; None without a year."""
        return None if self.year.value() == _FIRST_YEAR else date(self.year.value(), self.month.currentIndex() + 1, 1)

    def show_month(self, day: date | None) -> None:
        """Show a month, or that its year is not known."""
        self.year.setValue(day.year if day is not None else _FIRST_YEAR)
        if day is not None:
            self.month.setCurrentIndex(day.month - 1)


class PeriodRow(QWidget):
    """From one month to another: in one row, or in two where there is no room."""

    def __init__(self, first: MonthChooser, last: MonthChooser, use: QPushButton, parent: QWidget) -> None:
        """Put these three, and their labels, into one line or two."""
        super().__init__(parent)
        self._from, self._to = QLabel(tr("First month"), self), QLabel(tr("Last month"), self)
        self._from.setBuddy(first.month)
        self._to.setBuddy(last.month)
        self._first, self._last, self._use = first, last, use
        self.around = QGridLayout(self)
        self.around.setContentsMargins(0, 0, 0, 0)
        self.around.setSpacing(8)
        self.around.setColumnStretch(5, 1)
        self._place(is_wide=False)

    def minimumSizeHint(self) -> QSize:
        """As narrow as two rows are."""
        width = sum(part.sizeHint().width() for part in (self._to, self._last, self._use)) + 2 * self.around.spacing()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is."""
        super().resizeEvent(event)
        parts = (self._from, self._first, self._to, self._last, self._use)
        self._place(is_wide=sum(part.sizeHint().width() for part in parts) + 32 <= self.width())

    def _place(self, *, is_wide: bool) -> None:
        row, column = (1, 2) if is_wide else (2, 0)
        for part, at in ((self._from, (1, 0)), (self._first, (1, 1)), (self._to, (row, column)),
                         (self._last, (row, column + 1)), (self._use, (row, column + 2))):  # fmt: skip
            self.around.addWidget(part, *at)


class HeadingRows(QWidget):
    """A row for each heading that names no month: its cell and text, the month, and what the columns beside prove."""

    changed = Signal()
    done = Signal()
    """Enter, and no row below waits for its month."""

    def __init__(self, use: QPushButton, parent: QWidget | None = None) -> None:
        """No headings yet; `use` stands beside the last one, or below where there is no room."""
        super().__init__(parent)
        self._use = use
        self.choosers: list[MonthChooser] = []
        self._cells: tuple[str, ...] = ()
        self._taken: frozenset[date] = frozenset()
        self._shown: list[QWidget] = []
        self._around = QGridLayout(self)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._around.setHorizontalSpacing(8)
        self._around.setVerticalSpacing(4)
        self._around.setColumnStretch(4, 1)

    def ask(self, question: MonthQuestion | None) -> None:
        """Ask for the headings of `question`; None: for none."""
        for widget in self._shown:
            self._around.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown, self.choosers = [], []
        self._cells = tuple(cell for cell, _ in question.cells) if question is not None else ()
        self._taken = question.taken if question is not None else frozenset()
        beside = next((one for one in question.answers if one.way == BESIDE), None) if question is not None else None
        proved = dict(beside.cells) if beside is not None and len(self._cells) > 1 else {}
        for row, (cell, text) in enumerate(question.cells if question is not None else ()):
            words = tr("Month of {cell}").format(cell=cell)
            chooser, label = MonthChooser(words, 1, self), QLabel(_heading_words(cell, text), self)
            label.setBuddy(chooser.month)
            label.setToolTip(text)
            proof = QLabel(tr("beside: {month}").format(month=month(proved[cell])) if cell in proved else "", self)
            kind(proof, "muted")
            for column, widget in enumerate((label, chooser, proof)):
                self._around.addWidget(widget, row, column)
                widget.setVisible(widget is chooser or len(self._cells) > 1)  # of one it stands above
            chooser.changed.connect(self.changed)
            chooser.done.connect(lambda of=row: self._go_on(of))
            self._shown += [label, chooser, proof]
            self.choosers.append(chooser)
        self._use.raise_()  # the last one of the children, also for Tab
        self._place_use()
        for before, after in zip(self.choosers, self.choosers[1:], strict=False):
            QWidget.setTabOrder(before.year, after.month)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is with the button below."""
        return QSize(max(self._row_width(), self._use.sizeHint().width()), super().minimumSizeHint().height())

    def whole_width(self) -> int:
        """How wide it is with the button at the end of the last row."""
        return self._row_width() + self._use.sizeHint().width() + 2 * self._around.horizontalSpacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is."""
        super().resizeEvent(event)
        self._place_use()

    def _row_width(self) -> int:
        columns = [self._shown[column::3] for column in range(3)]
        widest = [max((one.sizeHint().width() for one in of if not one.isHidden()), default=0) for of in columns]
        return sum(widest) + 2 * self._around.horizontalSpacing()

    def _place_use(self) -> None:
        last = max(len(self._cells) - 1, 0)
        row, column = (last, 3) if self.whole_width() <= self.width() else (last + 1, 1)
        self._around.addWidget(self._use, row, column, Qt.AlignmentFlag.AlignLeft)

    def fill(self, cells: Iterable[tuple[str, date]]) -> None:
        """Put months into the rows of these cells; the others stay as they are."""
        for cell, day in cells:
            if cell in self._cells:
                self.choosers[self._cells.index(cell)].show_month(day)

    def months(self) -> tuple[tuple[str, date], ...]:
        """Cells and their months, as far as they are said."""
        said = zip(self._cells, (one.first_day() for one in self.choosers), strict=True)
        return tuple((cell, day) for cell, day in said if day is not None)

    def why_not(self) -> str:
        """Why what stands there cannot be used; empty: it can."""
        said = dict(self.months())
        twice = [cell for cell, day in said.items() if list(said.values()).count(day) > 1]
        taken = next((day for day in said.values() if day in self._taken), None)
        if taken is not None:
            return tr("{month} has a column of its own already.").format(month=month(taken))
        if twice:
            return tr("{cells} cannot be the same month.").format(cells=tr(" and ").join(twice[:2]))
        missing = [cell for cell in self._cells if cell not in said]
        if missing and len(self._cells) == 1:
            return tr("Say the month, with its year.")
        return tr("Say the month of {cell}, with its year.").format(cell=missing[0]) if missing else ""

    def first_open(self) -> QWidget | None:
        """Where the next month is to be said."""
        return next((one.month for one in self.choosers if one.first_day() is None), None)

    def _go_on(self, of: int) -> None:
        """Enter: the next row that has no month yet, or all is said."""
        following = next((one for one in self.choosers[of + 1 :] if one.first_day() is None), None)
        if following is not None:
            following.month.setFocus()
        else:
            self.done.emit()


def _heading_words(cell: str, text: str) -> str:
    """`L8 “Foo”`; `M8, no heading`."""
    shown = " ".join(text.split())
    if not shown:
        return tr("{cell}, no heading").format(cell=cell)
    return f"{cell} “{shown[:_LONGEST]}…”" if len(shown) > _LONGEST else f"{cell} “{shown}”"
