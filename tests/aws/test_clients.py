"""Who one becomes by which way, against a server that answers STS; and that nobody is asked on the terminal."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.clients import AccessKey, Clients
from nolcat_desktop.aws.identity import Identity, confirm, who_am_i
from nolcat_desktop.aws.profiles import ProfileKind, profiles
from nolcat_desktop.aws.role import assumed
from nolcat_desktop.progress import Cancelled
from tests.aws.cloud_home import CloudHome
from tests.servers.aws_stand_in import ACCOUNT, Aws

ROLE = f"arn:aws:iam::{ACCOUNT}:role/NoLCAT-Sender"
DEVICE = f"arn:aws:iam::{ACCOUNT}:mfa/ana"
KEY = "[{}]\naws_access_key_id = AKIAPLANTED000000001\naws_secret_access_key = planted-secret-of-the-profile\n"
HERE = Account("riverside", "riverside-usage", region="us-east-1")
AS_PROFILE = Account("riverside", "b", region="us-east-1", sign_in=SignIn.PROFILE, profile="lib")


@pytest.fixture
def sts(home: CloudHome, aws_server: Aws, monkeypatch: pytest.MonkeyPatch) -> CloudHome:
    """A home whose STS is the test server."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", aws_server.url)
    return home


def credentials_of(clients: Clients) -> Any:
    clients.signed_in_until()
    return clients.client("sts")._get_credentials().get_frozen_credentials()


def test_that_every_profile_is_listed_by_kind_and_shows_nothing_of_what_it_holds(home: CloudHome) -> None:
    home.write(
        "[default]\nregion = eu-west-1\n"
        f"[profile role]\nrole_arn = {ROLE}\nsource_profile = lib\nmfa_serial = {DEVICE}\n"
        f"[profile web]\nrole_arn = {ROLE}\nweb_identity_token_file = /t\n"
        "[profile process]\ncredential_process = /bin/planted-process\n"
        "[profile login]\nlogin_session = arn:aws:iam::123456789012:user/ana\n"
        "[profile sso]\nsso_session = riverside\nsso_account_id = 123456789012\nsso_role_name = Sender\n"
        "[profile old-sso]\nsso_start_url = https://x/start\nsso_region = eu-west-1\nsso_account_id = 1\n"
        "sso_role_name = S\n"
        "[sso-session riverside]\nsso_start_url = https://x/start\nsso_region = eu-west-1\n",
        KEY.format("lib"),
    )
    found = {one.name: one for one in profiles()}
    assert list(found) == ["default", "lib", "login", "old-sso", "process", "role", "sso", "web"]
    assert {name: one.kind for name, one in found.items()} == {
        "default": ProfileKind.NOTHING,
        "lib": ProfileKind.KEY,
        "login": ProfileKind.LOGIN,
        "old-sso": ProfileKind.IDENTITY_CENTER,
        "process": ProfileKind.PROCESS,
        "role": ProfileKind.ROLE,
        "sso": ProfileKind.IDENTITY_CENTER,
        "web": ProfileKind.WEB_IDENTITY,
    }
    assert [name for name, one in found.items() if one.needs_code] == ["role"]
    assert found["sso"].door is not None
    assert found["sso"].door.session == "riverside"
    assert "planted" not in repr(found)


def test_that_a_configuration_that_cannot_be_read_is_told(home: CloudHome) -> None:
    home.write("[profile lib\nnonsense")
    with pytest.raises(CloudError) as caught:
        profiles()
    assert caught.value.fault is Fault.SETUP


def test_that_a_profile_with_a_key_becomes_its_owner(sts: CloudHome) -> None:
    sts.write(credentials=KEY.format("lib"))
    clients = Clients(AS_PROFILE)
    assert credentials_of(clients).access_key == "AKIAPLANTED000000001"
    identity = who_am_i(clients)
    assert identity is not None
    assert identity.account == ACCOUNT


def test_that_a_profile_with_a_role_takes_it(sts: CloudHome) -> None:
    sts.write(
        f"[profile lib]\nrole_arn = {ROLE}\nsource_profile = source\nexternal_id = library-7\n", KEY.format("source")
    )
    clients = Clients(AS_PROFILE)
    until = clients.signed_in_until()
    assert until is not None
    identity = who_am_i(clients)
    assert identity is not None
    assert (identity.name, identity.account) == ("NoLCAT-Sender", ACCOUNT)


