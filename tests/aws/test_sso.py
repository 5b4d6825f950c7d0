"""Signing in with the institution, against a stand-in that speaks the calls as botocore's models have them."""

from __future__ import annotations

import json
import os
import stat
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.device_flow import Invitation, await_sign_in, invite
from nolcat_desktop.aws.sso_role import current_token, roles_of
from nolcat_desktop.aws.sso_token import Door as Entrance
from nolcat_desktop.aws.sso_token import Token, TokenCache
from nolcat_desktop.progress import Cancelled, Progress, Step
from tests.aws.cloud_home import CloudHome
from tests.servers.sso import ACCESS, REFRESH, Door, sso

START = "https://riverside.awsapps.com/start"
ACCOUNT = Account(
    "riverside", "riverside-usage", region="us-east-1", sign_in=SignIn.IDENTITY_CENTER, start_url=START,
    sso_region="us-east-1", sso_account_id="123456789012", sso_role_name="NoLCAT-Sender",
)  # fmt: skip
ENTRANCE = Entrance(START, "us-east-1")


@pytest.fixture
def door(home: CloudHome, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The institution's door; the home has no configuration and no sign-in."""
    home.write()
    with sso() as own:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", own.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", own.url)
        yield own


@pytest.fixture
def tokens(home: CloudHome) -> TokenCache:
    return TokenCache(home.cache)


@pytest.fixture
def clients(door: Door, tokens: TokenCache) -> Clients:
    assert door.port
    return Clients(ACCOUNT, tokens=tokens)


