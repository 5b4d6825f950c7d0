"""Two workstations, a file that changes, a wish to stop, a process that is killed: what lies there stays whole."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from nolcat_desktop.dataset import Library
from nolcat_desktop.objects import Manifest
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.sync.chain import Link, tips
from nolcat_desktop.sync.plan import Action
from nolcat_desktop.workflow.sending import Sent, Wanted
from tests.cli.running import COMMAND, answered, environment
from tests.servers.fault_proxy import Answer, HttpProxy, Request, http_proxy, tcp_proxy
from tests.servers.seaweed import WRITER
from tests.sync.desk import PREFIX, Desk, add, bytes_of, key, library
from tests.sync.faults import filled, whole

ORIGINALS = Wanted(with_originals=True)
LOST = Answer(503, "SlowDown")
"""To a process that is no more."""


def newest(desk: Desk) -> Manifest:
    """The one tip."""
    found = desk.manifests()
    (only,) = tips(Link(name, one.previous, one.merges) for name, one in found.items())
    return found[only]


def lies_there(desk: Desk, manifest: Manifest) -> None:
    """Everything that it names is there, byte for byte."""
    store = desk.store()
    for entry in manifest.objects:
        content = store.read(entry.key, entry.version_id)
        assert hashlib.sha256(content).hexdigest() == entry.sha256


def test_that_two_workstations_at_once_end_in_one_set_of_both(desk: Desk) -> None:
    one, other = library(desk.folder / "one"), library(desk.folder / "other")
    parts = [add(one, {"2024-01": 5}, source=1), add(other, {"2024-01": 6}, source=2, name="b")]
    sent: dict[str, Sent] = {}
    both = threading.Barrier(2)

    def work(held: Library, name: str) -> None:
        both.wait()
        sent[name] = desk.send(held, writer=name)

    threads = [threading.Thread(target=work, args=(held, name)) for held, name in ((one, "ana"), (other, "bo"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {one.complete for one in sent.values()} == {True}
    lies_there(desk, newest(desk))
    assert {key(part) for part in parts} <= {entry.key for entry in newest(desk).objects}


def test_that_a_set_written_in_between_is_merged(desk: Desk) -> None:
    """Another workstation writes its manifest while ours is on its way: both follow the same one."""
    one, other = library(desk.folder / "one"), library(desk.folder / "other")
    parts = [add(one, {"2024-01": 5}, source=1), add(other, {"2024-01": 6}, source=2, name="b")]
    begun = False

    def meanwhile(asked: Request) -> None:
        nonlocal begun
        if asked.method == "PUT" and "/manifests/" in asked.path and not begun:
            begun = True
            desk.send(other, writer="bo")

    with http_proxy(desk.server.url) as proxy:
        proxy.harm = meanwhile
        sent = desk.send(one, url=proxy.url)
    assert begun
    assert sent.complete
    assert sent.manifest == newest(desk)
    assert len(newest(desk).merges) == 1
    assert {key(part) for part in parts} <= {entry.key for entry in newest(desk).objects}
    lies_there(desk, newest(desk))
    assert desk.send(other).manifest == newest(desk)


def test_that_a_file_written_there_in_between_is_a_conflict(desk: Desk) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5})
    theirs = b"something else"
    done = False

    def meanwhile(asked: Request) -> None:
        nonlocal done
        if asked.method == "PUT" and part in asked.path and not done:
            done = True
            desk.store(writer="bo").put(key(part), theirs, hashlib.sha256(theirs).hexdigest(), {}, None)

    with http_proxy(desk.server.url) as proxy:
        proxy.harm = meanwhile
        sent = desk.send(held, url=proxy.url)
    assert [item.key for item in sent.items if item.action is Action.CONFLICT] == [key(part)]
    assert not sent.complete
    assert desk.store().read(key(part)) == theirs
    assert desk.manifests() == {}


@pytest.mark.parametrize("large", [False, True])
def test_that_a_file_that_changes_while_it_is_sent_is_sent_again(desk: Desk, large: bool) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5})
    if large:
        frame = held.scan().collect()
        texts = random.Random(3)
        rows = [texts.randbytes(4000).hex() for _ in range(3000)]
        import polars as pl

        big = pl.concat([frame.head(1)] * len(rows)).with_columns(resource_name=pl.Series(rows))
        part = add(held, {}, name="big", frame=big)
        assert held.layout.at(part).stat().st_size > 8 * 1024 * 1024
    done = False

    def meanwhile(asked: Request) -> None:
        nonlocal done
        if asked.method == "PUT" and part in asked.path and not done:
            done = True
            add(held, {"2024-01": 9}, name="corrected")

    with http_proxy(desk.server.url) as proxy:
        proxy.harm = meanwhile
        sent = desk.send(held, url=proxy.url)
    assert done
    assert sent.complete
    assert desk.store().read(key(part)) == bytes_of(held, part)
    lies_there(desk, newest(desk))


def test_that_a_wish_to_stop_is_heard_within_two_seconds(desk: Desk) -> None:
    """The network stands still in the middle of a large file."""
    held = filled(desk)
    progress = Progress()
    with tcp_proxy(desk.server.port) as proxy:
        proxy.harm("stall", 9_000_000)
        found: list[float] = []

        def stop() -> None:
            end = time.monotonic() + 30
            while not proxy.struck and time.monotonic() < end:
                time.sleep(0.01)
            found.append(time.monotonic())
            progress.cancel()

        stopper = threading.Thread(target=stop)
        stopper.start()
        with pytest.raises(Cancelled):
            desk.send(held, ORIGINALS, url=proxy.url, progress=progress)
        heard = time.monotonic() - found[0]
        stopper.join()
    assert heard < 2
    assert desk.manifests() == {}
    whole(desk, held)
    assert desk.send(held, ORIGINALS).complete
    assert desk.store().unfinished() == ()


def test_that_a_stop_on_a_sound_network_leaves_no_unfinished_upload(desk: Desk) -> None:
    held = filled(desk)
    progress = Progress()
    seen: list[str] = []

    def harm(asked: Request) -> None:
        if "partNumber=2" in asked.path:
            seen.append(asked.path)
            progress.cancel()

    with http_proxy(desk.server.url) as proxy:
        proxy.harm = harm
        with pytest.raises(Cancelled):
            desk.send(held, ORIGINALS, url=proxy.url, progress=progress, hands=1)
    assert seen
    end = time.monotonic() + 20
    while desk.store().unfinished() and time.monotonic() < end:
        time.sleep(0.05)
    assert desk.store().unfinished() == ()


def words(desk: Desk, held: Library, url: str) -> list[str]:
    place = ["--bucket", desk.bucket, "--prefix", PREFIX, "--endpoint-url", url]
    return ["sync", "--library", str(held.layout.folder), "--with-originals", *place]


WRITES = 11
"""Requests that write when `filled` is sent: five files, one in three parts with its begin and end, the manifest."""
DEATHS = [(number, arrives) for number in range(1, WRITES + 1) for arrives in (True, False)]


def die(desk: Desk, held: Library, proxy: HttpProxy, number: int, arrives: bool) -> int:
    """A sync that is killed while it asks for its write `number`; what its process answers."""
    env = environment(**desk.server.environment(WRITER))
    lock, begun, left = threading.Lock(), threading.Event(), number

    def harm(asked: Request) -> Answer | None:
        nonlocal left
        if asked.method not in ("PUT", "POST"):
            return None
        assert begun.wait(60)
        with lock:
            left -= 1
            if left == 0:
                process.kill()
            return None if left > 0 or (left == 0 and arrives) else LOST

    proxy.harm = harm
    process = subprocess.Popen(
        [*COMMAND, *words(desk, held, proxy.url)], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    begun.set()
    answer = process.wait(timeout=60)
    proxy.harm = None
    return answer


@pytest.mark.kill
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("deaths", [2, pytest.param(len(DEATHS), marks=pytest.mark.exhaustive)])
def test_that_a_killed_sync_leaves_nothing_torn_and_the_next_completes_it(
    desk: Desk, deaths: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed while it asks for its first to its last write, which arrives all the same or is lost on the way."""
    for name, value in desk.server.environment(WRITER).items():
        monkeypatch.setenv(name, value)
    for number, arrives in random.Random(time.time_ns()).sample(DEATHS, deaths):
        own = Desk(desk.server, desk.server.new_bucket(), desk.folder / f"{number}-{arrives}")
        held = filled(own)
        with http_proxy(desk.server.url) as proxy:
            assert die(own, held, proxy, number, arrives) == -signal.SIGKILL, (number, arrives)
            whole(own, held)
            for manifest in own.manifests().values():
                lies_there(own, manifest)
            ran = answered(*words(own, held, proxy.url), "--json")
        assert ran.code == 0, ran.err
        assert ran.lines[-1]["complete"] is True
        lies_there(own, newest(own))
        assert own.store().unfinished() == ()
        assert held.verify() == []
