"""How wide the columns of Look at data are: no number is cut, uses are always in sight, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Want:
    """What a column wants, in px."""

    key: str
    natural: int
    """As wide as it would like to be."""
    least: int
    """Under this it is left out rather than narrowed."""
    takes_rest: bool = False
    """It takes what room is left; where none does, the first column does."""


def shares(wants: Sequence[Want], room: int, unasked: Sequence[str], others: Sequence[str]) -> Mapping[str, int]:
    """Share `room` among columns.

    Args:
        wants: The columns.
        room: In px.
        unasked: Keys of columns that are left out before any other is narrowed, the first ones first.
        others: Keys of those that are left out where narrowing is not enough, the first ones first.

    Returns:
        Key → width in px, for the columns that have room; those that are left out are not in it. More than `room` only
        where what may not go has no room.
    """
    shown = _without(list(wants), unasked, room, lambda one: one.natural)
    shown = _without(shown, others, room, lambda one: one.least)
    natural, least = sum(one.natural for one in shown), sum(one.least for one in shown)
    if natural > room:
        slack, spare = natural - least, max(room - least, 0)
        return {one.key: one.least + ((one.natural - one.least) * spare // slack if slack else 0) for one in shown}
    takes = next((one.key for one in shown if one.takes_rest), shown[0].key if shown else "")
    return {one.key: one.natural + (room - natural if one.key == takes else 0) for one in shown}


def _without(shown: list[Want], keys: Sequence[str], room: int, size: Callable[[Want], int]) -> list[Want]:
    for key in keys:
        if sum(map(size, shown)) <= room:
            break
        shown = [one for one in shown if one.key != key]
    return shown
