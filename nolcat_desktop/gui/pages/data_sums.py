"""The uses that are looked at, added up by title, source, platform or publisher; the most used first."""

from __future__ import annotations

import polars as pl
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from nolcat_desktop.analysis.conditions import Kind
from nolcat_desktop.analysis.looking import Answer
from nolcat_desktop.analysis.summed_by import LEAST, MOST, YEAR_BEFORE, metrics_of
from nolcat_desktop.analysis.table_query import SOURCE_NAME
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.frame_model import Column, FrameModel
from nolcat_desktop.gui.month_table import broken
from nolcat_desktop.gui.pages.data_columns import PLATFORMS, TITLE, all_columns, family
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import CellDelegate
from nolcat_desktop.gui.theme import kind, row_height

_BY = (TITLE, SOURCE_NAME, "platform", "publisher")
_MEASURED_ROWS = 40
_KNOWN = "known"


class SumsPane(QWidget):
    """`Added up by [Title]` over a table of sums; Enter or a double click on a line looks at that alone."""

    by_chosen = Signal(str)
    """A column was chosen."""
    narrowed = Signal(str, str)
    """A column, and the value of it that shall be looked at alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without sums."""
        super().__init__(parent)
        self.by = QComboBox(self)
        self.by.setAccessibleName(self.tr("Added up by"))
        self.by.view().setAccessibleName(self.tr("Added up by"))
        label = QLabel(self.tr("&By"), self)
        label.setBuddy(self.by)
        self.words = QLabel(self)
        kind(self.words, "muted")
        self.model = FrameModel(self)
        self.table = QTableView(self)
        self._dress()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label)
        top.addWidget(self.by)
        top.addWidget(self.words, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(4)
        around.addLayout(top)
        around.addWidget(self.table, 1)
        self.by.activated.connect(lambda: self.by_chosen.emit(self.column()))
        self.table.activated.connect(lambda index: self._narrow(index.row()))
        self.setFocusProxy(self.table)
        self.offer("", "")

    def column(self) -> str:
        """By which column it is added up."""
        return str(self.by.currentData() or "")

    def offer(self, report_type: str, chosen: str) -> None:
        """Offer what a report can be added up by; `chosen` where it is among that."""
        headings = {column.key: column.heading for column in all_columns(report_type)}
        self.by.clear()
        for key in _BY if family(report_type) != PLATFORMS else ("platform", SOURCE_NAME):
            self.by.addItem(headings[key], key)
        self.by.setCurrentIndex(max(self.by.findData(chosen), 0))

    def show_answer(self, answer: Answer) -> None:
        """Show its sums, if any were asked for."""
        sums = answer.sums_by
        if sums is None:
            return
        key, metrics = sums.columns[0], metrics_of(sums)
        columns = [Column(key, self.by.currentText(), Kind.TEXT)]
        columns += [
            Column(metric, broken(metric) if len(metrics) > 1 else self.tr("Uses"), Kind.COUNT) for metric in metrics
        ]
        if YEAR_BEFORE in sums.columns:
            columns.append(Column(YEAR_BEFORE, self.tr("Year before"), Kind.COUNT))
        lines = sums.with_columns(_known_words(len(answer.series.months)).alias(_KNOWN))
        if (lines[_KNOWN] != "").any():
            columns.append(Column(_KNOWN, self.tr("Months known"), Kind.TEXT))
        self.model.show(lines, columns, None)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setFixedHeight(u(self, 44 if len(metrics) > 1 else 28))
        if sums.height:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.clearSelection()
        used = sums.select(pl.any_horizontal(pl.col(metric) > 0 for metric in metrics).sum()).item() if metrics else 0
        unknown = int(sums.select((pl.col(MOST) == 0).sum()).item())
        told = self.tr("{n} with use, {m} without").format(n=number(used), m=number(sums.height - used - unknown))
        more = self.tr(", {n} not loaded").format(n=number(unknown)) if unknown else ""
        self.words.setText(f"{told}{more}")
        self.words.setToolTip(
            self.tr(
                "Without: known by other months or metrics of these reports. Not loaded: nothing is known of these "
                "months. Names that are equal are one line."
            )
        )

    def cells(self) -> pl.DataFrame:
        """What is shown, with its headings."""
        names = {column.key: column.heading.replace("\n", "") for column in self.model.columns}
        shown = self.model.frame.select(list(names)) if names else self.model.frame
        return shown.rename(names)

    def restyle(self) -> None:
        """Sizes of the moment; two lines of sums are seen in any case."""
        self.table.setMinimumHeight(u(self, 44) + 2 * row_height(self))
        self.table.verticalHeader().setDefaultSectionSize(row_height(self))

    def _narrow(self, row: int) -> None:
        value = self.model.frame[self.column()][row] if row >= 0 else None
        if value is not None:
            self.narrowed.emit(self.column(), str(value))

    def _dress(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setModel(self.model)
        table.setItemDelegate(CellDelegate(table))
        table.setAccessibleName(self.tr("Sums"))
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QTableView.SelectionMode.ContiguousSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(1)
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(_MEASURED_ROWS)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)


def _known_words(asked: int) -> pl.Expr:
    """`6 of 12`, or `0–12 of 12` where its sources differ; empty where all months are known."""
    tr, ends = QCoreApplication.translate, (pl.col(LEAST).cast(pl.String), pl.col(MOST).cast(pl.String))
    few = pl.when(pl.col(LEAST) == pl.col(MOST)).then(ends[0]).otherwise(pl.concat_str(*ends, separator="–"))
    of = pl.format(tr("sums", "{} of {}"), few, pl.lit(str(asked)))
    said = pl.when(pl.col(MOST) == 0).then(pl.lit(tr("sums", "not loaded"))).otherwise(of)
    return pl.when(pl.col(LEAST) == asked).then(pl.lit("")).otherwise(said)
