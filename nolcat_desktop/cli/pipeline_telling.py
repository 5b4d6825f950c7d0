"""What is printed of runs: steps, how one ended, why it failed, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from nolcat_desktop.aws.executions import Run, RunStatus
from nolcat_desktop.aws.executions_failure import Failure
from nolcat_desktop.aws.executions_following import Watched
from nolcat_desktop.aws.executions_steps import RunStep, StepState
from nolcat_desktop.aws.setup_audience import Audience
from nolcat_desktop.cli.output import Output
from nolcat_desktop.workflow import running
from nolcat_desktop.workflow.running_audience import REMEDY, audience_words
from nolcat_desktop.workflow.running_log import KnownRun

_GLYPHS = {
    StepState.WAITING: "○",
    StepState.RUNNING: "◌",
    StepState.DONE: "✓",
    StepState.FAILED: "✕",
    StepState.STOPPED: "–",
}
STATUSES = {
    RunStatus.RUNNING: "running",
    RunStatus.SUCCEEDED: "done",
    RunStatus.FAILED: "failed",
    RunStatus.TIMED_OUT: "out of time",
    RunStatus.ABORTED: "stopped",
    RunStatus.PENDING_REDRIVE: "waiting to go on",
}
_OUTCOMES = {
    "published": "published",
    "unchanged": "nothing new: what is published is this set already",
    "superseded": "overtaken: a newer set is published, which names these files too",
}


def news(watched: Watched, told: dict[str, StepState]) -> Iterator[RunStep]:
    """Steps that stand otherwise than was told; what waits is told when it begins."""
    for step in watched.steps:
        if step.state is not StepState.WAITING and told.get(step.name) is not step.state:
            told[step.name] = step.state
            yield step


def tell_step(step: RunStep, output: Output) -> None:
    """One line of a step."""
    seconds = step.seconds(step.until or datetime.now(UTC))
    took = "" if seconds is None else f"  {_duration(seconds)}"
    tries = f"  ({step.tries} tries)" if step.tries > 1 else ""
    fields = {"step": step.words, "state": step.state.value, "since": step.since}
    output.line(fields, f"{_GLYPHS[step.state]} {step.words}{took}{tries}")


def tell_end(watched: Watched, told: Failure | None, output: Output) -> int:
    """How the run stands or ended, and why it failed; the exit code."""
    run = watched.run
    if run is None:
        return 1
    fields = {"status": run.status.value, "error": run.error or None, "cause": run.cause or None}
    output.line(fields, _ended(run))
    if told is not None:
        _tell_failure(told, output)
    return 0 if run.status is RunStatus.SUCCEEDED or not run.status.is_over else 1


def tell_audience(told: Audience | None, output: Output) -> None:
    """How many are told by e-mail, and who has not confirmed yet; nothing where that is not known."""
    if told is None:
        return
    output.say(audience_words(len(told.confirmed), len(told.waiting)))
    if told.waiting:
        output.say(f"  Not confirmed yet: {', '.join(told.waiting)}. {REMEDY}")


def _ended(run: Run) -> str:
    if not run.status.is_over:
        return f"{run.name} is still going on."
    took = f" after {_duration((run.stopped - run.started).total_seconds())}" if run.stopped else ""
    outcome = _OUTCOMES.get(running.outcome_of(run), "")
    return f"{run.name}: {STATUSES[run.status]}{took}{f' ({outcome})' if outcome else ''}"


def _tell_failure(told: Failure, output: Output) -> None:
    output.problem(told.problem)
    if told.larger_size:
        output.say("  The larger size: `nolcat pipeline start --larger`.")
    for link in told.links:
        output.say(f"  {link.words}: {link.address}")


def fields_of(run: KnownRun) -> dict[str, object]:
    """A run as JSON."""
    return {
        "name": run.name,
        "execution_arn": run.arn or None,
        "manifest": run.manifest_sha256[:12],
        "who": run.who or None,
        "started": run.began or run.about,
        "ended": run.ended,
        "status": run.status or "RUNNING",
        "outcome": run.outcome or None,
        "test": run.test,
        "larger": run.larger,
    }


def row_of(run: KnownRun) -> tuple[str, ...]:
    """A run as a row of the table."""
    began = run.began or run.about
    took = _duration((run.ended - began).total_seconds()) if run.ended else ""
    result = run.outcome or _result(run)
    return (f"{began.astimezone():%Y-%m-%d %H:%M}", run.who, run.manifest_sha256[:12], took, result, run.name)


def _result(run: KnownRun) -> str:
    if not run.status:
        return "running" if run.arn else "about to start"
    return "not started" if run.status == "REFUSED" else STATUSES[RunStatus(run.status)]


def _duration(seconds: float) -> str:
    whole = round(max(0.0, seconds))
    if whole < 60:  # noqa: PLR2004 - seconds of a minute
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"  # noqa: PLR2004
