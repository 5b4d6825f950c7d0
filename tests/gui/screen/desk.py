"""A screen of its own for tests: X server in memory, window manager, session bus, and the program on it.

Everything is a real process, started here and ended here by its own id. Nothing of the person's own screen, bus or home
is touched: the display number is a free one, and HOME is a folder of the test.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).parents[3]
WIDTH, HEIGHT = 1400, 900
PATIENCE = 60.0
"""Seconds that anything may take before a test says that it never came."""
SYSTEM_PYTHON = "/usr/bin/python3"
"""Has the system's own `gi`, which no private environment can install without a compiler."""
BUS_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")

HARMLESS = frozenset(
    {
        "This plugin does not support propagateSizeHints()",
        "qt.accessibility.atspi: AtSpiAdaptor::applicationInterface does not implement "
        '"GetApplicationBusAddress" "/org/a11y/atspi/accessible/root"',
    }
)
"""Lines of Qt on stderr that say nothing about the program, by their exact text."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing as a screen reader gets it; see `read_tree`."""

    role: str
    name: str
    focusable: bool
    showing: bool
    selected: bool
    box: Sequence[int] = (0, 0, 0, 0)
    """Left, top, width, height on the screen."""
    size: Sequence[int] = ()
    """Rows and columns of a table."""

    @property
    def middle(self) -> tuple[int, int]:
        """Where to click it."""
        left, top, width, height = self.box
        return left + width // 2, top + height // 2


@dataclass(frozen=True, slots=True)
class Desk:
    """A screen with a window manager."""

    environment: Mapping[str, str]
    """Has DISPLAY, and the address of the session bus where there is one."""
    frame_buffer: Path
    """The server's memory of the screen, in the format of `xwd`."""

    def tool(self, *words: str | int) -> str:
        """What `xdotool` answers to `words`; empty when it finds nothing."""
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=self.environment, capture_output=True, text=True, check=False, timeout=30
        )
        return done.stdout.strip()

    def picture(self) -> bytes:
        """The pixels of the screen now: rows from the top, four bytes each."""
        raw = self.frame_buffer.read_bytes()
        head = struct.unpack(">25I", raw[:100])
        start = head[0] + head[19] * 12
        return raw[start : start + head[12] * head[5]]

    def colours(self) -> int:
        """How many colours are seen now."""
        return len(set(memoryview(self.picture()).cast("I")))


