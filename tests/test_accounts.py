from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nolcat_desktop.accounts import (
    Account,
    SignIn,
    accounts_file,
    address_problem,
    field_problem,
    load_accounts,
    save_accounts,
)
from nolcat_desktop.problem import NolcatError, Problem

ACCOUNTS = (
    Account("riverside", "riverside-usage", "nolcat", sign_in=SignIn.PROFILE, profile="lib", bandwidth=1_000_000),
    Account("other", "other-usage", proxy="http://proxy.test:3128", path_style=True),
)


def test_that_what_was_saved_is_loaded_in_its_order(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "accounts.json"
    save_accounts(ACCOUNTS, file)
    assert load_accounts(file) == ACCOUNTS
    assert [one.name for one in file.parent.iterdir()] == ["accounts.json"]


@pytest.mark.parametrize("text", ["", "{", "{}", "null", '[{"name": "x"}]', '[{"name": 1, "bucket": "b"}]', "[3]"])
def test_that_what_cannot_be_understood_is_left_out(tmp_path: Path, text: str) -> None:
    file = tmp_path / "accounts.json"
    file.write_text(text)
    assert load_accounts(file) == ()


def kept_aside(folder: Path) -> list[bytes]:
    return [one.read_bytes() for one in folder.iterdir() if "-damaged-" in one.name]


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"accounts": []}'])
def test_that_a_damaged_list_is_kept_aside_and_told_once(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "accounts.json"
    file.write_bytes(text)
    told: list[Problem] = []
    assert load_accounts(file, told.append) == ()
    assert kept_aside(tmp_path) == [text]
    (problem,) = told
    assert problem.title == "The list of accounts is damaged"
    assert next(one.name for one in tmp_path.iterdir() if "-damaged-" in one.name) in problem.meaning
    assert load_accounts(file, told.append) == ()
    assert len(told) == 1


def test_that_one_damaged_account_does_not_cost_the_others_nor_is_it_lost(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    text = json.dumps([{"name": "x"}, {"name": "y", "bucket": "b", "later": 1}])
    file.write_text(text)
    told: list[Problem] = []
    assert load_accounts(file, told.append) == (Account("y", "b"),)
    assert load_accounts(file, told.append) == (Account("y", "b"),)
    assert "One account in it is sound and stays" in told[0].meaning
    assert kept_aside(tmp_path) == [text.encode()]


def test_that_saving_never_costs_what_nobody_has_read(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    file.write_text("[{]")
    save_accounts(ACCOUNTS, file)
    assert load_accounts(file) == ACCOUNTS
    assert kept_aside(tmp_path) == [b"[{]"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="who may do all is kept from nothing")
def test_that_what_cannot_be_kept_aside_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    file.write_text("[{]")
    tmp_path.chmod(0o500)
    try:
        for use in (load_accounts, lambda it: save_accounts(ACCOUNTS, it)):
            with pytest.raises(OSError, match="no copy of it can be made"):
                use(file)
    finally:
        tmp_path.chmod(0o700)
    assert file.read_text() == "[{]"


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("bucket", "riverside-usage", True),
        ("bucket", "riverside.usage.1", True),
        ("bucket", "Riverside", False),
        ("bucket", "s3://riverside-usage/nolcat", False),
        ("bucket", "ab", False),
        ("bucket", "192.168.0.1", False),
        ("bucket", "a..b", False),
        ("bucket", "xn--usage", False),
        ("bucket", "usage-s3alias", False),
        ("prefix", "usage/nolcat", True),
        ("prefix", "äöü 123", True),
        ("prefix", "a//b", False),
        ("prefix", "../b", False),
        ("prefix", "a\\b", False),
        ("region", "eu-west-1", True),
        ("region", "us-gov-west-1", True),
        ("region", "blah blah", False),
        ("sso_region", "Ireland", False),
        ("role_arn", "arn:aws:iam::123456789012:role/team/NoLCAT-Sender", True),
        ("role_arn", "not a role", False),
        ("mfa_serial", "arn:aws-cn:iam::123456789012:mfa/ana", True),
        ("mfa_serial", "GAHT12345678", True),
        ("mfa_serial", "phone", False),
        ("expected_account", "123456789012", True),
        ("expected_account", "1234-5678-9012", False),
        ("state_machine", "arn:aws:states:eu-west-1:123456789012:stateMachine:nolcat", True),
        ("state_machine", "nolcat", False),
        ("proxy", "proxy.test:3128", False),
    ],
)
def test_that_a_field_of_an_account_is_checked_by_the_rules_of_aws(field: str, value: str, fits: bool) -> None:
    account = replace(Account("r", "riverside-usage"), **{field: value})  # type: ignore[arg-type]  # fields of text
    assert (field_problem(account, field) == "") is fits


def test_that_a_server_of_ones_own_has_its_own_rules_for_names() -> None:
    account = Account("r", "Usage_2024", region="garage", endpoint_url="https://s3.test")
    assert field_problem(account, "bucket") == field_problem(account, "region") == ""
    assert field_problem(replace(account, bucket="s3://x/y"), "bucket")
    assert field_problem(replace(account, region="two words"), "region")
    assert field_problem(replace(account, endpoint_url=""), "bucket")


def test_that_the_file_lies_beside_the_settings() -> None:
    assert accounts_file().name == "accounts.json"


@pytest.mark.parametrize("address", ["", "https://s3.test", "http://127.0.0.1:8333", "https://x.test/path"])
def test_that_an_address_that_does_is_no_fault(address: str) -> None:
    assert address_problem(address) == ""


@pytest.mark.parametrize(
    "address", ["https://ana:planted@x.test", "https://ana@x.test", "x.test", "file:///x", "https://", "http://x:99999"]
)
def test_that_an_address_that_does_not_do_is_never_saved_nor_repeated(tmp_path: Path, address: str) -> None:
    assert address_problem(address)
    assert "planted" not in address_problem(address)
    for account in (Account("r", "b", endpoint_url=address), Account("r", "b", proxy=address)):
        with pytest.raises(NolcatError) as caught:
            save_accounts((account,), tmp_path / "accounts.json")
        assert "planted" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
