"""What a failed run calls for: a table, the first row that fits holds."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunAdvice:
    """One row: what is looked for, and what is said."""

    error: str
    """A pattern that the status or the error must match whole; empty: any."""
    cause: str
    """A pattern that must occur in the cause; empty: any."""
    title: str
    remedy: str
    larger_size: bool = False
    files_sound: bool = True
    """Whether it is certain that all that was sent lies in the bucket as it was sent."""


_AGAIN = "Run it again. If it fails again, open it in AWS and give the text below to whoever looks after your account."
_ADMINISTRATOR = "Give the text below to whoever looks after your AWS account; then run it again."

RUN_ADVICE: tuple[RunAdvice, ...] = (
    RunAdvice("ABORTED", "", "The run was stopped", "Run it again when it is to go on."),
    RunAdvice(
        r"NoLCAT\.Superseded",
        "",
        "A newer send has overtaken this run",
        "Nothing is to be done: the newer one names your files too. Follow that run.",
    ),
    RunAdvice(
        r"NoLCAT\.ObjectMissing",
        "",
        "A file that was sent is no longer in the bucket",
        "Send again: what is missing is sent anew, and the run that follows takes it.",
        files_sound=False,
    ),
    RunAdvice(
        r"NoLCAT\.(?:ObjectDiffers|ManifestDiffers)",
        "",
        "A file in the bucket is not the one that was sent",
        "Look at what would be sent: it names the file. Decide which version stays, then send and start.",
        files_sound=False,
    ),
    RunAdvice(
        r"NoLCAT\.(?:ManifestUnreadable|BadInput)",
        "",
        "The run was not told what was sent",
        "Send and start from here. If another program started it, its input is not what the pipeline understands.",
        files_sound=False,
    ),
    RunAdvice(
        r"NoLCAT\.PartUnreadable",
        "",
        "A file that was sent cannot be read as a table",
        "Check the library here (`nolcat library verify`); then send and start again.",
        files_sound=False,
    ),
    RunAdvice(
        r"NoLCAT\.(?:SumsDiffer|CountedTwice)",
        "",
        "The numbers would not have been what was sent",
        "Nothing was published, on purpose. Check the library here (`nolcat library verify`), and send a report to the "
        "developers: this is more likely a fault of the program than of your files.",
        files_sound=False,
    ),
    RunAdvice(
        r"NoLCAT\.TwoSets",
        "",
        "Two workstations have sent at the same time",
        "Send once more from one of them: that send has both. Then it starts.",
    ),
    RunAdvice(
        r"NoLCAT\.(?:Busy|Service)",
        "",
        "A service of AWS was busy or out of order",
        "Wait some minutes, then run it again.",
    ),
    RunAdvice(
        "TIMED_OUT|States.Timeout|States.HeartbeatTimeout",
        "",
        "The run took longer than it may",
        "Run it again; if it happens again, the job needs the larger size or a longer limit.",
        larger_size=True,
    ),
    RunAdvice(
        "",
        r"(?i)out ?of ?memory|MemoryError|TooLittleMemory|exit code:? (?:137|-9)|\bOOM\b|java heap space|No space left",
        "The job had too little memory",
        "Run it again with the larger size.",
        larger_size=True,
    ),
    RunAdvice(
        "",
        r"(?i)ConcurrentRunsExceeded|concurrent runs exceeded",
        "Too many runs of the job at the same time",
        "Wait until the other run has ended, then run it again.",
    ),
    RunAdvice(
        "",
        r"(?i)is not authorized|AccessDenied|not allowed to|Access Denied|\b403\b",
        "The pipeline lacks a permission",
        "It is the pipeline's own role that lacks it, not you. " + _ADMINISTRATOR,
    ),
    RunAdvice(
        "",
        r"(?i)EntityNotFound|Job .*not found|Could not find job|NoSuchBucket|Topic does not exist",
        "A part of the pipeline is missing",
        "Set up once more (Cloud › Set up…, or `nolcat cloud setup`): it names what is missing and makes it anew.",
    ),
    RunAdvice(
        r"States\.(?:Runtime|ParameterPathFailure|QueryEvaluationError|ResultPathMatchFailure|NoChoiceMatched)",
        "",
        "The state machine did not understand its input",
        "Compare the template for its input in the account's settings with what the state machine asks for.",
    ),
    RunAdvice(
        "",
        r"(?i)No matching distribution|Could not find a version|pip.*(?:timed? ?out|failed)|ModuleNotFoundError",
        "The job could not fetch what it needs",
        "The job must reach the Python package index, or get its modules from S3. " + _ADMINISTRATOR,
    ),
    RunAdvice(
        "",
        r"(?i)Throttl|TooManyRequests|Rate exceeded|InternalServiceException|ServiceUnavailable|Internal service error",
        "A service of AWS was busy or out of order",
        "Wait some minutes, then run it again.",
    ),
    RunAdvice("", "", "The run failed", _AGAIN),
)


def run_advice(status: str, error: str, cause: str) -> RunAdvice:
    """The row for a run of this status, error and cause (all texts of it together)."""
    for row in RUN_ADVICE:
        by_error = not row.error or any(re.fullmatch(row.error, text) for text in (status, error))
        if by_error and (not row.cause or re.search(row.cause, f"{error} {cause}")):
            return row
    raise AssertionError("the last row fits always")
