"""Which part of a source's usage a report speaks about, so that two reports of one month can be told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Any

EVERYTHING: Mapping[str, frozenset[str]] = MappingProxyType({})


class Relation(Enum):
    """How two scopes stand to each other."""

    SAME = "same"
    DISJOINT = "disjoint"
    OVERLAPPING = "overlapping"


@dataclass(frozen=True, slots=True)
class Scope:
    """The filters of a report's header, its member, and the platforms in it (design 3.2)."""

    filters: Mapping[str, frozenset[str]] = field(default_factory=lambda: EVERYTHING)
    """Filter name → values, without dates, `Metric_Type` included. A filter that is missing lets everything through."""
    member: str | None = None
    """The institution within a consortium that the report is of; None when the report is of one institution only."""
    platforms: frozenset[str] = frozenset()
    """Platforms in the rows; empty for a report without rows: not known."""

    def __hash__(self) -> int:
        """Hash of the three fields."""
        return hash((frozenset(self.filters.items()), self.member, self.platforms))

    def as_json(self) -> dict[str, Any]:
        """Plain lists and texts, sorted, for the footer."""
        return {
            "filters": {name: sorted(values) for name, values in sorted(self.filters.items())},
            "member": self.member,
            "platforms": sorted(self.platforms),
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Scope:
        """Read what `as_json` wrote."""
        filters = {str(name): frozenset(values) for name, values in given.get("filters", {}).items()}
        return cls(MappingProxyType(filters), given.get("member"), frozenset(given.get("platforms", ())))


def relation(one: Scope, other: Scope, with_platforms: bool = True) -> Relation:
    """How `one` stands to `other`, dimension by dimension.

    Disjoint if any dimension excludes the other (books and journals, two members, two platforms), the same if all are
    equal, else partly overlapping. A missing filter means all values; unknown platforms agree with any.

    Args:
        one: A scope.
        other: Another.
        with_platforms: False leaves the platforms out: another release may have renamed them.
    """
    seen = [_filters(one.filters.get(name), other.filters.get(name)) for name in {*one.filters, *other.filters}]
    seen.append(_members(one.member, other.member))
    if with_platforms and one.platforms and other.platforms:
        seen.append(_filters(one.platforms, other.platforms))
    if Relation.DISJOINT in seen:
        return Relation.DISJOINT
    return Relation.SAME if all(each is Relation.SAME for each in seen) else Relation.OVERLAPPING


def relation_here(one: Scope, other: Scope, with_platforms: bool = True) -> Relation:
    """As `relation`, within a library: it holds one member, so two names are names of that one (`one_member`)."""
    if one.member is not None and other.member is not None:
        other = replace(other, member=one.member)
    return relation(one, other, with_platforms)


def _filters(one: frozenset[str] | None, other: frozenset[str] | None) -> Relation:
    if one == other:
        return Relation.SAME
    if one is None or other is None:
        return Relation.OVERLAPPING
    return Relation.OVERLAPPING if one & other else Relation.DISJOINT


def _members(one: str | None, other: str | None) -> Relation:
    if one == other:
        return Relation.SAME
    return Relation.OVERLAPPING if one is None or other is None else Relation.DISJOINT
