"""Secrets are put in by every way there is, each of which fails; then they are looked for wherever text is left."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nolcat_desktop import log
from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.aws.check import check_connection
from nolcat_desktop.aws.clients import AccessKey, Clients
from nolcat_desktop.credentials import KeyringStore, Secrets
from nolcat_desktop.gui.fault import fault_report
from nolcat_desktop.log import start_log
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.signing_in import keep_account, keep_key
from tests.cli.running import Ran, answered, nolcat
from tests.cli.test_cloud_check import bare
from tests.servers.keyring import Desktop, desktop, missing_programs
from tests.servers.ports import free_ports
from tests.servers.seaweed import Seaweed
from tests.servers.sso import ACCESS, CLIENT_SECRET, DEVICE_CODE, KEY_SECRET, REFRESH, SESSION_TOKEN, sso

SECRET = "Pl4ntedPl4ntedPl4ntedPl4ntedPl4ntedPl4nt"  # noqa: S105 - planted
TOKEN = "IQoJb3JpZ2luPl4nted" + "A1b2C3d4" * 20
PASSWORD = "pl4nted-password"  # noqa: S105 - planted
PLANTED = (SECRET, TOKEN, PASSWORD)


def found_in(folder: Path, planted: tuple[str, ...], *given: Path) -> list[tuple[str, str]]:
    """Every file under `folder`, apart from those the user wrote, that holds one of `planted`."""
    files = [file for file in folder.rglob("*") if file.is_file() and file not in given]
    return [(file.name, one) for file in files for one in planted if one.encode() in file.read_bytes()]


def assert_kept(ran: Ran, home: Path, *given: Path, planted: tuple[str, ...] = PLANTED) -> None:
    assert [one for one in planted if one in ran.out + ran.err] == []
    assert found_in(home, planted, *given) == []
    assert any(file.name == "nolcat.log" for file in home.rglob("*"))


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret is known from an earlier test, and nothing of AWS."""
    monkeypatch.setattr(log, "_known", set())
    for name in [name for name in os.environ if name.startswith("AWS_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


def cloud(home: Path, *words: str, **env: str) -> Ran:
    """`nolcat cloud …` in this process, with these variables."""
    with pytest.MonkeyPatch.context() as own:
        for name, value in bare(home, **env).items():
            own.setenv(name, value)
        ran = answered("cloud", *words)
    assert ran.code == 1, ran.out + ran.err
    return ran


def check(home: Path, *words: str, **env: str) -> Ran:
    return cloud(home, "check", "--bucket", "riverside-usage", *words, **env)


def test_that_a_secret_of_the_environment_stays_there(s3_server: Seaweed, tmp_path: Path) -> None:
    key = {"AWS_ACCESS_KEY_ID": "AKIAPLANTED000000001", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN}
    words = ("check", "--bucket", "riverside-usage", "--endpoint-url", s3_server.url)
    ran = nolcat("cloud", *words, env=bare(tmp_path, **key))
    assert ran.code == 1
    assert_kept(ran, tmp_path)


def test_that_a_secret_of_a_profile_stays_there(s3_server: Seaweed, tmp_path: Path) -> None:
    (tmp_path / ".aws").mkdir()
    file = tmp_path / ".aws" / "credentials"
    file.write_text(f"[lib]\naws_access_key_id = AKIAPLANTED000000001\naws_secret_access_key = {SECRET}\n")
    assert_kept(check(tmp_path, "--profile", "lib", "--endpoint-url", s3_server.url), tmp_path, file)


def test_that_a_damaged_profile_file_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / ".aws").mkdir()
    file = tmp_path / ".aws" / "credentials"
    file.write_text(f"[lib\naws_secret_access_key = {SECRET}\n")
    assert_kept(check(tmp_path, "--profile", "lib", "--region", "eu-west-1"), tmp_path, file)


def test_that_what_another_program_says_while_it_fails_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / ".aws").mkdir()
    script = tmp_path / ".aws" / "give.py"
    script.write_text(f"import sys; sys.exit('secret {SECRET}, password={PASSWORD}, token {TOKEN}')")
    config = tmp_path / ".aws" / "config"
    config.write_text(f"[profile lib]\nregion = eu-west-1\ncredential_process = {sys.executable} {script}\n")
    ran = cloud(tmp_path, "sign-in", "--bucket", "b", "--profile", "lib")
    assert "The sign-in did not work" in ran.err
    assert_kept(ran, tmp_path, script, config)


@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])
def test_that_a_password_in_the_address_of_the_server_is_not_repeated(tmp_path: Path, variable: str) -> None:
    assert_kept(check(tmp_path, **{variable: f"https://ana:{PASSWORD}@s3.invalid"}), tmp_path)


