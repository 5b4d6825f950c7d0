"""Starting the pipeline after a send, following it, and what a library knows of its runs.

The name of a run is made from the manifest, and “about to start” is on the disk before AWS is asked, so at whatever
moment the program ends, the same button later finds the same run: nothing is started twice, nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.executions import (
    Run,
    RunStatus,
    check_same,
    find_run,
    list_runs,
    redrive_run,
    run_at,
    start_run,
    stop_run,
)
from nolcat_desktop.aws.executions_client import StepFunctions
from nolcat_desktop.aws.executions_failure import Failure, failure_of
from nolcat_desktop.aws.executions_following import USUAL_TIMING, Timing, Watched, look, watch
from nolcat_desktop.aws.executions_naming import RunName, read_run_name, run_name
from nolcat_desktop.aws.state_machine import check_input, machine_at
from nolcat_desktop.aws.state_machine_input import Sent, run_input
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.running_log import KnownRun, RunLog

_ATTEMPTS = 1000
"""Attempts at one set that are looked through; more is a fault."""
_LOOKED_AT = 40
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A state machine that is asked as somebody, for one library."""

    sfn: StepFunctions
    """boto3's client of Step Functions, in the machine's region."""
    machine_arn: str
    log: RunLog
    clock: Callable[[], datetime]
    """The time of now, with its zone."""
    who: str = ""
    """Who asks, for the list of runs."""


@dataclass(frozen=True, slots=True)
class Started:
    """What became of asking for a run."""

    run: Run
    known: KnownRun
    is_new: bool
    """False if a run of this set was there: it is shown, nothing was started."""


def start(pipeline: Pipeline, sent: Sent, template: str = "", again: bool = False) -> Started:
    """Start a run for what was sent, or find the one that there is.

    Args:
        pipeline: Which machine, as whom.
        sent: The manifest and where it lies.
        template: The input of a library's own state machine; empty: our contract.
        again: Whether a run of this set that has ended is to be run once more. One that goes on is never doubled.

    Raises:
        NolcatError: If the machine or its input cannot be used, AWS refuses, or the disk does not take the note.
    """
    machine = machine_at(pipeline.sfn, pipeline.machine_arn)
    given = run_input(sent, template)
    check_input(machine, given)
    name, found = _attempt(pipeline, sent, again)
    known = _known(pipeline, sent, name)
    if found is not None:
        check_same(found, given)
        before = pipeline.log.find(pipeline.machine_arn, str(name))
        return Started(found, _seen(pipeline, before or known, found), is_new=False)
    pipeline.log.about(known)
    try:
        run = start_run(pipeline.sfn, pipeline.machine_arn, str(name), given)
    except CloudError as error:
        if not error.fault.is_passing:
            pipeline.log.refused(known, pipeline.clock(), error.problem.title)
        raise
    pipeline.log.began(known, run.arn, run.started)
    return Started(run, _seen(pipeline, replace(known, arn=run.arn), run), is_new=True)


def follow(
    pipeline: Pipeline, run: KnownRun, progress: Progress | None = None, timing: Timing = USUAL_TIMING
) -> Iterator[Watched]:
    """What is known of a run whenever something is new, until it is over; its end is noted in the library.

    It can be taken up at any time, also after the program was closed or the sign-in had run out.

    Raises:
        NolcatError: If the run was never started, the sign-in has run out, or looking is not allowed.
        Cancelled: If following is to end; the run goes on.
    """
    arn = _arn(pipeline, run)
    for watched in watch(pipeline.sfn, arn, definition_of(pipeline), progress, timing):
        if watched.run is not None and watched.run.status.is_over:
            _note_end(pipeline, run, watched.run)
        yield watched


def status(pipeline: Pipeline, run: KnownRun) -> Watched:
    """How a run stands now.

    Raises:
        NolcatError: If it was never started, or AWS cannot be asked.
    """
    watched = look(pipeline.sfn, _arn(pipeline, run), definition_of(pipeline), pipeline.clock)
    if watched.run is not None and watched.run.status.is_over:
        _note_end(pipeline, run, watched.run)
    return watched


def failure(watched: Watched) -> Failure | None:
    """What is to be told of a run that did not go well; None of any other."""
    return failure_of(watched.run, watched.events) if watched.run is not None else None


def stop(pipeline: Pipeline, run: KnownRun) -> Run:
    """Stop a run. What the job wrote before is not taken back by it; the shared tables change only at its very end.

    Raises:
        NolcatError: If AWS refuses.
    """
    return stop_run(pipeline.sfn, _arn(pipeline, run), pipeline.who or "somebody")


def go_on(pipeline: Pipeline, run: KnownRun) -> Run:
    """Let a run that failed go on with its failed step, where `failure(…).redrive` says that it helps.

    Raises:
        NolcatError: If AWS refuses.
    """
    arn = _arn(pipeline, run)
    stopped = run_at(pipeline.sfn, arn).stopped
    going = redrive_run(pipeline.sfn, arn, f"nolcat-{stopped.timestamp():.0f}" if stopped else "nolcat")
    pipeline.log.began(run, arn, pipeline.clock())
    return going


def unfinished(log: RunLog) -> tuple[KnownRun, ...]:
    """Runs whose end was not seen yet, the newest first: what to follow when the program is started again."""
    return tuple(run for run in log.runs() if run.is_open)


