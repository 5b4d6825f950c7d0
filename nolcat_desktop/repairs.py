"""What a spreadsheet program, or a hand, has done to a cell, and what the cell must have been."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

PROVED_ELSEWHERE = "proved by "
"""How the proof of a repair begins for which something outside the report is needed: another file, the library."""
_TEXT = re.compile(r"([A-Z]+[0-9]+): “(.*?)” → “(.*?)” \(([a-z]+-[a-z]+): (.*)\)", re.DOTALL)


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

    @property
    def is_proved_elsewhere(self) -> bool:
        """Whether the report alone does not prove it."""
        return self.proof.startswith(PROVED_ELSEWHERE)

    def __str__(self) -> str:
        """As the library's records tell it."""
        return f"{self.position}: “{self.before}” → “{self.after}” ({self.rule}: {self.proof})"

    @classmethod
    def from_text(cls, text: str) -> Repair | None:
        """Read what `str` wrote, the element and the row apart; None when it is no such text."""
        found = _TEXT.fullmatch(text)
        if found is None:
            return None
        position, before, after, rule, proof = found.groups()
        return cls(position, "", before, after, rule, proof)


@dataclass(frozen=True, slots=True)
class Titled:
    """What tells a title of a platform from others of the same name; blank where it is not known."""

    name: str
    """Case and blanks aside (`folded`), as all of these."""
    platform: str = ""
    doi: str = ""
    proprietary: str = ""
    year: str = ""
    """YOP; for books only: editions go by the same name."""

    def agrees(self, other: Titled) -> bool:
        """Whether the other can be the same: name and platform equal, and nothing that both have differs."""
        if (self.name, self.platform) != (other.name, other.platform):
            return False
        pairs = ((self.doi, other.doi), (self.proprietary, other.proprietary), (self.year, other.year))
        return all(not one or not two or one == two for one, two in pairs)


class Prover(Protocol):
    """Knows what a report alone cannot know: whole identifiers that stand elsewhere."""

    def __call__(
        self, position: str, element: str, title: Titled, fits: Callable[[str], bool], /
    ) -> tuple[str, str] | None:
        """The one identifier that a spoiled cell must have been, and the proof.

        Args:
            position: Of the cell.
            element: In whose column it stands.
            title: What the row is about.
            fits: Whether an identifier is whole and can have become what is left in the cell.

        Returns:
            None when there is none, or more than one.
        """
        ...


def folded(text: object) -> str:
    """A name or an identifier for comparing: case and blanks aside; '' for nothing."""
    return " ".join(str(text).split()).lower() if text is not None else ""


def the_one(found: dict[str, str]) -> tuple[str, str] | None:
    """The only identifier among these (→ proof), hyphens and case aside; None when they are several, or none."""
    bare = {one.replace("-", "").replace(" ", "").upper() for one in found}
    return next(iter(found.items())) if len(bare) == 1 else None
