"""Positions of rows and cells of a JSON report, as dotted paths from the root of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.reading.json_items5 import TRACE
from nolcat_desktop.reading.json_months import TOTALS
from nolcat_desktop.reading.json_shapes import Shape
from nolcat_desktop.reading.json_walk import ALONE

_LOW = (1 << TRACE) - 1
_METRIC = "Metric_Type"


@dataclass(frozen=True, slots=True)
class JsonPositions:
    """Where the rows of a JSON report stand: numbers kept beside its frame, made into paths when they are asked for."""

    objects: pl.DataFrame
    """One row for each object, in the columns of `json_sheet.PLACE`."""
    of: pl.Series
    """The object of each row of the report."""
    traces: pl.DataFrame
    """R5: column by column where each count stands; without columns in R5.1."""
    shapes: Sequence[Shape]
    """The shapes that `objects` numbers."""
    metrics: pl.Series
    """Metric_Type of each row."""
    keys: Mapping[tuple[int, str], str]
    """Row and column → month as delivered, where it is not the column's name."""
    totals_key: str | None
    """R5.1: the month that holds totals."""

    def rows(self, rows: pl.Series) -> pl.Series:
        """The path of the item (R5), of the attribute set (R5.1), or of the component, that each row comes from."""
        return pl.Series(rows.name, [self._owner(row)[0] for row in rows], dtype=pl.String)

    def cells(self, rows: pl.Series, column: str) -> pl.Series:
        """The path of the value that stands in `column`; where there is none, that of the object that lacks it."""
        counted = column[:1] in "#0123456789"
        find = self._count if counted else self._metric if column == _METRIC else self._element
        return pl.Series(column, [find(row, column) for row in rows], dtype=pl.String)

    def last(self) -> str:
        """Where findings about all items stand."""
        return ".Report_Items"

    def _shape(self, number: int) -> Shape | None:
        return self.shapes[number] if number >= 0 else None

    def _paths(self, row: int) -> tuple[str, str, str, str, tuple[int, ...]]:
        """Paths of the element of Report_Items, the item, the attribute set, the component; '' where there is none."""
        place = self.objects.row(self.of[row])
        number, inner, one, component, outer, item, _, part = place
        top = f".Report_Items[{number}]"
        parent = self._shape(outer)
        of_item = top
        if parent and inner != -1:
            of_item = f"{top}.{parent.plan.names.get('Items', 'Items')}" + (f"[{inner}]" if inner >= 0 else "")
        shape = self._shape(item)
        sets = shape.plan.names.get("Attribute_Performance", "Attribute_Performance") if shape else ""
        of_set = f"{of_item}.{sets}[{one}]" if one >= 0 else f"{of_item}.{sets}" if one == ALONE else ""
        component_shape = self._shape(part)
        base = component_shape.base if component_shape else ""
        of_part = "" if component == -1 else f"{of_set or of_item}{base}" + (f"[{component}]" if component >= 0 else "")
        return top, of_item, of_set, of_part, place

    def _owner(self, row: int) -> tuple[str, Shape | None]:
        """The innermost object of a row, and its shape."""
        _, of_item, of_set, of_part, place = self._paths(row)
        if of_part:
            return of_part, self._shape(place[7])
        return (of_set, self._shape(place[6])) if of_set else (of_item, self._shape(place[5]))

    def _performance(self, row: int) -> str:
        path, shape = self._owner(row)
        return f"{path}.{shape.plan.names.get('Performance', 'Performance') if shape else 'Performance'}"

    def _element(self, row: int, column: str) -> str:
        top, of_item, of_set, of_part, place = self._paths(row)
        outer, item, attributes, part = place[4:]
        parent, component = self._shape(outer), self._shape(part)
        if column.startswith("Parent_"):
            below = parent.path(column, "Parent_") if parent else None
            return f"{top}{parent.base}{below}" if parent and below else top
        if column.startswith("Component_"):
            below = component.path(column, "Component_") if component else None
            return f"{of_part}{below or ''}" or of_item
        for path, shape in ((of_set, self._shape(attributes)), (of_item, self._shape(item))):
            below = shape.path(column) if shape else None
            if below:
                return f"{path}{below}"
        return of_item

    def _metric(self, row: int, column: str) -> str:
        first = self._first_trace(row)
        if first is None:
            metric = self.metrics[row]
            return self._performance(row) if metric is None or self._traced else f"{self._performance(row)}.{metric}"
        return f"{self._performance(row)}[{first >> TRACE}].Instance[{first & _LOW}].{column}"

    @property
    def _traced(self) -> bool:
        return self.traces.width > 0

    def _first_trace(self, row: int) -> int | None:
        if not self._traced:
            return None
        traces = [
            trace for name, trace in self.traces.row(row, named=True).items() if name != "#" and trace is not None
        ]
        return min(traces, default=None)

    def _count(self, row: int, column: str) -> str:
        if self._traced:
            trace = self.traces[column][row] if column in self.traces.columns else None
            if trace is None:
                return self._owner(row)[0]
            return f"{self._performance(row)}[{trace >> TRACE}].Instance[{trace & _LOW}].Count"
        key = self.keys.get((row, column)) or (self.totals_key if column == TOTALS else column.removeprefix("#"))
        return f"{self._performance(row)}.{self.metrics[row]}.{key}"
