"""Files that are there whole or not at all: written beside, synced, renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path

_TRIES = 40
_WAIT = 0.05


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes, 64 lower-case hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """Make the system write the file's bytes to the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make the system write the folder's names to the disk (Windows does so by itself and cannot be asked)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(source: Path, target: Path) -> None:
    """Rename `source` to `target`, over what is there.

    On Windows a virus scanner or a synchronising program may hold either file for a moment, so it is tried for two
    seconds before the PermissionError is let through.
    """
    for left in reversed(range(_TRIES)):
        try:
            source.replace(target)
            return
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(_WAIT)


def remove_file(path: Path) -> None:
    """Remove the file, which need not be there; tried like `replace_file`."""
    for left in reversed(range(_TRIES)):
        try:
            path.unlink(missing_ok=True)
            return
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(_WAIT)


def write_file(path: Path, content: bytes) -> None:
    """Write and sync a new file; the folder is not synced."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def copy_file(source: Path, target: Path) -> None:
    """Copy the bytes and sync them."""
    shutil.copyfile(source, target)
    sync_file(target)


def keep_file(source: Path, target: Path, beside: Path) -> None:
    """Give the bytes of `source` a second name, `target`, by a hard link or, where that cannot be, by a copy.

    The copy is written to `beside` first, so that `target` is never there half.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError:
        copy_file(source, beside)
        replace_file(beside, target)


def make_folder(folder: Path) -> None:
    """Make the folder and those above it, and sync its name."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
