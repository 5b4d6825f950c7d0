"""The lines of the review as a table model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_memory import Memory
from nolcat_desktop.gui.pages.add_words import (
    fate_words,
    file_words,
    findings_level,
    findings_words,
    months_words,
    proposal_words,
    report_tip,
    report_words,
    source_words,
    spoken_line,
    tr,
)
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_told import Answers
from nolcat_desktop.workflow.review_twins import kind_of, rivals, settled, with_twin
from nolcat_desktop.workflow.reviewed import Reviewed

_STANDING = frozenset({Fate.ADD, Fate.REPLACE, Fate.DECIDE})
"""What may become live, so that others are held against it."""
_SINGLE = 50
"""Lines that are told one by one; of more it is said that all may have changed."""
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ICON_ROLE = Qt.ItemDataRole.UserRole + 1
"""(name of the icon, role of its colour), or None."""
NEW_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the line came last, beside others that were there."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Part(IntEnum):
    """The columns, in their order."""

    FATE = 0
    REPORT = 1
    SOURCE = 2
    MONTHS = 3
    ROWS = 4
    FINDINGS = 5
    FILE = 6


_HEADINGS = ("What will be done", "Report", "Source", "Months", "Rows", "Findings", "File")


class ReviewModel(QAbstractTableModel):
    """All lines in the order found."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No lines yet."""
        super().__init__(parent)
        self.lines: list[Line] = []
        self._rows: dict[tuple[str, int], int] = {}
        self.keys: list[tuple[int, int, int]] = []
        """`Line.rank` of each."""
        self.memory = Memory()

    def put(self, reviewed: Reviewed) -> Line:
        """Take in a report; one that is there keeps what was decided about it."""
        row = self._rows.get(reviewed.key)
        if row is not None:
            self.lines[row].renew(reviewed)
            self._twin(row)
            self._told(row)
            return self.lines[row]
        line = Line(reviewed)
        self.memory.meet(line)
        self._append(line)
        self._twin(len(self.lines) - 1)
        return line

    def bring_back(self, lines: Iterable[Line]) -> None:
        """The adding of these was taken back: they are to be added as they were decided."""
        here, missed = {line.reviewed.key: line for line in self.lines}, list[Line]()
        for line in lines:
            self.memory.take_back(line)
            if line.reviewed.key not in here:
                missed.append(line)
            line.written = here.setdefault(line.reviewed.key, line).written = False
        self._append(*missed)
        self._ranked()
        self.tell_all()

    def mark_written(self, lines: Iterable[Line]) -> None:
        """The adding of these was done once more."""
        loaded = {line.reviewed.key: line.reviewed.sha256 for line in lines}
        for line in self.lines:
            line.written = line.written or loaded.get(line.reviewed.key) == line.reviewed.sha256
        self._ranked()
        self.tell_all()

    def _append(self, *lines: Line) -> None:
        if lines:
            self.beginInsertRows(_NOWHERE, len(self.lines), len(self.lines) + len(lines) - 1)
            self._rows |= {line.reviewed.key: row for row, line in enumerate(lines, len(self.lines))}
            self.lines += lines
            self.keys += [line.rank for line in lines]
            self.endInsertRows()

    def answers(self) -> Answers:
        """What the user said of single reports, to be kept when they are checked again."""
        return self.memory.answers(self.lines)

    def decide(self, lines: Iterable[Line], change: Callable[[Line], None] = lambda _: None) -> None:
        """Change lines, and what follows for those behind them; without `change` they were changed before."""
        changed = list(lines)
        for line in changed:
            change(line)
        rows = {row for row, line in enumerate(self.lines) if any(line is one for one in changed)}
        self._tell(rows | self._settle())

    def remove(self, gone: Callable[[Line], bool]) -> None:
        """Take lines away."""
        self.beginResetModel()
        self.memory.put_away(line for line in self.lines if line.written and gone(line))
        self.lines = [line for line in self.lines if not gone(line)]
        self._rows = {line.reviewed.key: row for row, line in enumerate(self.lines)}
        self.keys = [line.rank for line in self.lines]
        self._settle()
        self.endResetModel()

    def rank(self) -> None:
        """Hold all against one another, and note where each line is sorted from now on."""
        self._tell(self._ranked())

    def _ranked(self) -> set[int]:
        rows = self._settle()
        for row, line in enumerate(self.lines):
            line.settle()
            if line.rank != self.keys[row]:
                rows.add(row)
        self.keys = [line.rank for line in self.lines]
        return rows

    def tell_all(self) -> None:
        """Every cell may have changed."""
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(Part) - 1))

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Sources can be chosen in their cell."""
        found = super().flags(index)
        if index.isValid() and index.column() == Part.SOURCE and can_choose(self.lines[index.row()]):
            return found | Qt.ItemFlag.ItemIsEditable
        return found

    def data(  # noqa: PLR0911 - one for each role
        self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The cell's words, icon and what is said of it."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line, part = self.lines[index.row()], Part(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell_words(line, part)
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(line, part)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_line(line) if part is Part.FATE else f"{_HEADINGS[part]}, {cell_words(line, part)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if part is Part.ROWS else _LEFT
            case _ if role == ICON_ROLE:
                return _icon(line, part)
            case _ if role == NEW_ROLE:
                return line.is_new and part is Part.FATE
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(Part):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return tr(_HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == Part.ROWS else _LEFT
        return None

    def rivals(self, line: Line) -> list[Line]:
        """The lines that may be written and have other numbers for the same months."""
        others = [one for one in self.lines if one is not line and one.fate in _STANDING]
        against = set(rivals(line.reviewed, (one.reviewed for one in others)))
        return [one for one in others if one.reviewed.key in against]

    def _twin(self, row: int) -> None:
        """Hold a line that came last against those before it that may be written."""
        line = self.lines[row]
        if line.reviewed.load is None:
            return
        alike = [
            one.reviewed
            for one in self.lines[:row]
            if kind_of(one.reviewed) == kind_of(line.reviewed) and one.fate in _STANDING
        ]
        if alike or line.reviewed.twin is not None:
            line.reviewed = with_twin(line.reviewed, alike)

    def _settle(self) -> set[int]:
        """Hold all lines against one another; the rows of those that are another's now."""
        rows: set[int] = set()

        def stands(row: int, reviewed: Reviewed) -> bool:
            line = self.lines[row]
            if line.reviewed.twin != reviewed.twin:
                line.reviewed = reviewed
                rows.add(row)
            return line.fate in _STANDING

        settled([line.reviewed for line in self.lines], stands)
        return rows

    def _tell(self, rows: set[int]) -> None:
        """These lines changed: telling sorts them anew, which takes its time with many."""
        if len(rows) > _SINGLE:
            self.tell_all()
            return
        for row in sorted(rows):
            self._told(row)

    def _told(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Part) - 1))


