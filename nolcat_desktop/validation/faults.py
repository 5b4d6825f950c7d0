"""What a finding is made of before it stands in the frame: the fault (a row of a table) and its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.findings import FINDINGS


class Found(NamedTuple):
    """One finding, in the order of `FINDINGS`."""

    rule: str
    level: int
    position: str | None
    element: str | None
    value: str | None
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a report can depart from the Code of Practice: a row of a table of rules."""

    rule: str
    """Stable rule code: `H-11`."""
    level: Level
    message: str
    """What is wrong; `{value}`, `{element}` and `{detail}` are filled in."""
    hint: str = ""
    """What to do about it; filled in like the message."""

    def at(self, position: str | None, element: str | None = None, value: str | None = None, detail: str = "") -> Found:
        """This fault, found at `position` in `element`, whose text as delivered is `value`."""
        filled = {"value": value or "", "element": element or "", "detail": detail}
        return Found(
            self.rule, int(self.level), position, element, value, fill(self.message, filled), fill(self.hint, filled)
        )


def fill(template: str, filled: dict[str, str]) -> str:
    """`template` with the names in braces replaced; braces inside the values stay as they are."""
    text = ""
    rest = template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        text += before + filled.get(name, "")
    return text + rest


def filled_column(template: str, element: str) -> pl.Expr:
    """The same for a whole column: a String expression over the columns `value` and `detail`."""
    pieces: list[pl.Expr] = []
    rest = template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        pieces += [pl.lit(before), pl.lit(element) if name == "element" else pl.col(name).fill_null("")]
    return pl.concat_str([*pieces, pl.lit(rest)])


def frame_of(found: Iterable[Found]) -> pl.DataFrame:
    """A frame of findings, in the schema `FINDINGS`, one row for each of `found`."""
    return pl.DataFrame(list(found), schema=FINDINGS, orient="row")
