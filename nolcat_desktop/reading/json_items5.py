"""Items of Release 5: Performance is a list of periods, each with a list of instances (Metric_Type and Count)."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.reading import json_kinds
from nolcat_desktop.reading.json_plan import Planner, Take
from nolcat_desktop.reading.json_sheet import Sheet
from nolcat_desktop.reading.json_tally import Json, Tally, as_json
from nolcat_desktop.reading.json_typed import Part, TypedItems
from nolcat_desktop.reading.json_walk import ALONE, Cells, Rows, Walk

TRACE = 32
"""A count's trace is the place of its period, this many bits up, and the place of its instance."""


class _Owner(NamedTuple):
    """The item that components belong to: its number, its cells, the shapes of its parent and of itself."""

    number: int
    cells: Cells
    parent: int
    shape: int


class _Gathered:
    """The rows of one Performance in the making; nothing is added up and nothing replaced."""

    def __init__(self, sheet: Sheet) -> None:
        self.met: set[int] = set()
        self._sheet = sheet
        self._rows: dict[tuple[str | None, int], list[Json]] = {}

    def put(self, metric: str | None, count: Json, month: int, trace: int) -> None:
        """Put a count into the first row of its metric that has none for this month."""
        column, again = month * 2, 0
        while True:
            row = self._rows.setdefault((metric, again), [])
            row += [None] * (len(self._sheet.months.names) * 2 - len(row))
            if row[column] is None:
                row[column], row[column + 1] = count, trace
                return
            again += 1

    def listed(self) -> Rows:
        """Metric and counts of each row, in the order in which they were begun."""
        return [(metric, row) for (metric, _), row in self._rows.items()]


