"""The lines of the review as they are shown: sorted, and narrowed to a chip and to what is searched for."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel

from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_model import AnyIndex, Part, ReviewModel, cell_words


class Narrowed(QSortFilterProxyModel):
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
        self.setSourceModel(model)
        self.sort(0)

    def narrow(
        self, fates: Iterable[Fate] | None = None, text: str | None = None, to_check: bool | None = None
    ) -> None:
        """Show only `fates` (none: all but files without a report), those to check, and lines with `text`."""
        self.beginFilterChange()
        self._fates = self._fates if fates is None else frozenset(fates)
        self._to_check = self._to_check if to_check is None else to_check
        self._kept = {id(line): line for line in self._model.lines if self._is_wanted(line)}
        self._text = self._text if text is None else text.casefold().strip()
        self.endFilterChange()

    def line(self, index: AnyIndex) -> Line | None:
        """The line at a row of this model."""
        if not index.isValid():
            return None
        return self._model.lines[self.mapToSource(self.index(index.row(), 0)).row()]

    def index_of(self, line: Line) -> QModelIndex:
        """The first cell of a line."""
        row = next((n for n, each in enumerate(self._model.lines) if each is line), -1)
        return self.mapFromSource(self._model.index(row, 0)) if row >= 0 else QModelIndex()

    def first_of(self, lines: Iterable[Line]) -> int | None:
        """The first row that shows one of `lines`; None: none of them is shown."""
        wanted, found = {id(line) for line in lines}, self._model.lines
        rows = (self.mapToSource(self.index(row, 0)).row() for row in range(self.rowCount()))
        return next((at for at, row in enumerate(rows) if id(found[row]) in wanted), None)

    def texts(self, rows: range, part: Part) -> set[str]:
        """What is written in a column, in these rows as found; each once, for many say the same."""
        lines: Iterable[Line] = self._model.lines[rows.start : rows.stop]
        if part is Part.MONTHS:
            lines = {line.reviewed.months: line for line in lines}.values()
        return {cell_words(line, part) for line in lines}

    def filterAcceptsRow(self, row: int, parent: AnyIndex) -> bool:
        """Whether the line is shown."""
        del parent
        line = self._model.lines[row]
        if self._fates and not self._is_wanted(line) and id(line) not in self._kept:
            return False
        if not self._fates and line.fate is Fate.NO_REPORT:
            return False
        return not self._text or any(self._text in cell_words(line, part).casefold() for part in Part)

    @property
    def holds_any(self) -> bool:
        """Whether there is a line of the fates, whatever is searched for."""
        return any(not self._fates or self._is_wanted(line) or id(line) in self._kept for line in self._model.lines)

    def _is_wanted(self, line: Line) -> bool:
        return line.fate in self._fates and (line.is_to_check or not self._to_check)

    def lessThan(self, left: AnyIndex, right: AnyIndex) -> bool:
        """By rank, then as found."""
        keys, row, other = self._model.keys, left.row(), right.row()
        return (keys[row], row) < (keys[other], other)
