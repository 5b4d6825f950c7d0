"""Reports beside one another: a view against its master, titles against the platform (validation.md section 11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from types import MappingProxyType
from typing import Final

import polars as pl

from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counts import count_or_zero
from nolcat_desktop.findings import no_findings
from nolcat_desktop.report import Report
from nolcat_desktop.validation.faults import Fault, Found, frame_of

VIEW = Fault(
    "N-view",
    Level.WARNING,
    "{element}: {value}.",
    "A standard view is a part of its master, so both must say the same: ask the provider which report is right.",
)
PART = Fault(
    "N-part",
    Level.WARNING,
    "{element}: {value}.",
    "What is counted for titles or databases is counted for the platform too: ask the provider.",
)
ARCHIVE = Fault("R4-A11", Level.WARNING, "{element}: {value}.", "The report is a part of Journal Report 1.")
_COUNTED: Final = "_Investigations$|_Requests$"
_MOST: Final = 24
"""Findings of two reports that are told one by one."""


@dataclass(frozen=True, slots=True)
class ReportSums:
    """What a report adds up to."""

    file: str
    definition: Definition
    platforms: frozenset[str]
    """In lower case; empty when the report names none."""
    institution: str
    sums: pl.DataFrame
    """One row for each metric and set of Data_Type, Access_Type, Access_Method (those that are columns), and one Int64
    column for each month `yyyy-mm`."""
    months: tuple[str, ...]
    """Those of which every count can be read."""
    filters: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    """Of the header, in lower case, without those that the report's definition fixes."""


def report_sums(report: Report) -> ReportSums | None:
    """Add up `report`; None without a definition, months or metrics."""
    definition, months = report.definition, report.month_columns
    items = report.items
    if definition is None or not months or not items.height:
        return None
    key = [name for name in ("Metric_Type", "Data_Type", "Access_Type", "Access_Method") if name in items.columns]
    rows = items.lazy() if key else items.lazy().with_columns(pl.lit("all").alias("Metric_Type"))
    counts = [count_or_zero(month) for month in months]
    unread = [each.null_count().alias(f"unread {month}") for each, month in zip(counts, months, strict=True)]
    summed = [each.fill_null(0).sum() for each in counts]
    sums = rows.group_by(key or ["Metric_Type"]).agg(*summed, *unread).collect()
    known = tuple(month for month in months if not sums.get_column(f"unread {month}").sum())
    named = items.get_column("Platform") if "Platform" in items.columns else pl.Series(dtype=pl.String)
    return ReportSums(
        report.origin.file,
        definition,
        frozenset(text.strip().lower() for text in named.drop_nulls().unique()),
        report.header.texts.get("Institution_Name", "").strip().lower(),
        sums.select(*(key or ["Metric_Type"]), *known),
        known,
        MappingProxyType(_filters(report, definition)),
    )


def _filters(report: Report, definition: Definition) -> dict[str, frozenset[str]]:
    """What the header's filters let through, apart from those that every such report has."""
    return {
        one.name: frozenset(value.strip().lower() for value in one.values)
        for one in report.header.filters
        if one.values and one.name not in definition.fixed_filters
    }


def validate_together(reports: Sequence[Report | ReportSums]) -> pl.DataFrame:
    """Compare reports that were fetched together.

    Args:
        reports: Reports, or their sums as `report_sums` gives them.

    Returns:
        Warnings in the schema `FINDINGS`, without positions: where a view and its master differ, where titles or
        databases have more usage than their platform, where a part of JR1 is above JR1.
    """
    sums = [one if isinstance(one, ReportSums) else report_sums(one) for one in reports]
    return pl.concat([no_findings(), *findings_beside(sums).values()])


def findings_beside(sums: Sequence[ReportSums | None]) -> dict[int, pl.DataFrame]:
    """The same, told by report.

    Args:
        sums: Of each report; None where it has none.

    Returns:
        Place in `sums` of the first report that is concerned → its findings, for the reports with any.
    """
    alike: dict[tuple[object, str], list[tuple[int, ReportSums]]] = {}
    for place, one in enumerate(sums):
        if one is not None:
            alike.setdefault((one.definition.release, one.institution), []).append((place, one))
    found: dict[int, list[Found]] = {}
    for reports in alike.values():
        for (at, whole), (place, part) in permutations(reports, 2):
            found.setdefault(min(at, place), []).extend(_compared(whole, part))
    return {place: frame_of(told) for place, told in sorted(found.items()) if told}


