"""`nolcat cloud`: what is printed, and the exit codes, against a real S3 server."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nolcat_desktop.accounts import Account, accounts_file, save_accounts
from tests.cli.running import Ran, answered, environment, is_clean, nolcat
from tests.servers.seaweed import ADMIN, READER, STRANGER, Key, Seaweed
from tests.servers.secure import AUTHORITY, secured
from tests.servers.sso import Door, sso


def bare(home: Path, **more: str) -> dict[str, str]:
    """Variables of a user who has nothing of AWS but `more`."""
    own = {name: value for name, value in environment().items() if not name.startswith("AWS_")}
    folders = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    return {**own, **folders, "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1", **more}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """`nolcat cloud …` in this process, as a user who has nothing of AWS but what is given by name."""
    for name in [name for name in os.environ if name.startswith("AWS_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)

    def run(*words: object, **more: str) -> Ran:
        with pytest.MonkeyPatch.context() as own:
            for name, value in bare(tmp_path, **more).items():
                own.setenv(name, value)
            return answered("cloud", *words)

    return run


def signing(key: Key) -> dict[str, str]:
    return {"AWS_ACCESS_KEY_ID": key.key_id, "AWS_SECRET_ACCESS_KEY": key.secret}


def test_that_each_step_is_a_line_and_all_well_ends_with_0(s3_server: Seaweed, tmp_path: Path) -> None:
    words = ("--bucket", s3_server.new_bucket(), "--prefix", "nolcat", "--endpoint-url", s3_server.url)
    ran = nolcat("cloud", "check", "--json", *words, env=bare(tmp_path, **signing(ADMIN)))
    assert ran.code == 0, ran.err
    assert [set(line) for line in ran.lines] == [{"step", "outcome", "detail", "problem"}] * 10
    assert {line["step"]: line["outcome"] for line in ran.lines}["writing"] == "done"
    assert [line["problem"] for line in ran.lines] == [None] * 10
    assert "Nothing was left behind" in ran.err


@pytest.mark.parametrize(
    ("key", "bucket", "step", "said"),
    [
        (READER, "", "writing", "s3:PutObject"),
        (STRANGER, "", "reading", "The key is not known there"),
        (ADMIN, "nobody-has-this", "reading", "There is no bucket of this name"),
    ],
)
def test_that_a_step_that_fails_says_cause_and_remedy_and_ends_with_1(
    s3_server: Seaweed, here: Callable[..., Ran], key: Key, bucket: str, step: str, said: str
) -> None:
    words = ("--bucket", bucket or s3_server.new_bucket(), "--endpoint-url", s3_server.url)
    ran = here("check", *words, **signing(key))
    assert ran.code == 1
    assert is_clean(ran)
    failed = [line for line in ran.out.splitlines() if line.startswith("✕")]
    assert [line.split()[1] for line in failed] == [step]
    assert said in ran.out
    assert "What to do: " in ran.out
    assert key.secret not in ran.out + ran.err


def test_that_an_account_that_was_set_up_is_meant_by_its_name(
    s3_server: Seaweed, here: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as own:
        for name, value in bare(tmp_path).items():
            own.setenv(name, value)
        file = accounts_file()
    account = Account("riverside", s3_server.new_bucket(), endpoint_url=s3_server.url, path_style=True)
    save_accounts((account, Account("other", "b")), file)
    named = here("check", "--account", "riverside", **signing(ADMIN))
    assert named.code == 0, named.out
    assert "s3://" + account.bucket in named.out
    for words in (("--account", "nobody"), ()):
        ran = here("check", *words)
        assert ran.code == 1
        assert "“riverside”, “other”" in ran.err
    save_accounts((account,), file)
    assert here("policy").out.count(account.bucket) == 3


def test_that_the_policy_is_printed_for_the_bucket_that_is_named() -> None:
    machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:nolcat"
    ran = answered("cloud", "policy", "--bucket", "b", "--prefix", "/nolcat/", "--state-machine", machine)
    assert ran.code == 0
    assert json.loads(ran.out)["Statement"][2]["Resource"] == "arn:aws:s3:::b/nolcat/*"


@pytest.mark.parametrize(
    "words",
    [
        ("--bucket", "a/b"),
        ("--bucket", ""),
        ("--bucket", "b", "--account", "x"),
        ("--bucket", "b", "--endpoint-url", "s3.test"),
        ("--bucket", "b", "--endpoint-url", "https://me:planted@s3.test"),
        ("--bucket", "b", "--code", "12345"),
        ("--code", "planted"),
    ],
)
def test_that_words_without_sense_are_wrong_usage_and_not_repeated_where_secret(words: tuple[str, ...]) -> None:
    ran = answered("cloud", "check", *words)
    assert ran.code == 2
    assert "planted" not in ran.out + ran.err


@pytest.fixture
def door() -> Iterator[Door]:
    with sso() as own:
        yield own


def test_that_signing_in_prints_the_code_and_then_who_one_is(
    door: Door, here: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.credentials import SSOProvider

    # what a process of its own would find by itself
    monkeypatch.setattr(SSOProvider, "_SSO_TOKEN_CACHE_DIR", str(tmp_path / ".aws" / "sso" / "cache"))
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text(
        "[profile lib]\nregion = us-east-1\nsso_start_url = https://riverside.test/start\nsso_region = us-east-1\n"
        "sso_account_id = 123456789012\nsso_role_name = NoLCAT-Sender\n"
    )
    env = {"AWS_ENDPOINT_URL_SSO": door.url, "AWS_ENDPOINT_URL_SSO_OIDC": door.url}
    words = ("--bucket", "b", "--profile", "lib", "--endpoint-url", "http://127.0.0.1:9")
    ran = here("sign-in", "--json", *words, **env)
    assert ran.code == 0, ran.err
    assert ran.line["account"] is None
    assert ran.line["until"]
    assert "ABCD-EFGH" in ran.err
    again = here("sign-in", *words, **env)
    assert "ABCD-EFGH" not in again.err
    assert "signed in until" in again.out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system's store is not a file there")
def test_that_a_certificate_in_the_system_s_store_is_trusted_without_any_setting(
    s3_server: Seaweed, tmp_path: Path
) -> None:
    with secured(tmp_path, s3_server.port) as own:
        env = bare(tmp_path, **signing(ADMIN), SSL_CERT_FILE=str(own.ca_file))
        ran = nolcat("cloud", "check", "--bucket", s3_server.new_bucket(), "--endpoint-url", own.url, env=env)
    assert ran.code == 0, ran.out
    assert f"certificate by “{AUTHORITY}”" in ran.out
