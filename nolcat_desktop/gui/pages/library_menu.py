"""What can be done about a cell or a source of the coverage grid: two buttons, a menu; and adding what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from nolcat_desktop.analysis.coverage_gaps import Gap
from nolcat_desktop.analysis.coverage_grid import CellState
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.coverage_model import MONTHS, SOURCE
from nolcat_desktop.gui.pages.coverage_view import CoverageView
from nolcat_desktop.gui.pages.data_months import all_months
from nolcat_desktop.gui.pages.data_wish import Wish
from nolcat_desktop.gui.pages.gap_words import gap_words
from nolcat_desktop.gui.pages.library_cells import cell_of
from nolcat_desktop.gui.pages.library_deciding import Deciding
from nolcat_desktop.gui.place import Place

_NAMED = 3
"""Gaps that the title of a dialog names."""


class CellMenu(QObject):
    """For the Library place."""

    files_chosen = Signal(object)
    """Paths of reports that shall be checked."""
    said = Signal(object)
    """A `Notice`."""

    def __init__(self, place: Place, view: CoverageView, deciding: Deciding) -> None:
        """Offer what `place` can do with the current cell of `view`."""
        super().__init__(place)
        self._place, self._view, self._deciding = place, view, deciding
        self.chooser = Chooser(place.context.remembered, place)
        self.menu = QMenu(place)
        self.menu.setAccessibleName(self.tr("What can be done here"))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._popup)

    def add_missing(self) -> None:
        """Ask for files; the dialog says which months are looked for."""
        self._ask(self._deciding.wanted_words())

    def add_gaps(self, chosen: Sequence[Gap]) -> None:
        """Ask for files that fill `chosen`; the dialog names them, and so does the line at the bottom afterwards."""
        if chosen:
            self._ask("; ".join(gap_words(gap) for gap in chosen[:_NAMED]) + ("; …" if len(chosen) > _NAMED else ""))

    def _ask(self, wanted: str) -> None:
        """Ask for files with `wanted` in them, and have them checked."""
        title = self.tr("Looking for: {what}").format(what=wanted) if wanted else ""
        files: list[Path] = self.chooser.files(title)
        if files:
            self.files_chosen.emit(files)
            if wanted:
                self.said.emit(Notice(title, Level.INFO))

    def fill(self) -> QMenu:
        """Fill the menu anew, for the current cell."""
        self.menu.clear()
        index = self._view.currentIndex()
        named = index.isValid() and index.column() == SOURCE
        self._offer(self.tr("Details"), "details")
        self._offer(self.tr("Where this number comes from"), "where_from")
        self.menu.addAction(self.tr("Look at data")).triggered.connect(lambda *_: self._look())
        self.menu.addSeparator()
        add = self.menu.addAction(self._deciding.add_words())
        add.triggered.connect(lambda *_: self.add_missing())
        self._offer(self._deciding.none_words(), "no_report")
        self._offer(self.tr("Remove months…"), "remove_months")
        if self._deciding.is_answered():
            back = self.menu.addAction(self.tr("A report exists after all"))
            back.triggered.connect(lambda *_: self._deciding.withdraw())
        self.menu.addSeparator()
        if index.isValid() and not index.internalId():
            rename = self.menu.addAction(self.tr("Rename the source…"))
            rename.triggered.connect(lambda *_: self._view.edit(index.siblingAtColumn(SOURCE)))
        if not named:
            self._offer(self.tr("Copy"), "copy")
        return self.menu

    def choices(self, state: CellState | None, *, details: bool) -> tuple[Choice, ...]:
        """At most two things to do about a cell; `details`: whether they can be opened."""
        if CellState.MISSING in self._deciding.states() and self._view.currentIndex().column() >= MONTHS:
            return self._deciding.of_gaps(self.add_missing)
        if state == CellState.ANSWERED:
            return (Choice(self.tr("A report exists after all"), self._deciding.withdraw),)
        if state is None or state == CellState.EMPTY:
            return ()
        look = Choice(self.tr("Look at data"), self._look)
        return (Choice(self.tr("Details"), lambda: self._place.do("details")), look) if details else (look,)

    def _look(self) -> None:
        """At what is marked, or at the current cell: its source, reports and months are the question."""
        cell, marked = cell_of(self._view.coverage, self._view.currentIndex())[0], self._deciding.several()
        days = all_months(marked.first, marked.last) if marked is not None else []
        months = tuple(f"{day:%Y-%m}" for day in days) or cell.months
        self._place.asked_for.emit("data", Wish(cell.report_types, (cell.source_id,), months))

    def _popup(self, at: QPoint) -> None:
        view = self._view
        index = view.currentIndex()
        if index.isValid():
            by_pointer = view.indexAt(at).isValid()
            at = at if by_pointer else view.visualRect(index).bottomLeft()
            self.fill().popup(view.viewport().mapToGlobal(at))

    def _offer(self, words: str, what: str) -> None:
        action = self.menu.addAction(words)
        why_not = self._place.can(what)
        action.setEnabled(not why_not)
        action.setToolTip(why_not)
        action.triggered.connect(_doing(self._place, what))


def _doing(place: Place, what: str) -> Callable[..., None]:
    def do(*_checked: object) -> None:
        place.do(what)

    return do
