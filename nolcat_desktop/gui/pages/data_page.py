"""Look at data: a table over the library, totals per metric beside it, and a chart of months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar

import polars as pl
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QAction

from nolcat_desktop.analysis.looking import Answer, Holding, Question
from nolcat_desktop.analysis.table_query import Sorting
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice as Offer
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.pages.data_about import about_table
from nolcat_desktop.gui.pages.data_columns import FIXED
from nolcat_desktop.gui.pages.data_explaining import Explaining
from nolcat_desktop.gui.pages.data_export import Export
from nolcat_desktop.gui.pages.data_looker import Loaded, Looker
from nolcat_desktop.gui.pages.data_memory import DataMemory, known_months, since_gap
from nolcat_desktop.gui.pages.data_parts import DataParts
from nolcat_desktop.gui.pages.data_question import Asked, choice_for, usual_months
from nolcat_desktop.gui.pages.data_subject import held
from nolcat_desktop.gui.pages.data_summing import Sums
from nolcat_desktop.gui.pages.data_turning import staying, turning_words
from nolcat_desktop.gui.pages.data_views import View, Views, asked_by, view_of
from nolcat_desktop.gui.pages.data_widening import Widening
from nolcat_desktop.gui.pages.data_wish import Wish
from nolcat_desktop.gui.pages.data_words import lacking_words, read_filters, too_low_by_month
from nolcat_desktop.problem import Problem


class DataPage(DataParts):
    """Asks `Looker`, shows what comes back."""

    name = "data"
    icon_name = "table"
    supports: ClassVar[frozenset[str]] = frozenset(
        {"find", "find_next", "find_previous", "copy", "copy_headings", "select_all", "export", "where_from"}
    )

    def build(self) -> Iterator[None]:
        """Make the panes; nothing is read before the place is shown."""
        yield from super().build()
        yield
        context = self.context
        self._memory = DataMemory(context.remembered)
        self._sorting: Sorting | None = None
        self._answer: Answer | None = None
        self._is_stale = True
        self._apart: tuple[str, ...] = ()
        self._takes_up = True
        """Whether what is remembered is shown next, whatever is shown now."""
        self._card: MessageCard | None = None
        self.looker = Looker(context.runner, context.today, self)
        self.table.set_widths(self._memory.widths())
        self.export = Export(self.table, context.runner, context.remembered, self)
        self._export_action = QAction(self.tr("Export…"), self)
        self._export_action.setProperty("icon_name", "download")
        self._export_action.triggered.connect(self.export.export)
        self.export.about, self.export.months = self._about, self._months
        self.export.lacking = lambda: lacking_words(self.looker.holding, self._answer)
        self.views, self.explaining, self.widening = Views(context.remembered, self), Explaining(self), Widening(self)
        self.choosers.months_popup.set_today(context.clock().date())
        self.set_ordinary([self.views.action, self._export_action])
        self._connect()
        self._show_state()

    @classmethod
    def title(cls) -> str:
        """The place's word."""
        return QCoreApplication.translate("data", "Look at data")

    def shown(self) -> None:
        """Read when something changed since."""
        if self._is_stale:
            self._load()

    def receive(self, payload: object) -> None:
        """Show what was added last, or what another place asks for."""
        if payload == "added" or isinstance(payload, Wish):
            self.looker.just_added = payload == "added"
            self.looker.wish = payload if isinstance(payload, Wish) else None
            self._load()

    def can(self, what: str) -> str:
        """Without rows there is nothing to find, copy or export."""
        if what in self.supports and self.table.usage.rowCount() == 0:
            return self.tr("There are no rows")
        if what in {"find_next", "find_previous"} and not self.find_line.edit.text().strip():
            return self.tr("Nothing to find was typed")
        return ""

    def do(self, what: str) -> None:
        """Find, copy, select, export."""
        match what:
            case "find":
                self.find_line.open()
            case "find_next" | "find_previous":
                self.find_line.go(backwards=what == "find_previous")
            case "copy" | "copy_headings":
                self.export.copy(headings=what == "copy_headings")
            case "select_all":
                self.table.selectAll()
            case "export":
                self.export.export()
            case "where_from":
                self.explaining.explain(self.looker.holding, self._answer)
            case _:
                super().do(what)

    def step_back(self) -> bool:
        """Close the find line, then clear the filters."""
        if self.find_line.isVisible():
            self.find_line.dismiss()
            return True
        if self.table.filters.typed():
            self.table.filters.clear()
            return True
        return False

    def _connect(self) -> None:
        looker = self.looker
        looker.loaded.connect(self._loaded)
        looker.answered.connect(self._answered)
        looker.failed.connect(self._failed)
        looker.working.connect(self.show_working)
        self.choosers.report_chosen.connect(self._load)
        self.names.switched.connect(self._load)
        self.choosers.changed.connect(self._ask)
        self.choosers.columns.chosen.connect(self._columns_chosen)
        self.table.filters.filters_changed.connect(self._ask)
        self.table.sorting_asked.connect(self._sort)
        self.table.copy_asked.connect(self.export.copy)
        self.table.hide_asked.connect(self._hide_column)
        self.table.filters.sectionResized.connect(lambda: self._memory.put_widths(self.table.widths()))
        for speaker in (self.export, self.views, self.explaining):
            speaker.said.connect(self.said)
        self.explaining.asked.connect(lambda: self.do("where_from"))
        self.widening.widened.connect(self._ask)
        self.views.asked.connect(self._keep_view)
        self.views.chosen.connect(self._open_view)
        self.sums = Sums(self, self.export, self._ask)
        self.sums.look_for.connect(self.look_for)
        self.sums.by_changed.connect(self._load)
        self.context.library_changed.connect(self._library_changed)
        self.context.theme.follow(self.restyle)

    def _library_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.shown()

    def _load(self, report_type: str = "") -> None:
        library = self.context.library
        if library is None:
            self.looker.stop()
            self._loaded(None)
            return
        self._is_stale = False
        self._takes_up |= self._memory.turn_to(library.layout.folder)
        self.looker.own_names = self.names.is_on()
        wanted, by = report_type or self._memory.report_type(), self.chart.by()
        self.looker.also = (by,) if by else ()
        self.looker.load(library, wanted, self._memory.read(), self.tr("Reading usage"))

    def _loaded(self, loaded: Loaded | None) -> None:
        self._answer = None
        if loaded is None:
            offer = Offer(self.tr("Add reports"), lambda: self.asked_for.emit("add", None))
            self.empty.say(self.tr("There is nothing to look at yet."), (offer,), primary=True)
            self._show_state()
            return
        holding, self._apart = loaded.holding, loaded.apart
        before = self._memory.asked()
        before = before if self._takes_up else replace(before, filters=self.table.filters.typed())
        self._takes_up, self._sorting = False, before.sorting
        self.names.offer(loaded.aliases)
        self.chart.sums.offer(holding.report_type, self.chart.sums.column())
        self.choosers.set_reports(loaded.report_types, held(holding).key)
        months, names = known_months(holding)
        before = loaded.wish.asked(before, months) if loaded.wish is not None else before
        usual = usual_months(months, since_gap(holding) if self.context.is_sample else None)
        choice = choice_for(before, months, usual, loaded.metrics)
        self.choosers.offer(months, names, loaded.metrics, choice, usual)
        QTimer.singleShot(0, self, lambda: self._show_columns(loaded, before))

    def _show_columns(self, loaded: Loaded, before: Asked) -> None:
        """The second third, so that the window can answer in between."""
        holding = loaded.holding
        if holding is not self.looker.holding:
            return
        everything, shown = self._memory.all_columns(holding.report_type), self._columns()
        self.choosers.columns.set_columns(everything, shown, FIXED)
        if self._sorting is not None and self._sorting.column not in shown:
            self._sorting = None
        columns = [column for column in everything if column.key in shown]
        self.table.show_frame(holding.frame, columns, None)
        self.table.filters.set_typed(staying(before, columns))
        said = turning_words(before, loaded, self.choosers, columns) if loaded.wish is None else ""
        QTimer.singleShot(0, self, lambda: self._show_panes(holding, said))

    def _show_panes(self, holding: Holding, said: str) -> None:
        """The last third."""
        if holding is not self.looker.holding:
            return
        self._show_state()
        self._ask()
        if said:
            self.say_while_so(Notice(said, Level.INFO, (Offer(self.tr("Clear all"), self.widening.widen),)))

    def _keep_view(self) -> None:
        if (holding := self.looker.holding) is not None:
            typed = self.table.filters.typed()
            self.views.ask(view_of(held(holding).key, self.choosers.choice, self._columns(), typed))

    def _open_view(self, view: View) -> None:
        asked, self._takes_up = asked_by(view), True
        self._memory.put_columns(view["columns"], asked.report_type)
        self._memory.put_asked(asked)
        self._load()

    def look_for(self, key: str, text: str, instead: str = "") -> None:
        """Have `text` typed over the column `key`, which is shown from then on, and nothing over `instead`."""
        holding = self.looker.holding
        if holding is not None:
            self._memory.look_for(key, text, instead, self._columns(), holding)
            self._takes_up = True
            self._load()

    def _columns_chosen(self, keys: list[str]) -> None:
        if (holding := self.looker.holding) is not None:
            self._memory.put_columns(keys, holding.report_type, holding.frame)
            self._load(held(holding).key)

    def _hide_column(self, key: str) -> None:
        if key not in FIXED:
            self._columns_chosen([one for one in self._columns() if one != key])

    def _columns(self) -> tuple[str, ...]:
        holding = self.looker.holding
        return () if holding is None else self._memory.shown(holding.report_type, holding.frame, self._apart)

    def _sort(self, sorting: Sorting | None) -> None:
        self._sorting = sorting
        self._ask()

    def _ask(self) -> None:
        holding, typed, choosers = self.looker.holding, self.table.filters.typed(), self.choosers
        if holding is not None:
            self._memory.put_asked(choosers.asked(held(holding).key, typed, self._sorting))
        conditions = read_filters(self.table.usage.columns, typed)
        self.looker.ask(Question(choosers.choice, conditions, self._sorting, self.chart.by()), self.tr("Looking"))

    def _answered(self, answer: Answer) -> None:
        self._answer = answer
        self.table.show_rows(answer.rows, answer.question.sorting)
        metrics = answer.question.choice.metrics or tuple(one.metric for one in answer.totals.rows)
        report = self.looker.holding.report_type if self.looker.holding is not None else ""
        self.table.let_give_way(self._memory.unasked(report, self._apart), metrics)
        self.totals.show_answer(answer, lacking_words(self.looker.holding, answer))
        self.chart.show_answer(answer, too_low_by_month(self.looker.holding, answer))
        self.find_line.forget()
        self._show_state()
        self.focus_late()
        self.can_changed.emit()

    def _about(self) -> pl.DataFrame | None:
        holding, answer = self.looker.holding, self._answer
        if holding is not None and answer is not None:
            return about_table(self, holding, answer, self.context.clock().date())
        return None

    def _months(self) -> list[date]:
        return [one.first for one in self._answer.series.months] if self._answer is not None else []

    def _failed(self, problem: Problem) -> None:
        again = Offer(self.tr("Try again"), self._load)
        if self._card is not None:
            self.stack.removeWidget(self._card)
            self._card.deleteLater()
        self._card = MessageCard(problem, (again,), parent=self)
        self.stack.addWidget(self._card)
        self.stack.setCurrentWidget(self._card)

    def _show_state(self) -> None:
        holding, answer = self.looker.holding, self._answer
        self.choosers.setVisible(holding is not None)
        self.stack.setCurrentWidget(self.empty if holding is None else self.panes_widget)
        self._export_action.setEnabled(answer is not None and answer.count > 0)
        self.tell(holding, answer, self._clear_all, self.look_for)

    def _clear_all(self) -> None:
        self.widening.clear_filters()
        self.choosers.show_all()
        self._ask()
