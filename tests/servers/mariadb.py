"""A real MariaDB server, in a folder of its own, on a free port; ended by its process.

    with mariadb(folder) as server:
        server.run("CREATE DATABASE nolcat")

`ADMIN` may do anything, `READER` may only read, both with a password.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymysql

from tests.servers.ports import free_ports

ADMIN, ADMIN_PASSWORD = "admin", "admin's password of the test server"
READER, READER_PASSWORD = "reader", "reader-öäü-password of the test server"
_SECONDS = 90.0
_TRIES = 3
_PROGRAMS = ("mariadbd", "mariadb-install-db", "mariadb-dump", "mariadb")


def missing_programs() -> list[str]:
    """What has to be installed first."""
    return [name for name in _PROGRAMS if _found(name) is None]


@dataclass(frozen=True, slots=True)
class MariaDb:
    """The server that runs."""

    port: int
    folder: Path

    def connection(self, database: str | None = None, **more: Any) -> Any:
        """As the administrator; commits by itself."""
        return pymysql.connect(
            host="127.0.0.1", port=self.port, user=ADMIN, password=ADMIN_PASSWORD, database=database,
            charset="utf8mb4", autocommit=True, ssl_disabled=True, **more,
        )  # fmt: skip

    def run(self, *statements: str, database: str | None = None) -> list[tuple[Any, ...]]:
        """Carry out statements; the rows of the last one."""
        rows: list[tuple[Any, ...]] = []
        with closing(self.connection(database)) as connection, closing(connection.cursor()) as cursor:
            for statement in statements:
                cursor.execute(statement)
                rows = list(cursor.fetchall())
        return rows

    def dump(self, target: Path, *words: str) -> Path:
        """What the server's own `mariadb-dump` writes."""
        with target.open("wb") as out:
            subprocess.run(
                [str(_found("mariadb-dump")), "--no-defaults", "-h127.0.0.1", f"-P{self.port}", f"-u{ADMIN}", *words],
                env={**os.environ, "MYSQL_PWD": ADMIN_PASSWORD}, stdout=out, check=True, timeout=600,
            )  # fmt: skip
        return target


@contextmanager
def mariadb(folder: Path, certificate: Path | None = None) -> Iterator[MariaDb]:
    """Start a server that keeps its data in `folder`, and end it; with a certificate and its key, it speaks TLS."""
    data = folder / "data"
    user = getpass.getuser()
    made = [
        str(_found("mariadb-install-db")), "--no-defaults", f"--user={user}", f"--datadir={data}",
        "--auth-root-authentication-method=normal", "--skip-test-db",
    ]  # fmt: skip
    subprocess.run(made, capture_output=True, check=True, timeout=120)
    (folder / "first.sql").write_text(_grants(), encoding="utf-8")
    for left in reversed(range(_TRIES)):
        port = free_ports(1)[0]
        process = _start(folder, data, user, port, certificate)
        try:
            if _answers(process, port):
                yield MariaDb(port, folder)
                return
        finally:
            process.kill()
            process.wait(timeout=30)
        if not left:
            break
    raise RuntimeError(f"the database did not start: {(folder / 'log.txt').read_text(errors='replace')[-2000:]}")


def _found(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def _grants() -> str:
    quoted = ADMIN_PASSWORD.replace("'", "''")
    return (
        "SET NAMES utf8mb4;\n"
        f"CREATE USER IF NOT EXISTS {ADMIN}@'127.0.0.1' IDENTIFIED BY '{quoted}';\n"
        f"GRANT ALL ON *.* TO {ADMIN}@'127.0.0.1' WITH GRANT OPTION;\n"
        f"CREATE USER IF NOT EXISTS {READER}@'127.0.0.1' IDENTIFIED BY '{READER_PASSWORD}';\n"
        f"GRANT SELECT ON *.* TO {READER}@'127.0.0.1';\n"
    )


def _start(folder: Path, data: Path, user: str, port: int, certificate: Path | None) -> subprocess.Popen[bytes]:
    words = [
        str(_found("mariadbd")), "--no-defaults", f"--user={user}", f"--datadir={data}", "--bind-address=127.0.0.1",
        f"--port={port}", f"--socket={folder / 's'}", f"--pid-file={folder / 'pid'}", "--skip-log-bin",
        "--skip-name-resolve", "--character-set-server=utf8mb4", "--innodb-buffer-pool-size=64M",
        "--innodb-log-file-size=64M", "--innodb-flush-log-at-trx-commit=0", f"--init-file={folder / 'first.sql'}",
        "--performance-schema=OFF",
        *([f"--ssl-cert={certificate}", f"--ssl-key={certificate}"] if certificate else []),
    ]  # fmt: skip
    with (folder / "log.txt").open("ab") as log:
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(pymysql.Error, OSError):
            MariaDb(port, Path()).run("SELECT 1")
            return True
        time.sleep(0.05)
    return False
