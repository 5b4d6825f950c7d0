"""The steps of a run in plain words, made from its history.

The history is AWS's list of events (API reference of GetExecutionHistory): every state that is entered and left, and
every try of a task in between. A try is found to belong to a state by following `previousEventId` back to the event
that entered it; that holds within Parallel and Map too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from nolcat_desktop.aws.state_machine_words import state_words, states_ahead

Event = Mapping[str, Any]
"""An event as boto3 gives it."""
_BAD = ("Failed", "TimedOut", "FailedToStart")
_TRIES = ("TaskScheduled", "LambdaFunctionScheduled", "ActivityScheduled", "MapRunStarted", "MapRunRedriven")


class StepState(StrEnum):
    """How a step stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class RunStep:
    """One step."""

    name: str
    """The state's own name."""
    words: str
    """What happens in it, for a person."""
    state: StepState
    since: datetime | None = None
    until: datetime | None = None
    tries: int = 1

    def seconds(self, now: datetime) -> float | None:
        """How long it took, or takes so far; None if it has not begun."""
        return None if self.since is None else max(0.0, ((self.until or now) - self.since).total_seconds())


@dataclass(slots=True)
class _Entered:
    """A state while its history is read."""

    name: str
    since: datetime
    until: datetime | None = None
    failed: bool = False
    cut: bool = False
    """Whether the run ended while it was in this state."""
    tries: int = 0


def steps_of(events: Sequence[Event], definition: Mapping[str, Any] | None = None) -> tuple[RunStep, ...]:
    """The steps so far, and those that are still to come as far as that is certain.

    Args:
        events: The history, in any order.
        definition: The state machine's definition, for the steps to come; None if it is not known.

    Returns:
        One step for each state that is worth telling, in the order in which they were first entered.
    """
    entered, ended = _read(sorted(events, key=lambda event: int(event["id"])))
    kinds = _kinds(definition or {})
    steps: dict[str, RunStep] = {}
    for one in entered:
        words = state_words(one.name, kinds.get(one.name, ""))
        if words is not None:
            before = steps.get(one.name)
            steps[one.name] = _merged(before, _step(one, words, ended))
    if not ended and definition:
        last = next((name for name in reversed(steps) if name in definition.get("States", {})), "")
        for name in states_ahead(definition, last):
            words = state_words(name, kinds.get(name, ""))
            if words is not None and name not in steps:
                steps[name] = RunStep(name, words, StepState.WAITING)
    return tuple(steps.values())


def last_failure(events: Sequence[Event]) -> tuple[str, str, str] | None:
    """State, error and cause of the last thing that failed within a state; None if nothing did.

    What failed in a step that is told counts before what failed in one that is not: after a job that ended without a
    word our machine looks for its message in vain, and that is not why the run failed.
    """
    ordered = sorted(events, key=lambda event: int(event["id"]))
    by_id = {int(event["id"]): event for event in ordered}
    silent = None
    for event in reversed(ordered):
        kind = str(event["type"])
        details = _details(event)
        if not kind.endswith(_BAD) or kind.startswith("Execution") or not {"error", "cause"} & set(details):
            continue
        owner = _owner(event, by_id)
        name = _name(by_id[owner]) if owner is not None else ""
        found = name, str(details.get("error", "")), str(details.get("cause", ""))
        if state_words(name, "Task") is not None:
            return found
        silent = silent or found
    return silent


def failed_as_told(events: Sequence[Event]) -> bool:
    """Whether the run ended in a Fail state: its failure was caught and told; going on there is no use."""
    return any(event["type"] == "FailStateEntered" for event in events)


def _read(ordered: Sequence[Event]) -> tuple[list[_Entered], StepState | None]:
    by_id = {int(event["id"]): event for event in ordered}
    entered: dict[int, _Entered] = {}
    ended: StepState | None = None
    for event in ordered:
        kind, when = str(event["type"]), event["timestamp"]
        if kind.endswith("StateEntered"):
            entered[int(event["id"])] = _Entered(_name(event), when)
        elif kind.endswith("StateExited"):
            _leave(entered, _name(event), when)
        elif kind.startswith("Execution"):
            ended = _ENDS.get(kind)
            _reopen(entered) if ended is None else _close(entered, when)
        elif (owner := _owner(event, by_id)) in entered:
            one = entered[owner]
            one.tries += kind in _TRIES
            one.failed = kind.endswith(_BAD) or (one.failed and kind not in _TRIES)
    return list(entered.values()), ended


_ENDS = {
    "ExecutionSucceeded": StepState.DONE,
    "ExecutionFailed": StepState.FAILED,
    "ExecutionTimedOut": StepState.FAILED,
    "ExecutionAborted": StepState.STOPPED,
}


def _leave(entered: Mapping[int, _Entered], name: str, when: datetime) -> None:
    for one in entered.values():
        if one.name == name and one.until is None:
            one.until = when
            return


def _close(entered: Mapping[int, _Entered], when: datetime) -> None:
    for one in entered.values():
        if one.until is None:
            one.until, one.cut = when, True


def _reopen(entered: Mapping[int, _Entered]) -> None:
    """A run that is started again goes on in the state in which it ended."""
    for one in entered.values():
        if one.cut:
            one.until, one.cut, one.failed = None, False, False


def _step(one: _Entered, words: str, ended: StepState | None) -> RunStep:
    if one.until is None:
        state = StepState.RUNNING
    elif one.cut and ended is StepState.STOPPED:
        state = StepState.STOPPED
    elif one.cut or one.failed:
        state = StepState.FAILED
    else:
        state = StepState.DONE
    return RunStep(one.name, words, state, one.since, one.until, max(one.tries, 1))


def _merged(before: RunStep | None, after: RunStep) -> RunStep:
    """A state that is entered again is one step, that began with the first time and stands as the last."""
    if before is None:
        return after
    return replace(after, since=before.since, tries=before.tries + after.tries)


def _owner(event: Event, by_id: Mapping[int, Event]) -> int | None:
    """Id of the event that entered the state to which `event` belongs."""
    seen = event
    for _ in range(len(by_id)):
        if str(seen["type"]).endswith("StateEntered"):
            return int(seen["id"])
        before = by_id.get(int(seen.get("previousEventId", 0)))
        if before is None:
            return None
        seen = before
    return None


def _details(event: Event) -> Mapping[str, Any]:
    return next((value for key, value in event.items() if key.endswith("EventDetails")), {})


def _name(event: Event) -> str:
    return str(_details(event).get("name", ""))


def _kinds(definition: Mapping[str, Any]) -> dict[str, str]:
    """Type of each state, those within Parallel and Map too."""
    found: dict[str, str] = {}
    for name, state in definition.get("States", {}).items():
        found[name] = str(state.get("Type", ""))
        for inner in (*state.get("Branches", ()), state.get("Iterator"), state.get("ItemProcessor")):
            found |= _kinds(inner) if inner else {}
    return found
