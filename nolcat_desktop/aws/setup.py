"""Setting up the pipeline: shown first, then made; what is there is found, what somebody else made is not touched.

Everything can be done again at any time: what is as it should be stays, what differs is brought to what it should be.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.setup_jobs import jobs
from nolcat_desktop.aws.setup_machine import StateMachine
from nolcat_desktop.aws.setup_news import news
from nolcat_desktop.aws.setup_roles import machine_role
from nolcat_desktop.aws.setup_storage import storage
from nolcat_desktop.aws.setup_wishes import (
    Chapter,
    Look,
    PipelineFiles,
    Resource,
    SetupClients,
    State,
    Wishes,
)
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress

_SETTLING = 20
"""How often a resource is tried that takes on a role made just before; IAM needs some seconds to tell it everywhere."""
_PAUSE = 3.0
_NOT_YET = frozenset(
    {"InvalidInputException", "AccessDeniedException", "ValidationException", "InvalidParameterException"}
)


class Action(StrEnum):
    """What is, or would be, done with a resource."""

    CREATED = "created"
    UPDATED = "updated"
    EXISTS = "exists"
    REMOVED = "removed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Row:
    """One resource: planned or done."""

    chapter: Chapter
    kind: str
    name: str
    arn: str
    action: Action
    note: str = ""
    is_waiting: bool = False
    """Whether an address has not confirmed yet."""


def resources(clients: SetupClients, wishes: Wishes, files: PipelineFiles) -> list[Resource]:
    """Everything that is set up, in the order in which it is made."""
    machine: list[Resource] = [*machine_role(clients, wishes), StateMachine(clients, wishes, files)]
    return [*storage(clients, wishes), *jobs(clients, wishes, files), *news(clients, wishes), *machine]


def planned(parts: Sequence[Resource], progress: Progress | None = None) -> list[Row]:
    """What would be done; nothing is changed.

    Raises:
        NolcatError: If AWS cannot be asked, or something of these names was made by somebody else.
    """
    rows, foreign = [], []
    for part in (progress or Progress()).over("Looking", parts, lambda one: one.kind):
        found = part.look()
        rows.append(_row(part, found, _ACTION[found.state]))
        if found.state is State.FOREIGN:
            foreign.append(f"{part.kind} “{part.name}”: {found.note}")
    if foreign:
        raise NolcatError(
            Problem(
                "Something of this name is there already",
                f"{'; '.join(foreign)}. Nothing was made or changed.",
                "Choose another name for this pipeline (--name), or ask who made it.",
            )
        )
    return rows


def applied(
    parts: Sequence[Resource], progress: Progress | None = None, pause: Callable[[float], None] = time.sleep
) -> Iterator[Row]:
    """Make what is missing and change what differs, one after the other; each row as it is done.

    All is looked at before anything is changed. What was made stays when a later one fails: setting up again goes on.

    Raises:
        NolcatError: As `planned`; or if AWS refuses.
        Cancelled: Between two resources.
    """
    handle = progress or Progress()
    planned(parts, handle)
    fresh_role = False
    for part in handle.over("Setting up", parts, lambda one: f"{one.kind} {one.name}"):
        found = part.look()
        if found.state is State.SAME:
            yield _row(part, found, Action.EXISTS)
            continue
        if found.state is State.UNSEEN:
            found = Look(State.MISSING)
        arn = _put(part, found, handle, pause if fresh_role else None)
        fresh_role = fresh_role or (part.kind == "iam role")
        yield _row(part, replace(part.look(), arn=arn), _ACTION[found.state])


def _row(part: Resource, found: Look, action: Action) -> Row:
    return Row(part.chapter, part.kind, part.name, found.arn, action, found.note, found.is_waiting)


def removed(parts: Sequence[Resource], progress: Progress | None = None) -> Iterator[Row]:
    """Remove what this program made, the last first; the bucket, its content and the database stay.

    Raises:
        NolcatError: If AWS refuses.
    """
    for part in (progress or Progress()).over("Removing", list(reversed(parts)), lambda one: one.kind):
        before = part.look()
        if before.state is State.MISSING:
            continue
        action = Action.REMOVED if part.remove() else Action.KEPT
        yield Row(part.chapter, part.kind, part.name, before.arn, action)


def _put(part: Resource, found: Look, progress: Progress, pause: Callable[[float], None] | None) -> str:
    for left in reversed(range(_SETTLING)):
        progress.check()
        try:
            return part.put(found)
        except CloudError as error:
            if pause is None or not left or error.code not in _NOT_YET or "role" not in error.problem.details.lower():
                raise
            pause(_PAUSE)
    raise AssertionError("the last try returns or raises")


_ACTION = {
    State.MISSING: Action.CREATED,
    State.UNSEEN: Action.CREATED,
    State.DIFFERS: Action.UPDATED,
    State.SAME: Action.EXISTS,
    State.FOREIGN: Action.KEPT,
}
