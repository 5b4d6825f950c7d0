"""`nolcat pipeline …`."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Iterator
from datetime import UTC, datetime

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.bucket import Bucket
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.executions import Run, RunStatus
from nolcat_desktop.aws.executions_failure import Failure
from nolcat_desktop.aws.executions_following import Watched
from nolcat_desktop.aws.executions_links import arn_of
from nolcat_desktop.aws.executions_steps import RunStep, StepState
from nolcat_desktop.aws.state_machine_input import Sent
from nolcat_desktop.cli.cloud_options import account_of, code_of
from nolcat_desktop.cli.opening import existing_library
from nolcat_desktop.cli.output import Output
from nolcat_desktop.credentials import KeyringStore, Secrets
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.catalog import Catalog
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.workflow import running
from nolcat_desktop.workflow.running_log import KnownRun, RunLog
from nolcat_desktop.workflow.running_sent import named_sent, newest_sent
from nolcat_desktop.workflow.signing_in import admit, open_clients

_GLYPHS = {
    StepState.WAITING: "○",
    StepState.RUNNING: "◌",
    StepState.DONE: "✓",
    StepState.FAILED: "✕",
    StepState.STOPPED: "–",
}
_STATUSES = {
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


def run_pipeline(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Do what was asked of the pipeline."""
    account = account_of(given)
    library = existing_library(given)
    clients = open_clients(account, Secrets(KeyringStore()), code_of(given), progress=progress)
    admit(clients)
    own = _pipeline(given, account, clients, RunLog(library.layout.hidden))
    match given.what:
        case "start":
            return _start(given, own, clients, output, progress)
        case "status":
            return _status(own, _run(given, own), output)
        case "watch":
            return _watch(own, _run(given, own), output, progress)
        case "stop":
            return _stop(own, _run(given, own), output)
        case _:
            return _history(own, output)


def _pipeline(given: argparse.Namespace, account: Account, clients: Clients, log: RunLog) -> running.Pipeline:
    arn = given.state_machine or account.state_machine
    parts = arn_of(arn) if arn else None
    if parts is None:
        raise NolcatError(
            Problem(
                "No state machine is set up here",
                f"Account “{account.name}” names none{f', and “{arn}” is no ARN' if arn else ''}. Nothing was started.",
                "Name one with --state-machine ARN, or set the pipeline up: `nolcat cloud setup`.",
            )
        )
    sfn = clients.client("stepfunctions", parts.region)
    return running.Pipeline(sfn, arn, log, lambda: datetime.now(UTC), _who())


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _start(
    given: argparse.Namespace, own: running.Pipeline, clients: Clients, output: Output, progress: Progress
) -> int:
    if given.go_on:
        return _go_on(own, _run(given, own), output)
    sent = _sent(given, clients, progress)
    started = running.start(own, sent, _template(given, clients.account), given.again)
    run = started.run
    fields = {"execution_arn": run.arn, "name": run.name, "manifest": sent.manifest_name, "status": run.status.value}
    output.line(fields, f"{run.name}: {_STATUSES[run.status]}, set {sent.manifest_name}")
    output.say(_said(started))
    return 0


def _said(started: running.Started) -> str:
    if started.is_new:
        return "Started. You can close the program; the run goes on. Follow it with `nolcat pipeline watch`."
    if started.run.status.is_over:
        return "This set was run already: nothing was started. To run it once more, say --again."
    return "This set is being run already: nothing was started."


def _go_on(own: running.Pipeline, known: KnownRun, output: Output) -> int:
    told = running.failure(running.status(own, known))
    if told is None or not told.redrive:
        why = told.redrive_reason if told else "It has not failed."
        raise NolcatError(Problem("This run cannot go on", f"{known.name}: {why}", "Run it again: --again."))
    run = running.go_on(own, known)
    fields = {"execution_arn": run.arn, "name": run.name, "manifest": known.manifest_sha256[:12]}
    output.line({**fields, "status": run.status.value}, f"{run.name} goes on with the step that failed.")
    return 0


def _sent(given: argparse.Namespace, clients: Clients, progress: Progress) -> Sent:
    store = Bucket(clients.client("s3"), clients.account.location)
    means = Means(store, Catalog(None), Pace(), progress)
    return named_sent(means, given.manifest, given.test) if given.manifest else newest_sent(means, given.test)


