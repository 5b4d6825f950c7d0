"""From a sign-in of the institution to the credentials of one role, renewed in silence while that is possible."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import DeferredRefreshableCredentials, SSOCredentialFetcher
from botocore.exceptions import ClientError, SSOTokenLoadError

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.border import border
from nolcat_desktop.aws.sso_token import Door, Token, TokenCache

Make = Callable[..., Any]
"""Makes a client: `make("sso", config=…)`."""
EARLY = 15 * 60
"""Seconds before its end that a sign-in is renewed; as botocore does."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Role:
    """One role that a person may take, in one account."""

    account_id: str
    account_name: str
    role_name: str


def unsigned(region: str) -> Config:
    """How the calls of signing in are made: nobody is anybody yet."""
    return Config(signature_version=UNSIGNED, region_name=region)


def current_token(door: Door, tokens: TokenCache, make: Make) -> Token | None:
    """The sign-in at `door`, renewed in silence where it ends soon; None if somebody has to sign in.

    Raises:
        CloudError: If the network fails while it is renewed and it does not hold any more.
    """
    token = tokens.load(door)
    if token is None or token.holds(tokens.clock(), EARLY):
        return token
    if token.is_renewable(tokens.clock()):
        renewed = _renewed(door, token, tokens, make)
        if renewed is not None:
            tokens.save(door, renewed)
            return renewed
    return token if token.holds(tokens.clock()) else None


def _renewed(door: Door, token: Token, tokens: TokenCache, make: Make) -> Token | None:
    with closing(make("sso-oidc", config=unsigned(door.region))) as client, border("renewing the sign-in"):
        try:
            answer = client.create_token(
                clientId=token.client_id,
                clientSecret=token.client_secret,
                grantType="refresh_token",
                refreshToken=token.refresh,
            )
        except ClientError as refused:
            code = refused.response.get("Error", {}).get("Code", "")
            _log.info("The sign-in could not be renewed (%s).", code)
            return None
    return replace(
        token,
        access=answer["accessToken"],
        expires=tokens.clock() + timedelta(seconds=answer["expiresIn"]),
        refresh=answer.get("refreshToken") or token.refresh,
    )


def role_credentials(account: Account, door: Door, tokens: TokenCache, make: Make) -> Any:  # noqa: ANN401 - of botocore
    """Credentials of `sso_role_name` in `sso_account_id`, fetched when first used and again before they end.

    They are kept in memory alone. Using them raises `SSOTokenLoadError` or `UnauthorizedSSOTokenError` when somebody
    has to sign in again.
    """

    def token_of(_start_url: str) -> dict[str, str]:
        found = current_token(door, tokens, make)
        if found is None:
            raise SSOTokenLoadError(error_msg=f"nobody is signed in at {door.start_url}, or not any more")
        return {"accessToken": found.access, "expiresAt": found.expires.isoformat()}

    fetcher = SSOCredentialFetcher(
        door.start_url, door.region, account.sso_role_name, account.sso_account_id, make,
        token_loader=token_of, cache={},
    )  # fmt: skip
    return DeferredRefreshableCredentials(fetcher.fetch_credentials, "sso")


def roles_of(door: Door, token: Token, make: Make) -> list[Role]:
    """Every role that who signed in may take, by account.

    Raises:
        CloudError: If they cannot be asked for.
    """
    found: list[Role] = []
    with closing(make("sso", config=unsigned(door.region))) as client, border("asking which roles there are"):
        for page in client.get_paginator("list_accounts").paginate(accessToken=token.access):
            for account in page["accountList"]:
                asked = {"accessToken": token.access, "accountId": account["accountId"]}
                for roles in client.get_paginator("list_account_roles").paginate(**asked):
                    name = account.get("accountName", "")
                    found += [Role(account["accountId"], name, role["roleName"]) for role in roles["roleList"]]
    return found
