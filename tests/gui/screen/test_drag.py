"""Files dragged with a real mouse out of a second program's window (Xdnd) and dropped on the program's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nolcat_desktop.gui.sample import sample_reports
from tests.gui.screen.desk import TOP, Desk, Running, process, running

pytestmark = pytest.mark.screen

CORNER = (20, 830)
"""Where the file manager of the test stands: over nothing of the window that matters."""


@contextmanager
def dragging(desk: Desk, program: Running, *files: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The mouse with `files` over the middle of the window, its button held."""
    words = [sys.executable, str(Path(__file__).with_name("drag_source.py")), *map(str, (*CORNER, *files))]
    with process(words, desk.environment, stdout=subprocess.PIPE, cwd=TOP) as source:
        assert source.stdout is not None
        assert source.stdout.readline() == b"ready\n"
        program.until(lambda: program.find("drag source"), "the drag source")
        program.settle()
        x, y = CORNER[0] + 30, CORNER[1] + 30
        desk.tool("mousemove", x, y, "mousedown", 1)
        for step in range(14):
            desk.tool("mousemove", x + 50 * step, y - 30 * step)
        yield source
        source.stdout.close()


def is_veiled(before: bytes, now: bytes) -> bool:
    """Whether so much of the screen is another one that the overlay's sentence is seen."""
    looked_at = range(0, len(before), 97)
    return sum(before[at] != now[at] for at in looked_at) * 200 > len(looked_at)


def test_that_files_dropped_anywhere_are_checked(spoken_desk: Desk, home: Path) -> None:
    report = sample_reports() / "rowan-shelf_TR_2019.tsv"
    with running(spoken_desk, home) as program:
        program.wait_for_window("My library")
        before = spoken_desk.picture()
        with dragging(spoken_desk, program, report) as source:
            program.until(lambda: is_veiled(before, spoken_desk.picture()), "the overlay")
            program.settle()
            spoken_desk.tool("mouseup", 1)
            assert source.stdout is not None
            assert source.stdout.readline() == b"CopyAction\n"
            heard = program.wait_to_hear("1 report found in 1 file", "label")
        assert heard.name == "1 report found in 1 file. Nothing has been written yet. 1 cannot be added."
        program.press("ctrl+q")
        assert program.exit_code() == 0
        assert '"place": "add"' in program.state()
        assert program.complaints() == []
        assert not (home / "data" / "NoLCAT" / "Library").exists()
