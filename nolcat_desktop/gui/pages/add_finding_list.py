"""Findings of one report, grouped by the word of their level: the list, its tree, and what is said of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from nolcat_desktop.counter.levels import Level as Weight
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.icons import icon
from nolcat_desktop.gui.notice import Level
from nolcat_desktop.gui.pages.add_asking_words import Asked, asked_words
from nolcat_desktop.gui.pages.add_damage_words import advice
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_model import AnyIndex
from nolcat_desktop.gui.pages.add_words import level_of, month_names, tr, twin_name
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import tabular
from nolcat_desktop.gui.theme import role, row_height
from nolcat_desktop.gui.words import for_window, level_word
from nolcat_desktop.workflow.review_plan import Todo

_SHOWN = 200
"""Damaged cells that can be gone through."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of finding."""

    level: Level
    title: str
    count: int
    positions: tuple[str, ...]
    values: tuple[str, ...]
    meaning: str
    hint: str
    details: str


def findings_of(line: Line) -> list[Finding]:
    """What stops the report first, then its findings, the worst first."""
    asked = asked_words(line)
    found = [_asked(asked)] if asked is not None else list(_blocking(line))
    found += [_same(line)] if line.fate is Fate.SAME else []
    if line.todo is Todo.REPORT or (found and not line.reviewed.is_report):
        return found
    for row in line.reviewed.groups.iter_rows(named=True):
        weight = Weight(row["level"])
        section = tr("Code of Practice, {section}").format(section=row["section"]) if row["section"] else ""
        details = " · ".join(part for part in (weight.label, row["rule"], section) if part)
        positions, values = tuple(row["positions"] or ()), tuple(row["values"] or ())
        told = (row["meaning"] or "", row["hint"] or "", details)
        found.append(Finding(level_of(weight), row["message"], row["count"], positions, values, *told))
    return found


def _blocking(line: Line) -> Sequence[Finding]:
    reviewed = line.reviewed
    if reviewed.damaged and not line.without_damaged:
        cells = reviewed.damaged
        title = tr("1 count cannot be read") if len(cells) == 1 else tr("{n} counts cannot be read")
        meaning = tr("Nothing of this report is added. Without these cells their months would be too low.")
        hint = advice(cell.value for cell in cells[:_SHOWN])
        return [
            Finding(
                Level.STOP,
                title.format(n=number(len(cells))),
                len(cells),
                tuple(cell.position for cell in cells[:_SHOWN]),
                tuple(cell.value for cell in cells[:_SHOWN]),
                meaning,
                hint,
                "",
            )
        ]
    problem = reviewed.problem or (reviewed.standing.problem if line.blocking else None)
    if problem is None or not (line.blocking or reviewed.asks_for_member or not reviewed.is_report):
        return []
    positions = (problem.position,) if problem.position else ()
    return [Finding(Level.STOP, problem.title, 1, positions, (), problem.meaning, for_window(problem).remedy, "")]


def _same(line: Line) -> Finding:
    twin, own = line.reviewed.twin, PurePath(line.reviewed.file.replace("!/", "/"))
    months = month_names(twin.months if twin is not None else ())
    meaning = tr("{months} are the same there; they are counted once, from that file.").format(months=months)
    hint = tr("Nothing to do. To take this file instead, leave the other one out.")
    other = PurePath(twin.file.replace("!/", "/")) if twin is not None else own
    where = "" if other.parent == own.parent else tr("It lies in {folder}.").format(folder=other.parent)
    title = tr("The same usage is in {file}").format(file=twin_name(line))
    return Finding(Level.INFO, title, 1, (), (), f"{meaning} {where}".strip(), hint, "")


def _asked(asked: Asked) -> Finding:
    return Finding(Level.STOP, asked.title, 1, asked.positions, asked.values, asked.meaning, asked.hint, "")


class _Flat(QStyledItemDelegate):
    """Fusion's own focus frame is a gradient; ours is the ring of all tables."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        plain = QStyleOptionViewItem(option)
        plain.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, plain, index)
        if index == self._view.currentIndex():
            width = 2 if self._view.hasFocus() else 1
            painter.setPen(QPen(role(Role.TEXT), width))
            inset = width - 1
            rect = option.rect
            painter.drawRect(rect.adjusted(inset, inset, -1 - inset, -1 - inset))


class FindingTree(QTreeView):
    """Groups by level word, with counts; Enter goes to the cell."""

    current_changed = Signal(object)
    """A `Finding`, or None."""
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing found yet."""
        super().__init__(parent)
        self.findings: list[Finding] = []
        self._items: list[QStandardItem] = []
        self._model = QStandardItemModel(0, 2, self)
        self.setModel(self._model)
        self.setAccessibleName(self.tr("Findings"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setHeaderHidden(True)
        self.setItemDelegate(_Flat(self))
        self.selectionModel().currentChanged.connect(lambda index, _: self._changed(index))
        self.restyle()

    def show_line(self, line: Line | None) -> None:
        """Show the findings of a report."""
        self.findings = findings_of(line) if line is not None else []
        self._model.removeRows(0, self._model.rowCount())
        self._items = []
        group: QStandardItem | None = None
        word = ""
        for finding in self.findings:
            if level_word(finding.level) != word or group is None:
                word = level_word(finding.level)
                total = sum(one.count for one in self.findings if level_word(one.level) == word)
                group = self._row(None, word, total, finding.level)
                group.setSelectable(False)
            self._items.append(self._row(group, finding.title, finding.count, None))
        self.expandAll()
        if self._items:
            self.setCurrentIndex(self._items[0].index())
        else:
            self.current_changed.emit(None)

    def current(self) -> int:
        """Number of the current finding; -1: none."""
        index = self.currentIndex().siblingAtColumn(0)
        return next((n for n, item in enumerate(self._items) if item.index() == index), -1)

    def step(self, by: int) -> bool:
        """Go to another finding; False: there is none in that direction."""
        wanted = self.current() + by
        if not 0 <= wanted < len(self._items):
            return False
        self.setCurrentIndex(self._items[wanted].index())
        return True

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.setIconSize(QSize(u(self, 16), u(self, 16)))
        self.setIndentation(u(self, 20))
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(u(self, 40))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            level = item.data(Qt.ItemDataRole.UserRole)
            if isinstance(level, Level):
                item.setIcon(icon(level.icon, level.role))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the cell."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def _row(self, group: QStandardItem | None, text: str, count: int, level: Level | None) -> QStandardItem:
        item, counted = QStandardItem(text), QStandardItem(number(count))
        item.setToolTip(text)
        item.setData(f"{text}, {number(count)}", Qt.ItemDataRole.AccessibleTextRole)
        size = QSize(0, row_height(self))
        item.setSizeHint(size)
        counted.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        counted.setFont(tabular(self.font()))
        counted.setData(tr("{n} times").format(n=number(count)), Qt.ItemDataRole.AccessibleTextRole)
        if level is not None:
            item.setIcon(icon(level.icon, level.role))
            item.setData(level, Qt.ItemDataRole.UserRole)
        (self._model.appendRow if group is None else group.appendRow)([item, counted])
        return item

    def _changed(self, index: QModelIndex) -> None:
        number_ = self.current() if index.isValid() else -1
        if number_ < 0 and index.isValid() and index.siblingAtColumn(0).model().hasChildren(index.siblingAtColumn(0)):
            return
        self.current_changed.emit(self.findings[number_] if number_ >= 0 else None)
