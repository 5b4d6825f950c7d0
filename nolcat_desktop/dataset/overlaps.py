"""Two live loads that count the same usage: found, never resolved, here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from nolcat_desktop.dataset.parts import Holding, group_holdings
from nolcat_desktop.dataset.scope import Relation, relation_here


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two loads and the months that both count."""

    first: Holding
    second: Holding
    months: tuple[str, ...]


def overlaps(holdings: Iterable[Holding]) -> list[Overlap]:
    """Every pair of loads of one source and report type that counts a month twice.

    Loads whose filters or platforms exclude each other may stand side by side; between releases only filters count,
    for platforms may have been renamed.
    """
    found = []
    for grouped in group_holdings(holdings).values():
        claimed = [(held, {month for month in held.load.months if held.load.claims(month)}) for held in grouped]
        for (one, ours), (other, theirs) in combinations(claimed, 2):
            shared = ours & theirs
            if not shared:
                continue
            alike = one.load.release == other.load.release
            if relation_here(one.load.scope, other.load.scope, alike) is not Relation.DISJOINT:
                found.append(Overlap(one, other, tuple(sorted(shared))))
    return found
