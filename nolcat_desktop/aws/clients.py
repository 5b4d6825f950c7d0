"""Clients of the cloud for one account: made when they are first asked for, kept in memory, made anew after a sign-in.

Nothing here asks on a terminal: a code for a role with MFA comes from whoever gave a way to ask.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from typing import Any

import botocore.session
from botocore.credentials import AssumeRoleProvider, CredentialResolver

from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.aws.border import border
from nolcat_desktop.aws.network import NOTHING_SENT, Network, check_certificates
from nolcat_desktop.aws.profiles import door_of
from nolcat_desktop.aws.role import AskCode, Given, assumed, prompter
from nolcat_desktop.aws.sso_role import role_credentials, unsigned
from nolcat_desktop.aws.sso_token import Door, TokenCache
from nolcat_desktop.log import hide

FALLBACK_REGION = "us-east-1"
_ARN_PARTS = 6


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A long-term key that was typed in. Its secret is shown nowhere."""

    key_id: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Keep the secret out of the log."""
        hide(self.secret, self.token)


class Clients:
    """The clients of one account. Safe from any thread."""

    def __init__(
        self,
        account: Account,
        key: AccessKey | None = None,
        ask_code: AskCode | None = None,
        tokens: TokenCache | None = None,
    ) -> None:
        """Nothing is read or asked before a client is.

        Args:
            account: Where and as whom.
            key: For `SignIn.ACCESS_KEY`.
            ask_code: Given the device, the six digits; None where nobody can be asked.
            tokens: Sign-ins of the institution; by default those of the AWS command line.

        Raises:
            NolcatError: If the network cannot be set up as the account says.
        """
        self.account = account
        self.network = Network.of(account)
        self._key, self._ask_code = key, ask_code
        self.tokens = tokens or TokenCache()
        self._lock = RLock()
        self._core: botocore.session.Session | None = None
        self._loader: Any = None
        self._made: dict[tuple[str, str], Any] = {}

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is another server than AWS, so that nobody is asked who one is."""
        return bool(self.account.endpoint_url)

    @property
    def region(self) -> str:
        """The account's region, or the configured one, or that of the state machine.

        Raises:
            CloudError: If the AWS configuration cannot be read.
        """
        with self._lock, border("reading the AWS configuration", NOTHING_SENT):
            return str(self._plain().get_config_variable("region"))

    def client(self, service: str, region: str = "") -> Any:  # noqa: ANN401 - botocore makes them as it runs
        """A client of `service` (`s3`, `stepfunctions`, …), the same each time until `refresh`.

        Raises:
            CloudError: If the configuration or the sign-in does not do.
        """
        with self._lock, border("signing in", NOTHING_SENT):
            if (service, region) not in self._made:
                self._made[service, region] = self._new(self._session(), service, region)
            return self._made[service, region]

    def make(self, service: str, **how: Any) -> Any:  # noqa: ANN401 - botocore makes them as it runs
        """A client that signs as nobody, for what comes before the sign-in; `how` goes into `create_client`."""
        how.setdefault("config", unsigned(self.region))
        with self._lock, border("reading the AWS configuration", NOTHING_SENT):
            return self._plain().create_client(service, **how)

    @property
    def ca_file(self) -> str:
        """The account's file of certificates, or the configured one; empty if there is none.

        Raises:
            CloudError: If it holds none, or the AWS configuration cannot be read.
        """
        with self._lock, border("reading the AWS configuration", NOTHING_SENT):
            return self.network.ca_file or str(self._plain().get_config_variable("ca_bundle") or "")

    def door(self) -> Door | None:
        """Where the institution signs in; None if this account signs in otherwise.

        Raises:
            CloudError: If the AWS configuration cannot be read.
        """
        with self._lock, border("reading the AWS configuration", NOTHING_SENT):
            return door_of(self.account, self._plain())

    def refresh(self) -> None:
        """Forget all clients and who one was; the next one is made with a new sign-in.

        Work that still goes on with an earlier client ends with it as it began.
        """
        with self._lock:
            self._core = None
            self._made.clear()

    def close(self) -> None:
        """Close the connections of all clients; asked again, they make new ones."""
        with self._lock:
            for client in self._made.values():
                client.close()

    def signed_in_until(self) -> datetime | None:
        """Sign in if it was not done, and until when it holds; None if it has no end.

        Raises:
            CloudError: If nobody is signed in, or the sign-in does not do.
        """
        with self._lock, border("signing in", NOTHING_SENT):
            found = self._session().get_credentials()
            if found is None:
                raise botocore.exceptions.NoCredentialsError
            frozen = found.get_frozen_credentials()
            hide(frozen.secret_key or "", frozen.token or "")
            return getattr(found, "_expiry_time", None)

    def _new(self, core: botocore.session.Session, service: str, region: str) -> Any:  # noqa: ANN401
        elsewhere = self.account.endpoint_url if not _has_own_address(service, os.environ) else ""
        return core.create_client(service, region_name=region or None, endpoint_url=elsewhere or None)

    def _session(self) -> botocore.session.Session:
        """A session that knows the network and who one is; without asking anybody yet."""
        if self._core is None:
            core = self._plain()
            if self.account.sign_in is SignIn.ACCESS_KEY:
                if self._key is None:
                    raise botocore.exceptions.NoCredentialsError
                core.set_credentials(self._key.key_id, self._key.secret, self._key.token or None)
            elif self.account.sign_in is SignIn.IDENTITY_CENTER:
                door = door_of(self.account, core)
                if door is None:
                    raise botocore.exceptions.SSOTokenLoadError(error_msg="the start address is missing")
                _sign_in_with(core, lambda: role_credentials(self.account, door, self.tokens, core.create_client))
            else:
                _never_ask_on_the_terminal(core, self._ask_code)
            self._core = self._in_role(core) if self.account.role_arn else core
        return self._core

    def _plain(self) -> botocore.session.Session:
        """A session that knows the network alone."""
        profile = self.account.profile if self.account.sign_in is SignIn.PROFILE else None
        core = botocore.session.Session(profile=profile or None)
        self._loader = self._loader or core.get_component("data_loader")
        core.register_component("data_loader", self._loader)  # it keeps the models, which take long to read
        core.set_default_client_config(self.network.config())
        if self.network.ca_file:
            core.set_config_variable("ca_bundle", self.network.ca_file)
        elif configured := core.get_config_variable("ca_bundle"):
            check_certificates(str(configured))
        region = self.account.region or core.get_config_variable("region") or _region_of(self.account.state_machine)
        core.set_config_variable("region", region or FALLBACK_REGION)
        return core

    def _in_role(self, source: botocore.session.Session) -> botocore.session.Session:
        core = self._plain()

        def make(service: str, **how: Any) -> Any:  # noqa: ANN401
            if self.account.endpoint_url and not _has_own_address(service, os.environ):
                how.setdefault("endpoint_url", self.account.endpoint_url)
            return source.create_client(service, **how)

        _sign_in_with(core, lambda: assumed(self.account, source.get_credentials(), make, self._ask_code))
        return core


def _sign_in_with(core: botocore.session.Session, load: Callable[[], Any]) -> None:
    core.register_component("credential_provider", CredentialResolver(providers=[Given(load)]))


def _never_ask_on_the_terminal(core: botocore.session.Session, ask_code: AskCode | None) -> None:
    """A profile with a role and MFA asks by `ask_code`; botocore's default would wait for stdin for ever.

    botocore offers no other way than its private field; a test pins it.
    """
    for provider in core.get_component("credential_provider").providers:
        if isinstance(provider, AssumeRoleProvider):
            provider._prompter = prompter(ask_code)


def _has_own_address(service: str, environ: Mapping[str, str]) -> bool:
    """Whether the environment gives `service` a server of its own; S3's is the account's."""
    named = {"stepfunctions": "SFN"}.get(service, service.upper().replace("-", "_"))
    return service != "s3" and bool(environ.get(f"AWS_ENDPOINT_URL_{named}"))


def _region_of(arn: str) -> str:
    parts = arn.split(":")
    return parts[3] if len(parts) >= _ARN_PARTS else ""
