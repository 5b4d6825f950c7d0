"""Taking over what NoLCAT's database holds: where it is, a look at what would come, and the proof at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.indicator_row import RING
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.message_card import CardSlot
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.cloud_table import MarkedTable
from nolcat_desktop.gui.pages.coverage_facts import Fact, Heading
from nolcat_desktop.gui.pages.database_form import PlaceForm
from nolcat_desktop.gui.pages.database_options import TakingOptions
from nolcat_desktop.gui.pages.database_words import cells, how_many, mark_of, proof, why
from nolcat_desktop.gui.rebuild_list import fitting
from nolcat_desktop.gui.rebuild_words import tr
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.scroll_pane import FittingPane
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress, Step
from nolcat_desktop.workflow.taking_over import TakenOver, TakingOver
from nolcat_desktop.workflow.taking_over_from import Taken, taking_over_apart


class TakeOverDialog(QDialog):
    """Not modal; nothing is written before the button that says how much it will write."""

    taken = Signal(object)
    """`TakenOver`: it is in the library."""

    def __init__(self, context: Context, chooser: Chooser, parent: QWidget) -> None:
        """Into the library that is open; `chooser` asks for files."""
        super().__init__(parent)
        self._context, self._chooser = context, chooser
        self._found: TakenOver | None = None
        self._left_out = False
        """Whether rows are left out of what is shown."""
        self._target, self._before, self._again = Path(), "", self.press
        self._job: Job | None = None
        self.setWindowTitle(tr("Take over from NoLCAT's database"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = PlaceForm(chooser.file, self)
        self.options = TakingOptions(self)
        self.release, self.if_loaded, self.without = self.options.release, self.options.if_loaded, self.options.without
        self.said, self.why = QLabel(self), QLabel(self)
        headings = [
            Heading(tr("What will be done"), 176),
            Heading(tr("Report"), 68),
            Heading(tr("Source")),
            Heading(tr("Months"), 152),
            Heading(tr("Rows"), 64, number=True),
            Heading(tr("Sum in NoLCAT"), 100, number=True),
            Heading(tr("Sum stored"), 84, number=True),
        ]
        self.table = MarkedTable(headings, tr("What would come into the library"), self)
        self.table.set_least_widths({3: 620, 4: 520})
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(tr("How far it is"))
        self.bar.setTextVisible(False)
        self._lay_out()
        self.form.changed.connect(self._forget)
        self.options.changed.connect(self._forget)
        self.table.selectionModel().currentRowChanged.connect(self._tell_why)
        self._forget()

    def start_with(self, file: Path) -> None:
        """Name a file, and look at it."""
        self.form.set_file(file)
        self.press()

    def press(self) -> None:
        """Look; once that was seen, take over."""
        look_only, self._again = self._found is None, self.press
        name = tr("Looking at NoLCAT's data") if look_only else tr("Taking over NoLCAT's data")
        self._start(name, self.options.wishes(look_only), self._looked if look_only else self._taken)

    def save_left_out(self) -> None:
        """List every row that is not stored in a file; for that, everything is read once more and nothing is stored."""
        kinds = tr("Text (*.csv)")
        chosen = self._chooser.target(tr("Save the left-out rows"), "export", "left-out rows.csv", kinds)
        if chosen is not None:
            self._target, self._before, self._again = chosen[0], self.said.text(), self.save_left_out
            wishes = self.options.wishes(look_only=True, left_out=self._target)
            self._start(tr("Listing the left-out rows"), wishes, self._listed)

    def _listed(self, _taken: Taken) -> None:
        self._job = None
        told = tr("Every row that is not stored is listed in {file}, with the reason.")
        self.said.setText(f"{self._before} {told.format(file=self._target.name)}")
        self._show_state()

    def _start(self, name: str, wishes: TakingOver, done: Callable[[Taken], None]) -> None:
        where, shelf, context = self.form.where(), self._context.shelf(), self._context
        if where is None:
            self.said.setText(self.form.missing())
            self.said.show()
            return
        if shelf is None or self._job is not None:
            return
        given = (shelf, where, self.form.typed(), wishes)
        apart = context.runner.apart

        def work(progress: Progress) -> Taken:
            return apart.do(taking_over_apart, *given, progress=progress, writes=True)

        self._card.show(None)
        self.said.setText(tr("Reading everything once, to see what would come. Nothing is written yet."))
        self._job = context.runner.start(
            name, work, done=done, failed=self._failed, cancelled=self._cancelled, writes=True
        )
        self._job.stepped.connect(self._step)
        self._show_state()

    def _looked(self, taken: Taken) -> None:
        self._over(taken, done=False)
        self._found = taken.done if how_many(taken.done) else None
        self._show_state()

    def _taken(self, taken: Taken) -> None:
        self._over(taken, done=True)
        self._found = None
        self._show_state()
        self.do.setEnabled(False)
        self._context.library_changed.emit()
        self.taken.emit(taken.done)

    def _over(self, taken: Taken, done: bool) -> None:
        self._job = None
        self._card.show(taken.not_kept)
        found, names = taken.done, self._names(taken.done)
        self._left_out = bool(found.left_out)
        facts = [Fact(cells(line, names, done), at, tip=why(line)) for at, line in enumerate(found.lines)]
        self.table.show_rows(facts, {at: mark_of(line) for at, line in enumerate(found.lines)})
        self.said.setText(proof(found, done))
        self._tell_why()

    def _names(self, found: TakenOver) -> Mapping[int, str]:
        library = self._context.library
        return {**(library.sources().names() if library is not None else {}), **found.names}

    def _failed(self, problem: Problem) -> None:
        self._job = None
        self.said.setText("")
        self._card.show(problem, (Choice(tr("Try again"), self._again),))
        self._show_state()

    def _cancelled(self) -> None:
        self._job = None
        self.said.setText(tr("Stopped. Nothing was written."))
        self._show_state()

    def _forget(self) -> None:
        """Something else is meant: what was seen does not hold any more."""
        if self._job is None:
            self._found, self._left_out = None, False
            self.table.show_rows((), {})
            self.said.setText("")
            self._tell_why()
            self._show_state()

    def _show_state(self) -> None:
        working, found = self._job is not None, self._found
        words = tr("Look what would come")
        if found is not None:
            n = how_many(found)
            words = tr("Take over 1 report") if n == 1 else tr("Take over {n} reports").format(n=number(n))
        self.do.setText(words)
        self.do.setAccessibleName(words)
        self.do.setEnabled(not working)
        self.bar.setVisible(working)
        self.bar.setRange(0, 0)
        self.close_button.setText(tr("Stop") if working else tr("Close"))
        self.close_button.setAccessibleName(self.close_button.text())
        self.save.setVisible(self._left_out and not working)
        self.table.setVisible(self.table.facts.rowCount() > 0)
        self.said.setVisible(bool(self.said.text()))
        for part in (self.form, self.options):
            part.setEnabled(not working)

    def _step(self, step: Step) -> None:
        self.bar.setRange(0, max(step.total, 0))
        self.bar.setValue(step.done)
        self.said.setText(f"{step.phase}…")
        self.said.show()

    def _stop_or_close(self) -> None:
        if self._job is not None:
            self._context.runner.cancel(self._job)
        else:
            self.close()

    def _tell_why(self) -> None:
        row = self.table.currentIndex().row()
        facts = self.table.facts.facts
        text = facts[row].tip if 0 <= row < len(facts) else ""
        lines = text.split("\n")
        self.why.setText("\n".join(lines[:_LINES]) + ("\n…" if len(lines) > _LINES else ""))
        self.why.setVisible(bool(text))

    def _lay_out(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(12)
        self._card = CardSlot(around, self)
        promise = tr(
            "Everything that NoLCAT holds is read once and compared with its own totals. Nothing is written before you "
            "have seen what would come, and Undo takes it back."
        )
        told = QLabel(promise, self)
        for label, look in ((told, "muted"), (self.said, "section"), (self.why, "")):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            kind(label, look)
        upper = QHBoxLayout()
        upper.setContentsMargins(-RING, 0, -_BAR, 0)  # focus rings and the scroll bar stand in the dialog's margins
        upper.addWidget(self._upper(told))
        around.addLayout(upper)
        around.addWidget(self.said)
        around.addWidget(self.bar)
        around.addWidget(self.table, 1)
        around.addWidget(self.why)
        around.addStretch(0)
        around.addLayout(self._foot())
        self.table.setMinimumHeight(u(self, 84))
        self.resize(fitting(self, 860, 640))

    def _upper(self, told: QLabel) -> FittingPane:
        """What is asked; where there is little room it scrolls."""
        self.upper = FittingPane(self)
        self.upper.setMinimumHeight(u(self, _LEAST))
        self.upper.column.setContentsMargins(RING, 0, _BAR, 0)
        self.upper.column.setSpacing(12)
        for widget in (told, self.form, self.options):
            self.upper.column.addWidget(widget)
        return self.upper

    def _foot(self) -> QHBoxLayout:
        self.do, self.close_button = QPushButton(self), QPushButton(self)
        self.save = QPushButton(tr("Save the left-out rows…"), self)
        self.save.setAccessibleName(self.save.text())
        kind(self.do, "primary")
        self.do.setDefault(True)
        does: tuple[tuple[QPushButton, Callable[[], None]], ...] = (
            (self.save, self.save_left_out),
            (self.do, self.press),
            (self.close_button, self._stop_or_close),
        )
        for button, do in does:
            button.clicked.connect(lambda _=False, do=do: do())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.save)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.do)
        return foot


_BAR = 8
"""px beside what scrolls."""
_LEAST = 72
"""Least height of what is asked, in u."""
_LINES = 6
"""Lines that are said of the current one; its tooltip has them all."""
