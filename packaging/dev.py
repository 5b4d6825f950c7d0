"""One script for newcomers and developers: `python3 packaging/dev.py run` on a machine with nothing but Python.

It makes a private environment (`.venv` at the top of the checkout, see `environment.py` beside this file) and does
what was asked. It needs the standard library only, on Linux, macOS and Windows.

Commands: `run`, `test`, `check`, `bench`, `setup`. The exit code is that of the step that failed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from environment import (
    LOCKS,
    TOP,
    Stopped,
    bring_screen,
    call,
    in_venv,
    need_qt_libraries,
    python_that_serves,
    say,
    set_up,
)
from servers import bring_servers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SAMPLES = TOP / "resources" / "sample-reports"
SAMPLE_LIBRARY = TOP / "build" / "sample-library"

NOT_OURS = frozenset({".git", ".venv", "build", "dist", "__pycache__"})
"""Folders of a checkout that hold nothing of the project's own; so do `.…_cache` ones."""

ADDRESS_OF_AN_INDEX = re.compile(
    r"https?://[^\s\"'<>]*\b(?:pypi|pythonhosted|npmjs|anaconda|conda-forge)\b", re.IGNORECASE
)
ADDRESS_IN_A_LOCK = re.compile(r"://|^\s*(?:-i|--(?:extra-)?index-url|--find-links|-f)\b|\s@\s")
COUNTED = ("counter", "validation", "conversion", "dataset", "analysis", "export")
"""Rooms of which every run says how much the tests cover: what judges, makes, keeps and gives out the numbers."""
_FAILED = "Tests failed: see above."
FAMILIES = ("TR", "DR", "PR", "IR")
LARGEST_TEXT = 4_000_000
"""Bytes; no source file of the project is larger."""


def opens_window(environ: Mapping[str, str] = os.environ, platform: str = sys.platform, top: Path = TOP) -> bool:
    """Whether `run` opens the window: it is built, and there is a screen to show it on."""
    has_screen = platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    return has_screen and (top / "nolcat_desktop" / "gui" / "app.py").is_file()


def run(asked: argparse.Namespace, passed_on: Sequence[str]) -> None:
    """Do the main job on the shipped sample reports, or `nolcat` with the words that were passed on."""
    set_up("use")
    need_qt_libraries(required=False)
    nolcat = in_venv("nolcat")
    if passed_on and not passed_on[0].startswith("-"):
        call(
            nolcat,
            *passed_on,
            where=Path.cwd(),
            hint=f"nolcat {passed_on[0]} found something or could not do all of it: see above.",
        )
        return
    library = (asked.library or SAMPLE_LIBRARY).resolve()
    if opens_window():
        call(in_venv("python"), "-m", "nolcat_desktop", asked.library.resolve() if asked.library else "--sample")
        return
    if library == SAMPLE_LIBRARY and library.exists():
        shutil.rmtree(library)
    _tell_the_samples(nolcat, library, passed_on)


def _tell_the_samples(nolcat: Path, library: Path, passed_on: Sequence[str]) -> None:
    if not SAMPLES.is_dir():
        raise Stopped(f"The sample reports are missing: there is no {_short(SAMPLES)}. Is the checkout whole?")
    say(f"\n1. Converting the sample reports of {_short(SAMPLES)} into a library of Parquet files:")
    again = () if library == SAMPLE_LIBRARY else ("--if-loaded", "skip")
    for number, (source, reports) in enumerate(_samples_by_source().items(), 1):
        say(f"\n   {len(reports)} of {source}, which is source {number}:\n")
        call(nolcat, "convert", *reports, "--library", library, "--source", str(number), *again, *passed_on)
    say("\n2. What the library covers now, month by month:\n")
    call(nolcat, "library", "coverage", "--library", library)
    held = [family for family in FAMILIES if any((library / family).glob("*.parquet"))]
    if held:
        table = library.parent / f"{library.name}-{held[0]}.csv"
        say(f"\n3. The {held[0]} report, put together from all that was loaded, as a table for a spreadsheet:\n")
        call(nolcat, "show", held[0], "--library", library, "-o", table)
        say(f"   It is {_short(table)}.")
    say(f"\nThe library lies in {_short(library)}. Any tool that knows Parquet opens it; README.txt there says how.")
    say("Your own reports: python3 packaging/dev.py run convert FILE-OR-FOLDER --library FOLDER --source 1")


def _samples_by_source() -> dict[str, list[Path]]:
    """The sample reports by the name of their source, which is what stands before the first `_` of theirs."""
    by_source: dict[str, list[Path]] = {}
    for file in sorted(SAMPLES.iterdir()):
        if file.suffix in (".tsv", ".csv", ".xlsx", ".json"):
            by_source.setdefault(file.name.partition("_")[0], []).append(file)
    return by_source


def _short(path: Path) -> str:
    return str(path.relative_to(TOP)) if path.is_relative_to(TOP) else str(path)


def test(_asked: argparse.Namespace, passed_on: Sequence[str]) -> None:
    """Run all tests and say what is covered of the numbers' rooms; words that are passed on go to pytest instead.

    What they cover of all else is counted only when asked for (`--cov=nolcat_desktop -m "not exhaustive"`): counting
    costs half as much again as the tests themselves.
    """
    need_qt_libraries(required=True)
    set_up("development")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    failed: list[Stopped] = []
    for words in [passed_on] if passed_on else default_runs():
        try:
            call(in_venv("python"), "-m", "pytest", "-q", *words, environment=environment, hint=_FAILED)
        except Stopped as stopped:
            failed.append(stopped)
    if failed:
        raise failed[0]


