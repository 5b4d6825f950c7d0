"""The profiles that the AWS configuration of this computer has, and how each becomes somebody.

Only names and kinds leave this module, never what a profile holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import botocore.session

from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.aws.border import border
from nolcat_desktop.aws.network import NOTHING_SENT
from nolcat_desktop.aws.sso_token import Door


class ProfileKind(StrEnum):
    """How a profile becomes somebody; in the order in which botocore looks."""

    ROLE = "role"
    WEB_IDENTITY = "web identity"
    IDENTITY_CENTER = "sign-in of the institution"
    LOGIN = "aws login"
    PROCESS = "another program"
    KEY = "key"
    NOTHING = "nothing"
    """Settings only, such as a region."""


_SIGNS: tuple[tuple[str, ProfileKind], ...] = (
    ("web_identity_token_file", ProfileKind.WEB_IDENTITY),
    ("role_arn", ProfileKind.ROLE),
    ("sso_account_id", ProfileKind.IDENTITY_CENTER),
    ("login_session", ProfileKind.LOGIN),
    ("credential_process", ProfileKind.PROCESS),
    ("aws_access_key_id", ProfileKind.KEY),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile, as far as it is shown."""

    name: str
    kind: ProfileKind
    region: str = ""
    needs_code: bool = False
    """Whether a role asks for six digits."""
    door: Door | None = None
    """Where the institution signs in, if this profile does."""


def profiles() -> list[Profile]:
    """Every profile of this computer, by name, `default` first.

    Raises:
        CloudError: If the configuration cannot be read.
    """
    with border("reading the AWS configuration", NOTHING_SENT):
        config = botocore.session.Session().full_config
    found = [_profile(name, told, config) for name, told in config.get("profiles", {}).items()]
    return sorted(found, key=lambda one: (one.name != "default", one.name.casefold()))


def door_of(account: Account, session: Any) -> Door | None:  # noqa: ANN401 - a session of botocore
    """Where `account` signs in with its institution; None if it signs in otherwise.

    A start address that the AWS configuration knows as an `sso-session` gets its name, so that both share the sign-in.
    """
    if account.sign_in is SignIn.IDENTITY_CENTER and account.start_url:
        region = account.sso_region or account.region
        return Door(account.start_url, region, _session_of(account.start_url, region, session.full_config))
    if account.sign_in in {SignIn.PROFILE, SignIn.CHAIN}:
        name = account.profile or session.get_config_variable("profile") or "default"
        return _door(session.full_config.get("profiles", {}).get(name, {}), session.full_config)
    return None


def _profile(name: str, told: Mapping[str, Any], config: Mapping[str, Any]) -> Profile:
    kind = next((kind for sign, kind in _SIGNS if sign in told), ProfileKind.NOTHING)
    return Profile(name, kind, str(told.get("region", "")), "mfa_serial" in told, _door(told, config))


def _door(told: Mapping[str, Any], config: Mapping[str, Any]) -> Door | None:
    name = str(told.get("sso_session", ""))
    session = {**told, **config.get("sso_sessions", {}).get(name, {})} if name else told
    if "sso_start_url" not in session or "sso_region" not in session:
        source = config.get("profiles", {}).get(told.get("source_profile", ""), {})
        return _door(source, config) if source and source is not told and "role_arn" in told else None
    return Door(str(session["sso_start_url"]), str(session["sso_region"]), name)


def _session_of(start_url: str, region: str, config: Mapping[str, Any]) -> str:
    for name, told in config.get("sso_sessions", {}).items():
        if (told.get("sso_start_url"), told.get("sso_region")) == (start_url, region):
            return str(name)
    return ""
