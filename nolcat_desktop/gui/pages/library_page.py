"""Library: what is there and what is missing, sources down and months across."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QGuiApplication

from nolcat_desktop.analysis.coverage_gaps import Gap, narrowed
from nolcat_desktop.analysis.coverage_grid import YEAR, Grid
from nolcat_desktop.gui.missing_words import counted_words, missing_words, work_words
from nolcat_desktop.gui.notice import Choice, Notice
from nolcat_desktop.gui.pages.coverage_span import Span
from nolcat_desktop.gui.pages.coverage_view import Key
from nolcat_desktop.gui.pages.coverage_words import summary_words
from nolcat_desktop.gui.pages.library_cells import (
    cell_of,
    come_back,
    copied_lines,
    copied_words,
    first_look,
    gap_from,
    has_gaps,
    library_names,
    marks_in,
    nothing_words,
    sign_of,
    today_words,
    waiting_words,
)
from nolcat_desktop.gui.pages.library_deciding import Deciding
from nolcat_desktop.gui.pages.library_explaining import CellExplaining
from nolcat_desktop.gui.pages.library_menu import CellMenu
from nolcat_desktop.gui.pages.library_month import GoToMonth
from nolcat_desktop.gui.pages.library_parts import EMPTY_GRID, LibraryParts
from nolcat_desktop.gui.pages.library_reader import LibraryReader, Snapshot

_MONTHS = "library in months"


class LibraryPage(LibraryParts):
    """Reads the library in a thread, shows the grid; keeps the current cell when it reads again."""

    name = "library"
    icon_name = "layout-grid"
    supports: ClassVar[frozenset[str]] = frozenset(
        {"find", "copy", "details", "months_years", "next_gap", "previous_gap", "no_report", "remove_months"}
        | {"go_to_month", "where_from"}
    )

    def build(self) -> Iterator[None]:
        """Make the parts; the library is read when there is one."""
        yield from super().build()
        context = self.context
        self._snapshot: Snapshot | None = None
        self._key: Key | None = None
        self._years: Span | None = None
        self.reader = LibraryReader(context, self)
        self.deciding = Deciding(context, self.view, self.reader.undo, self)
        self.month, self.menu = GoToMonth(self.view), CellMenu(self, self.view, self.deciding)
        self.explaining = CellExplaining(context, self.panel, lambda: self.show_panel(True), self)
        self.add_action = QAction(self.tr("Add reports"), self)
        self.add_action.setProperty("icon_name", "file-plus")
        self.gaps_action = QAction(self.tr("Work through gaps"), self)
        self.gaps_action.setProperty("icon_name", "list-check")
        self.set_primary(self.add_action)
        self.view.set_months(context.remembered.get(_MONTHS, True))
        self._connect()
        self._show_numbers()
        self.reader.read()

    @classmethod
    def title(cls) -> str:
        """The place's word."""
        return QCoreApplication.translate("library", "Library")

    def can(self, what: str) -> str:
        """Without a cell there is nothing to copy; without a gap none to go to."""
        if not self.view.currentIndex().isValid():
            return self.tr("Nothing is shown")
        if what in {"next_gap", "previous_gap"} and not has_gaps(self.view.coverage.grid):
            return self.tr("No month is missing")
        return self.deciding.why_not(what) if what in {"no_report", "remove_months"} else ""

    def do(self, what: str) -> None:
        """Find, copy, details, months or years, next and previous gap, what is decided about months."""
        match what:
            case "find":
                self.bar.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.bar.finder.selectAll()
            case "copy":
                self.copy()
            case "details":
                self.show_panel(self.panel.isHidden())
            case "months_years":
                self.view.set_months(not self.view.span.months)
            case "next_gap" | "previous_gap":
                self.go_to_gap(1 if what == "next_gap" else -1)
            case "go_to_month":
                self.month.ask()
            case "where_from":
                self.explaining.explain()
            case "no_report":
                self.deciding.no_report()
            case "remove_months":
                self.deciding.remove_months()
            case _:
                super().do(what)

    def step_back(self) -> bool:
        """Close the list of gaps, then the panel, then clear what narrows the grid."""
        if self.stack.currentWidget() is self.gaps:
            self.show_grid()
        elif not self.panel.isHidden():
            self.show_panel(False)
        elif self.bar.is_narrowed():
            self.bar.clear()
            self.view.setFocus()
        else:
            return False
        return True

    def show_panel(self, shown: bool) -> None:
        """Open or close the panel; the focus goes back to where it came from."""
        self._years = self.view.span if shown and self.panel.isHidden() else self._years
        self.panel.setVisible(shown)
        if shown:
            self.show_grid()
            self.share()
            self._show_cell()
        self.make_room()
        if shown and self.view.isHidden():
            self.panel.loads.setFocus()
        elif not shown:
            self.view.setFocus()
            self._show_cell()
        self.view.lay_out()
        if not shown:
            come_back(self.view, self._years)

    def show_grid(self) -> None:
        """Go back from the list of gaps."""
        self._show_state()
        self.view.setFocus()

    def work_through_gaps(self) -> None:
        """Show the list of gaps."""
        if self._snapshot is not None:
            self.gaps.show_gaps(self._snapshot.gaps, self._snapshot.lacks)
            self.stack.setCurrentWidget(self.gaps)
            self.bar.hide()
            self.foot.hide()
            self.gaps.table.setFocus()

    def go_to_gap(self, by: int) -> None:
        """The next gap, row by row; after the last the first."""
        found = gap_from(self.view.coverage.grid, self.view.key(), by)
        if found is not None:
            self.view.go_to(found)
            self.view.setFocus()

    def copy(self) -> None:
        """Put the marked cells on the clipboard, as words."""
        lines = copied_lines(self.view)
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.said.emit(Notice(copied_words(len(lines))))

    def _connect(self) -> None:
        self.add_action.triggered.connect(self._add)
        self.gaps_action.triggered.connect(self.work_through_gaps)
        self.bar.narrowed.connect(self._narrow)
        self.bar.months_chosen.connect(self.view.set_months)
        self.bar.first_year_chosen.connect(self.view.set_first_year)
        self.view.span_changed.connect(self._show_span)
        self.deciding.marked.connect(self._show_cell)
        self.view.opened.connect(self._opened)
        self.view.coverage.rename_asked.connect(self._rename)
        self.menu.files_chosen.connect(lambda files: self.asked_for.emit("add", files))
        self.panel.closed.connect(lambda: self.show_panel(False))
        self.gaps.back.connect(self.show_grid)
        self.gaps.add_asked.connect(self.menu.add_gaps)
        self.gaps.said.connect(self.said)
        self.gaps.answer_asked.connect(self.deciding.answer_gaps)
        self.gaps.shown_in_grid.connect(self._show_gap)
        self.reader.found.connect(self._take)
        self.reader.failed.connect(lambda problem: self.show_card(problem, self.reader.read))
        for signal in (self.context.runner.started, self.context.runner.ended):
            signal.connect(self._wait)
        for speaker in (self.reader, self.deciding, self.explaining, self.menu):
            speaker.said.connect(self.said)
        self.context.library_changed.connect(self.reader.read)
        self.context.theme.follow(self.restyle)

    def _take(self, found: Snapshot | None, same: bool) -> None:
        before, self._snapshot = self._snapshot, found
        self.drop_card()
        self._show_numbers()
        if not same:
            self.stack.setCurrentWidget(self.splitter)
        if found is None:
            self.view.fresh = {}
            self._show_grid(EMPTY_GRID)
            return
        known = before.grid if same and before is not None else None
        kept = self.view.fresh if before is not None and found.newest == before.newest else {}
        self.view.fresh = {} if known is None else found.fresh or kept
        if known is None or not known.sources:  # the current cell is of another library, or there was none
            self._key = first_look(self.context, found.grid)
            self.view.selectionModel().clearCurrentIndex()
        self.bar.set_reports(sorted({line.report_type for _, line in found.grid.lines()}))
        self._narrow()
        if self.stack.currentWidget() is self.gaps:
            self.gaps.show_gaps(found.gaps, found.lacks)

    def _narrow(self) -> None:
        if self._snapshot is not None:
            bar = self.bar
            shown = narrowed(self._snapshot.grid, bar.finder.text(), bar.report_type(), bar.only_gaps.isChecked())
            self._show_grid(shown)

    def _show_grid(self, grid: Grid) -> None:
        self._key = self.view.key() or self._key
        self.view.show_grid(grid, self._key)
        if self.stack.currentWidget() is not self.gaps:
            self._show_state()
        self._show_cell()
        self.can_changed.emit()

    def _show_state(self) -> None:
        """The grid, or why there is none."""
        snapshot, shown = self._snapshot, bool(self.view.coverage.grid.sources)
        empty = snapshot is not None and not snapshot.grid.sources
        if shown:
            self.stack.setCurrentWidget(self.splitter)
        elif self.card is not None:
            self.stack.setCurrentWidget(self.card)
        elif snapshot is None:
            self.nothing.say(waiting_words(self.context.runner), ())
            self.stack.setCurrentWidget(self.nothing)
        else:
            offer = Choice(self.tr("Add reports"), self._add) if empty else Choice(self.tr("Clear"), self.bar.clear)
            self.nothing.say(nothing_words(self.bar, empty=empty), (offer,))
            self.stack.setCurrentWidget(self.nothing)
        self.bar.setVisible(snapshot is not None and not empty)
        self.foot.setVisible(shown)

    def _show_numbers(self) -> None:
        shown = self._snapshot or Snapshot(EMPTY_GRID, (), {})
        grid, lacks = shown.grid, shown.lacks
        told = "; ".join(missing_words(lacks))
        self.set_summary(*summary_words(grid, lacks))
        self.set_badge(lacks.months, told)
        self.gaps_action.setText(work_words(lacks))
        self.gaps_action.setToolTip(f"{told}.\n{counted_words()}")
        self.set_ordinary([self.gaps_action] if told else [])

    def _show_span(self) -> None:
        grid, span = self.view.coverage.grid, self.view.span
        self.bar.set_span(grid, span)
        self.context.remembered.put(_MONTHS, span.months)
        begin, end = span.first * YEAR, (span.first + span.years) * YEAR
        self.legend.show_states(grid.occurring(begin, end), marks_in(self.view, begin, end))

    def _show_cell(self) -> None:
        index, model = self.view.currentIndex(), self.view.coverage
        if not index.isValid() or self._snapshot is None:
            return
        cell, state = cell_of(model, index, self.view.fresh)
        day = today_words(self.context, model.grid, model.month_at(index.column()), state)
        what = f"{cell.what} {day}".strip()
        who, what = self.deciding.told(cell.who, what)
        self.line.say(
            who, what, sign_of(model, index) or state, self.menu.choices(state, details=self.panel.isHidden())
        )
        if not self.panel.isHidden():
            today = self.context.clock().date()
            self.panel.show_cell(cell, self._snapshot.loads, self._snapshot.added, today, self._snapshot.corrected)

    def _opened(self) -> None:
        if self.view.coverage.year_at(self.view.currentIndex().column()) is not None:
            self.view.set_months(True)
        else:
            self.show_panel(True)

    def _show_gap(self, gap: Gap) -> None:
        self.bar.clear()
        self.show_grid()
        self.view.go_to((gap.source_id, gap.report_type, gap.first))

    def _add(self) -> None:
        self.asked_for.emit("add", None)

    def _rename(self, source_id: int, name: str) -> None:
        self.reader.rename(source_id, library_names(self.view.coverage.grid).get(source_id, ""), name)

    def _wait(self) -> None:
        if self._snapshot is None:
            self._show_state()
