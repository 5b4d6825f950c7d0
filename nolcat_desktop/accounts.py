"""Accounts in the cloud as they were set up: where, as whom, how; never a secret (those are in the OS keyring).

They are settings of the user's, one file beside the others. An `Account` is what `CLOUD` on the command line and a
line of the Cloud place mean: it travels from the faces to `credentials` and `aws`, and so it stands on floor 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import platformdirs

from nolcat_desktop.objects import Location
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.settings import keep_aside, read_json, write_json


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


_BLANK, _LONGEST_FOLDER = 32, 700
"""A key in S3 has 1,024 bytes; names of manifests and parts come on top of the folder."""


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


_BUCKET = re.compile(
    r"(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?<!-s3alias)(?<!--ol-s3)(?<!--x-s3)"
)
_DOTS = re.compile(r"\.\.|\.-|-\.|\d+\.\d+\.\d+\.\d+")
_ANY_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")
_REGION, _ANY_REGION = re.compile(r"[a-z]{2,3}(-[a-z]+){1,3}-[0-9]{1,2}"), re.compile(r"[A-Za-z0-9_-]{1,64}")
_NUMBER = re.compile(r"[0-9]{12}")
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+", re.ASCII)
_DEVICE = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:mfa/[\w+=,.@/-]+|[A-Za-z0-9]{9,64}", re.ASCII)
_MACHINE = re.compile(r"arn:aws[a-z-]*:states:[a-z0-9-]+:[0-9]{12}:stateMachine:[\w-]+(:[\w-]+)?", re.ASCII)
_WHOLE_NUMBER = "An account of AWS has a number of 12 digits, written without hyphens."
_FIELDS: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = (
    # Fields, how they look, what to say of one that does not.
    (
        ("region", "sso_region"),
        _REGION,
        "A region is written like eu-west-1 or us-east-2; whoever looks after the AWS account knows it.",
    ),
    (("expected_account", "sso_account_id"), _NUMBER, _WHOLE_NUMBER),
    (("role_arn",), _ROLE, "A role is written like arn:aws:iam::123456789012:role/NoLCAT-Sender."),
    (
        ("mfa_serial",),
        _DEVICE,
        "A device is written like arn:aws:iam::123456789012:mfa/ana, as the AWS console shows it; one of hardware has "
        "its serial number.",
    ),
    (
        ("state_machine",),
        _MACHINE,
        "A pipeline is written like arn:aws:states:eu-west-1:123456789012:stateMachine:nolcat.",
    ),
)
"""AWS's own rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html, and of devices the parameter
`SerialNumber` of AssumeRole in the STS API reference."""


def field_problem(account: Account, field: str) -> str:
    """What is wrong with a field of `account`, as a sentence; empty if nothing is, or it is empty.

    With a server of one's own (`endpoint_url`) names of buckets and regions are that server's affair, as far as they
    can be sent at all.
    """
    value = str(getattr(account, field))
    if not value:
        return ""
    own = bool(account.endpoint_url)
    match field:
        case "bucket":
            return _bucket_problem(value, own)
        case "prefix":
            return _folder_problem(value)
        case "endpoint_url" | "proxy" | "start_url":
            return address_problem(value)
        case "region" if own:
            return "" if _ANY_REGION.fullmatch(value) else "A region is one word of letters, digits and hyphens."
    return next((said for fields, form, said in _FIELDS if field in fields and not form.fullmatch(value)), "")


def _bucket_problem(name: str, own: bool) -> str:
    """S3's rules: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html."""
    if "/" in name:
        return "Give the name of the bucket alone, without s3:// and folders: these go into “Folder in it”."
    if own:
        return "" if _ANY_BUCKET.fullmatch(name) else "A bucket has letters, digits, dots, hyphens and underscores."
    if _BUCKET.fullmatch(name) and not _DOTS.search(name):
        return ""
    return (
        "Buckets of S3 have 3 to 63 small letters, digits, hyphens and dots, begin and end with a letter or digit, and "
        "are not an address of numbers."
    )


def _folder_problem(name: str) -> str:
    if "://" in name or "\\" in name or any(ord(sign) < _BLANK for sign in name):
        return "A folder in the bucket is written like nolcat, or usage/nolcat: without s3:// and backslashes."
    if any(part in {"", ".", ".."} for part in name.strip("/").split("/")):
        return "Between two slashes stands the name of a folder; “.” and “..” are none."
    return "" if len(name.encode()) <= _LONGEST_FOLDER else "The name of the folder is too long for S3."


def load_accounts(file: Path, told: Callable[[Problem], None] = lambda _: None) -> tuple[Account, ...]:
    """The accounts in `file`, in their order; none if it is missing.

    What cannot be understood is left out, and never lost: the file is kept aside before it is written anew.

    Args:
        file: Need not be there.
        told: Given what happened when something could not be understood.

    Raises:
        OSError: If the file is there and cannot be read, or is damaged and cannot be kept aside.
    """
    try:
        found = read_json(file)
    except FileNotFoundError:
        return ()
    except ValueError:
        found = None
    held = tuple(_read(found))
    if not _is_understood(found):
        aside = keep_aside(file)
        if aside is None:
            raise OSError(f"{file} is damaged, and no copy of it can be made")
        told(_not_understood(file, aside, held))
        _write(held, file)
    return held


def save_accounts(accounts: tuple[Account, ...], file: Path) -> None:
    """Write all accounts whole or not at all.

    Raises:
        NolcatError: If an address holds a name or a password, or is none: it would be kept in the file.
        OSError: If the folder cannot be written, or what is there is damaged and cannot be kept aside.
    """
    for account in accounts:
        for address in (account.endpoint_url, account.proxy, account.start_url):
            if fault := address_problem(address):
                meaning = f"{fault} Account “{account.name}” was not saved."
                raise NolcatError(Problem("This address cannot be used", meaning, "Correct the address."))
    _write(accounts, file)


def _write(accounts: tuple[Account, ...], file: Path) -> None:
    write_json([asdict(one) for one in accounts], file, _is_understood)


def _read(found: object) -> Iterator[Account]:
    for one in found if isinstance(found, list) else ():
        with suppress(msgspec.ValidationError):
            yield msgspec.convert(one, Account)


def _is_understood(found: object) -> bool:
    return isinstance(found, list) and len(found) == sum(1 for _ in _read(found))


def _not_understood(file: Path, aside: Path, held: tuple[Account, ...]) -> Problem:
    left = f"{len(held)} accounts in it are sound and stay" if len(held) > 1 else "One account in it is sound and stays"
    return Problem(
        "The list of accounts is damaged",
        f"{file} could not be understood{' whole' if held else ''}. {f'{left}. ' if held else ''}It is kept as "
        f"{aside.name} beside it. Nothing was sent; the library, the bucket and the password store are as they were.",
        "Set the missing account up again under its old name: its keys are still in the password store. Or bring the "
        "file back from a backup.",
    )
