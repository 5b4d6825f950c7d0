"""`nolcat take-over`: the contract of its words and lines, no secret anywhere, and kill -9 in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, answered, contents, environment, is_clean, nolcat
from tests.cli.test_planted_secrets import found_in
from tests.legacy.relation_rows import ROWS, TOTAL, fill, row
from tests.servers import keyring
from tests.servers.mariadb import READER, READER_PASSWORD, MariaDb, mariadb, missing_programs
from tests.servers.secure import make_certificates

VARIABLE = "NOLCAT_DATABASE_PASSWORD"
NO_STORE = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
SECONDS = 60.0
ELSEWHERE = "127.1"
"""A name of this machine of which the program cannot know that it is one: the connection has to be encrypted."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDb]:
    if missing := missing_programs():
        pytest.skip(f"to be installed first (mariadb-server): {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("db")
    _, certificate = make_certificates(folder, host=ELSEWHERE)
    with mariadb(folder, certificate) as server:
        fill(server, "nolcat", (*ROWS, row(77, usage_count=0)))
        yield server


def words(server: MariaDb, library: Path, host: str = "127.0.0.1") -> list[str]:
    place = ["--mysql", f"{host}:{server.port}", "--database", "nolcat", "--user", READER]
    return ["take-over", *place, "--library", str(library), "--json"]


def test_that_a_database_is_taken_over_and_the_last_line_is_the_proof(server: MariaDb, tmp_path: Path) -> None:
    ran = nolcat(*words(server, tmp_path / "l"), env=environment(**{VARIABLE: READER_PASSWORD}, **NO_STORE))
    assert ran.code == 0, ran.err
    *lines, proof = ran.lines
    assert [(one["report_id"], one["release"], one["action"], one["usage_total"]) for one in lines] == [
        ("TR", "5", "added", 6), ("DR", "5", "added", 6), ("DR", "5.1", "added", 5), ("JR1", "4", "added", 4),
    ]  # fmt: skip
    assert lines[0]["damaged"] == [{"position": "COUNTER_data_ID 77", "value": "usage_count is 0: no use is counted"}]
    assert proof == {
        "rows": len(ROWS) + 1, "usage_total": TOTAL, "stored_rows": len(ROWS), "stored_total": TOTAL,
        "left_out": {"zero": 1}, "cells_emptied": 0, "sums_agree": True, "entry": 1,
    }  # fmt: skip
    assert answered("library", "verify", "--library", tmp_path / "l").code == 0


def test_that_the_password_is_nowhere_but_in_the_connection(server: MariaDb, tmp_path: Path) -> None:
    home = environment(XDG_STATE_HOME=str(tmp_path / "state"), **NO_STORE)
    for password, code, said in ((READER_PASSWORD, 0, ""), ("planted-wrong-one", 1, "refuses the user name")):
        ran = nolcat(*words(server, tmp_path / password[:4]), env={**home, VARIABLE: password})
        assert ran.code == code
        assert is_clean(ran)
        assert password not in ran.out + ran.err
        assert found_in(tmp_path, (password,)) == []
        assert said in ran.err


def test_that_without_a_password_it_says_where_one_may_come_from(server: MariaDb, tmp_path: Path) -> None:
    ran = nolcat(*words(server, tmp_path / "l"), env=environment(**NO_STORE))
    assert ran.code == 1
    assert VARIABLE in ran.err
    assert is_clean(ran)
    assert not (tmp_path / "l" / ".nolcat" / "journal.jsonl").exists()


def test_that_over_tls_a_password_that_was_remembered_serves_the_next_time(server: MariaDb, tmp_path: Path) -> None:
    if missing := keyring.missing_programs():
        pytest.skip(f"not installed here: {', '.join(missing)}")
    asked = words(server, tmp_path / "l", ELSEWHERE)
    trusted = [*asked, "--tls-ca", str(server.folder / "authority.pem")]
    with keyring.desktop() as store:
        home = environment(**{**store.environment(), "XDG_STATE_HOME": str(tmp_path / "state")})
        first = nolcat(*trusted, "--remember", env={**home, VARIABLE: READER_PASSWORD})
        assert (first.code, first.lines[-1]["sums_agree"]) == (0, True), first.err
        second = nolcat(*trusted, env=home)
        assert (second.code, {line["action"] for line in second.lines[:-1]}) == (0, {"skipped"}), second.err
        stranger = nolcat(*asked, env=home)
    assert stranger.code == 1
    assert "no encrypted connection that can be trusted" in stranger.err
    for ran in (first, second, stranger):
        assert is_clean(ran)
        assert READER_PASSWORD not in ran.out + ran.err
    assert found_in(tmp_path, (READER_PASSWORD,)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ("--dump", "a.sql", "--csv", "b.csv"),
        ("--mysql", "host"),
        ("--mysql", "u:p@host", "--database", "d", "--user", "u"),
        ("--dump", "a.sql", "--user", "u"),
        ("--csv", "a.csv", "--database", "d"),
        ("--csv", "a.csv", "--left-out", "x.txt"),
    ],
)
def test_that_words_without_sense_are_wrong_usage(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    assert answered("take-over", *wrong, "--library", tmp_path).code == 2
    assert contents(tmp_path) == {}


def test_that_a_dump_is_told_in_words_and_a_missing_one_too(server: MariaDb, tmp_path: Path) -> None:
    dump = server.dump(tmp_path / "d.sql", "nolcat")
    ran = answered("take-over", "--dump", dump, "--library", tmp_path / "l", "--dry-run")
    assert ran.code == 0, ran.err
    assert "It would store 6 rows, sum 21." in ran.out
    assert answered("library", "history", "--library", tmp_path / "l", "--json").out == ""
    ran = answered("take-over", "--dump", dump, "--library", tmp_path / "l")
    assert ran.code == 0, ran.err
    assert "sum 21: what the relation adds up to" in ran.out
    assert "left out: COUNTER_data_ID 77" in ran.out
    missing = answered("take-over", "--dump", tmp_path / "none.sql", "--library", tmp_path / "l")
    assert missing.code == 1
    assert "none.sql" in missing.err
    assert is_clean(missing)


@pytest.mark.kill
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_that_a_kill_in_the_middle_leaves_the_library_as_it_was(server: MariaDb, tmp_path: Path) -> None:
    small, large = server.dump(tmp_path / "small.sql", "nolcat"), tmp_path / "large.sql"
    begin = "INSERT INTO COUNTERData (statistics_source_ID,report_type,metric_type,usage_date,usage_count) VALUES "
    rows = ",".join(f"({n % 9 + 3},'JR1','m','2014-01-01',{n})" for n in range(1, 60_001))
    large.write_text(f"{begin}{rows};\n")
    library = tmp_path / "library"
    assert answered("take-over", "--dump", small, "--library", library).code == 0
    before = {name: content for name, content in contents(library).items() if "unfinished" not in name}
    process = subprocess.Popen(
        [*COMMAND, "take-over", "--dump", str(large), "--library", str(library)],
        env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    end = time.monotonic() + SECONDS
    while not list((library / ".nolcat" / "unfinished").glob("*")) and process.poll() is None:
        assert time.monotonic() < end
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=SECONDS)
    after = {name: content for name, content in contents(library).items() if "unfinished" not in name}
    assert after == before
    assert answered("library", "verify", "--library", library).code == 0
    again = answered("take-over", "--dump", large, "--library", library, "--json")
    assert again.code == 0, again.err
    assert again.lines[-1]["stored_total"] == sum(range(1, 60_001))
    assert not list((library / ".nolcat" / "unfinished").glob("*"))
