"""The relation out of a running MySQL or MariaDB: read-only, one consistent view of it, row by row with little memory.

This is the border post to the database: no other module knows the driver, and no error leaves it with a password.
The password comes in as an argument and is forgotten as soon as the connection stands.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import polars as pl
import pymysql
import pymysql.converters
import pymysql.cursors

from nolcat_desktop.legacy.advice import not_there, server_failure
from nolcat_desktop.legacy.connection import Server, close, connected, let_go, patiently
from nolcat_desktop.legacy.database_rows import apart, divided, joined, strange_rows
from nolcat_desktop.legacy.relation import GROUP, KEY, RAW, SOURCES_TABLE, TABLE, TOTALS, WHERE, SourceRow, laid_out
from nolcat_desktop.legacy.source_rows import source_rows
from nolcat_desktop.log import HIDDEN
from nolcat_desktop.progress import Progress

T = TypeVar("T")
_MANY = 10_000
_NEEDED = (*GROUP, "usage_count")
_AS_TEXT = "CAST(CONVERT({0} USING utf8mb4) AS BINARY)"
"""Compared byte by byte: MySQL's own comparison takes capitals, accents and blanks at the end for the same."""


@dataclass(slots=True)
class Database:
    """The relation in a database, within one transaction; made by `open_database`."""

    server: Server
    _connection: Any = field(repr=False)
    version: str = ""
    _tables: dict[str, str] = field(default_factory=dict)
    _sources: tuple[SourceRow, ...] = ()

    @property
    def kind(self) -> str:
        """See `Relation.kind`."""
        return "mysql"

    @property
    def name(self) -> str:
        """See `Relation.name`."""
        return str(self.server)

    def batches(self, progress: Progress) -> Iterator[pl.DataFrame]:
        """See `Relation.batches`. All columns come as text, as the server writes them."""
        columns = self._columns(TABLE)
        if missing := [name for name in _NEEDED if name not in columns]:
            raise not_there(self.name, f"its {TABLE} has no column {', '.join(missing)}")
        self._sources = self._read_sources(progress)
        wanted = [name for name in columns if name in RAW]
        total, strange = self._looked_over(wanted, progress)
        asked = ", ".join(f"`{name}`" for name in wanted) if strange else joined(wanted)
        done = 0
        with self._streaming(f"SELECT {asked} FROM {self._table(TABLE)}", progress) as cursor:  # noqa: S608 - names of ours
            while True:
                progress.tell("Reading", done, max(total, 1), self.name)
                rows: Sequence[tuple[bytes | None, ...]] = self._failing(lambda: cursor.fetchmany(_MANY))
                if not rows:
                    return
                texts = apart(rows, wanted) if strange else divided(rows, wanted)
                yield _placed(texts, done)
                done += len(rows)

    def totals(self, progress: Progress) -> pl.DataFrame:
        """See `Relation.totals`: the server's own GROUP BY, within the same transaction."""
        texts = [_AS_TEXT.format(f"`{name}`") for name in GROUP]
        progress.tell("Proving", 0, 1, self.name)
        found = self._all(
            f"SELECT {', '.join(texts)}, COUNT(*), SUM(`usage_count`) FROM {self._table(TABLE)} "  # noqa: S608 - names of ours
            f"GROUP BY {', '.join(texts)}",
            progress,
        )
        keys = {name: [_shown(row[place]) or "" for row in found] for place, name in enumerate(GROUP)}
        sums = {"rows": [_number(row[4]) for row in found], "usage_count": [_number(row[5]) for row in found]}
        return pl.DataFrame({**keys, **sums}, schema=TOTALS)

    def sources(self) -> tuple[SourceRow, ...]:
        """See `Relation.sources`."""
        return self._sources

    def facts(self) -> Mapping[str, str]:
        """See `Relation.facts`."""
        return {"server": self.version, "database": self.server.database, "host": self.server.host}

    def _looked_over(self, columns: Sequence[str], progress: Progress) -> tuple[int, int]:
        """Number of rows, and how many hold one of the signs by which a row is divided."""
        query = f"SELECT COUNT(*), {strange_rows(columns)} FROM {self._table(TABLE)}"  # noqa: S608 - names of ours
        found = self._all(query, progress)
        return _number(found[0][0]), _number(found[0][1])

    def _read_sources(self, progress: Progress) -> tuple[SourceRow, ...]:
        if SOURCES_TABLE.casefold() not in self._tables:
            return ()
        columns = self._columns(SOURCES_TABLE)
        listed = ", ".join(f"`{name}`" for name in columns)
        found = self._all(f"SELECT {listed} FROM {self._table(SOURCES_TABLE)}", progress)  # noqa: S608 - names of the server
        texts = {name: [_shown(row[place]) for row in found] for place, name in enumerate(columns)}
        return tuple(source_rows(pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String))))

    def _table(self, name: str) -> str:
        """The table as the server writes it: on some systems its letters are small."""
        return f"`{self._tables[name.casefold()]}`"

    def _columns(self, table: str) -> list[str]:
        if not self._tables:
            found = self._all("SHOW TABLES", Progress())
            self._tables = {str(_shown(row[0])).casefold(): str(_shown(row[0])) for row in found}
        if table.casefold() not in self._tables:
            raise not_there(self.name, f"the database has no table {table}")
        described = self._all(f"SHOW COLUMNS FROM {self._table(table)}", Progress())
        known = {name.casefold(): name for name in RAW}
        return [known.get(str(_shown(row[0])).casefold(), str(_shown(row[0]))) for row in described]

    def _all(self, query: str, progress: Progress) -> list[tuple[bytes | None, ...]]:
        """Everything that a query answers; asked to stop, the connection is cut, whatever the server still does."""
        with closing(self._connection.cursor(pymysql.cursors.Cursor)) as cursor:

            def ask() -> list[tuple[bytes | None, ...]]:
                cursor.execute(query)
                return list(cursor.fetchall())

            return self._failing(lambda: patiently(ask, progress, self._cut))

    @contextmanager
    def _streaming(self, query: str, progress: Progress) -> Iterator[Any]:
        """A cursor over what is still to come; left early, the connection is cut: nothing else ends such a query."""
        cursor = self._connection.cursor(pymysql.cursors.SSCursor)
        whole = False
        try:
            self._failing(lambda: patiently(lambda: cursor.execute(query), progress, self._cut))
            yield cursor
            whole = True
        finally:
            if not whole:
                let_go(cursor)
                self._cut()

    def _cut(self) -> None:
        close(self._connection)

    def _failing(self, done: Callable[[], T]) -> T:
        try:
            return done()
        except (pymysql.Error, OSError, AttributeError) as error:
            raise _told(error, self.server) from None


