"""Ctrl-C, a reader that goes away, consoles that speak something else."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import a_report, tsv
from tests.cli.conftest import Shelf
from tests.cli.running import COMMAND, answered, contents, environment, is_clean, nolcat

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind there")
LONG = 400


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that takes a while to convert: other platforms, so that nothing is equal."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(LONG):
        report = a_report(Release.R51, "TR", platform=f"Shelf {number}", titles=2)
        (folder / f"{number}.tsv").write_bytes(tsv(report))
    return folder


def begun(process: subprocess.Popen[bytes], library: Path) -> None:
    """Wait until the process has written something beside the library."""
    unfinished = library / ".nolcat" / "unfinished"
    until = time.monotonic() + 60
    while not (unfinished.is_dir() and any(unfinished.iterdir())):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.005)


@POSIX
@pytest.mark.parametrize("words", [("--json",), ()], ids=["json", "text"])
def test_that_ctrl_c_during_a_long_convert_changes_nothing(own_shelf: Shelf, many: Path, words: tuple[str]) -> None:
    before = contents(own_shelf.library)
    process = subprocess.Popen(
        [*COMMAND, "convert", many, "--library", own_shelf.library, "--source", "9", *words],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    begun(process, own_shelf.library)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().strip().splitlines() == ["Stopped. Nothing was changed."]
    assert contents(own_shelf.library) == before
    assert not (own_shelf.library / ".nolcat" / "unfinished").exists()
    assert answered("library", "verify", "--library", own_shelf.library).code == 0


@POSIX
def test_that_ctrl_c_in_a_new_library_leaves_no_usage(tmp_path: Path, many: Path) -> None:
    library = tmp_path / "library"
    process = subprocess.Popen(
        [*COMMAND, "convert", many, "--library", library], env=environment(), stderr=subprocess.PIPE
    )
    begun(process, library)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert not [name for name in contents(library) if not name.startswith(".nolcat/journal")]


@POSIX
@pytest.mark.parametrize("moment", [0.0, 0.05, 0.2])
def test_that_ctrl_c_at_the_very_beginning_shows_no_inside(shelf: Shelf, tmp_path: Path, moment: float) -> None:
    begun = "import sys; print(flush=True); from nolcat_desktop.cli.main import main; sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-c", begun, "convert", shelf.report, "--library", tmp_path / "l", "--source", "7"],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()  # before that it is Python's own start that is stopped
    time.sleep(0.2 + moment)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (0, 130, -signal.SIGINT)
    if process.returncode != -signal.SIGINT:
        assert b"Traceback" not in err
    assert answered("convert", shelf.report, "--library", tmp_path / "l", "--source", 7).code == 0


_WHILE_LOADED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may have it ignored
class Stop:
    def find_spec(self, name, *_):
        if name == "nolcat_desktop.cli.{module}":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop())
import runpy
runpy.run_module("nolcat_desktop.cli", run_name="__main__")
"""


@POSIX
@pytest.mark.parametrize("module", ["main", "arguments", "session"])
def test_that_ctrl_c_while_the_program_is_loaded_shows_no_inside(module: str) -> None:
    program = _WHILE_LOADED.replace("{module}", module)
    found = subprocess.run(
        [sys.executable, "-c", program, "inspect", "."], env=environment(), capture_output=True, check=False
    )
    assert (found.returncode, found.stderr) == (130, b"Stopped. Nothing was changed.\n")


@POSIX
@pytest.mark.parametrize("words", [("show", "TR"), ("library", "coverage", "--json")], ids=lambda words: words[0])
def test_that_a_reader_that_goes_away_is_no_drama(shelf: Shelf, words: tuple[str, ...]) -> None:
    process = subprocess.Popen(
        [*COMMAND, *words, "--library", shelf.library],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(timeout=60) == 1
    assert err == ""


@POSIX
def test_that_a_convert_whose_reader_goes_away_is_stored(shelf: Shelf, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "convert", shelf.report, "--library", tmp_path / "l", "--source", "7", "--json"],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stderr.close()
    assert process.wait(timeout=60) == 1
    assert len(answered("library", "history", "--library", tmp_path / "l", "--json").lines) == 1


@POSIX
def test_that_a_full_disk_behind_stdout_is_said(shelf: Shelf) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no such device here")
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [*COMMAND, "show", "TR", "--library", shelf.library],
            env=environment(), stdout=full, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
    assert process.returncode == 1
    assert b"The output could not be written" in process.stderr
    assert b"Traceback" not in process.stderr


@POSIX
@pytest.mark.parametrize("closed", ["1", "2"])
def test_that_closed_streams_are_no_drama(shelf: Shelf, closed: str) -> None:
    command = " ".join([*COMMAND, "inspect", str(shelf.report), "--json", f"{closed}>&-"])
    done = subprocess.run(["/bin/sh", "-c", command], env=environment(), capture_output=True, check=False, timeout=60)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr + done.stdout
    if closed == "2":
        assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    "console",
    [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}],
    ids=["ascii", "cp1252", "C"],
)
def test_that_titles_of_all_scripts_pass_any_console(shelf: Shelf, console: dict[str, str]) -> None:
    ran = nolcat("show", "TR", "--json", "--library", shelf.library, env=environment(**console))
    assert ran.code == 0
    assert "Журнал торфоведения" in ran.out
    ran = nolcat("show", "TR", "--library", shelf.library, "-o", "Übersicht.doc", env=environment(**console))
    assert (ran.code, is_clean(ran)) == (2, True)
