"""A database server for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.mariadb import MariaDb, mariadb, missing_programs


@pytest.fixture(scope="session")
def database_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDb]:
    """A real MariaDB, started for the first test that asks; each test makes databases of its own."""
    if missing := missing_programs():
        pytest.skip(f"to be installed first (mariadb-server): {', '.join(missing)}")
    with mariadb(tmp_path_factory.mktemp("db")) as server:
        yield server
