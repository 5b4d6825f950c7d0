"""A small table of facts: a few columns of words and numbers, each row read aloud whole at its first cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, overload

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from nolcat_desktop.gui.pages.facts_fit import Wish, shares
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.selecting import Flag, that_alone
from nolcat_desktop.gui.table_cells import PADDING, CellDelegate, SentenceDelegate
from nolcat_desktop.gui.theme import row_height

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NOWHERE = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex
K = TypeVar("K")
_LEAST = 120
"""In u, that a text gets before another has more than it needs."""
_MEASURED, _LETTERS = 200, 80
"""Rows, and letters of each text, that are measured: of thousands the first ones tell."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column."""

    text: str
    width: int = 0
    """In u; 0: the rest."""
    number: bool = False
    """Whether it holds numbers, which stand at the right."""
    sentence: bool = False
    """Whether it holds sentences, which are cut at the right; names are cut in the middle."""
    spare: int = 0
    """Left out where others would be squeezed, 1 first; the tooltip of the first column says it then. 0: never."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row."""

    cells: tuple[str, ...]
    key: object = None
    """What the row stands for."""
    spoken: str = ""
    """The row for the ear; empty: its cells."""
    tip: str = ""
    struck: bool = False
    """Whether it no longer holds: struck through, and said in its words, too."""


class MadeFacts(Sequence[Fact]):
    """Rows that are made each time when they are asked for: they may change."""

    def __init__(self, count: Callable[[], int], make: Callable[[int], Fact]) -> None:
        """`count` rows; `make` gives the one at an index from 0."""
        self._count, self._make = count, make

    def __len__(self) -> int:
        """As many as there are now."""
        return self._count()

    @overload
    def __getitem__(self, at: int) -> Fact: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Fact]: ...
    def __getitem__(self, at: int | slice) -> Fact | Sequence[Fact]:
        """The row `at`, made now if need be."""
        if isinstance(at, slice):
            return [self._make(one) for one in range(len(self))[at]]
        return self._make(range(len(self))[at])


class LazyFacts(MadeFacts):
    """Rows that are made once, when they are asked for: the words of thousands take their time."""

    def __init__(self, keys: Sequence[K], make: Callable[[K], Fact], numbers: Mapping[int, Collection[str]]) -> None:
        """One row for each of `keys`.

        Args:
            keys: What the rows stand for.
            make: The row of a key.
            numbers: Column of numbers → all texts in it.
        """
        super().__init__(lambda: len(keys), lru_cache(maxsize=2048)(lambda at: make(keys[at])))
        self.keys: Sequence[object] = keys
        self.numbers = numbers


