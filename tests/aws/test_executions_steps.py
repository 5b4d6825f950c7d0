"""The steps of a run in plain words."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from nolcat_desktop.aws.executions_steps import StepState, failed_as_told, last_failure, steps_of
from nolcat_desktop.aws.state_machine_words import USUAL, WORDS
from tests.aws.events import START, Told, not_published, published, uncaught

OURS = {"StartAt": "Take the order", "States": {name: {"Type": "Pass"} for name in WORDS}}
THEIRS = {
    "StartAt": "Fetch",
    "States": {
        "Fetch": {"Type": "Task", "Next": "Store"},
        "Store": {"Type": "Task", "Next": "Big?"},
        "Big?": {"Type": "Choice", "Default": "Never certain"},
        "Never certain": {"Type": "Pass", "End": True},
    },
}


def shown(events: list[dict[str, object]], definition: object = None) -> list[tuple[str, str]]:
    return [(step.words, step.state.value) for step in steps_of(events, definition)]  # type: ignore[arg-type]


def test_that_a_run_of_ours_is_told_in_two_steps() -> None:
    assert shown(published(), OURS) == [("Checking files and loading", "done"), ("Telling by e-mail", "done")]


def test_that_what_is_still_to_come_is_waiting() -> None:
    assert shown(published()[:5], OURS) == [("Checking files and loading", "running"), ("Telling by e-mail", "waiting")]
    assert shown([], OURS) == [("Checking files and loading", "waiting"), ("Telling by e-mail", "waiting")]


def test_that_a_step_whose_failure_was_caught_has_failed_and_the_telling_was_done() -> None:
    assert shown(not_published(), OURS) == [
        ("Checking files and loading", "failed"),
        ("Telling by e-mail that it failed", "done"),
    ]


def test_that_a_foreign_machine_keeps_its_names_and_nothing_after_a_choice_is_foretold() -> None:
    assert shown(uncaught()[:2], THEIRS) == [("Fetch", "running"), ("Store", "waiting")]
    assert shown(uncaught(), THEIRS) == [("Fetch", "failed")]


def test_that_a_retried_step_counts_its_tries_and_can_still_be_done() -> None:
    events = Told()
    events.add("ExecutionStarted")
    events.enter("Fetch")
    events.task("States.TaskFailed", "busy")
    events.task()
    events.leave("Fetch")
    (step,) = steps_of(events.events)
    assert (step.state, step.tries) == (StepState.DONE, 2)
    assert step.since == START + timedelta(seconds=2)
    assert step.seconds(START) == 5


def test_that_branches_are_told_apart_by_what_they_follow() -> None:
    events = Told()
    events.add("ExecutionStarted")
    both = events.enter("Both", "Parallel")
    events.enter("Left", before=both)
    right = events.enter("Right", before=both)
    events.add("TaskScheduled", before=right)
    events.add("TaskFailed", taskFailedEventDetails={"error": "E", "cause": "C"})
    assert last_failure(events.events) == ("Right", "E", "C")
    events.add("ExecutionFailed")
    assert [(s.name, s.state) for s in steps_of(events.events)][1:] == [
        ("Left", StepState.FAILED),
        ("Right", StepState.FAILED),
    ]


@pytest.mark.parametrize("end", ["ExecutionAborted", "ExecutionTimedOut"])
def test_that_the_step_in_which_a_run_was_stopped_is_stopped(end: str) -> None:
    events = Told()
    events.add("ExecutionStarted")
    events.enter("Fetch")
    events.add(end)
    (step,) = steps_of(events.events)
    assert step.state is (StepState.STOPPED if end == "ExecutionAborted" else StepState.FAILED)
    assert step.until is not None


def test_that_a_run_that_goes_on_after_a_redrive_is_running_again() -> None:
    events = Told()
    events.events = uncaught()
    events.add("ExecutionRedriven", before=0)
    assert shown(events.events) == [("Fetch", "running")]


def test_that_the_order_of_the_events_does_not_matter() -> None:
    assert steps_of(list(reversed(not_published()))) == steps_of(not_published())


def test_that_a_failure_that_was_told_is_known_from_one_that_was_not() -> None:
    assert failed_as_told(not_published())
    assert not failed_as_told(uncaught())
    assert last_failure(published()) is None


def test_that_the_usual_steps_have_words() -> None:
    assert all(WORDS[name] for name in USUAL)


def test_that_every_state_of_the_pipeline_that_is_shipped_has_its_row() -> None:
    shipped = Path(__file__).parents[2] / "resources" / "aws" / "state_machine.asl.json"
    assert set(json.loads(shipped.read_text(encoding="utf-8"))["States"]) == set(WORDS)
