"""Copying and exporting what the table shows: in the runner when it is much, refused with a sentence when too much."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from nolcat_desktop.analysis.table_query import taken
from nolcat_desktop.export import ENDINGS, write_table
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.month_chart import MonthChart
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.data_copy import AT_ONCE, MOST_CELLS, as_text, selected, stored_rows
from nolcat_desktop.gui.pages.data_table import UsageTable
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress

_FOLDER = "folder_of_export"


class Export(QObject):
    """Of one table."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, table: UsageTable, runner: TaskRunner, remembered: Remembered, parent: QWidget) -> None:
        """Copy and export from `table`."""
        super().__init__(parent)
        self._table, self._runner, self._remembered, self._over = table, runner, remembered, parent
        self.ask_target: Callable[[str], Path | None] = self._ask

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
            if chosen.rows > 1:
                self.said.emit(Notice(self.tr("Copied {rows} rows.").format(rows=number(chosen.rows))))

        if chosen.cells <= AT_ONCE:
            take(as_text(frame, rows, columns, headings))
        else:
            self._runner.start(self.tr("Copying"), lambda _progress: as_text(frame, rows, columns, headings), done=take)

    def export(self) -> None:
        """Ask for a file and write all rows shown, in the columns shown."""
        model, header = self._table.usage, self._table.horizontalHeader()
        target = self.ask_target(self._remembered.get(_FOLDER, ""))
        if target is None or not model.columns:
            return
        self._remembered.put(_FOLDER, str(target.parent))
        order = sorted(range(len(model.columns)), key=header.visualIndex)
        columns: list[Column] = [model.columns[section] for section in order]
        frame, rows, count = model.frame, model.rows, model.rowCount()

        def work(progress: Progress) -> None:
            progress.tell("Writing", 0, 0, target.name)
            cells = taken(frame, rows, [column.key for column in columns])
            progress.check()
            write_table(cells, target)

        self._runner.start(
            self.tr("Exporting {rows} rows").format(rows=number(count)),
            work,
            done=lambda _nothing: self._exported(target, count),
            failed=self._failed,
        )

    def save_picture(self, chart: MonthChart) -> None:
        """Ask for a file and save the chart for paper."""
        kinds = self.tr("Picture (*.png)")
        name, _ = QFileDialog.getSaveFileName(self._over, self.tr("Save the chart"), "chart.png", kinds)
        if name:
            saved = chart.picture().save(name if name.lower().endswith(".png") else f"{name}.png", "PNG")
            text = self.tr("The chart was saved.") if saved else self.tr("The chart could not be written there.")
            self.said.emit(Notice(text, Level.OK if saved else Level.SERIOUS))

    def _exported(self, target: Path, count: int) -> None:
        folder = QUrl.fromLocalFile(str(target.parent))
        show = Choice(self.tr("Show in folder"), lambda: _open(folder))
        told = self.tr("Exported {rows} rows to {name}.").format(rows=number(count), name=target.name)
        self.said.emit(Notice(told, Level.OK, (show,)))

    def _failed(self, problem: Problem) -> None:
        self.said.emit(Notice(f"{problem.title}. {problem.meaning} {problem.remedy}", Level.SERIOUS))

    def _ask(self, folder: str) -> Path | None:
        kinds = {
            self.tr("Excel workbook (*.xlsx)"): ".xlsx",
            self.tr("CSV (*.csv)"): ".csv",
            self.tr("Text with tabs (*.tsv)"): ".tsv",
            self.tr("Parquet (*.parquet)"): ".parquet",
        }
        start = str(Path(folder) / "usage.xlsx") if folder else "usage.xlsx"
        name, chosen = QFileDialog.getSaveFileName(self._over, self.tr("Export"), start, ";;".join(kinds))
        if not name:
            return None
        return Path(name) if name.lower().endswith(ENDINGS) else Path(name + kinds.get(chosen, ".csv"))


def _open(folder: QUrl) -> None:
    QDesktopServices.openUrl(folder)
