"""What walking through items has in common in both releases: taking an object apart by its plan, and odd counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from nolcat_desktop.reading.json_people import People
from nolcat_desktop.reading.json_plan import Columns, Plan, Planner, Take
from nolcat_desktop.reading.json_shapes import Shape, Shapes
from nolcat_desktop.reading.json_sheet import Sheet
from nolcat_desktop.reading.json_tally import Json, Tally, as_json
from nolcat_desktop.reading.unread_numbers import counts_below, numbers_below, tell

ALONE = -2
"""Place of an object that stands where a list of objects should."""
Cells = list[str | None]
Rows = list[tuple[str | None, list[Json]]]


class Literal(str):
    """A number as it stands in the file."""

    __slots__ = ()


class Filled(NamedTuple):
    """An object taken apart: its shape, and the properties that hold further objects."""

    shape: int
    rest: dict[Take, tuple[str, Json]]


class Walk:
    """Walks through batches of items; see `json_items5` and `json_items51`."""

    def __init__(self, sheet: Sheet, tally: Tally) -> None:
        """Lay out on `sheet`, tell `tally`."""
        self.sheet = sheet
        self.tally = tally
        self.shapes = Shapes()
        self.texts = People(sheet.columns, tally)
        self.raws: Sequence[Json] = ()
        self.first = 0

    @property
    def columns(self) -> Columns:
        """The element columns."""
        return self.sheet.columns

    def parse(self, text: bytes) -> list[Json]:
        """Parse `text`, a list of items."""
        return list(msgspec.json.decode(text))

    def as_dict(self, item: Json) -> Json:
        """An item as `parse` gave it, as a dictionary."""
        return item

    def batch(self, items: list[Json], first: int, raws: Sequence[Json]) -> None:
        """Lay out `items`, the first of which is `.Report_Items[first]`; `raws` are their texts."""
        self.raws, self.first = raws, first
        for number, parsed in enumerate(items, first):
            item = self.as_dict(parsed)
            if item.__class__ is dict:
                self.item(item, number)
            else:
                self.tally.add("J-type", f".Report_Items[{number}]", "Report_Items", item)
                tell(self.tally, numbers_below(item, f".Report_Items[{number}]"))
        self.sheet.lay_down()

    def item(self, item: dict[str, Json], number: int) -> None:
        """Lay out one item."""
        raise NotImplementedError

    def fill(  # noqa: PLR0913, PLR0917 - runs once for each object; a record for its arguments would cost more than it says
        self, thing: dict[str, Json], planner: Planner, path: str, cells: Cells, prefix: str = "", base: str = ""
    ) -> Filled:
        """Take the properties of `thing`, which stands at `path`, into `cells`."""
        names = tuple(thing)
        plan = planner.known.get(names) or planner.plan(names)
        if len(cells) < len(self.columns.blank):
            self.texts.widen(cells)
        for name, place, meaning in plan.texts:
            value = thing[name]
            cells[place] = value if value.__class__ is str else self.texts.text(value, path, name, meaning)
        if plan.faults or plan.unknown:
            self._tell(plan, thing, path)
        kinds: tuple[str, ...] = ()
        listed = True
        dated = attributed = 0
        rest: dict[Take, tuple[str, Json]] = {}
        for name, meaning in plan.others:
            value = thing[name]
            match meaning.take:
                case Take.PERFORMANCE | Take.SETS | Take.PARENT | Take.COMPONENTS | Take.ITEMS:
                    rest[meaning.take] = (name, value)
                case Take.IDENTIFIERS:
                    kinds = self.texts.identifiers(value, cells, path, prefix)
                    listed = value.__class__ is not dict
                case Take.PUBLISHER_ID:
                    self._put(cells, prefix + meaning.element, self.texts.publisher_id(value, path))
                case Take.AUTHORS:
                    self._put(cells, meaning.element, self.texts.authors(value, path, name))
                case Take.DATES:
                    text, dated = self.texts.typed(value, path, name, "Publication_Date")
                    self._put(cells, meaning.element, text)
                case _:
                    text, attributed = self.texts.typed(value, path, name, "Article_Version")
                    self._put(cells, meaning.element, text)
        return Filled(self.shapes.number(Shape(plan, kinds, dated, attributed, base, listed)), rest)

    def _put(self, cells: Cells, column: str, text: str | None) -> None:
        if text is None:
            return
        place = self.columns.place(column)
        self.texts.widen(cells)
        if cells[place] is None:
            cells[place] = text

    def _tell(self, plan: Plan, thing: dict[str, Json], path: str) -> None:
        for fault in plan.faults:
            if fault.name is None:
                self.tally.add(fault.rule, path, fault.element)
            else:
                value = fault.name if fault.rule == "J-misspelled" else thing[fault.name]
                kept = "kept" if fault.rule == "J-unknown-property" else None
                self.tally.add(fault.rule, f"{path}.{fault.name}", fault.element, value, kept)
        for name in plan.unknown:
            self.tally.add("J-unknown-property", f"{path}.{name}", name, thing[name], "lost")
            tell(self.tally, counts_below(thing[name], f"{path}.{name}", name))

    def objects(self, value: Json, path: str, name: str) -> list[tuple[str, int, dict[str, Json]]]:
        """The objects of a list that should hold them: path, place and object; anything else is told."""
        if not isinstance(value, list):
            self.tally.add("J-required-null" if value is None else "J-type", path, name, value)
            return [(path, ALONE, value)] if isinstance(value, dict) else []
        if not value:
            self.tally.add("J-required-empty", path, name, value)
        found = []
        for place, one in enumerate(value):
            if isinstance(one, dict):
                found.append((f"{path}[{place}]", place, one))
            else:
                self.tally.add("J-type", f"{path}[{place}]", name, one)
                tell(self.tally, numbers_below(one, f"{path}[{place}]"))
        return found

    def odd_count(self, count: Json, position: str, number: int, steps: tuple[str | int, ...]) -> Json:
        """A count that is no whole number, as text; `steps` lead to it from the item `number`."""
        self.sheet.odd = True
        if count is None:
            self.tally.add("J-count-null", position, "Count", "null")
            return Literal("null")
        if isinstance(count, str):
            if count.strip().lstrip("+-").isdigit():
                self.tally.add("J-count-text", position, "Count", count)
            elif not count.strip():
                self.tally.add("J-count-unreadable", position, "Count", f'"{count}"')
                return Literal(f'"{count}"')
            else:
                self.tally.add("J-count-unreadable", position, "Count", count)
            return Literal(count)
        if isinstance(count, float):
            text = self._as_written(number, steps) or as_json(count)
            self.tally.add("J-count-float", position, "Count", text)
            return Literal(text)
        self.tally.add("J-count-unreadable", position, "Count", count)
        return Literal(as_json(count))

    def _as_written(self, number: int, steps: tuple[str | int, ...]) -> str | None:
        """The number at the end of `steps` as it stands in the text of the item; None when they lead nowhere."""
        here = json.loads(bytes(self.raws[number - self.first]), parse_float=Literal, parse_int=Literal)
        try:
            for step in steps:
                here = here[step]
        except (KeyError, IndexError, TypeError):
            return None
        return str(here)
