"""kill -9 at any moment leaves a library that reads whole, as it was before or as it is after."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nolcat_desktop.dataset import Library
from tests.dataset import killed
from tests.dataset.builders import NOON, candidate, library, months, store, total

ROOT = Path(__file__).parents[2]
OLD = {"2024-01": 10, "2024-02": 20}


def child(folder: Path, step: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.dataset.killed", str(folder), str(step)], cwd=ROOT, stdout=subprocess.PIPE
    )


def outcomes(folder: Path) -> tuple[dict[str, int], dict[str, int], list[str]]:
    """Months before and after the change, and the steps of a change that nothing interrupts."""
    steps: list[str] = []
    held = Library.open(folder, lambda: NOON, "1.0", before_step=steps.append)
    store(held, candidate(OLD))
    before = months(held)
    steps.clear()
    killed.change(held)
    return before, months(held), steps


def check_whole(folder: Path, before: dict[str, int], after: dict[str, int]) -> None:
    held = library(folder)
    assert months(held) in (before, after)
    assert held.verify() == []
    parts = len(held.parts())
    assert parts == (3 if months(held) == after else 1)
    assert len(held.sources().rows) == (1 if parts == 3 else 0)
    if months(held) == before:
        killed.change(held)
    assert months(held) == after
    assert held.verify() == []
    held.undo()
    assert months(held) == before
    assert not held.layout.unfinished.exists()


@pytest.mark.kill
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_that_a_run_killed_at_any_step_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    before, after, steps = outcomes(tmp_path / "model")
    assert len(steps) >= 10
    for step, name in enumerate(steps, 1):
        folder = tmp_path / str(step)
        store(library(folder), candidate(OLD))
        process = child(folder, step)
        told, _ = process.communicate(timeout=60)
        assert (process.returncode, told.decode()) == (-signal.SIGKILL, name)
        check_whole(folder, before, after)


@pytest.mark.kill
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_that_a_process_killed_at_any_time_leaves_a_whole_library(tmp_path: Path) -> None:
    before, after, _ = outcomes(tmp_path / "model")
    chance = random.Random(7)
    for number in range(3):
        folder = tmp_path / str(number)
        store(library(folder), candidate(OLD))
        process = child(folder, 0)
        assert process.stdout is not None
        assert process.stdout.read(1) == b"x"
        try:
            process.wait(timeout=chance.uniform(0.0, 0.25))
        except subprocess.TimeoutExpired:
            process.kill()
        assert process.wait(timeout=60) == -signal.SIGKILL
        process.stdout.close()
        held = library(folder)
        assert months(held) in (before, after)
        assert held.verify() == []
        if months(held) == after:
            held.undo()
        assert months(held) == before
        held.redo()
        assert months(held) == after
        assert held.verify() == []


@pytest.mark.parametrize("kept", [True, False])
def test_that_an_interrupted_run_goes_on_if_its_files_are_there_and_else_back(tmp_path: Path, kept: bool) -> None:
    before, after, steps = outcomes(tmp_path / "model")

    class Stop(BaseException):
        """As abrupt as can be without a process of its own."""

    for stop in range(len(steps)):
        folder = tmp_path / f"{stop}"
        store(library(folder), candidate(OLD))
        left = stop

        def before_step(name: str) -> None:
            nonlocal left
            if left == 0:
                raise Stop(name)
            left -= 1

        with pytest.raises(Stop):
            killed.change(Library.open(folder, lambda: NOON, "1.0", before_step=before_step))
        unfinished = folder / ".nolcat" / "unfinished"
        if not kept and unfinished.exists():
            for file in unfinished.iterdir():
                file.unlink()
        begun = stop > steps.index("begun")
        expected = after if begun and (kept or stop == len(steps) - 1) else before
        assert months(library(folder)) == expected
        check_whole(folder, before, after)


def test_that_a_killed_run_that_can_neither_go_on_nor_back_is_told(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(OLD))

    def stop(name: str) -> None:
        if name == "done":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed.change(Library.open(tmp_path, lambda: NOON, "1.0", before_step=stop))
    (tmp_path / "PR" / "1_PR_NULL.parquet").unlink()
    for file in (tmp_path / ".nolcat" / "versions").iterdir():
        file.unlink()
    with pytest.raises(Exception, match="cannot be brought to an end"):
        library(tmp_path)


def test_that_leftovers_of_a_killed_run_are_no_fault(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(OLD))
    left = tmp_path / ".nolcat" / "unfinished"
    left.mkdir()
    (left / "working-1.parquet").write_bytes(b"half")
    assert held.verify() == []
    store(held, candidate({"2024-05": 5}, name="b"))
    assert not left.exists()
    assert total(held) == sum(months(held).values())
