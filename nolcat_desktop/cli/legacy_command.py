"""`nolcat take-over`: NoLCAT's relation COUNTERData into a library."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from nolcat_desktop.cli.legacy_options import PASSWORD_VARIABLE
from nolcat_desktop.cli.opening import open_library
from nolcat_desktop.cli.output import Output
from nolcat_desktop.counter.release import Release
from nolcat_desktop.credentials import KeyringStore, SecretKind, Secrets, StoreError
from nolcat_desktop.dataset import read_nolcat_list
from nolcat_desktop.legacy import FAULT_TEXTS, Delimited, Dump, ParquetFiles, Relation
from nolcat_desktop.log import hide
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.outcome import Conversion
from nolcat_desktop.workflow.taking_over import TakenOver, TakingOver, take_over

_SHOWN_ROWS = 10


def run_take_over(
    given: argparse.Namespace, output: Output, progress: Progress, environ: Mapping[str, str] | None = None
) -> int:
    """Take the relation over; a line for each source's report, and one with the proof; 1 when one was not stored."""
    library = open_library(given)
    wishes = TakingOver(
        given.if_loaded,
        given.if_overlapping,
        without_damaged=given.without_damaged,
        release=Release(given.release) if given.release else None,
        left_out=given.left_out,
        sources=read_nolcat_list(given.sources) if given.sources else None,
        look_only=given.dry_run,
    )
    with _opened(given, progress, os.environ if environ is None else environ) as relation:
        done = take_over(relation, library, wishes, progress)
    for line in done.lines:
        output.line(line.as_dict(), _told(line))
    output.line(_proof(done), _proven(done, given.dry_run))
    if given.dry_run:
        output.say("Nothing was stored.")
    return int(any(line.action == "failed" for line in done.lines))


@contextmanager
def _opened(given: argparse.Namespace, progress: Progress, environ: Mapping[str, str]) -> Iterator[Relation]:
    if given.mysql is None:
        yield _file_relation(given)
        return
    from nolcat_desktop.legacy.connection import Server
    from nolcat_desktop.legacy.database import open_database

    host, port = given.mysql
    server = Server(host, given.database, given.user, port, given.tls_ca)
    password = _password(server.owner, environ, given.remember, progress)
    with open_database(server, password, progress) as database:
        yield database


def _file_relation(given: argparse.Namespace) -> Relation:
    if given.dump:
        return Dump(given.dump, given.database)
    return Delimited(given.csv) if given.csv else ParquetFiles(given.parquet)


def _password(owner: str, environ: Mapping[str, str], remember: bool, progress: Progress) -> str:
    """The password for this run, or the one that was kept.

    Raises:
        NolcatError: If there is none, or the password store does not serve.
    """
    secrets = Secrets(KeyringStore())
    given = environ.get(PASSWORD_VARIABLE)
    if given is None:
        try:
            found = secrets.get(owner, SecretKind.DATABASE_PASSWORD, progress)
        except StoreError as error:
            raise _no_password(error.problem.title) from error
        if found is None:
            raise _no_password("None is in the password store")
        return found
    hide(given)
    if remember:
        secrets.keep(owner, SecretKind.DATABASE_PASSWORD, given, progress)
    return given


def _told(line: Conversion) -> str:
    what = f"{line.report_id or 'rows of no report'} of source {'?' if line.source_id is None else line.source_id}"
    text = f"{what}\n  {line.action}"
    match line.action:
        case "added" | "replaced":
            span = f"{line.months[0]} to {line.months[-1]}" if line.months else ""
            part = f" in {line.part}" if line.part else ""
            text += f": Release {line.release}, {span}, {line.rows:,} rows{part}; sum {line.usage_total:,}"
        case "skipped":
            text += ": its months are there already"
        case _:
            text += _because(line.problem)
    shown = [f"\n  left out: {one.position}: {one.value}" for one in line.damaged[:_SHOWN_ROWS]]
    more = len(line.damaged) - len(shown)
    return text + "".join(shown) + (f"\n  and {more:,} more; --left-out OUT.csv lists them all" if more else "")


def _because(problem: Problem | None) -> str:
    return f": {problem.title}. {problem.meaning}\n  What to do: {problem.remedy}" if problem else ""


def _proof(done: TakenOver) -> dict[str, Any]:
    """The last line: what was read, and that it is what the relation adds up to."""
    return {
        "rows": done.rows,
        "usage_total": done.usage_total,
        "stored_rows": sum(line.rows for line in done.lines),
        "stored_total": sum(line.usage_total for line in done.lines),
        "left_out": dict(done.left_out),
        "cells_emptied": done.notices,
        "sums_agree": True,
        "entry": done.entry,
    }


def _proven(done: TakenOver, dry_run: bool) -> str:
    fields = _proof(done)
    text = f"Read {_rows(done.rows)}, sum {done.usage_total:,}: what the relation adds up to, by source, report, month "
    stored = "It would store" if dry_run else "Stored"
    text += f"and metric. {stored} {_rows(fields['stored_rows'])}, sum {fields['stored_total']:,}."
    text += "".join(f"\n  {_rows(number)}: {FAULT_TEXTS[fault]}" for fault, number in done.left_out.items())
    if done.notices:
        text += f"\n  {_rows(done.notices)}: a year or date could not be read, and was left empty"
    return f"{text}\nHistory entry {done.entry}." if done.entry else text


def _rows(number: int) -> str:
    return f"{number:,} row{'s' if number != 1 else ''}"


def _no_password(why: str) -> NolcatError:
    return NolcatError(
        Problem(
            "There is no password for this database",
            f"{why}, and none was given for this run. Nothing was read.",
            f"Set the variable {PASSWORD_VARIABLE} for this run; with --remember it is kept in the password store.",
        )
    )
