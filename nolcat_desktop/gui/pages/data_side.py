"""What stands beside the table under the totals: the chart of months, its table twin, or sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.analysis.looking import Answer
from nolcat_desktop.analysis.month_series import Series
from nolcat_desktop.analysis.summed_by import metrics_of
from nolcat_desktop.gui.chart_words import foot_parts
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.icons import icon
from nolcat_desktop.gui.month_chart import MonthChart
from nolcat_desktop.gui.month_table import MonthsModel
from nolcat_desktop.gui.months_view import MonthsView
from nolcat_desktop.gui.pages.data_sums import SumsPane
from nolcat_desktop.gui.pages.data_totals import small_table
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind, row_height

_FOOT_LINES, _FOOT_SHARE = 2, 0.25
"""Lines of words under the chart in any case, and their share of its pane."""


class ChartPane(QWidget):
    """The chart, its reading line, and [Chart | Table | Sums]."""

    save_asked = Signal()
    """The picture shall be saved."""
    copied = Signal()
    """The picture, or the sums, are on the clipboard."""
    turned = Signal()
    """Chart, table or sums are shown now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a chart."""
        super().__init__(parent)
        self.title = ElidedLabel(parent=self)
        kind(self.title, "section")
        self.chart, self.model = MonthChart(self), MonthsModel(self)
        self.table = small_table(self.model, self.tr("Months"), self, MonthsView)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.chart)
        self.stack.addWidget(self.table)
        self.sums = SumsPane(self)
        self.stack.addWidget(self.sums)
        self.reading = QLabel(self)
        self.reading.setWordWrap(True)
        kind(self.reading, "muted")
        self.as_chart = self._button(self.tr("Chart"), self.tr("Show as a chart"))
        self.as_table = self._button(self.tr("Table"), self.tr("Show as a table"))
        self.as_sums = self._button(self.tr("Sums"), self.tr("Add up by title, source, platform or publisher"))
        for button in (self.as_chart, self.as_table, self.as_sums):
            button.setCheckable(True)
            kind(button, "chip")
        self.as_chart.setChecked(True)
        self._pair = QButtonGroup(self)
        self._pair.addButton(self.as_chart, 0)
        self._pair.addButton(self.as_table, 1)
        self._pair.addButton(self.as_sums, 2)
        self._pair.idClicked.connect(self._turn)
        self.copy, self.save = QPushButton(self), QPushButton(self)
        for button in (self.copy, self.save):
            kind(button, "quiet")
        self._name_buttons()
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self.save_asked)
        self.chart.mark_moved.connect(self._read)
        self._foot: tuple[str, ...] = ()
        self._lay_out()
        self.restyle()

    def show_answer(self, answer: Answer, lacking: Mapping[date, str] | None = None) -> None:
        """Show its months; `lacking` says of some why they are too low."""
        series = answer.series if answer.count else replace(answer.series, months=(), lines={}, seams=())
        lines, sums = list(series.lines), answer.sums_by if self.by() else None
        asked = len(answer.question.choice.metrics or answer.totals.rows)
        if not lines:
            said = self.tr("Uses by month")
        elif len(lines) == 1:
            said = self.tr("{metric} by month").format(metric=lines[0])
        elif asked > len(lines):
            said = self.tr("{count} of {all} metrics by month").format(count=len(lines), all=asked)
        else:
            said = self.tr("{count} metrics by month").format(count=len(lines))
        shorter = lines if len(lines) == 1 else []
        self.title.set_full_text(said if sums is None else ", ".join(metrics_of(sums)), *shorter)
        self.sums.show_answer(answer)
        self.model.set_series(series)
        self._fit()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.clearSelection()
        self._say_foot(series)
        self.chart.set_series(series, lacking)

    def restyle(self) -> None:
        """Take icons and sizes of the theme."""
        self.sums.restyle()
        for button in (self.as_chart, self.as_table, self.as_sums):
            bold = QFont(button.font())
            bold.setWeight(QFont.Weight.DemiBold)
            button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(button.text()) + u(self, 28))
        for button, name in ((self.copy, "copy"), (self.save, "download")):
            button.setIcon(icon(name))
            button.setIconSize(QSize(u(self, 16), u(self, 16)))
        self.table.verticalHeader().setDefaultSectionSize(row_height(self))
        self._fit()
        self.reading.setMinimumHeight(2 * self.reading.fontMetrics().lineSpacing())

    def _fit(self) -> None:
        if isinstance(self.table, MonthsView):
            self.table.fit()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.title, 1)
        for button in (self.copy, self.save, self.as_chart, self.as_table, self.as_sums):
            top.addWidget(button)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(4)
        around.addLayout(top)
        around.addWidget(self.stack, 1)
        around.addWidget(self.reading)
        self.reading.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(name)
        return button

    def _read(self, sentence: str) -> None:
        sentence = "" if self.by() else sentence  # no month is marked in the sums
        self.reading.setText(sentence or self._fitting_foot())
        self.reading.setToolTip(sentence or " ".join(self._foot))

    def _say_foot(self, series: Series | None) -> None:
        drawn = self.stack.currentWidget() is self.chart
        self._foot = () if series is None else foot_parts(series, drawn)

    def _fitting_foot(self) -> str:
        """As many of its sentences as leave room for the chart; the tooltip has all."""
        line, room = self.reading.fontMetrics().lineSpacing(), self.reading.width()
        most = max(_FOOT_LINES, int(self.height() * _FOOT_SHARE / line)) * line
        shown = " ".join(self._foot)
        for left_out in range(len(self._foot)):
            shown = " ".join([*self._foot[: len(self._foot) - left_out], *(["…"] if left_out else [])])
            area = QRect(0, 0, max(room, 1), most * 100)
            if self.reading.fontMetrics().boundingRect(area, int(Qt.TextFlag.TextWordWrap), shown).height() <= most:
                break
        return shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for the words under the chart."""
        super().resizeEvent(event)
        self._read(self.chart.sentence())

    def by(self) -> str:
        """The column by which is added up, while that is shown; else empty."""
        return self.sums.column() if self.stack.currentWidget() is self.sums else ""

    def shown(self) -> int:
        """0 chart, 1 table, 2 sums."""
        return self.stack.currentIndex()

    def turn_to(self, to: int) -> None:
        """Show the chart, the table or the sums; nobody is told."""
        if (button := self._pair.button(to)) is not None:
            button.setChecked(True)
            self.stack.setCurrentIndex(to)
            self._name_buttons()

    def _turn(self, to: int) -> None:
        self.stack.setCurrentIndex(to)
        self._say_foot(self.chart.series())
        self._read(self.chart.sentence())
        self._name_buttons()
        self.turned.emit()

    def _name_buttons(self) -> None:
        """What copy and save do with what is shown."""
        words = self.tr("Copy the chart as a picture"), self.tr("Save the chart as a picture…")
        if self.by():
            words = self.tr("Copy the sums"), self.tr("Save the sums as a table…")
        for button, said in zip((self.copy, self.save), words, strict=True):
            button.setAccessibleName(said)
            button.setToolTip(said)

    def _copy(self) -> None:
        if self.by():
            QGuiApplication.clipboard().setText(self.sums.cells().write_csv(separator="\t"))
            self.copied.emit()
            return
        QGuiApplication.clipboard().setPixmap(self.chart.picture())
        self.copied.emit()