class Walk5(Walk):
    """Walks through items of Release 5."""

    def __init__(self, sheet: Sheet, tally: Tally, definition: Definition | None, shown: frozenset[str]) -> None:
        """Walk through items of the report that `definition` says, with the optional elements `shown`."""
        super().__init__(sheet, tally)
        self.texts.as_objects = False
        kind = json_kinds.item5(definition, shown)
        self._typed = TypedItems(kind.properties)
        self._items = Planner(kind, self.columns)
        self._parents = Planner(json_kinds.part5("Parent_"), self.columns)
        self._components = Planner(json_kinds.part5("Component_"), self.columns)

    def item(self, item: dict[str, Json], number: int) -> None:
        """Lay out one item: a row for each metric, then the rows of its components."""
        path = f".Report_Items[{number}]"
        cells = self.columns.blank.copy()
        shape, rest = self.fill(item, self._items, path, cells)
        parent = self._parent(*rest[Take.PARENT], path, cells) if Take.PARENT in rest else -1
        rows: Rows = []
        if Take.PERFORMANCE in rest:
            name, performance = rest[Take.PERFORMANCE]
            rows = self.performance(performance, f"{path}.{name}", number, (name,))
        components = rest.get(Take.COMPONENTS)
        owned = cells.copy() if components else cells
        self.sheet.add(cells, (number, -1, -1, -1, parent, shape, -1, -1), rows)
        if components:
            self._parts(_Owner(number, owned, parent, shape), path, *components)

    def _parent(self, name: str, value: Json, path: str, cells: list[str | None]) -> int:
        """Take Item_Parent: an object, or a list of one."""
        base = f".{name}"
        if isinstance(value, list):
            rule = "J-single-parent" if len(value) == 1 else "J-empty" if not value else "J-parents"
            self.tally.add(rule, path + base, "Item_Parent", value)
            if not value:
                return -1
            base, value = f"{base}[0]", value[0]
        if not isinstance(value, dict):
            self.tally.add("J-null" if value is None else "J-type", path + base, "Item_Parent", value)
            return -1
        return self.fill(value, self._parents, path + base, cells, "Parent_", base).shape

    def _parts(self, owner: _Owner, path: str, name: str, value: Json) -> None:
        """Lay out Item_Component: each component has rows of its own, with the elements of its item."""
        for here, place, component in self.objects(value, f"{path}.{name}", "Item_Component"):
            cells = owner.cells.copy()
            part, rest = self.fill(component, self._components, here, cells, "Component_", f".{name}")
            steps = (name,) if place == ALONE else (name, place)
            rows: Rows = []
            if Take.PERFORMANCE in rest:
                below, performance = rest[Take.PERFORMANCE]
                rows = self.performance(performance, f"{here}.{below}", owner.number, (*steps, below))
            self.sheet.add(cells, (owner.number, -1, -1, place, owner.parent, owner.shape, -1, part), rows)

    def parse(self, text: bytes) -> list[Json]:
        """Parse items, into records when they are as they should be."""
        return self._typed.parse(text)

    def as_dict(self, item: Json) -> Json:
        """An item as a dictionary; its Performance may be a list of `Part`."""
        return self._typed.as_dict(item)

    def performance(self, performance: Json, path: str, number: int, steps: tuple[str | int, ...]) -> Rows:
        """The rows of one Performance, in the order in which its metrics are met."""
        if performance.__class__ is list and performance and performance[0].__class__ is Part:
            rows = self._sound(performance)
            if rows is not None:
                return rows
            performance = msgspec.to_builtins(performance)
        if performance.__class__ is not list or not performance:
            self.objects(performance, path, "Performance")
            performance = [performance] if isinstance(performance, dict) else []
        gathered = _Gathered(self.sheet)
        for place, part in enumerate(performance):
            month, instances = self._part(part, f"{path}[{place}]")
            if month in gathered.met:
                self.tally.add("J-period-repeated", f"{path}[{place}].Period", "Period", self.sheet.months.names[month])
            gathered.met.add(month)
            for one, instance in enumerate(instances):
                within = (*steps, place, "Instance", one)
                found = self._instance(instance, f"{path}[{place}].Instance[{one}]", number, within)
                if found is not None:
                    gathered.put(*found, month, (place << TRACE) + one)
        return gathered.listed()

    def _sound(self, performance: list[Part]) -> Rows | None:
        """The rows of a Performance in which each month and each metric of it stands once; None when that is not so."""
        rows: dict[str, list[Json]] = {}
        blank = self.sheet.blank()
        months = self.sheet.months.sound_periods
        met: set[int] = set()
        for place, part in enumerate(performance):
            month = months.get((part.Period.Begin_Date, part.Period.End_Date))
            if month is None or month in met:
                return None
            met.add(month)
            column, trace = month * 2, place << TRACE
            for instance in part.Instance:
                metric = instance.Metric_Type
                try:
                    row = rows[metric]
                except KeyError:
                    row = rows[metric] = blank.copy()
                if row[column] is not None:
                    return None
                row[column] = instance.Count
                row[column + 1] = trace
                trace += 1
            if not part.Instance:
                return None
        return list(rows.items())

    def _part(self, part: Json, path: str) -> tuple[int, list[Json]]:
        """The column and the instances of a part of Performance that is not as it should be."""
        months = self.sheet.months
        if not isinstance(part, dict):
            self.tally.add("J-type", path, "Performance", part)
            return months.period("", "").place, []
        named = self.texts.renamed(part, path, ("Period", "Instance"))
        period = named.get("Period")
        texts = {"Begin_Date": "", "End_Date": ""}
        if isinstance(period, dict):
            for name, value in self.texts.renamed(period, f"{path}.Period", ("Begin_Date", "End_Date")).items():
                texts[name] = value if isinstance(value, str) else as_json(value)
                if not isinstance(value, str):
                    self.tally.add("J-type", f"{path}.Period.{name}", name, value)
        elif "Period" in named:
            self.tally.add("J-required-null" if period is None else "J-type", f"{path}.Period", "Period", period)
        month, faults = months.period(texts["Begin_Date"], texts["End_Date"])
        for rule, name in faults:
            if texts[name]:
                read_as = months.names[month] if rule == "J-period-form" else None
                self.tally.add(rule, f"{path}.Period.{name}", name, texts[name], read_as)
        if "Instance" not in named:
            return month, []
        instances = named["Instance"]
        if isinstance(instances, list) and instances:
            return month, instances
        self.objects(instances, f"{path}.Instance", "Instance")
        return month, [instances] if isinstance(instances, dict) else []

    def _instance(
        self, instance: Json, path: str, number: int, steps: tuple[str | int, ...]
    ) -> tuple[str | None, Json] | None:
        """Metric and count of an instance that is not as it should be; None when it has no count."""
        if not isinstance(instance, dict):
            self.tally.add("J-type", path, "Instance", instance)
            return None
        named = self.texts.renamed(instance, path, ("Metric_Type", "Count"))
        metric = named.get("Metric_Type")
        if "Metric_Type" in named and not isinstance(metric, str):
            self.tally.add(
                "J-required-null" if metric is None else "J-not-text", f"{path}.Metric_Type", "Metric_Type", metric
            )
            metric = None if metric is None else as_json(metric)
        if "Count" not in named:
            return None
        count = named["Count"]
        if count.__class__ is not int:
            name = next(name for name in instance if instance[name] is count)
            count = self.odd_count(count, f"{path}.Count", number, (*steps, name))
        return metric, count
