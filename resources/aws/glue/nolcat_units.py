"""One live statement of each unit: source, report type, scope and month (design: the rules of the library's folder).

Pure: it takes what the parts say about themselves and answers which months of which load are published. Two loads of
one source, report type and month stand side by side when their scopes exclude each other; of two with the same scope
the later harvest is live; a partial overlap is refused, for it would count usage twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from nolcat_order import Problem

SAME, DISJOINT, OVERLAPPING = "same", "disjoint", "overlapping"


@dataclass(frozen=True)
class Scope:
    """What a report speaks about: its filters, its member, the platforms in it."""

    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    member: str | None = None
    platforms: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Scope:
        """As the footer of a part has it."""
        filters = {name: frozenset(values) for name, values in given.get("filters", {}).items()}
        return cls(filters, given.get("member"), frozenset(given.get("platforms", ())))


@dataclass(frozen=True)
class Load:
    """One report in a part."""

    key: str
    """The part's."""
    place: int
    """Which load of the part it is, from 0."""
    source_id: int
    report_type: str
    release: str
    harvest: str
    """What the part's name says of the harvest: `NULL`, a day, or a day and a time."""
    scope: Scope
    claims: frozenset[str]
    """Months (yyyy-mm) of which it says how much usage there was."""
    rows_by_month: Mapping[str, int]
    sums: Mapping[str, Mapping[str, int]]
    """Metric → month → sum: the control sums."""
    offset: int = 0
    """Rows of the part before its own."""
    foreign: bool = False
    """True for a part that NoLCAT wrote: its rows are found by their values, not by their place."""
    lost: frozenset[str] = frozenset()
    """Months that another load states instead."""

    @property
    def rows(self) -> int:
        """Rows in the part, live or not."""
        return sum(self.rows_by_month.values())

    @property
    def live_rows(self) -> int:
        """Rows that are published."""
        return sum(rows for month, rows in self.rows_by_month.items() if month not in self.lost)


@dataclass(frozen=True)
class Replaced:
    """Months of a part that a later statement took over."""

    key: str
    by: str
    source_id: int
    report_type: str
    months: tuple[str, ...]


@dataclass(frozen=True)
class Resolved:
    """The answer."""

    loads: tuple[Load, ...]
    replaced: tuple[Replaced, ...]
    problems: tuple[Problem, ...]


def claims(states: Mapping[str, str], rows_by_month: Mapping[str, int]) -> frozenset[str]:
    """Months of which a load says how much usage there was; an empty report never stands against usage."""
    told = {month for month, state in states.items() if state in ("usage", "confirmed_zero")} if rows_by_month else ()
    return frozenset(told) | frozenset(rows_by_month)


def relation(one: Scope, other: Scope, with_platforms: bool) -> str:
    """How two scopes stand to each other: the same, disjoint or partly overlapping."""
    seen = [_values(one.filters.get(name), other.filters.get(name)) for name in {*one.filters, *other.filters}]
    if one.member == other.member:
        seen.append(SAME)
    else:
        seen.append(OVERLAPPING if one.member is None or other.member is None else DISJOINT)
    if with_platforms and one.platforms and other.platforms:
        seen.append(_values(one.platforms, other.platforms))
    if DISJOINT in seen:
        return DISJOINT
    return SAME if all(each == SAME for each in seen) else OVERLAPPING


def resolve(loads: Iterable[Load]) -> Resolved:
    """Decide which months of which load are live.

    Args:
        loads: Every load of every part, in any order.

    Returns:
        The loads with rows, each with the months it lost, in the order of key and place; what was replaced; and
        the overlaps that nobody can decide here.
    """
    held = sorted(loads, key=lambda load: (load.key, load.place))
    grouped: dict[tuple[int, str], list[int]] = {}
    for number, load in enumerate(held):
        grouped.setdefault((load.source_id, load.report_type), []).append(number)
    lost: dict[int, set[str]] = {}
    replaced, problems = [], []
    for numbers in grouped.values():
        for one, other in combinations(numbers, 2):
            shared = tuple(sorted(held[one].claims & held[other].claims))
            how = relation(held[one].scope, held[other].scope, held[one].release == held[other].release)
            if not shared or how == DISJOINT:
                continue
            order = sorted((one, other), key=lambda number: _age(held[number]))
            older, newer = held[order[0]], held[order[1]]
            if how == OVERLAPPING or _age(older) == _age(newer):
                problems.append(_twice(older, newer, shared))
                continue
            lost.setdefault(order[0], set()).update(shared)
            replaced.append(Replaced(older.key, newer.key, older.source_id, older.report_type, shared))
    live = (replace(load, lost=frozenset(lost.get(number, ()))) for number, load in enumerate(held))
    return Resolved(tuple(load for load in live if load.live_rows), tuple(replaced), tuple(problems))


def _values(one: frozenset[str] | None, other: frozenset[str] | None) -> str:
    if one == other:
        return SAME
    if one is None or other is None:
        return OVERLAPPING
    return OVERLAPPING if one & other else DISJOINT


def _age(load: Load) -> tuple[str, str]:
    """Later harvests are greater; a harvest that nobody knows is the oldest; of one day, the newer release."""
    return ("" if load.harvest.upper() == "NULL" else load.harvest, load.release)


def _twice(one: Load, other: Load, months: tuple[str, ...]) -> Problem:
    span = months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}"
    return Problem(
        "NoLCAT.CountedTwice",
        "Two reports count the same usage",
        f"{one.key} and {other.key} both speak about {one.report_type} of source {one.source_id}, {span}, and"
        " neither replaces the other. Published together they would count usage twice.",
        "Open the library in NoLCAT Desktop, let it check the library (verify), remove one of the two and send again.",
        other.key,
    )
