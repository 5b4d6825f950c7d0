"""What is in the library, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from nolcat_desktop.analysis import report_table
from nolcat_desktop.counter.reports import DEFINITIONS
from nolcat_desktop.counter.text import loose
from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError, Problem

VIEWS = tuple(dict.fromkeys(definition.report_id for definition in DEFINITIONS if definition.has_months))
"""Names of views: every report type that a library can hold. A master and its standard views are never added up."""


def show(
    library: Library, view: str, sources: Sequence[int] = (), begin: date | None = None, end: date | None = None
) -> pl.DataFrame:
    """The usage of one report type, one row for each item and metric, one column for each month.

    Args:
        library: The library.
        view: A report type such as `TR`, `DR`, `JR1`.
        sources: Only these statistics sources; () for all.
        begin: First day of the first month; None for the first there is.
        end: Any day of the last month.

    Returns:
        See `analysis.report_table`; `statistics_source_name` stands behind the id. Month columns run from the first to
        the last month of the span of which anything is known; a cell is null where nothing is known of its month.

    Raises:
        NolcatError: If there is no such view or source, or the library cannot be read.
    """
    report_type = next((name for name in VIEWS if loose(name) == loose(view)), None)
    if report_type is None:
        remedy = f"Choose one of {', '.join(VIEWS)}."
        raise NolcatError(Problem(f"There is no view “{view}”", "A view is named after a COUNTER report.", remedy))
    names = library.sources().names()
    coverage = library.coverage()
    _check_sources(sources, {*names, *coverage["statistics_source_ID"].to_list()})
    table = report_table(
        library.scan([report_type], list(sources) or None, begin, end),
        _known(coverage, report_type, sources, begin, end),
    )
    source = pl.col("statistics_source_ID")
    named = source.replace_strict(names, default=None, return_dtype=pl.String).alias("statistics_source_name")
    return table.select("statistics_source_ID", named, pl.exclude("statistics_source_ID"))


def _known(
    coverage: pl.DataFrame, report_type: str, sources: Sequence[int], begin: date | None, end: date | None
) -> pl.DataFrame:
    """The months of which a report tells the usage, be it none: those whose control sum is known."""
    told = coverage.filter(pl.col("report_type") == report_type, pl.col("usage_total").is_not_null())
    if sources:
        told = told.filter(pl.col("statistics_source_ID").is_in(list(sources)))
    if begin is not None:
        told = told.filter(pl.col("month") >= f"{begin:%Y-%m}")
    if end is not None:
        told = told.filter(pl.col("month") <= f"{end:%Y-%m}")
    return told.select("statistics_source_ID", "report_type", "release", "month")


def _check_sources(sources: Sequence[int], there: set[int]) -> None:
    for source in sources:
        if source not in there:
            remedy = "Look at the list of sources (nolcat library sources)."
            raise NolcatError(Problem(f"There is no statistics source {source}", "The library has none.", remedy))
