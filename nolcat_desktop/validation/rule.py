"""What a rule about the data rows is: a row of a table, with a Polars expression that is true where it is broken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release

BOTH: Final = frozenset({Release.R5, Release.R51})
R5: Final = frozenset({Release.R5})
R51: Final = frozenset({Release.R51})
R4: Final = frozenset({Release.R3, Release.R4})
"""Rules of Release 4 for rows and cells hold for Release 3, too."""
ALL: Final = frozenset(Release)

VALUE: Final = pl.col("value")
"""In rules over values: the text as delivered, never null and never only blanks."""
PART: Final = pl.col("part")
"""In rules over parts: one part of a semicolon list, without surrounding blanks."""


class Over(Enum):
    """What the expression of a rule speaks about, and so how often it is evaluated."""

    VALUE = auto()
    """One distinct text of one element (column `value`)."""
    PART = auto()
    """One part of a semicolon list (column `part`)."""
    BLANK = auto()
    """Blank cells: the rule has no expression of its own."""
    ROW = auto()
    """A whole row: the columns of the report."""


class Place(Enum):
    """Where a finding about a row stands."""

    CELL = auto()
    """At the cell of the rule's first element; at the row when it has none."""
    OBJECT = auto()
    """The same in tables; in JSON at the object that holds the counts."""
    ITEM = auto()
    """The same in tables; in JSON at the item, once."""
    ITEM_ROW = auto()
    """In tables at the whole row; in JSON at the item, once."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement on the data rows."""

    id: str
    """Stable rule code: `V-07`."""
    level: Level
    elements: tuple[str, ...]
    """Elements whose cells it is checked in; over rows: the first is where the finding stands, () for the whole row."""
    broken: pl.Expr
    """True where the rule is broken; null means that it is not this rule's business."""
    message: str
    """What is wrong; `{value}`, `{element}` and `{detail}` are filled in."""
    hint: str = ""
    over: Over = Over.VALUE
    releases: frozenset[Release] = BOTH
    reports: frozenset[str] = frozenset()
    """Report ids or families it is for; empty for all."""
    detail: pl.Expr | None = None
    """What fills `{detail}`: a String expression over the same columns."""
    official: bool = True
    """False for rules of this program that COUNTER's own validator does not have."""
    source: str = ""
    """Where the requirement stands."""
    place: Place = Place.CELL
    """Over rows: where the finding stands."""

    def applies(self, definition: Definition, *, official: bool) -> bool:
        """True when the rule is one for reports of `definition`."""
        if official and not self.official:
            return False
        reports = self.reports
        named = not reports or definition.report_id in reports or definition.family.value in reports
        return named and definition.release in self.releases


def applicable(rules: Iterable[Rule], definition: Definition, *, official: bool) -> list[Rule]:
    """Those of `rules` that are for reports of `definition`."""
    return [rule for rule in rules if rule.applies(definition, official=official)]
