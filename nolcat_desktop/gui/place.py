"""A place of the window: what each of them has (title, summary, buttons at the top right), and what it may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.header import Header
from nolcat_desktop.gui.scale import LayoutClass, u

MARGINS = (16, 12, 16, 8)
"""Round a place, in px."""


class Place(QWidget):
    """Base class. A place is made when it is first shown, and keeps its state.

    `build` puts what it shows into `self.body`; talk to the rest of the window by the signals alone. Until `build` is
    through nobody but `build` may use the place: it is neither shown nor told anything.
    """

    name: ClassVar[str] = ""
    """Word for the code, the state file and `asked_for`: `library`, `add`, `data`, `history`."""
    icon_name: ClassVar[str] = "table"
    supports: ClassVar[frozenset[str]] = frozenset()
    """Ids of `actions.ACTIONS` that this place does when it is in front: `find`, `copy`, `export`, `next_gap`, …
    What no registered place supports is not in the menus."""

    unsaid = Signal(object)
    """A `Notice` that no longer holds."""
    said = Signal(object)
    """A `Notice` for the line at the bottom edge."""
    asked_for = Signal(str, object)
    """Another place, by name, and what it shall show (any payload, or None)."""
    badge_changed = Signal(int)
    """The number beside the place's word in the rail; 0: none."""
    can_changed = Signal()
    """What `can` answers may have changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Make header and body; `build` fills them."""
        super().__init__(parent)
        self.context = context
        self.header = Header(self)
        self.header.set_title(self.title())
        context.theme.follow(self.header.restyle)
        self._badge, self._badge_words = 0, ""
        self._waits_for_focus = False
        around = QVBoxLayout(self)
        around.setContentsMargins(*MARGINS)
        around.setSpacing(8)
        around.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        around.addLayout(self.body, 1)
        self.setAccessibleName(self.title())
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        self.layout_class = LayoutClass.WIDE

    def build(self) -> Iterator[None]:
        """Make what is shown, in steps of few milliseconds between which the window answers.

        Between two steps a library may be opened or written into: connect to what tells that in the last step.

        Yields:
            After each step.
        """
        yield from ()

    @classmethod
    def title(cls) -> str:
        """The place's word, translated: in the rail, in the header, in the menu."""
        raise NotImplementedError

    def set_summary(self, text: str, *shorter: str) -> None:
        """The muted line under the title, the most important words first; fewer where all have no room."""
        self.header.set_summary(text, *shorter)

    def set_primary(self, action: QAction | None) -> None:
        """The one primary button (Ctrl+Enter); its words say what it will do, and to how many."""
        self.header.set_primary(action)

    def primary(self) -> QAction | None:
        """The action of the primary button."""
        return self.header.primary()

    def set_ordinary(self, actions: Sequence[QAction]) -> None:
        """The other buttons of the header, left of the primary one."""
        self.header.set_ordinary(actions)

    def set_badge(self, number: int, told: str = "") -> None:
        """Show `number` in the rail; 0: nothing. `told` says what it counts."""
        if (number, told) != (self._badge, self._badge_words):
            self._badge, self._badge_words = number, told
            self.badge_changed.emit(number)

    def badge(self) -> int:
        """The number in the rail."""
        return self._badge

    def badge_words(self) -> str:
        """What the number in the rail counts."""
        return self._badge_words

    def shown(self) -> None:
        """The place came to the front. A subclass may look whether something changed; it must not block."""

    def receive(self, payload: object) -> None:
        """Show what another place or the window asked for; for `add` a list of `pathlib.Path`."""

    def layout_class_changed(self, layout: LayoutClass) -> None:
        """There is more or less room now. A subclass calls this one, too."""
        self.layout_class = layout
        self.header.set_layout_class(layout)

    def can(self, what: str) -> str:
        """Why the action `what` of `supports` cannot be done now, in words; empty: it can."""
        del what
        return ""

    def do(self, what: str) -> None:
        """Do the action `what` of `supports`."""
        raise NotImplementedError(what)

    def found(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """What can be found here by its name (Ctrl+K): words, and what shows it once the place is in front."""
        return ()

    def step_back(self) -> bool:
        """Esc: one step back (filter, panel). False: there was nothing to go back from."""
        return False

    def focus_first(self) -> None:
        """Give the focus to the pane that is worked in; F6 comes here. Without one yet, call `focus_late` later."""
        for child in self.panes():
            if child.isVisibleTo(self) and child.isEnabled():
                child.setFocus(Qt.FocusReason.OtherFocusReason)
                self._waits_for_focus = False
                return
        self._waits_for_focus = True
        self.header.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_late(self) -> None:
        """Give the focus to what came since it was asked for."""
        if self._waits_for_focus and self.isVisible():
            self.focus_first()

    def panes(self) -> Sequence[QWidget]:
        """The focusable widgets that F6 goes round, in the eye's order."""
        return ()

    def u(self, n: float) -> int:
        """`n` u in px."""
        return u(self, n)

    def changeEvent(self, event: QEvent) -> None:
        """Pass on that the language changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.header.set_title(self.title())
