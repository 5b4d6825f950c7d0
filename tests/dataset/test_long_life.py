"""Everything that can be done to a library, and a kill -9 in the midst of it: nothing lost, nothing half there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.journal import read_journal
from tests.dataset.builders import NOON, library
from tests.dataset.long_life import STEPS, state

ROOT = Path(__file__).parents[2]


def states(folder: Path) -> list[tuple[object, ...]]:
    """What is seen before the first step and after each one."""
    seen = [state(library(folder))]
    for _, step in STEPS:
        step(library(folder))
        seen.append(state(library(folder)))
    return seen


def test_that_every_step_of_a_long_life_leaves_a_sound_library(tmp_path: Path) -> None:
    for name, step in STEPS:
        step(library(tmp_path))
        assert library(tmp_path).verify() == [], name


@pytest.mark.kill
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("trials", [2, pytest.param(200, marks=pytest.mark.exhaustive)])
def test_that_a_kill_at_any_moment_loses_nothing(tmp_path: Path, trials: int) -> None:
    seen = states(tmp_path / "model")
    chance, took, unknown = random.Random(trials), 1.0, 0
    for trial in range(trials):
        folder = tmp_path / f"trial{trial}"
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.dataset.long_life", str(folder)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        assert child.stdout.read(1) == b"|"
        began = time.monotonic()
        try:
            child.wait(timeout=chance.uniform(0, took))
        except subprocess.TimeoutExpired:
            child.kill()
        told = child.stdout.read()
        child.stdout.close()
        assert child.wait(timeout=60) in (0, -signal.SIGKILL)
        done = told.count(b".")
        if done:
            took = max(0.3, min(8.0, (time.monotonic() - began) * len(STEPS) / done))
        held = library(folder)
        assert held.verify() == [], (trial, done)
        now = state(held)
        assert now in seen[done : done + 2], (trial, done)
        unknown += now == seen[min(done + 1, len(STEPS))] and now != seen[done]
        for _, step in STEPS[seen.index(now, done) : seen.index(now, done) + 1]:
            step(library(folder))
        assert library(folder).verify() == []


class Stop(BaseException):
    """As abrupt as can be without a process of its own."""


def test_that_a_stop_before_any_single_step_of_publishing_loses_nothing(tmp_path: Path) -> None:
    """The moments that chance seldom meets: before each write, each journal line, each rename, each removal."""
    seen, folder = states(tmp_path / "model"), tmp_path / "stopped"
    done, stops = 0, 0
    while done < len(STEPS):
        left = stops

        def before_step(name: str) -> None:
            nonlocal left
            if left == 0:
                raise Stop(name)
            left -= 1

        try:
            STEPS[done][1](Library.open(folder, lambda: NOON, "1.0", before_step=before_step))
        except Stop:
            assert state(library(folder)) in seen[done : done + 2]
            if state(library(folder)) == seen[done]:
                stops += 1
                continue
        assert library(folder).verify() == []
        done, stops = done + 1, 0
        assert state(library(folder)) == seen[done]
    assert not read_journal(library(folder).layout).damaged
