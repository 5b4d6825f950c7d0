"""What is in the library, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.analysis import report_table
from nolcat_desktop.analysis.standard_views import STANDARD_VIEWS
from nolcat_desktop.counter.reports import DEFINITIONS
from nolcat_desktop.counter.text import loose
from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.workflow.too_low import of_view, too_low, too_low_notes
from nolcat_desktop.workflow.viewing import Wanted, master_of, spans, usage_of
from nolcat_desktop.workflow.working_out import known_months, out_of_master, worked_out

VIEWS = tuple(dict.fromkeys(definition.report_id for definition in DEFINITIONS if definition.has_months))
"""Names of views: every report type that a library can hold. A master and its standard views are never added up."""


_ALL = Wanted()


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A table, and what must be said beside it."""

    table: pl.DataFrame
    worked_out: tuple[str, ...] = ()
    """What of a standard view is taken from its master, a sentence each."""
    missing: tuple[str, ...] = ()
    """What the numbers may miss, a sentence each: nobody may be shown the ones without the others."""


def show(library: Library, view: str, wanted: Wanted = _ALL) -> Shown:
    """The usage of one report type, one row for each item and metric, one column for each month.

    A standard view is worked out of its master for the months in which it was not loaded itself: of a source and month
    it is taken from one of them, never from both.

    Args:
        library: The library.
        view: A report type such as `TR`, `TR_J1`, `JR1`.
        wanted: Which of it, and under which names.

    Returns:
        See `analysis.report_table`; `statistics_source_name` stands behind the id. Month columns run from the first to
        the last month of the span of which anything is known; a cell is null where nothing is known of its month.
        Where a view was worked out, `taken_from` says of each row which report it is of.

    Raises:
        NolcatError: If there is no such view or source, or the library cannot be read.
    """
    report_type = next((name for name in VIEWS if loose(name) == loose(view)), None)
    if report_type is None:
        remedy = f"Choose one of {', '.join(VIEWS)}."
        raise NolcatError(Problem(f"There is no view “{view}”", "A view is named after a COUNTER report.", remedy))
    names = library.sources().names()
    coverage = library.coverage()
    _check_sources(wanted.sources, {*names, *coverage["statistics_source_ID"].to_list()})
    known = known_months(coverage, report_type, wanted)
    too_few = too_low(library, None, wanted.sources, wanted.begin, wanted.end)
    holes = too_low_notes(of_view(too_few, report_type, known), names)
    out = out_of_master(coverage, report_type, wanted) if report_type in STANDARD_VIEWS else known.clear()
    if out.is_empty():
        usage = usage_of(library, [report_type], wanted)
        return Shown(_named(report_table(usage, known), names), missing=holes)
    found = worked_out(library, report_type, wanted, coverage)
    table = report_table(found.usage, pl.concat([known, out]))
    first = ("statistics_source_ID", "report_type", "taken_from")
    told = table.rename({"report_type": "taken_from"}).with_columns(report_type=pl.lit(report_type))
    return Shown(
        _named(told.select(*first, pl.exclude(first)), names),
        tuple(_taken(report_type, out, names)),
        (*holes, *(note.text for note in found.notes)),
    )


def _named(table: pl.DataFrame, names: Mapping[int, str]) -> pl.DataFrame:
    source = pl.col("statistics_source_ID")
    name = source.replace_strict(names, default=None, return_dtype=pl.String).alias("statistics_source_name")
    return table.select("statistics_source_ID", name, pl.exclude("statistics_source_ID"))


def _taken(view: str, out_of_master: pl.DataFrame, names: Mapping[int, str]) -> Iterator[str]:
    of_source = out_of_master.group_by("statistics_source_ID", maintain_order=True).agg("month")
    for source, months in of_source.sort("statistics_source_ID").iter_rows():
        yield (
            f"{view} of {names.get(source, source)} was not loaded for {spans(months)}: there it is worked out of "
            f"{master_of(view)}."
        )


def _check_sources(sources: Sequence[int], there: set[int]) -> None:
    for source in sources:
        if source not in there:
            remedy = "Look at the list of sources (nolcat library sources)."
            raise NolcatError(Problem(f"There is no statistics source {source}", "The library has none.", remedy))
