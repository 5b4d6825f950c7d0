"""The rail: the library's button, the places in working order, and Settings at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QFrame, QListView, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.icons import put
from nolcat_desktop.gui.rail_delegate import BADGE, ICON_NAME, RailDelegate
from nolcat_desktop.gui.scale import LayoutClass, u
from nolcat_desktop.gui.theme import kind

Index = QModelIndex | QPersistentModelIndex
WIDTH, NARROW, ITEM = 184, 56, 36


@dataclass(frozen=True, slots=True)
class RailItem:
    """A place in the rail."""

    name: str
    title: str
    icon: str
    badge: int = 0
    told: str = ""
    """What the badge counts, and whatever else is to be known."""


class RailModel(QAbstractListModel):
    """The places, one a row."""

    def __init__(self, items: Sequence[RailItem], parent: QWidget | None = None) -> None:
        """Show `items` in their order."""
        super().__init__(parent)
        self._items = list(items)

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of places."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Word, icon's name, badge; for the ear, and under the pointer, the word and what the badge counts."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return item.title
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{item.title}, {item.told or item.badge}" if item.badge or item.told else item.title
            case _ if role == BADGE:
                return item.badge
            case _ if role == ICON_NAME:
                return item.icon
            case _:
                return None

    def name_of(self, row: int) -> str:
        """The place's name in `row`."""
        return self._items[row].name

    def row_of(self, name: str) -> int:
        """The row of the place `name`; -1 if there is none."""
        return next((row for row, item in enumerate(self._items) if item.name == name), -1)

    def set_badge(self, name: str, badge: int, told: str = "") -> None:
        """Show `badge` beside the place; `told` says what it counts."""
        row = self.row_of(name)
        if row >= 0 and (self._items[row].badge, self._items[row].told) != (badge, told):
            self._items[row] = replace(self._items[row], badge=badge, told=told)
            self.dataChanged.emit(self.index(row), self.index(row))


class Rail(QFrame):
    """184 u with words, 56 u with icons alone when the window is not wide."""

    chosen = Signal(str)
    """The name of the place that was chosen."""
    settings_asked = Signal()

    def __init__(self, items: Sequence[RailItem], menu: QMenu, parent: QWidget | None = None) -> None:
        """Show `items`; `menu` opens from the library's button."""
        super().__init__(parent)
        kind(self, "rail")
        self.model = RailModel(items, self)
        self.library = self._button()
        self.library.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.library.setMenu(menu)
        self.list = QListView(self)
        self.settings = self._button()
        self._narrow = False
        self._folder: Path | None = None
        self._name = ""
        self._fill_list()
        around = QVBoxLayout(self)
        around.setContentsMargins(8, 8, 8, 8)
        around.setSpacing(4)
        around.addWidget(self.library)
        around.addSpacing(4)
        around.addWidget(self.list, 1000)
        around.addStretch(1)
        around.addWidget(self.settings)
        self.settings.clicked.connect(self.settings_asked)
        self.set_library("", None)
        self.restyle()

    def select(self, name: str) -> None:
        """Mark the place `name` without telling anyone; '': none of them is seen."""
        row = self.model.row_of(name)
        blocked = self.list.selectionModel().blockSignals(True)
        self.list.setCurrentIndex(self.model.index(row))
        self.list.selectionModel().blockSignals(blocked)
        self.list.viewport().update()

    def set_library(self, name: str, folder: Path | None) -> None:
        """Show which library is open: its name, elided in the middle; its folder in the tooltip."""
        self._name, self._folder = name or self.tr("No library is open"), folder
        self.library.setToolTip(f"{self._name}\n{folder}" if folder is not None else self._name)
        self.library.setAccessibleName(self.tr("Library: {name}").format(name=self._name))
        self._show_words()

    def set_layout_class(self, layout: LayoutClass) -> None:
        """With words only when there is room."""
        self._narrow = layout is not LayoutClass.WIDE
        self.restyle()

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.setFixedWidth(u(self, NARROW if self._narrow else WIDTH))
        for button in (self.library, self.settings):
            button.setFixedHeight(u(self, ITEM))
        delegate = self.list.itemDelegate()
        if isinstance(delegate, RailDelegate):
            delegate.narrow = self._narrow
        self.list.setMaximumHeight(u(self, ITEM) * max(self.model.rowCount(), 1))
        self.list.setMinimumHeight(u(self, ITEM))
        self.list.doItemsLayout()
        self._show_words()

    def _show_words(self) -> None:
        style = Qt.ToolButtonStyle
        look = style.ToolButtonIconOnly if self._narrow else style.ToolButtonTextBesideIcon
        self.settings.setText(self.tr("Settings"))
        room = self.width() - u(self, 80)
        self.library.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, max(room, 10)))
        for button, name in ((self.library, "building"), (self.settings, "settings")):
            button.setToolButtonStyle(look)
            kind(button, "rail_narrow" if self._narrow else "rail")
            put(button, name, size=20, gap=10)
        self.settings.setToolTip(self.tr("Settings") if self._narrow else "")
        self.settings.setAccessibleName(self.tr("Settings"))

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        kind(button, "rail")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def _fill_list(self) -> None:
        view = self.list
        kind(view, "rail")
        view.setModel(self.model)
        view.setItemDelegate(RailDelegate(view))
        view.setAccessibleName(self.tr("Places"))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        view.setMouseTracking(True)
        view.setCurrentIndex(self.model.index(0))
        view.selectionModel().currentChanged.connect(self._go)

    def _go(self, current: Index, _previous: Index) -> None:
        if current.isValid():
            self.chosen.emit(self.model.name_of(current.row()))
