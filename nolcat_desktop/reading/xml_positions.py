"""Positions of rows and cells of an R4 response, as dotted paths from its Report; numbers count from 0, as in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from nolcat_desktop.reading.xml_sheet import TRACE, customer_path

_LOW: Final = (1 << TRACE) - 1
_CHILDREN: Final[Mapping[str, str]] = {
    **dict.fromkeys(("Title", "Database"), "ItemName"),
    "Publisher": "ItemPublisher",
    "Platform": "ItemPlatform",
    "Data_Type": "ItemDataType",
}
"""Element → the child of the item that holds it."""
_OF_CUSTOMER: Final = {"Institution_Name": "Name", "Customer_ID": "ID"}
_YEAR: Final = ".PubYr"
_OF_PERFORMANCE: Final = {"Metric_Type": ".MetricType", "YOP": _YEAR}


@dataclass(frozen=True, slots=True)
class XmlPositions:
    """Where the rows of a report stand: numbers beside its frame, made into paths when they are asked for."""

    objects: pl.DataFrame
    """One row for each item: `@customer`, `@number`, and `@` and an element: which ItemIdentifier holds it, or -1."""
    rows_: pl.DataFrame
    """One row for each row of the report: `#object`, and `@` and a column of counts: its trace, or null."""

    def rows(self, rows: pl.Series) -> pl.Series:
        """The path of the item that each row comes from."""
        return pl.Series(rows.name, [self._item(row) for row in rows], dtype=pl.String)

    def cells(self, rows: pl.Series, column: str) -> pl.Series:
        """The path of the value that stands in `column`; where there is none, that of the item that lacks it."""
        return pl.Series(column, [self._cell(row, column) for row in rows], dtype=pl.String)

    def last(self) -> str:
        """Where findings about all items stand."""
        return ".Customer"

    def _object(self, row: int, column: str) -> int:
        return int(self.objects[column][int(self.rows_["#object"][row])])

    def _item(self, row: int) -> str:
        return f"{customer_path(self._object(row, '@customer'))}.ReportItems[{self._object(row, '@number')}]"

    def _cell(self, row: int, column: str) -> str:
        item = self._item(row)
        below = ""
        if column in _OF_CUSTOMER:
            return f"{customer_path(self._object(row, '@customer'))}.{_OF_CUSTOMER[column]}"
        if column in _CHILDREN:
            below = f".{_CHILDREN[column]}"
        elif column in _OF_PERFORMANCE:
            below = _instance(self._first_trace(row), _OF_PERFORMANCE[column])
        elif f"@{column}" in self.rows_.columns:
            below = _instance(self.rows_[f"@{column}"][row], ".Count")
        elif f"@{column}" in self.objects.columns:
            place = self._object(row, f"@{column}")
            below = f".ItemIdentifier[{place}].Value" if place >= 0 else ""
        return item + below

    def _first_trace(self, row: int) -> int | None:
        traces = (self.rows_[name][row] for name in self.rows_.columns if name.startswith("@"))
        return min((int(trace) for trace in traces if trace is not None), default=None)


def _instance(trace: int | None, below: str) -> str:
    """The path of an instance, or of what it stands in, under the item; '' without one."""
    if trace is None:
        return ""
    performance = f".ItemPerformance[{trace >> TRACE}]"
    return f"{performance}{below}" if below == _YEAR else f"{performance}.Instance[{trace & _LOW}]{below}"
