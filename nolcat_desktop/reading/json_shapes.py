"""The shapes of objects: their names and the places of their identifiers, kept once for all objects that are alike."""

from __future__ import annotations

from typing import NamedTuple

from nolcat_desktop.reading.json_plan import Plan
from nolcat_desktop.reading.json_texts import column_of

_DATED = "Item_Dates"
_ATTRIBUTED = "Item_Attributes"


class Shape(NamedTuple):
    """How an object is laid out."""

    plan: Plan
    kinds: tuple[str, ...]
    """Types of its identifiers, in order."""
    dated: int
    """Place of the publication date in Item_Dates."""
    attributed: int
    """Place of the article version in Item_Attributes."""
    base: str
    """Where the object stands in its owner: `.Item_Parent`, or ''."""
    listed: bool
    """Whether Item_ID is a list (R5) rather than an object (R5.1)."""

    def path(self, element: str, prefix: str = "") -> str | None:
        """Path of an element (a column) from the object on; None when the object does not have it."""
        name = self.plan.names.get(element)
        if name is None:
            return self._identifier(element, prefix)
        if element.endswith("Publication_Date") and self.plan.names.get(_DATED) == name:
            return f".{name}[{self.dated}].Value"
        if element.endswith("Article_Version") and self.plan.names.get(_ATTRIBUTED) == name:
            return f".{name}[{self.attributed}].Value"
        return f".{name}"

    def _identifier(self, element: str, prefix: str) -> str | None:
        owner = self.plan.names.get("Item_ID")
        if owner is None:
            return None
        for place, kind in enumerate(self.kinds):
            if column_of(kind) is not None and f"{prefix}{column_of(kind)}" == element:
                return f".{owner}[{place}].Value" if self.listed else f".{owner}.{kind}"
        return None


class Shapes:
    """All shapes of a report, each by its number."""

    def __init__(self) -> None:
        """Begin with none."""
        self.known: list[Shape] = []
        self._numbers: dict[Shape, int] = {}

    def number(self, shape: Shape) -> int:
        """The number of `shape`, new when it was not met before."""
        number = self._numbers.get(shape)
        if number is None:
            number = self._numbers[shape] = len(self.known)
            self.known.append(shape)
        return number
