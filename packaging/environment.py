"""The private environment of a checkout, and what it needs of the system. Standard library only.

An environment that is up to date is left as it is: a stamp in it names the lock file and the Python it was made
from. The packages are installed from the locks alone, with their hashes checked.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"

OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 14)
"""Qt's package is not built for later ones."""

LOCKS = {"use": "requirements.txt", "development": "requirements-dev.txt"}
"""Which lock serves what; the second holds all of the first."""

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt needs of a Linux system, and the Debian package that brings it."""

SCREEN_PACKAGES = (
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxkbcommon-x11-0", "libxcb-shape0", "libxcb-xkb1"),
    *("libxcb-randr0", "libxcb-image0", "libxcb-render-util0", "xvfb", "xdotool", "openbox", "dbus", "at-spi2-core"),
    *("gir1.2-atspi-2.0", "python3-gi", "strace"),
)
"""Debian packages for the tests on a virtual screen, which are skipped without them."""


class Stopped(Exception):  # noqa: N818 - one line for the reader, not a defect
    """What cannot go on, in one sentence with the remedy; `code` is the exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        """Keep `message` for the terminal and `code` for the shell."""
        super().__init__(message)
        self.code = code


def say(message: str) -> None:
    """Tell the person at the terminal, on stderr, where it never mixes with results."""
    print(message, file=sys.stderr, flush=True)


def call(*command: str | Path, environment: Mapping[str, str] | None = None, where: Path = TOP, hint: str = "") -> None:
    """Run `command` in the folder `where`, otherwise at the top of the checkout.

    Raises:
        Stopped: If it fails, with its exit code and `hint`.
    """
    code = subprocess.run([str(part) for part in command], cwd=where, env=environment, check=False).returncode
    if code:
        told = hint or f"Stopped: `{shlex.join(map(str, command))}` ended with exit code {code}."
        raise Stopped(told, 128 - code if code < 0 else code)


def in_venv(program: str, venv: Path = VENV, platform: str = sys.platform) -> Path:
    """The path of `program` in the environment: `Scripts` on Windows, `bin` elsewhere."""
    return venv / ("Scripts" if platform == "win32" else "bin") / (f"{program}.exe" if platform == "win32" else program)


def stamp(purpose: str, top: Path = TOP) -> str:
    """What an environment for `purpose` is made from: the Python, the place, the lock and the entry points."""
    digest = hashlib.sha256(f"{sys.version} {top}".encode())
    for name in (LOCKS[purpose], "pyproject.toml"):
        digest.update((top / name).read_bytes())
    return digest.hexdigest()


def is_current(purpose: str, top: Path = TOP) -> bool:
    """Whether the environment already holds what `purpose` needs; one for development also serves use."""
    for serving in LOCKS if purpose == "use" else (purpose,):
        file = top / ".venv" / f"nolcat-{serving}.stamp"
        if file.is_file() and file.read_text(encoding="utf-8") == stamp(serving, top):
            return True
    return False


def set_up(purpose: str, fresh: bool = False) -> None:
    """Make `.venv`, or bring it up to date, with the packages for `purpose` (a key of `LOCKS`).

    Raises:
        Stopped: If it cannot be made; the message says what to do.
    """
    if is_current(purpose) and not fresh:
        return
    _make_venv(fresh)
    for old in VENV.glob("nolcat-*.stamp"):
        old.unlink()
    python = in_venv("python")
    quiet = ("-qq", "--disable-pip-version-check", "--no-input")
    say(f"Installing the packages of {LOCKS[purpose]} (about a minute, once) …")
    call(
        *(python, "-m", "pip", "install", *quiet, "--require-hashes", "--only-binary", ":all:", "-r", LOCKS[purpose]),
        hint="The packages could not be installed: see above. Is this computer connected to the internet?",
    )
    call(python, "-m", "pip", "install", *quiet, "--no-deps", "--no-build-isolation", "--editable", TOP)
    (VENV / f"nolcat-{purpose}.stamp").write_text(stamp(purpose), encoding="utf-8")
    say("The environment .venv is ready.")


def _make_venv(fresh: bool) -> None:
    made_from = VENV / "nolcat-python.stamp"
    sound = made_from.is_file() and made_from.read_text(encoding="utf-8") == sys.version and in_venv("python").exists()
    if sound and not fresh:
        return
    say(f"Making a private environment in {VENV.name} with Python {sys.version.split()[0]} …")
    _need_venv()
    call(sys.executable, "-m", "venv", "--clear", VENV, hint="The private environment could not be made: see above.")
    made_from.write_text(sys.version, encoding="utf-8")


def _need_venv() -> None:
    try:
        import ensurepip  # noqa: F401 - Debian takes it out of Python; only asked for when it is needed
        import venv  # noqa: F401
    except ImportError:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install_with_apt([package], "Python's own tool for private environments is missing.")


def python_that_serves() -> None:
    """Go on with a Python that serves: this one, or else another one of this computer, in this one's place.

    Raises:
        Stopped: If there is none.
    """
    if OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        return
    for minor in range(NEWEST_PYTHON[1], OLDEST_PYTHON[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and subprocess.run([other, "-c", ""], check=False, capture_output=True).returncode == 0:
            say(f"Python {sys.version.split()[0]} does not serve; going on with {other}.")
            raise SystemExit(subprocess.run([other, *sys.argv], check=False).returncode)
    oldest, newest = (".".join(map(str, version)) for version in (OLDEST_PYTHON, NEWEST_PYTHON))
    raise Stopped(
        f"Python {oldest} to {newest} is needed; this is {sys.version.split()[0]}. Install one and try again.", 2
    )


def missing_qt_packages() -> list[str]:
    """The Debian packages of the system libraries that Qt needs and that cannot be loaded here; none off Linux."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for library, package in QT_LIBRARIES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def may_install() -> bool:
    """Whether this process may install packages of the system: Debian or a relative of it, as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_with_apt(packages: Sequence[str], reason: str) -> None:
    """Install `packages` of the system if that is allowed here.

    Raises:
        Stopped: If it is not, or fails: with `reason` and the one command to run.
    """
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    hint = f"{reason} Run this once, then try again:\n    sudo {shlex.join(command)}"
    if not may_install():
        raise Stopped(hint)
    say(f"{reason} Installing {' '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call("apt-get", "update", "-qq", environment=environment, hint=hint)
    call("apt-get", "-qq", *command[1:], environment=environment, hint=hint)


def need_qt_libraries(required: bool) -> None:
    """Bring the system libraries that Qt needs; where that is not possible and not `required`, only say so.

    Raises:
        Stopped: If they are `required` and cannot be brought.
    """
    missing = missing_qt_packages()
    if not missing:
        return
    try:
        install_with_apt(missing, "Libraries of the system that the window needs are missing.")
    except Stopped as stopped:
        if required:
            raise
        say(f"{stopped}\nThe command line does not need them: going on.")


def bring_screen() -> None:
    """Install what the tests on a virtual screen need, as far as that is allowed here; otherwise only say so."""
    if not sys.platform.startswith("linux") or not may_install():
        return
    try:
        install_with_apt(SCREEN_PACKAGES, "Tests on a virtual screen need some packages of the system.")
    except Stopped as stopped:
        say(f"{stopped}\nTests on a virtual screen are skipped without them: going on.")
