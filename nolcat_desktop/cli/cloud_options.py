"""`CLOUD` on the command line: an account as it was set up, or a bucket named right here (design 3.3).

What an account is, is imported where it is needed: `nolcat --help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from nolcat_desktop.cli.argument_types import word
from nolcat_desktop.problem import NolcatError, Problem

if TYPE_CHECKING:
    from nolcat_desktop.accounts import Account

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

NOTHING_SENT = "Nothing was sent."
_CLOUD = (
    ("check", "check the connection step by step; nothing is left behind"),
    ("sign-in", "sign in with the institution's page, and say who one is"),
    ("policy", "print the least that has to be allowed, to be given to an administrator"),
)


def add_cloud_commands(commands: Commands, added: Callable[[Commands, str, str], argparse.ArgumentParser]) -> Commands:
    """Add `nolcat cloud …`, to which more can be added; `added` makes one command with what all have."""
    text = "sign in to the cloud, and see whether everything is ready for sending"
    cloud = commands.add_parser("cloud", help=text, description=text, allow_abbrev=False)
    what = cloud.add_subparsers(dest="what", required=True, metavar="WHAT")
    for name, said in _CLOUD:
        one = added(what, name, said)
        add_cloud(one)
        text = "the state machine that is started after sending"
        one.add_argument("--state-machine", type=word, metavar="ARN", help=text)
        if name == "policy":
            text = "the key of KMS that encrypts the bucket, if one does"
            one.add_argument("--kms-key", type=word, metavar="ARN", help=text)
    return what


def add_cloud(command: argparse.ArgumentParser) -> None:
    """Add the words of `CLOUD`; `account_of` reads them."""
    group = command.add_argument_group(
        "CLOUD", "an account that was set up, or a bucket; the usual AWS environment variables hold"
    )
    where = group.add_mutually_exclusive_group()
    where.add_argument("--account", type=word, metavar="NAME", help="an account as it was set up in the window")
    where.add_argument("--bucket", type=_bucket, metavar="B", help="the bucket, without any set-up")
    group.add_argument("--prefix", default=None, metavar="P", help="the folder in the bucket")
    group.add_argument("--profile", type=word, metavar="NAME", help="a profile of the AWS configuration")
    group.add_argument("--region", type=word, metavar="R", help="the region of the bucket, such as eu-west-1")
    text = "another server that speaks S3; who one is there is then not asked"
    group.add_argument("--endpoint-url", type=_address, metavar="URL", help=text)
    text = "the six digits that your device shows now, where a role asks for them"
    group.add_argument("--code", type=_code, metavar="DIGITS", help=text)


def code_of(given: argparse.Namespace) -> Callable[[str], str] | None:
    """The way to ask for a code: what was given, once; None if nothing was."""
    if given.code is None:
        return None
    return lambda _device: str(given.code)


def account_of(given: argparse.Namespace, environ: Mapping[str, str] | None = None) -> Account:
    """The account that was asked for.

    Without `--account` and `--bucket` it is the only one that was set up. What is said beside `--account` holds
    instead of what was set up.

    Args:
        given: As read by a parser with `add_cloud`.
        environ: `AWS_ENDPOINT_URL_S3` and `AWS_ENDPOINT_URL` are read here; all others are read by botocore.

    Raises:
        NolcatError: If there is no such account, or none that is meant.
    """
    from nolcat_desktop.accounts import Account, address_problem

    if given.bucket is None:
        return _with_words(_set_up(given.account), given)
    env = os.environ if environ is None else environ
    endpoint = env.get("AWS_ENDPOINT_URL_S3") or env.get("AWS_ENDPOINT_URL") or ""
    if fault := address_problem(endpoint):
        raise NolcatError(
            Problem("This address cannot be used", f"{fault} {NOTHING_SENT}", "Correct AWS_ENDPOINT_URL.")
        )
    account = Account(name=given.bucket, bucket=given.bucket, endpoint_url=endpoint, path_style=bool(endpoint))
    return _with_words(account, given)


def _with_words(account: Account, given: argparse.Namespace) -> Account:
    from nolcat_desktop.accounts import SignIn

    if given.prefix is not None:
        account = replace(account, prefix=given.prefix.strip("/"))
    if given.profile is not None:
        account = replace(account, sign_in=SignIn.PROFILE, profile=given.profile)
    if given.region is not None:
        account = replace(account, region=given.region)
    if given.endpoint_url is not None:
        account = replace(account, endpoint_url=given.endpoint_url, path_style=True)
    machine = getattr(given, "state_machine", None)
    return replace(account, state_machine=machine) if machine else account


def _set_up(name: str | None) -> Account:
    from nolcat_desktop.accounts import accounts_file, load_accounts

    damage: list[Problem] = []
    accounts = load_accounts(accounts_file(), damage.append)
    if damage:
        raise NolcatError(damage[0])
    named = [one for one in accounts if name is None or one.name == name]
    if len(named) == 1:
        return named[0]
    names = ", ".join(f"“{one.name}”" for one in accounts) or "none"
    title = "No account was set up here" if not accounts else f"There is no account “{name}”"
    if name is None and accounts:
        title = "It is not clear which account is meant"
    remedy = "Name one with --account, or a bucket with --bucket; accounts are set up in the window."
    raise NolcatError(Problem(title, f"Set up on this computer: {names}. {NOTHING_SENT}", remedy))


def _code(text: str) -> str:
    bare = "".join(text.split())
    if not re.fullmatch(r"[0-9]{6}", bare):
        raise argparse.ArgumentTypeError("a code has six digits")
    return bare


def _bucket(text: str) -> str:
    bare = word(text)
    if "/" in bare:
        raise argparse.ArgumentTypeError(f"“{bare}” is no name of a bucket: give what follows it as --prefix")
    return bare


def _address(text: str) -> str:
    from nolcat_desktop.accounts import address_problem

    bare = word(text)
    if fault := address_problem(bare):
        raise argparse.ArgumentTypeError(fault)
    return bare
