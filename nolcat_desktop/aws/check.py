"""Check connection: one step after the other, each with a tick, or with the cause and the remedy.

It leaves nothing behind: the permission to write is tried by beginning a multipart upload and taking it back, which
needs no permission to delete. A step that cannot be made says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.check_bucket import may_write, sees_machine, sees_objects, versions
from nolcat_desktop.aws.check_way import clock, found, secure, server_of
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.identity import confirm, who_am_i
from nolcat_desktop.aws.way import Server
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress


class StepName(StrEnum):
    """The steps in their order; the values are what is shown."""

    SETUP = "settings"
    SERVER = "name of the server found"
    SECURE = "secure connection"
    CLOCK = "clock"
    SIGN_IN = "sign-in"
    IDENTITY = "who"
    READ = "reading"
    WRITE = "writing"
    VERSIONS = "earlier versions"
    MACHINE = "pipeline"


class Outcome(StrEnum):
    """How a step ended."""

    DONE = "done"
    FAILED = "failed"
    LEFT_OUT = "left out"
    """Not made, with the reason."""
    NOTE = "note"
    """Made, and something should be known about it."""


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One line of the list."""

    name: StepName
    outcome: Outcome
    detail: str = ""
    """What was found, or why it was left out; for a step that failed, its title."""
    problem: Problem | None = None
    """For a step that failed: cause and remedy."""
    permission: str = ""
    """The missing permission (`s3:PutObject`), where that is the cause."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a step found."""

    detail: str
    outcome: Outcome = Outcome.DONE


_NEEDS: dict[StepName, tuple[StepName, ...]] = {
    StepName.SERVER: (StepName.SETUP,),
    StepName.SECURE: (StepName.SERVER,),
    StepName.CLOCK: (StepName.SECURE,),
    StepName.SIGN_IN: (StepName.SETUP, StepName.SERVER, StepName.SECURE, StepName.CLOCK),
    StepName.IDENTITY: (StepName.SIGN_IN,),
    StepName.READ: (StepName.SIGN_IN, StepName.IDENTITY),
    StepName.WRITE: (StepName.SIGN_IN, StepName.IDENTITY),
    StepName.VERSIONS: (StepName.SIGN_IN, StepName.IDENTITY),
    StepName.MACHINE: (StepName.SIGN_IN, StepName.IDENTITY),
}
"""A step is left out where one that it needs failed, or was left out for that reason."""
_ON_BUCKET = (StepName.WRITE, StepName.VERSIONS)
_HOPELESS = ("NoSuchBucket", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidBucketName")
"""Answers to reading that every other call on the bucket would get too."""


def check_connection(clients: Clients, progress: Progress) -> Iterator[CheckStep]:
    """Make the steps, and give each when it is over.

    Raises:
        Cancelled: If the user asked to stop; nothing is left then either.
    """
    stopped: dict[StepName, StepName] = {}
    for done, (name, step) in enumerate(_steps(clients, progress).items()):
        progress.tell("Checking the connection", done, len(StepName), name)
        cause = next((stopped[need] for need in _NEEDS.get(name, ()) if need in stopped), None)
        if cause is None and name in _ON_BUCKET and StepName.READ in stopped:
            cause = stopped[StepName.READ]
        if cause is not None:
            stopped[name] = cause
            yield CheckStep(name, Outcome.LEFT_OUT, f"left out, because “{cause}” failed")
            continue
        made = _made(name, step)
        if made.outcome is Outcome.FAILED and (name is not StepName.READ or _is_hopeless(made)):
            stopped[name] = name
        yield made


def _steps(clients: Clients, progress: Progress) -> dict[StepName, Callable[[], Told]]:
    def elsewhere(text: str) -> Told:
        return Told(f"left out: {text}", Outcome.LEFT_OUT)

    @cache
    def server() -> Server:
        return server_of(clients)

    def secured() -> Told:
        if not server().is_secure:
            return elsewhere("the address is http, so that what is sent can be read on the way")
        return Told(secure(server(), clients.ca_file, progress))

    def timed() -> Told:
        said = clock(clients)
        return Told(said) if said else elsewhere("the server does not tell the time")

    def who() -> Told:
        identity = who_am_i(clients)
        confirm(clients.account, identity)
        return Told(str(identity)) if identity else elsewhere("another server than AWS has nobody to ask")

    def kept() -> Told:
        is_kept, said = versions(clients)
        return Told(said, Outcome.DONE if is_kept else Outcome.NOTE)

    def machine() -> Told:
        if not clients.account.state_machine:
            return elsewhere("no state machine is named")
        return Told(sees_machine(clients))

    return {
        StepName.SETUP: lambda: Told(server().host),
        StepName.SERVER: lambda: Told(found(server(), progress)),
        StepName.SECURE: secured,
        StepName.CLOCK: timed,
        StepName.SIGN_IN: lambda: Told(_sign_in(clients)),
        StepName.IDENTITY: who,
        StepName.READ: lambda: Told(sees_objects(clients)),
        StepName.WRITE: lambda: Told(may_write(clients)),
        StepName.VERSIONS: kept,
        StepName.MACHINE: machine,
    }


def _made(name: StepName, step: Callable[[], Told]) -> CheckStep:
    try:
        told = step()
    except NolcatError as error:
        permission = error.problem.position or "" if isinstance(error, CloudError) else ""
        return CheckStep(name, Outcome.FAILED, error.problem.title, error.problem, permission)
    return CheckStep(name, told.outcome, told.detail)


def _sign_in(clients: Clients) -> str:
    until = clients.signed_in_until()
    return f"signed in until {until.astimezone():%H:%M}" if until else "with a key that does not run out"


def _is_hopeless(step: CheckStep) -> bool:
    return step.problem is not None and any(code in step.problem.details for code in _HOPELESS)
