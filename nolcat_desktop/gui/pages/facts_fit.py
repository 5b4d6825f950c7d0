"""How wide the columns of a table of facts are: numbers are never cut, words take room where others have some left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column wishes for, in px."""

    size: int
    """As wide as it is meant to be; 0: what the others leave."""
    need: int
    """As wide as its longest text."""
    fixed: bool = False
    """Neither wider nor narrower: it holds numbers."""
    spare: int = 0
    """Left out where others would be squeezed, 1 first; 0: never."""


def shares(wishes: Mapping[int, Wish], room: int, least: int) -> dict[int, int]:
    """Share `room` among columns, and leave out what can be spared where there is too little.

    Args:
        wishes: Column → what it wishes for. If none takes the rest, the last text does.
        room: In px.
        least: Px that a text which needs as much gets before another has more.

    Returns:
        Column → width in px, of those that have room.
    """
    given = dict(wishes)
    going = sorted((at for at, wish in given.items() if wish.spare), key=lambda at: given[at].spare, reverse=True)
    while True:
        texts = [at for at, wish in given.items() if not wish.fixed]
        if texts and all(given[at].size for at in texts):
            given[texts[-1]] = replace(given[texts[-1]], size=0)
        found = dict(zip(given, widths(tuple(given.values()), room, least), strict=True))
        squeezed = any(width < min(given[at].need, least) for at, width in found.items())
        if not (going and squeezed):
            return found
        del given[going.pop()]


def widths(wishes: Sequence[Wish], room: int, least: int) -> list[int]:
    """Share `room` among columns.

    Args:
        wishes: The columns.
        room: In px.
        least: Px that a text which needs as much gets before another has more.

    Returns:
        A width in px for each column; together no more than `room`, unless numbers alone need more.
    """
    rest = [at for at, wish in enumerate(wishes) if not wish.size]
    texts = [at for at, wish in enumerate(wishes) if not wish.fixed]
    modest = [wish.size if wish.fixed else min(wish.need, least) for wish in wishes]
    if sum(modest) > room:
        _take(modest, texts, {at: modest[at] for at in texts}, sum(modest) - room)
        return modest
    share, odd = divmod(max(room - sum(wish.size for wish in wishes), 0), max(len(rest), 1))
    found = [wish.size or share + (odd if at == rest[0] else 0) for at, wish in enumerate(wishes)]
    _take(found, texts, {at: max(found[at] - modest[at], 0) for at in texts}, max(sum(found) - room, 0))
    _move(found, texts, modest)
    _move(found, texts, [wish.need for wish in wishes])
    return found


def _move(found: list[int], texts: Sequence[int], wanted: Sequence[int]) -> None:
    """Move what some have over what is wanted to those that have less."""
    lacks = {at: max(wanted[at] - found[at], 0) for at in texts}
    spare = {at: max(found[at] - wanted[at], 0) for at in texts}
    moved = _take(found, texts, spare, sum(lacks.values()))
    wanting = sum(lacks.values())
    given = 0
    for at, lack in lacks.items():
        part = moved * lack // wanting if wanting else 0
        found[at] += part
        given += part
    if lacks and moved > given:
        found[max(lacks, key=lambda at: lacks[at])] += moved - given


def _take(found: list[int], texts: Sequence[int], spare: dict[int, int], much: int) -> int:
    """Narrow columns by `much` in all, each by its part of what it has to spare; how much that was."""
    whole = sum(spare.values())
    taken = 0
    for at in texts:
        part = min(-(-much * spare[at] // whole), spare[at], much - taken) if whole else 0
        found[at] -= part
        taken += part
    return taken
