"""What is said of archives that cannot be opened, and of files in them that cannot be read."""

from __future__ import annotations

from collections.abc import Callable

from nolcat_desktop.problem import NolcatError, Problem


def failing(problem: Problem) -> Callable[[], bytes]:
    """What stands for the content of a file that cannot be read."""

    def load() -> bytes:
        raise NolcatError(problem)

    return load


def unreadable(detail: str) -> Problem:
    """The problem of an archive that cannot be opened."""
    return Problem(
        "The archive could not be opened",
        f"It is damaged, protected by a password, or incomplete ({detail}); nothing in it was read.",
        "Unpack it with another program, or download it again.",
    )


def nothing_inside() -> Problem:
    """The problem of an archive without any file that is to be read."""
    return Problem("The archive is empty", "There is no file in it to be read.", "Download it again, or look inside.")


def too_large(size: int) -> Problem:
    """The problem of a file that unpacks to more than can be read."""
    return Problem(
        "This file in the archive is too large",
        f"It unpacks to {size:,} bytes; nothing was read.",
        "Unpack the archive and open the file itself.",
    )


def too_deep(deepest: int) -> Problem:
    """The problem of an archive that stands in too many others."""
    return Problem(
        "Archives stand too deep inside one another",
        f"This one stands inside {deepest} others; it was not opened, and nothing in it was read.",
        "Unpack it and open the folder.",
    )


def too_many(most: int) -> Problem:
    """The problem of an archive of too many files."""
    return Problem(
        "The archive holds too many files",
        f"Only the first {most:,} were looked at.",
        "Unpack it and open its folders one by one.",
    )


def database_dump() -> Problem:
    """The problem of a packed dump of a database."""
    return Problem(
        "This is not a COUNTER report that can be read",
        "It is the packed dump of a database; nothing in it was read.",
        "If it is NoLCAT's, take it over instead (nolcat take-over --dump).",
    )
