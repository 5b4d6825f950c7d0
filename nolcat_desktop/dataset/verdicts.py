"""How the months of a report stand to what the library holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from nolcat_desktop.dataset.parts import Holding


class Verdict(Enum):
    """How a month of a report stands to what the library holds."""

    NEW = "new"
    EQUAL = "equal"
    CHANGED = "changed"
    RELEASE_CHANGE = "release change"
    OVERLAPPING = "overlapping"


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """One month of a report against the library."""

    month: str
    verdict: Verdict
    against: tuple[Holding, ...] = ()
    """The live loads that count the same month."""
    loaded_total: int = 0
    """Sum of usage_count that the library holds of them in this month."""
    offered_total: int = 0
    """Sum of usage_count of the report in this month."""
