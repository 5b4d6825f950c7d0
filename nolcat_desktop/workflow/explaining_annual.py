"""Which numbers of the library a source adds to an annual statistic: one for each report that it is taken from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def let_through(view: str, report_type: str, release: str) -> Mapping[str, tuple[str, ...]]:
    """What the fixed filters of a standard view let through of the report that it is taken from.

    Args:
        view: One of `STANDARD_VIEWS`.
        report_type: The view itself, of which all counts, or its master.
        release: Of that report.

    Returns:
        Column of usage → values.
    """
    if report_type == view:
        return {}
    defined = next(each for each in of_releases(view) if str(each.release) == release)
    return {column_of(name): tuple(sorted(values)) for name, values in sorted(defined.fixed_filters.items())}


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
    among = let_through(term.view, one.report_type, one.release)
    return Asked(one.source_id, one.report_type, term.metric, one.months, one.release, among=among)
