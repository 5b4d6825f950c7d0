"""A start asks nothing of the network: every system call, and every call of Python, is watched."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.screen.desk import Desk, running

pytestmark = pytest.mark.screen

OUTWARD = re.compile(r"sa_family=AF_INET6?\b")
CALLS = "connect,sendto,sendmsg,sendmmsg"
WATCHED = """\
import runpy, sys
def watch(event, words):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        if not (event == "socket.connect" and isinstance(words[1], (str, bytes))):
            print("NETWORK", event, words[1:], file=sys.stderr, flush=True)
sys.addaudithook(watch)
sys.argv = ["nolcat-desktop", *sys.argv[1:]]
runpy.run_module("nolcat_desktop", run_name="__main__", alter_sys=False)
"""


def watching(file: Path) -> list[str]:
    """The words before a command that write its calls to the network into `file`."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("not installed: strace")
    return [strace, "-f", "--seccomp-bpf", "-qq", "-o", str(file), "-e", f"trace={CALLS}"]


def test_that_the_system_is_asked_for_no_connection(desk: Desk, home: Path, tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    with running(desk, home, before=watching(calls)) as program:
        program.wait_for_window("My library")
        for keys in ("ctrl+2", "ctrl+3"):
            program.press_and_see(keys)
        program.press("ctrl+q")
        assert program.exit_code() == 0
    seen = calls.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("AF_UNIX" in line for line in seen)  # the screen is reached so: what is watched is the program
    assert [line for line in seen if OUTWARD.search(line)] == []


def test_that_making_the_sample_and_going_to_every_place_asks_for_no_connection(
    desk: Desk, home: Path, tmp_path: Path
) -> None:
    calls = tmp_path / "calls"
    with running(desk, home, "--sample", before=watching(calls)) as program:
        program.wait_for_window("Sample library")
        for place in range(2, 7):
            program.press_and_see(f"ctrl+{place}")
        program.press("ctrl+q")
        assert program.exit_code() == 0
    seen = calls.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("AF_UNIX" in line for line in seen)
    assert [line for line in seen if OUTWARD.search(line)] == []


def test_that_the_watching_sees_a_connection(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # taken and not listened on: whoever connects is refused
        port = free.getsockname()[1]
        asks = f"import socket; socket.socket().connect_ex(('127.0.0.1', {port}))"
        subprocess.run([*watching(tmp_path / "calls"), sys.executable, "-c", asks], check=True, timeout=30)
    assert OUTWARD.search((tmp_path / "calls").read_text(encoding="utf-8"))


def test_that_python_asks_for_no_connection_and_no_name(desk: Desk, home: Path) -> None:
    with running(desk, home, program=("-c", WATCHED)) as program:
        program.wait_for_window("My library")
        program.press("ctrl+q")
        assert program.exit_code() == 0
        assert program.complaints() == []
