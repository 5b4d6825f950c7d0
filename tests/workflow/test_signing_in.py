"""From an account to somebody, with the password store and the institution's door as they really are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nolcat_desktop.accounts import Account, SignIn, load_accounts
from nolcat_desktop.aws.device_flow import Invitation
from nolcat_desktop.aws.sso_token import TokenCache
from nolcat_desktop.credentials import KeyringStore, Secrets, StoreError, StoreState
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import signing_in
from tests.aws.cloud_home import CloudHome, make_home
from tests.servers.aws_stand_in import ACCOUNT, Aws
from tests.servers.keyring import Desktop, desktop, missing_programs
from tests.servers.sso import Door, sso

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # keyring leaves connections open
TYPED = Account("riverside", "riverside-usage", region="us-east-1", sign_in=SignIn.ACCESS_KEY)
SSO = Account(
    "riverside", "riverside-usage", region="us-east-1", sign_in=SignIn.IDENTITY_CENTER,
    start_url="https://riverside.awsapps.com/start", sso_region="us-east-1", sso_account_id=ACCOUNT,
    sso_role_name="NoLCAT-Sender",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CloudHome:
    (tmp_path / "home").mkdir()
    own = make_home(tmp_path / "home", monkeypatch)
    own.write()
    return own


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    if missing := missing_programs():
        pytest.skip(f"not installed here: {', '.join(missing)}")
    with desktop() as own:
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", own.address)
        yield own


@pytest.fixture
def door(home: CloudHome, aws_server: Aws, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    assert home.folder.is_dir()
    with sso() as own:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", own.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", own.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", aws_server.url)
        yield own


def test_that_a_key_that_was_typed_in_is_found_by_the_next_run(
    place: Desktop, home: CloudHome, aws_server: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", aws_server.url)
    signing_in.keep_key(TYPED, " AKIAPLANTED000000001\n", " planted-secret ", Secrets(KeyringStore()))
    clients = signing_in.open_clients(TYPED, Secrets(KeyringStore()))
    standing = signing_in.admit(clients)
    assert standing.identity is not None
    assert standing.identity.account == ACCOUNT
    assert standing.until is None
    assert place.store is not None
    assert home.folder.is_dir()


def test_that_a_key_for_this_run_needs_no_store(home: CloudHome) -> None:
    secrets = Secrets(KeyringStore())
    signing_in.use_key_for_this_run(TYPED, "AKIAPLANTED000000001", "planted-secret", secrets)
    assert signing_in.open_clients(TYPED, secrets).signed_in_until() is None
    assert home.folder.is_dir()


def test_that_a_key_that_is_not_there_is_asked_for(place: Desktop) -> None:
    with pytest.raises(NolcatError, match="The key is not there"):
        signing_in.open_clients(TYPED, Secrets(KeyringStore()))
    assert place.store is not None


def test_that_a_locked_store_is_told_with_the_account(place: Desktop) -> None:
    signing_in.keep_key(TYPED, "AKIAPLANTED000000001", "planted-secret", Secrets(KeyringStore()))
    place.lock()
    with pytest.raises(StoreError, match="“riverside”") as caught:
        signing_in.open_clients(TYPED, Secrets(KeyringStore()))
    assert caught.value.state is StoreState.LOCKED


def test_that_an_unexpected_account_is_refused_before_anything_is_written(
    home: CloudHome, aws_server: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", aws_server.url)
    secrets = Secrets(KeyringStore())
    signing_in.use_key_for_this_run(TYPED, "AKIAPLANTED000000001", "planted-secret", secrets)
    other = signing_in.open_clients(replace(TYPED, expected_account="999988887777"), secrets)
    with pytest.raises(NolcatError, match="Wrong account"):
        signing_in.admit(other)
    assert home.folder.is_dir()


def test_that_the_institution_s_page_is_shown_once_and_not_again_while_it_holds(door: Door, home: CloudHome) -> None:
    door.answers = ["AuthorizationPendingException", ""]
    shown: list[Invitation] = []
    clients = signing_in.open_clients(SSO, Secrets(KeyringStore()), tokens=TokenCache(home.cache))
    standing = signing_in.sign_in(clients, shown.append, Progress())
    assert [one.code for one in shown] == ["ABCD-EFGH"]
    assert standing.until is not None
    assert "signed in until" in str(standing)
    assert signing_in.sign_in(clients, shown.append, Progress()).until is not None
    assert len(shown) == 1


def test_that_removing_an_account_removes_its_secrets_with_it(place: Desktop, tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    secrets = Secrets(KeyringStore())
    signing_in.keep_account(replace(TYPED, name="other"), file)
    signing_in.keep_account(TYPED, file)
    signing_in.keep_key(TYPED, "AKIAPLANTED000000001", "planted-secret", secrets)
    assert [one.name for one in signing_in.remove_account("riverside", secrets, file)] == ["other"]
    assert [one.name for one in load_accounts(file)] == ["other"]
    assert KeyringStore().get("riverside/secret-access-key") is None
    assert "planted" not in file.read_text()
    assert place.store is not None


def test_that_an_account_stays_when_its_secrets_cannot_be_removed(place: Desktop, tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    secrets = Secrets(KeyringStore())
    signing_in.keep_account(TYPED, file)
    signing_in.keep_key(TYPED, "AKIAPLANTED000000001", "planted-secret", secrets)
    place.lock()
    with pytest.raises(StoreError):
        signing_in.remove_account("riverside", secrets, file)
    assert load_accounts(file) == (TYPED,)


def test_that_an_account_of_the_same_name_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    signing_in.keep_account(TYPED, file)
    signing_in.keep_account(replace(TYPED, name="other"), file)
    changed = replace(TYPED, prefix="nolcat")
    assert signing_in.keep_account(changed, file) == (changed, replace(TYPED, name="other"))
