"""The tab Difference: what is loaded beside what is new, month by month and title by title, and the decision."""

from __future__ import annotations

import polars as pl
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.cell_text import change, month, number, spoken_month
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.pages.add_lines import CHOICE, Line
from nolcat_desktop.gui.pages.add_plain_table import Cell, PlainTable
from nolcat_desktop.gui.pages.add_words import (
    day,
    how_many_months,
    how_many_reports,
    month_names,
    months_words,
    report_words,
    tr,
)
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.workflow.review_plan import Todo

_HALF = 0.5
_DASH = "—"
_TITLES = 500
_WARN = "△"


class DifferencePane(QWidget):
    """Emits what is decided; the titles of a month are asked for by `titles_wanted` and given to `show_titles`."""

    decided = Signal(str)
    """`replace`, `skip` or `aside`, for the current report."""
    decided_for_all = Signal(str)
    """The same for every such report of the same source."""
    titles_wanted = Signal(str, str)
    """A month (yyyy-mm) and a metric."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing differs."""
        super().__init__(parent)
        self._line: Line | None = None
        self._keys: list[tuple[str, str]] = []
        self._short = False
        self.title, self.sub = QLabel(self), ElidedLabel(parent=self)
        kind(self.title, "section")
        kind(self.sub, "muted")
        self.title.setWordWrap(True)
        self.replace, self.keep, self.aside = QRadioButton(self), QRadioButton(self), QRadioButton(self)
        self.group = QButtonGroup(self)
        words = (tr("Replace what is loaded"), tr("Keep what is loaded"), tr("Keep the new aside"))
        for button, name in zip((self.replace, self.keep, self.aside), words, strict=True):
            button.setAccessibleName(name)
        for button, word in ((self.replace, "replace"), (self.keep, "skip"), (self.aside, "aside")):
            self.group.addButton(button)
            button.clicked.connect(lambda _=False, word=word: self.decided.emit(word))
        self.same = QPushButton(self)
        kind(self.same, "small")
        self.same.clicked.connect(self._decide_for_all)
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

    def _decide_for_all(self) -> None:
        if self._line is not None:
            self.decided_for_all.emit(self._line.if_loaded)

    def show_line(self, line: Line | None, alike: int) -> None:
        """Show how a report stands to what is loaded.

        Args:
            line: The report.
            alike: How many other reports of its source wait for the same decision.
        """
        self._line = line
        has = line is not None and bool(line.reviewed.standing.differing)
        for widget in (self.table, self.equal):
            widget.setVisible(has)
        self.titles.setVisible(has)
        can = has and line is not None and line.reviewed.standing.todo in CHOICE
        for button in (self.replace, self.keep, self.aside):
            button.setVisible(can)
        self.same.setVisible(can and alike > 0 and line is not None and line.if_loaded != "fail")
        self.same.setText(tr("Same for {reports} from this source").format(reports=how_many_reports(alike)))
        self.same.setAccessibleName(self.same.text())
        self.title.setText(_title(line))
        self.sub.set_full_text(_against(line) if has else "")
        self.sub.setVisible(has)
        self.foot.set_full_text(_foot(line) if has else "")
        if line is not None and can:
            self._show_choice(line)
        self._fill()

    def show_titles(self, key: tuple[str, str], found: pl.DataFrame) -> None:
        """Show the titles of a month and metric that was asked for."""
        if key != self._current():
            return
        rows = [_title_row(*row) for row in found.head(_TITLES).iter_rows()]
        heading = tr("Titles of {month} ({n})").format(month=month(day(key[0])), n=number(found.height))
        self.titles.show_rows((heading, tr("Loaded"), tr("New"), tr("Change")), (1, 2, 3), rows)

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.table.restyle()
        self.titles.restyle()

    def set_vertical(self, vertical: bool, short: bool = False) -> None:
        """Titles below instead of beside; `short`: fewer words for the choices."""
        self._short = short or vertical
        if self._line is not None:
            self._show_choice(self._line)
        self.splitter.setOrientation(Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal)

    def _show_choice(self, line: Line) -> None:
        standing = line.reviewed.standing
        replace, keep = self._choice_words(line)
        suggested = " " + tr("(suggested)")
        keeps = standing.suggests_keeping or standing.todo is Todo.OVERLAPS
        is_release = standing.todo is Todo.OTHER_RELEASE
        for button, words, short, is_suggested in (
            (self.replace, replace, tr("Replace"), not keeps and not is_release),
            (self.keep, keep, tr("Keep"), keeps and not is_release),
            (self.aside, tr("Keep the new aside"), tr("Aside"), False),
        ):
            more = suggested if is_suggested else ""
            button.setText((short if self._short else words) + more)
            button.setAccessibleName(words + more)
            button.setToolTip(words if self._short else "")
        self.group.setExclusive(False)
        self.replace.setChecked(line.if_loaded == "replace")
        self.keep.setChecked(line.if_loaded == "skip")
        self.aside.setChecked(line.if_loaded == "aside")
        self.group.setExclusive(True)

    @staticmethod
    def _choice_words(line: Line) -> tuple[str, str]:
        standing = line.reviewed.standing
        names = month_names(standing.differing)
        match standing.todo:
            case Todo.OTHER_RELEASE:
                told = tr("Use release {release} for {months}")
                return told.format(release=line.reviewed.release, months=names), tr("Stay with what is loaded")
            case Todo.OVERLAPS:
                return tr("Replace {months} with this report").format(months=names), tr("Keep what is loaded")
            case _:
                return tr("Replace {months} with the new numbers").format(months=names), tr("Keep what is loaded")

    def _fill(self) -> None:
        frame = self._line.reviewed.standing.differences if self._line is not None else None
        if frame is None or not self._line or not self._line.reviewed.standing.differing:
            self._keys = []
            self.table.show_rows((), (), ())
            return
        if not self.equal.isChecked():
            other = pl.col("loaded").ne_missing(pl.col("offered"))
            changed = frame.filter(other)
            frame = changed if changed.height else frame.filter(pl.col("verdict") != "equal")
        self._keys = [(name, metric) for name, _, metric, _, _ in frame.iter_rows()]
        rows = [_row(name, metric, loaded, offered) for name, _, metric, loaded, offered in frame.iter_rows()]
        headings = (tr("Month"), tr("Metric"), tr("Loaded"), tr("New"), tr("Change"), "%")
        self.table.show_rows(headings, (2, 3, 4, 5), rows)
        self.ask_titles()

    def _current(self) -> tuple[str, str] | None:
        row = self.table.currentIndex().row()
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def ask_titles(self) -> None:
        """Ask for the titles of the current month and metric."""
        key = self._current()
        if key is not None:
            self.titles_wanted.emit(*key)

    def _lay_out(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 8, 0, 0)
        around.setSpacing(4)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        for widget in (self.replace, self.keep, self.aside, self.same):
            choices.addWidget(widget)
        choices.addStretch(1)
        choices.addWidget(self.equal)
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
        around.addWidget(self.splitter, 1)
        around.addWidget(self.foot)


