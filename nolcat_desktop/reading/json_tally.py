"""What reading JSON comes upon: a few of each kind with their positions, and how many more there are."""

from __future__ import annotations

import json
from typing import Any

from nolcat_desktop.report import Irregularity

Json = Any
"""A value as it was parsed: text, number, true, false, nothing, a list, an object."""
LISTED = 100
"""How many irregularities of one rule and element are told one by one; the rest is one line, `J-more`."""
_SHOWN = 200


def as_json(value: object) -> str:
    """The text of `value` as JSON writes it; text itself stays as it is."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def shortened(value: object) -> str:
    """`value` as JSON, cut to a length that fits into a message."""
    text = as_json(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


class Tally:
    """Collects irregularities, kind by kind; a million of one kind cost no more than a hundred."""

    def __init__(self) -> None:
        """Begin with none."""
        self._told: dict[tuple[str, str | None], list[Irregularity]] = {}
        self._more: dict[tuple[str, str | None], int] = {}
        self._summed: dict[tuple[str, str | None], tuple[Irregularity, int]] = {}

    def add(
        self, rule: str, position: str | None, element: str | None = None, value: Json = None, detail: str | None = None
    ) -> None:
        """Tell one, at its position; from the 101st of a kind (rule and element) on they are only counted."""
        told = self._told.setdefault((rule, element), [])
        if len(told) < LISTED:
            text = None if value is None else shortened(value)
            told.append(Irregularity(rule, position, element, text, detail))
        else:
            self._more[rule, element] = self._more.get((rule, element), 0) + 1

    def count(self, rule: str, position: str | None, element: str | None, value: Json = None, number: int = 1) -> None:
        """Count one; all of a kind become one irregularity at the first position, their number its `detail`."""
        met = self._summed.get((rule, element))
        first = met[0] if met else Irregularity(rule, position, element, None if value is None else shortened(value))
        self._summed[rule, element] = (first, (met[1] if met else 0) + number)

    def has(self, rule: str) -> bool:
        """Whether one of this rule was told or counted."""
        return any(rule == known for known, _ in (*self._told, *self._summed))

    def irregularities(self) -> tuple[Irregularity, ...]:
        """All of them. `J-more`: `value` is the rule and `detail` how many more of it there are."""
        found: list[Irregularity] = []
        for (rule, element), told in self._told.items():
            found += told
            if more := self._more.get((rule, element)):
                found.append(Irregularity("J-more", None, element, rule, str(more)))
        found += [
            Irregularity(one.rule, one.position, one.element, one.value, str(number))
            for one, number in self._summed.values()
        ]
        return tuple(found)
