"""The releases of the Code of Practice that this program knows.

Release 3 stands beside the three that the plan of the house named for the column `release` (4, 5 or 5.1). Libraries
hold its reports and nobody delivers those months again; where its columns are those of a report of Release 4, its
numbers are as good. What it counts is not the same (`Total searches run` contains the federated ones, there are
sessions), so it has a value of its own: stored as 4, a question by release would add what must not be added. Release 1
of the Code for books was in force beside Release 3 of the one for journals and databases, and Release 4 replaced both:
it is 3 here, too.
"""

from __future__ import annotations

from enum import StrEnum


class Release(StrEnum):
    """A release of the COUNTER Code of Practice, written as the `release` column of usage writes it."""

    R3 = "3"
    R4 = "4"
    R5 = "5"
    R51 = "5.1"

    @property
    def is_before_5(self) -> bool:
        """Whether its reports are laid out as before Release 5: a name in A1, total rows, metrics that are implied."""
        return self in {Release.R3, Release.R4}
