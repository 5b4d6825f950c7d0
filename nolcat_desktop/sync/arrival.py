"""Is what lies there what was sent? By the service's own sum, else by reading it back and counting."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from nolcat_desktop.objects import Overtaken, StoredObject, Tampered
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.catalog import Catalog
from nolcat_desktop.sync.crew import patiently
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.sync.store import ObjectStore


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a transfer is."""

    files_done: int
    files: int
    bytes_done: int
    bytes: int
    seconds_left: float | None
    """None while unknown."""
    waiting: str = ""
    """Why nothing moves; empty while it does."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a transfer needs besides the files."""

    store: ObjectStore
    catalog: Catalog
    pace: Pace
    progress: Progress
    patience: float = 60.0
    """Seconds for which it is tried again while the network is away."""
    hands: int = 8
    """Requests at the same time."""
    watch: Callable[[Tally], None] | None = None
    """Told ten times a second how far it is."""


class Counting:
    """Takes bytes and keeps nothing but their SHA-256 and number."""

    def __init__(self, pace: Pace) -> None:
        """Heed `pace` at each block."""
        self._pace = pace
        self._counted = hashlib.sha256()
        self.bytes = 0

    def write(self, block: bytes, /) -> int:
        """Count a block."""
        self._pace.heed()
        self._counted.update(block)
        self.bytes += len(block)
        return len(block)

    @property
    def sha256(self) -> str:
        """Hexadecimal."""
        return self._counted.hexdigest()


def hash_there(stored: StoredObject, means: Means) -> str:
    """SHA-256 of an object, by reading all of it."""

    def read() -> str:
        counting = Counting(means.pace)
        means.store.fetch(stored.key, stored.version_id, counting)
        return counting.sha256

    return patiently(read, means.pace, means.patience)


def verified(stored: StoredObject, size: int, checksum: str, sha256: str, means: Means) -> StoredObject:
    """`stored`, once it is certain that it is what was sent.

    Raises:
        Tampered: If it is not.
    """
    if stored.bytes == size and not stored.checksum:
        looked = patiently(lambda: means.store.look(stored.key), means.pace, means.patience)
        stored = looked or stored
    if stored.bytes == size and (stored.checksum == checksum or hash_there(stored, means) == sha256):
        return stored
    raise Tampered(
        Problem(
            "What lies there is not what was sent",
            f"{stored.key} has {stored.bytes:,} bytes there and {size:,} here, or other ones. "
            "No complete set names it.",
            "Send again. If it stays, something on the way changes files: a proxy or a virus scanner.",
        )
    )


def overtaken(key: str, found: StoredObject | None) -> Overtaken:
    """Someone else was faster."""
    by = f" by {found.writer}" if found is not None and found.writer else ""
    return Overtaken(
        Problem(
            "Changed there in the meantime",
            f"{key} was written{by} after it was looked at. Neither version is lost; this file was not sent.",
            "Look at both versions and decide: keep theirs, or send ours as a new version.",
        )
    )
