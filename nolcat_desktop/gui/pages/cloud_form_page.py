"""The form of an account in the place: what it is, and the fields; the header's button signs in with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from nolcat_desktop.accounts import Account
from nolcat_desktop.gui.cloud_words import tr, way_of
from nolcat_desktop.gui.icons import put
from nolcat_desktop.gui.message_card import CardSlot
from nolcat_desktop.gui.pages.cloud_form import AccountForm
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

_WIDTH = 640


class FormPage(QScrollArea):
    """A heading over the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Account"))
        page = QWidget(self)
        kind(page, "plain")
        self._column = QWidget(page)
        self.title, self.note = QLabel(page), QLabel(page)
        kind(self.title, "section")
        kind(self.note, "muted")
        self.note.setWordWrap(True)
        self.form = AccountForm(page)
        self.known: Account | None = None
        """The account that is shown, if it was kept."""
        self.forget = QPushButton(tr("Forget this account…"), page)
        self.forget.setAccessibleName(self.forget.text())
        kind(self.forget, "quiet")
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.note, self.form):
            column.addWidget(widget)
        column.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.forget.hide()
        self.card = CardSlot(column, self._column)
        column.addStretch(1)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._column)
        row.addStretch(1)
        self.setWidget(page)

    def open(self, account: Account, note: str = "") -> None:
        """Show `account`; `note` says why it is asked for."""
        title = tr("Account “{name}”").format(name=account.name) if account.bucket else tr("Where shall it be sent?")
        self.title.setText(f"{title} · {way_of(account)}")
        usual = tr("Whoever looks after your AWS account knows the bucket. Keys are kept in the password store alone.")
        self.note.setText(note or usual)
        self.known = account if account.bucket else None
        self.forget.setVisible(self.known is not None)
        self.card.show(None)
        self.form.set_account(account, is_known=bool(account.bucket))

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.form.restyle()
        put(self.forget, "trash")
        self._column.setFixedWidth(max(min(u(self, _WIDTH), self.viewport().width() - 2), 240))

    def resizeEvent(self, event: object) -> None:
        """Be no wider than there is room."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # an event of Qt's
        self._column.setFixedWidth(max(min(u(self, _WIDTH), self.viewport().width() - 2), 240))
