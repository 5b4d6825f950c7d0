from __future__ import annotations

import json
from pathlib import Path

import pytest

from nolcat_desktop.accounts import Account, SignIn, accounts_file, address_problem, load_accounts, save_accounts
from nolcat_desktop.problem import NolcatError

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


def test_that_one_damaged_account_does_not_cost_the_others(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    file.write_text(json.dumps([{"name": "x"}, {"name": "y", "bucket": "b", "later": 1}]))
    assert load_accounts(file) == (Account("y", "b"),)


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
