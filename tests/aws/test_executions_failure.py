"""What is told of a run that failed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from nolcat_desktop.aws.executions import Run, RunStatus
from nolcat_desktop.aws.executions_advice import RUN_ADVICE, run_advice
from nolcat_desktop.aws.executions_failure import BEFORE, EITHER, SOUND, THEIRS, Failure, failure_of
from tests.aws.events import GLUE, START, not_published, uncaught

RUN = Run(
    "arn:aws:states:eu-west-1:123456789012:execution:m:nolcat-a-1",
    "nolcat-a-1",
    "arn:aws:states:eu-west-1:123456789012:stateMachine:m",
    RunStatus.FAILED,
    START,
    error="States.TaskFailed",
    cause=json.dumps(GLUE),
    redrivable=True,
)


def failed(run: Run, events: list[dict[str, object]]) -> Failure:
    found = failure_of(run, events)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "cause",
    [
        "It broke.",
        json.dumps({"ErrorMessage": "It broke.", "Id": "jr"}),
        json.dumps({"Error": "E", "Cause": json.dumps({"ErrorMessage": "It broke."})}),
        json.dumps(json.dumps({"errorMessage": "It broke.", "errorType": "X"})),
    ],
)
def test_that_the_sentence_is_found_however_deep_it_is_wrapped(cause: str) -> None:
    assert failed(replace(RUN, cause=cause), []).cause == "It broke."


@pytest.mark.parametrize("cause", ["", "{}", "{", "[1]", '{"Cause": "{"}', "null"])
def test_that_a_cause_that_says_nothing_is_still_a_failure_with_advice(cause: str) -> None:
    told = failed(replace(RUN, cause=cause, error=""), [])
    assert told.problem.title == "The run failed"
    assert told.problem.remedy


def test_that_a_glue_job_without_memory_is_told_with_the_larger_size_and_its_pages() -> None:
    told = failed(RUN, uncaught())
    assert told.problem.title == "The job had too little memory"
    assert told.larger_size
    assert told.state == "Fetch"
    assert told.cause == GLUE["ErrorMessage"]
    assert [link.words for link in told.links] == ["The run", "The run of the Glue job", "Its errors", "What it wrote"]
    assert "jr_123" in told.links[1].address
    assert "python-jobs" in told.links[2].address


def test_that_a_spark_job_s_log_is_looked_for_where_spark_writes() -> None:
    job = {"JobName": "j", "Id": "jr", "WorkerType": "G.1X"}
    told = failure_of(RUN, [], job)
    assert told is not None
    assert "jobs$252Ferror" in told.links[2].address
    assert "python-jobs" not in told.links[2].address


def test_that_the_tables_are_only_vouched_for_where_the_job_told_that_it_published_nothing() -> None:
    told = replace(RUN, error="NoLCAT.SumsDiffer", cause="x")
    assert BEFORE in failed(told, not_published()).problem.meaning
    for unsure in (RUN, replace(RUN, error="NoLCAT.NoWord"), replace(RUN, status=RunStatus.ABORTED, error="")):
        assert EITHER in failed(unsure, not_published()).problem.meaning
    assert THEIRS in failed(RUN, uncaught()).problem.meaning


@pytest.mark.parametrize("error", ["ObjectMissing", "ObjectDiffers", "ManifestDiffers", "PartUnreadable", "SumsDiffer"])
def test_that_files_are_not_called_sound_where_the_job_found_that_they_are_not(error: str) -> None:
    assert SOUND not in failed(replace(RUN, error=f"NoLCAT.{error}", cause="x"), not_published()).problem.meaning
    assert SOUND in failed(RUN, not_published()).problem.meaning


def test_that_redrive_is_offered_only_where_it_helps() -> None:
    assert failed(RUN, uncaught()).redrive
    caught = failed(RUN, not_published())
    assert not caught.redrive
    assert "Run it again" in caught.redrive_reason
    late = failed(replace(RUN, redrivable=False, redrive_reason="Execution is older than 14 days"), uncaught())
    assert (late.redrive, late.redrive_reason) == (False, "Execution is older than 14 days")


def test_that_a_stopped_run_says_who_stopped_it() -> None:
    told = failed(replace(RUN, status=RunStatus.ABORTED, error="", cause="stopped by Ana from NoLCAT Desktop"), [])
    assert told.problem.title == "The run was stopped"
    assert "Ana" in told.problem.meaning


@pytest.mark.parametrize("status", [RunStatus.RUNNING, RunStatus.SUCCEEDED, RunStatus.PENDING_REDRIVE])
def test_that_what_did_not_fail_is_no_failure(status: RunStatus) -> None:
    assert failure_of(replace(RUN, status=status), uncaught()) is None


def test_that_all_that_aws_said_is_kept() -> None:
    raw = failed(replace(RUN, cause="short"), not_published()).raw
    assert "short" in raw
    assert "jr_123" in raw
    assert RUN.arn in raw


@pytest.mark.parametrize(
    ("error", "cause", "title"),
    [
        ("States.TaskFailed", "Command failed with exit code 137", "The job had too little memory"),
        ("Glue.ConcurrentRunsExceededException", "Concurrent runs exceeded for j", "Too many runs of the job"),
        ("NoLCAT.Superseded", "newer", "A newer send has overtaken this run"),
        ("States.TaskFailed", "User: x is not authorized to perform: glue:StartJobRun", "The pipeline lacks"),
        ("Glue.EntityNotFoundException", "Job nolcat-publish not found", "A part of the pipeline is missing"),
        ("States.Runtime", "JSONPath '$.month' could not be found", "The state machine did not understand"),
        ("States.Timeout", "", "The run took longer"),
        ("States.TaskFailed", "ERROR: No matching distribution found for pyarrow==20.0.0", "The job could not fetch"),
        ("Glue.ThrottlingException", "Rate exceeded", "A service of AWS was busy"),
        ("Whatever", "?", "The run failed"),
    ],
)
def test_that_each_failure_has_its_advice(error: str, cause: str, title: str) -> None:
    assert run_advice("FAILED", error, cause).title.startswith(title)


def test_that_every_row_of_advice_says_what_to_do() -> None:
    assert all(row.title and row.remedy.endswith(".") for row in RUN_ADVICE)
    assert not RUN_ADVICE[-1].error
    assert not RUN_ADVICE[-1].cause
