"""The items of an R4 response in the making: a row for each item, metric and year of publication; and where it stands.

The schema gives one element an item, in it a performance for each period (and category), in it an instance for each
metric. Nothing is added up: a count that is given twice makes a further row.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

import polars as pl

from nolcat_desktop.reading.json_tally import Tally
from nolcat_desktop.reading.unread_numbers import Left
from nolcat_desktop.reading.xml_codes import IDENTIFIERS, OLD_IDENTIFIERS
from nolcat_desktop.reading.xml_parts import Node
from nolcat_desktop.reading.xml_period import Periods

BATCH: Final = 4096
"""Items that are packed together."""
TRACE: Final = 20
"""Bits of the number of an instance; the number of its performance stands above them."""
TEXTS: Final = {"ItemName": "Name", "ItemPlatform": "Platform", "ItemPublisher": "Publisher", "ItemDataType": "Type"}
_ORDER: Final = {
    name: rank
    for rank, name in enumerate(
        (
            "ParentItem",
            "ItemIdentifier",
            "ItemContributor",
            "ItemDate",
            "ItemAttribute",
            "ItemPlatform",
            "ItemPublisher",
            "ItemName",
            "ItemDataType",
            "ItemPerformance",
        )
    )
}
_CARRIED_NOT: Final = frozenset({"ParentItem", "ItemContributor", "ItemDate", "ItemAttribute"})
_ELEMENTS: Final = (*TEXTS.values(), *dict.fromkeys(IDENTIFIERS.values()))
_OF_PERFORMANCE: Final = frozenset({"Period", "Category", "Instance"})
_OF_INSTANCE: Final = frozenset({"MetricType", "Count"})
_NO_COUNT: Final = "(no Count)"
"""Stands where an instance has no Count: nobody knows how many."""

Counts = dict[str, tuple[str, int]]
"""Column (month `yyyy-mm`, or `#` and the period) → count as delivered, and its trace."""


class ItemSheet:
    """Collects the items of one report."""

    def __init__(self, periods: Periods, tally: Tally) -> None:
        """Begin with none; `periods` tells which month a period is."""
        self.periods, self.tally = periods, tally
        self.height = 0
        """Items taken so far."""
        self._objects: list[list[str | None]] = []
        self._places: list[tuple[int, int, *tuple[int, ...]]] = []
        self._rows: list[tuple[int, str, str | None, Counts]] = []
        self._begun = 0
        self._done: list[tuple[pl.DataFrame, pl.DataFrame]] = []
        self.left = Left()
        """Elements in the items that nobody reads."""

    def take(self, customer: int, number: int, item: Node) -> None:
        """Take one item: number `number` of customer `customer`, both from 0 (no customer: -1)."""
        path = f"{customer_path(customer)}.ReportItems[{number}]"
        texts: dict[str, str] = {}
        places: dict[str, int] = {}
        self._texts(item, path, texts, places)
        self._objects.append([texts.get(name) for name in _ELEMENTS])
        self._places.append((customer, number, *(places.get(name, -1) for name in _ELEMENTS)))
        where = len(self._objects) - 1
        rows: dict[tuple[str, str], list[Counts]] = {}
        for place, performance in enumerate(item.all("ItemPerformance")):
            self._performance(performance, f"{path}.ItemPerformance[{place}]", place, rows)
        for (delivered, year), several in rows.items():
            self._rows += [(where, delivered, year or None, counts) for counts in several]
        self.height += 1
        if len(self._objects) >= BATCH:
            self.pack()

    def _texts(self, item: Node, path: str, texts: dict[str, str], places: dict[str, int]) -> None:
        rank = identifiers = 0
        for child in item.children:
            if child.name == "ItemIdentifier":
                self._identifier(child, f"{path}.ItemIdentifier[{identifiers}]", texts, places, identifiers)
                identifiers += 1
            elif child.name in TEXTS:
                texts.setdefault(TEXTS[child.name], child.text)
            elif child.name in _CARRIED_NOT:
                self.tally.count("R4-X26", f"{path}.{child.name}", child.name, None)
            elif child.name not in _ORDER:
                self.left.add(child, path)
            if _ORDER.get(child.name, rank) < rank:
                self.tally.count("R4-X07", f"{path}.{child.name}", None, child.name)
            rank = _ORDER.get(child.name, rank)
        for name, element in TEXTS.items():
            if not texts.get(element) and name != "ItemPublisher":
                self.tally.add("R4-X08", path, name)

    def _identifier(self, node: Node, path: str, texts: dict[str, str], places: dict[str, int], number: int) -> None:
        kind, value = node.says("Type"), node.says("Value")
        key = kind.lower().replace("_", "").replace(" ", "").replace("-", "")
        element = IDENTIFIERS.get(key)
        if not value:
            self.tally.count("R4-X19", f"{path}.Value", kind or None, None)
        elif element is None:
            self.tally.count("R4-X27", f"{path}.Value", kind or None, value)
        else:
            if key in OLD_IDENTIFIERS:
                self.tally.count("R4-X18", f"{path}.Type", kind, None)
            before = texts.get(element)
            if before is None:
                texts[element], places[element] = value, number
            elif value not in before.split("; "):
                texts[element] = f"{before}; {value}"

    def _performance(self, node: Node, path: str, place: int, rows: dict[tuple[str, str], list[Counts]]) -> None:
        column = self.periods.column(node.first("Period"), path, self.tally)
        year = node.attributes.get("PubYr") or "-".join(
            filter(None, (node.attributes.get("PubYrFrom"), node.attributes.get("PubYrTo")))
        )
        category = node.says("Category")
        self.left.look(node, _OF_PERFORMANCE, path)
        for number, instance in enumerate(node.all("Instance")):
            where = f"{path}.Instance[{number}]"
            delivered = instance.says("MetricType")
            self.left.look(instance, _OF_INSTANCE, where)
            self.periods.category(delivered, category, path, self.tally)
            count = instance.first("Count")
            text = count.text if count is not None else ""
            if not text:
                self.tally.add("R4-X16", where, "Count")
            several = rows.setdefault((delivered, year), [])
            free = next((counts for counts in several if column not in counts), None)
            if free is None:
                if several:
                    self.tally.add("R4-X15", f"{where}.MetricType", "MetricType", delivered)
                free = {}
                several.append(free)
            free[column] = (text or _NO_COUNT, place << TRACE | number)

    def pack(self) -> None:
        """Make frames of the items at hand."""
        if not self._objects:
            return
        texts = list(zip_longest(*self._objects))
        places = list(zip_longest(*self._places))
        objects = pl.DataFrame(
            [
                *(pl.Series(name, column, dtype=pl.String) for name, column in zip(_ELEMENTS, texts, strict=True)),
                pl.Series("@customer", places[0], dtype=pl.Int32),
                pl.Series("@number", places[1], dtype=pl.Int32),
                *(
                    pl.Series(f"@{name}", column, dtype=pl.Int32)
                    for name, column in zip(_ELEMENTS, places[2:], strict=True)
                ),
            ]
        )
        columns = list(dict.fromkeys(name for row in self._rows for name in row[3]))
        rows = pl.DataFrame(
            [
                pl.Series("#object", [row[0] + self._begun for row in self._rows], dtype=pl.UInt32),
                pl.Series("#code", [row[1] for row in self._rows], dtype=pl.String),
                pl.Series("#year", [row[2] for row in self._rows], dtype=pl.String),
                *(
                    pl.Series(name, [row[3][name][0] if name in row[3] else None for row in self._rows], pl.String)
                    for name in columns
                ),
                *(
                    pl.Series(f"@{name}", [row[3][name][1] if name in row[3] else None for row in self._rows], pl.Int64)
                    for name in columns
                ),
            ]
        )
        self._done.append((objects, rows))
        self._begun += len(self._objects)
        self._objects, self._places, self._rows = [], [], []

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Items (elements; `@` and the name: number of the identifier) and rows (item, metric, year, counts)."""
        self.pack()
        if not self._done:
            numbers = ("@customer", "@number", *(f"@{name}" for name in _ELEMENTS))
            objects = pl.DataFrame(schema={**dict.fromkeys(_ELEMENTS, pl.String), **dict.fromkeys(numbers, pl.Int32)})
            return objects, pl.DataFrame(schema={"#object": pl.UInt32, "#code": pl.String, "#year": pl.String})
        objects = pl.concat([one for one, _ in self._done])
        rows = pl.concat([one for _, one in self._done], how="diagonal")
        self._done = [(objects, rows)]
        return objects, rows


def customer_path(customer: int) -> str:
    """Where a customer stands in its report; '' without one."""
    return f".Customer[{customer}]" if customer >= 0 else ""
