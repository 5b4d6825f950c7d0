"""Who one is there, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.network import NOTHING_SENT
from nolcat_desktop.problem import Problem


@dataclass(frozen=True, slots=True)
class Identity:
    """The answer of `sts:GetCallerIdentity`, which needs no permission."""

    account: str
    """12 digits."""
    arn: str

    @property
    def name(self) -> str:
        """The role or the user, without the session."""
        kind, _, rest = self.arn.rpartition(":")[2].partition("/")
        return rest.split("/")[0] if kind == "assumed-role" else rest.rpartition("/")[2] or kind

    def __str__(self) -> str:
        return f"{self.name}, account {spaced(self.account)}"


def spaced(account: str) -> str:
    """An account's number as it is read: `1234-5678-9012`."""
    return "-".join(account[at : at + 4] for at in range(0, len(account), 4))


def who_am_i(clients: Clients) -> Identity | None:
    """Ask AWS; None where another server is named, which has nobody to ask.

    Raises:
        CloudError: If nobody is signed in, or AWS cannot be reached.
    """
    if clients.is_elsewhere:
        return None
    with border("asking who is signed in", NOTHING_SENT):
        answer = clients.client("sts").get_caller_identity()
    return Identity(answer["Account"], answer["Arn"])


def confirm(account: Account, identity: Identity | None) -> None:
    """Refuse an identity of another account than the expected one.

    Raises:
        CloudError: If it is another one, or cannot be asked for although one is expected.
    """
    if not account.expected_account or (identity is not None and identity.account == account.expected_account):
        return
    expected = spaced(account.expected_account)
    if identity is None:
        meaning = (
            f"This library belongs to account {expected}, and the server at {account.endpoint_url} has no accounts."
        )
    else:
        meaning = f"Signed in to {spaced(identity.account)} as {identity.name}; this library belongs to {expected}."
    problem = Problem(
        "Wrong account", f"{meaning} {NOTHING_SENT}", "Sign in to the other account, or change the library's account."
    )
    raise CloudError(problem, Fault.SIGN_IN, "WrongAccount")
