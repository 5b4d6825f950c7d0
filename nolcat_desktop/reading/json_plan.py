"""What the properties of an object mean: looked up once for each set of names that occurs, not once for each object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from nolcat_desktop.counter.text import loose


class Take(Enum):
    """How the value of a property is taken."""

    TEXT = "text"
    IDENTIFIERS = "Item_ID"
    PUBLISHER_ID = "Publisher_ID"
    AUTHORS = "authors"
    DATES = "Item_Dates"
    ATTRIBUTES = "Item_Attributes"
    PARENT = "Item_Parent"
    COMPONENTS = "components"
    PERFORMANCE = "Performance"
    SETS = "Attribute_Performance"
    ITEMS = "Items"


@dataclass(frozen=True, slots=True)
class Property:
    """A property that an object may have."""

    element: str
    """Column that it fills; for what fills none or several, its own name."""
    take: Take = Take.TEXT
    required: bool = False
    fault: str | None = None
    """Rule that it breaks by standing there (`J-unknown-property`, `J-not-shown`); its value is kept nevertheless."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object: item, parent, attribute set, component."""

    properties: Mapping[str, Property]
    others: Mapping[str, Property] = field(default_factory=dict)
    """Properties that do not belong here but whose column is known."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the names of an object."""

    rule: str
    element: str
    name: str | None
    """Property at fault; None: the object itself is, for want of it."""


@dataclass(slots=True, eq=False)
class Plan:
    """What to do with an object that has just these names."""

    number: int
    texts: list[tuple[str, int, Property]]
    """Name as delivered, place of its column, meaning."""
    others: list[tuple[str, Property]]
    faults: list[Fault]
    unknown: list[str]
    """Names that fill no column."""
    names: dict[str, str]
    """Element or property name → name as delivered."""


class Columns:
    """The element columns of a report in the order in which they were first met; a name has one place, for good."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Begin with `names`."""
        self.places = {name: place for place, name in enumerate(names)}
        self.blank: list[str | None] = [None] * len(names)

    def place(self, name: str) -> int:
        """The place of `name`, new at the end when it has none."""
        if name not in self.places:
            self.places[name] = len(self.places)
            self.blank.append(None)
        return self.places[name]


class Planner:
    """Makes and keeps the plans of one kind of object."""

    def __init__(self, kind: Kind, columns: Columns) -> None:
        """Plan for `kind`, filling `columns`."""
        self._kind = kind
        self._columns = columns
        self._loose = {loose(name): name for name in (*kind.others, *kind.properties)}
        self.plans: list[Plan] = []
        self.known: dict[tuple[str, ...], Plan] = {}

    def plan(self, names: tuple[str, ...]) -> Plan:
        """The plan for an object with `names`, in this order."""
        plan = self.known.get(names)
        if plan is None:
            plan = self.known[names] = self._make(names)
            self.plans.append(plan)
        return plan

    def _make(self, names: tuple[str, ...]) -> Plan:
        plan = Plan(len(self.plans), [], [], [], [], {})
        exact = {name for name in names if name in self._kind.properties}
        for name in names:
            canonical = self._canonical(name)
            if canonical is None or (canonical != name and canonical in exact) or self._taken(plan, canonical):
                plan.unknown.append(name)
            else:
                self._use(plan, name, canonical)
        for name, meaning in self._kind.properties.items():
            if meaning.required and name not in plan.names:
                plan.faults.append(Fault("J-required-missing", name, None))
        return plan

    def _canonical(self, name: str) -> str | None:
        if name in self._kind.properties or name in self._kind.others:
            return name
        return self._loose.get(loose(name))

    def _meaning(self, canonical: str) -> Property:
        return self._kind.properties.get(canonical) or self._kind.others[canonical]

    def _taken(self, plan: Plan, canonical: str) -> bool:
        return canonical in plan.names or (self._meaning(canonical).element in plan.names)

    def _use(self, plan: Plan, name: str, canonical: str) -> None:
        meaning = self._meaning(canonical)
        if meaning.fault:
            plan.faults.append(Fault(meaning.fault, canonical, name))
        if name != canonical:
            plan.faults.append(Fault("J-misspelled", canonical, name))
        plan.names[canonical] = plan.names[meaning.element] = name
        if meaning.take is Take.TEXT:
            plan.texts.append((name, self._columns.place(meaning.element), meaning))
        else:
            plan.others.append((name, meaning))
