"""A report before it has a form: what the builders lay out as TSV, CSV, XLSX or JSON, and what usage it must give.

Nothing here, nor in its neighbours, uses the program's own readers, tables or writers: an error there must not hide
itself by being made twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from nolcat_desktop.counter.release import Release
from tests.builders.identifiers import isni

INSTITUTION = "Universität Nebelheim"
REGISTRY_RECORD = "https://registry.countermetrics.org/platform/5f0c2b7e-3a41-4d4e-9b55-0a6b7c8d9e10"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the body: an item, a set of attributes, a metric."""

    elements: Mapping[str, str]
    """COUNTER element → its text in the tabular form, Metric_Type among them (R4: where a column holds the metric)."""
    counts: Mapping[str, int]
    """Month as `yyyy-mm` → count; a month that is absent counts 0."""

    @property
    def total(self) -> int:
        """Reporting_Period_Total."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class ReportedException:
    """An exception in the report's header."""

    code: int
    message: str
    data: str = ""
    severity: str = "Warning"
    """R5 JSON only."""


@dataclass(frozen=True, slots=True)
class Abstract:
    """A report, free of any form."""

    release: Release
    report_id: str
    """As the `report_type` column writes it: `TR_J1`, `JR1GOA`."""
    rows: tuple[Row, ...]
    begin: date
    end: date
    report_name: str
    columns: tuple[str, ...]
    """Elements that head a column, in order, Metric_Type among them where there is one; months and totals apart."""
    institution_name: str = INSTITUTION
    institution_id: str = f"ISNI:{isni(1)}"
    """As the tabular form writes it; R4: cell A3."""
    customer_id: str = "NEB-0042"
    metric_types: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Without dates and Metric_Type."""
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """As the tabular form names them; `Exclude_Monthly_Details` becomes `Granularity` in JSON."""
    exceptions: tuple[ReportedException, ...] = ()
    created: str = ""
    """RFC 3339 (R4: yyyy-mm-dd)."""
    created_by: str = "Rowan Shelf Statistics"
    registry_record: str = REGISTRY_RECORD

    @property
    def months(self) -> tuple[date, ...]:
        """First days of the months of the period, in order."""
        first, last = self.begin.year * 12 + self.begin.month - 1, self.end.year * 12 + self.end.month - 1
        return tuple(date(n // 12, n % 12 + 1, 1) for n in range(first, last + 1))

    @property
    def totals_only(self) -> bool:
        """Whether the report has no counts by month (Exclude_Monthly_Details=True)."""
        return self.attributes.get("Exclude_Monthly_Details") == ("True",)


def month_key(month: date) -> str:
    """`yyyy-mm`."""
    return f"{month.year:04}-{month.month:02}"


def month_end(month: date) -> date:
    """Last day of the month of `month`."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def later(month: date, number: int) -> date:
    """First day of the month that comes `number` months after `month`."""
    count = month.year * 12 + month.month - 1 + number
    return date(count // 12, count % 12 + 1, 1)
