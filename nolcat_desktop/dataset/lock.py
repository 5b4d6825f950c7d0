"""One writer at a time, by a lock of the operating system: a crash releases it."""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from nolcat_desktop.dataset.border import disk, failure
from nolcat_desktop.dataset.files import make_folder
from nolcat_desktop.dataset.layout import Layout
from nolcat_desktop.dataset.lock_holder import holder, noted
from nolcat_desktop.problem import NolcatError, Problem

_WITHOUT = (errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK)


@contextmanager
def writing(layout: Layout, wait: float = 0.5) -> Iterator[None]:
    """Hold the library's lock.

    Args:
        layout: The library.
        wait: Seconds to wait for another writer to finish.

    Raises:
        NolcatError: If another window or program is writing, or the folder cannot be written.
    """
    with disk(layout.hidden):
        make_folder(layout.hidden)
    mode = _mode(layout.hidden)
    lock = FileLock(layout.lock, timeout=wait, mode=mode, fallback_to_soft=False, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise busy(layout) from error
    except PermissionError as error:
        raise NolcatError(_closed(layout, error)) from error
    except OSError as error:
        raise (NolcatError(_NO_LOCKS) if error.errno in _WITHOUT else failure(error, layout.lock)) from error
    try:
        with noted(_note(layout)):
            yield
    finally:
        lock.release()


def _mode(hidden: Path) -> int:
    """Whoever may write beside the lock may lock: in a folder that colleagues share the first of them makes it."""
    try:
        return stat.S_IMODE(hidden.stat().st_mode) & 0o666 | 0o600
    except OSError:
        return 0o644


def _closed(layout: Layout, error: PermissionError) -> Problem:
    """The lock may not be taken: whose it is, where the system tells it."""
    owner = ""
    with suppress(OSError, NotImplementedError, KeyError):
        owner = f" Its lock belongs to “{layout.lock.owner()}”."
    return Problem(
        "You may look at this library, but not change it",
        f"{layout.folder} cannot be written in your name.{owner} Nothing was changed: the library is as it was before.",
        "Ask its owner, or who looks after the computer, for the right to write in this folder and all that is in it; "
        "or add to a library of your own.",
        str(error.filename or layout.lock),
        error.strerror or str(error),
    )


def busy(layout: Layout) -> NolcatError:
    """Someone else is writing into the library: who, and since when, is its position as far as it is known."""
    return NolcatError(
        Problem(
            _BUSY,
            f"{layout.folder}: only one may write at a time. Nothing was changed here.",
            "Wait until the other one has finished, or close it; then do it again.",
            holder(_note(layout)),
        )
    )


def is_busy(problem: Problem) -> bool:
    """Whether `problem` is that of `busy`, whoever it was."""
    return problem.title == _BUSY


def _note(layout: Layout) -> Path:
    return layout.lock.with_name("lock-holder")


_BUSY = "The library is being changed by another window or program"
_NO_LOCKS = Problem(
    "The library's disk cannot be locked",
    "Without a lock two programs could write at the same time and lose numbers. Nothing was changed.",
    "Put the library on a disk of this computer rather than on this network drive.",
)
