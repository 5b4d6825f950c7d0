"""Numbers of this computer mapped to NoLCAT's: which source is which, and what would be renamed, before it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.dataset import Source
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.rebuild_list import fitting
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.problem import Problem

if TYPE_CHECKING:
    from nolcat_desktop.workflow.mapping_sources import Proposed, Renamed


class MappingDialog(QDialog):
    """One line a source with a number of this computer; the files below follow what is chosen."""

    look_asked = Signal(object)
    """Number here → NoLCAT's: what would be renamed? Call `show_renamed` or `show_problem`."""
    map_asked = Signal(object)
    """Do it."""

    def __init__(
        self, local: Sequence[Source], theirs: Sequence[Source], proposed: Sequence[Proposed], parent: QWidget
    ) -> None:
        """Offer `theirs` for each of `local`; what is `proposed` is chosen."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Give sources NoLCAT's numbers"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = QLabel(
            self.tr(
                "Sources that were numbered on this computer get the numbers that NoLCAT gave them. Everything that is "
                "stored of them follows, in one step that Undo takes back."
            ),
            self,
        )
        told.setWordWrap(True)
        self.boxes: dict[int, QComboBox] = {}
        lines = self._lines(local, theirs, {one.local_id: one.nolcat_id for one in proposed})
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        kind(self.said, "section")
        headings = [
            Heading(self.tr("File now")),
            Heading(self.tr("Its name afterwards")),
            Heading(self.tr("Rows"), 84, number=True),
        ]
        self.table = FactsTable(headings, self.tr("What would be renamed"), self)
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(12)
        around.addWidget(told)
        around.addWidget(lines, 2)
        around.addWidget(self.said)
        around.addWidget(self.table, 3)
        around.addLayout(self._foot())
        self.resize(fitting(self, 760, 560))
        self._chosen()

    def mapping(self) -> dict[int, int]:
        """Number here → NoLCAT's, as chosen now."""
        chosen = {old: box.currentData() for old, box in self.boxes.items()}
        return {old: new for old, new in chosen.items() if isinstance(new, int)}

    def ask(self) -> None:
        """Have what is chosen looked at."""
        self._chosen()

    def show_renamed(self, mapping: dict[int, int], renamed: Sequence[Renamed]) -> None:
        """Show what `mapping` would rename, if it is still chosen."""
        if mapping != self.mapping():
            return
        self.table.show_facts(
            [
                Fact((one.before, one.after, number(one.rows)), one.before, tip=f"{one.before} → {one.after}")
                for one in renamed
            ]
        )
        text = self.tr("{n} of {m} sources get NoLCAT's numbers; 1 file gets another name.")
        if len(renamed) != 1:
            text = self.tr("{n} of {m} sources get NoLCAT's numbers; {files} files get other names.")
        self.said.setText(text.format(n=number(len(mapping)), m=number(len(self.boxes)), files=number(len(renamed))))
        self.do.setEnabled(True)

    def show_problem(self, mapping: dict[int, int], problem: Problem) -> None:
        """Say why `mapping` cannot be."""
        if mapping == self.mapping():
            self.table.show_facts(())
            self.said.setText(f"{problem.title}. {problem.meaning} {problem.remedy}")

    def _lines(self, local: Sequence[Source], theirs: Sequence[Source], proposed: dict[int, int | None]) -> QScrollArea:
        inside = QWidget(self)
        kind(inside, "plain")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        for row, one in enumerate(local):
            name = ElidedLabel(one.name, inside)
            label = QLabel(str(one.source_id), inside)
            kind(label, "muted")
            box = QComboBox(inside)
            box.setAccessibleName(self.tr("NoLCAT's source for {name}").format(name=one.name))
            box.view().setAccessibleName(box.accessibleName())
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.addItem(self.tr("Keeps its number"), None)
            for other in theirs:
                box.addItem(f"{other.name} ({other.source_id})", other.source_id)
            box.setCurrentIndex(max(box.findData(proposed.get(one.source_id)), 0) if proposed.get(one.source_id) else 0)
            box.currentIndexChanged.connect(self._chosen)
            self.boxes[one.source_id] = box
            for column, widget in enumerate((name, label, box)):
                grid.addWidget(widget, row, column)
        grid.setRowStretch(len(local), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.do, self.cancel = QPushButton(self), QPushButton(self.tr("Cancel"), self)
        kind(self.do, "primary")
        self.cancel.setAccessibleName(self.cancel.text())
        self.cancel.clicked.connect(self.close)
        self.do.clicked.connect(self._do)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.do)
        return foot

    def _chosen(self) -> None:
        mapping = self.mapping()
        words = self.tr("Map 1 source") if len(mapping) == 1 else self.tr("Map {n} sources")
        self.do.setText(words.format(n=number(len(mapping))) if mapping else self.tr("Map"))
        self.table.setVisible(bool(mapping))
        self.do.setAccessibleName(self.do.text())
        self.do.setEnabled(False)
        self.table.show_facts(())
        if not mapping:
            self.said.setText(self.tr("Nothing is chosen: every source keeps its number."))
            return
        self.said.setText(self.tr("Looking what would be renamed…"))
        self.look_asked.emit(mapping)

    def _do(self) -> None:
        mapping = self.mapping()
        self.close()
        self.map_asked.emit(mapping)
