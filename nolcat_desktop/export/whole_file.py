"""A file that stands under its name whole or not at all: written beside it, renamed when it is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nolcat_desktop.problem import NolcatError, Problem


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a name beside `target` to write to; it takes the place of `target` when the block ends well.

    Raises:
        NolcatError: If the disk refuses. What stood under `target` stays.
    """
    beside = target.with_name(f"{target.name}.{os.getpid()}.unfinished")
    try:
        yield beside
        beside.replace(target)
    except OSError as error:
        told = error.strerror or error
        remedy = "Close it in other programs, or choose another folder."
        raise NolcatError(Problem("The file could not be written", f"{target}: {told}.", remedy)) from error
    finally:
        beside.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> None:
    """Put `content` under the name `target`, on the disk before the name is.

    Raises:
        NolcatError: If the disk refuses. What stood under `target` stays.
    """
    with whole_file(target) as beside, beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