class Pauses:
    """Counts the seconds that would be waited, and waits none."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, seconds: float) -> None:
        self.seconds += seconds


def signed_in(clients: Clients, pauses: Pauses | None = None, progress: Progress | None = None) -> Invitation:
    invitation = invite(ENTRANCE, clients.make, clients.tokens)
    await_sign_in(invitation, clients.make, clients.tokens, progress or Progress(), pauses or Pauses())
    return invitation


def test_that_signing_in_shows_a_code_and_a_page_and_becomes_the_role(clients: Clients, door: Door) -> None:
    invitation = signed_in(clients)
    assert (invitation.code, invitation.address) == ("ABCD-EFGH", f"{door.url}/device?user_code=ABCD-EFGH")
    until = clients.signed_in_until()
    assert until is not None
    assert until > datetime.now(UTC) + timedelta(minutes=50)
    asked = door.paths("/federation/credentials")[0]
    assert (asked["role_name"], asked["account_id"]) == ("NoLCAT-Sender", "123456789012")
    assert door.paths("/client/register")[0]["scopes"] == ["sso:account:access"]


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
def test_that_the_sign_in_lies_where_the_aws_command_line_looks_and_for_its_owner_alone(
    clients: Clients, home: CloudHome
) -> None:
    signed_in(clients)
    (file,) = home.cache.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = json.loads(file.read_text())
    assert set(told) == {
        "startUrl", "region", "accessToken", "expiresAt", "clientId", "clientSecret", "registrationExpiresAt",
        "refreshToken",
    }  # fmt: skip
    assert told["expiresAt"].endswith("Z")


def test_that_botocore_itself_finds_the_sign_in_by_start_address(
    clients: Clients, door: Door, home: CloudHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    import botocore.session
    from botocore.credentials import SSOProvider

    signed_in(clients)
    home.write(
        f"[default]\nregion = us-east-1\nsso_start_url = {START}\nsso_region = us-east-1\n"
        "sso_account_id = 123456789012\nsso_role_name = NoLCAT-Sender\n"
    )
    monkeypatch.setattr(SSOProvider, "_SSO_TOKEN_CACHE_DIR", str(home.cache))
    found = botocore.session.Session().get_credentials().get_frozen_credentials()
    assert found.access_key == "ASIAPLANTED000000001"
    assert door.tokens == 1


def test_that_a_session_of_the_aws_configuration_shares_its_sign_in(
    clients: Clients, door: Door, home: CloudHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    import botocore.session
    from botocore.tokens import SSOTokenProvider

    home.write(
        f"[sso-session riverside]\nsso_start_url = {START}\nsso_region = us-east-1\n"
        "[default]\nregion = us-east-1\nsso_session = riverside\nsso_account_id = 123456789012\nsso_role_name = S\n"
    )
    entrance = clients.door()
    assert entrance == Entrance(START, "us-east-1", "riverside")
    invitation = invite(entrance, clients.make, clients.tokens)
    await_sign_in(invitation, clients.make, clients.tokens, Progress(), Pauses())
    monkeypatch.setattr(SSOTokenProvider, "_SSO_TOKEN_CACHE_DIR", str(home.cache))
    found = botocore.session.Session().get_credentials().get_frozen_credentials()
    assert found.access_key == "ASIAPLANTED000000001"
    assert door.tokens == 1


def test_that_it_asks_until_the_code_was_entered_and_slower_when_told(clients: Clients, door: Door) -> None:
    door.answers = ["AuthorizationPendingException", "SlowDownException", "AuthorizationPendingException", ""]
    pauses = Pauses()
    signed_in(clients, pauses)
    assert len(door.paths("/token")) == 4
    assert round(pauses.seconds) == 1 + 1 + 6 + 6


def test_that_a_lost_network_while_waiting_is_waited_out(clients: Clients, door: Door) -> None:
    door.answers = ["500"] * 4 + [""]  # botocore itself asks four times
    signed_in(clients)
    assert door.tokens == 1


@pytest.mark.parametrize(
    ("answer", "title"),
    [("ExpiredTokenException", "The code has run out"), ("AccessDeniedException", "The sign-in was refused")],
)
def test_that_a_code_that_ran_out_or_was_refused_signs_nobody_in(
    clients: Clients, door: Door, home: CloudHome, answer: str, title: str
) -> None:
    door.answers = ["AuthorizationPendingException", answer]
    with pytest.raises(CloudError, match=title):
        signed_in(clients)
    assert not home.cache.exists()


def test_that_waiting_ends_when_the_code_ends(clients: Clients, door: Door, home: CloudHome) -> None:
    door.answers = ["AuthorizationPendingException"] * 100
    moved = [datetime.now(UTC)]
    tokens = TokenCache(home.cache, lambda: moved[0])

    def pause(seconds: float) -> None:
        moved[0] += timedelta(seconds=seconds * 60)

    invitation = invite(ENTRANCE, clients.make, tokens)
    with pytest.raises(CloudError, match="The code has run out"):
        await_sign_in(invitation, clients.make, tokens, Progress(), pause)
    assert 5 < len(door.paths("/token")) < 15


def test_that_stopping_while_waiting_signs_nobody_in(clients: Clients, door: Door, home: CloudHome) -> None:
    door.answers = ["AuthorizationPendingException"] * 100
    told: list[Step] = []
    progress = Progress(told.append)
    invitation = invite(ENTRANCE, clients.make, clients.tokens)
    ended = threading.Event()

    def wait() -> None:
        with pytest.raises(Cancelled):
            await_sign_in(invitation, clients.make, clients.tokens, progress)
        ended.set()

    thread = threading.Thread(target=wait)
    thread.start()
    until = time.monotonic() + 20
    while not told and time.monotonic() < until:
        time.sleep(0.01)
    progress.cancel()
    assert ended.wait(20)  # it would ask a hundred times
    thread.join()
    assert told[0].label.endswith("left")
    assert not home.cache.exists()


def keep(tokens: TokenCache, minutes: float, **more: Any) -> None:
    now = datetime.now(UTC)
    known: dict[str, Any] = {
        "client_id": "client-1",
        "client_secret": "s-planted",
        "client_expires": now + timedelta(days=1),
    }
    known |= {"refresh": REFRESH.format(0), **more}
    tokens.save(ENTRANCE, Token(access=ACCESS.format(0), expires=now + timedelta(minutes=minutes), **known))


@pytest.mark.parametrize("minutes", [10, -60])
def test_that_a_sign_in_that_ends_soon_or_ended_is_renewed_in_silence(
    clients: Clients, door: Door, tokens: TokenCache, minutes: float
) -> None:
    keep(tokens, minutes)
    token = current_token(ENTRANCE, tokens, clients.make)
    assert token is not None
    assert token.access == ACCESS.format(1)
    assert door.paths("/token")[0]["refreshToken"] == REFRESH.format(0)
    again = tokens.load(ENTRANCE)
    assert again is not None
    assert again.refresh == REFRESH.format(1)


def test_that_a_sign_in_that_holds_is_not_renewed(clients: Clients, door: Door, tokens: TokenCache) -> None:
    keep(tokens, 60)
    token = current_token(ENTRANCE, tokens, clients.make)
    assert token is not None
    assert token.access == ACCESS.format(0)
    assert door.asked == []


@pytest.mark.parametrize("refuses", [True, False])
def test_that_a_sign_in_that_cannot_be_renewed_is_used_to_its_end_and_then_asked_for(
    clients: Clients, door: Door, tokens: TokenCache, refuses: bool
) -> None:
    door.refuses_renewal = refuses
    keep(tokens, 10, **({} if refuses else {"refresh": ""}))
    assert current_token(ENTRANCE, tokens, clients.make) is not None
    keep(tokens, -1, **({} if refuses else {"refresh": ""}))
    assert current_token(ENTRANCE, tokens, clients.make) is None


def test_that_without_a_sign_in_the_clients_say_that_it_ran_out(clients: Clients) -> None:
    with pytest.raises(CloudError) as caught:
        clients.signed_in_until()
    assert caught.value.fault is Fault.SIGN_IN
    assert caught.value.problem.title == "The sign-in has run out"


def test_that_a_sign_in_that_was_taken_back_is_told(clients: Clients, door: Door) -> None:
    signed_in(clients)
    door.tokens = 7
    with pytest.raises(CloudError, match="The sign-in has run out"):
        clients.signed_in_until()


def test_that_the_roles_of_who_signed_in_are_listed(clients: Clients, tokens: TokenCache) -> None:
    signed_in(clients)
    token = tokens.load(ENTRANCE)
    assert token is not None
    found = roles_of(ENTRANCE, token, clients.make)
    assert [(one.account_name, one.account_id, one.role_name) for one in found] == [
        ("Riverside", "123456789012", "NoLCAT-Sender"),
        ("Riverside", "123456789012", "NoLCAT-Reader"),
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"accessToken": "x"}', '{"accessToken": "x", "expiresAt": "soon"}'])
def test_that_a_damaged_file_means_that_nobody_is_signed_in(tokens: TokenCache, text: str) -> None:
    tokens.folder.mkdir(parents=True)
    (tokens.folder / ENTRANCE.file_name).write_text(text)
    assert tokens.load(ENTRANCE) is None


def test_that_a_file_of_an_early_command_line_is_read(tokens: TokenCache) -> None:
    tokens.folder.mkdir(parents=True)
    told = {"accessToken": "x", "expiresAt": "2020-06-17T10:02:08UTC"}
    (tokens.folder / ENTRANCE.file_name).write_text(json.dumps(told))
    token = tokens.load(ENTRANCE)
    assert token is not None
    assert token.expires == datetime(2020, 6, 17, 10, 2, 8, tzinfo=UTC)


def test_that_no_repr_shows_a_token(clients: Clients, tokens: TokenCache) -> None:
    invitation = signed_in(clients)
    shown = f"{invitation!r} {tokens.load(ENTRANCE)!r} {clients!r}"
    assert "planted" not in shown.replace(os.environ["HOME"], "")
