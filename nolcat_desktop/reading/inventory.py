"""What is to be read: files, folders searched through, and archives, as one list of sources of bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.reading.archive_problems import failing, nothing_inside
from nolcat_desktop.reading.archives import is_archive, members
from nolcat_desktop.reading.kinds import is_foreign
from nolcat_desktop.reading.open_elsewhere import refused

_BEGINNING = 1 << 20
"""Bytes that are read of a large file to see whether it is worth reading."""
LARGEST = 4 << 30
"""Bytes of a file that may be read into memory; the largest reports known have a tenth of that."""
_PASSED_OVER = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read."""

    name: str
    """As it is told to the user: the path as given, `archive.zip!/member` inside an archive,
    `archive.zip!/inner.zip!/member` inside one in another."""
    named: bool
    """True when the user named it itself, False when it was found in a folder or an archive."""
    load: Callable[[], bytes] = field(repr=False)
    """Its content."""


def sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Every file in `paths`, folders searched through in the order of their names, archives opened.

    Hidden files and what systems leave behind (`Thumbs.db`, lock files `~$…`) are passed over in folders and archives,
    linked folders are not followed. Archives within archives are opened too, up to a depth (`archives`).

    Args:
        paths: Files, folders and archives.

    Yields:
        One source a file, in order. What is not there or cannot be opened is a source too, whose `load` raises a
        `NolcatError` that says why.
    """
    for path in paths:
        if _is_folder(path):
            yield from _within(path)
        else:
            yield from _opened(path, named=True)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _within(folder: Path) -> Iterator[Source]:
    closed: list[OSError] = []
    for found in sorted(_files(folder, closed)):
        yield from _opened(found, named=False)
    for error in closed:
        yield Source(str(error.filename), True, failing(_closed_folder(error)))


def _files(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    for at, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not _is_passed_over(name))
        yield from (Path(at) / name for name in names if not _is_passed_over(name))


def _is_passed_over(name: str) -> bool:
    return (name.startswith((".", "~$")) and name not in {".", ".."}) or name in _PASSED_OVER


def _opened(path: Path, *, named: bool) -> Iterator[Source]:
    if not _is_archive(path):
        yield Source(str(path), named, lambda: read_bytes(path))
        return
    empty = True
    try:
        for member in members(path, _is_passed_over):
            empty = False
            yield Source(member.name, False, member.load)
    except NolcatError as error:
        yield Source(str(path), named, failing(error.problem))
    else:
        if empty:
            yield Source(str(path), named, failing(nothing_inside()))


def _is_archive(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode) and is_archive(path)
    except OSError:
        return False


def _closed_folder(error: OSError) -> Problem:
    return Problem(
        "The folder could not be searched",
        f"{error.strerror or error}; what it holds was not read.",
        "Ask for the right to open it, or copy it to this computer.",
    )


def read_bytes(path: Path) -> bytes:
    """The content of a file; of a large one of another kind (a film, a database) its beginning, which tells the kind.

    Raises:
        NolcatError: If it is not there, is no regular file, may not be read, or is larger than `LARGEST`.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NolcatError(_no_file(path))
        if found.st_size > _BEGINNING:
            with path.open("rb") as file:
                beginning = file.read(_BEGINNING)
            if is_foreign(beginning):
                return beginning
        if found.st_size > LARGEST:
            raise NolcatError(_too_large(path))
        return path.read_bytes()
    except MemoryError as error:
        raise NolcatError(_too_large(path)) from error
    except (OSError, ValueError) as error:
        raise NolcatError(_unreadable(path, error)) from error


def _no_file(path: Path) -> Problem:
    meaning = f"{path.name} is a device or a link that cannot be read."
    return Problem("This is not a file", meaning, "Choose a file or a folder.")


def _too_large(path: Path) -> Problem:
    return Problem(
        "The file is too large to be read",
        f"{path.name} does not fit into memory (at most {LARGEST >> 30} GB); nothing of it was read.",
        "If it is a report, ask the provider for it in parts, such as year by year.",
    )


def _unreadable(path: Path, error: OSError | ValueError) -> Problem:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            meaning = f"{path} was not found; nothing was read."
            return Problem("The file is not there", meaning, "Check the name, or whether the drive is connected.")
        case PermissionError() if (held := refused(path, error)) is not None:
            return held
        case PermissionError():
            meaning = f"The system does not let you open {path.name}."
            return Problem("The file may not be read", meaning, "Close it elsewhere, or ask for the right to read it.")
        case _:
            said = getattr(error, "strerror", None) or error
            return Problem(
                "The file could not be read", f"{path.name}: {said}.", "Copy it to this computer and try again."
            )
