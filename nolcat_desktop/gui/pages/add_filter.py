"""Which reports are shown: chips with counts (one combo box when it is tight), and a line to find by."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QWidget

from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.find_edit import FindEdit
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

_FIND, _LEAST_FIND = 180, 100
_PADDING = 10
"""On either side of a chip's words, as the style sheet has it."""
_ALL = frozenset(Fate) - {Fate.NO_REPORT}
_ADDED = frozenset({Fate.ADD, Fate.REPLACE, Fate.ASIDE})
_CHIPS: tuple[tuple[str, frozenset[Fate]], ...] = (
    ("Reports", _ALL),
    ("To decide", frozenset({Fate.DECIDE})),
    ("Will be added", _ADDED),
    ("Please check", _ADDED),
    ("Already there", frozenset({Fate.ALREADY, Fate.KEPT})),
    ("Same as another", frozenset({Fate.SAME})),
    ("Left out", frozenset({Fate.LEFT_OUT})),
    ("Cannot be added", frozenset({Fate.CANNOT})),
    ("Without a report", frozenset({Fate.NO_REPORT})),
)


_CHECK = 3
"""The chip of those that will be added though something of them should be looked at."""


class FilterBar(QWidget):
    """Chips at the left, find at the right."""

    chosen = Signal(object, bool)
    """A frozenset of `Fate`s, and whether only those to check are meant."""
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """All is chosen."""
        super().__init__(parent)
        self._tight = False
        self._shown: list[int] = []
        self.group = QButtonGroup(self)
        self.chips = [QPushButton(self) for _ in _CHIPS]
        self.combo = QComboBox(self)
        self.combo.setAccessibleName(tr("Reports shown"))
        self.combo.view().setAccessibleName(tr("Reports shown"))
        self.combo.activated.connect(lambda row: self.choose(int(self.combo.itemData(row))))
        self.find_edit = FindEdit(tr("Find"), self)
        self.find_edit.setAccessibleName(tr("Find in the reports"))
        self.find_edit.textChanged.connect(self.typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number_, chip in enumerate(self.chips):
            kind(chip, "chip")
            chip.setCheckable(True)
            self.group.addButton(chip, number_)
            row.addWidget(chip)
        row.addWidget(self.combo)
        row.addStretch(1)
        row.addWidget(self.find_edit)
        self.group.idClicked.connect(self.choose)
        self.chips[0].setChecked(True)
        self.show_counts([])
        self.restyle()

    def choose(self, number_: int) -> None:
        """Show the lines of chip `number_`."""
        self.chips[number_].setChecked(True)
        for chip in self.chips:
            self._widen(chip)
        self.chosen.emit(_CHIPS[number_][1], number_ == _CHECK)

    def choose_fate(self, fate: Fate) -> None:
        """Show the lines of the chip that has `fate`."""
        self.choose(next(n for n, (_, fates) in enumerate(_CHIPS) if n and fate in fates))

    def current(self) -> int:
        """Number of the chip that is chosen."""
        return self.group.checkedId()

    def show_counts(self, lines: list[Line]) -> None:
        """Say how many lines each chip shows; a chip without any is not there, but the one that is chosen."""
        found = Counter(line.fate for line in lines)
        counts = [sum(found[fate] for fate in fates) for _, fates in _CHIPS]
        counts[_CHECK] = sum(line.is_to_check for line in lines)
        shown = [n for n, count in enumerate(counts) if count or n == self.current() or n == 0]
        self.combo.clear()
        for n, chip in enumerate(self.chips):
            chip.setText(f"{tr(_CHIPS[n][0])} {number(counts[n])}")
            chip.setAccessibleName(chip.text())
            self._widen(chip)
        for n in shown:
            self.combo.addItem(f"{tr(_CHIPS[n][0])} {number(counts[n])}", n)
            if n == self.current():
                self.combo.setCurrentIndex(self.combo.count() - 1)
        self._shown = shown
        self._share()

    def _widen(self, chip: QPushButton) -> None:
        """The chosen chip is set in heavier letters, which Qt does not measure."""
        font = QFont(chip.font())
        font.setWeight(QFont.Weight.DemiBold)
        heavy = QFontMetrics(font).horizontalAdvance(chip.text()) + u(self, 2 * _PADDING) + 4
        chip.setMinimumWidth(heavy if chip.isChecked() else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the chips do not fit beside one another there is one combo box."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        wanted = [max(self.chips[n].sizeHint().width(), self.chips[n].minimumWidth()) + 8 for n in self._shown]
        room = self.width() - sum(wanted)
        few = self._tight or (self.width() > 0 and room < u(self, _LEAST_FIND))
        self.find_edit.setFixedWidth(u(self, _FIND) if few else max(min(u(self, _FIND), room), u(self, _LEAST_FIND)))
        for n, chip in enumerate(self.chips):
            chip.setVisible(n in self._shown and not few)
        self.combo.setVisible(few)

    def set_tight(self, tight: bool, lines: list[Line]) -> None:
        """One combo box instead of the chips."""
        self._tight = tight
        self.show_counts(lines)

    def restyle(self) -> None:
        """Sizes of the moment."""
        for chip in self.chips:
            self._widen(chip)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.find_edit.setAlignment(Qt.AlignmentFlag.AlignLeft)
