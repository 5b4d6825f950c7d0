"""The two questions of the Library place: of which months no report exists, and whether months shall go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

import polars as pl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.cell_text import months, number
from nolcat_desktop.gui.indicator_row import indicator_row
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.scale import fit, u
from nolcat_desktop.gui.theme import kind


class Reach(Enum):
    """Of which months something is said."""

    THESE = "these"
    BEFORE = "before"
    """These and everything before."""
    AFTER = "after"
    """These and everything after."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Months of a report, or of all reports of a source."""

    who: str
    """In words."""
    source_id: int
    report_type: str
    """'' for all reports of the source."""
    first: date
    last: date

    @property
    def months(self) -> int:
        """How many there are from the first to the last."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def words(self) -> str:
        """`Mar – Apr 2021`."""
        return months(self.first, self.last)


class AnswerDialog(QDialog):
    """No report exists: of these months, of everything before, of everything after; with a note."""

    def __init__(self, marked: Marked, do: Callable[[Reach, str], None], parent: QWidget) -> None:
        """Ask about `marked`; `do` gets the answer."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("No report exists"))
        self.title = QLabel(f"{marked.who} · {marked.words}", self)
        kind(self.title, "section")
        self.title.setWordWrap(True)
        told = QLabel(self.tr("These months are no longer missing then. Undo takes it back at any time."), self)
        told.setWordWrap(True)
        self.group = QButtonGroup(self)
        first, last = months(marked.first, marked.first), months(marked.last, marked.last)
        self.choices: dict[Reach, QRadioButton] = {
            Reach.THESE: QRadioButton(self.tr("Only {months}").format(months=marked.words), self),
            Reach.BEFORE: QRadioButton(
                self.tr("{month} and everything before (it was not subscribed yet)").format(month=last), self
            ),
            Reach.AFTER: QRadioButton(
                self.tr("{month} and everything after (it was cancelled)").format(month=first), self
            ),
        }
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(self.tr("Note, if you like: who said so, and when"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        around = _around(self)
        around.addWidget(self.title)
        for choice in self.choices.values():
            self.group.addButton(choice)
            around.addLayout(indicator_row(choice))
        self.choices[Reach.THESE].setChecked(True)
        around.addWidget(self.note)
        around.addWidget(told)
        around.addWidget(_foot(self, self.tr("Remember"), lambda: do(self.reach(), self.note.text().strip())))

    def reach(self) -> Reach:
        """What is chosen."""
        return next(reach for reach, choice in self.choices.items() if choice.isChecked())


class RemoveDialog(QDialog):
    """What would go, per metric, before it goes."""

    def __init__(self, who: str, gone: pl.DataFrame, do: Callable[[], None], parent: QWidget) -> None:
        """Show `gone` (in the schema `workflow.removing.REMOVED`); `do` removes it."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Remove months"))
        title = QLabel(who, self)
        kind(title, "section")
        title.setWordWrap(True)
        headings = [
            Heading(self.tr("Report")),
            Heading(self.tr("Metric")),
            Heading(self.tr("Months"), 150),
            Heading(self.tr("Uses"), 84, number=True),
        ]
        self.table = FactsTable(headings, self.tr("What would go"), self)
        self.table.show_facts([_gone(row) for row in gone.iter_rows(named=True)])
        told = QLabel(self.tr("The original files stay. Undo brings the numbers back at any time."), self)
        told.setWordWrap(True)
        rows = sum(dict(zip(_keys(gone), gone["rows"], strict=True)).values())
        self.remove = self.tr("Remove 1 row") if rows == 1 else self.tr("Remove {n} rows").format(n=number(rows))
        around = _around(self)
        for widget in (title, self.table, told, _foot(self, self.remove, do)):
            around.addWidget(widget)
        self.table.setMinimumHeight(u(self, 160))
        fit(self, 620, 320)


def _keys(gone: pl.DataFrame) -> Sequence[tuple[object, ...]]:
    return gone.select("statistics_source_ID", "report_type", "release").rows()


def _gone(row: dict[str, object]) -> Fact:
    first, last = (date.fromisoformat(f"{row[name]}-01") for name in ("first_month", "last_month"))
    uses = row["uses"]
    told = number(int(str(uses))) if uses is not None else ""
    report = f"{row['report_type']} · {row['release']}"
    return Fact((report, str(row["metric_type"] or "—"), months(first, last), told), tuple(row.values()))


def _around(dialog: QDialog) -> QVBoxLayout:
    around = QVBoxLayout(dialog)
    around.setContentsMargins(16, 16, 16, 16)
    around.setSpacing(12)
    dialog.setMinimumWidth(u(dialog, 420))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return around


def _foot(dialog: QDialog, words: str, do: Callable[[], None]) -> QDialogButtonBox:
    box = QDialogButtonBox(dialog)
    yes, no = QPushButton(words, dialog), QPushButton(dialog.tr("Cancel"), dialog)
    for button in (yes, no):
        button.setAccessibleName(button.text())
    box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(no, QDialogButtonBox.ButtonRole.RejectRole)
    yes.setDefault(True)

    def accepted() -> None:
        dialog.accept()
        do()

    box.accepted.connect(accepted)
    box.rejected.connect(dialog.reject)
    return box
