"""The head of a place: title, summary of one line, ordinary buttons, and last the primary one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QFont, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.icons import icon
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

    def summary_text(self) -> str:
        """What the summary says, all of it."""
        return self._summary.full_text()

    def set_summary(self, text: str) -> None:
        """Show `text` under the title."""
        self._summary.set_full_text(text)

    def primary(self) -> QAction | None:
        """The action of the primary button."""
        return self._primary

    def set_primary(self, action: QAction | None) -> None:
        """Show `action` as the primary button."""
        self._primary = action
        self._build()

    def ordinary(self) -> Sequence[QAction]:
        """The actions of the other buttons."""
        return tuple(self._ordinary)

    def set_ordinary(self, actions: Sequence[QAction]) -> None:
        """Show `actions` before the primary button."""
        self._ordinary = list(actions)
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
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        if self._tight and len(self._ordinary) > 0:
            self._buttons.append(self._more())
        elif not self._tight:
            self._buttons += [action_button(action, self) for action in self._ordinary]
        if self._primary is not None:
            self._buttons.append(action_button(self._primary, self, "primary"))
        for button in self._buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._restyle()

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
                button.setIconSize(QSize(u(self, 16), u(self, 16)))
                button.setFixedHeight(u(self, 32))


def action_button(action: QAction, parent: QWidget, look: str = "button") -> QPushButton:
    """A button that is `action`: its words, icon, tooltip, whether it can be pressed, and its menu."""
    button = QPushButton(parent)
    button.setAutoDefault(True)
    kind(button, look)

    def follow() -> None:
        button.setText(action.text().replace("&", "&&") if "&" not in action.text() else action.text())
        name = action.property("icon_name")
        tone = Role.ON_ACCENT if look == "primary" and action.isEnabled() else Role.TEXT
        button.setIcon(icon(name, tone) if isinstance(name, str) else action.icon())
        button.setToolTip(action.toolTip() if action.toolTip() != action.text().replace("&", "") else "")
        button.setEnabled(action.isEnabled())
        button.setVisible(action.isVisible())
        button.setCheckable(action.isCheckable())
        button.setChecked(action.isChecked())
        button.setAccessibleName(action.text().replace("&", ""))
        menu = action.menu()
        if isinstance(menu, QMenu):
            button.setMenu(menu)

    follow()
    action.changed.connect(follow)
    button.destroyed.connect(lambda: _forget(action, follow))
    button.setIconSize(QSize(u(button, 16), u(button, 16)))
    button.clicked.connect(action.trigger)
    return button


def _forget(action: QAction, follow: object) -> None:
    try:
        action.changed.disconnect(follow)
    except RuntimeError:  # the action went first
        return
