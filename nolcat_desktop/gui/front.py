"""What stands in the middle of the window: the place in front, the first start, or why there is no library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.first_start import FirstStart
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.sample import sample_reports
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.problem import Problem


class Front(QStackedWidget):
    """Makes a place when it is first shown; each keeps its state."""

    made = Signal(object)
    """A `Place` was made: connect to it."""
    came = Signal(str)
    """The place of this name is in front."""

    def __init__(self, context: Context, places: Sequence[type[Place]], parent: QWidget | None = None) -> None:
        """Nothing is in front yet."""
        super().__init__(parent)
        self._context = context
        self._kinds = {place.name: place for place in places}
        self._made: dict[str, Place] = {}
        self._front_page = next(iter(self._kinds), "")
        self._name = self._front_page
        self._empty = False
        self._layout_class = LayoutClass.WIDE
        self.first_start = FirstStart(self)
        self._card_page: QWidget | None = None
        self.addWidget(self.first_start)
        self.first_start.offer(files=self.has("add"), sample=sample_reports().is_dir())

    @property
    def name(self) -> str:
        """The name of the place in front, also while something else covers it."""
        return self._name

    @property
    def place(self) -> Place | None:
        """The place in front; None when something else covers it."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Place) else None

    @property
    def is_covered(self) -> bool:
        """Whether the reason why there is no library covers every place."""
        return self._card_page is not None

    def has(self, name: str) -> bool:
        """Whether there is such a place."""
        return name in self._kinds

    def go(self, name: str) -> Place | None:
        """Bring the place `name` to the front, and return it if there is one."""
        if name not in self._kinds:
            return None
        self._name = name
        place = self._place(name)
        self._show()
        return place

    def make_next(self) -> bool:
        """Make one place that was not shown yet, so that it need not be made when it is wanted; False: all are made."""
        missing = next((name for name in self._kinds if name not in self._made), None)
        if missing is not None:
            self._place(missing).ensurePolished()
        return missing is not None

    def hand(self, name: str, payload: object) -> None:
        """Hand `payload` to the place `name` without bringing it to the front."""
        if name in self._kinds:
            self._place(name).receive(payload)

    def set_empty(self, empty: bool) -> None:
        """Whether there is nothing in the library: then the front page is the first start."""
        self._empty = empty
        self.first_start.set_folder(self._context.library_folder)
        self._show()

    def set_problem(self, problem: Problem | None, choices: Sequence[Choice] = ()) -> None:
        """Cover every place with the reason why there is no library, until it is None."""
        if self._card_page is not None:
            self.removeWidget(self._card_page)
            self._card_page.deleteLater()
            self._card_page = None
        if problem is not None:
            self._card_page = QWidget(self)
            around = QVBoxLayout(self._card_page)
            around.setContentsMargins(16, 12, 16, 8)
            card = MessageCard(problem, choices, parent=self._card_page)
            around.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
            self.addWidget(self._card_page)
            self._show()
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def set_layout_class(self, layout: LayoutClass) -> None:
        """Tell every place."""
        self._layout_class = layout
        for place in self._made.values():
            place.layout_class_changed(layout)

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.first_start.restyle()
        for place in self._made.values():
            place.header.restyle()

    def places(self) -> tuple[Place, ...]:
        """Those that were made."""
        return tuple(self._made.values())

    def _place(self, name: str) -> Place:
        if name not in self._made:
            place = self._kinds[name](self._context, self)
            self._made[name] = place
            place.layout_class_changed(self._layout_class)
            self.addWidget(place)
            self.made.emit(place)
        return self._made[name]

    def _show(self) -> None:
        before = self.currentWidget()
        if self._card_page is not None:
            wanted: QWidget = self._card_page
        elif self._empty and self._name == self._front_page:
            wanted = self.first_start
        elif self._name in self._kinds:
            wanted = self._place(self._name)
        else:
            wanted = self.first_start
        if wanted is not before:
            self.setCurrentWidget(wanted)
            if wanted is self.first_start:
                self.first_start.focus_first()
            elif before is self.first_start and isinstance(wanted, Place):
                wanted.focus_first()
            self.came.emit(self._name)
            if isinstance(wanted, Place):
                wanted.shown()