@contextmanager
def process(
    command: Sequence[str], environment: Mapping[str, str], **more: object
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `command` in a process group of its own, and end exactly that group."""
    run = subprocess.Popen(command, env=environment, start_new_session=True, **more)  # type: ignore[call-overload]
    try:
        yield run
    finally:
        for how in (signal.SIGTERM, signal.SIGKILL):
            if run.poll() is None or how is signal.SIGKILL:
                _signal_group(run.pid, how)
            try:
                run.wait(3)
            except subprocess.TimeoutExpired:
                continue


def _signal_group(group: int, how: signal.Signals) -> None:
    try:
        os.killpg(group, how)
    except ProcessLookupError:
        return


def plain_environment(home: Path) -> dict[str, str]:
    """The environment of a person who has just come to this computer: no display, no bus, an empty home."""
    dropped = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_", "AT_SPI", "XDG_", "QT_", "XAUTHORITY", "SESSION_MANAGER")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    run = home / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_RUNTIME_DIR": str(run)}
    return {**kept, **own, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}


@contextmanager
def a_desk(folder: Path) -> Iterator[Desk]:
    """A screen of WIDTH × HEIGHT at a free display number, with openbox; its files are in `folder`."""
    environment = plain_environment(folder)
    reads, writes = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    words = ["Xvfb", "-displayfd", str(writes), "-screen", "0", size, "-nolisten", "tcp", "-fbdir", str(folder)]
    words.append("-noreset")  # or it drops all clients, a window manager that just comes, when its first question ends
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with process(words, environment, pass_fds=(writes,), **quiet):
        os.close(writes)
        with os.fdopen(reads) as told:
            number = told.readline().strip()  # comes when the server is ready; the end of file when it could not start
        assert number, "Xvfb did not start"
        environment["DISPLAY"] = f":{number}"
        desk = Desk(environment, folder / "Xvfb_screen0")
        with process(["openbox", "--sm-disable"], environment, **quiet) as manager:
            until(manager, lambda: desk.tool("get_num_desktops") not in ("", "0"), "the window manager")
            yield desk


@contextmanager
def with_bus(desk: Desk) -> Iterator[Desk]:
    """The same screen with a session bus and the bus of the assistive technologies."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with process(command, desk.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().decode().strip()
        environment = {**desk.environment, "DBUS_SESSION_BUS_ADDRESS": address}
        environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        launcher = bus_launcher()
        assert launcher
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with bus.stdout, process([launcher, "--launch-immediately"], environment, **quiet):
            yield Desk(environment, desk.frame_buffer)


def bus_launcher() -> str | None:
    """The program that starts the bus of the assistive technologies, where it is installed."""
    return next((path for path in BUS_LAUNCHERS if Path(path).exists()), None)


def missing_for_a_screen() -> list[str]:
    """Programs that a screen needs and that are not here."""
    return [name for name in ("Xvfb", "xdotool", "openbox") if shutil.which(name) is None]


def missing_for_a_tree() -> list[str]:
    """What reading the accessible tree needs and is not here."""
    missing = [] if shutil.which("dbus-daemon") else ["dbus-daemon"]
    missing += [] if bus_launcher() else ["at-spi-bus-launcher"]
    asks = "import gi; gi.require_version('Atspi', '2.0')"
    if (
        not Path(SYSTEM_PYTHON).exists()
        or subprocess.run([SYSTEM_PYTHON, "-c", asks], capture_output=True, check=False).returncode
    ):
        missing.append("gi with Atspi")
    return missing


def until(run: subprocess.Popen[bytes], came: Callable[[], object], what: str) -> None:
    """Look again and again until `came`; the process `run` must not end meanwhile."""
    end = time.monotonic() + PATIENCE
    while not came():
        try:
            code = run.wait(0.05)
        except subprocess.TimeoutExpired:
            assert time.monotonic() < end, f"{what} did not come within {PATIENCE} s"
        else:
            raise AssertionError(f"{run.args!r} ended with {code}: {what} did not come")


class Running:
    """The program on a desk, with a person at mouse and keyboard."""

    def __init__(self, desk: Desk, home: Path, run: subprocess.Popen[bytes], began: float) -> None:
        """Look at `run`, whose files are in `home`."""
        self.desk, self.home, self.process = desk, home, run
        self._began = began
        self.window = ""
        """The id of its window, once there is one."""

    def wait_for_window(self, title: str) -> float:
        """Wait until a window named `title` is seen; the seconds since the start come back."""
        self.until(lambda: self.find(title), f"a window {title!r}")
        self.window = self.find(title)
        taken = time.monotonic() - self._began
        self.until(lambda: self._activated(title), f"the focus in {title!r}")
        self.settle()
        return taken

    def _activated(self, title: str) -> bool:
        self.window = self.find(title)
        self.desk.tool("windowactivate", self.window)  # a request that comes before the window is managed is lost
        return title in self.desk.tool("getactivewindow", "getwindowname")

    def wait_for_focus(self, title: str) -> None:
        """Wait until the keyboard is with a window named `title`, and what is seen has come to rest."""
        self.until(lambda: title in self.desk.tool("getactivewindow", "getwindowname"), f"the focus in {title!r}")
        self.settle()

    def settle(self) -> None:
        """Wait until the screen is the same three times running."""
        seen: list[bytes] = []

        def at_rest() -> bool:
            seen.append(self.desk.picture())
            return len(seen) > 2 and seen[-1] == seen[-2] == seen[-3]

        self.until(at_rest, "a screen at rest")

    def find(self, title: str) -> str:
        """The id of the window named `title` that is seen, or nothing."""
        return self.desk.tool("search", "--onlyvisible", "--name", title).partition("\n")[0]

    def press(self, keys: str) -> None:
        """Press keys (`ctrl+2`) in the window that has the focus."""
        self.desk.tool("key", "--clearmodifiers", keys)

    def press_and_see(self, keys: str) -> bytes:
        """Press keys, and wait until the screen is another; what is seen then comes back."""
        before = self.desk.picture()
        self.press(keys)
        self.until(lambda: self.desk.picture() != before, f"something seen after {keys}")
        self.settle()
        return self.desk.picture()

    def click(self, node: Node) -> None:
        """Click into the middle of `node` with the mouse."""
        self.desk.tool("mousemove", *node.middle, "click", 1)

    def spoken(self) -> list[Node]:
        """What a screen reader gets of it now; empty without the bus of `with_bus`."""
        read = [SYSTEM_PYTHON, "-W", "ignore", str(Path(__file__).with_name("read_tree.py"))]
        done = subprocess.run(
            read, env=self.desk.environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr
        return [Node(**told) for told in json.loads(done.stdout)]

    def hears(self, name: str, role: str = "") -> Node | None:
        """The first thing that is seen and whose name begins with `name`."""
        nodes = (node for node in self.spoken() if node.showing and node.name.startswith(name))
        return next((node for node in nodes if role in ("", node.role)), None)

    def wait_to_hear(self, name: str, role: str = "") -> Node:
        """Wait until it is seen."""
        heard: list[Node] = []

        def look() -> bool:
            node = self.hears(name, role)
            heard.extend([node] if node is not None else [])
            return bool(heard)

        self.until(look, f"{role} {name!r} in the tree")
        return heard[0]

    def until(self, came: Callable[[], object], what: str) -> None:
        """Wait until `came`, while the program runs."""
        try:
            until(self.process, came, what)
        except AssertionError as error:
            raise AssertionError("\n".join((str(error), *self.complaints()))) from None

    def exit_code(self) -> int:
        """Wait for its end."""
        return self.process.wait(PATIENCE)

    def told(self) -> str:
        """What it wrote to stderr."""
        return (self.home / "stderr").read_text(encoding="utf-8", errors="replace")

    def complaints(self) -> list[str]:
        """What it wrote to stderr and is not known to be harmless."""
        return [line for line in self.told().splitlines() if line.strip() and line not in HARMLESS]

    def state(self) -> str:
        """The file of what the program remembers by itself."""
        return (self.home / "data" / "NoLCAT" / "state.json").read_text(encoding="utf-8")


@contextmanager
def running(
    desk: Desk, home: Path, *words: str, before: Sequence[str] = (), program: Sequence[str] = ("-m", "nolcat_desktop")
) -> Iterator[Running]:
    """The program with `words`, at home in `home`; `before` is put before its command line."""
    home.mkdir(exist_ok=True)
    own = plain_environment(home)
    environment = {**desk.environment, **{name: own[name] for name in ("HOME", "XDG_DATA_HOME")}}
    command = [*before, sys.executable, *program, *words]
    began = time.monotonic()
    with (home / "stderr").open("wb") as errors, process(command, environment, stderr=errors, cwd=TOP) as run:
        yield Running(desk, home, run, began)
