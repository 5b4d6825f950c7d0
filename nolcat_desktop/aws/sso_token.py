"""Sign-ins of IAM Identity Center, kept where the AWS command line keeps them, so that both share them.

A file for each door in `~/.aws/sso/cache`, named by the SHA-1 of the session's name or of the start address, readable
by its owner alone (botocore's `SSOTokenLoader`, AWS CLI v2). Tokens are short-lived; they are never in the keyring.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from nolcat_desktop.log import hide

_TIME = "%Y-%m-%dT%H:%M:%SZ"


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Door:
    """Where an institution signs in."""

    start_url: str
    region: str
    session: str = ""
    """Name of the `sso-session` of the AWS configuration; empty if it has none."""

    @property
    def file_name(self) -> str:
        """As the AWS command line names it."""
        return hashlib.sha1((self.session or self.start_url).encode(), usedforsecurity=False).hexdigest() + ".json"


@dataclass(frozen=True, slots=True)
class Token:
    """A sign-in, and what it is renewed with. Times in UTC."""

    access: str = field(repr=False)
    expires: datetime
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    client_expires: datetime | None = None
    refresh: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Keep all of it out of the log."""
        hide(self.access, self.client_secret, self.refresh)

    def holds(self, at: datetime, seconds: float = 0) -> bool:
        """Whether it holds at that moment, and `seconds` longer."""
        return (self.expires - at).total_seconds() > seconds

    def is_renewable(self, at: datetime) -> bool:
        """Whether it can be renewed without asking anybody."""
        known = bool(self.refresh and self.client_id and self.client_secret)
        return known and self.client_expires is not None and self.client_expires > at


class TokenCache:
    """The folder of sign-ins."""

    def __init__(self, folder: Path | None = None, clock: Callable[[], datetime] = now) -> None:
        """Use `folder`, by default that of the AWS command line."""
        self.folder = folder or Path.home() / ".aws" / "sso" / "cache"
        self.clock = clock

    def load(self, door: Door) -> Token | None:
        """The sign-in at `door`, run out or not; None if there is none, or its file cannot be understood."""
        try:
            found = json.loads((self.folder / door.file_name).read_text(encoding="utf-8"))
            return Token(
                access=str(found["accessToken"]),
                expires=_time(found["expiresAt"]),
                client_id=str(found.get("clientId", "")),
                client_secret=str(found.get("clientSecret", "")),
                client_expires=_time(found["registrationExpiresAt"]) if "registrationExpiresAt" in found else None,
                refresh=str(found.get("refreshToken", "")),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def save(self, door: Door, token: Token) -> None:
        """Keep `token`, whole or not at all, for its owner's eyes alone.

        Raises:
            OSError: If the folder cannot be written.
        """
        told: dict[str, Any] = {
            "startUrl": door.start_url,
            "region": door.region,
            "accessToken": token.access,
            "expiresAt": token.expires.astimezone(UTC).strftime(_TIME),
        }
        if token.client_id and token.client_expires:
            told["clientId"], told["clientSecret"] = token.client_id, token.client_secret
            told["registrationExpiresAt"] = token.client_expires.astimezone(UTC).strftime(_TIME)
        if token.refresh:
            told["refreshToken"] = token.refresh
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = mkstemp(dir=self.folder, suffix=".tmp")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(told, file)
            Path(beside).replace(self.folder / door.file_name)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise

    def forget(self, door: Door) -> None:
        """Remove the sign-in at `door`, here and for the AWS command line."""
        (self.folder / door.file_name).unlink(missing_ok=True)


def _time(text: str) -> datetime:
    """A time of the cache; early versions of the command line wrote `UTC` behind it."""
    found = datetime.fromisoformat(str(text).replace("UTC", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)
