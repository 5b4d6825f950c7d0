"""Annual statistics of a library, with all that their numbers may miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.analysis.annual_statistics import VIEWS, Answer, annual_statistics
from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.workflow.months_between import months_between
from nolcat_desktop.workflow.viewing import Wanted, filter_notes, master_of, spans, told_by, usage_of


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is not in the numbers."""

    text: str
    views: tuple[str, ...] = ()
    """The standard views whose numbers may be too low for it; () when it belongs into none."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The statistics of a year."""

    months: tuple[str, ...]
    """yyyy-mm, ascending."""
    answers: tuple[Answer, ...]
    lacks: tuple[Lack, ...]
    """What is not in the numbers: months that sources lack, what filters left out, Release 4."""

    def lacking(self, answer: Answer) -> tuple[str, ...]:
        """What is not in this number, a sentence each."""
        views = {part.term.view for part in answer.parts}
        return tuple(one.text for one in self.lacks if views & set(one.views))


def survey(library: Library, begin: date, end: date, sources: Sequence[int] = ()) -> Survey:
    """Work out every annual statistic.

    Args:
        library: Its live usage.
        begin: First day of the (fiscal) year.
        end: Any day of its last month.
        sources: Only these statistics sources; () for all.

    Raises:
        NolcatError: If there is no such source, the year ends before it begins, or a part cannot be read.
    """
    if end < begin:
        raise NolcatError(Problem("The year ends before it begins", "Nothing was added up.", "Give the first month."))
    names, coverage = library.sources().names(), library.coverage()
    if strange := set(sources) - {*names, *coverage["statistics_source_ID"]}:
        remedy = "Look at the list of sources (nolcat library sources)."
        raise NolcatError(Problem(f"There is no statistics source {min(strange)}", "The library has none.", remedy))
    if sources:
        coverage = coverage.filter(pl.col("statistics_source_ID").is_in(list(sources)))
    wanted = [*VIEWS, *dict.fromkeys(map(master_of, VIEWS))]
    usage = usage_of(library, wanted, Wanted(tuple(sources), begin, end))
    months = tuple(months_between(f"{begin:%Y-%m}", f"{end:%Y-%m}"))
    answers = annual_statistics(usage, begin, end, {view: told_by(coverage, view) for view in VIEWS})
    missing = (*_unloaded(library, coverage, months, names), *_filtered(library, coverage, months, names))
    return Survey(months, answers, (*missing, *_of_release_4(coverage, months, names)))


def _unloaded(
    library: Library, coverage: pl.DataFrame, months: Sequence[str], names: Mapping[int, str]
) -> Iterator[Lack]:
    """Months that a source lacks of a view that it has in this year or in one beside it; views that nobody has."""
    said = library.decisions().answers
    near = {f"{int(month[:4]) + more:04}{month[4:]}" for month in months for more in (-1, 0, 1)}
    found: dict[tuple[int, str], list[str]] = {}
    for view in VIEWS:
        master = master_of(view)
        told = pl.concat([told_by(coverage, view), told_by(coverage, master)])
        if not near & set(told["month"]):
            yield Lack(f"No source has {view}, or {master}, of these months: what is counted from it is 0.", (view,))
            continue
        for (source,), of in told.sort("statistics_source_ID").group_by("statistics_source_ID", maintain_order=True):
            number, known = int(str(source)), set(of["month"])
            lacking = [
                month
                for month in months
                if month not in known
                and not any(one.covers(number, name, month) for one in said for name in (view, master))
            ]
            if lacking and known & near:
                found.setdefault((number, f"{master}, {spans(lacking)}"), []).append(view)
    for (number, lacking_of), views in found.items():
        text = f"Not in the library: {lacking_of} of {names.get(number, number)} (for {', '.join(views)})."
        yield Lack(text, tuple(views))


def _filtered(
    library: Library, coverage: pl.DataFrame, months: Sequence[str], names: Mapping[int, str]
) -> Iterator[Lack]:
    there = set(coverage["statistics_source_ID"])
    for view in VIEWS:
        told = told_by(coverage, view)
        for held in library.holdings():
            if held.load.source_id in there:
                own = set(told.filter(pl.col("statistics_source_ID") == held.load.source_id)["month"])
                for text in filter_notes([held.load], view, set(months) - own, names):
                    yield Lack(text, (view,))


def _of_release_4(coverage: pl.DataFrame, months: Sequence[str], names: Mapping[int, str]) -> Iterator[Lack]:
    old = coverage.filter(pl.col("release") == "4", pl.col("month").is_in(list(months)))
    for number, found in old.group_by("statistics_source_ID").agg("month").sort("statistics_source_ID").iter_rows():
        yield Lack(
            f"Release 4 counts otherwise and is not in the numbers: {names.get(number, number)}, {spans(found)}."
        )