def can_choose(line: Line) -> bool:
    """Whether a source can be chosen for it."""
    return line.reviewed.load is not None and not line.written and not line.looking


def cell_words(line: Line, part: Part) -> str:  # noqa: PLR0911 - one for each column
    """The text of a cell."""
    match part:
        case Part.FATE:
            return fate_words(line)
        case Part.REPORT:
            return report_words(line.reviewed)
        case Part.SOURCE:
            return source_words(line)
        case Part.MONTHS:
            return months_words(line.reviewed.months)
        case Part.ROWS:
            return number(line.reviewed.rows) if line.reviewed.is_report else ""
        case Part.FINDINGS:
            return findings_words(line) if _is_judged(line) else ""
        case Part.FILE:
            return file_words(line.reviewed)


def _is_judged(line: Line) -> bool:
    return line.reviewed.is_report or (line.reviewed.is_missed and not line.reviewed.candidates)


def counted(lines: Sequence[Line], fates: Iterable[Fate]) -> int:
    """How many lines have one of `fates`."""
    wanted = frozenset(fates)
    return sum(line.fate in wanted for line in lines)


def _tip(line: Line, part: Part) -> str:
    match part:
        case Part.REPORT:
            return report_tip(line.reviewed)
        case Part.SOURCE if source_words(line):
            return f"{line.reviewed.proposal.name} — {proposal_words(line.reviewed.proposal)}"
        case Part.FILE:
            return f"{line.reviewed.file} › {line.reviewed.sheet}" if line.reviewed.sheet else line.reviewed.file
        case _:
            return cell_words(line, part)


def _icon(line: Line, part: Part) -> tuple[str, str] | None:
    if part is Part.FATE:
        return ("loader-2", "muted") if line.looking else (line.fate.icon, line.fate.role)
    if part is Part.FINDINGS and _is_judged(line):
        level = findings_level(line)
        return level.icon, str(level.role)
    if part is Part.SOURCE and line.todo is Todo.SOURCE:
        return "", "check"
    return None