def _compared(whole: ReportSums, part: ReportSums) -> Iterator[Found]:
    one, other = whole.definition, part.definition
    if not _same_place(whole, part) or not _lets_through(whole, part):
        return
    if one.release.is_before_5:
        if one.report_id == "JR1" and other.report_id in {"JR1GOA", "JR1a"}:
            yield from _above(whole, part, ARCHIVE, part.sums)
    elif other.is_view and not one.is_view and one.family is other.family:
        yield from _view(whole, part)
    elif one.report_id == "PR" and not other.is_view and other.family in {Family.DR, Family.TR}:
        yield from _above(whole, part, PART, part.sums.filter(pl.col("Metric_Type").str.contains(_COUNTED)))


def _same_place(whole: ReportSums, part: ReportSums) -> bool:
    return not part.platforms or not whole.platforms or part.platforms == whole.platforms


def _lets_through(whole: ReportSums, part: ReportSums) -> bool:
    """Whether nothing of the part is missing from the whole because of the whole's own filters."""
    fixed = {name: frozenset(map(str.lower, values)) for name, values in part.definition.fixed_filters.items()}
    asked = {**fixed, **part.filters}
    return all(name in asked and asked[name] <= values for name, values in whole.filters.items())


def _view(master: ReportSums, view: ReportSums) -> Iterator[Found]:
    """A view equals its master, filtered as the view is; without the columns to filter by it is not above it."""
    filters = view.definition.fixed_filters
    rows = master.sums
    exact = not view.filters.keys() - {"Metric_Type"} and all(name in rows.columns for name in filters)
    for name, values in filters.items():
        if name in rows.columns:
            rows = rows.filter(pl.col(name).is_in(list(values)))
    yield from _differing(rows, master, view, exact=exact)


def _differing(rows: pl.DataFrame, master: ReportSums, view: ReportSums, *, exact: bool) -> Iterator[Found]:
    months = [month for month in view.months if month in master.months]
    told = 0
    for metric in sorted(view.sums.get_column("Metric_Type").drop_nulls().unique()):
        given = view.sums.filter(pl.col("Metric_Type") == metric).select(pl.col(months).sum()).row(0)
        wanted = rows.filter(pl.col("Metric_Type") == metric).select(pl.col(months).sum()).row(0)
        for month, count, right in zip(months, given, wanted, strict=True):
            if (count != right if exact else count > right) and told < _MOST:
                told += 1
                yield VIEW.at(None, metric, _said(view, master, month, count, right))


def _above(whole: ReportSums, part: ReportSums, fault: Fault, rows: pl.DataFrame) -> Iterator[Found]:
    """Metrics of which a part has more than the whole."""
    months = [month for month in part.months if month in whole.months]
    has_metrics = "Metric_Type" in rows.columns and fault is not ARCHIVE
    metrics = sorted(rows.get_column("Metric_Type").drop_nulls().unique()) if has_metrics else [None]
    for metric in metrics:
        of_part, of_whole = rows, whole.sums
        if metric is not None:
            of_part = rows.filter(pl.col("Metric_Type") == metric)
            of_whole = whole.sums.filter(pl.col("Metric_Type") == metric)
        fewer, more = of_part.select(pl.col(months).sum()).row(0), of_whole.select(pl.col(months).sum()).row(0)
        for month, count, right in zip(months, fewer, more, strict=True):
            if count > right:
                yield fault.at(None, metric or part.definition.report_id, _said(part, whole, month, count, right))


def _said(part: ReportSums, whole: ReportSums, month: str, count: int, right: int) -> str:
    one = f"{part.definition.report_id} has {count} in {month} ({part.file})"
    return f"{one}, {whole.definition.report_id} {right} ({whole.file})"
