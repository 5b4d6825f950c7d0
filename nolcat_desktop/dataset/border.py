"""The border post to the disk: errors of the operating system and of Parquet become problems a librarian can act on."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from nolcat_desktop.problem import NolcatError, Problem

DISK_FULL = "The disk is full"
NEWER = "This library was made by a newer version of the program"
_UNCHANGED = "Nothing was changed: the library is as it was before."
_ADVICE: dict[int, tuple[str, str]] = {
    errno.ENOSPC: (DISK_FULL, "Make room on the disk, then do it again."),
    errno.EDQUOT: (
        "Your share of the disk is used up",
        "Make room, or ask who looks after the computer, then do it again.",
    ),
    errno.EFBIG: (
        "A file became too large for this disk",
        "Put the library on a disk that takes large files (not FAT32).",
    ),
    errno.EACCES: (
        "No permission to use a file or folder",
        "Close other programs that use it, or ask for the right to read and write there.",
    ),
    errno.EPERM: (
        "No permission to use a file or folder",
        "Close other programs that use it, or ask for the right to read and write there.",
    ),
    errno.EROFS: ("The folder can be read but not written", "Choose a library folder that can be written."),
    errno.ENOTDIR: (
        "A file stands where a folder should be",
        "Choose another folder for the library, or move that file away.",
    ),
    errno.EEXIST: (
        "A file stands where a folder should be",
        "Choose another folder for the library, or move that file away.",
    ),
    errno.EISDIR: ("A folder stands where a file should be", "Move that folder out of the library."),
    errno.ENOENT: (
        "A file or folder is missing",
        "Look whether the library was moved, or its disk taken out; then do it again.",
    ),
    errno.ENAMETOOLONG: ("A name is too long for this disk", "Put the library into a folder with a shorter path."),
    errno.EIO: ("The disk could not be read or written", "Save what you can to another disk; this one may be failing."),
}
_OTHER = ("A file or folder could not be used", "Look whether the disk is there and not full, then do it again.")
_UNWRITTEN_FOOTER = "Invalid thrift: transport error"
"""What Polars says when the disk refuses the footer of a Parquet file; the number of the error is lost on the way."""
_OS_ERROR = re.compile(r"\(os error (\d+)\)(?:: ([^\n]+))?")


def failure(error: OSError | str, place: Path | str) -> NolcatError:
    """`error` (or the text of a library's error that quotes one) as a problem at `place`."""
    code, text, where = None, str(error), place
    if isinstance(error, OSError) and error.errno is not None:
        code, where = error.errno, error.filename or place
        text = error.strerror or text
    elif found := _OS_ERROR.search(text):  # Polars raises its own without a number
        code, where = int(found[1]), found[2] or place
    title, remedy = _ADVICE.get(code or 0, _OTHER)
    return NolcatError(Problem(title, _UNCHANGED, remedy, str(where), text))


@contextmanager
def disk(place: Path | str) -> Iterator[None]:
    """Within it, an error of the disk is raised as a NolcatError that names `place` or the file itself."""
    try:
        yield
    except OSError as error:
        raise failure(error, place) from error
    except pl.exceptions.ComputeError as error:
        if _OS_ERROR.search(str(error)):
            raise failure(str(error), place) from error
        if _UNWRITTEN_FOOTER in str(error):
            raise failure(OSError(errno.ENOSPC, "the end of the file could not be written"), place) from error
        raise


@contextmanager
def reading_part(path: str) -> Iterator[None]:
    """Within it, a part that cannot be read is raised as a NolcatError that names it."""
    try:
        yield
    except OSError as error:
        raise failure(error, path) from error
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise damaged_part(path, "its content cannot be read", str(error)) from error


def damaged_part(path: str, reason: str, details: str = "") -> NolcatError:
    """A part whose content is not what it should be: for what `reason`, and what was raised about it."""
    return NolcatError(
        Problem(
            "A part of the library is damaged",
            f"{path} cannot be trusted: {reason}. Its numbers are not used; nothing was changed.",
            "Check the library to see what is affected; bring the part back from a backup, or move it away and load "
            "its originals again.",
            details=details,
        )
    )


def newer_part(path: str, form: str, ours: str) -> NolcatError:
    """A part in a form that only a later program knows."""
    return NolcatError(
        Problem(
            NEWER,
            f"It has form {form}, and this program reads form {ours}. Nothing was opened or changed.",
            "Have the newer version installed, or open another library.",
            path,
        )
    )
