"""One number of Annual statistics: its definition, what it lacks, what is added up, and what each source adds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nolcat_desktop.analysis.annual_statistics import Answer
from nolcat_desktop.gui.header import TITLE_SIZE
from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.notice import Level
from nolcat_desktop.gui.pages.annual_words import lacks, parts, question, sources
from nolcat_desktop.gui.pages.coverage_facts import FactsTable, Heading
from nolcat_desktop.gui.scroll_pane import ScrollPane
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import level_word
from nolcat_desktop.workflow.surveying import Survey

_ROWS = 4
"""Of the sources, that are seen without scrolling them."""


class AnnualNumber(QWidget):
    """Beside the questions, or a tab of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No number yet."""
        super().__init__(parent)
        self.number, self.definition, self.lacks = QLabel(self), QLabel(self), QLabel(self)
        self.parts = FactsTable(
            [
                Heading(self.tr("View"), 64),
                Heading(self.tr("Metric")),
                Heading(self.tr("Months with use"), 120, number=True),
                Heading(self.tr("Adds"), 84, number=True),
            ],
            self.tr("What is added up"),
            self,
        )
        adds = [Heading(self.tr("Source")), Heading(self.tr("Adds"), 84, number=True)]
        self.sources = FactsTable(adds, self.tr("What each source adds"), self)
        for label, look in ((self.number, ""), (self.definition, "muted"), (self.lacks, "")):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if look:
                kind(label, look)
        self._around = QVBoxLayout(self)
        self.stand_alone(False)
        pane = ScrollPane(self)
        for widget in (self.number, self.definition, self._warning(), self.parts, self.sources):
            pane.column.addWidget(widget)
        pane.column.addStretch(1)
        self._around.addWidget(pane)

    def stand_alone(self, alone: bool) -> None:
        """Begin where the tab begins, or keep away from the questions beside it."""
        self._around.setContentsMargins(0 if alone else 12, 8 if alone else 0, 0, 0)

    def show_answer(self, answer: Answer, found: Survey) -> None:
        """Show `answer`, one of `found`."""
        self.number.setText(question(answer, found).cells[1])
        self.definition.setText(f"{answer.statistic.name}: {answer.statistic.question}.")
        self.parts.show_facts(parts(answer, found))
        self.sources.show_facts(sources(answer, found))
        self.sources.setVisible(bool(answer.by_source))
        said = lacks(answer, found)
        self.lacks.setText(said)
        self.warning.setVisible(bool(said))
        self._fit()

    def _warning(self) -> QWidget:
        """What the number lacks, beside the sign of what should be looked at."""
        self.warning, self._sign = QWidget(self), QLabel(self)
        self._sign.setAccessibleName(level_word(Level.CHECK))
        self._sign.setToolTip(level_word(Level.CHECK))
        row = QHBoxLayout(self.warning)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.lacks, 1)
        return self.warning

    def restyle(self) -> None:
        """Sizes of the moment."""
        self._sign.setPixmap(pixmap(Level.CHECK.icon, Level.CHECK.role, 16))
        for table in (self.parts, self.sources):
            table.restyle()
        self._fit()
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * TITLE_SIZE)
        font.setWeight(QFont.Weight.DemiBold)
        self.number.setFont(font)

    def _fit(self) -> None:
        for table in (self.parts, self.sources):
            table.fit(_ROWS)