class FactsModel(QAbstractTableModel):
    """Shows rows of `Fact`."""

    def __init__(self, headings: Sequence[Heading], parent: QObject | None = None) -> None:
        """No rows."""
        super().__init__(parent)
        self.headings = tuple(headings)
        self.facts: Sequence[Fact] = ()
        self.untold: tuple[int, ...] = ()
        """Columns that have no room."""

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show `facts`."""
        self.beginResetModel()
        self.facts = facts if isinstance(facts, LazyFacts) else tuple(facts)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """One for each fact."""
        return 0 if parent.isValid() else len(self.facts)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """One for each heading."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        if not index.isValid():
            return None
        fact, column = self.facts[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return fact.cells[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.headings[column].number else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(fact, column)
        if role == Qt.ItemDataRole.FontRole:
            return _struck() if fact.struck else None
        return self._tip(fact, column) if role == Qt.ItemDataRole.ToolTipRole else None

    def _tip(self, fact: Fact, column: int) -> str:
        """The text of a cell, which may be cut; at the first one also what has no room."""
        untold = [f"{self.headings[at].text}: {fact.cells[at]}" for at in self.untold if fact.cells[at]]
        return fact.tip or "\n".join([fact.cells[column], *(untold if column == 0 else ())])

    def _spoken(self, fact: Fact, column: int) -> str:
        whole = fact.spoken or ", ".join(cell for cell in fact.cells if cell)
        return whole if column == 0 else f"{self.headings[column].text}, {fact.cells[column]}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings, aligned as their cells."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.headings):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.headings[section].text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.headings[section].number else _LEFT
        return None


def _struck() -> QFont:
    font = QFont(QApplication.font())
    font.setStrikeOut(True)
    return font


class FactsTable(QTableView):
    """Whole rows, no sideways scrolling, always a current cell; Enter activates."""

    def __init__(self, headings: Sequence[Heading], name: str, parent: QWidget | None = None) -> None:
        """An empty table.

        Args:
            headings: The columns.
            name: What it is, for the ear.
            parent: Owner.
        """
        super().__init__(parent)
        self.facts = FactsModel(headings, self)
        self.beside: dict[int, int] = {}
        """Column → u that something takes beside its text."""
        self._left_out: Collection[int] = ()
        self._wished: list[Wish] | None = None
        self.setModel(self.facts)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for section, heading in enumerate(headings):
            if heading.sentence:
                self.setItemDelegateForColumn(section, SentenceDelegate(self))
        head = self.horizontalHeader()
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(1)
        self.restyle()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show `facts`; the current row stays with its key where it can."""
        key = self.current_key()
        self.facts.set_facts(facts)
        self._wished = None
        if facts:
            row = next((at for at in range(len(facts)) if self._key(at) == key), 0) if key is not None else 0
            self.setCurrentIndex(self.facts.index(row, 0))
        self._widths()

    def fit(self, least: int = 1) -> None:
        """Be no higher than the rows need, and show `least` of them where there are so many."""
        rows = max(self.facts.rowCount(), 1)
        around = u(self, 28) + 4
        self.setMinimumHeight(around + min(rows, least) * row_height(self))
        self.setMaximumHeight(around + rows * row_height(self))

    def current_key(self) -> object:
        """What the current row stands for."""
        row = self.currentIndex().row()
        return self._key(row) if 0 <= row < len(self.facts.facts) else None

    def chosen_keys(self) -> list[object]:
        """What the chosen rows stand for."""
        selection, rows = self.selectionModel().selection(), set[int]()
        for number in range(selection.count()):  # not the cells of it, of which there may be thousands
            rows |= set(range(selection.at(number).top(), selection.at(number).bottom() + 1))
        return [self._key(row) for row in sorted(rows)]

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.verticalHeader().setDefaultSectionSize(row_height(self))
        self.horizontalHeader().setFixedHeight(u(self, 28))
        self._wished = None
        self._widths()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._widths()

    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> Flag:
        """Without an event it is the program that goes there."""
        return that_alone(self) if event is None else super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates the row on every system."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _key(self, row: int) -> object:
        facts = self.facts.facts
        return facts.keys[row] if isinstance(facts, LazyFacts) else facts[row].key

    def _widths(self) -> None:
        wishes = {at: wish for at, wish in enumerate(self._wishes()) if at not in self._left_out}
        shared = shares(wishes, self.viewport().width(), u(self, _LEAST))
        sections = range(len(self.facts.headings))
        self.facts.untold = tuple(at for at in sections if at not in shared)
        for section in sections:
            self.setColumnHidden(section, section not in shared)
            if section in shared:
                self.setColumnWidth(section, shared[section])

    def _wishes(self) -> list[Wish]:
        """Of each column, measured once as long as neither facts nor font change."""
        if self._wished is None:
            self._wished = [self._wish(section, heading) for section, heading in enumerate(self.facts.headings)]
        return self._wished

    def _wish(self, section: int, heading: Heading) -> Wish:
        size, facts = self._size(section, heading), self.facts.facts
        if heading.number:
            return Wish(size, size, True, heading.spare)
        if isinstance(facts, MadeFacts):
            return Wish(size, size or u(self, _LEAST), False, heading.spare)  # their words are made when they are seen
        texts = {heading.text, *(fact.cells[section][:_LETTERS] for fact in facts[:_MEASURED])}
        widest = max(map(self.fontMetrics().horizontalAdvance, texts))
        return Wish(size, widest + u(self, 2 * PADDING + self.beside.get(section, 0)) + 4, False, heading.spare)

    def _size(self, section: int, heading: Heading) -> int:
        """Numbers are never cut: their column is as wide as the widest."""
        if not heading.number:
            return u(self, heading.width)
        facts = self.facts.facts
        texts = set(facts.numbers[section]) if isinstance(facts, LazyFacts) else {fact.cells[section] for fact in facts}
        most = max(map(len, texts), default=0) - 1  # of thousands only the longest, and those a letter shorter
        texts = {heading.text, *(text for text in texts if len(text) >= most)}
        return max(u(self, heading.width), max(map(self.fontMetrics().horizontalAdvance, texts)) + u(self, 20))
