"""What will be sent, file by file; while it is sent each row says how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSplitter, QVBoxLayout, QWidget

from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.cloud_state import Doing
from nolcat_desktop.gui.cloud_words import files, place_of, plan_summary, size, tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.pages.cloud_conflict import ConflictPane
from nolcat_desktop.gui.pages.cloud_leftovers import LeftoversLine
from nolcat_desktop.gui.pages.cloud_plan_table import PlanTable
from nolcat_desktop.gui.scale import LayoutClass, u
from nolcat_desktop.gui.theme import kind, row_height
from nolcat_desktop.gui.words import number
from nolcat_desktop.sync.plan import Action, Item

_HIDDEN = (Action.SAME, Action.ONLY_THERE)
_ORDER = {Action.CONFLICT: 0, Action.UPLOAD: 1, Action.ONLY_THERE: 2, Action.SAME: 3}


class PlanPane(QWidget):
    """The first section of the place."""

    conflict_chosen = Signal(str)
    """The key of a file in conflict."""

    def __init__(self, context: Context, desk: CloudDesk, parent: QWidget | None = None) -> None:
        """Nothing to show yet."""
        super().__init__(parent)
        self._context, self._desk = context, desk
        self.title, self.summary = QLabel(self), ElidedLabel(parent=self)
        kind(self.title, "section")
        kind(self.summary, "muted")
        self.same, self.only_there = (
            self._chip(tr("Files that are the same")),
            self._chip(tr("Files that are only there")),
        )
        self.bar, self.far = QProgressBar(self), QLabel(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("How much was sent"))
        self.table = PlanTable(self)
        self._of: tuple[object, ...] = ()
        self.conflict = ConflictPane(context, desk, self)
        self.leftovers = LeftoversLine(context, desk, self)
        self._lay_out()
        self.same.toggled.connect(self.show_plan)
        self.only_there.toggled.connect(self.show_plan)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.restyle()

    def show_plan(self) -> None:
        """Show what the desk knows now."""
        view, account, today = self._desk.view, self._desk.account, self._context.clock().date()
        was_sent = self._desk.last is not None and bool(self._desk.sendings.sent)
        self.title.setText(tr("1   What was sent") if was_sent else tr("1   What will be sent"))
        items = view.plan.items if view is not None else ()
        if view is not None and account is not None:
            speed = float(self._context.remembered.get("cloud speed", 0.0))
            where = tr("To {place}").format(place=place_of(account))
            sent = tr("{files} sent").format(files=files(len(self._desk.sendings.sent)))
            self.summary.set_full_text(f"{where} · {sent if was_sent else plan_summary(view, speed)}")
        has_more = any(one.action not in _HIDDEN for one in items)
        for chip, action, word in (
            (self.same, Action.SAME, tr("The same {n}")),
            (self.only_there, Action.ONLY_THERE, tr("Only there {n}")),
        ):
            count = sum(one.action is action for one in items)
            chip.setText(word.format(n=number(count)))
            chip.setAccessibleName(chip.text())
            chip.setVisible(bool(count) and has_more)
        prefix = account.location.prefix if account is not None else ""
        shown = (view, self.same.isChecked(), self.only_there.isChecked())
        if shown != self._of:
            self._of = shown
            self.table.show_items(self._shown(items), prefix, today)
        self._row_changed()
        self.show_moving()
        self.leftovers.follow()

    def show_moving(self) -> None:
        """Show how far sending is; nothing else is looked at."""
        self.table.show_sendings(self._desk.sendings, self._desk.doing is Doing.SENDING)
        self._show_progress()

    def set_layout_class(self, layout: LayoutClass) -> None:
        """A conflict stands beside the files where there is room, else below them."""
        wide = layout is LayoutClass.WIDE
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def current(self) -> Item | None:
        """The file of the current row."""
        row = self.table.currentIndex().row()
        return self.table.items[row] if 0 <= row < len(self.table.items) else None

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.table.restyle()
        self.conflict.restyle()
        self.leftovers.restyle()
        self.bar.setFixedHeight(u(self, 12))
        self.table.setMinimumHeight(u(self, 28) + 3 * row_height(self))
        self.table.setMinimumWidth(u(self, 300))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        head.addLayout(words, 1)
        for chip in (self.only_there, self.same):
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignBottom)
        moving = QHBoxLayout()
        moving.setSpacing(12)
        moving.addWidget(self.bar, 1)
        moving.addWidget(self.far)
        self.splitter = QSplitter(self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.conflict)
        self.splitter.setStretchFactor(0, 50)
        self.splitter.setStretchFactor(1, 50)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(8)
        around.addLayout(head)
        around.addLayout(moving)
        around.addWidget(self.splitter, 1)
        around.addWidget(self.leftovers)

    def _chip(self, name: str) -> QPushButton:
        chip = QPushButton(self)
        chip.setAccessibleName(name)
        kind(chip, "chip")
        chip.setCheckable(True)
        return chip

    def _shown(self, items: Sequence[Item]) -> list[Item]:
        wanted = {Action.UPLOAD, Action.CONFLICT}
        wanted |= {Action.SAME} if self.same.isChecked() else set()
        wanted |= {Action.ONLY_THERE} if self.only_there.isChecked() else set()
        if not any(one.action not in _HIDDEN or one.key in self._desk.sendings.sent for one in items):
            wanted |= {Action.SAME}
        sent = self._desk.sendings.sent
        return sorted(
            (one for one in items if one.action in wanted or one.key in sent),
            key=lambda one: (_ORDER[one.action], one.key),
        )

    def _show_progress(self) -> None:
        tally = self._desk.sendings.tally
        sending = self._desk.doing is Doing.SENDING
        self.bar.setVisible(sending)
        self.far.setVisible(sending)
        if not sending:
            return
        if tally is None or not tally.files:
            self.bar.setRange(0, 0)
            self.far.setText(tr("Looking once more before anything is sent"))
            return
        self.bar.setRange(0, 1000)
        self.bar.setValue(1000 * tally.bytes_done // max(tally.bytes, 1))
        far = tr("{done} of {whole} · file {n} of {m}").format(
            done=size(tally.bytes_done), whole=size(tally.bytes), n=number(tally.files_done), m=number(tally.files)
        )
        self.far.setText(far)

    def _row_changed(self) -> None:
        item = self.current()
        is_conflict = item is not None and item.action is Action.CONFLICT and self._desk.doing is not Doing.SENDING
        self.conflict.show_item(item if is_conflict else None)
