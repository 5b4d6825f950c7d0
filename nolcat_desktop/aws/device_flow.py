"""Signing in with the institution (IAM Identity Center) from here: a code is shown, the rest happens in a browser.

The device authorization of OAuth (RFC 8628) as `sso-oidc` offers it: register, ask for a code, then ask again and
again whether it was entered, as seldom as the server says.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.sso_role import Make, unsigned
from nolcat_desktop.aws.sso_token import Door, Token, TokenCache
from nolcat_desktop.log import hide
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress

CLIENT_NAME = "NoLCAT Desktop"
SCOPES = ["sso:account:access"]
"""With it comes what a sign-in is renewed with."""
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
SLOWER = 5
"""Seconds that each “slow down” adds (RFC 8628, section 3.5)."""
_LOOK = 0.2
"""Seconds between two looks at whether the user asked to stop."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the person who signs in has to see."""

    door: Door
    code: str
    """To be compared with, or typed into, the page."""
    address: str
    """Of the page, with the code in it."""
    expires: datetime
    """UTC."""
    interval: float
    """Seconds between two questions."""
    device_code: str = field(repr=False)
    client_id: str
    client_secret: str = field(repr=False)
    client_expires: datetime

    def __post_init__(self) -> None:
        """Keep out of the log what is not for the eyes."""
        hide(self.device_code, self.client_secret)


def invite(door: Door, make: Make, tokens: TokenCache) -> Invitation:
    """Ask `door` for a code.

    Raises:
        CloudError: If it cannot be reached, or is no door.
    """
    with border("asking for a code to sign in"), closing(make("sso-oidc", config=unsigned(door.region))) as client:
        known = client.register_client(clientName=CLIENT_NAME, clientType="public", scopes=SCOPES)
        answer = client.start_device_authorization(
            clientId=known["clientId"], clientSecret=known["clientSecret"], startUrl=door.start_url
        )
    return Invitation(
        door=door,
        code=answer["userCode"],
        address=answer.get("verificationUriComplete") or answer["verificationUri"],
        expires=tokens.clock() + timedelta(seconds=answer["expiresIn"]),
        interval=float(answer.get("interval") or SLOWER),
        device_code=answer["deviceCode"],
        client_id=known["clientId"],
        client_secret=known["clientSecret"],
        client_expires=datetime.fromtimestamp(known["clientSecretExpiresAt"], UTC),
    )


def await_sign_in(
    invitation: Invitation,
    make: Make,
    tokens: TokenCache,
    progress: Progress,
    pause: Callable[[float], None] = time.sleep,
) -> Token:
    """Ask until the code was entered in the browser; the sign-in is then in `tokens`.

    Raises:
        CloudError: If the code ran out, or the sign-in was refused in the browser.
        Cancelled: If the user asked to stop.
    """
    with closing(make("sso-oidc", config=unsigned(invitation.door.region))) as client:
        return _awaited(client, invitation, tokens, progress, pause)


def _awaited(
    client: Any,  # noqa: ANN401 - of botocore
    invitation: Invitation,
    tokens: TokenCache,
    progress: Progress,
    pause: Callable[[float], None],
) -> Token:
    interval = invitation.interval
    while tokens.clock() < invitation.expires:
        _wait(interval, invitation, tokens, progress, pause)
        try:
            token = _asked(client, invitation, tokens)
        except CloudError as error:
            match error.code:
                case "AuthorizationPendingException":
                    continue
                case "SlowDownException":
                    interval += SLOWER
                case "ExpiredTokenException":
                    break
                case "AccessDeniedException":
                    raise CloudError(_refused(), Fault.SIGN_IN, error.code) from error
                case _ if error.fault.is_passing:
                    interval *= 2
                case _:
                    raise
        else:
            tokens.save(invitation.door, token)
            return token
    raise CloudError(_ran_out(), Fault.SIGN_IN, "ExpiredTokenException")


def _asked(client: Any, invitation: Invitation, tokens: TokenCache) -> Token:  # noqa: ANN401 - of botocore
    with border("waiting for the sign-in in the browser"):
        answer = client.create_token(
            clientId=invitation.client_id,
            clientSecret=invitation.client_secret,
            grantType=GRANT,
            deviceCode=invitation.device_code,
        )
    return Token(
        access=answer["accessToken"],
        expires=tokens.clock() + timedelta(seconds=answer["expiresIn"]),
        client_id=invitation.client_id,
        client_secret=invitation.client_secret,
        client_expires=invitation.client_expires,
        refresh=answer.get("refreshToken", ""),
    )


def _wait(
    seconds: float, invitation: Invitation, tokens: TokenCache, progress: Progress, pause: Callable[[float], None]
) -> None:
    """Pause for `seconds` in small steps, telling how long the code holds."""
    left = seconds
    while left > 0:
        holds = int(max((invitation.expires - tokens.clock()).total_seconds(), 0))
        progress.tell("Waiting for you in the browser", 0, 0, f"{holds // 60}:{holds % 60:02} left")
        pause(min(_LOOK, left))
        left -= _LOOK
    progress.check()


def _ran_out() -> Problem:
    return Problem(
        "The code has run out", "It was not entered in the browser in time. Nobody is signed in.", "Sign in again."
    )


def _refused() -> Problem:
    meaning = "The sign-in was refused in the browser. Nobody is signed in."
    return Problem("The sign-in was refused", meaning, "Sign in again, and allow it on the page that opens.")
