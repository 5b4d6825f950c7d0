"""Proofs to look at, print and save: where a number comes from, and the certificate of a load. Not modal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from nolcat_desktop.gui.cell_text import months, number
from nolcat_desktop.gui.pages.add_words import day
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind, palette
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.workflow.explaining import Explanation
from nolcat_desktop.workflow.proving import write_explanation

_SHOWN = 2000
"""Cells that are listed; the file that is saved has all of them."""


class ExplanationDialog(QDialog):
    """A number, and the cells that add up to it."""

    def __init__(self, found: Explanation, shown: int | None, parent: QWidget) -> None:
        """Show `found`.

        Args:
            found: What was found out.
            shown: The count that was pointed at, when that may be a part of the total; None: the total was.
            parent: Owner.
        """
        super().__init__(parent)
        self._found, self._shown = found, shown
        self.setWindowTitle(self.tr("Where this number comes from"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = QLabel(self._sentence(), self)
        kind(self.title, "section")
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        headings = [
            Heading(self.tr("File")),
            Heading(self.tr("Cell"), 96),
            Heading(self.tr("There stands"), 110),
            Heading(self.tr("Uses"), 84, number=True),
            Heading(self.tr("What becomes of it"), 190),
        ]
        self.table = FactsTable(headings, self.tr("Cells that add up to it"), self)
        self.table.show_facts([*self._cells(), *self._beside()])
        self.said = QLabel("\n".join(f"{one.title}. {one.meaning}" for one in found.problems), self)
        self.said.setWordWrap(True)
        self.said.setVisible(bool(found.problems))
        _lay_out(self, (self.title, self.table, self.said), ((self.tr("Save this explanation…"), self._save),))
        self.resize(u(self, 820), u(self, 480))

    def _sentence(self) -> str:
        found, asked = self._found, self._found.asked
        span = months(day(asked.months[0]), day(asked.months[-1]))
        files = len({load.sha256 for load in found.loads})
        of = self.tr("1 file") if files == 1 else self.tr("{n} files").format(n=number(files))
        told = self.tr("{total} = {metric}, {source}, {report}, {span}. {cells} cells of {files}.")
        if self._shown is not None and self._shown != found.total:
            more = self.tr("The row has {n} of them; rows that look alike here are explained together.")
            told = f"{told} {more.format(n=number(self._shown))}"
        return told.format(
            total=number(found.total),
            metric=asked.metric,
            source=found.source,
            report=asked.report_type,
            span=span,
            cells=number(found.rows),
            files=of,
        )

    def _cells(self) -> list[Fact]:
        added = self.tr("added")
        return [
            Fact(
                (
                    _file(row["original"], row["sheet"]),
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
        named = ((self._found.left_out, self.tr("left out")), (self._found.repaired, self.tr("repaired")))
        return [
            Fact(
                (
                    _file(row["original"], row["sheet"]),
                    row["position"] or "—",
                    row["value"] or "—",
                    "",
                    f"{word}: {row['why']}",
                ),
                (word, n),
            )
            for frame, word in named
            for n, row in enumerate(frame.head(_SHOWN).iter_rows(named=True))
            for file in (_file(row["original"], row["sheet"]),)
        ]

    def _save(self) -> None:
        forms = self.tr("Page (*.html);;Workbook (*.xlsx);;Text (*.csv)")
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Save this explanation"), "explanation.html", forms)
        if file:
            try:
                write_explanation(self._found, Path(file))
            except NolcatError as error:
                self.said.setText(f"{error.problem.title}. {error.problem.meaning}")
                self.said.show()


class CertificateDialog(QDialog):
    """Pages that prove what was stored; always dark on light, as on paper."""

    def __init__(self, pages: str, parent: QWidget) -> None:
        """Show `pages`, a document in HTML."""
        super().__init__(parent)
        self._pages = pages
        self.setWindowTitle(self.tr("Certificate"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(self.tr("Certificate"))
        self.text.setPalette(_paper(self.text.palette()))
        self.text.setHtml(pages)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.hide()
        does = (
            (self.tr("Print…"), self._print),
            (self.tr("Save as PDF…"), self._pdf),
            (self.tr("Save as page…"), self._save),
        )
        _lay_out(self, (self.text, self.said), does)
        self.resize(u(self, 760), u(self, 600))

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.text.document().print_(printer)

    def _pdf(self) -> None:
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Save the certificate"), "certificate.pdf", "PDF (*.pdf)")
        if file:
            self.write_pdf(Path(file))

    def write_pdf(self, file: Path) -> None:
        """Write the pages as PDF."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        self.text.document().print_(printer)

    def _save(self) -> None:
        name, forms = "certificate.html", self.tr("Page (*.html)")
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Save the certificate"), name, forms)
        if file:
            try:
                Path(file).write_text(self._pages, encoding="utf-8")
            except OSError as error:
                self.said.setText(self.tr("It could not be saved: {why}").format(why=error.strerror or file))
                self.said.show()


def _file(original: str, sheet: str | None) -> str:
    name = original.replace("\\", "/").rsplit("/", 1)[-1]
    return f"{name} › {sheet}" if sheet else name


def _paper(now: QPalette) -> QPalette:
    light, made = palette(dark=False), QPalette(now)
    for part in (QPalette.ColorRole.Base, QPalette.ColorRole.Text, QPalette.ColorRole.Window):
        made.setColor(part, light.color(part))
    return made


def _lay_out(dialog: QDialog, widgets: Sequence[QWidget], does: Sequence[tuple[str, Callable[[], None]]]) -> None:
    around = QVBoxLayout(dialog)
    around.setContentsMargins(16, 16, 16, 16)
    around.setSpacing(12)
    for widget in widgets:
        around.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
    foot = QHBoxLayout()
    foot.setSpacing(8)
    for words, do in (*does, (dialog.tr("Close"), dialog.close)):
        button = QPushButton(words, dialog)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _=False, do=do: do())
        foot.addWidget(button)
    foot.insertStretch(len(does), 1)
    around.addLayout(foot)
