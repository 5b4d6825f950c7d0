"""A server behind TLS with a certificate of an authority made for the test, in front of any other server."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

AUTHORITY = "Riverside Web Filter CA"


@dataclass(frozen=True, slots=True)
class Secure:
    """The server that listens."""

    port: int
    ca_file: Path
    """The authority's certificate, which nobody else trusts."""

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"


def _name(text: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test"), x509.NameAttribute(NameOID.COMMON_NAME, text)]
    )


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def make_certificates(folder: Path, days: int = 30, host: str = "127.0.0.1") -> tuple[Path, Path]:
    """The authority's certificate, and the server's with its key; `days` below 0: run out."""
    now = datetime.now(UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]

    def builder(subject: str, key: ec.EllipticCurvePrivateKey, ends: int) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name(AUTHORITY))
        made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
        return made.not_valid_before(now - timedelta(days=60)).not_valid_after(now + timedelta(days=ends))

    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    authority = (
        builder(AUTHORITY, keys[0], 90)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(keys[0], hashes.SHA256())
    )
    names = x509.SubjectAlternativeName([_named(host)])
    server = builder("server", keys[1], days).add_extension(names, critical=False).sign(keys[0], hashes.SHA256())
    ca, pem = folder / "authority.pem", folder / "server.pem"
    ca.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(keys[1].private_bytes(*plain) + server.public_bytes(serialization.Encoding.PEM))
    return ca, pem


@contextmanager
def secured(folder: Path, target: int, days: int = 30, host: str = "127.0.0.1") -> Iterator[Secure]:
    """Listen with TLS, and hand everything on to port `target` of this machine."""
    ca, pem = make_certificates(folder, days, host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def accept() -> None:
        while not stopped.is_set():
            try:
                taken, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_serve, args=(context, taken, target), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield Secure(listener.getsockname()[1], ca)
    finally:
        stopped.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def _serve(context: ssl.SSLContext, taken: socket.socket, target: int) -> None:
    with taken, suppress(OSError):
        taken.settimeout(30)
        # The handshake on its own: one that fails while wrapping leaves the socket open.
        with context.wrap_socket(taken, server_side=True, do_handshake_on_connect=False) as secure:
            secure.do_handshake()
            with socket.create_connection(("127.0.0.1", target), timeout=30) as behind:
                back = threading.Thread(target=_pump, args=(behind, secure), daemon=True)
                back.start()
                _pump(secure, behind)
                back.join(30)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_RDWR)
