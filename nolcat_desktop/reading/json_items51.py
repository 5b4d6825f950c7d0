"""Items of Release 5.1: attribute sets, in them metrics, in them months; in item reports parents around the items."""

from __future__ import annotations

from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.reading import json_kinds
from nolcat_desktop.reading.json_plan import Planner, Take
from nolcat_desktop.reading.json_sheet import Sheet
from nolcat_desktop.reading.json_tally import Json, Tally
from nolcat_desktop.reading.json_walk import ALONE, Cells, Rows, Walk

_ITEM_ONLY = frozenset({"Item", "Attribute_Performance", "Publisher", "Platform"})
_WHOLE = {int}


class Walk51(Walk):
    """Walks through items of Release 5.1."""

    def __init__(self, sheet: Sheet, tally: Tally, definition: Definition | None, shown: frozenset[str]) -> None:
        """Walk through items of the report that `definition` says, with the optional elements `shown`."""
        super().__init__(sheet, tally)
        self.texts.as_objects = True
        self._in_parents = definition is None or definition.family is Family.IR
        self._with_parents = definition is not None and "Parent_Title" in definition.columns
        self._typed = definition is not None and "Parent_Data_Type" in definition.columns
        self._items = Planner(json_kinds.item51(definition), self.columns)
        self._parents = Planner(json_kinds.parent51(definition), self.columns)
        self._sets = Planner(json_kinds.set51(definition, shown), self.columns)
        self._components = Planner(json_kinds.component51(), self.columns)
        self._strange = definition is not None and self._in_parents
        self.keys: dict[tuple[int, str], str] = {}
        """Row and count column → month as delivered, where that is not the column's name."""

    def item(self, item: dict[str, Json], number: int) -> None:
        """Lay out an element of Report_Items: an item, or in item reports a parent with its items."""
        path = f".Report_Items[{number}]"
        cells = self.columns.blank.copy()
        if not self._in_parents or ("Items" not in item and not _ITEM_ONLY.isdisjoint(item)):
            if self._strange:
                self.tally.add("J-items-missing", path, "Items")
            self._item(item, path, number, (-1, -1), cells)
            return
        shape, rest = self.fill(item, self._parents, path, cells, "Parent_")
        if len(item) > 1:
            self._needs(item, path)
        if Take.ITEMS not in rest:
            return
        name, value = rest[Take.ITEMS]
        for here, place, inner in self.objects(value, f"{path}.{name}", "Items"):
            self._item(inner, here, number, (place, shape), cells.copy())

    def _needs(self, item: dict[str, Json], path: str) -> None:
        """Tell what a parent lacks: only one that holds nothing but Items may go without identifiers and Data_Type."""
        if self._with_parents and "Item_ID" not in item:
            self.tally.add("J-required-missing", path, "Item_ID")
        if self._typed and "Data_Type" not in item:
            self.tally.add("J-required-missing", path, "Data_Type")

    def _item(self, item: dict[str, Json], path: str, number: int, within: tuple[int, int], cells: Cells) -> None:
        place, parent = within
        shape, rest = self.fill(item, self._items, path, cells)
        if Take.SETS not in rest:
            return
        name, value = rest[Take.SETS]
        inner: tuple[str | int, ...] = () if place == -1 else ("Items",) if place == ALONE else ("Items", place)
        for here, one, attributes in self.objects(value, f"{path}.{name}", "Attribute_Performance"):
            steps = (*inner, name) if one == ALONE else (*inner, name, one)
            self._set(attributes, here, cells.copy(), (number, place, one, parent, shape), steps)

    def _set(
        self,
        attributes: dict[str, Json],
        path: str,
        cells: Cells,
        where: tuple[int, int, int, int, int],
        steps: tuple[str | int, ...],
    ) -> None:
        """Lay out one attribute set, then its components."""
        number, place, one, parent, shape = where
        attributed, rest = self.fill(attributes, self._sets, path, cells)
        components = rest.get(Take.COMPONENTS)
        owned = cells.copy() if components else cells
        rows: Rows = []
        if Take.PERFORMANCE in rest:
            name, performance = rest[Take.PERFORMANCE]
            rows = self.performance(performance, f"{path}.{name}", number, (*steps, name))
        self.sheet.add(cells, (number, place, one, -1, parent, shape, attributed, -1), rows)
        if components is None:
            return
        name, value = components
        for here, at, component in self.objects(value, f"{path}.{name}", "Components"):
            part_cells = owned.copy()
            part, below = self.fill(component, self._components, here, part_cells, "Component_", f".{name}")
            rows = []
            if Take.PERFORMANCE in below:
                own, performance = below[Take.PERFORMANCE]
                within: tuple[str | int, ...] = (*steps, name, own) if at == ALONE else (*steps, name, at, own)
                rows = self.performance(performance, f"{here}.{own}", number, within)
            self.sheet.add(part_cells, (number, place, one, at, parent, shape, attributed, part), rows)

    def performance(self, performance: Json, path: str, number: int, steps: tuple[str | int, ...]) -> Rows:
        """The rows of one Performance: one for each metric, more where months repeat."""
        if performance.__class__ is not dict or not performance:
            self._hollow(performance, path)
            return []
        rows: Rows = []
        sound = self.sheet.months.sound_keys
        blank = self.sheet.blank()
        for metric, counts in performance.items():
            if counts.__class__ is not dict or not counts:
                self._hollow(counts, f"{path}.{metric}")
                continue
            if set(map(type, counts.values())) == _WHOLE:
                row = blank.copy()
                try:
                    for key, count in counts.items():
                        row[sound[key]] = count
                except (KeyError, IndexError):
                    pass
                else:
                    rows.append((metric, row))
                    continue
            self._slowly(counts, rows, metric, (f"{path}.{metric}", number, (*steps, metric)))
            blank = self.sheet.blank()
        return rows

    def _hollow(self, value: Json, path: str) -> None:
        rule = "J-required-null" if value is None else "J-required-empty" if value == {} else "J-type"
        self.tally.add(rule, path, "Performance", value)

    def _slowly(
        self, counts: dict[str, Json], rows: Rows, metric: str, where: tuple[str, int, tuple[str | int, ...]]
    ) -> None:
        """Lay out the counts of a metric whose months or counts are new or not as they should be."""
        path, number, steps = where
        first = len(rows)
        for key, given in counts.items():
            count = self._odd(key, given, f"{path}.{key}", number, (*steps, key))
            place = self.sheet.months.month(key).place
            at = self._free(rows, first, metric, place)
            rows[at][1][place] = count
            if key != self.sheet.months.names[place]:
                self.keys[self.sheet.rows + at, self.sheet.months.names[place]] = key

    def _odd(self, key: str, count: Json, position: str, number: int, steps: tuple[str | int, ...]) -> Json:
        """The count of a month that is not as it should be."""
        found = self.sheet.months.month(key)
        for rule, _ in found.faults:
            read_as = self.sheet.months.names[found.place] if rule == "J-month-form" else None
            self.tally.add(rule, position, "Performance", key, read_as)
        return count if count.__class__ is int else self.odd_count(count, position, number, steps)

    def _free(self, rows: Rows, first: int, metric: str, place: int) -> int:
        """The first row of a metric that has no count at `place`; a new one when all have: nothing is added up."""
        for at in range(first, len(rows)):
            row = rows[at][1]
            row += [None] * (len(self.sheet.months.names) - len(row))
            if row[place] is None:
                return at
        rows.append((metric, self.sheet.blank()))
        return len(rows) - 1
