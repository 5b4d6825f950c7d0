"""The parts of Look at data and where they are: choosers, table with its find line, totals, chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from nolcat_desktop.analysis.looking import Answer, Holding
from nolcat_desktop.gui.notice import Choice, Notice
from nolcat_desktop.gui.pages.data_choosers import Choosers
from nolcat_desktop.gui.pages.data_columns import TITLE
from nolcat_desktop.gui.pages.data_find import FindLine
from nolcat_desktop.gui.pages.data_limits import VIEW, Limit, LimitsLine, limits_of
from nolcat_desktop.gui.pages.data_names import NamesSwitch
from nolcat_desktop.gui.pages.data_panes import Panes, Shape
from nolcat_desktop.gui.pages.data_row_line import RowLine
from nolcat_desktop.gui.pages.data_side import ChartPane
from nolcat_desktop.gui.pages.data_states import Over, Sentence, clearing, dim, numbers_meant, working_bar
from nolcat_desktop.gui.pages.data_subject import held, only_words
from nolcat_desktop.gui.pages.data_table import UsageTable
from nolcat_desktop.gui.pages.data_totals import TotalsPane
from nolcat_desktop.gui.pages.data_words import filter_faults, nothing_words, summary_words
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.scale import LayoutClass


class DataParts(Place):
    """Nothing is decided here."""

    def build(self) -> Iterator[None]:
        """Make the parts, with nothing in them."""
        self.choosers, self.names = Choosers(self), NamesSwitch(self.context.remembered, self)
        self.choosers.months_popup.follow(self.context.remembered)
        yield
        self.table = UsageTable(self)
        self.row_line = RowLine(self.table, self)
        self.find_line = FindLine(self.table, self.context.runner, self)
        yield
        self.totals, self.chart = TotalsPane(self), ChartPane(self)
        yield
        self.nothing, self.limits_line = Sentence(), LimitsLine(self)
        self._said_so: Notice | None = None
        self._is_fresh = False
        """Whether it was said since the last answer."""
        self.over = Over(self.table, self.nothing)
        yield
        self._make_layout()

    def layout_class_changed(self, layout: LayoutClass) -> None:
        """Lay the panes out anew."""
        super().layout_class_changed(layout)
        self.panes_widget.set_layout_class(layout)
        self.choosers.set_tight(layout is LayoutClass.TIGHT)

    def set_summary(self, text: str, *shorter: str) -> None:
        """Say besides that names are not those that were delivered."""
        more = f" · {self.tr('our names')}" if text and self.names.renames() else ""
        super().set_summary(f"{text}{more}", *(f"{one}{more}" for one in shorter))

    def panes(self) -> tuple[QWidget, ...]:
        """Table, totals, chart or its table."""
        if self.stack.currentWidget() is not self.panes_widget:
            return tuple(self.empty.buttons)
        if self.panes_widget.shape is Shape.TABS:
            return (
                self.panes_widget.tabs,
                (self.table, self.totals.table, self.chart.stack.currentWidget())[
                    max(self.panes_widget.tabs.currentIndex(), 0)
                ],
            )
        return (self.table, self.totals.table, self.chart.stack.currentWidget())

    def show_working(self, working: bool) -> None:
        """Grey what is shown while something newer is looked for."""
        self._bar.setRange(0, 0 if working else 1)
        self._bar.setVisible(working)
        dim((self.table, self.totals.table, self.chart.table, self.chart.chart), working)

    def tell(
        self,
        holding: Holding | None,
        answer: Answer | None,
        clear_all: Callable[[], None],
        look_for: Callable[[str, str, str], None],
    ) -> None:
        """Say what is asked, how much there is of it, and why there is nothing.

        Args:
            holding: What is held.
            answer: What is shown of it; None: nothing yet.
            clear_all: Takes away whatever narrows it.
            look_for: Types a text over a column instead of another.
        """
        if holding is None or answer is None:
            self.over.show(visible=False)
            self.limits_line.show_limits(())
            self.set_summary("")
            return
        columns, typed = self.table.usage.columns, self.table.filters.typed()
        report, every = held(holding).words, holding.frame.height
        self.set_summary(*summary_words(report, self.choosers, answer.count, every, columns, typed))
        view = [Limit(VIEW, f"{holding.report_type}: {one}") for one in only_words(holding) if holding.worked_out]
        self.limits_line.show_limits((*view, *limits_of(self.choosers, columns, typed)))
        if answer.count == 0:
            offers = [
                Choice(self.tr("Look in {column}").format(column=heading), partial(look_for, key, text, TITLE))
                for key, heading, text in numbers_meant(typed, holding.report_type)
            ]
            offers += clearing(columns, typed, self.table.filters.type_in, clear_all)
            self.nothing.say(nothing_words(self.choosers, columns, typed), offers)
        self.over.show(visible=answer.count == 0)
        faults = filter_faults(columns, typed)
        if faults or not self._is_fresh:
            self.say_while_so(Notice(faults[0]) if faults else None)
        self._is_fresh = False

    def say_while_so(self, notice: Notice | None) -> None:
        """Say `notice` until something else is asked; None: what was said no longer holds."""
        before, self._said_so, self._is_fresh = self._said_so, notice, True
        if before is not None and before != notice:
            self.unsaid.emit(before)
        if notice is not None and notice != before:
            self.said.emit(notice)

    def restyle(self) -> None:
        """Sizes and colours of the moment."""
        parts = (
            self.choosers,
            self.table,
            self.totals,
            self.chart,
            self.find_line,
            self.panes_widget,
            self.limits_line,
        )
        for part in parts:
            part.restyle()

    def _make_layout(self) -> None:
        self._bar = working_bar(self)
        table_pane = QWidget(self)
        column = QVBoxLayout(table_pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.find_line)
        column.addWidget(self.table, 1)
        column.addWidget(self.row_line)
        self.panes_widget = Panes(table_pane, self.totals, self.chart, self.context.remembered, self)
        self.empty = Sentence(self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.panes_widget)
        self.stack.addWidget(self.empty)
        self.body.setSpacing(4)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.choosers, 1)
        bar.addWidget(self.names)
        self.body.addLayout(bar)
        self.body.addWidget(self._bar)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.limits_line)
