"""Standard views as a library can tell them: as loaded, and worked out of their master for the months beside.

Of one source and month a view is taken from one of the two, never from both (`analysis.standard_views`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.analysis.looking import Note, TooLow
from nolcat_desktop.analysis.standard_views import STANDARD_VIEWS, belongs, of_releases, standard_view
from nolcat_desktop.dataset import Library, Load
from nolcat_desktop.usage import USAGE
from nolcat_desktop.workflow.too_low import of_view, too_low
from nolcat_desktop.workflow.viewing import Wanted, filter_notes, left_out_notes, master_of, spans, told_by, usage_of

_UNIT = ["statistics_source_ID", "month"]
_RELEASES = frozenset(str(one.release) for view in STANDARD_VIEWS for one in of_releases(view))


@dataclass(frozen=True, slots=True, eq=False)
class WorkedOut:
    """A standard view."""

    usage: pl.LazyFrame
    """In the columns of `USAGE`; report_type is that of the report which a row is taken from. One row for each
    combination of what the view shows, so that a row may be the sum of several of its master."""
    notes: tuple[Note, ...]
    """What its numbers may miss."""


def known_months(coverage: pl.DataFrame, report_type: str, wanted: Wanted) -> pl.DataFrame:
    """The months of which a report tells the usage, be it none: those whose control sum is known.

    Args:
        coverage: As `Library.coverage` gives it.
        report_type: Of which report.
        wanted: Its sources and months count.

    Returns:
        statistics_source_ID, report_type, release, month (yyyy-mm).
    """
    told = coverage.filter(pl.col("report_type") == report_type, pl.col("usage_total").is_not_null())
    if wanted.sources:
        told = told.filter(pl.col("statistics_source_ID").is_in(list(wanted.sources)))
    if wanted.begin is not None:
        told = told.filter(pl.col("month") >= f"{wanted.begin:%Y-%m}")
    if wanted.end is not None:
        told = told.filter(pl.col("month") <= f"{wanted.end:%Y-%m}")
    return told.select("statistics_source_ID", "report_type", "release", "month")


def out_of_master(coverage: pl.DataFrame, view: str, wanted: Wanted) -> pl.DataFrame:
    """The months of a view that its master tells and the view itself does not; as `known_months` of the master."""
    own = known_months(coverage, view, wanted)
    return known_months(coverage, master_of(view), wanted).join(own, on=_UNIT, how="anti")


def workable(coverage: pl.DataFrame) -> tuple[str, ...]:
    """The standard views of which a library can work out any month, in the order of the Code of Practice."""
    there = coverage.filter(pl.col("release").cast(pl.String).is_in(list(_RELEASES)))
    return tuple(view for view in STANDARD_VIEWS if not out_of_master(there, view, Wanted()).is_empty())


def worked_out(library: Library, view: str, wanted: Wanted, coverage: pl.DataFrame) -> WorkedOut:
    """Work a standard view out.

    Args:
        library: Where from.
        view: One of `STANDARD_VIEWS`.
        wanted: Which of it.
        coverage: The library's.

    Raises:
        NolcatError: If a part cannot be read.
    """
    names, units = library.sources().names(), out_of_master(coverage, view, wanted)
    usage = usage_of(library, [view, master_of(view)], wanted)
    found = standard_view(usage, view, wanted.begin, wanted.end, told_by(coverage, view))
    own = known_months(coverage, view, wanted)
    both = own.join(known_months(coverage, master_of(view), wanted), on=_UNIT, how="semi")
    notes = (
        _contradictions(usage, view, both, names),
        left_out_notes(found.left_out, names),
        _filtered(library, view, units, names),
    )
    return WorkedOut(_as_usage(found.rows), tuple(note for each in notes for note in each))


def as_of_view(told: pl.DataFrame, view: str, own: pl.DataFrame) -> pl.DataFrame:
    """What is told of months, as if all that the master tells where the view is silent were told by the view.

    Args:
        told: Rows with statistics_source_ID, report_type and month (yyyy-mm), such as coverage.
        view: A standard view.
        own: The months that the view itself tells, as `known_months` gives them.

    Returns:
        The rows of the view and those of the master that stand in for it, as of the view; then all others and those of
        the master as they are.
    """
    of_master = told.filter(pl.col("report_type") == master_of(view)).join(own, on=_UNIT, how="anti")
    of_itself = told.filter(pl.col("report_type") == view)
    silent = of_itself.join(own, on=_UNIT, how="anti").join(of_master, on=_UNIT, how="anti")
    stands_in = of_master.with_columns(pl.lit(view).cast(told.schema["report_type"]).alias("report_type"))
    others = told.filter(pl.col("report_type") != view)
    return pl.concat([of_itself.join(own, on=_UNIT, how="semi"), silent, stands_in, others])


def too_low_of(library: Library, view: str, own: pl.DataFrame) -> TooLow:
    """The months of which counts were left out, of the view's own or its master's where that stands in for it."""
    return of_view(too_low(library, {view, master_of(view)}), view, own)


def counts_only(view: str) -> str:
    """What a standard view lets through of its master, as the Codes of Practice fix it.

    Returns:
        `Journal, Controlled, Regular`, with what one release asks besides at the end.
    """
    filters = {
        str(one.release): [each for values in reversed(list(one.fixed_filters.values())) for each in sorted(values)]
        for one in of_releases(view)
    }
    everywhere = [one for one in filters[next(iter(filters))] if all(one in each for each in filters.values())]
    more = [
        f"{' or '.join(apart)} in Release {release}"
        for release, values in filters.items()
        if (apart := [one for one in values if one not in everywhere])
    ]
    return ", ".join([*everywhere, *more])


def _contradictions(usage: pl.LazyFrame, view: str, both: pl.DataFrame, names: Mapping[int, str]) -> Iterator[Note]:
    """Where a source has sent the view and its master for the same month, and they do not count the same."""
    if both.is_empty():
        return
    source, month = "statistics_source_ID", pl.col("usage_date").dt.strftime("%Y-%m").alias("month")
    is_own = (pl.col("report_type") == view).alias("own")
    sums = (
        usage.filter(belongs(view), pl.col(source).is_in(both[source].unique().to_list()))
        .group_by(source, month, "metric_type", is_own)
        .agg(pl.col("usage_count").sum())
        .collect(engine="streaming")
        .join(both, on=_UNIT, how="semi")
    )
    count = pl.col("usage_count")
    units = sums.group_by(source, "month", "metric_type").agg(
        count.filter(pl.col("own")).sum().alias("mine"), count.filter(~pl.col("own")).sum().alias("others")
    )
    differ = units.filter(pl.col("mine") != pl.col("others")).sort(source, "metric_type", "month")
    keys = [source, "metric_type"]
    for number, metric, months, mine, others in differ.group_by(keys, maintain_order=True).agg(
        "month", pl.col("mine").sum(), pl.col("others").sum()
    ).iter_rows():  # fmt: skip
        text = (
            f"Contradiction: {view} of {names.get(number, number)} as loaded counts {mine:,} {metric} for "
            f"{spans(months)}, its {master_of(view)} gives {others:,}. Those of {view} are shown."
        )
        yield Note(number, tuple(months), text)


def _filtered(library: Library, view: str, units: pl.DataFrame, names: Mapping[int, str]) -> Iterator[Note]:
    """Of each source only the months of its own that are worked out."""
    months = dict(units.group_by("statistics_source_ID").agg("month").iter_rows())
    for load in _loads_of(library, set(months)):
        yield from filter_notes([load], view, months[load.source_id], names)


def _loads_of(library: Library, sources: set[int]) -> Iterator[Load]:
    return (held.load for held in library.holdings() if held.load.source_id in sources)


def _as_usage(rows: pl.DataFrame) -> pl.LazyFrame:
    """The rows of a standard view in the columns of usage, each as of the report that it is taken from."""
    there = rows.rename({"taken_from": "report_type"})
    return there.lazy().select(
        (pl.col(name) if name in there.columns else pl.lit(None)).cast(kind).alias(name) for name, kind in USAGE.items()
    )
