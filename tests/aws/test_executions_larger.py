"""Where a larger size helps, and what is said where there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from nolcat_desktop.aws.executions_failure import failure_of
from nolcat_desktop.aws.executions_larger import Size, larger_of, with_larger
from nolcat_desktop.workflow.setting_up import pipeline_files
from tests.aws.events import GLUE, Told
from tests.aws.test_executions_failure import RUN


def shipped(spark: str = "spark", without: str = "") -> dict[str, Any]:
    """The definition that is set up, with a job of this name for the larger size."""
    text = pipeline_files().definition.replace("${SparkJob}", spark).replace("${ShellJob}", "shell")
    found: dict[str, Any] = json.loads(text)
    found["States"] = {name: state for name, state in found["States"].items() if name != without}
    return found


@pytest.mark.parametrize("size", [Size(), Size(test=True), Size(template='{"k": "{manifest_key}", "b": "{larger}"}')])
def test_that_each_smaller_size_has_a_larger_one(size: Size) -> None:
    assert larger_of(shipped(), size, "Check and publish").is_offered


@pytest.mark.parametrize(
    ("definition", "size", "failed", "said"),
    [
        (shipped(), Size(larger=True), "Publish with Spark", "“spark” more or larger workers"),
        (shipped(), Size(), "Publish with Spark", "“spark” more or larger workers"),
        (shipped(), Size(test=True, larger=True), "Check and publish", "“shell” more or larger workers"),
        (shipped(spark="shell"), Size(), "Check and publish", "set up without Spark"),
        (shipped(without="Larger size"), Size(), "Check and publish", "set up before"),
        ({"States": {"A": {}}}, Size(), "A", "library's own"),
        ({"States": {"A": {}}}, Size(template='{"k": "{manifest_key}"}'), "A", "{larger}"),
        ({}, Size(), "", "states:DescribeStateMachine"),
    ],
)
def test_that_without_a_larger_size_it_is_said_what_to_do_instead(
    definition: dict[str, Any], size: Size, failed: str, said: str
) -> None:
    found = larger_of(definition, size, failed)
    assert not found.is_offered
    assert said in found.remedy
    told = failure_of(RUN, [])
    assert told is not None
    assert told.larger_size
    instead = with_larger(told, found)
    assert (instead.larger_size, instead.problem.remedy) == (False, found.remedy)


def test_that_a_job_killed_for_its_memory_is_told_as_that_and_not_as_the_message_that_is_missing() -> None:
    told = Told()
    told.add("ExecutionStarted")
    told.enter("Check and publish")
    told.task("States.TaskFailed", json.dumps({**GLUE, "ErrorMessage": "Command failed with exit code 137"}))
    told.leave("Check and publish")
    told.enter("Read what failed")
    told.task("S3.NoSuchKeyException", "The specified key does not exist.")
    told.leave("Read what failed")
    told.enter("Not published", "Fail")
    told.add("ExecutionFailed")
    found = failure_of(replace(RUN, error="NoLCAT.NoWord", cause="It ended. AWS says: exit code 137"), told.events)
    assert found is not None
    assert (found.state, found.larger_size) == ("Check and publish", True)
    assert "step “Checking files and loading”" in (found.problem.position or "")