def _title(line: Line | None) -> str:  # noqa: PLR0911 - one for each case
    if line is None:
        return ""
    standing = line.reviewed.standing
    count = how_many_months(len(standing.differing))
    match line.reviewed.standing.todo:
        case Todo.DIFFERS:
            return tr("{months} differ from what is loaded").format(months=count)
        case Todo.OTHER_RELEASE:
            return tr("{months} are loaded in another release; the two count differently and are never mixed").format(
                months=count
            )
        case Todo.OVERLAPS:
            return tr("{months} are loaded with other filters or platforms; adding them would count use twice").format(
                months=count
            )
        case Todo.ALREADY:
            return tr("Loaded already, nothing new: every month is equal.")
        case _ if line.reviewed.twin is not None and not line.reviewed.twin.same:
            return tr("{file} has the same months with other numbers: leave one of the two out.").format(
                file=line.reviewed.twin.file
            )
        case _:
            return tr("Nothing of it is loaded with other numbers.")


def _against(line: Line | None) -> str:
    if line is None:
        return ""
    reviewed = line.reviewed
    files = ", ".join(file.replace("\\", "/").rsplit("/", 1)[-1] for file, _ in reviewed.standing.against[:3])
    head = f"{reviewed.proposal.name} · {report_words(reviewed)} · {months_words(reviewed.months, of=False)}"
    return tr("{head}; loaded from {files}").format(head=head, files=files)


def _foot(line: Line | None) -> str:
    if line is None:
        return ""
    standing = line.reviewed.standing
    parts = []
    if standing.equal:
        parts.append(tr("{months} equal: they stay as they are.").format(months=how_many_months(len(standing.equal))))
    if standing.fresh:
        parts.append(tr("{months} new.").format(months=how_many_months(len(standing.fresh))))
    parts.append(tr("Undo brings the loaded numbers back at any time."))
    return " ".join(parts)


def _row(name: str, metric: str, loaded: int | None, offered: int | None) -> tuple[Cell, ...]:
    by = (offered or 0) - (loaded or 0)
    if offered is None:
        part = f"{_WARN} {tr('gone')}"
    elif not loaded:
        part = tr("new")
    else:
        far = f"{_WARN} " if abs(by) > loaded * _HALF else ""
        part = far + (change(by / loaded) if by else tr("equal sum"))
    return (
        Cell(month(day(name)), spoken_month(day(name))),
        Cell(metric),
        _count(loaded, tr("loaded")),
        _count(offered, tr("new")),
        Cell(_signed(by)),
        Cell(part),
    )


def _title_row(name: str | None, loaded: int | None, offered: int | None) -> tuple[Cell, ...]:
    by = (offered or 0) - (loaded or 0)
    named = Cell(name or tr("(no title)"))
    return named, _count(loaded, tr("loaded")), _count(offered, tr("new")), Cell(_signed(by))


def _count(value: int | None, word: str) -> Cell:
    return (
        Cell(_DASH, tr("none {word}").format(word=word))
        if value is None
        else Cell(number(value), f"{number(value)} {word}")
    )


def _signed(by: int) -> str:
    return f"+{number(by)}" if by > 0 else number(by)
