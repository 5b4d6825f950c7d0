"""Becoming somebody in the cloud: from an account and its secrets to clients; nobody writes before it is known who.

clients = open_clients(account, secrets)
standing = admit(clients)            # before the first write: an unexpected account is refused
clients.client("s3")
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from nolcat_desktop.accounts import Account, SignIn, accounts_file, load_accounts, save_accounts
from nolcat_desktop.aws.clients import AccessKey, Clients
from nolcat_desktop.aws.device_flow import Invitation, await_sign_in, invite
from nolcat_desktop.aws.identity import Identity, confirm, who_am_i
from nolcat_desktop.aws.role import AskCode
from nolcat_desktop.aws.sso_role import current_token
from nolcat_desktop.aws.sso_token import TokenCache
from nolcat_desktop.credentials import SecretKind, Secrets
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.sending_explained import explained
from nolcat_desktop.workflow.sending_refused import Refused, Why
from nolcat_desktop.workflow.signing_patience import while_listening

_log = logging.getLogger(__name__)
_KEY, _SECRET = SecretKind.ACCESS_KEY_ID, SecretKind.SECRET_ACCESS_KEY


@dataclass(frozen=True, slots=True)
class Standing:
    """Who one is in the cloud, and until when."""

    identity: Identity | None
    """None where another server than AWS is named, which has nobody to ask."""
    until: datetime | None
    """When the sign-in runs out; None if it does not."""

    def __str__(self) -> str:
        who = str(self.identity) if self.identity else "not asked: another server than AWS"
        return f"signed in until {self.until.astimezone():%H:%M}, {who}" if self.until else who


def open_clients(
    account: Account,
    secrets: Secrets,
    ask_code: AskCode | None = None,
    tokens: TokenCache | None = None,
    progress: Progress | None = None,
) -> Clients:
    """The clients of `account`; nobody is signed in yet.

    Args:
        account: Where and as whom.
        secrets: Asked for a key that was typed in, and for nothing else.
        ask_code: Given the device, the six digits that a role asks for; None where nobody can be asked.
        tokens: Sign-ins of the institution; by default those of the AWS command line.
        progress: Stops the waiting for the password store.

    Raises:
        NolcatError: If the settings do not do, the password store does not serve, or it has no key of this account.
        Cancelled: If the user asked to stop.
    """
    key = None
    if account.sign_in is SignIn.ACCESS_KEY:
        found = [secrets.get(account.name, kind, progress) for kind in (_KEY, _SECRET)]
        if not all(found):
            meaning = f"The password store has no key of “{account.name}”. Nothing was sent."
            raise Refused(Why.NO_KEY, Problem("The key is not there", meaning, "Type the key and its secret again."))
        key = AccessKey(found[0] or "", found[1] or "")
    return Clients(account, key, ask_code, tokens)


def sign_in(clients: Clients, show: Callable[[Invitation], None], progress: Progress) -> Standing:
    """Sign in, with the institution's page where the account uses one, and say who one is.

    A sign-in that still holds, or can be renewed in silence, asks nobody.

    Args:
        clients: Of the account.
        show: Given the code to be shown and the page to be opened; called once, and only if somebody has to act.
        progress: Tells how long the code holds; stops the waiting.

    Raises:
        NolcatError: If it does not succeed, or it is not the expected account.
        Cancelled: If the user asked to stop; nobody is signed in then.
    """
    door = clients.door()
    token = (
        None if door is None else while_listening(lambda: current_token(door, clients.tokens, clients.make), progress)
    )
    if door is not None and token is None:
        invitation = while_listening(lambda: invite(door, clients.make, clients.tokens), progress)
        show(invitation)
        await_sign_in(invitation, clients.make, clients.tokens, progress)
    clients.refresh()
    return admit(clients, progress)


def admit(clients: Clients, progress: Progress | None = None) -> Standing:
    """Who one is; to be called before the first write.

    Raises:
        NolcatError: If nobody is signed in, or it is not the expected account.
        Cancelled: If the user asked to stop.
    """
    listener = progress or Progress()
    with explained(clients, listener):
        return while_listening(lambda: _admitted(clients), listener)


def _admitted(clients: Clients) -> Standing:
    until = clients.signed_in_until()
    identity = who_am_i(clients)
    _log.info("Signed in to %s: %s", clients.account.name, identity.arn if identity else "not asked")
    confirm(clients.account, identity)
    return Standing(identity, until)


def keep_key(account: Account, key_id: str, secret: str, secrets: Secrets, progress: Progress | None = None) -> None:
    """Keep a key that was typed in, its halves apart, in the password store.

    Raises:
        StoreError: If the store does not serve; `use_key_for_this_run` is what remains.
        Cancelled: If the user asked to stop.
    """
    secrets.keep(account.name, _KEY, key_id.strip(), progress)
    secrets.keep(account.name, _SECRET, secret.strip(), progress)


def use_key_for_this_run(account: Account, key_id: str, secret: str, secrets: Secrets) -> None:
    """Keep a key that was typed in until the program ends."""
    secrets.for_this_run(account.name, _KEY, key_id.strip())
    secrets.for_this_run(account.name, _SECRET, secret.strip())


def keep_account(account: Account, file: Path | None = None) -> tuple[Account, ...]:
    """Add `account`, or put it in the place of the one of the same name; all accounts then.

    Raises:
        NolcatError: If one of its addresses cannot be used.
        OSError: If the file cannot be written.
    """
    target = file or accounts_file()
    held = load_accounts(target)
    named = any(one.name == account.name for one in held)
    new = tuple(account if one.name == account.name else one for one in held) + (() if named else (account,))
    save_accounts(new, target)
    return new


def remove_account(name: str, secrets: Secrets, file: Path | None = None) -> tuple[Account, ...]:
    """Remove an account and all its secrets, the secrets first; all accounts that remain.

    Raises:
        StoreError: If the password store does not serve: then the account is still there.
        OSError: If the file cannot be written.
    """
    target = file or accounts_file()
    secrets.forget(name)
    left = tuple(one for one in load_accounts(target) if one.name != name)
    save_accounts(left, target)
    return left


def expect(account: Account, identity: Identity) -> Account:
    """`account`, belonging to the AWS account of `identity` from now on."""
    return replace(account, expected_account=identity.account)
