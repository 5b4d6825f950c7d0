"""An account in use: who one is there, what would be sent, sending and starting, deciding conflicts, fetching.

Both faces could use it; the window does. Everything here is slow: it is called off the window's thread.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.device_flow import Invitation
from nolcat_desktop.aws.executions_links import arn_of
from nolcat_desktop.aws.role import AskCode
from nolcat_desktop.credentials import Secrets
from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.arrival import Tally
from nolcat_desktop.sync.plan import Item
from nolcat_desktop.workflow import fetching, running_sent, sending
from nolcat_desktop.workflow.running import Pipeline
from nolcat_desktop.workflow.running_log import RunLog
from nolcat_desktop.workflow.sending_place import Opened, opened_place
from nolcat_desktop.workflow.signing_in import Standing, admit, open_clients, sign_in


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody, in an account."""

    account: Account
    clients: Clients
    standing: Standing


@dataclass(frozen=True, slots=True)
class Watching:
    """Who is told how far sending is; called in the thread that sends."""

    tally: Callable[[Tally], None] = lambda _: None
    sent: Callable[[sending.Sent], None] = lambda _: None
    opened: Callable[[Callable[[], None]], None] = lambda _: None
    """Given what tries again at once, while it is waited for the network."""
    patience: float = 60.0
    """Seconds for which it is waited for the network."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on before sending; see `sending.Wanted`."""

    ours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    our_names: bool = False


NOTHING_DECIDED = Decided()


@dataclass(slots=True)
class _Latest:
    """What was sent when sending ended early."""

    sent: list[sending.Sent] = field(default_factory=list)


class Broken(NolcatError):  # noqa: N818 - what happened, not an error of the program's
    """Sending could not go on; what has arrived stays."""

    def __init__(self, cause: NolcatError, done: int, whole: int) -> None:
        """`done` of `whole` files had arrived."""
        super().__init__(cause.problem)
        self.cause, self.done, self.whole = cause, done, whole


def begin(account: Account, secrets: Secrets, progress: Progress) -> Session:
    """Become somebody without asking anybody.

    Raises:
        NolcatError: If somebody has to act, or it is not the expected account.
    """
    clients = open_clients(account, secrets, progress=progress)
    return Session(account, clients, admit(clients, progress))


def enter(
    account: Account,
    secrets: Secrets,
    show: Callable[[Invitation], None],
    ask_code: AskCode,
    progress: Progress,
) -> Session:
    """Become somebody; the code is shown and asked for as the account needs it.

    Raises:
        NolcatError: If it does not succeed, or it is not the expected account.
        Cancelled: If the user asked to stop.
    """
    clients = open_clients(account, secrets, ask_code, progress=progress)
    return Session(account, clients, sign_in(clients, show, progress))


def plan(session: Session, library: Library, progress: Progress, decided: Decided = NOTHING_DECIDED) -> sending.View:
    """What would be sent; nothing is written, here or there.

    Raises:
        NolcatError: As `sending.look`.
    """
    with opened_place(library, session.clients, progress, keep=False) as place:
        return sending.look(library, place.means, _wanted(session, place, decided))


def send(
    session: Session, library: Library, progress: Progress, watching: Watching, decided: Decided = NOTHING_DECIDED
) -> sending.Sent:
    """Send what the plan names, and nothing else.

    Raises:
        Broken: If it cannot go on.
        Cancelled: If the user asked to stop.
    """
    with _sending(session, library, progress, watching) as (place, told):
        return sending.send_library(library, place.means, _wanted(session, place, decided), told)


def send_and_start(
    session: Session, library: Library, progress: Progress, watching: Watching, decided: Decided = NOTHING_DECIDED
) -> running_sent.SentAndStarted:
    """Send what the plan names, and start a run for it.

    Raises:
        Broken: If it cannot go on.
        Cancelled: If the user asked to stop; nothing is started then.
    """
    to_start = running_sent.ToStart(pipeline_of(session, library), session.account.input_template)
    with _sending(session, library, progress, watching) as (place, told):
        wanted = _wanted(session, place, decided)
        return running_sent.send_and_start(library, place.means, wanted, to_start, told)


def keep_theirs(session: Session, library: Library, keys: Sequence[str], progress: Progress) -> None:
    """Decide conflicts for what lies there; see `fetching.keep_theirs`."""
    with opened_place(library, session.clients, progress) as place:
        fetching.keep_theirs(library, place.means, keys)


def fetch_into(
    session: Session, folder: Path, program: str, progress: Progress, watching: Watching
) -> fetching.Fetched:
    """Fetch the newest complete library into `folder`, which may be missing and must hold none.

    Raises:
        NolcatError: As `fetching.fetch_library`.
    """
    library = Library.open(folder, lambda: datetime.now(UTC).astimezone(), program)
    with _watched(session, library, progress, watching) as place:
        return fetching.fetch_library(library, place.means)


def pipeline_of(session: Session, library: Library) -> Pipeline:
    """The account's state machine, for the runs of `library`.

    Raises:
        NolcatError: If the account names none.
    """
    parts = arn_of(session.account.state_machine)
    if parts is None:
        raise NolcatError(
            Problem(
                "No pipeline is set up here",
                f"Account “{session.account.name}” names no state machine. Nothing was started.",
                "Set the pipeline up, or name its state machine in the account's settings.",
            )
        )
    sfn = session.clients.client("stepfunctions", parts.region)
    log = RunLog(library.layout.hidden)
    return Pipeline(sfn, session.account.state_machine, log, lambda: datetime.now(UTC), user_name())


def user_name() -> str:
    """Who asks, for the list of runs."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _wanted(session: Session, place: Opened, decided: Decided) -> sending.Wanted:
    return sending.Wanted(session.account.with_originals, decided.our_names, decided.ours, place.confirm)


@contextmanager
def _watched(session: Session, library: Library, progress: Progress, watching: Watching) -> Iterator[Opened]:
    with opened_place(library, session.clients, progress, watching.tally) as place:
        watching.opened(place.means.pace.try_now)
        yield replace(place, means=replace(place.means, patience=watching.patience))


@contextmanager
def _sending(
    session: Session, library: Library, progress: Progress, watching: Watching
) -> Iterator[tuple[Opened, Callable[[sending.Sent], None]]]:
    latest = _Latest()

    def told(sent: sending.Sent) -> None:
        latest.sent[:] = [sent]
        watching.sent(sent)

    try:
        with _watched(session, library, progress, watching) as place:
            yield place, told
    except NolcatError as error:
        sent = latest.sent[-1] if latest.sent else None
        done = sum(map(sent.was_sent, sent.outcomes)) if sent else 0
        whole = max(len(sent.outcomes | {one.key: one for one in _uploads(sent)}), done) if sent else 0
        raise Broken(error, done, whole) from error


def _uploads(sent: sending.Sent) -> tuple[Item, ...]:
    return tuple(one for one in sent.view.plan.items if one.action == "upload")
