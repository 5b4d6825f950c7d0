"""Forgetting an account from its form: with its keys, after a question; what lies in the bucket stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from nolcat_desktop.accounts import Account
from nolcat_desktop.gui.cloud_jobs import Fate, begin_job
from nolcat_desktop.gui.cloud_state import CloudState
from nolcat_desktop.gui.cloud_words import tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.cloud_form_page import FormPage
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress


class Forgetting(QObject):
    """For one form."""

    def __init__(self, context: Context, desk: CloudState, page: FormPage, gone: Callable[[], None]) -> None:
        """Ask in `page`; `gone` is called when the account is no longer known."""
        super().__init__(page)
        self._context, self._desk, self._page, self._gone = context, desk, page, gone
        page.forget.clicked.connect(self._ask)

    def _ask(self) -> None:
        account = self._page.known
        if account is None:
            return
        problem = Problem(
            tr("Forget account “{name}”").format(name=account.name),
            tr("Its keys go from the password store with it. What lies in the bucket stays; so does the library."),
            tr("This cannot be undone here: the account would have to be set up anew."),
        )
        keep = Choice(tr("Keep it"), lambda: self._page.card.show(None))
        self._page.card.show(problem, (Choice(tr("Forget"), lambda: self._forget(account)), keep))

    def _forget(self, account: Account) -> None:
        secrets = self._desk.secrets
        self._page.card.show(None)

        def work(_progress: Progress) -> tuple[Account, ...]:
            from nolcat_desktop.workflow.signing_in import remove_account

            return remove_account(account.name, secrets())

        def over(fate: Fate[tuple[Account, ...]]) -> None:
            if fate.value is not None:
                self._desk.take_accounts(fate.value)
                self._gone()
            elif fate.trouble is not None:
                self._page.card.show(fate.trouble.problem)

        begin_job(self._context, tr("Forgetting the account"), work, over=over, account=account, quiet=True)
