"""Why a run failed: what to tell a person, what to do, the text of AWS unwrapped and raw, and where to look.

The cause of a failed step is often JSON within JSON: the run of the Glue job as a text within the cause of the task,
which is a text within the cause of the run. The sentence that matters is deep inside.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nolcat_desktop.aws.executions import Run, RunStatus
from nolcat_desktop.aws.executions_advice import RunAdvice, run_advice
from nolcat_desktop.aws.executions_links import execution_page, glue_run_page, log_page
from nolcat_desktop.aws.executions_steps import Event, failed_as_told, last_failure
from nolcat_desktop.aws.state_machine_words import SPARK, USUAL, state_words
from nolcat_desktop.problem import Problem

_DEEP = 6
_LONG = 400
"""A longer cause stays in the raw text."""
_SENTENCES = ("ErrorMessage", "errorMessage", "Cause", "cause", "Message", "message")
"""Keys under which services put the sentence, in the order in which they are looked for."""
_SHELL_LOGS = "/aws-glue/python-jobs"
_SPARK_LOGS = "/aws-glue/jobs"
SOUND = "Your files are in the bucket and sound."
BEFORE = "The shared tables still show the state of before this run."
EITHER = "The shared tables show either the state of before this run or all of it, never a mixture."
THEIRS = "What the run had changed before it failed is not known here."
_TOLD = "NoLCAT."
"""Begins the errors that our own job tells: it tells them only when it has published nothing."""
_NO_WORD = "NoLCAT.NoWord"


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the AWS console."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that did not end well."""

    problem: Problem
    """Title, what it means for the numbers, what to do."""
    state: str
    """The state that failed, by its own name; empty if none was entered."""
    error: str
    cause: str
    """The sentence that matters, unwrapped."""
    raw: str
    """All that AWS said, for the folded part and for whoever looks after the account."""
    links: tuple[Link, ...]
    larger_size: bool = False
    """Whether a larger size may help; whether there is one says `executions_larger.larger_of`."""
    redrive: bool = False
    """Whether going on with the failed step is offered."""
    redrive_reason: str = ""
    """Why not, otherwise."""


def failure_of(run: Run, events: Sequence[Event], job_run: Mapping[str, Any] | None = None) -> Failure | None:
    """What is to be told of `run`; None unless it failed, timed out or was stopped.

    Args:
        run: As described.
        events: Its history, in any order; may be empty where it could not be read.
        job_run: The run of the Glue job as GetJobRun gives it, where it was asked for.
    """
    if not run.status.is_over or run.status is RunStatus.SUCCEEDED:
        return None
    state, step_error, step_cause = last_failure(events) or ("", "", "")
    inside = [*_inside(run.cause), *_inside(step_cause)]
    job = dict(job_run) if job_run else next((one for one in inside if "JobName" in one and "Id" in one), {})
    cause = _sentence(run.cause) or _sentence(step_cause) or str(job.get("ErrorMessage") or "")
    error = run.error or step_error
    everything = " ".join((cause, run.cause, step_error, step_cause, str(job.get("ErrorMessage") or "")))
    advice = run_advice(run.status.value, error, everything)
    ours = any(_state(event) in {SPARK, *USUAL} for event in events)
    redrive, reason = _redrive(run, events)
    return Failure(
        _problem(run, advice, (state, cause), _tables(run, ours)),
        state,
        error,
        cause,
        _raw(run, step_error, step_cause),
        tuple(_links(run, job)),
        advice.larger_size,
        redrive,
        reason,
    )


def _problem(run: Run, advice: RunAdvice, told: tuple[str, str], tables: str) -> Problem:
    state, cause = told
    words = (state_words(state, "Task") or state) if state else ""
    place = f"run {run.name}" + (f", step “{words}”" if words else "")
    said = f"{cause.rstrip('.')}." if cause and len(cause) < _LONG else ""
    sound = SOUND if advice.files_sound else ""
    return Problem(advice.title, " ".join(filter(None, (sound, tables, said))), advice.remedy, place)


def _tables(run: Run, ours: bool) -> str:
    """What is certain of the shared tables; our job changes them at its very end, and all at once."""
    if not ours:
        return THEIRS
    return BEFORE if run.error.startswith(_TOLD) and run.error != _NO_WORD else EITHER


def _redrive(run: Run, events: Sequence[Event]) -> tuple[bool, str]:
    """Redrive starts the unsuccessful step again: useless where the failure was caught and told by a Fail state."""
    if failed_as_told(events):
        return False, (
            "The run told its failure and ended in order; going on would only end it again. Run it again instead."
        )
    if not run.redrivable:
        return False, run.redrive_reason or "AWS does not offer to go on with this run. Run it again instead."
    return True, ""


def _links(run: Run, job: Mapping[str, Any]) -> Iterator[Link]:
    page = execution_page(run.arn)
    if page:
        yield Link("The run", page)
    if not job:
        return
    name, job_run = str(job.get("JobName", "")), str(job.get("Id", ""))
    if name and (page := glue_run_page(run.arn, name, job_run)):
        yield Link("The run of the Glue job", page)
    for words, group in _log_groups(job):
        if page := log_page(run.arn, group, job_run):
            yield Link(words, page)


def _log_groups(job: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Its log groups: under the one that the run names, else where Glue puts them."""
    shell = not job.get("WorkerType") and "NumberOfWorkers" not in job
    base = str(job.get("LogGroupName") or (_SHELL_LOGS if shell else _SPARK_LOGS)).rstrip("/")
    return ("Its errors", f"{base}/error"), ("What it wrote", f"{base}/output")


def _inside(text: str, deep: int = _DEEP) -> Iterator[Mapping[str, Any]]:
    """Every JSON object in `text`, and in the texts within it."""
    if not deep or not text.lstrip().startswith(("{", '"')):
        return
    try:
        found = json.loads(text)
    except ValueError:
        return
    if isinstance(found, str):
        yield from _inside(found, deep - 1)
    elif isinstance(found, dict):
        yield found
        for value in found.values():
            if isinstance(value, str):
                yield from _inside(value, deep - 1)


def _sentence(text: str) -> str:
    """The sentence in a cause, however deep it is wrapped; the text itself if it is no JSON."""
    *_, last = ({}, *(_plain(one) for one in _inside(text)))
    return str(last) if last else ("" if text.lstrip().startswith("{") else text.strip())


def _plain(found: Mapping[str, Any]) -> str:
    """The sentence of one object, as far as it is not JSON again."""
    for key in _SENTENCES:
        value = found.get(key)
        if isinstance(value, str) and value.strip() and not value.lstrip().startswith("{"):
            return value.strip()
    return ""


def _state(event: Event) -> str:
    details = event.get("stateEnteredEventDetails") or {}
    return str(details.get("name", ""))


def _raw(run: Run, error: str, cause: str) -> str:
    parts = [f"{run.arn}: {run.status.value}"]
    parts += [f"{run.error}\n{run.cause}".strip()] if run.error or run.cause else []
    parts += [f"{error}\n{cause}".strip()] if (error or cause) and cause != run.cause else []
    return "\n\n".join(parts)
