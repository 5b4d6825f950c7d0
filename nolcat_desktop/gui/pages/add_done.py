"""What stands in Add reports after adding: what came in, per metric, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.analysis.coverage_gaps import Gap
from nolcat_desktop.analysis.coverage_grid import CellState
from nolcat_desktop.analysis.missing_months import request_for_months
from nolcat_desktop.gui.cell_text import change, number
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.icons import pixmap, put
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.add_done_words import STORED, changed_words
from nolcat_desktop.gui.pages.add_explaining import AddedExplaining
from nolcat_desktop.gui.pages.add_plain_table import Cell, PlainTable
from nolcat_desktop.gui.pages.add_words import damaged_words, day, how_many_reports, month_names, tr
from nolcat_desktop.gui.pages.coverage_glyphs import glyph
from nolcat_desktop.gui.pages.coverage_words import report_name, state_word
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scroll_pane import ScrollPane
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.workflow.outcome import Conversion
from nolcat_desktop.workflow.review_adding import Added

_GAPS = 4
_FAILED = 8
_CELLS = 4
_LEAST_ROWS = 2
"""Of the totals, that are seen however little room there is."""
Rows = Sequence[tuple[Cell, ...]]


class _Totals(PlainTable):
    """Takes what room the sentences leave."""

    def sizeHint(self) -> QSize:
        """As low as it may be."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class DoneView(QWidget):
    """Shown until new files come."""

    undo_asked = Signal()
    waiting_asked = Signal()
    rest_asked = Signal()
    """Show what was not added."""
    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Nothing was added yet."""
        super().__init__(parent)
        self._glyph, self.proof, self._missing = QLabel(self), QLabel(self), QLabel(self)
        self.proof.setWordWrap(True)
        self.undo = QPushButton(tr("Undo"), self)
        self.undo.setAccessibleName(tr("Undo"))
        self.undo.clicked.connect(self.undo_asked)
        self.table = _Totals(tr("What was added: source, report, months, metric"), 0, self)
        self.table.spare = (5, 6)
        self.explaining = AddedExplaining(context, self.table)
        self.explaining.said.connect(self.said)
        self.gaps, self.failed, self.waiting = QLabel(self), QLabel(self), QLabel(self)
        self.show_waiting = QPushButton(tr("Show them"), self)
        kind(self.show_waiting, "small")
        self.show_waiting.setAccessibleName(tr("Show the reports that wait"))
        self.show_waiting.clicked.connect(self.waiting_asked)
        self.rest, self.show_rest = QLabel(self), QPushButton(tr("Show"), self)
        kind(self.show_rest, "small")
        self.show_rest.setAccessibleName(tr("Show what was not added"))
        self.show_rest.clicked.connect(self.rest_asked)
        self.mail = QPushButton(tr("Message to the publisher"), self)
        kind(self.mail, "small")
        self.mail.setAccessibleName(tr("Copy a message to the publisher about the missing months"))
        self.mail.clicked.connect(self._copy_message)
        self._has_added = True
        self._gaps: dict[str, list[Gap]] = {}
        for label in (self.gaps, self.failed, self.waiting, self.rest):
            label.setWordWrap(label is not self.waiting)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self.restyle()

    def show_added(
        self, added: Added, names: Mapping[int, str], waiting: int, rest: str = "", rows: Rows | None = None
    ) -> None:
        """Show what was done.

        Args:
            added: What came of it.
            names: Source id → name.
            waiting: Reports that still wait for a decision.
            rest: What is said of the others that were not added.
            rows: `total_rows` of it, where they are made already.
        """
        stored = [line for line in added.converted.lines if line.action in STORED]
        equal = all(line.usage_total == line.file_total for line in stored)
        proof = tr("Every month was recomputed from the files: stored = file, for each metric.")
        if any(line.damaged for line in stored):
            proof = tr("Every month was recomputed from the files: stored = file, but for what was left out.")
        self.proof.setText(
            f"{proof} {changed_words(added)}".strip() if stored and equal else tr("Nothing was written.")
        )
        self.undo.setVisible(added.converted.entry is not None)
        self.explaining.follow(added)
        rows = total_rows(added, names) if rows is None else rows
        said = (tr("Source"), tr("Report"), tr("Months"), tr("Metric"), tr("Uses"), tr("Year before"), tr("Change"))
        self.table.show_rows(said, (4, 5, 6), rows)
        self.table.setVisible(bool(rows))
        lines = [
            f"{names.get(source, str(source))}, {kind_}: {month_names(months)}"
            for source, kind_, months in added.gaps.head(_GAPS).iter_rows()
        ]
        if added.gaps.height > _GAPS:
            lines.append(tr("… and {n} more").format(n=number(added.gaps.height - _GAPS)))
        missing = tr("Missing between reports, never loaded:")
        self.gaps.setText((" " if len(lines) == 1 else "\n").join([missing, *lines]) if lines else "")
        self.gaps.setVisible(bool(lines))
        self._missing.setVisible(bool(lines))
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        self._missing.setAlignment(middle if len(lines) == 1 else top)
        self._gaps = gaps_by_source(added, names)
        self.mail.setVisible(bool(lines))
        pairs = zip(added.converted.lines, added.there or ("",) * len(added.converted.lines), strict=True)
        failed = [_failed(line, there) for line, there in pairs if line.action not in STORED]
        more = [tr("… and {n} more").format(n=number(len(failed) - _FAILED))] if len(failed) > _FAILED else []
        without = _without([line for line in stored if line.damaged])
        self.failed.setText("\n".join([*without, *failed[:_FAILED], *more]))
        self.failed.setVisible(bool(without or failed))
        self.rest.setText(rest)
        self.rest.setVisible(bool(rest))
        self.show_rest.setVisible(bool(rest))
        self._has_added = bool(stored)
        self._show_glyph()
        self.show_waiting_count(waiting)

    def show_waiting_count(self, waiting: int) -> None:
        """Say how many reports still wait."""
        words = tr("1 report waits for your decision.") if waiting == 1 else tr("{reports} wait for your decision.")
        self.waiting.setText(words.format(reports=how_many_reports(waiting)))
        self.waiting.setVisible(waiting > 0)
        self.show_waiting.setText(tr("Show it") if waiting == 1 else tr("Show them"))
        self.show_waiting.setVisible(waiting > 0)

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self._show_glyph()
        self._missing.setPixmap(glyph(CellState.MISSING, self.devicePixelRatioF()))
        self._missing.setAccessibleName(state_word(CellState.MISSING))
        put(self.undo, "arrow-back-up")
        self.table.restyle()
        rows = _LEAST_ROWS * self.table.verticalHeader().defaultSectionSize()
        self.table.setMinimumHeight(self.table.horizontalHeader().sizeHint().height() + rows + 4)

    def _show_glyph(self) -> None:
        """The tick stands for something that was added."""
        name, role = ("circle-check", Role.OK) if self._has_added else ("alert-triangle", Role.CHECK)
        self._glyph.setPixmap(pixmap(name, role, 20))
        self._glyph.setAccessibleName(tr("Done") if self._has_added else tr("Please check"))

    def _copy_message(self) -> None:
        """About the one source; of several one is chosen from a menu."""
        if len(self._gaps) == 1:
            self._copy(next(iter(self._gaps)))
            return
        menu = QMenu(self)
        for source in self._gaps:
            menu.addAction(source.replace("&", "&&")).triggered.connect(
                lambda _=False, source=source: self._copy(source)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mail.mapToGlobal(self.mail.rect().bottomLeft()))

    def _copy(self, source: str) -> None:
        QGuiApplication.clipboard().setText(request_for_months(self._gaps[source]))
        told = tr("The message to {source} was copied. Paste it into an e-mail; nothing was sent.")
        self.said.emit(Notice(told.format(source=source)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._glyph)
        head.addWidget(self.proof, 1)
        head.addWidget(self.undo)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.waiting, 1)
        foot.addWidget(self.show_waiting)
        pane, outer = ScrollPane(self), QVBoxLayout(self)
        outer.setContentsMargins(0, 4, 0, 8)
        outer.addWidget(pane)
        around = pane.column
        around.addLayout(head)
        around.addWidget(self.table, 1)
        missing = QHBoxLayout()
        missing.setSpacing(8)
        missing.addWidget(self._missing)
        missing.addWidget(self.gaps, 1)
        missing.addWidget(self.mail, 0, Qt.AlignmentFlag.AlignTop)
        around.addLayout(missing)
        around.addWidget(self.failed)
        others = QHBoxLayout()
        others.setSpacing(8)
        others.addWidget(self.rest, 1)
        others.addWidget(self.show_rest, 0, Qt.AlignmentFlag.AlignTop)
        around.addLayout(others)
        around.addStretch(0)
        around.addLayout(foot)


def gaps_by_source(added: Added, names: Mapping[int, str]) -> dict[str, list[Gap]]:
    """Source → its months that are missing still, in runs."""
    found: dict[str, list[Gap]] = {}
    for source, kind_, months in added.gaps.iter_rows():
        name = names.get(source, str(source))
        runs: list[list[date]] = []
        for one in map(day, months):
            before = runs[-1][-1] if runs else None
            if before is not None and (one.year - before.year) * 12 + one.month - before.month == 1:
                runs[-1].append(one)
            else:
                runs.append([one])
        found.setdefault(name, []).extend(Gap(source, name, kind_, run[0], run[-1], len(run), "") for run in runs)
    return found


def total_rows(added: Added, names: Mapping[int, str]) -> Rows:
    """The lines of the table of totals; of many reports they take their time, which need not be the window's."""
    return [_row(names, row) for row in added.totals.iter_rows(named=True)]


