"""Proofs to look at, print and save: where a number comes from, and the certificate of a load. Not modal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, Qt, Signal
from PySide6.QtGui import QPdfWriter, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from nolcat_desktop.dataset import Load
from nolcat_desktop.export import write_whole
from nolcat_desktop.gui.cell_text import months, number
from nolcat_desktop.gui.certificate_numbers import CertificateNumbers
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.pages.add_words import day
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.scale import fit
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.workflow.explaining import Explanation
from nolcat_desktop.workflow.proving import Sum, write_explanation

LEFT_OUT, REPAIRED = "left out", "repaired"
_SHOWN = 2000
"""Cells that are listed; the file that is saved has all of them."""
_DOTS = 300
"""Dots an inch of a PDF, for what is not text."""


class ExplanationDialog(QDialog):
    """A number, and the cells that add up to it."""

    cell_asked = Signal(object, str)
    """The load whose original shall be shown, and the position in it."""

    def __init__(self, found: Explanation, shown: int | None, chooser: Chooser, parent: QWidget) -> None:
        """Show `found`.

        Args:
            found: What was found out.
            shown: The count that was pointed at, when that may be a part of the total; None: the total was.
            chooser: Asks where to save.
            parent: Owner.
        """
        super().__init__(parent)
        self._found, self._shown, self._chooser = found, shown, chooser
        self.setWindowTitle(self.tr("Where this number comes from"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = QLabel(self._sentence(), self)
        kind(self.title, "section")
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        headings = [
            Heading(self.tr("File")),
            Heading(self.tr("Cell"), 64),
            Heading(self.tr("There stands"), 100, spare=1),
            Heading(self.tr("Uses"), 64, number=True),
            Heading(self.tr("What becomes of it"), sentence=True),
        ]
        self.table = FactsTable(headings, self.tr("Cells that add up to it"), self)
        self.table.show_facts([*self._cells(), *self._beside()])
        self.said = QLabel("\n".join(f"{one.title}. {one.meaning}" for one in found.problems), self)
        self.said.setWordWrap(True)
        self.said.setVisible(bool(found.problems))
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        does = ((self.tr("Show the cell"), self._show_cell), (self.tr("Save this explanation…"), self._save))
        self.show_cell, _ = lay_out(self, (self.title, self.table, self.line, self.said), does)
        self.table.selectionModel().currentRowChanged.connect(self._can_show)
        self.table.activated.connect(self._show_cell)
        self._can_show()
        fit(self, 820, 480)

    def _sentence(self) -> str:
        found, asked = self._found, self._found.asked
        span = months(day(asked.months[0]), day(asked.months[-1]))
        files = len({load.sha256 for load in found.loads})
        of = self.tr("1 file") if files == 1 else self.tr("{n} files").format(n=number(files))
        told = self.tr("{total} = {metric}, {source}, {report}, {span}. {cells} of {files}.")
        if self._shown is not None and self._shown != found.total:
            more = (
                self.tr("The row has {n} of them; rows that look alike here are explained together.")
                if self._shown < found.total
                else self.tr("{n} was shown: the library has changed since, look again.")
            )
            told = f"{told} {more.format(n=number(self._shown))}"
        return told.format(
            total=number(found.total),
            metric=asked.metric,
            source=found.source,
            report=asked.report,
            span=span,
            cells=self.tr("1 cell") if found.rows == 1 else self.tr("{n} cells").format(n=number(found.rows)),
            files=of,
        )

    def _current(self) -> tuple[Load, str] | None:
        """The load and the position of the current line, where both are known for certain."""
        key, found = self.table.current_key(), self._found
        if isinstance(key, int):
            row = found.cells.row(key, named=True)
        elif isinstance(key, tuple):
            row = (found.left_out if key[0] == LEFT_OUT else found.repaired).row(key[1], named=True)
        else:
            return None
        loads = [
            load
            for load in found.loads
            if (load.original, load.sheet, load.entry) == (row["original"], row["sheet"], row.get("entry", load.entry))
        ]
        one_file = len({load.sha256 for load in loads}) == 1
        return (loads[0], row["position"]) if one_file and loads[0].sha256 and row["position"] else None

    def _can_show(self) -> None:
        can = self._current() is not None
        self.show_cell.setEnabled(can)
        self.show_cell.setToolTip("" if can else self.tr("There is no original of this line here"))
        row = self.table.currentIndex().row()
        cells = self.table.facts.facts[row].cells if row >= 0 else ()
        self.line.setText(f"{cells[1]}: {cells[-1]}" if cells else "")

    def _show_cell(self) -> None:
        current = self._current()
        if current is not None:
            self.cell_asked.emit(*current)

    def _cells(self) -> list[Fact]:
        added = self.tr("added")
        return [
            Fact(
                (
                    file_words(row["original"], row["sheet"]),
                    row["position"] or "—",
                    row["value"] or "—",
                    number(row["usage_count"]),
                    f"{added} · {row['resource_name'] or ''}".rstrip(" ·"),
                ),
                n,
            )
            for n, row in enumerate(self._found.cells.head(_SHOWN).iter_rows(named=True))
        ]

    def _beside(self) -> list[Fact]:
        named = (
            (self._found.left_out, LEFT_OUT, self.tr("left out")),
            (self._found.repaired, REPAIRED, self.tr("repaired")),
        )
        return [
            Fact(
                (
                    file_words(row["original"], row["sheet"]),
                    row["position"] or "—",
                    row["value"] or "—",
                    "",
                    f"{word}: {row['why']}",
                ),
                (key, n),
            )
            for frame, key, word in named
            for n, row in enumerate(frame.head(_SHOWN).iter_rows(named=True))
        ]

    def _save(self) -> None:
        forms = self.tr("Page (*.html);;Workbook (*.xlsx);;Text (*.csv)")
        chosen = self._chooser.target(self.tr("Save this explanation"), "proofs", "explanation.html", forms)
        if chosen is not None:
            _say(self.said, lambda: write_explanation(self._found, chosen[0]))


class CertificateDialog(QDialog):
    """Pages that prove what was stored; always dark on light, as on paper."""

    sum_asked = Signal(object)
    """The `Sum` that shall be explained."""

    def __init__(self, pages: str, chooser: Chooser, parent: QWidget, numbers: Sequence[Sequence[Sum]] = ()) -> None:
        """Show `pages`, a document in HTML with the sums `numbers`; `chooser` asks where to save."""
        super().__init__(parent)
        self._pages, self._chooser = pages, chooser
        self.setWindowTitle(self.tr("Certificate"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(self.tr("Certificate"))
        kind(self.text, "paper")
        self.text.document().setDefaultStyleSheet("td, th { padding: 2px 8px; } dt { margin-top: 4px; }")
        self.text.setHtml(pages)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.hide()
        does = (
            (self.tr("Where this number comes from"), lambda: None),
            (self.tr("Print…"), self._print),
            (self.tr("Save as PDF…"), self._pdf),
            (self.tr("Save as page…"), self._save),
        )
        where, *_ = lay_out(self, (self.text, self.said), does)
        fit(self, 760, 600)
        self.numbers = CertificateNumbers(self.text, where, numbers, self.sum_asked.emit)
        where.setVisible(bool(numbers))

    def showEvent(self, event: QShowEvent) -> None:
        """What it is about comes first, though the caret stands in the first sum."""
        super().showEvent(event)
        self.text.verticalScrollBar().setValue(0)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # takes its time, and few print

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.text.document().print_(printer)

    def _pdf(self) -> None:
        kinds = "PDF (*.pdf)"
        if chosen := self._chooser.target(self.tr("Save the certificate"), "proofs", "certificate.pdf", kinds):
            _say(self.said, lambda: self.write_pdf(chosen[0]))

    def write_pdf(self, file: Path) -> None:
        """Write the pages as PDF.

        Raises:
            NolcatError: If the disk refuses; what stood there stays.
        """
        content = QBuffer()
        content.open(QBuffer.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(content)
        writer.setResolution(_DOTS)
        self.text.document().print_(writer)
        del writer  # ends the document
        write_whole(file, bytes(content.data().data()))

    def _save(self) -> None:
        kinds = self.tr("Page (*.html)")
        if chosen := self._chooser.target(self.tr("Save the certificate"), "proofs", "certificate.html", kinds):
            _say(self.said, lambda: write_whole(chosen[0], self._pages.encode()))


def _say(line: QLabel, write: Callable[[], object]) -> None:
    """Write, and say in `line` what came of it."""
    try:
        write()
    except NolcatError as error:
        line.setText(f"{error.problem.title}. {error.problem.meaning} {error.problem.remedy}")
    else:
        line.setText(line.tr("Saved."))
    line.show()


def file_words(original: str, sheet: str | None) -> str:
    """`TR.xlsx › Sheet2`."""
    name = original.replace("\\", "/").rsplit("/", 1)[-1]
    return f"{name} › {sheet}" if sheet else name


def lay_out(
    dialog: QDialog, widgets: Sequence[QWidget], does: Sequence[tuple[str, Callable[[], None]]]
) -> list[QPushButton]:
    """`widgets` below each other; a button for each deed, which are returned, and Close."""
    around = QVBoxLayout(dialog)
    around.setContentsMargins(16, 16, 16, 16)
    around.setSpacing(12)
    for widget in widgets:
        around.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
    foot = QHBoxLayout()
    foot.setSpacing(8)
    made = []
    for words, do in (*does, (dialog.tr("Close"), dialog.close)):
        button = QPushButton(words, dialog)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _=False, do=do: do())
        foot.addWidget(button)
        made.append(button)
    foot.insertStretch(len(does), 1)
    around.addLayout(foot)
    return made[: len(does)]
