"""The way to the cloud: certificates, proxy, address of the server, time-outs; and botocore told of it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from botocore.config import Config

from nolcat_desktop import __version__
from nolcat_desktop.accounts import Account, address_problem
from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.problem import NolcatError, Problem

NOTHING_SENT = "Nothing was sent."
CONNECTIONS = 16
"""How many calls may be under way at the same time."""


@dataclass(frozen=True, slots=True)
class Network:
    """How the servers are reached. Empty texts: as the system has it."""

    ca_file: str = ""
    """Certificates that are trusted beside those of the system, as PEM."""
    proxy: str = ""
    endpoint_url: str = ""
    path_style: bool = False
    connect_timeout: float = 10
    """Seconds."""
    read_timeout: float = 30
    """Seconds without a byte."""
    attempts: int = 4
    """How often a call is made, the first one counted, when the service is busy or the network fails."""

    @classmethod
    def of(cls, account: Account) -> Network:
        """What `account` says of it.

        Raises:
            NolcatError: If an address or the file of certificates cannot be used.
        """
        for address in (account.endpoint_url, account.proxy):
            if fault := address_problem(address):
                remedy = "Correct the address in the account's settings; the system's own proxy may have a password."
                raise NolcatError(Problem("This address cannot be used", f"{fault} {NOTHING_SENT}", remedy))
        if account.ca_file:
            check_certificates(account.ca_file)
        return cls(account.ca_file, account.proxy, account.endpoint_url, account.path_style)

    def config(self) -> Config:
        """The same in botocore's words; for every client, those of signing in too.

        Checksums that only AWS understands are left out where another server is named.
        """
        more = {} if not self.endpoint_url else {
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        }  # fmt: skip
        return Config(
            connect_timeout=self.connect_timeout,
            read_timeout=self.read_timeout,
            retries={"mode": "standard", "total_max_attempts": self.attempts},
            max_pool_connections=CONNECTIONS,
            proxies={"http": self.proxy, "https": self.proxy} if self.proxy else None,
            s3={"addressing_style": "path"} if self.path_style else None,
            user_agent_extra=f"nolcat-desktop/{__version__}",
            **more,
        )


def check_certificates(file: str) -> None:
    """See that `file` holds certificates: botocore would fail late, and in other words.

    Raises:
        CloudError: If it holds none.
    """
    try:
        ssl.create_default_context(cafile=file)
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        there = "holds no certificates as text (PEM)" if Path(file).is_file() else "is not there"
        problem = Problem(
            "The certificate file cannot be used",
            f"{file} {there}. {NOTHING_SENT}",
            "Ask IT for the certificate as a .pem or .crt file with “BEGIN CERTIFICATE” in it, and choose it again.",
        )
        raise CloudError(problem, Fault.CERTIFICATE) from error