def _row(names: Mapping[int, str], of: Mapping[str, Any]) -> tuple[Cell, ...]:
    """A line of `TOTALS`."""
    source, code, release = of["statistics_source_ID"], of["report_type"], of["release"]
    uses, before = of["uses"], of["year_before"]
    earlier = Cell("—", tr("year before not known")) if before is None else Cell(number(before))
    spoken = tr("{report}, release {release}").format(report=report_name(code), release=release)
    return (
        Cell(names.get(source, str(source))),
        Cell(f"{code} · {release}", spoken),
        Cell(month_names(of["months"]) if of["months"] else "—"),
        Cell(of["metric_type"] or tr("no use")),
        Cell("—" if uses is None else number(uses)),
        earlier,
        Cell(change((uses - before) / before) if before else "—"),
    )


def _without(lines: Sequence[Conversion]) -> list[str]:
    """What was left out of the reports that were added: their numbers are too low by it."""
    said = [
        tr("Added without {cells}, its numbers are too low: {file} ({where})").format(
            cells=damaged_words(len(line.damaged)),
            file=_name(line.file),
            where=", ".join([cell.position for cell in line.damaged[:_CELLS]] + ["…"] * (len(line.damaged) > _CELLS)),
        )
        for line in lines[:_FAILED]
    ]
    return [*said, tr("… and {n} more").format(n=number(len(lines) - _FAILED))] if len(lines) > _FAILED else said


def _failed(line: Conversion, there: str) -> str:
    """Why a line was not added: what is wrong with it, or the file that has the same months."""
    if line.problem is not None:
        why = line.problem.title
    elif there:
        why = tr("Already there: {file} has the same months.").format(file=_name(there))
    else:
        why = tr("Already there.")
    return tr("Not added: {file}. {why}").format(file=_name(line.file), why=why)


def _name(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", 1)[-1]
