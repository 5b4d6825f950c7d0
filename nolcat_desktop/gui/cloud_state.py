"""What the Cloud place knows: accounts, as whom one is signed in, what would be sent, and how far sending is.

It asks nobody before it is told to; whoever shows it listens to `changed`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from nolcat_desktop.accounts import Account, accounts_file, load_accounts
from nolcat_desktop.gui.cloud_jobs import Fate, Plain, begin_job
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.job import Job
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.aws.device_flow import Invitation
    from nolcat_desktop.credentials import Secrets
    from nolcat_desktop.sync.arrival import Tally
    from nolcat_desktop.workflow.cloud_session import Session
    from nolcat_desktop.workflow.cloud_trouble import Trouble
    from nolcat_desktop.workflow.sending import View


class Doing(Enum):
    """What is under way."""

    NOTHING = "nothing"
    SIGNING_IN = "signing in"
    LOOKING = "looking"
    SENDING = "sending"
    DECIDING = "deciding"


@dataclass(frozen=True, slots=True)
class TypedKey:
    """A key that was typed in; it goes from the form to the password store, and is kept nowhere on the way."""

    key_id: str
    secret: str
    for_this_run: bool = False

    def __repr__(self) -> str:
        return "TypedKey(…)"


@dataclass(frozen=True, slots=True)
class Sendings:
    """How far sending is."""

    tally: Tally | None = None
    sent: frozenset[str] = frozenset()
    """Keys that have arrived and were checked."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The last send that came to its end."""

    when: datetime
    files: int
    """How many the complete set names; 0 if there is no complete one."""


class CloudState(QObject):
    """What is known; what is done with it is in the classes that build on it."""

    changed = Signal()
    moved = Signal()
    """Only `sendings` changed: ten times a second."""
    asked = Signal(str)
    """A code of this device is asked for; `answer` gives it."""
    invited = Signal()
    """`invitation` is to be shown."""
    stopped = Signal(int, int)
    """Sending was stopped by the user: so many files of so many are there."""
    arrived = Signal(object)
    """A `workflow.sending.Sent` came to its end."""
    kept = Signal(str)
    """Their version of this key is here now."""
    started = Signal(object)
    """A `workflow.running.Started`: follow it."""

    def __init__(self, context: Context, secrets: Callable[[], Secrets] | None = None) -> None:
        """Know nothing yet.

        Args:
            context: Of the window.
            secrets: Makes what keeps the secrets; by default the password store of the system is behind it. Called
                in a thread.
        """
        super().__init__(context)
        self._context = context
        self._make_secrets = secrets or _system_secrets
        self._secrets: Secrets | None = None
        self.accounts: tuple[Account, ...] = ()
        self.account: Account | None = None
        self.session: Session | None = None
        self.view: View | None = None
        self.trouble: Trouble | Plain | None = None
        self.doing = Doing.NOTHING
        self.invitation: Invitation | None = None
        self.device = ""
        self.sendings = Sendings()
        self.last: Arrived | None = None
        self.ours: dict[str, str] = {}
        """Conflicts that were decided for what is here: key → etag of the version there that was looked at."""
        self.our_names = False
        """Whether the names of sources here replace those in the bucket's list."""
        self.is_stale = True
        """Whether the library may have changed since it was looked."""
        self.job: Job | None = None
        context.library_changed.connect(self._library_changed)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self.doing is not Doing.NOTHING

    def secrets(self) -> Secrets:
        """What keeps the secrets. In a thread: the first call imports what asks the password store."""
        if self._secrets is None:
            self._secrets = self._make_secrets()
        return self._secrets

    def load(self, then: Callable[[], None] | None = None) -> None:
        """Read the accounts that were set up, and which of them this library uses."""
        damage: list[Problem] = []

        def over(fate: Fate[tuple[Account, ...]]) -> None:
            self.take_accounts(fate.value or ())
            trouble = Plain(damage[0], "setup") if damage else fate.trouble
            if trouble is not None:
                self.trouble = trouble
                self.changed.emit()
            if then is not None:
                then()

        work = lambda _: load_accounts(accounts_file(), damage.append)  # noqa: E731 - two words
        begin_job(self._context, self.tr("Reading the accounts"), work, over=over, quiet=True)

    def take_accounts(self, accounts: Sequence[Account]) -> None:
        """These are the accounts now; the one in use stays in use if it is the same."""
        self.accounts = tuple(accounts)
        wanted = self.account.name if self.account is not None else self._remembered()
        found = next((one for one in accounts if one.name == wanted), None)
        if found is None and len(accounts) == 1:
            found = accounts[0]
        if found != self.account:
            self._use(found)
        self.changed.emit()

    def use(self, account: Account) -> None:
        """Use `account` for this library from now on."""
        if self._context.library_folder is not None:
            self._context.remembered.put(f"account of {self._context.library_folder}", account.name)
        self._use(account)
        self.changed.emit()

    def take_account(self, account: Account) -> None:
        """The account in use was changed: who one is and what was looked at still holds."""
        self.accounts = tuple(account if one.name == account.name else one for one in self.accounts)
        self.account = account
        if self.session is not None:
            self.session = replace(self.session, account=account)
        self.changed.emit()

    def use_remembered(self, account: Account) -> None:
        """Remember that this library uses `account`."""
        if self._context.library_folder is not None:
            self._context.remembered.put(f"account of {self._context.library_folder}", account.name)

    def _begin(  # noqa: PLR0913 - all of it is one job
        self,
        doing: Doing,
        name: str,
        work: Callable[[Progress], Any],
        over: Callable[[Fate[Any]], None],
        cancelled: Callable[[], None] | None = None,
        *,
        quiet: bool = False,
        writes: bool = False,
    ) -> None:
        self.doing, self.trouble = doing, None
        told = cancelled or (lambda: over(Fate()))
        self.job = begin_job(
            self._context, name, work, over=over, cancelled=told, account=self.account, quiet=quiet, writes=writes
        )
        self.changed.emit()

    def _end(self, trouble: Trouble | Plain | None) -> None:
        self.doing, self.job, self.trouble = Doing.NOTHING, None, trouble
        if trouble is not None and trouble.cause == "sign-in":
            self.session = None

    def _use(self, account: Account | None) -> None:
        self.account, self.session, self.view, self.trouble = account, None, None, None
        self.last, self.ours, self.is_stale, self.our_names = None, {}, True, False

    def _library_changed(self) -> None:
        self.is_stale = True
        wanted = self._remembered()
        if wanted and self.account is not None and wanted != self.account.name and not self.is_busy:
            self._use(next((one for one in self.accounts if one.name == wanted), None))
        self.changed.emit()

    def _remembered(self) -> str:
        return str(self._context.remembered.get(f"account of {self._context.library_folder}", ""))


def _system_secrets() -> Secrets:
    """What has the password store of the system behind it; imported in a thread, because its import is slow."""
    from nolcat_desktop.credentials import KeyringStore, Secrets

    return Secrets(KeyringStore())
