"""The words of `nolcat take-over`; what they mean is imported where it is needed: `nolcat --help` answers at once."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nolcat_desktop.cli.argument_types import word

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

PASSWORD_VARIABLE = "NOLCAT_DATABASE_PASSWORD"  # noqa: S105 - the name of a variable
_POLICIES = ("fail", "skip", "replace", "aside")
_TEXT = "take over NoLCAT's own usage data (its relation COUNTERData): database, dump, CSV or Parquet"


def add_take_over(
    commands: Commands,
    added: Callable[[Commands, str, str], argparse.ArgumentParser],
    folder: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add `nolcat take-over`; `added` makes a command with what all have, `folder` adds `--library`."""
    command = added(commands, "take-over", _TEXT)
    folder(command)
    where = command.add_argument_group("where from, one of").add_mutually_exclusive_group(required=True)
    where.add_argument("--dump", type=_file, metavar="FILE", help="a mysqldump file; also .gz, .bz2, .xz, .zst")
    where.add_argument("--csv", type=_file, metavar="FILE", help="the relation as CSV or TSV; also packed")
    text = "a folder of NoLCAT's Parquet files, or one such file"
    where.add_argument("--parquet", type=_file, metavar="PATH", help=text)
    where.add_argument("--mysql", type=_host, metavar="HOST[:PORT]", help="a running MySQL or MariaDB; only read")
    _database(command)
    text = "months that are there with other numbers (default: fail)"
    command.add_argument("--if-loaded", choices=_POLICIES, default="fail", help=text)
    text = "months of which a part is there, of other platforms or filters (default: fail)"
    command.add_argument("--if-overlapping", choices=_POLICIES, default="fail", help=text)
    text = "the release of months of which neither words nor dates tell it: NoLCAT does not keep it"
    command.add_argument("--release", choices=("5", "5.1"), help=text)
    text = "store reports without those of their rows that cannot be stored"
    command.add_argument("--without-damaged", action="store_true", help=text)
    text = "read and prove everything, say what would become of it, and store nothing"
    command.add_argument("--dry-run", action="store_true", help=text)
    text = "list every row that was not stored, with the reason"
    command.add_argument("--left-out", type=_csv, metavar="OUT.csv", help=text)
    text = "NoLCAT's list of statistics sources (CSV or dump), where it does not come along"
    command.add_argument("--sources", type=_file, metavar="LIST", help=text)


def _database(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group(
        "the database", f"its password comes from the password store, or for this run from {PASSWORD_VARIABLE}"
    )
    group.add_argument("--database", type=word, metavar="NAME", help="its name; also of one within a dump")
    group.add_argument("--user", type=word, metavar="NAME", help="as whom it is read")
    text = "the certificate authority of the server (PEM), where the system does not know it"
    group.add_argument("--tls-ca", type=_file, metavar="FILE", help=text)
    text = f"keep the password of {PASSWORD_VARIABLE} in the password store"
    group.add_argument("--remember", action="store_true", help=text)


def wrong_words(given: argparse.Namespace) -> str:
    """What is wrong with the words taken together; empty when nothing is."""
    if given.mysql and not (given.database and given.user):
        return "--mysql needs --database and --user"
    if not given.mysql and (given.user or given.tls_ca or given.remember):
        return "--user, --tls-ca and --remember go with --mysql"
    if given.database and not (given.mysql or given.dump):
        return "--database goes with --mysql or --dump"
    return ""


def _host(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"\[?(?P<host>[^\s/@\[\]:]+|[0-9A-Fa-f:]+(?=\]|$))\]?(?::(?P<port>[0-9]{1,5}))?", text)
    if found is None or not 0 < int(found["port"] or 3306) <= 65535:  # noqa: PLR2004 - ports end there
        raise argparse.ArgumentTypeError(f"“{text}” is no host and port such as db.example.org:3306")
    return found["host"], int(found["port"] or 3306)


def _file(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of a file or folder is empty")
    return Path(text)


def _csv(text: str) -> Path:
    if Path(text).suffix.lower() != ".csv":
        raise argparse.ArgumentTypeError(f"“{text}” does not end in .csv")
    return Path(text)
