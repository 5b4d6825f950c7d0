"""Work that tests have done in another process: found there by its name."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from types import MappingProxyType

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.workflow.review_apart import Desk

PROBLEM = Problem("The folder is gone", "Nothing is lost.", "Connect the drive.", "here")
NUMBER = "4711"


def double(desk: Desk, number: int) -> Mapping[str, int]:
    """Tell each number on the way, and give back twice the last one, read-only."""
    for one in desk.progress.over("Counting", range(number)):
        desk.tell(one)
    return MappingProxyType({"twice": 2 * number, "process": os.getpid()})


def refuse(_desk: Desk) -> None:
    """An expected failure."""
    raise NolcatError(PROBLEM)


def stumble(_desk: Desk) -> None:
    """An unexpected one."""
    raise KeyError(NUMBER)


def go_on(desk: Desk) -> None:
    """Until it is asked to stop."""
    while True:
        desk.progress.tell("Waiting", 0, 0)


def hang(desk: Desk) -> None:
    """Without ever looking whether it shall stop."""
    desk.tell("hanging")
    while True:
        pass


def write_much(_desk: Desk) -> str:
    """What anyone writes to the standard output does not disturb what is told."""
    sys.stdout.write("x" * 100_000)
    sys.stdout.flush()
    return "written"


def die(_desk: Desk) -> None:
    """As when the system ends it."""
    os._exit(9)