def test_that_a_profile_whose_role_asks_for_a_code_asks_by_the_callback(
    sts: CloudHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    sts.write(
        f"[profile lib]\nrole_arn = {ROLE}\nsource_profile = source\nmfa_serial = {DEVICE}\n", KEY.format("source")
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO("never read\n"))
    asked: list[str] = []

    def ask(device: str) -> str:
        asked.append(device)
        return "123 456"

    clients = Clients(AS_PROFILE, ask_code=ask)
    identity = who_am_i(clients)
    assert identity is not None
    assert identity.name == "NoLCAT-Sender"
    assert asked == [DEVICE]
    assert sys.stdin.read() == "never read\n"


@pytest.mark.parametrize("by_profile", [True, False])
def test_that_where_nobody_can_be_asked_for_a_code_it_is_said_at_once(
    sts: CloudHome, monkeypatch: pytest.MonkeyPatch, by_profile: bool
) -> None:
    role = f"[profile lib]\nrole_arn = {ROLE}\nsource_profile = source\nmfa_serial = {DEVICE}\n"
    sts.write(role if by_profile else "", KEY.format("source") + KEY.format("default"))
    monkeypatch.setattr(sys, "stdin", io.StringIO("never read\n"))
    own = Account("r", "b", region="us-east-1", role_arn=ROLE, mfa_serial=DEVICE)
    with pytest.raises(CloudError, match=DEVICE) as caught:
        Clients(AS_PROFILE if by_profile else own).signed_in_until()
    assert caught.value.code == "MfaCodeNeeded"
    assert sys.stdin.read() == "never read\n"


@pytest.mark.parametrize("answer", ["", "12345", "1234567", "abcdef"])
def test_that_what_is_no_code_is_not_sent(sts: CloudHome, answer: str) -> None:
    sts.write(credentials=KEY.format("default"))
    own = Account("r", "b", region="us-east-1", role_arn=ROLE, mfa_serial=DEVICE)
    with pytest.raises(CloudError, match="six digits"):
        Clients(own, ask_code=lambda _: answer).signed_in_until()


def test_that_who_closes_the_question_for_the_code_stops(sts: CloudHome) -> None:
    sts.write(credentials=KEY.format("default"))

    def closed(_device: str) -> str:
        raise Cancelled

    own = Account("r", "b", region="us-east-1", role_arn=ROLE, mfa_serial=DEVICE)
    with pytest.raises(Cancelled):
        Clients(own, ask_code=closed).signed_in_until()


def test_that_a_role_of_the_account_is_taken_on_top_of_any_sign_in(sts: CloudHome) -> None:
    sts.write()
    own = Account(
        "r", "b", region="us-east-1", sign_in=SignIn.ACCESS_KEY, role_arn=ROLE, mfa_serial=DEVICE, external_id="lib-7"
    )
    clients = Clients(own, AccessKey("AKIAPLANTED000000002", "typed"), lambda _device: "123456")
    identity = who_am_i(clients)
    assert identity is not None
    assert identity.arn == f"arn:aws:sts::{ACCOUNT}:assumed-role/NoLCAT-Sender/nolcat-desktop"


def test_that_a_role_is_asked_for_with_device_code_and_external_id() -> None:
    from botocore.credentials import Credentials

    asked: list[dict[str, Any]] = []

    class Sts:
        def assume_role(self, **how: Any) -> dict[str, Any]:
            asked.append(how)
            key = {"AccessKeyId": "ASIA", "SecretAccessKey": "s", "SessionToken": "t"}
            return {"Credentials": {**key, "Expiration": datetime.now(UTC) + timedelta(hours=1)}}

    own = Account("r", "b", role_arn=ROLE, mfa_serial=DEVICE, external_id="library-7")
    source = Credentials("AKIA", "s")
    assumed(own, source, lambda *_, **__: Sts(), lambda _: "654321").get_frozen_credentials()
    wanted = {"RoleArn": ROLE, "SerialNumber": DEVICE, "ExternalId": "library-7", "TokenCode": "654321"}
    assert asked == [{**wanted, "RoleSessionName": "nolcat-desktop"}]


def test_that_another_program_can_give_the_key(sts: CloudHome, tmp_path: Path) -> None:
    told = {"Version": 1, "AccessKeyId": "AKIAPROCESS000000001", "SecretAccessKey": "planted-by-process"}
    script = tmp_path / "give.py"
    script.write_text(f"print('''{json.dumps(told)}''')")
    sts.write(f"[profile lib]\ncredential_process = {sys.executable} {script}\n")
    assert credentials_of(Clients(AS_PROFILE)).access_key == "AKIAPROCESS000000001"


def test_that_a_program_that_fails_is_told(sts: CloudHome) -> None:
    sts.write(f'[profile lib]\ncredential_process = {sys.executable} -c "raise SystemExit(3)"\n')
    with pytest.raises(CloudError, match="The sign-in did not work"):
        Clients(AS_PROFILE).signed_in_until()


def test_that_a_web_identity_becomes_its_role(sts: CloudHome, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("eyJplanted.token.x")
    sts.write(f"[profile lib]\nrole_arn = {ROLE}\nweb_identity_token_file = {tmp_path / 'token'}\n")
    identity = who_am_i(Clients(AS_PROFILE))
    assert identity is not None
    assert identity.name == "NoLCAT-Sender"


def test_that_a_profile_of_aws_login_without_its_package_or_sign_in_says_so(sts: CloudHome) -> None:
    sts.write("[profile lib]\nlogin_session = arn:aws:iam::123456789012:user/ana\n")
    with pytest.raises(CloudError) as caught:
        Clients(AS_PROFILE).signed_in_until()
    assert caught.value.fault in {Fault.SIGN_IN, Fault.SETUP}
    if caught.value.fault is Fault.SETUP:
        assert "configure export-credentials" in caught.value.problem.remedy


def test_that_fips_and_dual_stack_of_a_profile_hold_for_every_service(
    sts: CloudHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_ENDPOINT_URL")]:
        monkeypatch.delenv(name)
    more = "region = us-east-1\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n"
    sts.write(f"[profile lib]\n{more}", KEY.format("lib"))
    with closing(Clients(AS_PROFILE)) as clients:
        found = {name: clients.client(name).meta.endpoint_url for name in ("s3", "sts", "stepfunctions", "glue")}
    assert found["s3"] == "https://s3-fips.dualstack.us-east-1.amazonaws.com"
    assert all("fips" in address for address in found.values()), found


def test_that_nobody_signed_in_is_told(sts: CloudHome) -> None:
    sts.write()
    with pytest.raises(CloudError, match="Nobody is signed in"):
        Clients(HERE).signed_in_until()


def test_that_variables_of_the_environment_hold(sts: CloudHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAFROMENVIRONMENT1")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "planted")
    sts.write(credentials=KEY.format("default"))
    assert credentials_of(Clients(HERE)).access_key == "AKIAFROMENVIRONMENT1"


def test_that_a_refresh_becomes_whoever_is_configured_now(sts: CloudHome) -> None:
    sts.write(credentials=KEY.format("lib"))
    clients = Clients(AS_PROFILE)
    first = clients.client("sts")
    assert clients.client("sts") is first
    sts.write(credentials=KEY.format("lib").replace("001", "009"))
    clients.refresh()
    assert credentials_of(clients).access_key == "AKIAPLANTED000000009"


def test_that_an_unexpected_account_is_refused_and_both_are_named() -> None:
    account = Account("r", "b", expected_account="123456789012")
    identity = Identity("999988887777", "arn:aws:sts::999988887777:assumed-role/NoLCAT-Sender/ana")
    with pytest.raises(CloudError) as caught:
        confirm(account, identity)
    assert caught.value.problem.title == "Wrong account"
    assert "9999-8888-7777" in caught.value.problem.meaning
    assert "1234-5678-9012" in caught.value.problem.meaning
    confirm(account, Identity("123456789012", "arn:aws:iam::123456789012:user/ana"))
    confirm(Account("r", "b"), identity)
    with pytest.raises(CloudError, match="Wrong account"):
        confirm(account, None)


def test_that_another_server_is_not_asked_who_one_is(sts: CloudHome) -> None:
    sts.write(credentials=KEY.format("default"))
    assert who_am_i(Clients(Account("r", "b", endpoint_url="http://127.0.0.1:9"))) is None


def test_that_every_client_is_told_of_the_network(home: CloudHome, tmp_path: Path) -> None:
    from tests.servers.secure import make_certificates

    ca, _ = make_certificates(tmp_path)
    home.write(credentials=KEY.format("default"))
    account = Account("r", "b", region="eu-west-1", ca_file=str(ca), proxy="http://proxy.test:3128")
    clients = Clients(account)
    made = [clients.client("s3"), clients.client("stepfunctions"), clients.make("sso-oidc"), clients.make("sso")]
    for client in made:
        session = client._endpoint.http_session
        assert session._verify == str(ca)
        assert session._proxy_config.proxy_url_for("https://x") == "http://proxy.test:3128"


@pytest.mark.parametrize("address", ["http://me:secret@proxy:1", "proxy:3128", "ftp://proxy", "http://[bad"])
def test_that_an_address_with_a_password_or_without_sense_is_refused(address: str) -> None:
    from nolcat_desktop.problem import NolcatError

    for account in (Account("r", "b", proxy=address), Account("r", "b", endpoint_url=address)):
        with pytest.raises(NolcatError) as caught:
            Clients(account)
        assert "secret" not in str(caught.value)


def test_that_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("nothing")
    for name in ("none.pem", "absent.pem"):
        with pytest.raises(CloudError, match="certificate file"):
            Clients(Account("r", "b", ca_file=str(tmp_path / name)))


def test_that_no_repr_shows_a_secret() -> None:
    key = AccessKey("AKIAPLANTED000000001", "planted-secret", "planted-token")
    assert "planted-" not in f"{key!r}{key}"
