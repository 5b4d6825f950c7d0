"""Runs: start, look, stop, go on. Every function takes boto3's client of Step Functions, in the machine's region."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.executions_client import StepFunctions
from nolcat_desktop.aws.executions_links import execution_arn
from nolcat_desktop.problem import NolcatError, Problem

_UNKNOWN = "What was sent is in the bucket. Whether a run goes on is not known; asking again starts nothing twice."
_GOES_ON = "What was sent is in the bucket; the run itself is not touched by this."
_PAGE = 100
_LONGEST_CAUSE = 32_768


class RunStatus(StrEnum):
    """How a run stands, in AWS's words."""

    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED_OUT"
    ABORTED = "ABORTED"
    PENDING_REDRIVE = "PENDING_REDRIVE"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self not in {RunStatus.RUNNING, RunStatus.PENDING_REDRIVE}


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a state machine."""

    arn: str
    name: str
    machine_arn: str
    status: RunStatus
    started: datetime
    stopped: datetime | None = None
    input: str = ""
    """Empty where only a list was asked for."""
    output: str = ""
    error: str = ""
    cause: str = ""
    redrivable: bool = False
    redrive_reason: str = ""
    """Why it cannot be redriven, in AWS's words."""


def start_run(sfn: StepFunctions, machine_arn: str, name: str, given: str) -> Run:
    """Start a run, or find the one that has this name.

    The same name and input while it runs is the same run by the service's own rule; a run of this name that has ended
    is described and returned, not started anew.

    Args:
        sfn: Client.
        machine_arn: A STANDARD machine; see `state_machine.machine_at`.
        name: See `executions_naming.run_name`.
        given: Its input, JSON.

    Raises:
        NolcatError: If AWS refuses, or a run of this name was started with other input.
    """
    try:
        with border("starting the run", _UNKNOWN):
            answer = sfn.start_execution(stateMachineArn=machine_arn, name=name, input=given)
    except CloudError as error:
        if error.code != "ExecutionAlreadyExists":
            raise
        found = find_run(sfn, machine_arn, name)
        if found is None:
            raise
        check_same(found, given)
        return found
    try:
        return run_at(sfn, answer["executionArn"])
    except CloudError:  # it was started, whatever the look at it says
        started = answer["startDate"]
        return Run(answer["executionArn"], name, machine_arn, RunStatus.RUNNING, started, input=given)


def run_at(sfn: StepFunctions, arn: str) -> Run:
    """The run of this ARN as it is now.

    Raises:
        NolcatError: If it is not there (AWS keeps runs for 90 days after their end) or may not be seen.
    """
    with border("looking at the run", _GOES_ON):
        return _run(sfn.describe_execution(executionArn=arn))


def find_run(sfn: StepFunctions, machine_arn: str, name: str) -> Run | None:
    """The run of this name; None if there is none.

    Its ARN follows from the machine's; where the machine was named by a version or alias the list of runs is looked
    through too.

    Raises:
        NolcatError: If AWS cannot be asked.
    """
    arn = execution_arn(machine_arn, name)
    try:
        return run_at(sfn, arn) if arn else None
    except CloudError as error:
        if error.code != "ExecutionDoesNotExist":
            raise
    plain = machine_arn.split(":stateMachine:")[-1]
    if ":" not in plain:
        return None
    row = next((one for one in list_runs(sfn, machine_arn) if one.name == name), None)
    return None if row is None else run_at(sfn, row.arn)


def list_runs(sfn: StepFunctions, machine_arn: str) -> Iterator[Run]:
    """The machine's runs, the newest first, without their input and outcome; fetched page by page as they are taken.

    Raises:
        NolcatError: If AWS cannot be asked.
    """
    more: dict[str, Any] = {}
    while True:
        with border("listing the runs", _GOES_ON):
            page = sfn.list_executions(stateMachineArn=machine_arn, maxResults=_PAGE, **more)
        yield from map(_run, page["executions"])
        if not page.get("nextToken"):
            return
        more = {"nextToken": page["nextToken"]}


def history(sfn: StepFunctions, arn: str, known: int = 0) -> list[Mapping[str, Any]]:
    """Events of a run after the one of id `known`, the oldest first.

    Asked for newest first, so that following a long run fetches only what is new.

    Raises:
        NolcatError: If AWS cannot be asked.
    """
    found: list[Mapping[str, Any]] = []
    more: dict[str, Any] = {}
    while True:
        with border("reading the steps of the run", _GOES_ON):
            page = sfn.get_execution_history(
                executionArn=arn, reverseOrder=True, maxResults=1000, includeExecutionData=True, **more
            )
        found += [event for event in page["events"] if int(event["id"]) > known]
        oldest = min((int(event["id"]) for event in page["events"]), default=0)
        if not page.get("nextToken") or oldest <= known:
            return sorted(found, key=lambda event: int(event["id"]))
        more = {"nextToken": page["nextToken"]}


def stop_run(sfn: StepFunctions, arn: str, who: str) -> Run:
    """Ask a run to stop, and tell in AWS who asked. What the job wrote before is not taken back by it.

    Raises:
        NolcatError: If AWS refuses.
    """
    cause = f"stopped by {who} from NoLCAT Desktop"[:_LONGEST_CAUSE]
    with border("stopping the run", "It may go on: look at it again."):
        sfn.stop_execution(executionArn=arn, error="StoppedByUser", cause=cause)
    return run_at(sfn, arn)


def redrive_run(sfn: StepFunctions, arn: str, token: str) -> Run:
    """Let a run that failed go on with the step that failed; see `executions_failure.Failure.redrive` for when.

    Args:
        sfn: Client.
        arn: The run.
        token: The same for the same wish, so that a repeated call does it once.

    Raises:
        NolcatError: If AWS refuses.
    """
    with border("letting the run go on", _GOES_ON):
        sfn.redrive_execution(executionArn=arn, clientToken=token)
    return run_at(sfn, arn)


def check_same(run: Run, given: str) -> None:
    """See whether `run` was told what would be told now.

    Raises:
        NolcatError: If it was told something else.
    """
    if not run.input or _same(run.input, given):
        return
    raise NolcatError(
        Problem(
            "A run of this name was started with other input",
            f"{run.name} was started on {run.started:%d %b %Y %H:%M} and told something else than would be told now: "
            "the settings of the account, or the bucket, were changed since. Nothing was started.",
            "Look at that run. To run again with the settings of now, choose to run it again.",
        )
    )


def _same(one: str, other: str) -> bool:
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return one == other


def _run(found: Mapping[str, Any]) -> Run:
    return Run(
        found["executionArn"],
        found["name"],
        found["stateMachineArn"],
        RunStatus(found["status"]),
        found["startDate"],
        found.get("stopDate"),
        found.get("input", ""),
        found.get("output", "") or "",
        found.get("error", "") or "",
        found.get("cause", "") or "",
        found.get("redriveStatus", "NOT_REDRIVABLE") != "NOT_REDRIVABLE",
        found.get("redriveStatusReason", "") or "",
    )
