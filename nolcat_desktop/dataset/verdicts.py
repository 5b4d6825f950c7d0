"""How the months of a report stand to what the library holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from nolcat_desktop.dataset.loads import State
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
    closes: tuple[Holding, ...] = ()
    """The live loads of which cells were left out of the month that can be read in the report."""
    opens: bool = False
    """Whether cells of the report are left out of the month, and none of what the library holds of it."""

    @property
    def leaving(self) -> tuple[Holding, ...]:
        """The live loads that give the month away when the report takes it over."""
        return (*self.against, *(held for held in self.closes if held not in self.against))

    @property
    def is_closed(self) -> bool:
        """Whether the report takes the month over only because it can be read there: the library's number stays."""
        return bool(self.closes) and self.verdict in (Verdict.EQUAL, Verdict.NEW)

    @property
    def loaded_by_metric(self) -> dict[str, int]:
        """metric_type → sum that the library holds of the month."""
        sums: dict[str, int] = {}
        for held in self.against:
            for metric, count in held.load.tally.of_month(self.month).items():
                sums[metric] = sums.get(metric, 0) + count
        return sums

    @property
    def completes(self) -> bool:
        """Whether all that the library holds of the month was said to be partial: then nothing is restated."""
        return bool(self.against) and all(held.load.states.get(self.month) is State.PARTIAL for held in self.against)
