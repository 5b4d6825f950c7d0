"""Histories of runs, as GetExecutionHistory tells them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
Event = dict[str, Any]
GLUE = {
    "AllocatedCapacity": 1,
    "ErrorMessage": "MemoryError: unable to allocate 812 MiB",
    "Id": "jr_123",
    "JobName": "nolcat-publish",
    "JobRunState": "FAILED",
    "LogGroupName": "/aws-glue/python-jobs",
}


class Told:
    """Events one after the other, a second apart, each following the last unless told otherwise."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, kind: str, before: int | None = None, **details: Any) -> int:
        number = len(self.events) + 1
        event: Event = {
            "id": number,
            "previousEventId": number - 1 if before is None else before,
            "type": kind,
            "timestamp": START + timedelta(seconds=number),
        }
        for key, value in details.items():
            event[key] = value
        self.events.append(event)
        return number

    def enter(self, name: str, kind: str = "Task", before: int | None = None) -> int:
        return self.add(f"{kind}StateEntered", before, stateEnteredEventDetails={"name": name})

    def leave(self, name: str, kind: str = "Task", before: int | None = None) -> int:
        return self.add(f"{kind}StateExited", before, stateExitedEventDetails={"name": name})

    def task(self, error: str = "", cause: str = "") -> None:
        self.add("TaskScheduled")
        if error:
            self.add("TaskFailed", taskFailedEventDetails={"error": error, "cause": cause})
        else:
            self.add("TaskSucceeded")


def published() -> list[Event]:
    told = Told()
    told.add("ExecutionStarted")
    told.enter("Take the order", "Pass")
    told.leave("Take the order", "Pass")
    told.enter("Check and publish")
    told.task()
    told.leave("Check and publish")
    told.enter("Tell that it is done")
    told.task()
    told.leave("Tell that it is done")
    told.enter("Done", "Succeed")
    told.leave("Done", "Succeed")
    told.add("ExecutionSucceeded")
    return told.events


def not_published() -> list[Event]:
    """The job failed; that was caught, told by e-mail, and ended in a Fail state."""
    told = Told()
    told.add("ExecutionStarted")
    told.enter("Check and publish")
    told.task("States.TaskFailed", json.dumps(GLUE))
    told.leave("Check and publish")
    told.enter("Tell that it failed")
    told.task()
    told.leave("Tell that it failed")
    told.enter("Not published", "Fail")
    told.add("ExecutionFailed", executionFailedEventDetails={"error": "NoLCAT.JobFailed", "cause": ""})
    return told.events


def uncaught() -> list[Event]:
    """A step of somebody's own machine failed and nobody caught it."""
    told = Told()
    told.add("ExecutionStarted")
    told.enter("Fetch")
    told.task("States.TaskFailed", "busy")
    told.task("States.TaskFailed", json.dumps({"Error": "X", "Cause": json.dumps(GLUE)}))
    told.add("ExecutionFailed", executionFailedEventDetails={"error": "States.TaskFailed", "cause": json.dumps(GLUE)})
    return told.events
