"""SHA-256 of files: whole, of each part, and as the service puts the sums of parts together."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nolcat_desktop.sync.store import MIB

SMALL = 8 * MIB
"""Files up to this size are sent in one piece."""
_MOST_PARTS = 10_000
_CHUNK = 1 * MIB


class FileChanged(Exception):  # noqa: N818 - what happened, not an error
    """The file is not the one that was planned; nothing of it counts as sent."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file is written: an unchanged stamp means that nobody touched it."""

    bytes: int
    modified: int
    """Nanoseconds."""
    changed: int
    """Nanoseconds; of the entry in the folder."""
    node: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What a large file holds, in one pass."""

    sha256: str
    """Hexadecimal, of the whole."""
    part_bytes: int
    parts: tuple[bytes, ...]
    """SHA-256 of each part of `part_bytes`, 32 bytes each."""
    bytes: int

    @property
    def checksum(self) -> str:
        """What the service should say of the object: see `StoredObject.checksum`."""
        together = hashlib.sha256(b"".join(self.parts)).digest()
        return f"{as_base64(together)}-{len(self.parts)}"


def stamp_of(file: Path) -> Stamp:
    """The file's stamp.

    Raises:
        OSError: If it cannot be asked for.
    """
    seen = file.stat()
    return Stamp(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def part_bytes_for(size: int) -> int:
    """How large the parts of a file are: 8 MiB, more when there would be too many (Amazon S3 allows 10,000)."""
    return max(SMALL, -(-size // _MOST_PARTS // MIB) * MIB)


def sha256_of(file: Path, heed: Callable[[], None]) -> str:
    """SHA-256 of a file, hexadecimal.

    Args:
        file: The file.
        heed: Called every MiB; may raise to stop.

    Raises:
        OSError: If it cannot be read.
    """
    counted = hashlib.sha256()
    with file.open("rb", buffering=0) as source:
        while block := source.read(_CHUNK):
            heed()
            counted.update(block)
    return counted.hexdigest()


def hash_of(parts: Sequence[bytes]) -> str:
    """SHA-256 of bytes in several pieces, hexadecimal."""
    counted = hashlib.sha256()
    for part in parts:
        counted.update(part)
    return counted.hexdigest()


def as_base64(digest: bytes) -> str:
    """A digest as the service writes it."""
    return base64.b64encode(digest).decode()
