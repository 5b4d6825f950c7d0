"""The shape of a report's definition; the definitions themselves are rows of `reports5`, `reports51` and `reports4`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from nolcat_desktop.counter.release import Release

NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Family(StrEnum):
    """The four folders of the library (NoLCAT's layout), named by the master report."""

    PR = "PR"
    DR = "DR"
    TR = "TR"
    IR = "IR"


@dataclass(frozen=True, slots=True)
class Definition:
    """One report as one release of the Code of Practice defines it.

    Source: the Codes of Practice 5.0.3 and 5.1 (reports and their elements), and 4 (chapter 4).
    """

    report_id: str
    """As the `report_type` column writes it: `TR`, `TR_J1`, `JR1`, `JR1GOA`, `TR1Mobile`."""
    release: Release
    name: str
    """Report_Name; for R4 cell A1 without ` (R4)`."""
    family: Family
    columns: tuple[str, ...]
    """Every element that may head a column, in canonical order, without months; canonical element names (see
    `elements`)."""
    optional: frozenset[str] = frozenset()
    """Those of `columns` that stand only when asked for (Attributes_To_Show, Include_Parent_Details,
    Include_Component_Details, R4: bracketed)."""
    metric_types: tuple[str, ...] = ()
    """Permitted Metric_Types; R4: the canonical texts, or () when the metric is implied by the report."""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NONE, hash=False)
    """Permitted values by element: Data_Type, Section_Type, Access_Type, Access_Method, Format, Parent_Data_Type,
    Component_Data_Type …"""
    fixed_filters: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NONE, hash=False)
    """Standard views: the filters that must be in the header, with exactly these values (Metric_Type apart)."""
    filters: frozenset[str] = frozenset()
    """Names of the filters that the header may carry (without dates), Metric_Type among them."""
    attributes_to_show: tuple[str, ...] = ()
    """Permitted values of Attributes_To_Show; () for standard views."""
    attributes: frozenset[str] = frozenset()
    """Names of the Report_Attributes that the header may carry; empty for standard views."""
    is_view: bool = False
    """True for the twelve standard views."""
    has_months: bool = True
    """False for R4's JR5, whose columns are years of publication."""
    data_type: str | None = None
    """R4: what NoLCAT fills into data_type; None: from the row, or null."""
    section_type: str | None = None
    """R4: what NoLCAT fills into section_type."""
    metric: str | None = None
    """R4: the implied metric_type; None: from a column."""
    total_labels: tuple[str, ...] = ()
    """R4: known labels of total rows, lower case."""