@contextmanager
def open_database(server: Server, password: str, progress: Progress) -> Iterator[Database]:
    """Connect, and begin a transaction that reads only and sees one moment (MySQL manual: START TRANSACTION).

    TLS is asked for and checked, name and chain, unless the server is this computer.

    Args:
        server: Where and as whom.
        password: Of the user; kept nowhere.
        progress: Checked while the server is waited for.

    Raises:
        NolcatError: If there is no way to the server, or it refuses.
        Cancelled: If the user asked to stop.
    """
    try:
        trust = None if server.is_local else ssl.create_default_context(cafile=server.ca_file)
        connection = patiently(lambda: connected(server, password, trust), progress, lambda: None)
        database = Database(server, connection, str(connection.get_server_info()))
    except (pymysql.Error, OSError, RuntimeError) as error:
        raise _told(error, server, password) from None
    try:
        database._all("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", progress)
        database._all("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", progress)
        yield database
    finally:
        close(connection)


def _placed(texts: pl.DataFrame, before: int) -> pl.DataFrame:
    if KEY in texts.columns:
        where = pl.concat_str(pl.lit(f"{KEY} "), pl.col(KEY))
    else:
        where = pl.concat_str(pl.lit("row "), pl.int_range(before + 1, before + 1 + texts.height))
    return laid_out(texts, where.alias(WHERE))


def _shown(value: bytes | str | None) -> str | None:
    return value.decode() if isinstance(value, bytes) else value


def _number(value: bytes | None) -> int:
    return int(value or 0)


def _told(error: BaseException, server: Server, password: str = "") -> Exception:
    """The driver's error as a problem, without the password, which no server repeats but an echo might."""
    code = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    said = str(error.args[1]) if len(error.args) > 1 else str(error)
    if isinstance(error, ssl.SSLError) or "SSL" in said or "certificate" in said:
        code = 2026
    if password:
        said = said.replace(password, HIDDEN)
    return server_failure(code, said, f"{server.user} on {server}")
