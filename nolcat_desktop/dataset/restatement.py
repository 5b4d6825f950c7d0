"""What a publisher corrected: a month's count before and after, kept with the load that brought the new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Restatement:
    """One metric of one month, restated; equal counts say that only titles or attributes changed."""

    month: str
    """yyyy-mm."""
    metric: str
    before: int
    """Sum of usage_count; 0 when there was none."""
    after: int
    on: str
    """Day on which it was stored here, yyyy-mm-dd."""
    original: str
    """Name of the file that the old count is from."""

    def as_json(self) -> dict[str, Any]:
        """The entry in a footer."""
        return asdict(self)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Restatement:
        """Read what `as_json` wrote.

        Raises:
            KeyError, ValueError, TypeError: If `given` is no such entry.
        """
        counts = int(given["before"]), int(given["after"])
        return cls(given["month"], given["metric"], *counts, given["on"], given["original"])


def restated_counts(
    month: str, before: Mapping[str, int], after: Mapping[str, int], on: str, originals: Iterable[str]
) -> tuple[Restatement, ...]:
    """The metrics of a month whose sums differ; all of them when none does (then titles or attributes changed)."""
    metrics = sorted(before.keys() | after.keys())
    differing = [name for name in metrics if before.get(name, 0) != after.get(name, 0)]
    named = ", ".join(dict.fromkeys(originals))
    return tuple(
        Restatement(month, name, before.get(name, 0), after.get(name, 0), on, named) for name in differing or metrics
    )
