"""Where NoLCAT's relation is, for a window: a file or a running database; recognised, opened, taken over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from nolcat_desktop.credentials import KeyringStore, SecretKind, Secrets, StoreError
from nolcat_desktop.legacy import GROUP, Delimited, Dump, ParquetFiles, Relation
from nolcat_desktop.legacy.packed import unpacked
from nolcat_desktop.log import hide
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.taking_over import TakenOver, TakingOver, take_over

if TYPE_CHECKING:
    from nolcat_desktop.workflow.review_apart import Desk, Shelf

_HEAD = 1 << 16
"""Bytes in which a file says what it is."""
_DUMP = (b"-- MySQL dump", b"-- MariaDB dump", b"/*!", b"/*M!")
_SQL = (b"CREATE ", b"INSERT ", b"DROP ", b"SET ", b"USE ", b"LOCK ", b"--", b"/*")


class Form(StrEnum):
    """What a file with the relation is."""

    DUMP = "dump"
    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Where:
    """A file, or a database server."""

    file: Path | None = None
    host: str = ""
    port: int = 3306
    database: str = ""
    """Its name on the server; of a dump, the one that is meant when it holds several, else empty."""
    user: str = ""
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Password:
    """One that was typed; never shown."""

    text: str = field(repr=False)
    keep: bool
    """Whether it goes into the password store once it has served; else it is for this run only."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run did, or would do, and whether the password could be kept."""

    done: TakenOver
    not_kept: Problem | None = None


def recognised(file: Path) -> Form | None:
    """What a file is, if it holds NoLCAT's relation as far as its beginning tells: packed or not, whatever its name.

    A file that cannot be read is nothing of the kind.
    """
    try:
        if not file.is_file():  # a pipe or a device would hold whoever opens it for ever
            return None
        if file.suffix.casefold() == ".parquet":
            return Form.PARQUET
        with unpacked(file, Progress()) as (stream, _):
            head = stream.read(_HEAD)
    except (NolcatError, OSError):
        return None
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(_DUMP) or (text.upper().startswith(_SQL) and b"counterdata" in text.lower()):
        return Form.DUMP
    first = text.split(b"\n", 1)[0]
    return Form.CSV if all(name.encode() in first for name in (*GROUP, "usage_count")) else None


def taking_over_apart(desk: Desk, shelf: Shelf, where: Where, password: Password | None, wishes: TakingOver) -> Taken:
    """Take over what is at `where`, in another process. See `take_over`.

    Args:
        desk: Whose progress is told and checked.
        shelf: The library.
        where: Where from.
        password: Of the database, as typed; None: the one in the password store.
        wishes: How.

    Raises:
        NolcatError: As `take_over`; or there is no password, no way to the server, or the file is none of these.
        Cancelled: If the user asked to stop: nothing was stored.
    """
    with opened(where, password, desk.progress) as (relation, not_kept):
        return Taken(take_over(relation, desk.library(shelf), wishes, desk.progress), not_kept)


@contextmanager
def opened(
    where: Where, password: Password | None, progress: Progress, secrets: Secrets | None = None
) -> Iterator[tuple[Relation, Problem | None]]:
    """The relation at `where`, and why a typed password could not be kept.

    Args:
        where: A file or a database.
        password: See `taking_over_apart`.
        progress: Checked while the server and the password store are waited for.
        secrets: Where passwords are kept; None: in the password store of the system.

    Raises:
        NolcatError: See `taking_over_apart`.
        Cancelled: If the user asked to stop.
    """
    if where.file is not None:
        yield _of_file(where.file, where.database or None), None
        return
    from nolcat_desktop.legacy.connection import Server
    from nolcat_desktop.legacy.database import open_database

    server = Server(where.host, where.database, where.user, where.port, where.ca_file)
    kept = secrets or Secrets(KeyringStore())
    text = password.text if password is not None else _kept(kept, server.owner, progress)
    hide(text)
    with open_database(server, text, progress) as database:
        keeps = password is not None and password.keep
        yield database, _keep(kept, server.owner, text, progress) if keeps else None


def _of_file(file: Path, database: str | None) -> Relation:
    match recognised(file):
        case Form.DUMP:
            return Dump(file, database)
        case Form.CSV:
            return Delimited(file)
        case Form.PARQUET:
            return ParquetFiles(file)
        case None:
            if file.is_dir():
                return ParquetFiles(file)
            raise NolcatError(_nothing_in(file))


def _kept(secrets: Secrets, owner: str, progress: Progress) -> str:
    try:
        found = secrets.get(owner, SecretKind.DATABASE_PASSWORD, progress)
    except StoreError as error:
        raise NolcatError(_no_password(error.problem.title)) from error
    if found is None:
        raise NolcatError(_no_password("None is in the password store"))
    return found


def _keep(secrets: Secrets, owner: str, password: str, progress: Progress) -> Problem | None:
    try:
        secrets.keep(owner, SecretKind.DATABASE_PASSWORD, password, progress)
    except StoreError as error:
        return error.problem
    return None


def _no_password(why: str) -> Problem:
    return Problem(
        "There is no password for this database",
        f"{why}, and none was typed. Nothing was read.",
        "Type the password; it is kept in the password store only if you say so.",
    )


def _nothing_in(file: Path) -> Problem:
    return Problem(
        "There is no relation COUNTERData in this file",
        f"{file.name} is no dump of NoLCAT's database, and no export of its relation COUNTERData. Nothing was read.",
        "Choose a dump (.sql, also packed), or the relation as CSV or Parquet.",
    )
