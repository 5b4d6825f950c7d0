"""How table, totals and chart share the room: beside each other, below each other, or as tabs.

They stay where they are in all of these, and are only shown and hidden: Qt dresses whoever is put into another widget
anew, with all that is in it, and that holds the window up.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSplitter, QTabBar, QVBoxLayout, QWidget

from nolcat_desktop.gui.pages.data_side import ChartPane
from nolcat_desktop.gui.pages.data_totals import TotalsPane
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.scale import LayoutClass, u
from nolcat_desktop.gui.theme import kind

_BESIDE_FROM, _BELOW_FROM = 430, 580
"""Height in u from which the chart has its 180 u beside and below the totals."""
_SHARES = (57, 43)
_LATER = 50
"""Milliseconds: not while the rest of the window is drawn anew."""


class Shape(Enum):
    """How the panes are laid out."""

    BESIDE = "beside"
    BELOW = "below"
    TABS = "tabs"


class Panes(QWidget):
    """Table, totals, chart."""

    def __init__(
        self,
        table: QWidget,
        totals: TotalsPane,
        chart: ChartPane,
        remembered: Remembered,
        parent: QWidget | None = None,
    ) -> None:
        """Take the three."""
        super().__init__(parent)
        self._parts = (table, totals, chart)
        self._totals, self._remembered = totals, remembered
        self._layout_class = LayoutClass.WIDE
        self._shape: Shape | None = None
        self.tabs, self._line = QTabBar(self), QFrame(self)
        self.splitter = QSplitter(self)
        self.side = QWidget(self.splitter)
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.side)
        self._lay_out()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._choose)

    def _lay_out(self) -> None:
        table, totals, chart = self._parts
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(8)
        self._beside.addWidget(totals)
        self._beside.addWidget(chart, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.insertWidget(0, table)
        self.splitter.splitterMoved.connect(self._moved)
        for word in (self.tr("Table"), self.tr("Totals"), self.tr("Chart")):
            self.tabs.addTab(word)
        self.tabs.setDocumentMode(True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Table, totals, chart"))
        self.tabs.currentChanged.connect(self._show_parts)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        kind(self._line, "line")
        self._line.setFixedHeight(1)
        for part in (self.tabs, self._line):
            around.addWidget(part)
            part.hide()
        around.addWidget(self.splitter, 1)

    @property
    def shape(self) -> Shape | None:
        """How it is laid out now."""
        return self._shape

    def set_layout_class(self, layout: LayoutClass) -> None:
        """There is more or less room now."""
        self._layout_class = layout
        self._choose_soon()

    def restyle(self) -> None:
        """Larger text needs more room."""
        self._choose_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out now that its size is known."""
        super().showEvent(event)
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew where the height asks for it."""
        super().resizeEvent(event)
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Tab goes through the tabs, as it does everywhere."""
        by = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if by is None or not is_control or self._shape is not Shape.TABS:
            super().keyPressEvent(event)
            return
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def _choose_soon(self) -> None:
        """Now where it is seen; else a little later, for it takes its time."""
        if self.isVisible():
            self._choose()
        else:
            self._late.start(_LATER)

    def _choose(self) -> None:
        if self._shape is None and not self.isVisible():
            return  # its size says nothing yet
        height = self.height() / max(u(self, 100) / 100, 0.1)
        if self._layout_class is LayoutClass.WIDE and height >= _BESIDE_FROM:
            self._become(Shape.BESIDE)
        elif self._layout_class is LayoutClass.MEDIUM and height >= _BELOW_FROM:
            self._become(Shape.BELOW)
        else:
            self._become(Shape.TABS)

    def _become(self, shape: Shape) -> None:
        if shape is self._shape:
            return
        self._shape = shape
        self._totals.set_alone(shape is Shape.TABS)
        for part in (self.tabs, self._line):
            part.setVisible(shape is Shape.TABS)
        if shape is Shape.TABS:
            self._show_parts()
            return
        below = shape is Shape.BELOW
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if below else QBoxLayout.Direction.TopToBottom)
        self.splitter.setOrientation(Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal)
        for at, stretch in enumerate((2, 3) if below else (0, 1)):
            self._beside.setStretch(at, stretch)
        self._show_parts()
        state = self._remembered.get_state(self._key())
        if state.isEmpty() or not self.splitter.restoreState(state):
            for index, share in enumerate(_SHARES):
                self.splitter.setStretchFactor(index, share)
            room = self.height() if below else self.width()
            self.splitter.setSizes([room * share // 100 for share in _SHARES])

    def _moved(self) -> None:
        self._remembered.put_state(self._key(), self.splitter.saveState())

    def _key(self) -> str:
        return f"data_splitter_{self._shape.value if self._shape else ''}"

    def _show_parts(self) -> None:
        """All of them, or the one whose tab is in front."""
        now = self.tabs.currentIndex() if self._shape is Shape.TABS else None
        for at, part in enumerate(self._parts):
            part.setVisible(now is None or at == now)
        self.side.setVisible(now != 0)
