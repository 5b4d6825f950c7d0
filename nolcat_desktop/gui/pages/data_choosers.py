"""The bar of choosers over the table: which reports, months, sources and metrics, and which columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from nolcat_desktop.analysis.table_query import Choice, Sorting
from nolcat_desktop.gui.cell_text import months as months_words
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.check_list import CheckList, Entry
from nolcat_desktop.gui.columns_menu import ColumnsMenu
from nolcat_desktop.gui.elided_button import ElidedButton
from nolcat_desktop.gui.elided_combo import ElidedCombo
from nolcat_desktop.gui.pages.data_months import MonthsPopup
from nolcat_desktop.gui.pages.data_question import ALL_METRICS, Asked, Ends
from nolcat_desktop.gui.pages.data_subject import subject_of
from nolcat_desktop.gui.scale import u

_AROUND_REPORT = 40
"""Frame and arrow, in u."""
_ANY_WIDTH = 16_777_215
"""Qt's own largest."""


def _code(report: str) -> str:
    """`TR_J1` of `Journal Requests (TR_J1)`."""
    return report.rpartition("(")[2].rstrip(")")


class Choosers(QWidget):
    """What is looked at."""

    report_chosen = Signal(str)
    changed = Signal()
    """Months, sources or metrics were chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """With nothing to choose."""
        super().__init__(parent)
        self._is_tight = False
        self._choice = Choice()
        self.usual: Ends = (None, None)
        """The months that would be shown unasked."""
        self._names: Mapping[int, str] = {}
        self._metrics: tuple[str, ...] = ()
        self.report = ElidedCombo(self)
        self.report.setAccessibleName(self.tr("Reports"))
        self.report.shorter = _code
        self.report.view().setAccessibleName(self.tr("Reports"))
        self.report.be_wide_as_chosen()
        self.report.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.months = ElidedButton(self, whole=True)
        self.sources, self.metrics = ElidedButton(self), ElidedButton(self)
        self.months_popup = MonthsPopup(self.months)
        self.sources_list = CheckList(self.sources, self.tr("Sources"))
        self.metrics_list = CheckList(self.metrics, self.tr("Metrics"))
        for popup in (self.months_popup, self.sources_list, self.metrics_list):
            popup.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.columns = ColumnsMenu(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.report, self.months, self.sources, self.metrics):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.columns)
        self.report.currentIndexChanged.connect(self._narrow_report)
        self.report.activated.connect(lambda: self.report_chosen.emit(str(self.report.currentData())))
        self.months.clicked.connect(lambda: self.months_popup.drop_from(self.months))
        self.sources.clicked.connect(lambda: self.sources_list.drop_from(self.sources))
        self.metrics.clicked.connect(lambda: self.metrics_list.drop_from(self.metrics))
        self.months_popup.changed.connect(self._months_chosen)
        self.sources_list.changed.connect(self._sources_chosen)
        self.metrics_list.changed.connect(self._metrics_chosen)
        self.restyle()

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        return self._choice

    def set_reports(self, report_types: Sequence[str], chosen: str) -> None:
        """Offer `report_types`, keys of `data_subject.subjects`; one of them is chosen."""
        with QSignalBlocker(self.report):
            self.report.clear()
            for each in map(subject_of, report_types):
                if each.master and not subject_of(str(self.report.itemData(self.report.count() - 1))).master:
                    self.report.insertSeparator(self.report.count())
                self.report.addItem(each.words, each.key)
            self.report.setCurrentIndex(self.report.findData(chosen))
            self.report.setToolTip(subject_of(chosen).words)
        self._narrow_report()

    def offer(
        self,
        months: Sequence[date],
        names: Mapping[int, str],
        metrics: Sequence[str],
        choice: Choice,
        usual: Ends = (None, None),
    ) -> None:
        """Offer months, sources and metrics; `choice` is chosen, as far as it is there; unasked it were `usual`."""
        self._names, self._metrics, self.usual = dict(names), tuple(metrics), usual
        sources = tuple(one for one in choice.sources if one in names)
        sources = () if len(sources) == len(names) else sources
        wanted = tuple(one for one in choice.metrics if one in metrics)
        begin = choice.begin if choice.begin in months else (months[0] if months else None)
        end = choice.end if choice.end in months else (months[-1] if months else None)
        if begin is not None and end is not None:
            self.months_popup.set_months(months, min(begin, end), max(begin, end))
        self._choice = Choice(begin, end, sources, wanted)
        ordered = sorted(names.items(), key=lambda pair: pair[1].casefold())
        self.sources_list.fill(Entry(str(key), name, not sources or key in sources) for key, name in ordered)
        self.metrics_list.fill(Entry(metric, metric, not wanted or metric in wanted) for metric in metrics)
        self._tell()

    def asked(self, report_type: str, filters: Mapping[str, str], sorting: Sorting | None) -> Asked:
        """What is asked now, in a form that means something in another report and next month, too."""
        begin, end = self._choice.begin, self._choice.end
        own = (begin, end) if self.has_own_months() and begin is not None and end is not None else None
        whole = (begin, end) == self.ends() != self.usual
        metrics = self._choice.metrics or ALL_METRICS
        return Asked(report_type, own, whole, self._choice.sources, metrics, dict(filters), sorting)

    def sources_words(self) -> str:
        """`All sources`, the one, or how many."""
        chosen = self._choice.sources
        if not chosen:
            return self.tr("All sources")
        if len(chosen) == 1:
            return self._names[chosen[0]]
        return self.tr("{count} sources").format(count=number(len(chosen)))

    def names_of_sources(self) -> list[str]:
        """The sources that are chosen, by name; all of them when none is."""
        return sorted((self._names[one] for one in self._choice.sources or self._names), key=str.casefold)

    def has_source(self, source_id: int) -> bool:
        """Whether a source can be chosen."""
        return source_id in self._names

    def metrics_words(self) -> str:
        """`All metrics`, the one, or how many."""
        chosen = self._choice.metrics
        if not chosen:
            return self.tr("All metrics")
        return chosen[0] if len(chosen) == 1 else self.tr("{count} metrics").format(count=number(len(chosen)))

    def months_words(self) -> str:
        """`Jan 2023 – Dec 2024`."""
        begin, end = self._choice.begin, self._choice.end
        return self.tr("No months") if begin is None or end is None else months_words(begin, end)

    def is_whole(self) -> bool:
        """Whether every source and month there is are chosen."""
        return not self._choice.sources and self.ends() in {(None, None), (self._choice.begin, self._choice.end)}

    def has_own_months(self) -> bool:
        """Whether somebody chose the months: they are neither the usual ones nor all."""
        return (self._choice.begin, self._choice.end) not in {self.usual, self.ends(), (None, None)}

    def leaves_months_out(self) -> bool:
        """Whether there are others than those that are chosen, be they the usual ones."""
        return (self._choice.begin, self._choice.end) not in {self.ends(), (None, None)}

    def ends(self) -> Ends:
        """The first and the last month there is."""
        return self.months_popup.ends() or (None, None)

    def widen(self, months: bool = True, sources: bool = True) -> None:
        """Choose every month, every source, or both; the metrics stay."""
        begin, end = self.ends() if months else (self._choice.begin, self._choice.end)
        if months and begin is not None and end is not None:
            self.months_popup.choose(begin, end)
        if sources:
            self.sources_list.set_ticked([str(key) for key in self._names])
        self._become(Choice(begin, end, () if sources else self._choice.sources, self._choice.metrics))

    def show_all(self) -> None:
        """Choose every month, source and metric again, and tell."""
        begin, end = self.ends()
        if begin is not None and end is not None:
            self.months_popup.choose(begin, end)
        self._choice = Choice(begin, end)
        self.sources_list.set_ticked([str(key) for key in self._names])
        self.metrics_list.set_ticked(list(self._metrics))
        self._tell()
        self.changed.emit()

    def restyle(self) -> None:
        """Take icons and sizes of the theme."""
        self.columns.restyle()
        self._narrow_report()
        for button in (self.months, self.sources, self.metrics):
            button.restyle()

    def set_tight(self, tight: bool) -> None:
        """Where there is little room the button for columns is an icon; its tooltip and name have the word."""
        self.columns.setText("" if tight else self.tr("Columns"))
        self._is_tight = tight
        self._narrow_report()
        self.columns.restyle()

    def _narrow_report(self) -> None:
        """Where it is tight its code stands for the report, which the summary names: metrics need the room."""
        code = self.report.fontMetrics().horizontalAdvance(str(self.report.currentData() or ""))
        least = code + u(self, _AROUND_REPORT)
        self.report.setMinimumWidth(least)
        self.report.setMaximumWidth(least if self._is_tight else _ANY_WIDTH)

    def _months_chosen(self, begin: date, end: date) -> None:
        self._become(Choice(begin, end, self._choice.sources, self._choice.metrics))

    def _sources_chosen(self, keys: list[str]) -> None:
        every = len(keys) in (0, len(self._names))
        sources = () if every else tuple(int(key) for key in keys)
        self._become(Choice(self._choice.begin, self._choice.end, sources, self._choice.metrics))

    def _metrics_chosen(self, keys: list[str]) -> None:
        metrics = () if len(keys) in (0, len(self._metrics)) else tuple(keys)
        self._become(Choice(self._choice.begin, self._choice.end, self._choice.sources, metrics))

    def _become(self, choice: Choice) -> None:
        if choice != self._choice:
            self._choice = choice
            self._tell()
            self.changed.emit()

    def _tell(self) -> None:
        told = (
            (self.months, self.tr("Months"), self.months_words()),
            (self.sources, self.tr("Sources"), self.sources_words()),
            (self.metrics, self.tr("Metrics"), self.metrics_words()),
        )
        for button, what, words in told:
            button.set_full_text(what, words)
