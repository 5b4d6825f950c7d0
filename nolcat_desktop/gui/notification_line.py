"""The line at the bottom edge: the last result, with at most two things to do about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.icons import icon, pixmap
from nolcat_desktop.gui.notice import Choice, Notice
from nolcat_desktop.gui.scale import LayoutClass, u
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import level_word


class NotificationLine(QFrame):
    """Stays until it is closed, used, or followed by the next. Never takes the focus."""

    closed = Signal()
    """It went away, by whatever means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until `say`."""
        super().__init__(parent)
        kind(self, "notice")
        self._notice: Notice | None = None
        self._tight = False
        self._icon, self._text = QLabel(self), ElidedLabel(parent=self)
        self._buttons: list[QPushButton] = []
        self._close = QToolButton(self)
        kind(self._close, "quiet")
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close this message"))
        self._close.clicked.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        self.restyle()
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is said now."""
        return self._notice

    def buttons(self) -> tuple[QWidget, ...]:
        """The buttons, from left to right."""
        return (*self._buttons, self._close)

    def say(self, notice: Notice) -> None:
        """Show `notice` in place of what was there, and announce it."""
        self._notice = notice
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(choice) for choice in notice.choices]
        for place, button in enumerate(self._buttons):
            self._row.insertWidget(2 + place, button)
        self.setAccessibleName(f"{level_word(notice.level)}: {notice.text}")
        self.restyle()
        announce(self, notice.text)

    def dismiss(self) -> None:
        """Put it away."""
        if self._notice is not None:
            self._notice = None
            self.hide()
            self.closed.emit()

    def withdraw(self, notice: Notice) -> None:
        """Put `notice` away if that is what is said: it no longer holds."""
        if self._notice is notice:
            self.dismiss()

    def set_layout_class(self, layout: LayoutClass) -> None:
        """Fewer words when it is tight."""
        self._tight = layout is LayoutClass.TIGHT
        self.restyle()

    def restyle(self) -> None:
        """Words, sizes and icons of the moment."""
        self._close.setIcon(icon("x"))
        self._close.setIconSize(QSize(u(self, 16), u(self, 16)))
        self._close.setMinimumHeight(u(self, 32))
        self.setMinimumHeight(u(self, 44 if not self._tight else 36))
        above = 4 if not self._tight else 2  # tight, it is as high as the job bar in whose stead it stands
        self._row.setContentsMargins(16, above, 8, above)
        if self._notice is not None:
            self._icon.setPixmap(pixmap(self._notice.level.icon, self._notice.level.role, 20))
            short = self._notice.short if self._tight else ""
            self._text.set_full_text(short or self._notice.text)
            for place, button in enumerate(self._buttons):
                button.setVisible(place == len(self._buttons) - 1 or not self._tight or self._has_room())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room may mean more or fewer buttons."""
        super().resizeEvent(event)
        if self._tight and len(self._buttons) > 1 and self._buttons[0].isHidden() is self._has_room():
            self.restyle()

    def _has_room(self) -> bool:
        """Whether all buttons fit beside the words."""
        beside = sum(
            each.sizeHint().width() + self._row.spacing() for each in (*self._buttons, self._close, self._icon)
        )
        words = self._text.fontMetrics().horizontalAdvance(self._text.full_text())
        margins = self._row.contentsMargins()
        return self.width() >= beside + words + margins.left() + margins.right()

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text, self)
        button.setAutoDefault(True)
        button.setAccessibleName(choice.text)

        def use() -> None:
            self.dismiss()
            choice.do()

        button.clicked.connect(use)
        return button


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say `text` when it has finished its sentence."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
