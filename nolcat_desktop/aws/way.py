"""The way to a server, step by step: its name, the secure connection. Nothing is sent but a greeting."""

from __future__ import annotations

import socket
import ssl
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from threading import Thread
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from nolcat_desktop.aws.certificate import issuer_of
from nolcat_desktop.aws.network import Network
from nolcat_desktop.progress import Progress

T = TypeVar("T")
SECONDS = 15.0
"""For each step."""
_PAUSE = 0.1
_MANY = 65_536


@dataclass(frozen=True, slots=True)
class Server:
    """Where to, and through which proxy."""

    scheme: str
    host: str
    port: int
    proxy: str = ""
    """Address of the proxy that leads there; empty if there is none."""

    @property
    def is_secure(self) -> bool:
        """Whether the address is https."""
        return self.scheme == "https"

    @property
    def first(self) -> tuple[str, int]:
        """The name and port that are called first: the proxy's, or the server's own."""
        if not self.proxy:
            return self.host, self.port
        parts = urlsplit(self.proxy)
        return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def server_at(address: str, network: Network) -> Server:
    """The server at `address`, reached as botocore does: by the account's proxy, or by the system's."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    proxy = network.proxy
    if not proxy and not urllib.request.proxy_bypass(host):
        proxy = urllib.request.getproxies().get(parts.scheme, "")
    return Server(parts.scheme, host, port, proxy if "//" in proxy or not proxy else f"http://{proxy}")


def find(server: Server, progress: Progress) -> str:
    """The address that the name leads to.

    Raises:
        OSError: If it leads nowhere.
        TimeoutError: If nobody answers.
        Cancelled: If the user asked to stop.
    """
    found = patiently(lambda: socket.getaddrinfo(*server.first, type=socket.SOCK_STREAM), progress)
    return str(found[0][4][0])


def greet(server: Server, ca_file: str, progress: Progress) -> str:
    """Make a secure connection and close it again; who issued the server's certificate.

    Raises:
        ssl.SSLError: If the connection is not secure.
        OSError: If there is none.
        Cancelled: If the user asked to stop.
    """

    def shake_hands() -> str:
        context = ssl.create_default_context()
        if ca_file:
            context.load_verify_locations(ca_file)
        with closing(_connected(server)) as plain:
            # The handshake on its own: one that fails while wrapping leaves the socket open.
            late = context.wrap_socket(plain, server_hostname=server.host, do_handshake_on_connect=False)
            with late as secure:
                secure.do_handshake()
                return issuer_of(secure.getpeercert(binary_form=True) or b"")

    return patiently(shake_hands, progress)


def untrusted_issuer(server: Server, progress: Progress) -> str:
    """Who issued a certificate that was refused, to be named in the message; empty if that cannot be found out.

    The certificate is fetched without trust in it; nothing is sent, and the connection is closed at once.
    """
    if server.proxy:
        return ""
    try:
        text = patiently(lambda: ssl.get_server_certificate((server.host, server.port), timeout=SECONDS), progress)
        return issuer_of(ssl.PEM_cert_to_DER_cert(text))
    except (OSError, ValueError):
        return ""


def patiently(work: Callable[[], T], progress: Progress, seconds: float = SECONDS) -> T:
    """What `work` returns or raises, from a thread of its own, so that stopping and the deadline need not wait for it.

    Raises:
        TimeoutError: If the deadline passed; the work is left to itself.
        Cancelled: If the user asked to stop.
    """
    values: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            values.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that asked
            errors.append(error)

    thread = Thread(target=run, name="way", daemon=True)
    thread.start()
    for _ in range(round(seconds / _PAUSE)):
        thread.join(_PAUSE)
        progress.check()
        if not thread.is_alive():
            break
    if errors:
        raise errors[0]
    if not values:
        raise TimeoutError("no answer in time")
    return values[0]


def _connected(server: Server) -> socket.socket:
    """A connection to the server, through its proxy if it has one."""
    plain = socket.create_connection(server.first, timeout=SECONDS)
    try:
        if server.proxy:
            _ask_proxy(plain, server)
    except BaseException:
        plain.close()
        raise
    return plain


def _ask_proxy(plain: socket.socket, server: Server) -> None:
    target = f"{server.host}:{server.port}"
    plain.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{_who(server.proxy)}\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer and len(answer) < _MANY:
        more = plain.recv(4096)
        if not more:
            break
        answer += more
    status = answer.split(b"\r\n", 1)[0].split(b" ")
    if len(status) < 2 or status[1] != b"200":  # noqa: PLR2004 - protocol, status, reason
        said = b" ".join(status[1:]).decode("latin-1") or "nothing"
        raise ConnectionRefusedError(f"the proxy answered: {said}")


def _who(proxy: str) -> str:
    """The header that names who asks, where the system's proxy wants a name and a password."""
    parts = urlsplit(proxy)
    if not parts.username:
        return ""
    said = b64encode(f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()).decode()
    return f"Proxy-Authorization: Basic {said}\r\n"
