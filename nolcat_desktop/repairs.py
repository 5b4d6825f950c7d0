"""What a spreadsheet program, or a hand, has done to a cell, and what the cell must have been."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell that is proved to have been something else.

    The original stays as it is: a repair holds for what is stored, is told with the load, and can be declined.
    """

    position: str
    """Of the cell: `F12`."""
    element: str
    """The element or month (`yyyy-mm`) in whose column it stands; of a heading: its month."""
    before: str
    """As delivered."""
    after: str
    rule: str
    """`heading-…` (a month), `issn-…` and `isbn-…` (an identifier), `count-…` (a number of uses)."""
    proof: str
    """Why it can have been nothing else, in words."""
    row: int | None = None
    """Value of the column `row` of `Report.items`; None for a column heading."""

    def __str__(self) -> str:
        """As the library's records tell it."""
        return f"{self.position}: “{self.before}” → “{self.after}” ({self.rule}: {self.proof})"
