"""Every fault that sending meets, as rows: what is planted, and what came of it. The tests judge by them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.workflow.sending import Wanted
from tests.servers.fault_proxy import Answer, Request, http_proxy, tcp_proxy
from tests.servers.seaweed import READER, STRANGER, WRITER, Key
from tests.sync.desk import Desk, add, library

LARGE = 18 * 1024 * 1024
"""Bytes of the one file that goes in parts: three of them."""
SMALL = 64 * 1024
"""Bytes of a file that goes at once."""
AT_ONCE = frozenset({
    "refused", "reset at 0 %", "500", "503 SlowDown", "clock skew", "unknown key", "wrong secret", "reader's key",
    "may not list", "may not look", "may not write", "may not ask for versions", "may not list leftovers",
    "answer to a file lost", "answer to the manifest lost",
})  # fmt: skip
"""Faults that have nothing to do with parts."""
WANTED = Wanted(with_originals=True)


@dataclass(frozen=True, slots=True)
class Way:
    """How the bucket is reached while the fault holds."""

    url: str
    key: Key = WRITER


Plant = Callable[[Desk, Library], AbstractContextManager[Way]]


@dataclass(frozen=True, slots=True)
class Met:
    """What came of a fault."""

    seen: str
    """Title of the problem, or what was told."""
    lying: int
    """Files in the bucket; each is whole and equal to the one here."""
    leftovers: int
    """Unfinished uploads."""
    manifest: bool
    """Whether a complete set was named."""
    sent_again: int
    """Bytes that the next run sent."""


def filled(desk: Desk, size: int = LARGE) -> Library:
    """A library of two parts and an original, which unless it is small is sent in three parts."""
    held = library(desk.folder / "one")
    add(held, {"2024-01": 5})
    add(held, {"2024-02": 6}, name="pr", report_type="PR")
    content = random.Random(7).randbytes(size)
    (held.layout.originals / hashlib.sha256(content).hexdigest()).write_bytes(content)
    return held


def meet(desk: Desk, plant: Plant, patience: float = 0.0, size: int = LARGE) -> Met:
    """Send while the fault holds, look at what lies there, and send again without it.

    Raises:
        AssertionError: If anything there is torn or foreign, a set is named that is not whole, or the next run does
            not complete it.
    """
    held = filled(desk, size)
    seen, complete = "sent", False
    with plant(desk, held) as way:
        try:
            sent = desk.send(held, WANTED, url=way.url, key=way.key, patience=patience)
            complete = sent.complete
            seen = "sent" if sent.problem is None else sent.problem.title
        except NolcatError as error:
            seen = error.problem.title
    lying = whole(desk, held)
    manifests = desk.manifests()
    assert bool(manifests) == complete
    leftovers = len(desk.store().unfinished())
    with http_proxy(desk.server.url) as proxy:
        again = desk.send(held, WANTED, url=proxy.url, patience=5)
        size = sum(int(one.headers.get("content-length", 0)) for one in proxy.asked if one.method == "PUT")
    assert again.complete, again.problem
    assert whole(desk, held) == len(again.view.plan.items)
    assert desk.store().unfinished() == ()
    return Met(seen, lying, leftovers, complete, size)


def whole(desk: Desk, held: Library) -> int:
    """How many files lie there; each must be the one that lies here."""
    store, count = desk.store(), 0
    for folder in ("TR", "PR", "originals"):
        for one in store.listing(folder):
            path = str(store.location.path(one.key))
            assert store.read(one.key) == held.layout.at(path).read_bytes(), f"{one.key} is not the file here"
            count += 1
    return count + (store.look("nolcat/statistics_sources.csv") is not None)


def tcp(mode: str, after: int = 0, times: int = -1) -> Plant:
    @contextmanager
    def plant(desk: Desk, _: Library) -> Iterator[Way]:
        with tcp_proxy(desk.server.port) as proxy:
            proxy.harm(mode, after, times)
            yield Way(proxy.url)

    return plant


def answers(answer: Answer, method: str = "PUT", part: str = "", times: int = -1) -> Plant:
    """The server's answers to requests of a method, with a text in their address, are replaced."""

    @contextmanager
    def plant(desk: Desk, _: Library) -> Iterator[Way]:
        left = times

        def harm(asked: Request) -> Answer | None:
            nonlocal left
            if asked.method != method or part not in asked.path or left == 0:
                return None
            left -= 1
            return answer

        with http_proxy(desk.server.url) as proxy:
            proxy.harm = harm
            yield Way(proxy.url)

    return plant


