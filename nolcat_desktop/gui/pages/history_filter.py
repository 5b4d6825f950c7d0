"""Which entries of the history are shown: those of a kind, of a source, and with a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from nolcat_desktop.dataset import Entry
from nolcat_desktop.gui.elided_combo import ElidedCombo
from nolcat_desktop.gui.find_edit import FindEdit
from nolcat_desktop.gui.pages.coverage_facts import Fact
from nolcat_desktop.gui.pages.history_words import entry_fact, findable_text, source_ids
from nolcat_desktop.gui.scale import u

N = QT_TRANSLATE_NOOP
ALL = ""
RESTATED, UNDONE = "restated", "undone"
KINDS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("add", str(N("history", "Added")), frozenset({"add"})),
    (RESTATED, str(N("history", "Corrected by the publisher")), frozenset()),
    ("aside", str(N("history", "Kept aside")), frozenset({"aside"})),
    ("remove", str(N("history", "Removed")), frozenset({"remove"})),
    ("answer", str(N("history", "No report exists")), frozenset({"answer"})),
    ("names", str(N("history", "Sources and names")), frozenset({"map", "sources", "alias", "numbering"})),
    ("bring in", str(N("history", "Taken over from elsewhere")), frozenset({"bring in"})),
    ("repair", str(N("history", "Made whole again")), frozenset({"repair", "rebuild"})),
    (UNDONE, str(N("history", "Undone")), frozenset()),
)
"""Key, word, and what was done (`Entry.did`) in entries of this kind; an entry can be of several."""
_NAMES_BY_THE_WAY = frozenset({"add", "aside", "bring in", "map"})
"""What may bring new sources along, which is not why it was done."""


def kinds_of(entry: Entry) -> frozenset[str]:
    """The kinds that an entry is of; one that an earlier version wrote, which stored files, is an adding."""
    did = set(entry.did) or ({"add"} if entry.originals else set())
    if did & _NAMES_BY_THE_WAY:
        did.discard("sources")
    found = {key for key, _, does in KINDS if does & did}
    found |= {RESTATED} if entry.restated else set()
    return frozenset(found | {UNDONE} if entry.undone else found)


@dataclass(frozen=True, slots=True)
class Row:
    """How an entry is shown and found; worked out off the window's thread, for there may be thousands."""

    fact: Fact
    text: str
    """All that it can be found by, casefolded."""
    kinds: frozenset[str]
    sources: tuple[int, ...]


def row_of(entry: Entry, names: Mapping[int, str], today: date) -> Row:
    """The row of `entry`; `names` gives the name of a source, days are told as on `today`."""
    text = findable_text(entry, names, today).casefold()
    return Row(entry_fact(entry, names, today), text, kinds_of(entry), source_ids(entry))


class HistoryBar(QWidget):
    """Find, kind, source."""

    narrowed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """All of it."""
        super().__init__(parent)
        self.finder = FindEdit(self.tr("Find in the history"), self)
        self.kind, self.source = ElidedCombo(self), ElidedCombo(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.finder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.finder, 1)
        for box, name in ((self.kind, self.tr("Kinds of entries")), (self.source, self.tr("Sources"))):
            box.setAccessibleName(name)
            box.view().setAccessibleName(name)
            box.be_wide_as_chosen()
            box.activated.connect(self.narrowed)
            row.addWidget(box)
        row.addStretch(1)
        self.finder.textChanged.connect(self.narrowed)
        self.offer((), {})
        self.restyle()

    def offer(self, rows: Sequence[Row], names: Mapping[int, str]) -> None:
        """Offer the kinds and sources that occur; what is chosen stays chosen where it still occurs.

        Args:
            rows: The whole history.
            names: Statistics source id → name.
        """
        tr = QCoreApplication.translate
        there = frozenset[str]().union(*(row.kinds for row in rows))
        ids = {one for row in rows for one in row.sources}
        sources = sorted(((names.get(one, str(one)), one) for one in ids), key=lambda pair: pair[0].casefold())
        kinds = [(tr("history", word), key) for key, word, _ in KINDS if key in there]
        _fill(self.kind, self.tr("All kinds"), kinds)
        _fill(self.source, self.tr("All sources"), sources)

    def shown(self, rows: Iterable[Row]) -> list[Row]:
        """Those of `rows` that are wanted."""
        words = self.finder.text().casefold().split()
        wanted, source = self.kind.currentData(), self.source.currentData()
        return [
            row
            for row in rows
            if (not wanted or wanted in row.kinds)
            and (source in {None, ALL} or source in row.sources)
            and all(word in row.text for word in words)
        ]

    def is_narrowed(self) -> bool:
        """Whether not all of it is shown."""
        return bool(self.finder.text().strip()) or self.kind.currentIndex() > 0 or self.source.currentIndex() > 0

    def told(self) -> str:
        """What is wanted, in words: `Added · EBSCO · “tr 2023”`."""
        chosen = [box.currentText() for box in (self.kind, self.source) if box.currentIndex() > 0]
        text = self.finder.text().strip()
        return " · ".join([*chosen, *([f"“{text}”"] if text else [])])

    def clear(self) -> None:
        """Show all of it."""
        with QSignalBlocker(self):
            self.finder.clear()
            for box in (self.kind, self.source):
                box.setCurrentIndex(0)
        self.narrowed.emit()

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.finder.restyle()
        self.finder.setMaximumWidth(u(self, 260))
        for box in (self.kind, self.source):
            box.setMaximumWidth(u(self, 200))
            box.setMinimumWidth(box.fontMetrics().horizontalAdvance(box.itemText(0)) + u(self, 44))


def _fill(box: QComboBox, everything: str, offered: Sequence[tuple[str, object]]) -> None:
    before = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        box.addItem(everything, ALL)
        for text, key in offered:
            box.addItem(text, key)
        box.setCurrentIndex(max(box.findData(before), 0))
