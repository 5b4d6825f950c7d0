"""Becoming somebody, from the window: in silence where that is possible, else with a page, a code or a key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from nolcat_desktop.accounts import Account
from nolcat_desktop.gui.cloud_jobs import Fate, Question, Wire
from nolcat_desktop.gui.cloud_state import CloudState, Doing, Sendings, TypedKey
from nolcat_desktop.gui.context import Context
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.credentials import Secrets
    from nolcat_desktop.workflow.cloud_session import Session

    _Entered = tuple[Session, tuple[Account, ...] | None]


class CloudSigning(CloudState):
    """Signs in, and tells what a person has to see or to answer for it."""

    def __init__(self, context: Context, secrets: Callable[[], Secrets] | None = None) -> None:
        """Nobody yet."""
        super().__init__(context, secrets)
        self._question: Question | None = None
        self._news = Wire(self._take_news, self)

    def look(self) -> None:
        """Look what would be sent."""
        raise NotImplementedError

    def wake(self) -> None:
        """Become somebody without asking anybody, and look what would be sent."""
        if self.account is None or self.is_busy:
            return
        if self.session is None:
            self._become(self.account, None, silently=True)
        elif self.view is None or self.is_stale:
            self.look()

    def sign_in(self, account: Account, key: TypedKey | None = None) -> None:
        """Sign in to `account`, asking whom it takes; a new account is kept when it succeeded."""
        if not self.is_busy:
            self._use(account)
            self._become(account, key, silently=False)

    def answer(self, code: str) -> None:
        """The six digits that were asked for."""
        if self._question is not None:
            self._question.answer(code)
            self._question, self.device = None, ""
            self.changed.emit()

    def cancel(self) -> None:
        """Stop what is under way."""
        if self.job is not None:
            self._context.runner.cancel(self.job)

    def _become(self, account: Account, key: TypedKey | None, silently: bool) -> None:
        def work(progress: Progress) -> _Entered:
            return self._silently(account, progress) if silently else self._asking(account, key, progress)

        def over(fate: Fate[_Entered]) -> None:
            self.invitation, self._question, self.device = None, None, ""
            self._end(fate.trouble)
            if fate.value is not None:
                self.session, accounts = fate.value
                self.account = self.session.account
                if accounts is not None:
                    self.accounts = accounts
                    self.use_remembered(self.session.account)
                self.look()
            self.changed.emit()

        self._begin(Doing.SIGNING_IN, self.tr("Signing in"), work, over, quiet=silently)

    def _silently(self, account: Account, progress: Progress) -> _Entered:
        """In a thread."""
        from nolcat_desktop.workflow import cloud_session

        return cloud_session.begin(account, self.secrets(), progress), None

    def _asking(self, account: Account, key: TypedKey | None, progress: Progress) -> _Entered:
        """In a thread. The account belongs to whom it met first, and is kept once somebody was let in."""
        from nolcat_desktop.workflow import cloud_session, signing_in

        secrets, tell = self.secrets(), self._news.tell
        if key is not None and key.for_this_run:
            signing_in.use_key_for_this_run(account, key.key_id, key.secret, secrets)
        elif key is not None:
            signing_in.keep_key(account, key.key_id, key.secret, secrets, progress)

        def code(device: str) -> str:
            question = Question()
            tell((device, question))
            return question.wait(progress)

        session = cloud_session.enter(account, secrets, tell, code, progress)
        identity = session.standing.identity
        if identity is not None and not account.expected_account:
            session = replace(session, account=signing_in.expect(account, identity))
        return session, signing_in.keep_account(session.account)

    def _take_news(self, news: object) -> None:
        match news:
            case (str() as device, Question() as question):
                self.device, self._question = device, question
                self.asked.emit(device)
            case Sendings():
                self.sendings = Sendings(news.tally or self.sendings.tally, self.sendings.sent | news.sent)
                self.moved.emit()
                return
            case _:
                self.invitation = news  # type: ignore[assignment]  # the only other thing that is told
                self.invited.emit()
        self.changed.emit()
