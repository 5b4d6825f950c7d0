"""Whether the list of statistics sources is the one that was written here."""

from __future__ import annotations

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.files import sha256_of
from nolcat_desktop.dataset.layout import SOURCES, Layout
from nolcat_desktop.dataset.sources import read_sources
from nolcat_desktop.problem import NolcatError, Problem


def sources_problems(layout: Layout, wanted: str | None) -> tuple[Problem, ...]:
    """What is wrong with the list; () when nothing is.

    Args:
        layout: The library.
        wanted: SHA-256 of the list as the history says; None when it says nothing of it.
    """
    file = layout.at(SOURCES)
    try:
        read_sources(file)
        with disk(file):
            found = sha256_of(file) if file.is_file() else None
    except NolcatError as error:
        return (error.problem,)
    if wanted in (None, found):
        return ()
    return (_MISSING if found is None else _CHANGED,)


_MISSING = Problem(
    "The list of statistics sources is missing",
    "The numbers are there, but the names of their sources are not known any more.",
    "Bring the file back from a backup, or take in a list with the same ids (nolcat library sources --take-in).",
)
_CHANGED = Problem(
    "The list of statistics sources is not as it was written here",
    "Another program changed it, or the disk damaged it: a source may stand under a wrong name or number. The numbers "
    "are not affected.",
    "Look the names over, and bring the file back from a backup if one is wrong. The next name that is changed here "
    "(nolcat library sources --rename) makes the list as it is now the right one.",
)
