"""The tab Findings: the list, and beside it what the finding means, what to do, and its cell in its surroundings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.icons import icon, pixmap
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.add_asking import AskingPane
from nolcat_desktop.gui.pages.add_cell_view import SheetView
from nolcat_desktop.gui.pages.add_finding_list import Finding, FindingTree
from nolcat_desktop.gui.pages.add_finding_words import nothing_words, sentences, shortened
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import level_word
from nolcat_desktop.workflow.review_sheet import Surroundings

_CELLS, _FEW_CELLS, _HIGH, _ROOMY = 100, 78, 230, 290
"""Heights in u: of the cells with neighbours above and below, and with the headings alone; of the pane from which there
is room for the former, and for a line of its own for each sentence."""
_SHOWN_TIGHT = 3
"""Buttons that there is room for in a tight window."""


class FindingsPane(QWidget):
    """Asks for the surroundings of a cell by `cell_wanted`; they are given to `show_cell`."""

    cell_wanted = Signal(str)
    """A position of the current report; empty: of none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing found."""
        super().__init__(parent)
        self.splitter = QSplitter(self)  # whoever is put into another is dressed anew, with all that is in it
        self.tree, self._side = FindingTree(self.splitter), QWidget(self.splitter)
        self._area = QScrollArea(self._side)
        self._card = QWidget(self._area.viewport())
        self.cells = SheetView(self.tr("The cell in its surroundings"), self._card)
        self.title, self.text, self.place = QLabel(self._side), QLabel(self._card), QLabel(self._side)
        self._glyph = QLabel(self._side)
        self.buttons: list[QPushButton] = []
        self._buttons = QHBoxLayout()
        self._finding: Finding | None = None
        self._tight = self._is_read = self._is_roomy = False
        self._at, self._nothing = 0, ""
        self.back, self.forth = self._arrow("chevron-left", tr("Back")), self._arrow("chevron-right", tr("Next"))
        self.back.clicked.connect(lambda: self.step(-1))
        self.forth.clicked.connect(lambda: self.step(1))
        self.details, self.copy = self._arrow("", tr("Details")), self._arrow("copy", tr("Copy this finding"))
        self.details.setText(tr("Details"))
        self.details.setCheckable(True)
        self.details.toggled.connect(lambda: self._finding and self.text.setText(self._sentences(self._finding)))
        self.copy.clicked.connect(self._copy)
        self.asking = AskingPane(self._card)
        self._lay_out()
        self.tree.current_changed.connect(self._show)
        self.tree.opened.connect(self.cells.setFocus)
        self._show(None)

    def show_line(self, line: Line | None, choices: Sequence[Choice]) -> None:
        """Show the findings of a report, and what can be done about them."""
        self._is_read = line is not None and not line.looking
        self._nothing = nothing_words(line)
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown = choices if not self._tight or len(choices) <= _SHOWN_TIGHT else choices[: _SHOWN_TIGHT - 1]
        self.buttons = [self._button(choice) for choice in shown]
        if len(shown) < len(choices):
            self.buttons.append(self._more(choices[len(shown) :]))
        for button in self.buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.tree.show_line(line)

    def show_cell(self, found: Surroundings | None) -> None:
        """Show the cell that was asked for."""
        has_place = found is not None and (found.row is not None or not (self._finding and self._finding.positions))
        self.cells.setVisible(has_place and found is not None and found.sheet.cells.height > 0)
        self._rest.setVisible(not self.cells.isVisibleTo(self))
        if self.cells.isVisibleTo(self):
            self.cells.show_surroundings(found)
            QTimer.singleShot(0, self, self._bring)

    def _bring(self) -> None:
        """Into sight: the cell; a question comes before the cell that it is about."""
        if self.asking.is_asking:
            self._area.verticalScrollBar().setValue(0)
        else:
            self._area.ensureWidgetVisible(self.cells, 0, 0)

    def step(self, by: int) -> bool:
        """The next place of this finding, then the next finding; False: that was the last."""
        positions = self._finding.positions if self._finding is not None else ()
        if 0 <= self._at + by < len(positions):
            self._at += by
            self._show_place()
            return True
        return self.tree.step(by)

    def set_tight(self, tight: bool) -> None:
        """The stepper alone instead of the list."""
        self._tight = tight
        self._show_tree()
        self._show_place(ask=False)

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.tree.restyle()
        self.cells.restyle()
        for button, name in ((self.back, "chevron-left"), (self.forth, "chevron-right"), (self.copy, "copy")):
            button.setIcon(icon(name))
            button.setIconSize(QSize(u(self, 16), u(self, 16)))
        self._show_glyph()
        self._fit()

    def _show(self, finding: Finding | None) -> None:
        self._finding, self._at = finding, 0
        self._show_tree()
        if finding is None:
            self.title.setText(self._nothing if self._is_read and not self.tree.findings else "")
            self.text.setText("")
            self.show_cell(None)
        else:
            self.title.setText(shortened(finding.title))
            self.title.setToolTip(finding.title if self.title.text() != finding.title else "")
            self.text.setText(self._sentences(finding))
        self.details.setVisible(finding is not None and bool(finding.details))
        self.copy.setVisible(finding is not None)
        self.title.setVisible(bool(self.title.text()))
        self.text.setVisible(finding is not None)
        self._show_glyph()
        self._show_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The headline comes first: what can be done with it goes below where both do not fit in a line."""
        super().resizeEvent(event)
        self._share_head()
        self._fit()

    def _fit(self) -> None:
        """As many rows around the cell, and lines of text, as there is height for."""
        self.cells.setMinimumHeight(u(self, _CELLS if self.height() >= u(self, _HIGH) else _FEW_CELLS))
        is_roomy = self.height() >= u(self, _ROOMY)
        if is_roomy is not self._is_roomy:
            self._is_roomy = is_roomy
            if self._finding is not None:
                self.text.setText(self._sentences(self._finding))

    def _share_head(self) -> None:
        wanted = self.title.fontMetrics().horizontalAdvance(self.title.text()) + self._tools.sizeHint().width()
        below = self._tight and wanted + u(self, 40) > self.width()
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(way)

    def _show_tree(self) -> None:
        """The list stands where there is one, and room for it."""
        self.tree.setVisible(not self._tight and bool(self.tree.findings))

    def _sentences(self, finding: Finding) -> str:
        return sentences(finding, details=self.details.isChecked(), lines=self._is_roomy)

    def _copy(self) -> None:
        if self._finding is not None:
            found = self._finding
            where = ", ".join(found.positions)
            lines = (found.title, where, found.meaning, found.hint, found.details)
            QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))

    def _show_glyph(self) -> None:
        self._glyph.setVisible(self._finding is not None)
        if self._finding is not None:
            level = self._finding.level
            self._glyph.setPixmap(pixmap(level.icon, level.role, 16))
            self._glyph.setAccessibleName(level_word(level))
            self._glyph.setToolTip(level_word(level))

    def _show_place(self, ask: bool = True) -> None:
        finding = self._finding
        positions = finding.positions if finding is not None else ()
        alone = not self.tree.isVisibleTo(self)
        steps = len(positions) > 1 or (alone and len(self.tree.findings) > 1)
        words = ""
        if finding is not None and alone:
            words = tr("{n} of {all} kinds").format(n=self.tree.current() + 1, all=len(self.tree.findings))
        if len(positions) > 1:
            here = tr("{n} of {all}").format(n=self._at + 1, all=number(len(positions)))
            words = f"{words} · {here}" if words else here
        self.place.setText(words)
        for widget in (self.back, self.forth, self.place):
            widget.setVisible(steps)
        self._share_head()
        if ask:
            self.cell_wanted.emit(positions[self._at] if positions else "")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        said, tools = QHBoxLayout(), QHBoxLayout()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools = tools
        for row in (said, tools, self._head):
            row.setSpacing(8)
        kind(self.title, "section")
        self.title.setWordWrap(True)
        self.text.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        kind(self.place, "muted")
        said.addWidget(self._glyph)
        said.addWidget(self.title, 1)
        tools.addStretch(1)
        for widget in (self.details, self.copy, self.back, self.place, self.forth):
            tools.addWidget(widget)
        self._head.addLayout(said, 1)
        self._head.addLayout(tools)
        self._rest = QWidget(self._card)
        self._buttons.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self.asking)
        column.addWidget(self.cells, 1)
        column.addWidget(self._rest, 1)
        self.splitter.addWidget(self.tree)
        self.splitter.addWidget(self._lay_out_side())
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.setStretchFactor(0, 40)
        self.splitter.setStretchFactor(1, 60)
        self.splitter.setSizes([400, 600])
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 8, 0, 0)
        around.addWidget(self.splitter)

    def _lay_out_side(self) -> QWidget:
        """The headline and the buttons stay; what is between them scrolls."""
        area = self._area
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        kind(self._card, "plain")
        area.setWidget(self._card)
        beside = QVBoxLayout(self._side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        beside.addLayout(self._head)
        beside.addWidget(area, 1)
        beside.addSpacing(4)
        beside.addLayout(self._buttons)
        return self._side

    def _arrow(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self._side)
        kind(button, "quiet")
        if name:
            button.setIcon(icon(name))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setIconSize(QSize(u(self, 16), u(self, 16)))
        return button

    def _more(self, choices: Sequence[Choice]) -> QPushButton:
        """The rest of what can be done, where there is no room for all."""
        button = QPushButton(tr("More"), self._side)
        button.setAccessibleName(tr("More to do"))
        menu = QMenu(button)
        for choice in choices:
            menu.addAction(choice.text.replace("&", "&&")).triggered.connect(lambda _=False, do=choice.do: do())
        button.setMenu(menu)
        return button

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text.replace("&", "&&"), self._side)
        button.setAccessibleName(choice.text)
        button.clicked.connect(lambda: choice.do())
        return button
