"""The connection to a database server: opened with TLS unless it is this computer, waited for, and cut.

The driver is imported here and in `database` alone.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from socket import SHUT_RDWR
from threading import Thread
from typing import Any, TypeVar

import pymysql
import pymysql.converters

from nolcat_desktop.progress import Progress

T = TypeVar("T")
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_LOOK = 0.2
"""Seconds between two looks at whether to stop, while the server thinks."""
_CONNECT_SECONDS, _READ_SECONDS = 20, 3600


@dataclass(frozen=True, slots=True)
class Server:
    """Where the database is, and as whom it is read; never with the password."""

    host: str
    database: str
    user: str
    port: int = 3306
    ca_file: Path | None = None
    """Certificate authority of the server; None: those that the system trusts."""

    @property
    def is_local(self) -> bool:
        """Whether nothing goes over a network: then the connection need not be encrypted."""
        return self.host.casefold() in _LOCAL

    @property
    def owner(self) -> str:
        """Under what its password is kept."""
        return f"{self.user}@{self.host}:{self.port}/{self.database}"

    def __str__(self) -> str:
        return f"{self.database} at {self.host}:{self.port}"


def connected(server: Server, password: str, trust: ssl.SSLContext | None) -> Any:  # noqa: ANN401 - the driver has no types
    """A connection that checks the server by `trust`; None: this computer, without TLS."""
    return pymysql.connect(
        host=server.host,
        port=server.port,
        user=server.user,
        password=password.encode(),  # as text, the driver takes it for Latin-1
        database=server.database,
        charset="utf8mb4",
        use_unicode=False,
        conv=dict(pymysql.converters.encoders),
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        ssl=trust,
        ssl_disabled=trust is None,
        local_infile=False,
    )


def patiently(ask: Callable[[], T], progress: Progress, stop: Callable[[], None]) -> T:
    """What `ask` returns, asked on the side, so that whoever waits can stop.

    Raises:
        Cancelled: If the user asked to stop; `stop` was called, and what `ask` still does is nobody's business.
    """
    answers: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            answers.append(ask())
        except BaseException as error:  # noqa: BLE001 - it is raised again below
            errors.append(error)

    side = Thread(target=work, daemon=True, name="database")
    side.start()
    while side.is_alive():
        side.join(_LOOK)
        try:
            progress.check()
        except BaseException:
            stop()
            raise
    if errors:
        raise errors[0]
    return answers[0]


def close(connection: Any) -> None:  # noqa: ANN401 - the driver has no types
    """End a connection at once: a polite end would wait for all rows, and for whoever still waits for an answer."""
    if connection._sock is not None:
        with suppress(OSError):
            connection._sock.shutdown(SHUT_RDWR)
    connection._force_close()


def let_go(cursor: Any) -> None:  # noqa: ANN401 - the driver has no types
    """Keep the driver from reading the rest of the rows when the cursor is thrown away."""
    if cursor._result is not None:
        cursor._result.unbuffered_active = False
        cursor._result.connection = None
    cursor.connection = None
