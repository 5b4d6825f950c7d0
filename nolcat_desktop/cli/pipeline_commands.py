"""`nolcat pipeline …`."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.bucket import Bucket
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.executions import RunStatus
from nolcat_desktop.aws.executions_failure import Failure
from nolcat_desktop.aws.executions_following import Watched
from nolcat_desktop.aws.executions_links import arn_of
from nolcat_desktop.aws.executions_steps import StepState
from nolcat_desktop.aws.setup_audience import Audience
from nolcat_desktop.aws.state_machine_input import Sent
from nolcat_desktop.cli.cloud_options import account_of, code_of
from nolcat_desktop.cli.opening import existing_library
from nolcat_desktop.cli.output import Output
from nolcat_desktop.cli.pipeline_telling import (
    STATUSES,
    fields_of,
    news,
    row_of,
    tell_audience,
    tell_end,
    tell_step,
)
from nolcat_desktop.credentials import KeyringStore, Secrets
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.catalog import Catalog
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.workflow import running
from nolcat_desktop.workflow.running_audience import audience
from nolcat_desktop.workflow.running_larger import start_larger, told_failure
from nolcat_desktop.workflow.running_log import KnownRun, RunLog
from nolcat_desktop.workflow.running_sent import named_sent, newest_sent
from nolcat_desktop.workflow.signing_in import admit, open_clients


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
            return _Told(own, _run(given, own), _template(given, account), output).status()
        case "watch":
            told = _Told(own, _run(given, own), _template(given, account), output)
            return told.watch(progress, lambda: audience(own, clients))
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
    sent = _sent(given, own, clients, progress)
    begin = start_larger if given.larger else running.start
    started = begin(own, sent, _template(given, clients.account), given.again)
    run = started.run
    fields = {"execution_arn": run.arn, "name": run.name, "manifest": sent.manifest_name, "status": run.status.value}
    output.line(fields, f"{run.name}: {STATUSES[run.status]}, set {sent.manifest_name}")
    output.say(_said(started))
    if not run.status.is_over:
        tell_audience(audience(own, clients), output)
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


def _sent(given: argparse.Namespace, own: running.Pipeline, clients: Clients, progress: Progress) -> Sent:
    """The set that was named; with --larger that of the latest run; the newest otherwise."""
    store = Bucket(clients.client("s3"), clients.account.location)
    means = Means(store, Catalog(None), Pace(), progress)
    name, test = given.manifest, given.test
    latest = _latest(own) if given.larger and not name else None
    if latest is not None and latest.manifest_sha256:
        name, test = latest.manifest_sha256[:12], test or latest.test
    return named_sent(means, name, test) if name else newest_sent(means, test)


def _template(given: argparse.Namespace, account: Account) -> str:
    if getattr(given, "input_template", None) is None:
        return account.input_template
    try:
        return str(given.input_template.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        where = f"{given.input_template}: {error}. Nothing was started."
        raise NolcatError(Problem("The template cannot be read", where, "Check the name of the file.")) from error


def _latest(own: running.Pipeline) -> KnownRun | None:
    """The latest run of this library on this machine."""
    return next((run for run in own.log.runs() if run.machine == own.machine_arn), None)


def _run(given: argparse.Namespace, own: running.Pipeline) -> KnownRun:
    """The run that was named, or the latest of this library."""
    wanted = getattr(given, "run", None)
    known = _latest(own) if wanted is None else own.log.find(own.machine_arn, wanted)
    for run in running.runs(own) if wanted and known is None else ():
        if run.name == wanted:
            return run
    if known is not None:
        return known
    said = f"“{wanted}” is not known" if wanted else "This library has not started a run of this state machine"
    raise NolcatError(
        Problem(
            "There is no such run", f"{said}.", "See `nolcat pipeline history`, or start one: `nolcat pipeline start`."
        )
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """One run, and where it is told."""

    own: running.Pipeline
    known: KnownRun
    template: str
    output: Output

    def status(self) -> int:
        """How it stands now."""
        watched = running.status(self.own, self.known)
        for step in watched.steps:
            tell_step(step, self.output)
        return tell_end(watched, self._failure(watched), self.output)

    def watch(self, progress: Progress, who: Callable[[], Audience | None]) -> int:
        """Follow it to its end; `who` will be told is said of a run that goes on."""
        last, told, troubled = None, dict[str, StepState](), False
        for watched in running.follow(self.own, self.known, progress):
            if last is None and watched.run is not None and not watched.run.status.is_over:
                tell_audience(who(), self.output)
            last = watched
            for step in news(watched, told):
                tell_step(step, self.output)
            if watched.trouble is not None and not troubled:
                when = f"{watched.checked.astimezone():%H:%M:%S}"
                self.output.say(f"{watched.trouble.title}; last checked {when}. It is tried again.")
            troubled = watched.trouble is not None
        if last is None:
            raise AssertionError("following tells at least once")
        return tell_end(last, self._failure(last), self.output)

    def _failure(self, watched: Watched) -> Failure | None:
        return told_failure(self.own, self.known, watched, self.template)


def _stop(own: running.Pipeline, known: KnownRun, output: Output) -> int:
    run = running.stop(own, known)
    standing = STATUSES[run.status] if run.status.is_over else "is being stopped"
    output.line({"execution_arn": run.arn, "name": run.name, "status": run.status.value}, f"{run.name}: {standing}")
    if run.status is RunStatus.SUCCEEDED:
        output.say("It had ended before it could be stopped.")
    else:
        output.say("What the run wrote before is not taken back; the shared tables change only at its very end.")
    return 0


def _history(own: running.Pipeline, output: Output) -> int:
    rows = running.runs(own)
    if output.as_json:
        for run in rows:
            output.line(fields_of(run), "")
        return 0
    output.table(("started", "by", "set", "took", "result", "run"), (row_of(run) for run in rows))
    return 0
