"""`nolcat cloud setup`."""

from __future__ import annotations

import argparse

from nolcat_desktop.aws.setup import Action, Row
from nolcat_desktop.cli.cloud_options import account_of, code_of
from nolcat_desktop.cli.output import Output
from nolcat_desktop.credentials import KeyringStore, Secrets
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.setting_up import Choices, SetUp, pipeline_files, set_up
from nolcat_desktop.workflow.signing_in import admit, open_clients

_TO_DO = {Action.CREATED: "to be created", Action.UPDATED: "to be updated"}


def run_setup(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Show what would be set up; with --yes, set it up."""
    if given.template:
        from nolcat_desktop.aws.setup_template import template_of

        output.text(template_of(pipeline_files()))
        return 0
    account = account_of(given)
    clients = open_clients(account, Secrets(KeyringStore()), code_of(given), progress=progress)
    admit(clients)
    wanted = set_up(account, clients, _choices(given))
    if given.administrator:
        output.text(wanted.for_administrator())
        return 0
    if given.ask_again:
        return _ask_again(wanted, output)
    if given.remove:
        return _remove(wanted, given.yes, output, progress)
    return _make(wanted, given, output, progress) if given.yes else _show(wanted, output, progress)


def _choices(given: argparse.Namespace) -> Choices:
    usual = Choices()
    return Choices(
        name=given.name or usual.name,
        store_prefix=given.store_prefix or usual.store_prefix,
        database=given.database or usual.database,
        emails=tuple(given.emails),
        job_role=given.job_role or "",
        machine_role=given.machine_role or "",
        topic=given.topic or "",
        spark=not given.without_spark,
        spark_from=given.spark_from or usual.spark_from,
    )


def _show(wanted: SetUp, output: Output, progress: Progress) -> int:
    rows = wanted.plan(progress)
    chapter = ""
    for row in rows:
        if row.chapter != chapter and not output.as_json:
            chapter = row.chapter
            output.say(f"{chapter}{_places(wanted) if chapter.startswith('1') else ''}")
        output.line(_fields(row, _TO_DO.get(row.action, row.action.value)), _told(row, _TO_DO.get(row.action)))
    todo = sum(row.action in _TO_DO for row in rows)
    output.say(
        f"{todo} of {len(rows)} would be made or changed. Nothing was changed: say --yes to set it up."
        if todo
        else "Everything is set up."
    )
    return 0


def _places(wanted: SetUp) -> str:
    bucket, store = wanted.wishes.bucket, wanted.wishes.store_prefix
    library = f"s3://{bucket}/{wanted.wishes.prefix}".rstrip("/")
    return f": the library in {library}/, what is published in s3://{bucket}/{store}/, tests in s3://{bucket}/{store}/test/"


def _make(wanted: SetUp, given: argparse.Namespace, output: Output, progress: Progress) -> int:
    changed = 0
    for row in wanted.make(progress):
        changed += row.action is not Action.EXISTS
        output.line(_fields(row, row.action.value), _told(row))
    if given.account:
        wanted.remember()
        output.say(f"“{given.account}” starts this state machine from now on.")
    else:
        output.say(f"Start it with --state-machine {wanted.wishes.machine_arn}")
    output.say(
        f"Everything is set up; {changed} made or changed. Unproven against AWS: see `nolcat cloud setup --help`."
    )
    return 0


def _ask_again(wanted: SetUp, output: Output) -> int:
    asked = wanted.ask_again()
    for address in asked:
        output.line({"address": address, "action": "asked again"}, f"asked again    {address}")
    if asked:
        output.say(
            "Each of them gets an e-mail from AWS; the link in it is valid for two days. Then the run tells them."
        )
    else:
        output.say("Nobody is waited for: every address has confirmed, or none is subscribed.")
    return 0


def _remove(wanted: SetUp, yes: bool, output: Output, progress: Progress) -> int:
    if not yes:
        kept = [row for row in wanted.plan(progress) if row.action is not Action.CREATED]
        for row in kept:
            output.line(_fields(row, "there"), _told(row, "is there"))
        output.say("Nothing was removed: say --yes. The bucket, what is in it, and the database always stay.")
        return 0
    for row in wanted.remove(progress):
        output.line(_fields(row, row.action.value), _told(row))
    output.say("What this program made is removed. The bucket, what is in it, and the database stay.")
    return 0


def _fields(row: Row, action: str) -> dict[str, object]:
    return {"resource": row.kind, "name": row.name, "arn": row.arn or None, "action": action, "note": row.note or None}


def _told(row: Row, action: str | None = None) -> str:
    note = f" ({row.note})" if row.note else ""
    return f"{action or row.action.value:14} {row.kind:32} {row.name}{note}"
