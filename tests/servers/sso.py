"""A stand-in for IAM Identity Center: the calls of `sso-oidc` and `sso` that signing in needs. None is to be had.

It keeps to what botocore's models say of the calls (REST, JSON) and to RFC 8628 for the codes: pending until somebody
allows it, “slow down” when told to be strict, expired, refused.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

CLIENT_SECRET = "client-secret-planted-0001"  # noqa: S105 - planted
DEVICE_CODE = "device-code-planted-0001"
ACCESS = "access-token-planted-{}"
REFRESH = "refresh-token-planted-{}"
KEY_SECRET = "RoleSecretPlanted0123456789abcdefghijKLM"  # noqa: S105 - planted
SESSION_TOKEN = "session-token-planted-0001"  # noqa: S105 - planted


@dataclass
class Door:
    """What it does next, and what it was asked."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    """To each question whether the code was entered: an error of botocore's model, or `""` for yes; then yes."""
    expires_in: int = 3600
    refuses_renewal: bool = False
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    tokens: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self, ending: str) -> list[dict[str, Any]]:
        """The bodies of the questions to a path."""
        return [body for path, body in self.asked if path.endswith(ending)]

    def answer(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body; an error is {"error": name of botocore's model}."""
        self.asked.append((path, body))
        if path == "/token":
            return self._token(body)
        if path == "/federation/credentials":
            return self._credentials()
        page = f"{self.url}/device"
        fixed: dict[str, dict[str, Any]] = {
            "/client/register": {
                "clientId": "client-1", "clientSecret": CLIENT_SECRET,
                "clientSecretExpiresAt": int(time.time()) + 90 * 86_400,
            },
            "/device_authorization": {
                "deviceCode": DEVICE_CODE, "userCode": "ABCD-EFGH", "verificationUri": page,
                "verificationUriComplete": f"{page}?user_code=ABCD-EFGH", "expiresIn": 600, "interval": 1,
            },
            "/assignment/accounts": {"accountList": [{"accountId": "123456789012", "accountName": "Riverside"}]},
            "/assignment/roles": {"roleList": [{"roleName": "NoLCAT-Sender"}, {"roleName": "NoLCAT-Reader"}]},
        }  # fmt: skip
        return (200, fixed[path]) if path in fixed else (404, {"error": "ResourceNotFoundException"})

    def _token(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if body["grantType"] == "refresh_token" and self.refuses_renewal:
            return 400, {"error": "InvalidGrantException"}
        if body["grantType"] != "refresh_token" and self.answers and (error := self.answers.pop(0)):
            return 400 if "Exception" in error else int(error), {"error": error}
        self.tokens += 1
        return 200, {
            "accessToken": ACCESS.format(self.tokens), "refreshToken": REFRESH.format(self.tokens),
            "expiresIn": self.expires_in, "tokenType": "Bearer",
        }  # fmt: skip

    def _credentials(self) -> tuple[int, dict[str, Any]]:
        held = self.asked[-1][1].get("token", "")
        if held != ACCESS.format(self.tokens):
            return 401, {"error": "UnauthorizedException"}
        ends = int((time.time() + 3600) * 1000)
        key = {"accessKeyId": "ASIAPLANTED000000001", "secretAccessKey": KEY_SECRET, "sessionToken": SESSION_TOKEN}
        return 200, {"roleCredentials": {**key, "expiration": ends}}


class _Handler(BaseHTTPRequestHandler):
    door: Door
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self._say(*self.door.answer(self.path, json.loads(self.rfile.read(length) or b"{}")))

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        asked["token"] = self.headers.get("x-amz-sso_bearer_token", "")
        self._say(*self.door.answer(parts.path, asked))

    def _say(self, status: int, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        if "error" in body:
            self.send_header("x-amzn-ErrorType", body["error"])
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Keep silent."""


@contextmanager
def sso() -> Iterator[Door]:
    """Start a door, and close it."""
    door = Door()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"door": door}))
    door.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield door
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
