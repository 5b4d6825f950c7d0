"""How to become somebody: the accounts that were set up, then every other way, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.gui.cloud_words import place_of, tr, way_of
from nolcat_desktop.gui.link_button import LinkButton
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

if TYPE_CHECKING:
    from nolcat_desktop.aws.profiles import Profile

_MOST_PROFILES, _WIDTH = 8, 560
_KINDS = {
    "role": "a role",
    "web identity": "a role of this computer",
    "sign-in of the institution": "sign-in of the institution",
    "aws login": "signed in with the AWS command line",
    "another program": "another program signs in",
    "key": "a key of the AWS command line",
    "nothing": "settings only",
}


class WaysPane(QScrollArea):
    """One button for each way."""

    account_chosen = Signal(object)
    """An `Account` that was set up: sign in to it."""
    way_chosen = Signal(object)
    """An `Account` of this way, still without a place: to be filled in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No ways yet."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Ways to sign in"))
        self.buttons: list[LinkButton] = []
        self._column: QWidget | None = None

    def show_ways(self, accounts: Sequence[Account], current: Account | None, profiles: Sequence[Profile]) -> None:
        """List the accounts with the current one first, then the other ways with existing profiles first."""
        page = QWidget(self)
        kind(page, "plain")
        self._column = QWidget(page)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        self.buttons = []
        if accounts:
            column.addWidget(_heading(tr("Accounts of this computer"), self._column))
        for account in sorted(accounts, key=lambda one: one != current):
            words = f"{place_of(account)} · {way_of(account)}"
            button = self._add(column, "user", tr("Sign in to “{name}”").format(name=account.name), words)
            button.clicked.connect(_telling(self.account_chosen, account))
        heading = tr("As someone else, or to another place") if accounts else tr("How do you sign in?")
        column.addWidget(_heading(heading, self._column))
        for icon, title, words, account in _ways(profiles):
            button = self._add(column, icon, title, words)
            button.clicked.connect(_telling(self.way_chosen, account))
        column.addStretch(1)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._column)
        row.addStretch(1)
        self.setWidget(page)
        self.restyle()

    def restyle(self) -> None:
        """Sizes of the moment."""
        if self._column is not None:
            self._column.setFixedWidth(max(min(u(self, _WIDTH), self.viewport().width() - 2), 200))
            for button in self.buttons:
                button.setFixedHeight(button.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Be no wider than there is room."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # an event of Qt's
        self.restyle()

    def _add(self, column: QVBoxLayout, icon: str, title: str, words: str) -> LinkButton:
        button = LinkButton(icon, title, words, self._column)
        button.setToolTip(words)
        column.addWidget(button)
        self.buttons.append(button)
        return button


def _ways(profiles: Sequence[Profile]) -> list[tuple[str, str, str, Account]]:
    """Icon, title, words and account of each way, the best first."""
    best = sorted(profiles, key=lambda one: one.kind.value == "nothing")[:_MOST_PROFILES]
    ways = [
        (
            "id-badge-2",
            tr("Profile “{name}”").format(name=one.name),
            tr("{kind}, from the AWS configuration of this computer").format(kind=tr(_KINDS[one.kind.value])),
            Account(one.name, "", region=one.region, sign_in=SignIn.PROFILE, profile=one.name),
        )
        for one in best
    ]
    return [
        *ways,
        (
            "building-bank",
            tr("Sign-in of your institution"),
            tr("in the browser, with your usual name and password (IAM Identity Center)"),
            Account("", "", sign_in=SignIn.IDENTITY_CENTER),
        ),
        (
            "device-mobile",
            tr("A role with a code from your device"),
            tr("on top of a profile; the six digits are asked for here (MFA)"),
            Account("", "", sign_in=SignIn.PROFILE, profile="default", role_arn="arn:", mfa_serial="arn:"),
        ),
        (
            "key",
            tr("An access key, typed in"),
            tr("only if nothing else is offered; it does not run out, and whoever has it can write"),
            Account("", "", sign_in=SignIn.ACCESS_KEY),
        ),
    ]


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    kind(label, "section")
    return label


def _telling(signal: object, value: Account):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a slot
    def tell(*_checked: object) -> None:
        signal.emit(value)  # type: ignore[attr-defined]  # a signal of Qt's

    return tell
