"""A state machine as it is: what it is asked before anything is started."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nolcat_desktop.aws.border import border
from nolcat_desktop.aws.executions_client import StepFunctions
from nolcat_desktop.aws.executions_links import arn_of
from nolcat_desktop.problem import NolcatError, Problem


@dataclass(frozen=True, slots=True)
class Machine:
    """One state machine."""

    arn: str
    name: str
    definition: Mapping[str, Any]
    """In the Amazon States Language; empty if it could not be read."""
    role_arn: str
    revision: str = ""
    """Changes with every change of the definition."""


def machine_at(sfn: StepFunctions, arn: str) -> Machine:
    """The state machine of this ARN, which must be one whose runs can be followed.

    Args:
        sfn: boto3's client of Step Functions, in the ARN's region.
        arn: As it is shown in the AWS console.

    Raises:
        NolcatError: If `arn` is no state machine's, it is not there or may not be seen, it is being deleted, or it is
            EXPRESS: those are not idempotent and can be neither described nor stopped (API reference of
            StartExecution and DescribeExecution), so a second click would load everything a second time.
    """
    parts = arn_of(arn)
    if parts is None or parts.service != "states" or not parts.rest.startswith("stateMachine:"):
        raise _refused(
            f"“{arn}” is not the ARN of a state machine.", "Copy the ARN from the page of the state machine."
        )
    with border("asking for the state machine"):
        found = sfn.describe_state_machine(stateMachineArn=arn)
    if found.get("type", "STANDARD") != "STANDARD":
        raise _refused(
            f"{found['name']} is of the type {found['type']}. Its runs cannot be followed or stopped, and a second "
            "start of the same would load everything twice.",
            "Choose a state machine of the type STANDARD, or let this program set one up.",
        )
    if found.get("status", "ACTIVE") != "ACTIVE":
        raise _refused(f"{found['name']} is being deleted.", "Choose another state machine, or set one up.")
    definition = definition_of(str(found.get("definition", "")))
    return Machine(arn, found["name"], definition, str(found.get("roleArn", "")), str(found.get("revisionId", "")))


def check_input(machine: Machine, given: str) -> None:
    """See whether the first state would find what it asks for in the input `given`.

    Only what is certain is refused: paths of the first state, and paths into the run's input anywhere, that begin with
    a key that the input does not have. A run would end at once with States.ParameterPathFailure.

    Raises:
        NolcatError: If keys are missing.
    """
    keys = set(json.loads(given))
    states = machine.definition.get("States", {})
    first = states.get(machine.definition.get("StartAt"), {})
    wanted = {path.split(".")[1] for path in _first_paths(first)} | set(_input_keys(machine.definition))
    missing = sorted(key for key in (_key(name) for name in wanted) if key and key not in keys)
    if missing:
        raise _refused(
            f"{machine.name} asks for {', '.join(f'“{key}”' for key in missing)} in its input; what would be sent has "
            f"{', '.join(f'“{key}”' for key in sorted(keys))}.",
            "Write a template for its input in the settings of the account, with the keys that it asks for.",
        )


def _first_paths(state: Mapping[str, Any]) -> Iterator[str]:
    """Paths into the input that the first state needs; a choice may ask whether there is one, so it needs none."""
    if state.get("Type") in ("Task", "Pass", "Map") and state.get("QueryLanguage", "JSONPath") == "JSONPath":
        narrowed = str(state.get("InputPath", "$") or "")
        if narrowed.startswith("$."):
            yield narrowed
        elif narrowed == "$":
            yield from (path for path in _dynamic(state.get("Parameters")) if path.startswith("$."))
            yield from (str(state[key]) for key in ("ItemsPath",) if str(state.get(key, "")).startswith("$."))


def _dynamic(value: object) -> Iterator[str]:
    """Values of keys that end in `.$`."""
    match value:
        case dict():
            for key, inner in value.items():
                if str(key).endswith(".$") and isinstance(inner, str):
                    yield inner
                else:
                    yield from _dynamic(inner)
        case list():
            for inner in value:
                yield from _dynamic(inner)
        case _:
            pass


def _input_keys(definition: object) -> Iterator[str]:
    """First keys of `$$.Execution.Input.key…` anywhere in dynamic values."""
    start = "$$.Execution.Input."
    for path in _everywhere(definition):
        if path.startswith(start):
            yield path.removeprefix(start).split(".")[0]


def _everywhere(value: object) -> Iterator[str]:
    match value:
        case dict():
            yield from _dynamic(value.get("Parameters"))
            for inner in value.values():
                yield from _everywhere(inner)
        case list():
            for inner in value:
                yield from _everywhere(inner)
        case _:
            pass


def _key(name: str) -> str:
    """A plain key at the beginning of a path; empty where the path is more than that."""
    plain = name.partition("[")[0]
    return plain if plain.replace("_", "").replace("-", "").isalnum() else ""


def definition_of(text: str) -> Mapping[str, Any]:
    """A definition as it is kept by Step Functions; empty if it cannot be read."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _refused(why: str, remedy: str) -> NolcatError:
    return NolcatError(
        Problem("The state machine cannot be used", f"{why} Nothing was started; what was sent stays as it is.", remedy)
    )
