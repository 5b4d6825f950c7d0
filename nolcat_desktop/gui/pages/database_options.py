"""How NoLCAT's data is taken over: months of no release, months that are there, rows that cannot be stored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from nolcat_desktop.counter.release import Release
from nolcat_desktop.gui.elided_combo import ElidedCombo
from nolcat_desktop.gui.indicator_row import indicator_row
from nolcat_desktop.gui.rebuild_words import tr
from nolcat_desktop.workflow.taking_over import TakingOver

_LEAST = 12
"""Letters that a choice shows where there is little room."""


class TakingOptions(QWidget):
    """Below the place."""

    changed = Signal()
    """Something else is wanted now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """The careful ones."""
        super().__init__(parent)
        self.release, self.if_loaded = ElidedCombo(self), ElidedCombo(self)
        for combo in (self.release, self.if_loaded):
            combo.setMinimumContentsLength(_LEAST)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.without = QCheckBox(tr("Store reports without the rows that cannot be stored"), self)
        self.without.setAccessibleName(self.without.text())
        for words, value in ((tr("leave them out, and say so"), ""), ("Release 5", "5"), ("Release 5.1", "5.1")):
            self.release.addItem(words, value)
        policies = (
            (tr("leave the report out, and say so"), "fail"),
            (tr("keep what is there"), "skip"),
            (tr("replace what is there"), "replace"),
            (tr("keep NoLCAT's aside"), "aside"),
        )
        for words, value in policies:
            self.if_loaded.addItem(words, value)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows = (
            (tr("Months of which nothing tells Release 5 or 5.1"), self.release),
            (tr("Months that are there with other numbers"), self.if_loaded),
        )
        for row, (words, box) in enumerate(rows):
            label = QLabel(words, self)
            label.setWordWrap(True)
            label.setBuddy(box)
            box.setAccessibleName(words)
            box.view().setAccessibleName(words)
            box.activated.connect(lambda _: self.changed.emit())
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.addLayout(indicator_row(self.without), len(rows), 0, 1, 2)
        self.without.clicked.connect(lambda _: self.changed.emit())

    def wishes(self, look_only: bool, left_out: Path | None = None) -> TakingOver:
        """What is wanted; with `left_out` every row that is not stored is listed in that file."""
        release = self.release.currentData()
        return TakingOver(
            str(self.if_loaded.currentData()),
            without_damaged=self.without.isChecked(),
            release=Release(release) if release else None,
            left_out=left_out,
            look_only=look_only,
        )
