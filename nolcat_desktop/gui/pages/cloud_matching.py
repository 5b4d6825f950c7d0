"""Numbers of sources that only this computer knows: each matched with NoLCAT's, or declared to be the library's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.cloud_jobs import Fate, begin_job
from nolcat_desktop.gui.cloud_words import tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.pages.cloud_table import Mark, MarkedTable
from nolcat_desktop.gui.pages.coverage_facts import Fact, Heading
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import number
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.workflow.mapping_sources import Proposed


class MatchingPane(QWidget):
    """What was found for each; the header's button matches them."""

    changed = Signal()
    done = Signal()
    """Something was decided: look again."""
    troubled = Signal(object)
    list_asked = Signal()
    """NoLCAT's list is to be chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Nothing proposed yet."""
        super().__init__(parent)
        self._context = context
        self.proposed: tuple[Proposed, ...] = ()
        self.title, self.told = QLabel(tr("Match the sources with NoLCAT's list"), self), QLabel(self)
        kind(self.title, "section")
        kind(self.told, "muted")
        self.told.setWordWrap(True)
        headings = [
            Heading(tr("What was found"), 168, sentence=True),
            Heading(tr("Source here")),
            Heading(tr("Number here"), 112, number=True),
            Heading(tr("NoLCAT's number"), 132, number=True),
        ]
        self.table = MarkedTable(headings, tr("Sources with numbers of this computer"), self)
        self.table.set_least_widths({2: 520})
        self.own = QPushButton(tr("Use this library's own numbers…"), self)
        self.own.setAccessibleName(self.own.text())
        kind(self.own, "small")
        self.own.clicked.connect(self.declare_own)
        self.choose = QPushButton(tr("Choose NoLCAT's list…"), self)
        self.choose.setAccessibleName(self.choose.text())
        kind(self.choose, "small")
        self.choose.clicked.connect(self.list_asked)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.choose)
        foot.addWidget(self.own)
        foot.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(8)
        for widget in (self.title, self.told):
            around.addWidget(widget)
        around.addWidget(self.table, 1)
        around.addLayout(foot)
        around.addStretch(0)
        self._show()

    def matches(self) -> dict[int, int]:
        """Number here → NoLCAT's, where one was found."""
        return {one.local_id: one.nolcat_id for one in self.proposed if one.nolcat_id is not None}

    def take_in(self, file: Path) -> None:
        """Take in the list that was exported from NoLCAT, and propose what fits."""
        library = self._context.library
        if library is None:
            return

        def work(_progress: Progress) -> tuple[Proposed, ...]:
            from nolcat_desktop.workflow.mapping_sources import proposed_mapping, take_in

            take_in(library, file)
            return proposed_mapping(library)

        def over(fate: Fate[tuple[Proposed, ...]]) -> None:
            if fate.trouble is not None:
                self.troubled.emit(fate.trouble)
            if fate.value is not None:
                self.proposed = fate.value
                self._context.library_changed.emit()
            self._show()

        self.told.setText(tr("NoLCAT's list is being read…"))
        name = tr("Reading NoLCAT's list")
        begin_job(self._context, name, work, over=over, cancelled=lambda: over(Fate()), writes=True)

    def match(self) -> None:
        """Give every source that was found NoLCAT's number, here and in the names of the files. Undo takes it back."""
        library, mapping = self._context.library, self.matches()
        if library is None or not mapping:
            return

        def work(progress: Progress) -> object:
            from nolcat_desktop.workflow.mapping_sources import map_sources

            return map_sources(library, mapping, progress)

        self._decide(tr("Matching {n} sources").format(n=number(len(mapping))), work)

    def declare_own(self) -> None:
        """Declare that the numbers of this library are its own, and count in the bucket. Undo takes it back."""
        library = self._context.library
        if library is None:
            return

        def work(_progress: Progress) -> object:
            from nolcat_desktop.workflow.answering import declare_numbering

            return declare_numbering(library, own=True)

        self._decide(tr("Using this library's own numbers"), work)

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.table.restyle()

    def _decide(self, name: str, work: object) -> None:
        def over(fate: Fate[object]) -> None:
            if fate.trouble is not None:
                self.troubled.emit(fate.trouble)
            if fate.is_done:
                self._context.library_changed.emit()
                self.done.emit()

        begin_job(self._context, name, work, over=over, cancelled=lambda: over(Fate()), writes=True)  # type: ignore[arg-type]

    def _show(self) -> None:
        facts, marks = [], dict[object, Mark]()
        for one in self.proposed:
            found = one.nolcat_id is not None
            word = tr("The same name") if found else tr("Nothing of this name")
            marks[one.local_id] = Mark("circle-check", "ok") if found else Mark("help", "check")
            cells = (word, one.name, number(one.local_id), number(one.nolcat_id) if one.nolcat_id is not None else "–")
            facts.append(Fact(cells, one.local_id, tip=one.nolcat_name or one.name))
        self.table.show_rows(facts, marks)
        self.table.setVisible(bool(self.proposed))
        if not self.proposed:
            self.told.setText(
                tr(
                    "Choose the list of sources that was exported from NoLCAT: what is found in it for each source is "
                    "shown here first, and nothing is changed before you say so."
                )
            )
            self.changed.emit()
            return
        left = len(self.proposed) - len(self.matches())
        text = tr("{n} of {m} were found by their names. The others keep their numbers, and cannot be sent before.")
        if not left:
            text = tr("All of them were found by their names: {m}.")
        self.told.setText(text.format(n=number(len(self.matches())), m=number(len(self.proposed))))
        self.changed.emit()
