"""The relation out of a running MariaDB: every cell as it is, one moment of it, and errors without the password."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nolcat_desktop.legacy.connection import Server
from nolcat_desktop.legacy.database import open_database
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress, Step
from tests.legacy.relation_rows import NAMES, ROWS, fill, row
from tests.legacy.stored import agree, as_text, cells, read
from tests.servers.mariadb import ADMIN, ADMIN_PASSWORD, READER, READER_PASSWORD, MariaDb
from tests.servers.ports import free_ports


@pytest.fixture(scope="module")
def sample(database_server: MariaDb) -> Server:
    fill(database_server, "sample")
    return Server("127.0.0.1", "sample", READER, database_server.port)


def test_that_every_cell_comes_as_it_is_and_the_sums_agree(sample: Server) -> None:
    with open_database(sample, READER_PASSWORD, Progress()) as database:
        assert cells(database) == as_text(ROWS)
        assert agree(database)
        assert {one.source_id: one.name for one in database.sources()} == NAMES
        assert "MariaDB" in database.facts()["server"]


def test_that_the_signs_which_divide_rows_may_stand_in_texts(database_server: MariaDb) -> None:
    rows = [row(1, resource_name="\x1e"), row(2, platform="a\x1fb"), row(3, publisher="")]
    fill(database_server, "strange", rows)
    with open_database(Server("127.0.0.1", "strange", READER, database_server.port), READER_PASSWORD, Progress()) as db:
        assert cells(db) == as_text(rows)


def test_that_metrics_differing_in_capitals_accents_or_blanks_are_summed_apart(database_server: MariaDb) -> None:
    rows = [row(n, metric_type=name) for n, name in enumerate(("A b", "a b", "á b", "A b ", "A  b"), 1)]
    fill(database_server, "spelled", rows)
    with open_database(Server("127.0.0.1", "spelled", READER, database_server.port), READER_PASSWORD, Progress()) as db:
        assert agree(db)
        assert db.totals(Progress()).height == len(rows)


def test_that_one_moment_is_read_whatever_others_write_meanwhile(database_server: MariaDb) -> None:
    fill(database_server, "moving")
    with open_database(Server("127.0.0.1", "moving", READER, database_server.port), READER_PASSWORD, Progress()) as db:
        database_server.run(
            "UPDATE COUNTERData SET usage_count = 1000", "DELETE FROM statisticsSources", database="moving"
        )
        assert cells(db) == as_text(ROWS)
        assert agree(db)
        assert len(db.sources()) == len(NAMES)


def test_that_nothing_can_be_written_even_by_who_might(database_server: MariaDb) -> None:
    fill(database_server, "kept")
    server = Server("127.0.0.1", "kept", ADMIN, database_server.port)
    with (
        open_database(server, ADMIN_PASSWORD, Progress()) as database,
        pytest.raises(NolcatError, match="READ ONLY"),
    ):
        database._all("DELETE FROM COUNTERData", Progress())


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"database": "nowhere"}, "There is no such database"),
        ({"database": "mysql"}, "There is no relation COUNTERData"),
        ({"user": "stranger"}, "refuses the user name or the password"),
        ({"port": 0}, "cannot be reached"),
    ],
)
def test_that_each_refusal_says_what_to_do(sample: Server, change: dict[str, Any], title: str) -> None:
    server = replace(sample, **{**change, **({"port": free_ports(1)[0]} if "port" in change else {})})
    with pytest.raises(NolcatError) as caught, open_database(server, READER_PASSWORD, Progress()) as database:
        read(database)
    assert title in caught.value.problem.title
    assert READER_PASSWORD not in str(caught.value.problem)


def test_that_a_wrong_password_is_in_no_error_and_no_repr(sample: Server) -> None:
    with pytest.raises(NolcatError) as caught, open_database(sample, "wröng-password-1", Progress()):
        pass
    assert "refuses the user name or the password" in caught.value.problem.title
    seen: BaseException | None = caught.value
    while seen is not None:
        assert "wröng-password-1" not in repr(seen)
        seen = seen.__cause__
    with open_database(sample, READER_PASSWORD, Progress()) as database:
        assert READER_PASSWORD not in repr(database)


def test_that_a_server_elsewhere_without_encryption_is_refused_before_anything_is_said(sample: Server) -> None:
    elsewhere = Server("127.1", sample.database, sample.user, sample.port)
    with pytest.raises(NolcatError) as caught, open_database(elsewhere, READER_PASSWORD, Progress()):
        pass
    assert "no encrypted connection that can be trusted" in caught.value.problem.title


def test_that_reading_stops_when_asked_to(database_server: MariaDb) -> None:
    fill(database_server, "long", [])
    listed = "COUNTER_data_ID, statistics_source_ID, report_type, metric_type, usage_date, usage_count"
    made = "SELECT seq, 1, 'JR1', 'm', '2014-01-01', 1 FROM seq_1_to_30000"
    database_server.run(f"INSERT INTO COUNTERData ({listed}) {made}", database="long")
    seen: list[Step] = []

    def told(step: Step) -> None:
        seen.append(step)
        if step.done:
            progress.cancel()

    progress = Progress(told)
    server = Server("127.0.0.1", "long", READER, database_server.port)
    with pytest.raises(Cancelled), open_database(server, READER_PASSWORD, progress) as database:
        for _ in database.batches(progress):
            pass
    assert max(step.done for step in seen) < 30_000


def test_that_a_question_that_takes_the_server_long_is_given_up_at_once(sample: Server) -> None:
    progress = Progress()
    with open_database(sample, READER_PASSWORD, progress) as database:
        progress.cancel()
        with pytest.raises(Cancelled):
            database._all("SELECT SLEEP(300)", progress)
