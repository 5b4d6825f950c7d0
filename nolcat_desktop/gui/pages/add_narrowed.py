"""The lines of the review as they are shown: sorted, and narrowed to a chip and to what is searched for.

Qt's own model between a model and its view asks for each pair of rows which comes first; with thousands of files that
held the window up. Here the rows are sorted by the keys that the lines have already, and the view is told what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_model import AnyIndex, Part, ReviewModel, cell_words

_NOWHERE = QModelIndex()
_PIECES = 40
"""Of more places than these in which rows come or go, the view is told that all may be others."""


class Narrowed(QAbstractTableModel):
    """Lines of some fates whose words have a text; sorted by rank, then as found."""

    def __init__(self, model: ReviewModel, parent: QObject | None = None) -> None:
        """All of `model`."""
        super().__init__(parent)
        self._model = model
        self._fates: frozenset[Fate] = frozenset()
        self._kept: dict[int, Line] = {}
        """Lines that were there when the fates were chosen: what is decided of them takes none away."""
        self._text = ""
        self._to_check = False
        self._shown: list[int] = []
        """Rows of `model` in the order of this one."""
        self._at: dict[int, int] = {}
        """Where a row of `model` is shown."""
        self._is_telling, self._is_late = False, False
        """Whether a view is being told, and whether lines changed by what it did then."""
        model.rowsInserted.connect(self._came)
        model.dataChanged.connect(lambda first, last: self._changed(range(first.row(), last.row() + 1)))
        model.modelAboutToBeReset.connect(lambda: self.beginResetModel())
        model.modelReset.connect(self._reset)
        self._hold(self._wanted())

    def narrow(
        self, fates: Iterable[Fate] | None = None, text: str | None = None, to_check: bool | None = None
    ) -> None:
        """Show only `fates` (none: all but files without a report), those to check, and lines with `text`."""
        self._fates = self._fates if fates is None else frozenset(fates)
        self._to_check = self._to_check if to_check is None else to_check
        self._kept = {id(line): line for line in self._model.lines if self._is_wanted(line)}
        self._text = self._text if text is None else text.casefold().strip()
        self._become(self._wanted())

    def line(self, index: AnyIndex) -> Line | None:
        """The line at a row of this model."""
        return self._model.lines[self._shown[index.row()]] if index.isValid() else None

    def index_of(self, line: Line) -> QModelIndex:
        """The first cell of a line."""
        row = next((n for n, each in enumerate(self._model.lines) if each is line), -1)
        return self.index(self._at[row], 0) if row in self._at else QModelIndex()

    def first_of(self, lines: Iterable[Line]) -> int | None:
        """The first row that shows one of `lines`; None: none of them is shown."""
        wanted, found = {id(line) for line in lines}, self._model.lines
        return next((at for at, row in enumerate(self._shown) if id(found[row]) in wanted), None)

    def texts(self, rows: range, part: Part) -> set[str]:
        """What is written in a column, in these rows as found; each once, for many say the same."""
        lines: Iterable[Line] = self._model.lines[rows.start : rows.stop]
        if part is Part.MONTHS:
            lines = {line.reviewed.months: line for line in lines}.values()
        return {cell_words(line, part) for line in lines}

    @property
    def found(self) -> ReviewModel:
        """All lines, in the order found."""
        return self._model

    @property
    def holds_any(self) -> bool:
        """Whether there is a line of the fates, whatever is searched for."""
        return any(not self._fates or self._is_wanted(line) or id(line) in self._kept for line in self._model.lines)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else self._model.columnCount()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the line's own cell gives."""
        return self._model.data(self._source(index), role) if index.isValid() else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Those of the line's own cell."""
        return self._model.flags(self._source(index)) if index.isValid() else super().flags(index)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings."""
        return self._model.headerData(section, orientation, role)

    def _source(self, index: AnyIndex) -> QModelIndex:
        return self._model.index(self._shown[index.row()], index.column())

    def _accepts(self, row: int) -> bool:
        line = self._model.lines[row]
        if self._fates and not self._is_wanted(line) and id(line) not in self._kept:
            return False
        if not self._fates and line.fate is Fate.NO_REPORT:
            return False
        return not self._text or any(self._text in cell_words(line, part).casefold() for part in Part)

    def _is_wanted(self, line: Line) -> bool:
        return line.fate in self._fates and (line.is_to_check or not self._to_check)

    def _wanted(self) -> list[int]:
        return self._sorted(row for row in range(len(self._model.lines)) if self._accepts(row))

    def _key(self, row: int) -> tuple[tuple[int, int, int], int]:
        return self._model.keys[row], row

    def _sorted(self, rows: Iterable[int]) -> list[int]:
        return sorted(rows, key=self._key)

    def _came(self, parent: AnyIndex, first: int, last: int) -> None:
        del parent
        rows = [row for row in range(first, last + 1) if self._accepts(row)]
        is_last = rows == [first] and (not self._shown or self._key(self._shown[-1]) < self._key(first))
        if is_last and not self._is_telling:
            with self._telling():
                self.beginInsertRows(_NOWHERE, len(self._shown), len(self._shown))
                self._at[first] = len(self._shown)
                self._shown.append(first)
                self.endInsertRows()
        elif rows:
            self._become(self._sorted([*self._shown, *rows]))

    def _changed(self, rows: range) -> None:
        """These rows of the model may say something else."""
        if self._is_telling:
            self._is_late = True
            return
        accepted = {row for row in rows if self._accepts(row)}
        if len(rows) > 1 or not self._is_in_place(rows[0], bool(accepted)):
            self._become(self._sorted([*(row for row in self._shown if row not in rows), *accepted]))
        at = [self._at[row] for row in accepted if row in self._at]  # a view may have changed lines meanwhile
        if at:
            self.dataChanged.emit(self.index(min(at), 0), self.index(max(at), len(Part) - 1))

    def _is_in_place(self, row: int, accepted: bool) -> bool:
        """Whether the view shows a row, or does not, as it should; the others are told themselves."""
        at = self._at.get(row)
        if at is None or not accepted:
            return (at is not None) == accepted
        around = self._shown[max(at - 1, 0) : at + 2]
        return around == self._sorted(around)

    def _reset(self) -> None:
        self._is_late = False
        self._hold(self._wanted())
        self.endResetModel()

    def _hold(self, rows: list[int]) -> None:
        self._shown = rows
        self._at = {row: at for at, row in enumerate(rows)}

    def _become(self, rows: list[int]) -> None:
        """Show `rows`."""
        if self._is_telling:
            self._is_late = True
            return
        with self._telling():
            self._tell(rows)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What changes because a view was told is shown after that."""
        self._is_telling = True
        try:
            yield
        finally:
            self._is_telling = False
        if self._is_late:
            self._is_late = False
            self._changed(range(len(self._model.lines)))

    def _tell(self, rows: list[int]) -> None:
        """The view is told of what goes, what changes places and what comes."""
        if rows == self._shown:
            return
        old, new = set(self._shown), set(rows)
        goes = _runs([at for at, row in enumerate(self._shown) if row not in new])
        comes = _runs([at for at, row in enumerate(rows) if row not in old])
        if len(goes) + len(comes) > _PIECES:
            self.beginResetModel()
            self._hold(rows)
            self.endResetModel()
            return
        for first, last in reversed(goes):
            self.beginRemoveRows(_NOWHERE, first, last)
            self._hold([*self._shown[:first], *self._shown[last + 1 :]])
            self.endRemoveRows()
        self._put_in_order([row for row in rows if row in old])
        for first, last in comes:
            self.beginInsertRows(_NOWHERE, first, last)
            self._hold([*self._shown[:first], *rows[first : last + 1], *self._shown[first:]])
            self.endInsertRows()

    def _put_in_order(self, rows: list[int]) -> None:
        if rows == self._shown:
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        were = [self._shown[index.row()] for index in held]
        self._hold(rows)
        self.changePersistentIndexList(
            held, [self.index(self._at[row], index.column()) for row, index in zip(were, held, strict=True)]
        )
        self.layoutChanged.emit()


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each row of numbers without a hole."""
    groups = (list(group) for _, group in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]))
    return [(group[0][1], group[-1][1]) for group in groups]
