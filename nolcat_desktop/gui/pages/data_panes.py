"""How table, totals and chart share the room: beside each other, below each other, or as tabs."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QSplitter, QStackedLayout, QTabWidget, QWidget

from nolcat_desktop.gui.pages.data_side import ChartPane, TotalsPane
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.scale import LayoutClass, u

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
        for part in self._parts:
            part.setParent(self)  # not to be seen before they are laid out
        self._totals, self._remembered = totals, remembered
        self._layout_class = LayoutClass.WIDE
        self._shape: Shape | None = None
        self.side = QWidget(self)
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.side)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(8)
        self.splitter = QSplitter(self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.addWidget(self.side)
        self.splitter.splitterMoved.connect(self._moved)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("Table, totals, chart"))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self.tabs)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._choose)

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
        table, totals, chart = self._parts
        self._totals.set_alone(shape is Shape.TABS)
        if shape is Shape.TABS:
            for part, word in zip(self._parts, self._words(), strict=True):
                self.tabs.addTab(part, word)
            self._stack.setCurrentWidget(self.tabs)
            return
        below = shape is Shape.BELOW
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if below else QBoxLayout.Direction.TopToBottom)
        self.splitter.setOrientation(Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal)
        self.splitter.insertWidget(0, table)
        self._beside.addWidget(totals, 2 if below else 0)
        self._beside.addWidget(chart, 3 if below else 1)
        self.splitter.insertWidget(1, self.side)
        for part in (*self._parts, self.side):
            part.show()
        self._stack.setCurrentWidget(self.splitter)
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

    def _words(self) -> tuple[str, str, str]:
        return self.tr("Table"), self.tr("Totals"), self.tr("Chart")
