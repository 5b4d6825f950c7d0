"""Runs on a state machine that is really interpreted, and Stubber for what the stand-in does not have."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.executions import (
    RunStatus,
    find_run,
    history,
    list_runs,
    redrive_run,
    start_run,
    stop_run,
)
from nolcat_desktop.aws.executions_following import Pace, Timing, watch
from nolcat_desktop.aws.state_machine import check_input, machine_at
from nolcat_desktop.problem import NolcatError
from tests.aws.machines import LONG, WELL, new_machine
from tests.servers.aws_stand_in import Aws

GIVEN = '{"test":false}'
ARN = "arn:aws:states:eu-west-1:123456789012:stateMachine:m"
RUN = "arn:aws:states:eu-west-1:123456789012:execution:m:n"
WHEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def sfn(aws_server: Aws) -> Iterator[Any]:
    with closing(aws_server.client("stepfunctions")) as client:
        yield client


@pytest.fixture
def stubbed() -> Iterator[tuple[Any, Stubber]]:
    session = boto3.session.Session("t", "t", region_name="eu-west-1")
    with closing(session.client("stepfunctions")) as client, Stubber(client) as stubber:
        yield client, stubber


def name() -> str:
    return f"nolcat-{uuid.uuid4().hex}-1"


def test_that_a_second_start_of_a_running_set_is_the_same_run(aws_server: Aws, sfn: Any) -> None:
    machine, own = new_machine(aws_server, LONG), name()
    first = start_run(sfn, machine, own, GIVEN)
    second = start_run(sfn, machine, own, GIVEN)
    assert first.status is RunStatus.RUNNING
    assert second.arn == first.arn
    assert [run.arn for run in list_runs(sfn, machine)] == [first.arn]
    stop_run(sfn, first.arn, "Ana")


def test_that_a_second_start_of_a_set_that_has_ended_shows_the_run_that_was(aws_server: Aws, sfn: Any) -> None:
    machine, own = new_machine(aws_server, WELL), name()
    first = start_run(sfn, machine, own, GIVEN)
    ended(sfn, first.arn)
    second = start_run(sfn, machine, own, GIVEN)
    assert (second.arn, second.status) == (first.arn, RunStatus.SUCCEEDED)
    assert len(list(list_runs(sfn, machine))) == 1


def test_that_a_name_used_with_other_input_is_told_and_nothing_starts(aws_server: Aws, sfn: Any) -> None:
    machine, own = new_machine(aws_server, WELL), name()
    start_run(sfn, machine, own, GIVEN)
    with pytest.raises(NolcatError, match="other input"):
        start_run(sfn, machine, own, '{"test":true}')
    assert len(list(list_runs(sfn, machine))) == 1


def test_that_a_run_is_found_by_its_name_and_none_by_another(aws_server: Aws, sfn: Any) -> None:
    machine, own = new_machine(aws_server, WELL), name()
    run = start_run(sfn, machine, own, GIVEN)
    found = find_run(sfn, machine, own)
    assert found is not None
    assert found.arn == run.arn
    assert find_run(sfn, machine, name()) is None


def test_that_a_stopped_run_is_over_and_has_its_history(aws_server: Aws, sfn: Any) -> None:
    machine = new_machine(aws_server, LONG)
    run = start_run(sfn, machine, name(), GIVEN)
    events = history(sfn, run.arn)
    stop_run(sfn, run.arn, "Ana")
    assert ended(sfn, run.arn) is RunStatus.ABORTED
    assert [event["type"] for event in history(sfn, run.arn, int(events[-1]["id"]))] == ["ExecutionAborted"]


def test_that_a_stop_tells_who_asked(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    cause = "stopped by Ana from NoLCAT Desktop"
    stubber.add_response(
        "stop_execution", {"stopDate": WHEN}, {"executionArn": RUN, "error": "StoppedByUser", "cause": cause}
    )
    stubber.add_response("describe_execution", described("ABORTED", error="StoppedByUser", cause=cause))
    assert stop_run(client, RUN, "Ana").cause == cause


def test_that_an_express_machine_is_refused_with_the_reason(aws_server: Aws, sfn: Any) -> None:
    machine = new_machine(aws_server, WELL, "EXPRESS")
    with pytest.raises(NolcatError) as refused:
        machine_at(sfn, machine)
    assert "EXPRESS" in refused.value.problem.meaning
    assert "twice" in refused.value.problem.meaning


@pytest.mark.parametrize("arn", ["", "m", "arn:aws:s3:::bucket", "arn:aws:states:eu-west-1:1:execution:m:n"])
def test_that_what_is_no_machine_is_refused_before_anything_is_asked(arn: str, stubbed: tuple[Any, Stubber]) -> None:
    with pytest.raises(NolcatError, match="not the ARN of a state machine"):
        machine_at(stubbed[0], arn)


def test_that_a_missing_machine_is_told_as_missing(aws_server: Aws, sfn: Any) -> None:
    with pytest.raises(CloudError) as refused:
        machine_at(sfn, new_machine(aws_server, WELL) + "x")
    assert refused.value.fault is Fault.MISSING


def test_that_a_machine_that_is_being_deleted_is_refused(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    stubber.add_response("describe_state_machine", machine(status="DELETING"))
    with pytest.raises(NolcatError, match="being deleted"):
        machine_at(client, ARN)


@pytest.mark.parametrize(
    ("state", "missing"),
    [
        ({"Type": "Task", "Resource": "x", "Parameters": {"Name.$": "$.month"}}, "month"),
        ({"Type": "Task", "Resource": "x", "Parameters": {"A": {"B.$": "$$.Execution.Input.folder.x"}}}, "folder"),
        ({"Type": "Pass", "InputPath": "$.detail", "End": True}, "detail"),
        ({"Type": "Map", "ItemsPath": "$.files", "ItemProcessor": {}}, "files"),
    ],
)
def test_that_input_the_machine_cannot_use_is_refused_before_the_start(
    state: dict[str, Any], missing: str, stubbed: tuple[Any, Stubber]
) -> None:
    client, stubber = stubbed
    stubber.add_response("describe_state_machine", machine({"StartAt": "A", "States": {"A": state}}))
    found = machine_at(client, ARN)
    with pytest.raises(NolcatError) as refused:
        check_input(found, '{"manifest":{},"test":false}')
    assert f"“{missing}”" in refused.value.problem.meaning
    check_input(found, json.dumps({missing: 1}))


def test_that_input_is_not_refused_for_what_is_not_certain(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    states = {
        "A": {"Type": "Choice", "Choices": [{"Variable": "$.size", "IsPresent": True, "Next": "B"}], "Default": "B"},
        "B": {"Type": "Task", "Resource": "x", "Parameters": {"N.$": "$.found.here", "P.$": "$"}, "End": True},
    }
    stubber.add_response("describe_state_machine", machine({"StartAt": "A", "States": states}))
    check_input(machine_at(client, ARN), '{"manifest":{}}')


def test_that_a_run_of_a_machine_named_by_an_alias_is_found_in_the_list(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    stubber.add_client_error("describe_execution", "ExecutionDoesNotExist", http_status_code=400)
    row = {
        "executionArn": RUN + "2",
        "stateMachineArn": ARN,
        "name": "wanted",
        "status": "RUNNING",
        "startDate": WHEN,
    }
    stubber.add_response("list_executions", {"executions": [], "nextToken": "more"})
    stubber.add_response("list_executions", {"executions": [row]})
    stubber.add_response("describe_execution", described("RUNNING"), {"executionArn": RUN + "2"})
    assert find_run(client, f"{ARN}:live", "wanted") is not None
    stubber.assert_no_pending_responses()


def test_that_a_long_history_is_fetched_from_its_new_end_only(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    pages = [[event(9), event(8)], [event(7), event(6)], [event(5)]]
    for number, page in enumerate(pages[:2]):
        stubber.add_response("get_execution_history", {"events": page, "nextToken": str(number)})
    assert [one["id"] for one in history(client, RUN, known=6)] == [7, 8, 9]
    stubber.assert_no_pending_responses()


def test_that_a_redrive_is_asked_for_once_by_its_token(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    stubber.add_response("redrive_execution", {"redriveDate": WHEN}, {"executionArn": RUN, "clientToken": "t"})
    stubber.add_response("describe_execution", described("RUNNING", redriveStatus="NOT_REDRIVABLE"))
    assert redrive_run(client, RUN, "t").status is RunStatus.RUNNING


def test_that_a_missing_permission_is_named(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    stubber.add_client_error("start_execution", "AccessDeniedException", http_status_code=400)
    with pytest.raises(CloudError) as refused:
        start_run(client, ARN, "n", "{}")
    assert "states:StartExecution" in refused.value.problem.meaning


def ended(sfn: Any, arn: str) -> RunStatus:
    """How the run ended, waited for."""
    *_, last = watch(sfn, arn, None, None, Timing(pace=Pace(first=0.05, longest=0.2)))
    assert last.run is not None
    return last.run.status


def described(status: str, **more: Any) -> dict[str, Any]:
    found = {"executionArn": RUN, "stateMachineArn": ARN, "name": "n", "status": status, "startDate": WHEN}
    return found | more


def machine(definition: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    found = {
        "stateMachineArn": ARN,
        "name": "m",
        "status": "ACTIVE",
        "definition": json.dumps(definition or {"StartAt": "A", "States": {}}),
        "roleArn": "arn:aws:iam::123456789012:role/r",
        "type": "STANDARD",
        "creationDate": WHEN,
    }
    return found | more


def event(number: int) -> dict[str, Any]:
    return {"timestamp": WHEN, "type": "PassStateExited", "id": number, "previousEventId": number - 1}
