"""The parts of the Library place and where they are: bar, grid, panel, list of gaps, the lines under the grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from nolcat_desktop.analysis.coverage_grid import Grid
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.coverage_model import CoverageModel
from nolcat_desktop.gui.pages.coverage_view import CoverageView
from nolcat_desktop.gui.pages.data_states import Sentence
from nolcat_desktop.gui.pages.library_bar import LibraryBar
from nolcat_desktop.gui.pages.library_gaps import GapsList
from nolcat_desktop.gui.pages.library_line import Legend, ReadingLine
from nolcat_desktop.gui.pages.library_panel import CellPanel
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.problem import Problem

EMPTY_GRID = Grid(2000, 1, (), (0, 0))


class LibraryParts(Place):
    """Nothing is decided here."""

    def build(self) -> Iterator[None]:
        """Make the parts, with nothing in them."""
        self.bar = LibraryBar(self)
        self.stack, self.foot = QStackedWidget(self), QWidget(self)  # first: who is put into another is dressed anew
        self.splitter = QSplitter(self.stack)
        self.view = CoverageView(CoverageModel(EMPTY_GRID, self), self.splitter)
        self.line, self.legend = ReadingLine(self.foot), Legend(self.foot)
        yield
        self.panel = CellPanel(self.splitter)
        self.panel.look_asked.connect(lambda wish: self.asked_for.emit("data", wish))
        yield
        self.gaps = GapsList(self.stack)
        yield
        self.nothing = Sentence(self.stack)
        self.card: MessageCard | None = None
        self.panel.hide()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        for widget in (self.splitter, self.gaps, self.nothing):
            self.stack.addWidget(widget)
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(4)
        foot.addWidget(self.line)
        foot.addWidget(self.legend)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.foot)

    def show_card(self, problem: Problem, again: Callable[[], None]) -> None:
        """Say why the library cannot be shown, and offer to try it again."""
        self.drop_card()
        self.card = MessageCard(problem, (Choice(self.tr("Try again"), again),), parent=self)
        self.stack.setCurrentIndex(self.stack.addWidget(self.card))

    def drop_card(self) -> None:
        """The library can be shown, or something else is the matter."""
        if self.card is not None:
            self.stack.removeWidget(self.card)
            self.card.deleteLater()
            self.card = None

    def panes(self) -> Sequence[QWidget]:
        """Grid and panel, or the list of gaps."""
        if self.stack.currentWidget() is self.gaps:
            return (self.gaps.table,)
        if self.stack.currentWidget() is not self.splitter:
            return (self.bar.finder,)
        shown = tuple(
            table for table in (self.panel.loads, self.panel.totals, self.panel.restated) if table.isVisible()
        )
        return shown if self.view.isHidden() else (self.view, *shown)

    def found(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """The sources that are shown."""
        told = self.tr("Source: {name}")
        shown = self.view.coverage.grid.sources
        return [(told.format(name=one.name), partial(self._go_to, one.source_id)) for one in shown]

    def _go_to(self, source_id: int) -> None:
        self.view.go_to((source_id, "", None))
        self.view.setFocus()

    def layout_class_changed(self, layout: LayoutClass) -> None:
        """Less in the bar, the panel below, one button in the reading line."""
        super().layout_class_changed(layout)
        tight = layout is LayoutClass.TIGHT
        self.bar.set_room(wide=layout is LayoutClass.WIDE, tight=tight)
        self.line.set_tight(tight)
        self.gaps.set_tight(tight)
        self.legend.setVisible(not tight)
        wide = layout is LayoutClass.WIDE
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self.make_room()

    def share(self) -> None:
        """The panel beside the grid, or below it with no more than it says."""
        if self.splitter.orientation() == Qt.Orientation.Horizontal:
            room, wanted = self.splitter.width(), self.u(320)
        else:
            room = self.splitter.height()
            wanted = min(max(self.panel.sizeHint().height(), self.u(160)), room // 2)
        self.splitter.setSizes([room - wanted, wanted])

    def make_room(self) -> None:
        """In a tight window the panel takes the room of the grid, until it is closed."""
        self.view.setVisible(self.panel.isHidden() or self.layout_class is not LayoutClass.TIGHT)

    def restyle(self) -> None:
        """Sizes and colours of the moment."""
        for part in (self.bar, self.view, self.line, self.panel, self.gaps):
            part.restyle()
        self.legend.update()
        self.legend.updateGeometry()
