"""The head of a place: title, summary of one line, ordinary buttons, and last the primary one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QFont, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.icons import icon, put
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import LayoutClass, u
from nolcat_desktop.gui.theme import kind

TITLE_SIZE = 1.55
"""Times the body's size."""


class Header(QWidget):
    """Title and summary at the left, buttons of 32 u at the right; in a tight window all but the primary are in "…"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._title, self._summary = ElidedLabel(parent=self), ElidedLabel(parent=self)
        kind(self._title, "title")
        kind(self._summary, "muted")
        self._primary: QAction | None = None
        self._ordinary: list[QAction] = []
        self._tight = False
        self._buttons: list[QWidget] = []
        self._kept: list[ActionButton] = []
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self._restyle()

    def title_text(self) -> str:
        """What the title says."""
        return self._title.full_text()

    def set_title(self, text: str) -> None:
        """Show `text` as the title."""
        self._title.set_full_text(text)
        self._name()

    def summary_text(self) -> str:
        """What the summary says, all of it."""
        return self._summary.full_text()

    def set_summary(self, text: str, *shorter: str) -> None:
        """Show `text` under the title, or the first of the `shorter` ones that has room."""
        self._summary.set_full_text(text, *shorter)
        self._name()

    def _name(self) -> None:
        """What is heard while nothing else in the place can take the focus."""
        self.setAccessibleName(" · ".join(one for one in (self.title_text(), self.summary_text()) if one))

    def primary(self) -> QAction | None:
        """The action of the primary button."""
        return self._primary

    def set_primary(self, action: QAction | None) -> None:
        """Show `action` as the primary button."""
        self.set_actions(self._ordinary, action)

    def ordinary(self) -> Sequence[QAction]:
        """The actions of the other buttons."""
        return tuple(self._ordinary)

    def set_ordinary(self, actions: Sequence[QAction]) -> None:
        """Show `actions` before the primary button."""
        self.set_actions(actions, self._primary)

    def set_actions(self, ordinary: Sequence[QAction], primary: QAction | None) -> None:
        """Both at once."""
        if list(ordinary) != self._ordinary or primary is not self._primary:
            self._ordinary, self._primary = list(ordinary), primary
            self._build()

    def prepare(self, ordinary: Sequence[QAction], primary: Sequence[QAction]) -> None:
        """Make buttons that will be wanted, one at a time, when there is nothing else to do."""
        for action, look in (*((one, "button") for one in ordinary), *((one, "primary") for one in primary)):
            QTimer.singleShot(0, self, partial(self._make, action, look))

    def _make(self, action: QAction, look: str) -> None:
        button = self._button(action, look)
        if button not in self._buttons:
            self._put_away(button)

    def restyle(self) -> None:
        """Icons and sizes of the moment."""
        self._build()

    def set_layout_class(self, layout: LayoutClass) -> None:
        """Gather the ordinary buttons in one menu when it is tight."""
        if self._tight is not (layout is LayoutClass.TIGHT):
            self._tight = layout is LayoutClass.TIGHT
            self._build()

    def buttons(self) -> tuple[QWidget, ...]:
        """The buttons, from left to right."""
        return tuple(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """A style sheet takes the title's size away when it first sees the label."""
        super().showEvent(event)
        self._restyle()

    def changeEvent(self, event: QEvent) -> None:
        """Let the title grow with the text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._restyle()

    def _build(self) -> None:
        before, self._buttons = self._buttons, []
        if self._tight and len(self._ordinary) > 0:
            self._buttons.append(self._more())
        elif not self._tight:
            self._buttons += [self._button(action, "button") for action in self._ordinary]
        if self._primary is not None:
            self._buttons.append(self._button(self._primary, "primary"))
        for button in before:
            self._row.removeWidget(button)
            if button not in self._buttons:
                self._put_away(button)
        for button in self._buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(button, ActionButton):
                button.follow()
        self._restyle()

    def _button(self, action: QAction, look: str) -> ActionButton:
        """The button of `action`, made once: it comes and goes with what the place shows."""
        known = next((one for one in self._kept if one.action is action and one.look == look), None)
        if known is None:
            known = action_button(action, self, look)
            self._kept.append(known)
            action.destroyed.connect(lambda: self._kept.remove(known))
        return known

    @staticmethod
    def _put_away(button: QWidget) -> None:
        button.hide()
        if isinstance(button, ActionButton):
            button.forget()
        else:
            button.deleteLater()

    def _more(self) -> QToolButton:
        more = QToolButton(self)
        kind(more, "more")
        more.setIcon(icon("dots"))
        more.setToolTip(self.tr("More to do here"))
        more.setAccessibleName(self.tr("More to do here"))
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addActions(self._ordinary)
        more.setMenu(menu)
        return more

    def _restyle(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * TITLE_SIZE)
        font.setWeight(QFont.Weight.DemiBold)
        if font != self._title.font():
            self._title.setFont(font)
        for button in self._buttons:
            if isinstance(button, QPushButton | QToolButton):
                if not isinstance(button, ActionButton):
                    button.setIconSize(QSize(u(self, 16), u(self, 16)))
                button.setFixedHeight(u(self, 32))


class ActionButton(QPushButton):
    """A button that is an action: its words, icon, tooltip, whether it can be pressed, and its menu."""

    def __init__(self, action: QAction, parent: QWidget, look: str = "button") -> None:
        """Follow `action`; `look` as for `theme.kind`."""
        super().__init__(parent)
        self.action, self.look = action, look
        self._is_following = False
        self.setAutoDefault(True)
        kind(self, look)
        self.clicked.connect(action.trigger)
        self.follow()

    def follow(self) -> None:
        """Look as the action does, from now on."""
        if not self._is_following:
            self._is_following = True
            self.action.changed.connect(self._follow)
        self._follow()

    def forget(self) -> None:
        """Follow no more: another button stands in its place."""
        if self._is_following:
            self._is_following = False
            self.action.changed.disconnect(self._follow)

    def _follow(self) -> None:
        action = self.action
        self.setText(action.text())
        name = action.property("icon_name")
        tone = Role.ON_ACCENT if self.look == "primary" and action.isEnabled() else Role.TEXT
        if isinstance(name, str):
            put(self, name, tone)
        else:
            self.setIcon(action.icon())
        self.setToolTip(action.toolTip() if action.toolTip() != action.text().replace("&", "") else "")
        self.setEnabled(action.isEnabled())
        self.setVisible(action.isVisible())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        self.setAccessibleName(action.text().replace("&", ""))
        menu = action.menu()
        if isinstance(menu, QMenu):
            self.setMenu(menu)


def action_button(action: QAction, parent: QWidget, look: str = "button") -> ActionButton:
    """A button that is `action`."""
    return ActionButton(action, parent, look)
