"""The wide frame in the making: objects (items, attribute sets, components) and a row of counts for each metric."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import polars as pl

from nolcat_desktop.reading.json_months import Months
from nolcat_desktop.reading.json_plan import Columns
from nolcat_desktop.report import ROW

Place = tuple[int, int, int, int, int, int, int, int]
"""Where an object stands: item, item in Items, attribute set, component (-1: not in one, -2: alone where a list should
be), and the shapes (see `json_shapes`) of parent, item, attribute set and component."""
PLACE = ("item", "inner", "set", "component", "of_parent", "of_item", "of_set", "of_component")
_OBJECT = "#object"
_TRACE = "@"


class Sheet:
    """Collects objects and rows batch by batch; counts are numbers until a batch is laid down, text from then on."""

    def __init__(self, columns: Columns, months: Months, traced: bool) -> None:
        """Lay out `columns` and `months`; `traced`: every count is followed by where it stands (R5)."""
        self.columns = columns
        self.months = months
        self._traced = traced
        self._step = 2 if traced else 1
        self._objects: list[list[str | None]] = []
        self._places: list[Place] = []
        self._of: list[int] = []
        self._metrics: list[str | None] = []
        self._counts: list[list[Any]] = []
        self._begun = 0
        self.odd = False
        """Whether a count among those collected since the last time is no whole number."""
        self._done: list[pl.DataFrame] = []
        self._done_places: list[pl.DataFrame] = []
        self._done_of: list[pl.Series] = []
        self._done_traces: list[pl.DataFrame] = []

    def blank(self) -> list[Any]:
        """A row of counts with nothing in it."""
        return [None] * (len(self.months.names) * self._step)

    def add(self, cells: list[str | None], place: Place, rows: list[tuple[str | None, list[Any]]]) -> None:
        """Add an object and its rows: metric and counts (each with its trace, when traced)."""
        number = len(self._objects)
        self._objects.append(cells)
        self._places.append(place)
        for metric, counts in rows:
            self._of.append(number)
            self._metrics.append(metric)
            self._counts.append(counts)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(frame.height for frame in self._done) + len(self._of)

    def lay_down(self) -> None:
        """Make frames of what was collected since the last time."""
        of = pl.Series(_OBJECT, self._of, dtype=pl.UInt32)
        transposed = list(zip_longest(*self._objects))
        elements = pl.DataFrame(
            [
                pl.Series(name, transposed[place], dtype=pl.String)
                for name, place in self.columns.places.items()
                if place < len(transposed) and any(transposed[place])
            ]
        )
        metrics = pl.Series("Metric_Type", self._metrics, dtype=pl.String)
        counted = self._counted()
        filled = [n for n, name in enumerate(self.months.names) if counted[name].null_count() < counted.height]
        names = [self.months.names[n] for n in filled]
        texts = pl.concat([metrics.to_frame(), counted.select(names).cast(pl.String)], how="horizontal")
        self._done.append(pl.concat([elements[of], texts], how="horizontal") if elements.width else texts)
        self._done_places.append(pl.DataFrame(self._places, schema=dict.fromkeys(PLACE, pl.Int32), orient="row"))
        self._done_of.append(of + self._begun)
        if self._traced:
            traces = [counted[_TRACE + name].alias(name) for name in names]
            self._done_traces.append(pl.DataFrame([metrics.is_null().alias("#"), *traces]))
        self._begun += len(self._objects)
        self._objects, self._places, self._of, self._metrics, self._counts = [], [], [], [], []
        self.odd = False

    def _counted(self) -> pl.DataFrame:
        """Counts, each followed by its trace when traced: numbers, or text where something else is among them."""
        names = [kind + name for name in self.months.names for kind in ("", _TRACE)[: self._step]]
        if not self.odd and self._counts:
            schema = dict.fromkeys(names, pl.Int64)
            try:
                return pl.DataFrame(self._counts, schema=schema, orient="row")
            except (pl.exceptions.PolarsError, TypeError, OverflowError):
                pass  # rows that were begun before a month came up, or counts above 64 bits
        columns = list(zip_longest(*self._counts))
        columns += [(None,) * len(self._counts)] * (len(names) - len(columns))
        return pl.DataFrame([_numbers(name, column) for name, column in zip(names, columns, strict=True)])

    def frame(self, order: tuple[str, ...], always: tuple[str, ...], months: tuple[str, ...]) -> pl.DataFrame:
        """All rows: `row`, elements in `order` (those of `always` and those that hold anything), Metric_Type, counts.

        Args:
            order: Every element, in the order of the tabular form.
            always: Elements that have a column in any case.
            months: Count columns that there are in any case, in order, before others.
        """
        whole = pl.concat(self._done, how="diagonal") if self._done else pl.DataFrame(schema={"Metric_Type": pl.String})
        there = set(whole.columns)
        elements = [name for name in order if name in there or name in always]
        counts = [*months, *(name for name in self.months.names if name in there and name not in months)]
        names = [*elements, "Metric_Type", *counts]
        chosen = [
            pl.col(name).replace("", None) if name in there else pl.lit(None, pl.String).alias(name) for name in names
        ]
        return whole.select(chosen).with_row_index(ROW)

    def places(self) -> tuple[pl.DataFrame, pl.Series, pl.DataFrame]:
        """Where it all stands: objects (columns `PLACE`), the object of each row, and the traces of its counts."""
        of = pl.concat(self._done_of) if self._done_of else pl.Series(_OBJECT, [], dtype=pl.UInt32)
        objects = (
            pl.concat(self._done_places) if self._done_places else pl.DataFrame(schema=dict.fromkeys(PLACE, pl.Int32))
        )
        traces = pl.concat(self._done_traces, how="diagonal") if self._done_traces else pl.DataFrame()
        return objects, of, traces


def _numbers(name: str, counts: tuple[Any, ...]) -> pl.Series:
    """Counts as numbers; as text when something else is among them."""
    try:
        return pl.Series(name, counts, dtype=pl.Int64)
    except (TypeError, OverflowError):
        return pl.Series(name, [None if one is None else str(one) for one in counts], dtype=pl.String)
