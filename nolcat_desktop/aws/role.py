"""A role on top of the sign-in, with or without a code (MFA). Its short-lived credentials stay in memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    CredentialProvider,
    DeferredRefreshableCredentials,
    create_mfa_serial_refresher,
)
from botocore.exceptions import NoCredentialsError

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.log import hide
from nolcat_desktop.problem import Problem

AskCode = Callable[[str], str]
"""Given the serial number or ARN of the device, the six digits it shows now. May raise `Cancelled`."""
SESSION_NAME = "nolcat-desktop"
_PROMPT = re.compile(r"^Enter MFA code for (.*): $")
_CODE = re.compile(r"[0-9]{6}")


class Given(CredentialProvider):  # type: ignore[misc]  # botocore has no types
    """The only provider of a session: what we made ourselves."""

    METHOD = "nolcat"
    CANONICAL_NAME = "nolcat"

    def __init__(self, load: Callable[[], Any]) -> None:
        """Ask `load` when somebody has to be signed in."""
        super().__init__()
        self._load = load

    def load(self) -> Any:  # noqa: ANN401 - credentials of botocore
        """The credentials."""
        return self._load()


def assumed(account: Account, source: Any, make: Callable[..., Any], ask_code: AskCode | None) -> Any:  # noqa: ANN401
    """Credentials of the role of `account`, fetched when first used.

    Args:
        account: With `role_arn`; `mfa_serial` and `external_id` as the role wants them.
        source: Credentials of who takes the role.
        make: Makes a client of a service, as `Session.create_client` does.
        ask_code: Asked once. A second hour needs a new sign-in: nobody is asked in the middle of sending.
    """
    if source is None:
        raise NoCredentialsError
    wanted = {"RoleSessionName": SESSION_NAME, "SerialNumber": account.mfa_serial, "ExternalId": account.external_id}
    fetcher = AssumeRoleCredentialFetcher(
        make, source, account.role_arn,
        extra_args={name: value for name, value in wanted.items() if value},
        mfa_prompter=prompter(ask_code), cache={},
    )  # fmt: skip
    fetch = create_mfa_serial_refresher(fetcher.fetch_credentials) if account.mfa_serial else fetcher.fetch_credentials
    return DeferredRefreshableCredentials(fetch, "assume-role")


def prompter(ask_code: AskCode | None) -> Callable[[str], str]:
    """What botocore asks for a code with; never the terminal.

    Raises:
        CloudError: When asked, if there is no way to ask, or the answer is no code.
    """

    def ask(prompt: str) -> str:
        found = _PROMPT.match(prompt)
        device = found[1] if found else ""
        if ask_code is None:
            raise CloudError(_needs_code(device), Fault.SIGN_IN, "MfaCodeNeeded")
        code = "".join(ask_code(device).split())
        hide(code)
        if not _CODE.fullmatch(code):
            problem = Problem("This is no code", "A code has six digits. Nothing was sent.", "Type the code again.")
            raise CloudError(problem, Fault.SIGN_IN, "MfaCodeMalformed")
        return code

    return ask


def _needs_code(device: str) -> Problem:
    return Problem(
        "A code is needed",
        f"The role asks for the six digits of {device or 'a device'}, and nobody can be asked here. Nothing was sent.",
        "Sign in in the window, or with `nolcat cloud sign-in --code`.",
    )
