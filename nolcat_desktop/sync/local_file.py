"""Files of the library as they are read for sending; errors of the disk end here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_SET
from threading import Lock

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.sync.plan import Local
from nolcat_desktop.sync.sums import FileChanged, Sums, as_base64, part_bytes_for


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


class Pieces:
    """A large file in parts, each read once and in order, whoever asks; safe from several threads."""

    def __init__(self, local: Local, size: int) -> None:
        """`size` is how many bytes were planned."""
        self._local = local
        self._lock = Lock()
        self._whole = hashlib.sha256()
        self._read = 0
        self._parts: dict[int, bytes] = {}
        self.part_bytes = part_bytes_for(size)
        self.count = -(-size // self.part_bytes)

    def take(self) -> tuple[int, bytes, str]:
        """Number (from 1), content and SHA-256 in base64 of the next part.

        Raises:
            FileChanged: If the file is not there any more, or shorter than planned.
            NolcatError: If it cannot be read.
        """
        with self._lock:
            content = piece(self._local, self._read, self.part_bytes)
            if not content:
                raise FileChanged(self._local.key)
            number = self._read // self.part_bytes + 1
            self._read += len(content)
            self._whole.update(content)
        digest = hashlib.sha256(content).digest()
        with self._lock:
            self._parts[number] = digest
        return number, content, as_base64(digest)

    def sums(self) -> Sums:
        """What was read, once all parts were taken."""
        with self._lock:
            parts = tuple(self._parts[number] for number in sorted(self._parts))
            return Sums(self._whole.hexdigest(), self.part_bytes, parts, self._read)


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
