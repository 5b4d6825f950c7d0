"""Accounts in the cloud as they were set up: where, as whom, how; never a secret (those are in the OS keyring).

They are settings of the user's, one file beside the others. An `Account` is what `CLOUD` on the command line and a
line of the Cloud place mean: it travels from the faces to `credentials` and `aws`, and so it stands on floor 2.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import platformdirs

from nolcat_desktop.objects import Location
from nolcat_desktop.problem import NolcatError, Problem


class SignIn(StrEnum):
    """How one becomes somebody in AWS."""

    CHAIN = "chain"
    """The usual chain: environment, default profile, role of the machine."""
    PROFILE = "profile"
    """A named profile of the AWS configuration."""
    IDENTITY_CENTER = "identity-center"
    """IAM Identity Center, signed in from here by the device flow."""
    ACCESS_KEY = "access-key"
    """A key typed in; its secret is in the OS keyring, or in memory for this run."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account, named by the user. Empty texts: not set, the usual holds."""

    name: str
    bucket: str
    prefix: str = ""
    region: str = ""
    sign_in: SignIn = SignIn.CHAIN
    profile: str = ""
    role_arn: str = ""
    """A role to assume on top of the sign-in."""
    mfa_serial: str = ""
    """The device whose six digits the role asks for."""
    external_id: str = ""
    start_url: str = ""
    sso_region: str = ""
    sso_account_id: str = ""
    sso_role_name: str = ""
    endpoint_url: str = ""
    path_style: bool = False
    ca_file: str = ""
    proxy: str = ""
    """`http://host:port`; empty: as the system has it."""
    expected_account: str = ""
    """12 digits; an identity of another account is refused."""
    state_machine: str = ""
    """ARN of the state machine that is started after a send."""
    input_template: str = ""
    """JSON for a library's own state machine, with `{manifest_bucket}` and the like; empty: our contract."""
    with_originals: bool = False
    """Whether the originals are sent too."""
    bandwidth: int = 0
    """Bytes a second that sending may use; 0: no limit."""

    @property
    def location(self) -> Location:
        """Where its library lies."""
        return Location(self.bucket, self.prefix.strip("/"))


def accounts_file() -> Path:
    """Where the accounts of this user are: beside the settings."""
    return Path(platformdirs.user_data_dir("NoLCAT", appauthor=False)) / "accounts.json"


def address_problem(address: str) -> str:
    """What is wrong with the address of a server or a proxy, as a sentence; empty if nothing is, or none is given.

    A password in it is refused, because addresses are kept in a file and shown; it is not repeated here.
    """
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - it is checked when asked for
    except ValueError:
        return "The address cannot be read."
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "The address does not begin with https:// (or http://) and the name of a server."
    if parts.username is not None or parts.password is not None:
        return "There is a name or a password in the address: it would be kept in a file and shown."
    return ""


def load_accounts(file: Path) -> tuple[Account, ...]:
    """The accounts in `file`, in their order; none if it is missing. What cannot be understood is left out.

    Raises:
        OSError: If the file is there and cannot be read.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except ValueError:
        return ()
    return tuple(_read(found)) if isinstance(found, list) else ()


def save_accounts(accounts: tuple[Account, ...], file: Path) -> None:
    """Write all accounts whole or not at all.

    Raises:
        NolcatError: If an address holds a name or a password, or is none: it would be kept in the file.
        OSError: If the folder cannot be written.
    """
    for account in accounts:
        for address in (account.endpoint_url, account.proxy, account.start_url):
            if fault := address_problem(address):
                meaning = f"{fault} Account “{account.name}” was not saved."
                raise NolcatError(Problem("This address cannot be used", meaning, "Correct the address."))
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    beside.write_text(json.dumps([asdict(one) for one in accounts], indent=2) + "\n", encoding="utf-8")
    beside.replace(file)


def _read(found: list[object]) -> Iterator[Account]:
    for one in found:
        with suppress(msgspec.ValidationError):
            yield msgspec.convert(one, Account)
