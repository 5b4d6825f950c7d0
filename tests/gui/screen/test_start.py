"""The program as it is started: a real process on a real screen, with a real keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.screen.desk import Desk, running

pytestmark = pytest.mark.screen

FINDER = "Find a command"
SLOWEST_START = 60.0
"""Seconds until the sample is made and open, on a busy machine."""


def test_that_the_window_is_used_by_keyboard_and_ends_well(desk: Desk, home: Path) -> None:
    with running(desk, home, "--sample") as program:
        taken = program.wait_for_window("Sample library")
        print(f"start with the sample: {taken:.1f} s")
        assert taken < SLOWEST_START
        program.until(lambda: desk.colours() > 50, "a picture")
        first = desk.picture()
        seen = [program.press_and_see(keys) for keys in ("ctrl+2", "ctrl+1", "ctrl+3")]
        assert len({first, *seen}) >= 3
        program.press("ctrl+k")
        program.wait_for_focus(FINDER)
        program.press("Escape")
        program.wait_for_focus("Sample library")
        program.press("ctrl+q")
        assert program.exit_code() == 0
        assert '"place": "data"' in program.state()
        assert program.complaints() == []


def test_that_the_finder_does_what_is_typed(desk: Desk, home: Path) -> None:
    with running(desk, home) as program:
        program.wait_for_window("My library")
        program.press("ctrl+k")
        program.wait_for_focus(FINDER)
        desk.tool("type", "Add reports")
        program.settle()
        program.press("Return")
        program.wait_for_focus("My library")
        program.press("ctrl+w")
        assert program.exit_code() == 0
        assert '"place": "add"' in program.state()
        assert program.complaints() == []
