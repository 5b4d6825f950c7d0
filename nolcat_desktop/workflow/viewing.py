"""The usage of a library to be looked at: under its own names, as standard views, and what such numbers may miss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.analysis.looking import Note
from nolcat_desktop.analysis.own_names import under_own_names
from nolcat_desktop.analysis.standard_views import of_releases
from nolcat_desktop.dataset import Library, Load

_EVERYTHING = "all"
_MANY = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which usage is to be looked at, and how."""

    sources: tuple[int, ...] = ()
    """Only these statistics sources; () for all."""
    begin: date | None = None
    """First day of the first month; None for the first there is."""
    end: date | None = None
    """Any day of the last month."""
    own_names: bool = False
    """Whether platforms, publishers and databases go by the names that the library knows them by (its aliases)."""


def usage_of(library: Library, report_types: Sequence[str], wanted: Wanted) -> pl.LazyFrame:
    """The live usage of a library in the columns of `USAGE`; what is stored stays as it is.

    Args:
        library: Whose usage.
        report_types: Only these.
        wanted: Which of it.

    Raises:
        NolcatError: If a part cannot be read.
    """
    usage = library.scan(report_types, list(wanted.sources) or None, wanted.begin, wanted.end)
    return under_own_names(usage, library.decisions().aliases) if wanted.own_names else usage


def told_by(coverage: pl.DataFrame, report_type: str) -> pl.DataFrame:
    """The months whose use a report itself tells, be it none: statistics_source_ID, usage_date, month, release."""
    known = coverage.filter(pl.col("report_type") == report_type, pl.col("usage_total").is_not_null())
    day = pl.format("{}-01", "month").str.to_date("%Y-%m-%d").alias("usage_date")
    return known.select("statistics_source_ID", day, "month", "release").unique()


def master_of(view: str) -> str:
    """The master report that a standard view is a part of."""
    return of_releases(view)[0].family.value


def spans(months: Iterable[str]) -> str:
    """Months (yyyy-mm) in words, those in a row together."""
    found: list[tuple[str, str]] = []
    for month in sorted(set(months)):
        if found and _after(found[-1][1]) == month:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    texts = [first if first == last else f"{first} to {last}" for first, last in found]
    more = f" and {len(texts) - _MANY} more spans" if len(texts) > _MANY else ""
    return ", ".join(texts[:_MANY]) + more


def left_out_notes(left_out: pl.DataFrame, names: Mapping[int, str]) -> Iterator[Note]:
    """What could belong to a view and cannot be told, a sentence for each source, report and reason."""
    keys = ["statistics_source_ID", "report_type", "reason"]
    month = pl.col("usage_date").dt.strftime("%Y-%m")
    found = left_out.group_by(keys, maintain_order=True).agg(pl.col("rows").sum(), month.unique().alias("months"))
    for source, report_type, reason, rows, months in found.iter_rows():
        text = f"Left out: {rows:,} rows of {report_type} of {names.get(source, source)} ({spans(months)}): {reason}."
        yield Note(source, tuple(sorted(months)), f"{text} The numbers may be too low.")


def filter_notes(loads: Iterable[Load], view: str, months: Iterable[str], names: Mapping[int, str]) -> Iterator[Note]:
    """Master reports that were made with filters which leave out what belongs to the view.

    Args:
        loads: The live loads that the view is worked out of, among others.
        view: A standard view.
        months: yyyy-mm, those that are worked out.
        names: Statistics source id → name.
    """
    wanted, master = set(months), master_of(view)
    for load in loads:
        shared = wanted & set(load.months)
        lacking = _lacking(load, view) if load.report_type == master and shared else []
        if lacking:
            text = (
                f"Filtered: {load.original} ({master} of {names.get(load.source_id, load.source_id)}, {spans(shared)}) "
                f"was made with {', '.join(lacking)}; what these leave out is not in {view}. The numbers may be too "
                "low."
            )
            yield Note(load.source_id, tuple(sorted(shared)), text)


def _lacking(load: Load, view: str) -> list[str]:
    """The filters of a load that shut out something of the view."""
    defined = next((one for one in of_releases(view) if str(one.release) == load.release), None)
    if defined is None:
        return []
    found = []
    for name, values in sorted(load.scope.filters.items()):
        needed = set(defined.metric_types) if name == "Metric_Type" else set(defined.fixed_filters.get(name, ()))
        everything = any(value.casefold() == _EVERYTHING for value in values)
        if not everything and (not needed or not needed <= values):
            found.append(f"{name}={'|'.join(sorted(values))}")
    return found


def _after(month: str) -> str:
    number = int(month[:4]) * 12 + int(month[5:])
    return f"{number // 12:04}-{number % 12 + 1:02}"
