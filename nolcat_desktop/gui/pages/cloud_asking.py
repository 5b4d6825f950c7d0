"""What a person has to see or to type while signing in: the code of the institution's page, or the six digits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.cloud_words import tr
from nolcat_desktop.gui.icons import icon, put
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

if TYPE_CHECKING:
    from nolcat_desktop.aws.device_flow import Invitation

_SECOND, _MINUTE = 1000, 60
_LARGE = 2.2
"""Times the body's size."""
_DIGITS = 6


class DevicePane(QFrame):
    """The code large, to be compared with the page in the browser."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """No code yet."""
        super().__init__(parent)
        kind(self, "card")
        self._invitation: Invitation | None = None
        self._title = QLabel(tr("Sign in with your institution"), self)
        kind(self._title, "strong")
        self._said = QLabel(tr("A page has opened in your browser. Compare this code with the one there:"), self)
        self._said.setWordWrap(True)
        self.code = QLabel(self)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.code.setTextInteractionFlags(flags)
        self.waiting = QLabel(self)
        kind(self.waiting, "muted")
        self.copy = self._button(tr("Copy"), "copy")
        self.again = self._button(tr("Open browser again"), "external-link")
        self.cancel = self._button(tr("Cancel"), "x")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.code.text()))
        self.again.clicked.connect(self._open)
        self.cancel.clicked.connect(self.cancelled)
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
        self.restyle()

    def show_invitation(self, invitation: Invitation | None) -> None:
        """Show a code, and open its page; None: it is over."""
        is_new = invitation is not None and invitation != self._invitation
        self._invitation = invitation
        if invitation is None:
            self._timer.stop()
            return
        self.code.setText(invitation.code)
        self.setAccessibleName(tr("Sign in with your institution: code {code}").format(code=invitation.code))
        self._tick()
        self._timer.start()
        if is_new:
            self._open()
            self.copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * _LARGE)
        font.setWeight(QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, u(self, 2))
        self.code.setFont(font)
        for button, name in ((self.copy, "copy"), (self.again, "external-link"), (self.cancel, "x")):
            put(button, name)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.copy, self.again, self.cancel):
            row.addWidget(button)
        row.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(12)
        for widget in (self._title, self._said, self.code, self.waiting):
            around.addWidget(widget)
        around.addLayout(row)

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(icon(name), text, self)
        button.setAccessibleName(text)
        return button

    def _open(self) -> None:
        if self._invitation is not None:
            QDesktopServices.openUrl(QUrl(self._invitation.address))

    def _tick(self) -> None:
        if self._invitation is None:
            return
        left = max(0, int((self._invitation.expires - datetime.now(UTC)).total_seconds()))
        text = tr("Waiting for you in the browser · {time} left")
        self.waiting.setText(text.format(time=f"{left // _MINUTE}:{left % _MINUTE:02}"))


class CodePane(QFrame):
    """Asks for the six digits that a device shows."""

    given = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is asked yet."""
        super().__init__(parent)
        kind(self, "card")
        self._title, self._said = QLabel(tr("A code is needed"), self), QLabel(self)
        kind(self._title, "strong")
        self._said.setWordWrap(True)
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(tr("Six digits"))
        self.edit.setPlaceholderText("000000")
        self.edit.setMaxLength(_DIGITS + 1)
        self.go_on, self.cancel = QPushButton(tr("Go on"), self), QPushButton(tr("Cancel"), self)
        for button in (self.go_on, self.cancel):
            button.setAccessibleName(button.text())
        self.edit.textChanged.connect(self._look)
        self.edit.returnPressed.connect(self.go_on.click)
        self.go_on.clicked.connect(self._give)
        self.cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.edit, self.go_on, self.cancel):
            row.addWidget(widget)
        row.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(12)
        around.addWidget(self._title)
        around.addWidget(self._said)
        around.addLayout(row)
        self.restyle()
        self._look()

    def ask(self, device: str) -> None:
        """Ask for what `device` shows now."""
        name = device or tr("your device")
        self._said.setText(tr("The role asks for the six digits that {device} shows now.").format(device=name))
        self.edit.clear()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.edit.setFixedWidth(u(self, 120))
        self.edit.setMinimumHeight(u(self, 32))

    def _look(self) -> None:
        self.go_on.setEnabled(len(self._digits()) == _DIGITS)

    def _digits(self) -> str:
        return "".join(one for one in self.edit.text() if one.isdecimal())

    def _give(self) -> None:
        digits = self._digits()
        self.edit.clear()
        if len(digits) == _DIGITS:
            self.given.emit(digits)
