"""Whether a library that was there is there still: a drive that was taken out must not look like an empty library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.journal import Journal, read_journal
from nolcat_desktop.dataset.layout import FAMILIES, SOURCES, Layout
from nolcat_desktop.dataset.publish import pending, state_of
from nolcat_desktop.problem import NolcatError, Problem


class Presence:
    """Of one library, from the first time that something was found in it."""

    def __init__(self, layout: Layout, is_made: bool = False) -> None:
        """`is_made`: whether something was found in it before now, by whoever asks."""
        self._layout = layout
        self.is_made = is_made
        """Whether the library was there once: before that, a missing folder is one that is still to be made."""

    def journal(self) -> Journal:
        """The history as it is now.

        Raises:
            NolcatError: If the library was there once and is gone, or cannot be read from the disk.
        """
        journal = read_journal(self._layout)
        self.is_made = self.is_made or bool(journal.records)
        if not journal.records:
            self.check()
        return journal

    def check(self) -> None:
        """See that the library is there, if it ever was.

        Raises:
            NolcatError: If it is gone. An empty folder in its place is where its drive was.
        """
        layout = self._layout
        if self.is_made and not any(path.exists() for path in _of_a_library(layout)):
            raise NolcatError(missing(layout))

    @contextmanager
    def within(self, to_the_end: bool = False) -> Iterator[None]:
        """Within it, what the disk refuses is a NolcatError; if the library went meanwhile, it says that.

        Args:
            to_the_end: Whether it must be there at the end as well: what was found would be of half a library.
        """
        try:
            with disk(self._layout.folder):
                yield
        except NolcatError:
            self.check()
            raise
        if to_the_end:
            self.check()


def _of_a_library(layout: Layout) -> Iterator[Path]:
    """What of a library is left when parts of it were deleted: whoever checks it says which."""
    yield from (layout.hidden, layout.originals, *map(layout.at, (SOURCES, *FAMILIES)))


def can_be_written(layout: Layout) -> bool:
    """Whether this user could add to the library as far as rights and medium tell; nothing is written to find out."""
    folder = next((path for path in (layout.hidden, *layout.hidden.parents) if path.exists()), layout.folder)
    files = [path for path in (layout.lock, layout.journal, layout.journal_copy) if path.exists()]
    return os.access(folder, os.W_OK | os.X_OK) and all(os.access(path, os.W_OK) for path in files)


def lost_files(layout: Layout, journal: Journal) -> tuple[str, ...]:
    """Files that the history knows and that are not in the folder: the numbers in them are in no sum.

    None while a run is being published: then files are on their way.
    """
    if pending(journal) is not None:
        return ()
    with disk(layout.folder):
        known = state_of(journal.records).items()
        lost = tuple(path for path, sha256 in known if sha256 is not None and not layout.at(path).is_file())
    return lost if not lost or read_journal(layout) == journal else ()


MISSING: Final = "The library's folder cannot be found"


def missing(layout: Layout) -> Problem:
    """The library's folder is not there, or nothing of the library is in it."""
    return Problem(
        MISSING,
        "Nothing of the library is there now. Nothing is lost by this, and nothing is half written.",
        "Connect the drive, then try again.",
        str(layout.folder),
    )
