"""A child process that is to be killed: started by `test_kill.py` with a folder and the number of the step to die at.

With step 0 it adds and takes back reports until it is killed from outside; a byte on stdout says that it is at work.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from nolcat_desktop.dataset import Library
from tests.dataset.builders import NOON, candidate, content


def die_at(wanted: int) -> object:
    """Something to call before each step, which kills this process at the one wanted."""
    count = 0

    def before_step(name: str) -> None:
        nonlocal count
        count += 1
        if count == wanted:
            sys.stdout.write(name)
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)

    return before_step


def change(held: Library) -> None:
    """Replace a month in one part, add another part and a source: four files at once."""
    with held.run("Changed") as run:
        run.sources, source, _ = run.sources.ensure("New source")
        offered = [
            candidate({"2024-01": 11, "2024-04": 40}, name="b"),
            candidate({"2024-01": 7}, source=source, name="c"),
            candidate({"2024-01": 8}, report_type="PR", name="d"),
        ]
        for one in offered:
            run.add(run.plan(one, "replace"), content(one.load.original))
        run.commit()


def main() -> None:
    """Die at a step, or work until killed."""
    folder, step = Path(sys.argv[1]), int(sys.argv[2])
    held = Library.open(folder, lambda: NOON, "1.0", before_step=die_at(step))  # type: ignore[arg-type]
    change(held)
    sys.stdout.write("x")
    sys.stdout.flush()
    while step == 0:
        held.undo()
        held.redo()


if __name__ == "__main__":
    main()