def default_runs() -> tuple[tuple[str, ...], ...]:
    """The words for pytest: the tests of the rooms whose coverage is counted, then all others."""
    workers = str((os.cpu_count() or 1) + 1)  # one more than processors: many tests wait for a process or a server
    alike = ("--numprocesses", workers, "--dist", "loadfile", "--no-loadscope-reorder", "-m", "not exhaustive")
    counted = tuple(f"--cov=nolcat_desktop.{room}" for room in COUNTED)
    here = tuple(f"tests/{room}" for room in COUNTED)
    apart = tuple(f"--ignore=tests/{room}" for room in COUNTED)
    return (*alike, *counted, "--cov-report=term:skip-covered", *here), (*alike, *apart)


def check(_asked: argparse.Namespace, _passed_on: Sequence[str]) -> None:
    """Everything but the tests: format, lint, types, floors, and no address of a package index anywhere."""
    set_up("development")
    need_qt_libraries(required=True)
    python = in_venv("python")
    steps: dict[str, tuple[str, ...]] = {
        "format": ("ruff", "format", "--check", "."),
        "lint": ("ruff", "check", "."),
        "types": ("mypy", "nolcat_desktop", "tests"),
        "types of packaging": ("mypy", "packaging"),
        "floors": ("pytest", "-q", "tests/test_floors.py"),
    }
    failed = [name for name, step in steps.items() if not _passes(name, python, step)]
    addresses = list(addresses_in(TOP))
    for place in addresses:
        say(f"{place}: an address of a package index")
    failed += ["addresses"] if addresses else []
    if failed:
        raise Stopped(f"Not in order: {', '.join(failed)}.")
    say("All in order.")


def _passes(name: str, python: Path, step: Sequence[str]) -> bool:
    say(f"-- {name}")
    return subprocess.run([str(python), "-m", *step], cwd=TOP, check=False).returncode == 0


def addresses_in(top: Path) -> Iterator[str]:
    """Every place (`file:line`) under `top` with an address of a package index, or in a lock with any address.

    Also a lock file that carries one for every package by its nature (`uv.lock`, `pylock.toml`).
    """
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(
            f for f in folders if f not in NOT_OURS and not (f.startswith(".") and f.endswith("_cache"))
        )
        for path in sorted(Path(folder) / name for name in files):
            where = path.relative_to(top).as_posix()
            if path.name in ("uv.lock", "pylock.toml"):
                yield f"{where}:1"
            elif path.stat().st_size <= LARGEST_TEXT:
                lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
                rule = ADDRESS_IN_A_LOCK if path.name in LOCKS.values() else ADDRESS_OF_AN_INDEX
                yield from (f"{where}:{number}" for number, line in enumerate(lines, 1) if rule.search(line))


def bench(_asked: argparse.Namespace, passed_on: Sequence[str]) -> None:
    """Measure `nolcat convert` beside the shortest way known; words that are passed on go to the yardstick."""
    set_up("development")
    call(in_venv("python"), "tests/benchmarks/bench.py", *passed_on)


def setup(asked: argparse.Namespace, _passed_on: Sequence[str]) -> None:
    """Make or renew the environment, for development, and nothing else."""
    need_qt_libraries(required=False)
    if asked.screen:
        bring_screen()
    set_up("development", fresh=asked.fresh)
    if asked.servers:
        bring_servers()


COMMANDS = {command.__name__: command for command in (run, test, check, bench, setup)}


def parser() -> argparse.ArgumentParser:
    """The words of the command line."""
    described = argparse.ArgumentParser(prog="dev.py", description="Set up NoLCAT Desktop and run, test or check it.")
    commands = described.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        said = (command.__doc__ or "").splitlines()[0]
        words = commands.add_parser(name, help=said, description=said, allow_abbrev=False)
        if name == "run":
            words.add_argument("--library", type=Path, help="the library folder (otherwise a fresh one under build/)")
        if name == "setup":
            words.add_argument("--fresh", action="store_true", help="make the environment anew from nothing")
            words.add_argument("--screen", action="store_true", help="also bring what tests on a virtual screen need")
            words.add_argument("--servers", action="store_true", help="also bring the servers that tests start")
    return described


def understood(words: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """What `words` ask of this script, and the words to pass on: all behind the first that is not its own."""
    own = next(
        (n for n, word in enumerate(words) if n and not word.startswith("-") and words[n - 1] != "--library"), None
    )
    asked, unknown = parser().parse_known_args(words[:own])
    return asked, [word for word in (*unknown, *words[len(words) if own is None else own :]) if word != "--"]


def main(words: Sequence[str] | None = None) -> int:
    """Do what `words` ask; the exit code is that of what failed, 130 when the user stopped it."""
    try:
        python_that_serves()
        asked, passed_on = understood(sys.argv[1:] if words is None else words)
        COMMANDS[asked.command](asked, passed_on)
    except Stopped as stopped:
        say(str(stopped))
        return stopped.code
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
