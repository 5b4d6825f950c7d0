"""The library that a command names."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from nolcat_desktop import __version__
from nolcat_desktop.cli.output import Output
from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.presence import lost_files
from nolcat_desktop.problem import NolcatError, Problem


def open_library(given: argparse.Namespace) -> Library:
    """The library that was named; the first run makes it when it is not there."""
    return Library.open(given.library, lambda: datetime.now(UTC), __version__)


def existing_library(given: argparse.Namespace) -> Library:
    """The library that was named, which must be there: a mistyped name is no empty library."""
    library = open_library(given)
    folder = library.layout.folder
    if not folder.is_dir():
        remedy = "Check the folder's name; `nolcat convert` makes a new library."
        raise NolcatError(Problem("There is no library here", f"{folder} is not there.", remedy))
    return library


def lacks_files(library: Library, output: Output) -> bool:
    """Whether files of the library are missing, which is said: every number would be too low without a word."""
    lost = lost_files(library.layout, library.presence.journal())
    if not lost:
        return False
    number = "1 file" if len(lost) == 1 else f"{len(lost):,} files"
    output.problem(
        Problem(
            "Files of the library are missing",
            f"{number} that the history knows, such as {lost[0]}. Their numbers are in no sum.",
            "Wait until the folder is copied whole, or bring them back from a backup; `nolcat library rebuild` makes "
            "them again from the originals.",
        )
    )
    return True
