"""What stands in the middle of the window: the place in front, the first start, or why there is no library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nolcat_desktop.gui.coming import Coming
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.first_start import FirstStart
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.sample import sample_reports
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.gui.stepping import Stepper
from nolcat_desktop.problem import Problem


class Front(QStackedWidget):
    """Makes a place when it is first shown; each keeps its state.

    A place is made in steps, and is nobody's business before it is whole: what is meant for it waits, and its title
    stands there meanwhile.
    """

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
        self._making: dict[str, Iterator[None]] = {}
        self._begun: dict[str, Place] = {}
        self._asked: set[str] = set()
        self._waiting: list[tuple[str, Callable[[Place], None]]] = []
        self._untold: dict[str, Place] = {}
        self._stepper = Stepper(self)
        self._front_page = next(iter(self._kinds), "")
        self._name = self._front_page
        self._empty = False
        self._layout_class = LayoutClass.WIDE
        self._coming = Coming(self)
        self.first_start = FirstStart(self)
        self._card_page: QWidget | None = None
        for page in (self._coming, self.first_start):
            self.addWidget(page)
        context.theme.follow(self.first_start.restyle)
        self.first_start.offer(files=self.has("add"), sample=sample_reports().is_dir())

    @property
    def name(self) -> str:
        """The name of the place in front, also while something else covers it."""
        return self._name

    @property
    def place(self) -> Place | None:
        """The place in front; None when something else covers it, or while it is made."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Place) else None

    @property
    def is_covered(self) -> bool:
        """Whether the reason why there is no library covers every place."""
        return self._card_page is not None

    def has(self, name: str) -> bool:
        """Whether there is such a place."""
        return name in self._kinds

    def go(self, name: str, there: Callable[[Place], None] | None = None) -> Place | None:
        """Bring the place `name` to the front.

        Args:
            name: Of a place; another is passed over.
            there: Called with the place as soon as it is made and, unless something covers it, in front.

        Returns:
            The place, when it is there already.
        """
        if name not in self._kinds:
            return None
        self._name = name
        place = self._wanted(name)
        self._show()
        self._tell(name, there)
        return place

    def make_next(self) -> bool:
        """Do one step of making a place that was not shown yet, so that it is there when it is wanted.

        Returns:
            False: all are made.
        """
        missing = [name for name in self._kinds if name not in self._made]
        if missing and self._context.theme.is_dressed:
            self._step(self._next_asked() or missing[0])
        return bool(missing)

    def hand(self, name: str, payload: object) -> None:
        """Hand `payload` to the place `name` without bringing it to the front."""
        if name in self._kinds:
            self._wanted(name)
            self._tell(name, lambda place: place.receive(payload))

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
        """Tell the place in front, and the others when there is nothing else to do or they come to the front."""
        self._layout_class = layout
        self._untold = dict(self._made)
        for name in list(self._untold):
            if self._context.theme.at_once or self._made[name] is self.currentWidget():
                self._tell_layout(name)
        self._begin()

    def restyle(self) -> None:
        """There is another look."""
        for name in list(self._making):  # half a place in the look before
            self._give_up(name)

    def places(self) -> tuple[Place, ...]:
        """Those that were made."""
        return tuple(self._made.values())

    def _wanted(self, name: str) -> Place | None:
        """The place, if it is made; else it is made from now on, before others."""
        if name not in self._made and self._context.theme.at_once:
            while name not in self._made:
                self._step(name)
        elif name not in self._made:
            self._asked.add(name)
            self._begin()
        return self._made.get(name)

    def _begin(self) -> None:
        if not self._stepper.is_busy:
            self._stepper.start(self._catch_up())

    def _next_asked(self) -> str | None:
        """What is made next because somebody waits for it."""
        return self._name if self._name in self._asked else next(iter(self._asked), None)

    def _catch_up(self) -> Iterator[None]:
        """Make what is waited for, then tell those that nobody sees how much room there is."""
        while True:
            name = self._next_asked()
            if name is None and not self._untold:
                return
            if name is None and not self._context.theme.is_changing:  # one after the other
                self._tell_layout(next(iter(self._untold)))
            elif name is None:
                pass
            elif self._context.theme.is_dressed:  # what is made between two looks would wear neither
                self._step(name)
            yield

    def _tell_layout(self, name: str) -> None:
        if (place := self._untold.pop(name, None)) is not None:
            place.layout_class_changed(self._layout_class)

    def _step(self, name: str) -> None:
        """One step of making the place `name`; the last one shows it, if it is still wanted."""
        making = self._making.setdefault(name, self._make(name))
        try:
            next(making)
        except StopIteration:
            self._made[name] = self._begun.pop(name)
            del self._making[name]
            self._asked.discard(name)
            self._take_in(name)
        except BaseException:
            self._give_up(name)
            self._asked.discard(name)
            self._waiting = [one for one in self._waiting if one[0] != name]
            raise

    def _make(self, name: str) -> Iterator[None]:
        place = self._kinds[name](self._context, self)
        self._begun[name] = place
        yield
        yield from place.build()
        yield
        place.ensurePolished()
        yield
        place.layout_class_changed(self._layout_class)
        yield

    def _give_up(self, name: str) -> None:
        del self._making[name]
        if name in self._begun:
            self._begun.pop(name).deleteLater()

    def _take_in(self, name: str) -> None:
        place = self._made[name]
        self.addWidget(place)  # now, for a page of the stack may come to the front when another is taken out
        if place.layout_class is not self._layout_class:
            place.layout_class_changed(self._layout_class)
        self.made.emit(place)
        if name == self._name and not self._context.theme.at_once:
            self._show()
        told = [there for one, there in self._waiting if one == name]
        self._waiting = [one for one in self._waiting if one[0] != name]
        for there in told:
            there(place)

    def _announced(self) -> Coming:
        self._coming.announce(self._kinds[self._name])
        return self._coming

    def _focus(self, place: Place) -> None:
        if place is self.place:
            place.focus_first()

    def _tell(self, name: str, there: Callable[[Place], None] | None) -> None:
        if there is None:
            return
        if name in self._made:
            there(self._made[name])
        else:
            self._waiting.append((name, there))

    def _show(self) -> None:
        before = self.currentWidget()
        if self._card_page is not None:
            wanted: QWidget = self._card_page
        elif self._empty and self._name == self._front_page:
            wanted = self.first_start
        elif self._name in self._kinds:
            wanted = self._wanted(self._name) or self._announced()
        else:
            wanted = self.first_start
        if wanted is not before or wanted is self._coming:
            self._tell_layout(self._name)
            self.setCurrentWidget(wanted)
            if wanted is self.first_start:
                self.first_start.focus_first()
            elif before is self.first_start:
                self._tell(self._name, self._focus)
            self.came.emit(self._name)
            if isinstance(wanted, Place):
                wanted.shown()
