"""The page “Cloud accounts” of the settings: each change is kept at once; removing takes the secrets along."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.accounts import Account
from nolcat_desktop.gui.cloud_desk import desk_of
from nolcat_desktop.gui.cloud_jobs import Fate, begin_job
from nolcat_desktop.gui.cloud_words import place_of, tr, way_of
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.icons import icon, put
from nolcat_desktop.gui.message_card import CardSlot
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.cloud_check import CheckPane
from nolcat_desktop.gui.pages.cloud_form import AccountForm
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.gui.cloud_jobs import Plain
    from nolcat_desktop.workflow.cloud_trouble import Trouble


class CloudAccountsPage(QWidget):
    """The accounts of this computer, one at a time."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Show the accounts that were set up."""
        super().__init__(parent)
        kind(self, "plain")
        self._context, self._desk = context, desk_of(context)
        self.accounts = QComboBox(self)
        self.accounts.setAccessibleName(tr("Account"))
        self.accounts.view().setAccessibleName(tr("Accounts"))
        self.accounts.activated.connect(self._choose)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        kind(self.told, "muted")
        self.form = AccountForm(self)
        self.form.edited.connect(self._edited)
        self.check = self._button(tr("Check connection"), "plug-connected", self._check)
        self.permissions = self._button(tr("Copy the permissions it needs"), "copy", self._copy_permissions)
        self.remove = self._button(tr("Remove, with its secrets"), "trash", self._ask_removal)
        self.set_up = self._button(tr("Set up…"), "settings", self._set_up)
        self.checked = CheckPane(context, self._desk, self)
        self.checked.over.connect(self._show)
        self._shown: Account | None = None
        self._lay_out()
        self._desk.changed.connect(self._show)
        context.theme.follow(self._restyle)
        self._restyle()
        self._desk.load()
        self._show()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.check, self.permissions, self.remove, self.set_up):
            foot.addWidget(button)
        foot.addStretch(1)
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(16, 0, 16, 12)
        self._around.setSpacing(12)
        self._card = CardSlot(self._around, self)
        for widget in (self.accounts, self.told, self.form):
            self._around.addWidget(widget)
        self._around.addLayout(foot)
        self._around.addWidget(self.checked, 1)
        self._around.addStretch(0)

    def _button(self, text: str, name: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(icon(name), text, self)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        return button

    def _show(self) -> None:
        held = self._desk.accounts
        names = [one.name for one in held]
        if names != [self.accounts.itemData(row) for row in range(self.accounts.count())]:
            self.accounts.clear()
            for one in held:
                self.accounts.addItem(f"{one.name} · {place_of(one)}", one.name)
        current = next((one for one in held if self._shown is not None and one.name == self._shown.name), None)
        current = current or self._desk.account or (held[0] if held else None)
        if current != self._shown:
            self._shown = current
            if current is not None:
                self.form.set_account(current, open_all=True, is_known=True)
        if current is not None:
            self.accounts.setCurrentIndex(max(self.accounts.findData(current.name), 0))
        none = tr("No account is set up on this computer. “Set up…” in the place Cloud makes one.")
        kept = tr("{way}. Keys are kept in the password store of the system, and nowhere else.")
        self.told.setText(kept.format(way=_first_large(way_of(current))) if current is not None else none)
        for widget in (self.accounts, self.form, self.check, self.permissions, self.remove):
            widget.setVisible(current is not None)
        self.set_up.setVisible(current is None)
        for button in (self.check, self.remove):
            button.setEnabled(not self._desk.is_busy and not self.checked.is_checking)
        self.checked.setVisible(bool(self.checked.steps) or self.checked.is_checking)

    def _set_up(self) -> None:
        """Go on in the place Cloud."""
        dialog = self.window()
        owner = dialog.parentWidget()
        action = owner.window().findChild(QAction, "cloud_set_up") if owner is not None else None
        if action is not None:
            dialog.close()
            action.trigger()

    def _choose(self, row: int) -> None:
        name = str(self.accounts.itemData(row))
        self._shown = next((one for one in self._desk.accounts if one.name == name), None)
        if self._shown is not None:
            self.form.set_account(self._shown, open_all=True, is_known=True)
        self._show()

    def _edited(self) -> None:
        """Keep what was changed; a key that is typed is not kept before it was used to sign in."""
        before, after = self._shown, self.form.account()
        fault = self.form.missing(with_key=False)
        self.form.say(fault)
        if fault or before is None or after == before:
            return

        def work(_progress: Progress) -> tuple[Account, ...]:
            from nolcat_desktop.workflow.signing_in import keep_account

            return keep_account(after)

        self._shown = after
        begin_job(self._context, tr("Keeping the account"), work, over=self._kept, quiet=True)

    def _kept(self, fate: Fate[tuple[Account, ...]]) -> None:
        self._say(fate.trouble)
        if fate.value is not None:
            self._desk.take_accounts(fate.value)

    def _check(self) -> None:
        if self._shown is not None:
            self.checked.check(self._shown)
            self._show()

    def _copy_permissions(self) -> None:
        account = self._shown
        if account is None:
            return

        def work(_progress: Progress) -> str:
            from nolcat_desktop.workflow.checking_connection import policy_text

            return policy_text(account)

        def over(fate: Fate[str]) -> None:
            self._say(fate.trouble)
            if fate.value is not None:
                QGuiApplication.clipboard().setText(fate.value)
                copied = tr("Copied: the least that has to be allowed for {place}, for whoever looks after AWS.")
                self.told.setText(copied.format(place=place_of(account)))

        begin_job(self._context, tr("Copying the permissions"), work, over=over, quiet=True)

    def _ask_removal(self) -> None:
        if self._shown is None:
            return
        problem = Problem(
            tr("Remove account “{name}”").format(name=self._shown.name),
            tr("Its keys go from the password store with it. What lies in the bucket stays; so does the library."),
            tr("This cannot be undone here: the account would have to be set up anew."),
        )
        choices = (Choice(tr("Remove"), self._remove), Choice(tr("Keep it"), lambda: self._card.show(None)))
        self._card.show(problem, choices)

    def _remove(self) -> None:
        account, secrets = self._shown, self._desk.secrets
        if account is None:
            return
        self._card.show(None)

        def work(_progress: Progress) -> tuple[Account, ...]:
            from nolcat_desktop.workflow.signing_in import remove_account

            return remove_account(account.name, secrets())

        self._shown = None
        begin_job(self._context, tr("Removing the account"), work, over=self._kept, account=account, quiet=True)

    def _say(self, trouble: Trouble | Plain | None) -> None:
        self._card.show(trouble.problem if trouble is not None else None)

    def _restyle(self) -> None:
        self.form.restyle()
        self.checked.restyle()
        put(self.check, "plug-connected")
        put(self.permissions, "copy")
        put(self.remove, "trash")
        put(self.set_up, "settings")
        self._around.setAlignment(Qt.AlignmentFlag.AlignTop)


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
