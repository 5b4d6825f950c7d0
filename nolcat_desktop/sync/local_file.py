"""Files of the library as they are read for sending; errors of the disk end here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_SET

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.sync.plan import Local
from nolcat_desktop.sync.sums import FileChanged, Sums, sums_of


def piece(local: Local, begin: int, size: int) -> bytes:
    """At most `size` bytes from `begin` on.

    The file is opened for this piece alone, so that it can be replaced meanwhile, on Windows too.

    Raises:
        FileChanged: If the file is not there any more.
        NolcatError: If it cannot be read.
    """
    if local.content is not None:
        return local.content[begin : begin + size]
    assert local.file is not None  # noqa: S101 - for the type: what has no content has a file
    with reading(local.key), local.file.open("rb") as file:
        file.seek(begin, SEEK_SET)
        return file.read(size)


def count(local: Local, pace: Pace) -> Sums:
    """The sums of a file, read once.

    Raises:
        FileChanged: If the file is not there any more.
        NolcatError: If it cannot be read.
    """
    assert local.file is not None  # noqa: S101 - for the type: only files are large
    with reading(local.key):
        return sums_of(local.file, pace.heed)


@contextmanager
def reading(key: str) -> Iterator[None]:
    """Within it, an error of the disk is raised as what it means for sending `key`."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileChanged(key) from error
    except OSError as error:
        raise NolcatError(
            Problem(
                "A file of the library cannot be read",
                f"{key}: {error.strerror or error}. It was not sent; what lies in the bucket is as it was.",
                "Look whether the disk is there and another program holds the file, then send again.",
            )
        ) from error


@contextmanager
def writing(place: str) -> Iterator[None]:
    """Within it, an error of the disk is raised as a problem with fetching into `place`."""
    try:
        yield
    except OSError as error:
        raise NolcatError(
            Problem(
                "A file could not be written",
                f"{place}: {error.strerror or error}. The library is as it was; what was fetched so far is kept.",
                "Make room on the disk or choose another folder, then fetch again: it goes on where it stopped.",
            )
        ) from error
