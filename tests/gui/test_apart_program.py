"""The installed program started as the process that works for its window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO, cast

from nolcat_desktop import __main__ as program
from nolcat_desktop.gui.apart_worker import WORD, Done, Order, Told, packed, read_message, unpacked
from tests.gui import apart_works

CHECKOUT = Path(__file__).parents[2]


def test_that_the_program_works_for_its_window_when_it_is_started_so() -> None:
    without_screen = {name: one for name, one in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    started = subprocess.Popen(
        [sys.executable, "-m", "nolcat_desktop", WORD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
        env=without_screen,
    )
    with started as run:
        assert run.stdin is not None
        assert run.stdout is not None
        run.stdin.write(packed(Order(apart_works.double, (2,))))
        run.stdin.flush()
        said: list[object] = []
        while (
            not (said and isinstance(said[-1], Done))
            and (content := read_message(cast("BinaryIO", run.stdout))) is not None
        ):
            said.append(unpacked(content))
        run.stdin.close()
        assert run.wait(60) == 0
    assert isinstance(said[-1], Done)
    assert said[-1].value["twice"] == 4  # type: ignore[index] # what `double` gives
    assert [one.value for one in said if isinstance(one, Told)] == [0, 1]


def test_that_both_ends_know_the_same_word() -> None:
    assert program.WORK_APART == WORD
