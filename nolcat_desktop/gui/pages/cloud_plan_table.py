"""The files of a plan as a table that makes a row when it is seen: ten thousand of them are no work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from nolcat_desktop.gui.cloud_state import Sendings
from nolcat_desktop.gui.cloud_words import fate_of, size, tr, why
from nolcat_desktop.gui.pages.cloud_table import Mark, MarkedTable
from nolcat_desktop.gui.pages.coverage_facts import Fact, Heading, MadeFacts
from nolcat_desktop.gui.scale import u
from nolcat_desktop.sync.plan import Action, Item
from nolcat_desktop.sync.sums import SMALL

_WHY = 2
"""The column; its words are in the tooltip as well."""
_HANDS = 8
"""So many small files are on their way at the same time."""


class PlanTable(MarkedTable):
    """Made for a plan; while it is sent only the rows that moved are drawn anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No plan yet."""
        self.items: tuple[Item, ...] = ()
        self._rows: dict[str, int] = {}
        self._sendings = Sendings()
        self._moving: Mapping[str, float | None] = {}
        self._today, self._prefix = date.min, ""
        headings = [
            Heading(tr("What will be done"), 148),
            Heading(tr("File")),
            Heading(tr("Why"), 280, sentence=True),
            Heading(tr("Size"), 84, number=True),
        ]
        super().__init__(headings, tr("What will be sent"), parent)
        self.set_least_widths({_WHY: 640})

    def show_items(self, items: Sequence[Item], prefix: str, today: date) -> None:
        """Show `items`; the current row stays with its file where it can.

        Args:
            items: In the order shown.
            prefix: The library's folder in the bucket, which all keys begin with.
            today: For `today` and `yesterday`.
        """
        key = self.current_key()
        self._today, self._prefix = today, f"{prefix}/" if prefix else ""
        self.facts.beginResetModel()
        self.items = tuple(items)
        self._rows = {one.key: row for row, one in enumerate(self.items)}
        self._sendings, self._moving = Sendings(), {}
        self.facts.facts = MadeFacts(lambda: len(self.items), self.fact)  # what is said of a file changes as it is sent
        self.facts.endResetModel()
        if self.items:
            self.setCurrentIndex(self.facts.index(self._rows.get(str(key), 0), 0))
        self._widths()

    def show_sendings(self, sendings: Sendings, is_sending: bool) -> None:
        """Show what has arrived and what is on its way."""
        moving = _moving(self.items, sendings) if is_sending else {}
        touched = {*moving, *self._moving, *(sendings.sent ^ self._sendings.sent)}
        self._sendings, self._moving = sendings, moving
        for key in touched & set(self._rows):
            row = self._rows[key]
            self.facts.dataChanged.emit(self.facts.index(row, 0), self.facts.index(row, len(self.facts.headings) - 1))

    def mark(self, row: int) -> Mark | None:
        """Icon and, while it moves, bar of a row."""
        one = self.items[row]
        _, icon, role = self._fate(one)
        return Mark(icon, role, self._moving.get(one.key))

    def fact(self, row: int) -> Fact:
        """The words of a row."""
        one = self.items[row]
        path = one.key.removeprefix(self._prefix)
        cells = (self._fate(one)[0], path, why(one, self._today), size(one.bytes))
        return Fact(cells, one.key, tip=f"{one.key}\n{cells[2]}")

    def _fate(self, one: Item) -> tuple[str, str, str]:
        if one.key in self._sendings.sent:
            return tr("Sent"), "circle-check", "ok"
        if one.key in self._moving:
            return tr("Sending"), "arrow-up", "accent"
        return fate_of(one)

    def _size(self, section: int, heading: Heading) -> int:
        """Sizes are never longer than this."""
        if section == _WHY:
            return max(u(self, heading.width), round(self.viewport().width() * 0.38))
        if not heading.number:
            return u(self, heading.width)
        return max(u(self, heading.width), self.fontMetrics().horizontalAdvance(size(888_888_888)) + u(self, 24))


def _moving(items: Sequence[Item], sendings: Sendings) -> Mapping[str, float | None]:
    """Files that are on their way, with how much of each has arrived where that is known.

    Small ones go side by side; after them the large ones, one after the other (`sync.transfer.send`).
    """
    tally = sendings.tally
    waiting = [one for one in items if one.action is Action.UPLOAD and one.key not in sendings.sent]
    if tally is None or not waiting:
        return {}
    if small := [one for one in waiting if one.bytes <= SMALL]:
        return dict.fromkeys([one.key for one in small[:_HANDS]])
    there = sum(one.bytes for one in items if one.action is Action.UPLOAD and one.key in sendings.sent)
    return {waiting[0].key: max(0.0, min(1.0, (tally.bytes_done - there) / max(waiting[0].bytes, 1)))}