def _template(given: argparse.Namespace, account: Account) -> str:
    if given.input_template is None:
        return account.input_template
    try:
        return str(given.input_template.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        where = f"{given.input_template}: {error}. Nothing was started."
        raise NolcatError(Problem("The template cannot be read", where, "Check the name of the file.")) from error


def _run(given: argparse.Namespace, own: running.Pipeline) -> KnownRun:
    """The run that was named, or the latest of this library."""
    wanted = getattr(given, "run", None)
    for run in own.log.runs():
        if run.machine == own.machine_arn and (wanted is None or run.name == wanted):
            return run
    for run in running.runs(own) if wanted else ():
        if run.name == wanted:
            return run
    known = f"“{wanted}” is not known" if wanted else "This library has not started a run of this state machine"
    raise NolcatError(
        Problem(
            "There is no such run", f"{known}.", "See `nolcat pipeline history`, or start one: `nolcat pipeline start`."
        )
    )


def _status(own: running.Pipeline, known: KnownRun, output: Output) -> int:
    watched = running.status(own, known)
    for step in watched.steps:
        _tell_step(step, output)
    return _tell_end(watched, output)


def _watch(own: running.Pipeline, known: KnownRun, output: Output, progress: Progress) -> int:
    last, told, troubled = None, dict[str, StepState](), False
    for watched in running.follow(own, known, progress):
        last = watched
        for step in _news(watched, told):
            _tell_step(step, output)
        if watched.trouble is not None and not troubled:
            output.say(
                f"{watched.trouble.title}; last checked {watched.checked.astimezone():%H:%M:%S}. It is tried again."
            )
        troubled = watched.trouble is not None
    if last is None:
        raise AssertionError("following tells at least once")
    return _tell_end(last, output)


def _news(watched: Watched, told: dict[str, StepState]) -> Iterator[RunStep]:
    """Steps that stand otherwise than was told; what waits is told when it begins."""
    for step in watched.steps:
        if step.state is not StepState.WAITING and told.get(step.name) is not step.state:
            told[step.name] = step.state
            yield step


def _tell_step(step: RunStep, output: Output) -> None:
    seconds = step.seconds(step.until or datetime.now(UTC))
    took = "" if seconds is None else f"  {_duration(seconds)}"
    tries = f"  ({step.tries} tries)" if step.tries > 1 else ""
    fields = {"step": step.words, "state": step.state.value, "since": step.since}
    output.line(fields, f"{_GLYPHS[step.state]} {step.words}{took}{tries}")


def _tell_end(watched: Watched, output: Output) -> int:
    run = watched.run
    if run is None:
        return 1
    told = running.failure(watched)
    fields = {"status": run.status.value, "error": run.error or None, "cause": run.cause or None}
    output.line(fields, _ended(run))
    if told is not None:
        _tell_failure(told, output)
    return 0 if run.status is RunStatus.SUCCEEDED or not run.status.is_over else 1


def _ended(run: Run) -> str:
    if not run.status.is_over:
        return f"{run.name} is still going on."
    took = f" after {_duration((run.stopped - run.started).total_seconds())}" if run.stopped else ""
    outcome = _OUTCOMES.get(running.outcome_of(run), "")
    return f"{run.name}: {_STATUSES[run.status]}{took}{f' ({outcome})' if outcome else ''}"


def _tell_failure(told: Failure, output: Output) -> None:
    output.problem(told.problem)
    for link in told.links:
        output.say(f"  {link.words}: {link.address}")


def _stop(own: running.Pipeline, known: KnownRun, output: Output) -> int:
    run = running.stop(own, known)
    standing = _STATUSES[run.status] if run.status.is_over else "is being stopped"
    output.line({"execution_arn": run.arn, "name": run.name, "status": run.status.value}, f"{run.name}: {standing}")
    output.say("What the run wrote before is not taken back; the shared tables change only at its very end.")
    return 0


def _history(own: running.Pipeline, output: Output) -> int:
    rows = running.runs(own)
    if output.as_json:
        for run in rows:
            output.line(_fields(run), "")
        return 0
    output.table(("started", "by", "set", "took", "result", "run"), (_row(run) for run in rows))
    return 0


def _fields(run: KnownRun) -> dict[str, object]:
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
    }


def _row(run: KnownRun) -> tuple[str, ...]:
    began = run.began or run.about
    took = _duration((run.ended - began).total_seconds()) if run.ended else ""
    result = run.outcome or _result(run)
    return (f"{began.astimezone():%Y-%m-%d %H:%M}", run.who, run.manifest_sha256[:12], took, result, run.name)


def _result(run: KnownRun) -> str:
    if not run.status:
        return "running" if run.arn else "about to start"
    return "not started" if run.status == "REFUSED" else _STATUSES[RunStatus(run.status)]


def _duration(seconds: float) -> str:
    whole = round(max(0.0, seconds))
    if whole < 60:  # noqa: PLR2004 - seconds of a minute
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"  # noqa: PLR2004