def usual_seconds(log: RunLog, machine_arn: str) -> tuple[float, float] | None:
    """How long a run usually takes here, from and to: the middle half of the last runs that published something.

    None while there are fewer than three.
    """
    took = sorted(
        (run.ended - run.began).total_seconds()
        for run in [one for one in log.runs() if one.machine == machine_arn and not one.test][:_LOOKED_AT]
        if run.began is not None and run.ended is not None and run.outcome == "published"
    )
    if len(took) < _ENOUGH:
        return None
    return took[len(took) // 4], took[len(took) * 3 // 4]


def runs(pipeline: Pipeline) -> tuple[KnownRun, ...]:
    """Every run of this library and of others on the same machine, the newest first.

    What was started elsewhere has no `who`, because AWS does not keep it with the run. What ended since is noted.

    Raises:
        NolcatError: If AWS cannot be asked.
    """
    known = {(run.machine, run.name): run for run in pipeline.log.runs()}
    for there in list_runs(pipeline.sfn, pipeline.machine_arn):
        key = (pipeline.machine_arn, there.name)
        if key not in known:
            known[key] = _foreign(pipeline, there)
        elif known[key].is_open:
            full = run_at(pipeline.sfn, there.arn) if there.status.is_over else there
            known[key] = _seen(pipeline, known[key], full)
    return tuple(sorted(known.values(), key=lambda run: run.began or run.about, reverse=True))


def _attempt(pipeline: Pipeline, sent: Sent, again: bool) -> tuple[RunName, Run | None]:
    """The name to use, and the run that has it already."""
    name = run_name(sent.library, sent.manifest_sha256, test=sent.test, larger=sent.larger)
    tried = [read_run_name(run.name) for run in pipeline.log.runs() if run.machine == pipeline.machine_arn]
    attempts = [one.attempt for one in tried if one is not None and one.stem == name.stem]
    name = replace(name, attempt=max(attempts, default=1))
    for _ in range(_ATTEMPTS):
        found = find_run(pipeline.sfn, pipeline.machine_arn, str(name))
        if found is None or not again or not found.status.is_over:
            return name, found
        name = name.next
    raise NolcatError(
        Problem(
            "This set was run too often",
            f"There are {_ATTEMPTS} runs of it. Nothing was started.",
            "Look at the list of runs: something starts them without end.",
        )
    )


def _known(pipeline: Pipeline, sent: Sent, name: RunName) -> KnownRun:
    manifest = (sent.bucket, sent.manifest_key, sent.manifest_sha256)
    who, when = pipeline.who, pipeline.clock()
    known = KnownRun(str(name), pipeline.machine_arn, *manifest, name.attempt, sent.test, who, when)
    return replace(known, larger=sent.larger)


def _seen(pipeline: Pipeline, known: KnownRun, run: Run) -> KnownRun:
    """`known` with what `run` says, which is noted where it is new."""
    if not known.arn and pipeline.log.find(known.machine, known.name) is not None:
        pipeline.log.began(known, run.arn, run.started)
    known = replace(known, arn=run.arn, began=run.started)
    return _note_end(pipeline, known, run) if run.status.is_over else replace(known, status="", ended=None)


def _note_end(pipeline: Pipeline, known: KnownRun, run: Run) -> KnownRun:
    ended = run.stopped or pipeline.clock()
    outcome = outcome_of(run)
    noted = pipeline.log.find(known.machine, known.name)
    if noted is not None and noted.status != run.status.value:
        pipeline.log.ended(known, ended, run.status.value, error=run.error, cause=run.cause, outcome=outcome)
    return replace(known, ended=ended, status=run.status.value, error=run.error, cause=run.cause, outcome=outcome)


def outcome_of(run: Run) -> str:
    """What our pipeline says of a run that went well; empty of any other."""
    try:
        found = json.loads(run.output) if run.status is RunStatus.SUCCEEDED and run.output else {}
    except ValueError:
        return ""
    return str(found.get("outcome", "")) if isinstance(found, dict) else ""


def _foreign(pipeline: Pipeline, run: Run) -> KnownRun:
    """A run that was not started from this library's folder."""
    name = read_run_name(run.name)
    sha = name.manifest if name else ""
    attempt = name.attempt if name else 1
    status = run.status.value if run.status.is_over else ""
    test, larger = bool(name and name.is_test), bool(name and name.is_larger)
    seen = KnownRun(run.name, pipeline.machine_arn, "", "", sha, attempt, test, "", run.started, run.arn)
    return replace(seen, began=run.started, ended=run.stopped, status=status, larger=larger)


def _arn(pipeline: Pipeline, run: KnownRun) -> str:
    """Its ARN; asked by its name where the program ended before AWS's answer arrived."""
    if run.arn:
        return run.arn
    found = find_run(pipeline.sfn, run.machine, run.name)
    if found is None:
        raise NolcatError(
            Problem(
                "The run was not started",
                f"{run.name} was about to start on {run.about:%d %b %Y %H:%M}, and AWS does not know it. What was sent "
                "is in the bucket; the shared tables were not touched.",
                "Start it now: it starts once, whatever happened then.",
            )
        )
    return _seen(pipeline, run, found).arn


def definition_of(pipeline: Pipeline) -> Mapping[str, Any] | None:
    """What the machine does; None where it may not be looked at: steps to come are not shown then."""
    try:
        return machine_at(pipeline.sfn, pipeline.machine_arn).definition
    except NolcatError:
        return None