def loses_answer(method: str, part: str) -> Plant:
    """The server does what it was asked, and its first answer does not arrive."""

    @contextmanager
    def plant(desk: Desk, _: Library) -> Iterator[Way]:
        lost = False

        def after(asked: Request) -> None:
            nonlocal lost
            if asked.method == method and part in asked.path and not lost:
                lost = True
                raise ConnectionError

        with http_proxy(desk.server.url) as proxy:
            proxy.after = after
            yield Way(proxy.url)

    return plant


@contextmanager
def changes_bytes(desk: Desk, _: Library) -> Iterator[Way]:
    with http_proxy(desk.server.url) as proxy:
        proxy.harm = lambda asked: b"X" + asked.body[1:] if asked.method == "PUT" and asked.body else None
        yield Way(proxy.url)


def signs_as(key: Key) -> Plant:
    @contextmanager
    def plant(desk: Desk, _: Library) -> Iterator[Way]:
        yield Way(desk.server.url, key)

    return plant


DENIED = Answer(403, "AccessDenied")
NETWORK = "The connection is gone"
BUSY = "The service is busy or out of order"
FAULTS: dict[str, tuple[Plant, str]] = {
    "refused": (tcp("refuse"), NETWORK),
    "reset at 0 %": (tcp("reset"), NETWORK),
    "reset at 50 %": (tcp("reset", LARGE // 2), NETWORK),
    "reset at 99 %": (tcp("reset", LARGE + 50_000), NETWORK),
    "closed at 50 %": (tcp("close", LARGE // 2), NETWORK),
    "stall at 50 %": (tcp("stall", LARGE // 2), NETWORK),
    "500": (answers(Answer(500, "InternalError")), BUSY),
    "503 SlowDown": (answers(Answer(503, "SlowDown")), BUSY),
    "bytes changed on the way": (changes_bytes, "What arrived is not what was sent"),
    "expired sign-in": (answers(Answer(400, "ExpiredToken"), part="partNumber=2"), "The sign-in has run out"),
    "clock skew": (answers(Answer(403, "RequestTimeTooSkewed")), "This computer's clock is wrong"),
    "unknown key": (signs_as(STRANGER), "The key is not known there"),
    "wrong secret": (signs_as(Key(WRITER.key_id, "wrong")), "The secret does not belong to the key"),
    "reader's key": (signs_as(READER), "This is not allowed"),
    "may not list": (answers(DENIED, "GET", "list-type=2"), "This is not allowed"),
    "may not look": (answers(DENIED, "HEAD"), "This is not allowed"),
    "may not write": (answers(DENIED, "PUT", "/TR/"), "This is not allowed"),
    "may not begin parts": (answers(DENIED, "POST", "uploads"), "This is not allowed"),
    "may not send parts": (answers(DENIED, "PUT", "partNumber"), "This is not allowed"),
    "may not complete parts": (answers(DENIED, "POST", "uploadId"), "This is not allowed"),
    "may not list parts": (answers(DENIED, "GET", "uploadId"), "sent"),
    "may not ask for versions": (answers(DENIED, "GET", "versioning"), "sent"),
    "may not list leftovers": (answers(DENIED, "GET", "?uploads"), "sent"),
    "answer to a file lost": (loses_answer("PUT", "/TR/"), NETWORK),
    "answer to the last of the parts lost": (loses_answer("POST", "uploadId"), NETWORK),
    "answer to the manifest lost": (loses_answer("PUT", "/manifests/"), NETWORK),
    "someone ended the upload": (answers(Answer(404, "NoSuchUpload"), "PUT", "partNumber=2", 1), "sent"),
    "two wrote at the same moment": (answers(Answer(409, "ConditionalRequestConflict"), "POST", "uploadId", 1), "sent"),
}
"""What is planted, and the title that the user reads while there is no patience."""
