"""A real password store (gnome-keyring) on a session bus of its own, in every state that a desktop knows.

    with password_store(folder) as store:   # unlocked
        store.lock()

Nothing is shared with the session of whoever runs the tests: the bus starts no services by itself, and the store
keeps its file in `folder`. `environment()` gives what a program needs to find it.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

PASSWORD = "password of the test store"  # noqa: S105 - it protects nothing
_SECONDS = 30.0
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


def missing_programs() -> list[str]:
    """What has to be installed first."""
    return [name for name in ("dbus-daemon", "gnome-keyring-daemon") if shutil.which(name) is None]


@dataclass
class Desktop:
    """A session bus, with or without a password store."""

    folder: Path
    """Short, because the path of a socket has at most 107 characters."""
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    store: subprocess.Popen[bytes] | None = None
    _listening: Any = None

    @property
    def address(self) -> str:
        return f"unix:path={self.folder / 'bus'}"

    def environment(self) -> dict[str, str]:
        """The variables that lead to this bus and to no screen."""
        shown = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        own = {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("DATA", "CONFIG", "CACHE")}
        run = {"XDG_RUNTIME_DIR": str(self.folder / "run"), "DBUS_SESSION_BUS_ADDRESS": self.address}
        return {**shown, **own, **run}

    def start_bus(self) -> None:
        (self.folder / "run").mkdir(mode=0o700)
        config = self.folder / "bus.conf"
        config.write_text(_BUS.format(socket=self.folder / "bus"))
        self._start(["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"])
        self._wait(lambda: (self.folder / "bus").exists())

    def start_store(self, **more: str) -> None:
        """Start gnome-keyring with its default collection unlocked; `more` variables, such as a screen."""
        words = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        self.store = self._start(words, PASSWORD, **more)
        self._wait(lambda: self.has_owner("org.freedesktop.secrets"))

    def start_prompter(self, display: str) -> None:
        """Start what shows the store's questions, on a screen."""
        self._start(["/usr/libexec/gcr-prompter"], DISPLAY=display)
        self._wait(lambda: self.has_owner("org.gnome.keyring.SystemPrompter"))

    def has_owner(self, name: str) -> bool:
        """Whether a program with this name is on the bus."""
        from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]
        from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        with suppress(OSError, EOFError), closing(open_dbus_connection(self.address)) as connection:
            answer = connection.send_and_get_reply(new_method_call(bus, "NameHasOwner", "s", (name,)))
            return bool(answer.body[0])
        return False

    def lock(self) -> None:
        """Lock the default collection, as a screen saver may."""
        import secretstorage
        from jeepney.io.blocking import open_dbus_connection

        with closing(open_dbus_connection(self.address)) as connection:
            secretstorage.get_default_collection(connection).lock()

    def freeze_store(self) -> None:
        """Let it answer nothing more, as one does that waits; what it is asked is listened to from now on."""
        from jeepney.bus_messages import Monitoring  # type: ignore[import-untyped]
        from jeepney.io.blocking import open_dbus_connection

        assert self.store is not None
        self._listening = open_dbus_connection(self.address)
        self._listening.send_and_get_reply(Monitoring().BecomeMonitor([]))
        self.store.send_signal(signal.SIGSTOP)

    def wait_until_asked(self) -> None:
        """Until a call to the frozen store is on its way."""
        from jeepney import HeaderFields

        while True:
            asked = self._listening.receive(timeout=_SECONDS)
            if asked.header.fields.get(HeaderFields.destination) == "org.freedesktop.secrets":
                return

    def kill_store(self) -> None:
        """End it by force; the bus stays."""
        assert self.store is not None
        self.store.kill()
        self.store.wait(timeout=_SECONDS)

    def end(self) -> None:
        if self._listening is not None:
            self._listening.close()
        for process in reversed(self._processes):
            with suppress(ProcessLookupError):
                process.kill()
            process.wait(timeout=_SECONDS)

    def _start(self, words: list[str], said: str = "", **more: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{Path(words[0]).name}.txt").open("ab") as log:
            process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=log, stderr=log, env={**self.environment(), **more}
            )
        assert process.stdin is not None
        process.stdin.write(said.encode())
        process.stdin.close()
        self._processes.append(process)
        return process

    def _wait(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + _SECONDS
        while not done():
            assert time.monotonic() < end, "the password store did not start"
            assert self._processes[-1].poll() is None
            time.sleep(0.02)


def let_go() -> None:
    """Close what keyring leaves open when a store is locked, absent or killed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@contextmanager
def desktop(with_store: bool = True, **more: str) -> Iterator[Desktop]:
    """A session bus and, unless told otherwise, an unlocked password store; ended afterwards."""
    folder = Path(mkdtemp(prefix="nolcat-bus-"))
    own = Desktop(folder)
    try:
        own.start_bus()
        if with_store:
            own.start_store(**more)
        yield own
    finally:
        own.end()
        let_go()
        shutil.rmtree(folder, ignore_errors=True)
