"""`nolcat cloud jobs …`: Glue jobs in files and in their repository; old and new are shown before anything is sent."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.glue_files import JobFile, download_form, repository_form
from nolcat_desktop.aws.glue_jobs import Repository, Token
from nolcat_desktop.cli.cloud_options import account_of, code_of
from nolcat_desktop.cli.output import Output
from nolcat_desktop.credentials import KeyringStore, SecretKind, Secrets
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.setting_up_jobs import Change, Jobs, jobs_of, repository_of
from nolcat_desktop.workflow.signing_in import admit, open_clients

_NOT_CHANGED = "Nothing was changed: say --yes to do it."
_LONG = 60


def run_jobs(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Do what was asked of the jobs."""
    account, secrets = account_of(given), Secrets(KeyringStore())
    if given.deed == "token":
        return _token(given, account, secrets, output)
    clients = open_clients(account, secrets, code_of(given), progress=progress)
    admit(clients)
    jobs = jobs_of(clients)
    match given.deed:
        case "list":
            return _list(jobs, output)
        case "show":
            return _show(jobs.job(given.job), output)
        case "save":
            for path in jobs.save(given.job, given.file, given.form == "console"):
                output.line({"job": given.job, "file": str(path)}, f"{given.job} is in {path}")
            return 0
        case "load":
            return _load(given, jobs, output)
        case _:
            return _pull_or_push(given, jobs, (account, secrets), output, progress)


def _list(jobs: Jobs, output: Output) -> int:
    lines = jobs.lines()
    if output.as_json:
        for one in lines:
            fields = {"job": one.name, "kind": one.kind, "size": one.size, "script": one.script}
            output.line({**fields, "repository": _place(one.repository) or None}, "")
        return 0
    rows = ((one.name, one.kind, one.size, _place(one.repository), one.script) for one in lines)
    output.table(("job", "kind", "size", "repository", "script"), rows)
    return 0


def _show(job: JobFile, output: Output) -> int:
    if output.as_json:
        output.line(json.loads(download_form(job)), "")
    else:
        output.text(repository_form(JobFile(job.name, job.definition)))
        output.say(f"Its code has {len((job.script or '').splitlines())} lines; with --json it is shown too.")
    _warn(job.warnings, output)
    return 0


def _load(given: argparse.Namespace, jobs: Jobs, output: Output) -> int:
    wanted = jobs.to_load(given.file, given.name or "", given.with_size)
    _warn(wanted.warnings, output)
    name = wanted.file.name
    if wanted.exists and not wanted.changes:
        output.line({"job": name, "action": "same"}, f"{name} is as the file says.")
        return 0
    _tell(wanted.changes, output)
    action = "updated" if wanted.exists else "created"
    if given.yes:
        jobs.load(wanted)
        output.line({"job": name, "action": action}, f"{name}: {action}")
    else:
        output.line({"job": name, "action": f"to be {action}"}, f"{name}: to be {action}")
        output.say(_NOT_CHANGED)
    return 0


def _pull_or_push(
    given: argparse.Namespace, jobs: Jobs, who: tuple[Account, Secrets], output: Output, progress: Progress
) -> int:
    place = _repository(given, jobs)
    where, name = _place(place), given.job
    if not given.yes:
        _show(jobs.job(name), output)
        said = f"{where} would take the place of this" if given.deed == "pull" else f"This would be written to {where}"
        output.say(f"{said}, with the rights of your token. {_NOT_CHANGED}")
        return 0
    token = _given_token(given, who, progress)
    if given.deed == "push":
        jobs.push(name, place, token)
        output.line({"job": name, "action": "pushed", "repository": where}, f"{name} was pushed to {where}")
        return 0
    done, changes = jobs.pull(name, place, token)
    _tell(changes, output)
    output.line({"job": name, "action": "pulled", "repository": where}, f"{name} was pulled from {where}")
    if done.libraries_put_back:
        output.say("The pull had turned on “Load common analytics libraries”; that was turned off again.")
    _warn(done.warnings, output)
    return 0


def _repository(given: argparse.Namespace, jobs: Jobs) -> Repository:
    if given.repository:
        return repository_of(given.repository, given.branch or "", given.folder or "", given.provider or "")
    found = jobs.repository(given.job)
    if found is None:
        why = f"{given.job} names none. Nothing was changed."
        raise NolcatError(Problem("Which repository is meant?", why, "Name it: --repository OWNER/NAME."))
    return Repository(
        found.owner, found.name, given.branch or found.branch, given.folder or found.folder, found.provider
    )


def _given_token(given: argparse.Namespace, who: tuple[Account, Secrets], progress: Progress) -> Token:
    account, secrets = who
    text = _from_stdin() if given.token_stdin else secrets.get(account.name, SecretKind.GITHUB_TOKEN, progress)
    if not text:
        raise NolcatError(
            Problem(
                "There is no token for the repository",
                f"None is kept for “{account.name}”. Nothing was changed.",
                "Make one at GitHub (Settings, Developer settings, fine-grained token: contents and pull requests, "
                "read and write), then keep it: `nolcat cloud jobs token` reads it from stdin. Tokens expire.",
            )
        )
    return Token(text)


def _token(given: argparse.Namespace, account: Account, secrets: Secrets, output: Output) -> int:
    kind = SecretKind.GITHUB_TOKEN
    if given.forget:
        secrets.forget_one(account.name, kind)
        output.line({"account": account.name, "token": "removed"}, "The token is gone from the password store.")
        return 0
    text = _from_stdin()
    if not text:
        why = "Nothing was read from stdin, so nothing was kept."
        remedy = "Pipe it in, so that it is in no history of commands: `nolcat cloud jobs token < FILE`."
        raise NolcatError(Problem("There is no token", why, remedy))
    secrets.keep(account.name, kind, text)
    output.line(
        {"account": account.name, "token": "kept"}, f"The token is in the password store, for “{account.name}”."
    )
    return 0


def _from_stdin() -> str:
    return sys.stdin.readline().strip() if sys.stdin is not None else ""


def _tell(changes: Sequence[Change], output: Output) -> None:
    for one in changes:
        fields = {"member": one.member, "old": one.old, "new": one.new}
        output.line(fields, f"{one.member}\n  old: {_short(one.old)}\n  new: {_short(one.new)}")


def _short(text: str | None) -> str:
    if text is None:
        return "–"
    return text if len(text) <= _LONG else f"{text[:_LONG]}… ({len(text)} characters)"


def _warn(warnings: Sequence[str], output: Output) -> None:
    for one in warnings:
        output.say(f"Please check: {one}")


def _place(found: Repository | None) -> str:
    if found is None:
        return ""
    folder = f"/{found.folder}" if found.folder else ""
    return f"{found.provider.value.lower()}:{found.owner}/{found.name}{folder}@{found.branch}"
