"""What is being judged: a report whose definition is known, and what its header asks of its body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import FileKind, Report, Setting


@dataclass(frozen=True, slots=True)
class Subject:
    """A report with a definition, and how it is judged."""

    report: Report
    definition: Definition
    official: bool
    """True: as COUNTER's own validator judges."""
    today: date | None
    """For rules about the future; None: they are silent."""

    @property
    def release(self) -> Release:
        """The release by whose rules it is judged."""
        return self.definition.release

    @property
    def is_json(self) -> bool:
        """True when positions are paths."""
        return self.report.origin.kind in {FileKind.JSON, FileKind.XML}

    def filter_values(self, name: str) -> tuple[str, ...]:
        """Values of the header's filter `name`, without surrounding blanks; () when it is not given."""
        return _values(self.report.header.filters, name)

    def attribute_values(self, name: str) -> tuple[str, ...]:
        """Values of the header's attribute `name`; () when it is not given."""
        return _values(self.report.header.attributes, name)

    def is_set(self, attribute: str) -> bool:
        """True when the header's flag `attribute` says True, in any case."""
        return any(value.lower() == "true" for value in self.attribute_values(attribute))

    def shown(self) -> frozenset[str]:
        """The elements that Attributes_To_Show names, canonically; those that are not permitted are left out."""
        known = {loose(name): name for name in self.definition.attributes_to_show}
        values = (loose(value) for value in self.attribute_values("Attributes_To_Show"))
        return frozenset(known[value] for value in values if value in known)

    def permitted(self) -> Mapping[str, tuple[str, ...]]:
        """Values that the cells of each enumerated element may hold: the report's, narrowed by the filters (L-09)."""
        lists = dict(self.definition.values)
        if self.definition.metric_types and not self.release.is_before_5:
            lists["Metric_Type"] = self.definition.metric_types
        return {name: self.narrowed(name, values) for name, values in lists.items()}

    def narrowed(self, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `values` that the header's filter `name` lets through; all without one, and in views."""
        if self.definition.is_view:
            return values
        asked = {loose(value) for value in self.filter_values(name)}
        kept = tuple(value for value in values if loose(value) in asked)
        return kept or values


def place(subject: Subject, label: str) -> str | None:
    """Where the value of `label` stands, or where it should."""
    found = subject.report.header.positions.get(label)
    return found or (".Report_Header" if subject.is_json else None)


def _values(settings: tuple[Setting, ...], name: str) -> tuple[str, ...]:
    return tuple(
        value.strip() for setting in settings if setting.name == name for value in setting.values if value.strip()
    )


def loosened(column: pl.Expr) -> pl.Expr:
    """`counter.text.loose` for a whole column of distinct texts."""
    return column.str.replace_all(r"[\s\x{00a0}_\-\"'“”„‘’]+", "").str.to_lowercase()
