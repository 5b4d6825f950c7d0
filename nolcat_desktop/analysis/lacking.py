"""How much is missing: the one count that the front page, its list of gaps, the rail and the chart all show.

What is counted is one month of one report of one source, so that a month that two reports of a source lack counts
twice, as it does where reports are asked for one by one. Months *between reports*, after which the same report is
there again, are counted; of a report that has nothing newer only how far it goes is told, however long ago that is:
a subscription that ended long ago must not hide the holes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Lacking:
    """A month of a report that was never loaded although it is expected."""

    source_id: int
    report_type: str
    month: date
    """Its first day."""
    newest: date
    """First day of the last month that any of these reports speaks about."""

    @property
    def is_between(self) -> bool:
        """Whether the same report is there for a later month."""
        return self.month < self.newest


@dataclass(frozen=True, slots=True)
class Missing:
    """Everything that is missing, in numbers."""

    months: int = 0
    """Months between reports: of each source and each of its reports."""
    sources: int = 0
    """Sources that lack them."""
    ended: int = 0
    """Reports that have nothing newer although it is due."""
    ended_sources: int = 0
    """Sources with such reports."""
    newest: date | None = None
    """Nothing of those is newer than this month; None: there are none."""
    oldest: date | None = None
    """The last month of the one of them that stops first."""


def count(lacking: Iterable[Lacking]) -> Missing:
    """Count what is missing."""
    found = list(lacking)
    between = [one for one in found if one.is_between]
    ended = {(one.source_id, one.report_type): one.newest for one in found if not one.is_between}
    return Missing(
        len(between),
        len({one.source_id for one in between}),
        len(ended),
        len({source_id for source_id, _ in ended}),
        max(ended.values(), default=None),
        min(ended.values(), default=None),
    )