def test_that_a_password_in_the_address_of_the_proxy_is_not_repeated(tmp_path: Path) -> None:
    proxy = f"http://ana:{PASSWORD}@127.0.0.1:{free_ports(1)[0]}"
    assert_kept(check(tmp_path, "--endpoint-url", "https://s3.invalid", https_proxy=proxy), tmp_path)
    assert_kept(check(tmp_path, "--endpoint-url", "http://s3.invalid", http_proxy=proxy), tmp_path)


def test_that_a_password_that_somebody_wrote_into_the_accounts_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nolcat_desktop.accounts import accounts_file

    for name, value in bare(tmp_path).items():
        monkeypatch.setenv(name, value)
    file = accounts_file()
    file.parent.mkdir(parents=True)
    file.write_text(f'[{{"name": "riverside", "bucket": "b", "proxy": "http://ana:{PASSWORD}@proxy"}}]')
    ran = cloud(tmp_path, "check")
    assert "This address cannot be used" in ran.out
    assert_kept(ran, tmp_path, file)


@pytest.fixture
def place() -> Iterator[Desktop]:
    if missing := missing_programs():
        pytest.skip(f"not installed here: {', '.join(missing)}")
    with desktop() as own:
        yield own


def test_that_a_key_that_was_typed_in_is_in_the_password_store_alone(
    place: Desktop, s3_server: Seaweed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nolcat_desktop.accounts import accounts_file

    env = bare(tmp_path, DBUS_SESSION_BUS_ADDRESS=place.address)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    account = Account(
        "riverside", "riverside-usage", region="eu-west-1", sign_in=SignIn.ACCESS_KEY, endpoint_url=s3_server.url,
        path_style=True,
    )  # fmt: skip
    keep_account(account, accounts_file())
    keep_key(account, "AKIAPLANTED000000001", SECRET, Secrets(KeyringStore()))
    for locked in (False, True):
        if locked:
            place.lock()
        ran = cloud(tmp_path, "check", "--account", "riverside", DBUS_SESSION_BUS_ADDRESS=place.address)
        assert ("password store is locked" if locked else "The key is not known there") in ran.out
        assert_kept(ran, tmp_path)
        assert found_in(place.folder, PLANTED) == []


def test_that_the_tokens_of_a_sign_in_are_in_the_cache_of_the_command_line_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text(
        "[profile lib]\nregion = us-east-1\nsso_start_url = https://riverside.test/start\nsso_region = us-east-1\n"
        "sso_account_id = 123456789012\nsso_role_name = NoLCAT-Sender\n"
    )
    with sso() as door:
        env = bare(tmp_path, AWS_ENDPOINT_URL_SSO=door.url, AWS_ENDPOINT_URL_SSO_OIDC=door.url)
        words = ("--bucket", "b", "--profile", "lib", "--endpoint-url", "http://127.0.0.1:9")
        signed = nolcat("cloud", "sign-in", *words, env=env)
        assert signed.code == 0, signed.err
        monkeypatch.setattr(log, "_known", set())
        checked = cloud(tmp_path, "check", *words, AWS_ENDPOINT_URL_SSO=door.url, AWS_ENDPOINT_URL_SSO_OIDC=door.url)
    planted = (CLIENT_SECRET, DEVICE_CODE, ACCESS.format(1), REFRESH.format(1), KEY_SECRET, SESSION_TOKEN)
    (cache,) = (tmp_path / ".aws" / "sso" / "cache").iterdir()
    assert found_in(cache.parent, planted)
    for ran in (signed, checked):
        assert_kept(ran, tmp_path, cache, planted=planted)


def test_that_even_the_chatter_of_botocore_holds_none(
    s3_server: Seaweed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in bare(tmp_path).items():
        monkeypatch.setenv(name, value)
    root, botocore = logging.getLogger(), logging.getLogger("botocore")
    before = list(root.handlers), root.level, botocore.level
    file = start_log(tmp_path / "chatter.log")
    botocore.setLevel(logging.DEBUG)
    account = Account(
        "r", "riverside-usage", region="eu-west-1", sign_in=SignIn.ACCESS_KEY, endpoint_url=s3_server.url,
        path_style=True,
    )  # fmt: skip
    try:
        list(check_connection(Clients(account, AccessKey("AKIAPLANTED000000001", SECRET, TOKEN)), Progress()))
    finally:
        botocore.setLevel(before[2])
        root.setLevel(before[1])
        for handler in [one for one in root.handlers if one not in before[0]]:
            root.removeHandler(handler)
            handler.close()
    told = file.read_text(encoding="utf-8")
    assert "CanonicalRequest" in told
    assert [one for one in (*PLANTED, "AKIAPLANTED000000001") if one in told] == []


def test_that_a_fault_of_the_program_tells_no_secret(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from nolcat_desktop.cli.session import _defect

    error = ValueError(f"{SECRET} at https://ana:{PASSWORD}@proxy, token={TOKEN}")
    shown = f"{_defect(error)} {fault_report(error, '', datetime.now(UTC)).text()}"
    assert [one for one in PLANTED if one in shown] == []
    assert found_in(tmp_path, PLANTED) == []
