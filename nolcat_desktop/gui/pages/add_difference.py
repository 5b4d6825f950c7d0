"""The tab Difference: what is loaded beside what is new, month by month and title by title, and the decision."""

from __future__ import annotations

import polars as pl
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.cell_text import month, number
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.pages.add_choice import ChoiceBar
from nolcat_desktop.gui.pages.add_difference_words import (
    against_words,
    changes_words,
    foot_words,
    row_cells,
    text_cells,
    title_cells,
    title_words,
)
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_plain_table import PlainTable
from nolcat_desktop.gui.pages.add_words import day, tr
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.reviewed import Reviewed

_TITLES = 500
_BOTH = 270
"""Height in u from which there is room for the titles under the months."""


class DifferencePane(QWidget):
    """Titles of a month are asked for by `titles_wanted` and given to `show_titles`; `choice` tells the decision."""

    titles_wanted = Signal(object, str, str)
    """The `Reviewed`, a month (yyyy-mm) and a metric; without a metric the texts that differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing differs."""
        super().__init__(parent)
        self._line: Line | None = None
        self._keys: list[tuple[str, str]] = []
        self._of: Reviewed | None = None
        self._has, self._changes = False, ""
        self.title, self.sub = QLabel(self), ElidedLabel(parent=self)
        kind(self.title, "section")
        kind(self.sub, "muted")
        self.title.setWordWrap(True)
        self.choice = ChoiceBar(self)
        self.replace, self.keep, self.aside = self.choice.replace, self.choice.keep, self.choice.aside
        self._titles_of: tuple[Reviewed, str, str] | None = None
        self.equal = QCheckBox(tr("Show equal months"), self)
        self.equal.setAccessibleName(self.equal.text())
        self.equal.toggled.connect(lambda _: self._fill())
        self.table = PlainTable(tr("Loaded beside new"), 1, self)
        self.titles = PlainTable(tr("Titles that differ"), 0, self)
        self.foot = ElidedLabel(parent=self)
        kind(self.foot, "muted")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.ask_titles())
        self.splitter = QSplitter(self)
        self._lay_out()
        self.show_line(None, 0)

    def show_line(self, line: Line | None, alike: int) -> None:
        """Show how a report stands to what is loaded.

        Args:
            line: The report.
            alike: How many other reports of its source wait for the same decision.
        """
        self._line = line
        twin = line is not None and line.todo is Todo.TWIN
        has = line is not None and (twin or bool(line.reviewed.standing.differing))
        self.table.setVisible(has)
        self.equal.setVisible(has and not twin)
        self._has = has and not twin
        self._share()
        self.choice.show_line(line, alike)
        self.title.setText(title_words(line))
        self.sub.set_full_text(against_words(line) if has else "")
        self.sub.setVisible(has)
        self.foot.set_full_text(foot_words(line) if has else "")
        self._fill()
        if self._changes:
            self.title.setText(f"{title_words(line)} {self._changes}")

    def show_titles(self, asked: tuple[Reviewed, str, str], found: pl.DataFrame) -> None:
        """Show the titles that were asked for, unless something else is looked at by now."""
        if not same_question(asked, self._wanted()):
            return
        self._titles_of = asked
        _, name, metric = asked
        if not metric:
            rows = [text_cells(*row) for row in found.head(_TITLES).iter_rows()]
            heading = tr("Titles of {month} ({n})").format(month=month(day(name)), n=number(found.height))
            self.titles.show_rows((heading, tr("What"), tr("Loaded"), tr("New")), (), rows)
            self._changes = changes_words(found)
            self.title.setText(f"{title_words(self._line)} {self._changes}".strip())
            return
        rows = [title_cells(*row) for row in found.head(_TITLES).iter_rows()]
        heading = tr("Titles of {month} ({n})").format(month=month(day(name)), n=number(found.height))
        self.titles.show_rows((heading, tr("Loaded"), tr("New"), tr("Change")), (1, 2, 3), rows)

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.table.restyle()
        self.titles.restyle()

    def set_vertical(self, vertical: bool, short: bool = False) -> None:
        """Titles below instead of beside; `short`: fewer words for the choices."""
        self.choice.set_short(short or vertical)
        self.splitter.setOrientation(Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two tables below each other need room for some rows of each."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        below = self.splitter.orientation() == Qt.Orientation.Vertical
        self.titles.setVisible(self._has and not (below and self.height() < u(self, _BOTH)))

    def _fill(self) -> None:
        before, frame = self._wanted(), self._shown()
        if frame is None:
            self._keys = []
            self.table.show_rows((), (), ())
            self.ask_titles()
            return
        rows = [row_cells(name, metric, loaded, offered) for name, _, metric, loaded, offered in frame.iter_rows()]
        keys = [(name, metric) for name, _, metric, _, _ in frame.iter_rows()]
        at = keys.index(before[1:]) if before is not None and before[1:] in keys and self._is_of(before) else None
        differing = frame["loaded"].ne_missing(frame["offered"])
        at = at if at is not None else (differing.arg_max() or 0)
        self._keys = []  # nothing is asked for before all of it is there
        twin = self._line is not None and self._line.todo is Todo.TWIN
        both = (tr("Other file"), tr("This file")) if twin else (tr("Loaded"), tr("New"))
        headings = (tr("Month"), tr("Metric"), *both, tr("Change"), "%")
        self.table.show_rows(headings, (2, 3, 4, 5), rows)
        self._keys, self._of = keys, self._line.reviewed if self._line is not None and not twin else None
        self.table.setCurrentIndex(self.table.cells.index(at, 0))
        self.ask_titles()

    def _shown(self) -> pl.DataFrame | None:
        """The months that are listed: those that differ, or all."""
        standing = self._line.reviewed.standing if self._line is not None else None
        twin = self._line.reviewed.twin if self._line is not None and self._line.todo is Todo.TWIN else None
        if twin is not None and twin.differences is not None:
            changed = twin.differences.filter(pl.col("loaded").ne_missing(pl.col("offered")))
            return changed if changed.height else twin.differences
        if standing is None or standing.differences is None or not standing.differing:
            return None
        frame = standing.differences
        if self.equal.isChecked():
            return frame
        changed = frame.filter(pl.col("loaded").ne_missing(pl.col("offered")))
        return changed if changed.height else frame.filter(pl.col("verdict") != "equal")

    def _is_of(self, asked: tuple[Reviewed, str, str]) -> bool:
        return self._line is not None and asked[0].key == self._line.reviewed.key

    def _wanted(self) -> tuple[Reviewed, str, str] | None:
        """Whose titles are wanted, of which month and metric."""
        row = self.table.currentIndex().row()
        if self._of is None or not 0 <= row < len(self._keys):
            return None
        name, metric = self._keys[row]
        return self._of, name, "" if self._of.standing.counts_are_equal else metric

    def ask_titles(self) -> None:
        """Ask for the titles of the current month and metric; those of another one go at once."""
        wanted = self._wanted()
        if same_question(wanted, self._titles_of):
            return
        self._titles_of, self._changes = None, ""
        if self.titles.cells.columnCount():
            self.titles.show_rows((), (), ())
        if wanted is not None:
            self.titles_wanted.emit(*wanted)

    def _lay_out(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 8, 0, 0)
        around.setSpacing(4)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        choices.addWidget(self.choice, 1)
        choices.addWidget(self.equal, 0, Qt.AlignmentFlag.AlignTop)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.titles)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.setStretchFactor(0, 60)
        self.splitter.setStretchFactor(1, 40)
        self.splitter.setSizes([600, 400])
        around.addWidget(self.title)
        around.addWidget(self.sub)
        around.addLayout(choices)
        around.addWidget(self.choice.note)
        around.addWidget(self.splitter, 1)
        around.addWidget(self.foot)


def same_question(one: tuple[Reviewed, str, str] | None, other: tuple[Reviewed, str, str] | None) -> bool:
    """Whether both are the same question about the same review of a report."""
    if one is None or other is None:
        return one is other
    return one[0] is other[0] and one[1:] == other[1:]
