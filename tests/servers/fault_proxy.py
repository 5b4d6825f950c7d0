"""Two proxies that do harm on purpose: one to connections, one to requests and their answers.

`TcpProxy` refuses, cuts, stalls, delays and slows down; signatures stay good through it. `HttpProxy` sees every request
and answers some of them itself, or changes the bytes on their way.
"""

from __future__ import annotations

import asyncio
import http.client
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_BLOCK = 65536


@dataclass(slots=True)
class TcpProxy:
    """Passes bytes on until told otherwise; `after` counts the bytes that clients have sent since it was set."""

    port: int = 0
    mode: str = "pass"
    """pass, refuse, reset, close, stall, slow."""
    after: int = 0
    """Bytes from clients before `reset`, `close` and `stall` strike; bytes a second with `slow`."""
    times: int = -1
    """How often it strikes before it passes again; -1 for always."""
    seen: int = 0
    """Bytes that clients sent since `harm`."""
    struck: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def harm(self, mode: str, after: int = 0, times: int = -1) -> None:
        """From now on."""
        self.mode, self.after, self.times, self.seen, self.struck = mode, after, times, 0, 0

    def heal(self) -> None:
        self.harm("pass")

    def _strikes(self) -> bool:
        if self.times == 0 or self.mode in ("pass", "slow") or self.seen < self.after:
            return False
        self.times -= 1
        self.struck += 1
        return True

    async def serve(self, upstream: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mode == "refuse" and self._strikes():
            _reset(writer)
            return
        try:
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", upstream)
        except OSError:
            _reset(writer)
            return
        back = asyncio.ensure_future(self._pump(up_reader, writer, counted=False))
        try:
            with suppress(asyncio.CancelledError):
                await self._pump(reader, up_writer, counted=True, answer=writer)
                await back
        finally:
            back.cancel()
            for one in (writer, up_writer):
                one.close()

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        counted: bool,
        answer: asyncio.StreamWriter | None = None,
    ) -> None:
        with suppress(ConnectionError, OSError):
            while block := await reader.read(_BLOCK):
                if counted:
                    self.seen += len(block)
                    if self.mode == "slow":
                        await asyncio.sleep(len(block) / self.after)
                    if self._strikes():
                        assert answer is not None
                        if await self._strike(answer):
                            return
                writer.write(block)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()

    async def _strike(self, writer: asyncio.StreamWriter) -> bool:
        if self.mode in ("reset", "refuse"):
            _reset(writer)
        elif self.mode == "close":
            writer.close()
        else:
            while self.mode == "stall":  # until it is healed
                await asyncio.sleep(0.05)
            _reset(writer)
        return True


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST."""
    sock = writer.get_extra_info("socket")
    with suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@contextmanager
def tcp_proxy(upstream: int) -> Iterator[TcpProxy]:
    """A proxy to `upstream`, a port of this machine."""
    proxy, ready, end = TcpProxy(), threading.Event(), threading.Event()

    async def main() -> None:
        server = await asyncio.start_server(lambda r, w: proxy.serve(upstream, r, w), "127.0.0.1", 0)
        proxy.port = server.sockets[0].getsockname()[1]
        ready.set()
        while not end.is_set():
            await asyncio.sleep(0.05)
        server.close()
        while busy := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in busy:
                task.cancel()
            await asyncio.wait(busy, timeout=1)

    thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield proxy
    finally:
        proxy.heal()
        end.set()
        thread.join(10)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks."""

    method: str
    path: str
    """With the query."""
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered instead of the server."""

    status: int
    code: str = ""
    """Code of an S3 error."""
    message: str = "planted by the test"

    def text(self) -> bytes:
        return f"<?xml version='1.0'?><Error><Code>{self.code}</Code><Message>{self.message}</Message></Error>".encode()


Harm = Callable[[Request], Answer | bytes | None]
"""Given a request: an answer instead of the server's, other bytes to be passed on as its body, or None."""


@dataclass(slots=True)
class HttpProxy:
    """Passes requests on until `harm` says otherwise."""

    port: int = 0
    harm: Harm | None = None
    after: Callable[[Request], None] | None = None
    """Called when the server has answered, before the client hears of it; may raise `ConnectionError` to lose it."""
    asked: list[Request] = field(default_factory=list)
    """Every request, without its body."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def calls(self, method: str, part: str = "") -> int:
        """How often `method` was asked of an address with `part` in it."""
        return sum(one.method == method and part in one.path for one in self.asked)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: HttpProxy
    upstream: str

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Request(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        self.proxy.asked.append(Request(asked.method, asked.path, asked.headers, b""))
        said = self.proxy.harm(asked) if self.proxy.harm else None
        if isinstance(said, Answer):
            self._answer(said.status, [("Content-Type", "application/xml")], said.text())
            return
        try:
            status, headers, content = self._pass(said if isinstance(said, bytes) else body)
            if self.proxy.after is not None:
                self.proxy.after(asked)
        except OSError:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._answer(status, headers, content)

    def _pass(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(self.upstream, timeout=60)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in ("connection", "expect"):
                    connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        lengths = [value for name, value in headers if name.lower() == "content-length"]
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        length = lengths[0] if self.command == "HEAD" and lengths else str(len(content))
        self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _serve  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that was cut off is no news."""


@contextmanager
def http_proxy(upstream: str) -> Iterator[HttpProxy]:
    """A proxy to `upstream`, an address such as `http://127.0.0.1:8333`."""
    proxy = HttpProxy()
    handler = type("Handler", (_Handler,), {"proxy": proxy, "upstream": urlsplit(upstream).netloc})
    server = _Server(("127.0.0.1", 0), handler)
    proxy.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
