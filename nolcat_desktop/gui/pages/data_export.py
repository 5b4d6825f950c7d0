"""Copying and exporting what the table shows: in the runner when it is much, refused with a sentence when too much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from nolcat_desktop.analysis.months_across import months_across
from nolcat_desktop.analysis.table_query import taken
from nolcat_desktop.export import ENDINGS, write_table
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.month_chart import MonthChart
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.data_copy import AT_ONCE, MOST_CELLS, as_text, selected, stored_rows
from nolcat_desktop.gui.pages.data_forms import Form, FormDialog
from nolcat_desktop.gui.pages.data_table import UsageTable
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress

_FORM = "data_export_form"


class Export(QObject):
    """Of one table."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, table: UsageTable, runner: TaskRunner, remembered: Remembered, parent: QWidget) -> None:
        """Copy and export from `table`."""
        super().__init__(parent)
        self._table, self._runner, self._remembered = table, runner, remembered
        self._chooser = Chooser(remembered, parent)
        self.ask_target: Callable[[], Path | None] = self._ask
        self.about: Callable[[], pl.DataFrame | None] | None = None
        """Says what the table is about."""
        self.months: Callable[[], Sequence[date]] = list
        """The months that are looked at."""
        self.lacking: Callable[[], Sequence[str]] = tuple
        """Sentences that say which of the numbers are too low: they go with whatever leaves the table."""

    def copy(self, headings: bool) -> None:
        """Put what is selected on the clipboard."""
        chosen, model = selected(self._table), self._table.usage
        if not chosen.cells:
            return
        if chosen.cells > MOST_CELLS:
            told = self.tr(
                "{rows} rows are too many to copy: the clipboard takes {most} cells. Nothing was copied; export them."
            )
            text = told.format(rows=number(chosen.rows), most=number(MOST_CELLS))
            self.said.emit(Notice(text, Level.CHECK, (Choice(self.tr("Export…"), self.export),)))
            return
        columns = [model.columns[section] for section in chosen.columns]
        frame, rows = model.frame, stored_rows(model, chosen)

        def take(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            if chosen.rows > 1 or self.lacking():
                told = self.tr("Copied 1 row.") if chosen.rows == 1 else self.tr("Copied {rows} rows.")
                self.say(told.format(rows=number(chosen.rows)), Level.OK)

        if chosen.cells <= AT_ONCE:
            take(as_text(frame, rows, columns, headings))
        else:
            self._runner.start(self.tr("Copying"), lambda _progress: as_text(frame, rows, columns, headings), done=take)

    def export(self) -> None:
        """Ask for the form, then write."""
        kept = self._remembered.get(_FORM, Form.SHOWN.value)
        chosen = next((form for form in Form if form.value == kept), Form.SHOWN)
        FormDialog(chosen, self.write, self._table).open()

    def write(self, form: Form) -> None:
        """Ask for a file and write all rows shown, in the columns shown."""
        model, header = self._table.usage, self._table.horizontalHeader()
        self._remembered.put(_FORM, form.value)
        target = self.ask_target()
        if target is None or not model.columns:
            return
        about = self.about() if self.about is not None and form is Form.SHOWN else None
        months, second = self.months(), (self.tr("About this table"), about) if about is not None else None
        order = sorted(range(len(model.columns)), key=header.visualIndex)
        columns: list[Column] = [model.columns[section] for section in order]
        frame, rows, count = model.frame, model.rows, model.rowCount()
        sheet, total = self.tr("Usage") if form is Form.SHOWN else "usage", self.tr("Total")

        def work(progress: Progress) -> None:
            progress.tell("Writing", 0, 0, target.name)
            keys = [column.key for column in columns]
            if form is Form.SHOWN:
                keys = list(dict.fromkeys([*keys, "usage_date", "usage_count", "metric_type"]))
            cells = taken(frame, rows, keys)
            progress.check()
            if form is Form.SHOWN:
                cells = months_across(cells, {column.key: column.heading for column in columns}, months, total)
            write_table(cells, target, sheet, second)

        self._runner.start(
            self.tr("Exporting {rows} rows").format(rows=number(count)),
            work,
            done=lambda _nothing: self._exported(target, count),
            failed=self._failed,
        )

    def write_cells(self, cells: pl.DataFrame) -> None:
        """Ask for a file and write `cells`, with the sheet that says what they are about."""
        target = self.ask_target()
        if target is None:
            return
        about = self.about() if self.about is not None else None
        second = (self.tr("About this table"), about) if about is not None else None
        self._runner.start(
            self.tr("Exporting {rows} rows").format(rows=number(cells.height)),
            lambda _progress: write_table(cells, target, self.tr("Sums"), second),
            done=lambda _nothing: self._exported(target, cells.height),
            failed=self._failed,
        )

    def save_picture(self, chart: MonthChart) -> None:
        """Ask for a file and save the chart for paper."""
        kinds = self.tr("Picture (*.png)")
        chosen = self._chooser.target(self.tr("Save the chart"), "export", "chart.png", kinds)
        if chosen is not None:
            name = str(chosen[0])
            saved = chart.picture().save(name if name.lower().endswith(".png") else f"{name}.png", "PNG")
            text = self.tr("The chart was saved.") if saved else self.tr("The chart could not be written there.")
            if saved:
                self.say(text, Level.OK)
            else:
                self.said.emit(Notice(text, Level.SERIOUS))

    def _exported(self, target: Path, count: int) -> None:
        folder = QUrl.fromLocalFile(str(target.parent))
        show = Choice(self.tr("Show in folder"), lambda: _open(folder))
        told = self.tr("Exported {rows} rows to {name}.").format(rows=number(count), name=target.name)
        self.say(told, Level.OK, show)

    def say(self, told: str, level: Level, *choices: Choice) -> None:
        """What was done, and which of the numbers are too low."""
        lacking = self.lacking()
        more = self.tr("The same of {n} more reports.").format(n=number(len(lacking) - 1))
        text = " ".join([told, *lacking[:1], *([more] if len(lacking) > 1 else [])])
        self.said.emit(Notice(text, Level.CHECK if lacking else level, choices))

    def _failed(self, problem: Problem) -> None:
        self.said.emit(Notice(f"{problem.title}. {problem.meaning} {problem.remedy}", Level.SERIOUS))

    def _ask(self) -> Path | None:
        kinds = {
            self.tr("Excel workbook (*.xlsx)"): ".xlsx",
            self.tr("CSV (*.csv)"): ".csv",
            self.tr("Text with tabs (*.tsv)"): ".tsv",
            self.tr("Parquet (*.parquet)"): ".parquet",
        }
        chosen = self._chooser.target(self.tr("Export"), "export", "usage.xlsx", ";;".join(kinds))
        if chosen is None:
            return None
        target, kind = chosen
        return target if target.name.lower().endswith(ENDINGS) else Path(f"{target}{kinds.get(kind, '.csv')}")


def _open(folder: QUrl) -> None:
    QDesktopServices.openUrl(folder)
