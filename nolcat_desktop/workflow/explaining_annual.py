"""Which numbers of the library a source adds to an annual statistic: one for each report that it is taken from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nolcat_desktop.analysis.annual_statistics import Answer, Origin, Term
from nolcat_desktop.analysis.standard_views import column_of, of_releases
from nolcat_desktop.workflow.explaining import Asked


@dataclass(frozen=True, slots=True)
class Adds:
    """A part of what a source adds."""

    term: Term
    """The view and metric that it counts for."""
    asked: Asked
    """The same number, to be explained."""
    uses: int
    """As the statistic has it."""


def what_adds(answer: Answer, source: int) -> tuple[Adds, ...]:
    """What `source` adds to a statistic; the uses add up to what `Answer.by_source` says.

    Args:
        answer: The statistic.
        source: statistics_source_ID.
    """
    return tuple(_adds(answer, source))


def _adds(answer: Answer, source: int) -> Iterator[Adds]:
    for part in answer.parts:
        for one in part.origins:
            if one.source_id == source:
                yield Adds(part.term, _asked(part.term, one), one.uses)


def _asked(term: Term, one: Origin) -> Asked:
    """Out of a master only what the fixed filters of the view let through."""
    among: dict[str, tuple[str, ...]] = {}
    if one.report_type != term.view:
        defined = next(each for each in of_releases(term.view) if str(each.release) == one.release)
        among = {column_of(name): tuple(sorted(values)) for name, values in sorted(defined.fixed_filters.items())}
    return Asked(one.source_id, one.report_type, term.metric, one.months, one.release, among=among)
