"""The first steps of Check connection: the server's name, the secure connection, the clock."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from botocore.exceptions import ClientError

from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.network import NOTHING_SENT
from nolcat_desktop.aws.way import Server, find, greet, server_at, untrusted_issuer
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress

TOLERATED = 5 * 60
"""Seconds that AWS forgives everywhere (S3 forgives 15 minutes, most others 5)."""
_NETWORK = (
    "Look whether the network is there, and whether it needs a proxy (in the account's settings); then try again."
)
_CERTIFICATE = (
    "Ask IT for the certificate file, then choose it in the account's settings; the check is never switched off."
)
_EXPIRED, _OTHER_NAME = 10, (62, 64)
"""What OpenSSL calls a certificate that has run out, and one for another name or number."""


def server_of(clients: Clients) -> Server:
    """Where the bucket's calls go.

    Raises:
        CloudError: If the settings lead nowhere.
    """
    with closing(clients.make("s3", endpoint_url=clients.account.endpoint_url or None)) as client:
        return server_at(client.meta.endpoint_url, clients.network)


def found(server: Server, progress: Progress) -> str:
    """Find the server's name; its address.

    Raises:
        CloudError: If it leads nowhere.
    """
    try:
        address = find(server, progress)
    except (OSError, UnicodeError) as error:
        name = server.first[0]
        meaning = f"{name} was not found on the network ({error}). {NOTHING_SENT}"
        raise CloudError(Problem("The server was not found", meaning, _NETWORK), Fault.NETWORK) from error
    return f"by the proxy {server.first[0]}" if server.proxy else f"{server.host} is at {address}"


def secure(server: Server, ca_file: str, progress: Progress) -> str:
    """Make a secure connection; by whom the certificate is.

    Raises:
        CloudError: If there is no connection, or its certificate is not trusted.
    """
    try:
        issuer = greet(server, ca_file, progress)
    except ssl.SSLCertVerificationError as error:
        raise CloudError(_untrusted(error, server, progress), Fault.CERTIFICATE, "SSLError") from error
    except ssl.SSLError as error:
        meaning = f"{server.host}:{server.port} does not speak TLS as it should. {NOTHING_SENT}"
        remedy = "Look at the address of the server and its port."
        problem = Problem("There is no secure connection", meaning, remedy, details=str(error.reason or error))
        raise CloudError(problem, Fault.CERTIFICATE, "SSLError") from error
    except OSError as error:
        meaning = f"{server.first[0]}:{server.first[1]} does not answer ({error.strerror or error}). {NOTHING_SENT}"
        raise CloudError(Problem("The server does not answer", meaning, _NETWORK), Fault.NETWORK) from error
    return f"certificate by “{issuer}”" if issuer else "certificate trusted"


def _untrusted(error: ssl.SSLCertVerificationError, server: Server, progress: Progress) -> Problem:
    where = server.host
    issuer = untrusted_issuer(server, progress)
    by = f", certificate by “{issuer}”" if issuer else ""
    match getattr(error, "verify_code", 0):
        case code if code == _EXPIRED:
            title, remedy = "The server's certificate has run out", "Look at this computer's date; then tell IT."
        case code if code in _OTHER_NAME:
            title = "The server's certificate is for another name"
            remedy = "Look at the address of the server; if it is right, tell IT."
        case _:
            title, remedy = "Your network looks into secure connections", _CERTIFICATE
            if not where.endswith((".amazonaws.com", ".amazonaws.com.cn")):
                title = "The server's certificate is not known on this computer"
    said = getattr(error, "verify_message", "") or str(error)
    return Problem(title, f"{where}{by}. {NOTHING_SENT}", remedy, details=said)


def clock(clients: Clients) -> str:
    """Compare this computer's clock with the server's; empty if the server does not tell the time.

    Raises:
        CloudError: If it is wrong by more than AWS forgives, or the server does not answer.
    """
    with (
        closing(clients.make("s3", endpoint_url=clients.account.endpoint_url or None)) as client,
        border("asking the server for the time", NOTHING_SENT),
    ):
        try:
            answer = client.head_bucket(Bucket=clients.account.bucket)
        except ClientError as error:
            answer = error.response  # who asks as nobody is refused, and told the time
    told = _date(answer)
    if told is None:
        return ""
    behind = (told - datetime.now(UTC)).total_seconds()
    if abs(behind) > TOLERATED:
        raise CloudError(clock_problem(behind), Fault.CLOCK, "RequestTimeTooSkewed")
    return "right" if abs(behind) < 1 else f"right within {abs(behind):.0f} s"


def clock_problem(behind: float) -> Problem:
    """This computer is `behind` by so many seconds; below 0 it is ahead."""
    minutes = round(abs(behind) / 60)
    off = f"{minutes:,} min {'behind' if behind > 0 else 'ahead'}"
    meaning = f"{off}. {NOTHING_SENT[:-1]}: AWS refuses requests with a wrong time."
    return Problem(
        "This computer's clock is wrong", meaning, "Set the time (Windows: Settings › Time › Sync now), then try again."
    )


def _date(answer: Mapping[str, Any]) -> datetime | None:
    said = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date", "")
    try:
        return parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return None
