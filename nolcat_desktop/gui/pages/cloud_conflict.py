"""A file in conflict: theirs and ours side by side, and what can be decided. Neither version is lost by either."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.cloud_jobs import Fate, begin_job
from nolcat_desktop.gui.cloud_words import by, size, tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.icons import pixmap, put
from nolcat_desktop.gui.notice import Level
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind, row_height
from nolcat_desktop.gui.words import day_and_time
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.plan import Item

if TYPE_CHECKING:
    from nolcat_desktop.workflow.conflict_versions import Side, Versions

_UNKNOWN = "–"


class ConflictPane(QFrame):
    """About the file of the current row; hidden while that has no conflict."""

    failed = Signal(object)
    """A trouble: theirs could not be fetched."""

    def __init__(self, context: Context, desk: CloudDesk, parent: QWidget | None = None) -> None:
        """About nothing yet."""
        super().__init__(parent)
        kind(self, "card")
        self.setAccessibleName(tr("Theirs and ours"))
        self._context, self._desk = context, desk
        self._item: Item | None = None
        self._glyph, self._title = QLabel(self), QLabel(tr("Changed there in the meantime"), self)
        self._where, self._said = ElidedLabel(parent=self), QLabel(self)
        kind(self._title, "strong")
        kind(self._where, "muted")
        self._said.setWordWrap(True)
        headings = [
            Heading(""),
            Heading(tr("Ours"), 56, number=True),
            Heading(tr("Theirs"), 56, number=True),
            Heading(tr("Change"), 48, number=True),
        ]
        self.table = FactsTable(headings, tr("Theirs and ours"), self)
        self.theirs = self._button(tr("Keep theirs"), tr("Theirs takes the place of ours here; Undo brings ours back"))
        self.ours = self._button(tr("Send ours as a new version"), tr("It is sent with the next send"))
        self.compare = self._button(tr("Fetch theirs and compare"), tr("Only to look at: nothing is changed"))
        self.theirs.clicked.connect(lambda: self._item and self._desk.decide_theirs(self._item.key))
        self.ours.clicked.connect(lambda: self._item and self._desk.decide_ours(self._item.key))
        self.compare.clicked.connect(self._compare)
        self._lay_out()
        self.hide()

    def show_item(self, item: Item | None) -> None:
        """Show both versions of `item`; None: hide."""
        if item is None:
            self._item = None
            self.hide()
            return
        if self._item is not None and self._item == item:
            return
        self._item = item
        self._where.set_full_text(f"{item.key}{by(item, self._context.clock().date())}")
        self._said.setText(tr("Neither version is lost. This file is not sent; all others can be."))
        self.table.show_facts([])
        self._look(fetch=False)
        self.show()

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.table.restyle()
        self._glyph.setPixmap(pixmap("alert-triangle", Level.SERIOUS.role, 20))
        self.setMinimumWidth(u(self, 300))
        put(self.compare, "git-compare")

    def _lay_out(self) -> None:
        head = QGridLayout()
        head.setHorizontalSpacing(8)
        head.setVerticalSpacing(2)
        head.addWidget(self._glyph, 0, 0)
        head.addWidget(self._title, 0, 1)
        head.addWidget(self._where, 1, 1)
        head.setColumnStretch(1, 1)
        choices = QVBoxLayout()
        choices.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.theirs)
        first.addWidget(self.ours)
        first.addStretch(1)
        second = QHBoxLayout()
        second.addWidget(self.compare)
        second.addStretch(1)
        choices.addLayout(first)
        choices.addLayout(second)
        around = QVBoxLayout(self)
        around.setContentsMargins(12, 12, 12, 12)
        around.setSpacing(8)
        around.addLayout(head)
        around.addWidget(self._said)
        around.addWidget(self.table, 100)
        around.addLayout(choices)
        around.addStretch(1)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        kind(button, "small")
        button.setAccessibleName(text)
        button.setToolTip(tip)
        return button

    def _compare(self) -> None:
        self._look(fetch=True)

    def _look(self, fetch: bool) -> None:
        item, session, library = self._item, self._desk.session, self._context.library
        if item is None or library is None or session is None:
            return
        if fetch:
            self.table.setFocus()  # the button rests meanwhile, and may be gone then
        self.compare.setEnabled(not fetch)

        def work(progress: Progress) -> Versions:
            from nolcat_desktop.workflow.conflict_versions import compared, versions_of

            return compared(session, library, item, progress) if fetch else versions_of(library, item)

        def over(fate: Fate[Versions]) -> None:
            self.compare.setEnabled(True)
            if fate.trouble is not None:
                self.failed.emit(fate.trouble)
            if fate.value is not None and self._item is item:
                self._show(fate.value)

        name = tr("Fetching their version") if fetch else tr("Looking at both versions")
        account = self._desk.account
        begin_job(
            self._context, name, work, over=over, cancelled=lambda: over(Fate()), account=account, quiet=not fetch
        )

    def _show(self, versions: Versions) -> None:
        ours, theirs, today = versions.ours, versions.theirs, self._context.clock().date()
        facts = [
            _fact(tr("Who"), tr("you") if ours else _UNKNOWN, (theirs.who if theirs else "") or _UNKNOWN),
            _fact(tr("When"), _when(ours, today), _when(theirs, today)),
            _fact(tr("Size"), size(ours.bytes) if ours else _UNKNOWN, size(theirs.bytes) if theirs else _UNKNOWN),
            _counted(tr("Rows"), ours.rows if ours else None, theirs.rows if theirs else None),
        ]
        metrics = sorted({*((ours and ours.sums) or {}), *((theirs and theirs.sums) or {})})
        facts += [_counted(metric, _sum(ours, metric), _sum(theirs, metric)) for metric in metrics]
        self.table.show_facts(facts)
        self.table.fit()
        self.table.setMinimumHeight(min(self.table.maximumHeight(), u(self, 28) + 9 * row_height(self)))
        for button in (self.theirs, self.ours):
            button.setEnabled(versions.can_decide)
        if not versions.can_decide:
            self._said.setText(
                tr("It cannot be decided here: {reason}.").format(reason=self._item and self._item.reason)
            )
        if self.compare.hasFocus():
            self.table.setFocus()
        self.compare.setVisible(theirs is not None and theirs.sums is None and versions.can_decide)


def _fact(name: str, ours: str, theirs: str, change: str = "") -> Fact:
    spoken = tr("{name}: ours {ours}, theirs {theirs}").format(name=name, ours=ours, theirs=theirs)
    return Fact((name, ours, theirs, change), name, spoken)


def _counted(name: str, ours: int | None, theirs: int | None) -> Fact:
    change = ""
    if ours is not None and theirs is not None:
        change = "0" if ours == theirs else f"{'+' if theirs > ours else ''}{number(theirs - ours)}"
    said_ours, said_theirs = (_UNKNOWN if one is None else number(one) for one in (ours, theirs))
    return _fact(name, said_ours, said_theirs, change)


def _sum(side: Side | None, metric: str) -> int | None:
    if side is None or side.sums is None:
        return None
    return sum(side.sums.get(metric, {}).values())


def _when(side: Side | None, today: date) -> str:
    when: datetime | None = side.when.astimezone() if side is not None and side.when is not None else None
    return day_and_time(when, today) if when is not None else _UNKNOWN
