"""Check connection against a real S3 server, plain and behind TLS with an authority of the test's own."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.aws import check_way
from nolcat_desktop.aws.check import CheckStep, Outcome, StepName, check_connection
from nolcat_desktop.aws.clients import AccessKey, Clients
from nolcat_desktop.progress import Cancelled, Progress
from tests.aws.cloud_home import CloudHome
from tests.servers.keyring import let_go
from tests.servers.ports import free_ports
from tests.servers.seaweed import ADMIN, READER, STRANGER, Key, Seaweed
from tests.servers.secure import AUTHORITY, Secure, secured

DONE, FAILED, LEFT_OUT, NOTE = Outcome.DONE, Outcome.FAILED, Outcome.LEFT_OUT, Outcome.NOTE


@pytest.fixture(autouse=True)
def closed_connections() -> Iterator[None]:
    """Let go of what was left open, within the test that did it."""
    yield
    let_go()


@pytest.fixture
def account(s3_server: Seaweed, home: CloudHome) -> Account:
    """With a bucket of its own; the process knows of nothing else."""
    home.write()
    return Account(
        "riverside", s3_server.new_bucket(), "nolcat", region="eu-west-1", endpoint_url=s3_server.url,
        path_style=True, sign_in=SignIn.ACCESS_KEY,
    )  # fmt: skip


def checked(account: Account, key: Key = ADMIN) -> dict[StepName, CheckStep]:
    clients = Clients(account, AccessKey(key.key_id, key.secret))
    with closing(clients):
        found = list(check_connection(clients, Progress()))
    assert [step.name for step in found] == list(StepName)
    assert all(step.problem for step in found if step.outcome is FAILED)
    assert all(step.detail for step in found)
    return {step.name: step for step in found}


def outcomes(found: dict[StepName, CheckStep]) -> dict[StepName, Outcome]:
    return {name: step.outcome for name, step in found.items()}


def failed(found: dict[StepName, CheckStep]) -> tuple[StepName, str]:
    """The only step that failed, and its title."""
    (step,) = [step for step in found.values() if step.outcome is FAILED]
    return step.name, step.detail


def contents(server: Seaweed, bucket: str) -> tuple[object, object]:
    client = server.client()
    listed = client.list_object_versions(Bucket=bucket)
    return listed.get("Versions", []), client.list_multipart_uploads(Bucket=bucket).get("Uploads", [])


def test_that_where_all_is_well_every_step_has_its_tick_and_nothing_is_left(
    account: Account, s3_server: Seaweed
) -> None:
    found = checked(account)
    assert outcomes(found) == {
        StepName.SETUP: DONE,
        StepName.SERVER: DONE,
        StepName.SECURE: LEFT_OUT,
        StepName.CLOCK: DONE,
        StepName.SIGN_IN: DONE,
        StepName.IDENTITY: LEFT_OUT,
        StepName.READ: DONE,
        StepName.WRITE: DONE,
        StepName.VERSIONS: DONE,
        StepName.MACHINE: LEFT_OUT,
    }
    assert contents(s3_server, account.bucket) == ([], [])


def test_that_every_step_left_out_says_why(account: Account) -> None:
    found = checked(account)
    assert "http" in found[StepName.SECURE].detail
    assert "another server than AWS" in found[StepName.IDENTITY].detail
    assert "no state machine" in found[StepName.MACHINE].detail


def test_that_a_bucket_without_versions_is_worth_a_note(account: Account, s3_server: Seaweed) -> None:
    found = checked(replace(account, bucket=s3_server.new_bucket(versions=False)))
    assert found[StepName.VERSIONS].outcome is NOTE


def test_that_who_may_only_read_is_told_that_writing_is_missing(account: Account, s3_server: Seaweed) -> None:
    found = checked(account, READER)
    assert failed(found) == (StepName.WRITE, "Writing is not allowed")
    assert found[StepName.WRITE].permission == "s3:PutObject"
    assert found[StepName.READ].outcome is DONE
    assert contents(s3_server, account.bucket) == ([], [])


@pytest.mark.parametrize(
    ("key", "title"),
    [
        (STRANGER, "The key is not known there"),
        (Key(ADMIN.key_id, "another secret"), "The secret does not belong to the key"),
    ],
)
def test_that_a_wrong_key_fails_at_reading_and_leaves_the_rest_out(account: Account, key: Key, title: str) -> None:
    found = checked(account, key)
    assert failed(found) == (StepName.READ, title)
    assert found[StepName.WRITE].outcome is LEFT_OUT
    assert key.secret not in str(found)


def test_that_a_bucket_that_is_not_there_is_told(account: Account) -> None:
    found = checked(replace(account, bucket="nobody-has-this-bucket"))
    assert failed(found) == (StepName.READ, "There is no bucket of this name")
    assert found[StepName.WRITE].outcome is LEFT_OUT


def test_that_a_server_that_does_not_answer_is_told(account: Account) -> None:
    nowhere = f"127.0.0.1:{free_ports(1)[0]}"
    assert failed(checked(replace(account, endpoint_url=f"https://{nowhere}")))[0] is StepName.SECURE
    found = checked(replace(account, endpoint_url=f"http://{nowhere}"))
    assert failed(found) == (StepName.CLOCK, "The connection is gone")
    assert found[StepName.WRITE].detail == "left out, because “clock” failed"


def test_that_a_name_that_nobody_has_is_told(account: Account) -> None:
    found = checked(replace(account, endpoint_url="https://bucket.invalid"))
    assert failed(found) == (StepName.SERVER, "The server was not found")


def test_that_a_profile_that_is_not_there_is_told_first(account: Account) -> None:
    found = checked(replace(account, sign_in=SignIn.PROFILE, profile="nobody"))
    assert failed(found) == (StepName.SETUP, "There is no profile of this name")


def test_that_nobody_signed_in_is_told(account: Account) -> None:
    found = checked(replace(account, sign_in=SignIn.CHAIN))
    assert failed(found) == (StepName.SIGN_IN, "Nobody is signed in")


def test_that_an_account_that_is_expected_and_cannot_be_asked_for_is_refused_before_writing(account: Account) -> None:
    found = checked(replace(account, expected_account="123456789012"))
    assert failed(found) == (StepName.IDENTITY, "Wrong account")
    assert found[StepName.WRITE].outcome is LEFT_OUT


def test_that_what_is_no_arn_is_told(account: Account) -> None:
    found = checked(replace(account, state_machine="nolcat"))
    assert failed(found) == (StepName.MACHINE, "This is no ARN of a state machine")


@pytest.fixture
def secure(s3_server: Seaweed, tmp_path: Path) -> Iterator[Secure]:
    with secured(tmp_path, s3_server.port) as own:
        yield own


def test_that_a_certificate_nobody_knows_is_refused_and_its_issuer_named(account: Account, secure: Secure) -> None:
    found = checked(replace(account, endpoint_url=secure.url))
    assert failed(found) == (StepName.SECURE, "The server's certificate is not known on this computer")
    problem = found[StepName.SECURE].problem
    assert problem is not None
    assert AUTHORITY in problem.meaning
    assert "certificate file" in problem.remedy
    assert found[StepName.READ].outcome is LEFT_OUT


def test_that_with_the_certificate_file_every_step_works_and_the_issuer_is_shown(
    account: Account, secure: Secure, s3_server: Seaweed
) -> None:
    found = checked(replace(account, endpoint_url=secure.url, ca_file=str(secure.ca_file)))
    assert [step for step in found.values() if step.outcome is FAILED] == []
    assert AUTHORITY in found[StepName.SECURE].detail
    assert found[StepName.WRITE].outcome is DONE
    assert contents(s3_server, account.bucket) == ([], [])


def test_that_a_certificate_file_of_the_environment_is_used_or_told(
    account: Account, secure: Secure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(secure.ca_file))
    assert checked(replace(account, endpoint_url=secure.url))[StepName.WRITE].outcome is DONE
    monkeypatch.setenv("AWS_CA_BUNDLE", str(secure.ca_file.with_name("absent.pem")))
    found = checked(replace(account, endpoint_url=secure.url))
    assert failed(found) == (StepName.SETUP, "The certificate file cannot be used")


@pytest.mark.parametrize(
    ("days", "host", "title"),
    [(-1, "127.0.0.1", "The server's certificate has run out"), (30, "127.0.0.2", "for another name")],
)
def test_that_a_certificate_that_does_not_hold_is_told_by_its_fault(
    account: Account, s3_server: Seaweed, tmp_path: Path, days: int, host: str, title: str
) -> None:
    with secured(tmp_path, s3_server.port, days, host) as own:
        found = checked(replace(account, endpoint_url=own.url, ca_file=str(own.ca_file)))
    step, said = failed(found)
    assert step is StepName.SECURE
    assert title in said


def test_that_a_server_that_does_not_speak_tls_is_told(account: Account, s3_server: Seaweed) -> None:
    found = checked(replace(account, endpoint_url=s3_server.url.replace("http:", "https:")))
    assert failed(found) == (StepName.SECURE, "There is no secure connection")


@pytest.mark.parametrize(("minutes", "word"), [(14, "14 min behind"), (-14, "14 min ahead")])
def test_that_a_wrong_clock_is_told_with_how_much(
    account: Account, monkeypatch: pytest.MonkeyPatch, minutes: int, word: str
) -> None:
    class Slow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            assert tz is UTC
            return datetime.now(UTC) - timedelta(minutes=minutes)

    monkeypatch.setattr(check_way, "datetime", Slow)
    found = checked(account)
    assert failed(found) == (StepName.CLOCK, "This computer's clock is wrong")
    problem = found[StepName.CLOCK].problem
    assert problem is not None
    assert word in problem.meaning


def stopped_after(last: StepName, clients: Clients) -> list[StepName]:
    progress = Progress()
    seen: list[StepName] = []

    def go() -> None:
        for step in check_connection(clients, progress):
            seen.append(step.name)
            if step.name is last:
                progress.cancel()

    with closing(clients), pytest.raises(Cancelled):
        go()
    return seen


def test_that_stopping_ends_the_check_and_leaves_nothing(account: Account, s3_server: Seaweed) -> None:
    clients = Clients(account, AccessKey(ADMIN.key_id, ADMIN.secret))
    assert stopped_after(StepName.WRITE, clients)[-1] is StepName.WRITE
    assert contents(s3_server, account.bucket) == ([], [])


def test_that_stopping_does_not_wait_for_a_server_that_says_nothing(account: Account) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        silent_account = replace(account, endpoint_url=f"https://127.0.0.1:{silent.getsockname()[1]}")
        clients = Clients(silent_account, AccessKey(ADMIN.key_id, ADMIN.secret))
        progress = Progress()
        way = iter(check_connection(clients, progress))
        assert [next(way).name, next(way).name] == [StepName.SETUP, StepName.SERVER]
        threading.Timer(0.2, progress.cancel).start()  # in the middle of the greeting
        with closing(clients), pytest.raises(Cancelled):
            next(way)


@pytest.mark.skipif(sys.platform == "win32", reason="its proxies are elsewhere")
def test_that_a_proxy_of_the_system_that_does_not_answer_is_named(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", f"http://me:planted-password@127.0.0.1:{free_ports(1)[0]}")
    found = checked(replace(account, endpoint_url="https://bucket.invalid"))
    step, _ = failed(found)
    assert step is StepName.SECURE
    assert "planted-password" not in str(found)
