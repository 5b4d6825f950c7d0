"""Identifiers of an item and of organisations, as the text that the tabular form writes."""

from __future__ import annotations

from nolcat_desktop.counter.text import loose
from nolcat_desktop.reading.json_kinds import IDENTIFIERS
from nolcat_desktop.reading.json_plan import Columns, Property
from nolcat_desktop.reading.json_tally import Json, Tally, as_json
from nolcat_desktop.reading.unread_numbers import counts_below, tell

_BY_LOOSE = {loose(name): name for name in IDENTIFIERS} | {"proprietaryid": "Proprietary"}
_NAMESPACES = ("ISNI", "ROR", "ISIL", "OCLC")
_PROPRIETARY = {"proprietary", "proprietaryid"}
_ALL_TEXT = {str}
_PAIR = 2
"""Properties of an identifier of R5: Type and Value."""
Cells = list[str | None]


class Texts:
    """Takes nested values into cells, and tells what finds no place."""

    def __init__(self, columns: Columns, tally: Tally) -> None:
        """Fill the places of `columns`; tell `tally`."""
        self._columns = columns
        self.tally = tally
        self.as_objects: bool | None = None
        """Whether identifiers should stand as an object, as in R5.1, or as a list, as in R5; None: either way."""
        self._identifiers: dict[tuple[str, tuple[str, ...]], tuple[int, ...] | None] = {}

    def widen(self, cells: Cells) -> None:
        """Give `cells` a place for each column that has come up since they were begun."""
        if len(cells) < len(self._columns.blank):
            cells += self._columns.blank[len(cells) :]

    def text(self, value: Json, path: str, name: str, meaning: Property) -> str | None:
        """The text of a property that should be text; what is not is written as JSON and told."""
        position = f"{path}.{name}"
        if isinstance(value, str):
            return value
        if value is None:
            self.tally.add("J-required-null" if meaning.required else "J-null", position, meaning.element)
            return None
        rule = "J-type" if isinstance(value, (list, dict)) else "J-not-text"
        self.tally.add(rule, position, meaning.element, value)
        return as_json(value)

    def identifiers(self, value: Json, cells: Cells, path: str, prefix: str = "") -> tuple[str, ...]:
        """Take Item_ID: R5's list of Type and Value, or R5.1's object. Returns the types in order, for positions."""
        if self.as_objects is isinstance(value, list):
            self._tell_form(value, path, "Item_ID")
        if isinstance(value, dict):
            return self._identifiers51(value, cells, path, prefix)
        kinds: tuple[str, ...] = ()
        texts: list[Json] = []
        try:
            kinds = tuple([entry["Type"] for entry in value])
            texts = [entry["Value"] for entry in value if len(entry) == _PAIR]
            places = self._known(prefix, kinds)
        except (TypeError, KeyError):
            places = None
        if places is not None and len(texts) == len(places) and set(map(type, texts)) == _ALL_TEXT:
            self.widen(cells)
            for place, text in zip(places, texts, strict=True):
                cells[place] = text
            return kinds
        return self._identifiers5(value, cells, path, prefix)

    def _tell_form(self, value: Json, path: str, name: str) -> None:
        """Tell identifiers that are written as the other release writes them; they are read all the same."""
        if isinstance(value, list if self.as_objects else dict) and self.as_objects is not None:
            self.tally.add("J-type", f"{path}.{name}", name, value)

    def _known(self, prefix: str, kinds: tuple[str, ...]) -> tuple[int, ...] | None:
        """The places of these types; None when one of them is unknown or repeated, or there is none at all."""
        key = (prefix, kinds)
        if key not in self._identifiers:
            regular = bool(kinds) and all(kind in IDENTIFIERS for kind in kinds) and len(set(kinds)) == len(kinds)
            places = tuple(self._columns.place(prefix + IDENTIFIERS[kind]) for kind in kinds) if regular else None
            self._identifiers[key] = places
        return self._identifiers[key]

    def _identifiers5(self, value: Json, cells: Cells, path: str, prefix: str) -> tuple[str, ...]:
        entries = self.entries(value, path, "Item_ID", ("Type", "Value"))
        kinds: list[str] = []
        for place, entry in entries:
            kind = entry.get("Type")
            kinds += [""] * (place - len(kinds))
            kinds.append(kind if isinstance(kind, str) else as_json(kind))
            if "Value" not in entry:
                continue
            self._identifier(kinds[-1], entry["Value"], cells, prefix, (f"{path}.Item_ID[{place}]", ".Type", ".Value"))
        return tuple(kinds)

    def _identifiers51(self, value: dict[str, Json], cells: Cells, path: str, prefix: str) -> tuple[str, ...]:
        kinds = tuple(value)
        if set(kinds) == {"Type", "Value"} and isinstance(value["Type"], str):  # one of Release 5, without its list
            self.tally.add("J-identifiers-not-list", f"{path}.Item_ID", "Item_ID")
            paths = (f"{path}.Item_ID", ".Type", ".Value")
            self._identifier(value["Type"], value["Value"], cells, prefix, paths)
            return kinds
        places = self._known(prefix, kinds)
        if places is not None and set(map(type, value.values())) == _ALL_TEXT:
            self.widen(cells)
            for place, text in zip(places, value.values(), strict=True):
                cells[place] = text
            return kinds
        if not value:
            self.tally.add("J-empty", f"{path}.Item_ID", "Item_ID", value)
        for kind, text in value.items():
            self._identifier(kind, text, cells, prefix, (f"{path}.Item_ID", f".{kind}", f".{kind}"))
        return kinds

    def _identifier(self, kind: str, value: Json, cells: Cells, prefix: str, paths: tuple[str, str, str]) -> None:
        base, of_type, of_value = paths
        canonical = _BY_LOOSE.get(loose(kind))
        if canonical is None:
            known = loose(kind) == "linkingissn"
            self.tally.count(
                "J-no-column" if known else "J-identifier-unknown", base + (of_value if known else of_type), kind, value
            )
            return
        if kind != canonical:
            self.tally.add("J-misspelled", base + of_type, canonical, kind)
        column = prefix + IDENTIFIERS[canonical]
        text = self.text(value, base, of_value[1:], Property(column))
        place = self._columns.place(column)
        self.widen(cells)
        if text is not None and cells[place] is not None:
            self.tally.add("J-identifier-repeated", base + of_value, column, text)
        elif text is not None:
            cells[place] = text

    def publisher_id(self, value: Json, path: str) -> str | None:
        """Publisher_ID (or Institution_ID) as `ISNI:…; platform:value`."""
        return "; ".join(text for _, text, _ in self.namespaces(value, path, "Publisher_ID")) or None

    def namespaces(self, value: Json, path: str, name: str) -> list[tuple[str, str, str]]:
        """Namespace, text in tabular form and position of each identifier of an organisation."""
        self._tell_form(value, path, name)
        if not isinstance(value, dict):
            found = []
            for place, entry in self.entries(value, path, name, ("Type", "Value")):
                base = f"{path}.{name}[{place}]"
                text = self.text(entry["Value"], base, "Value", Property(name)) if "Value" in entry else None
                found.append(self._namespace(entry.get("Type"), text, f"{base}.Type", f"{base}.Value"))
            return [one for one in found if one is not None]
        if not value:
            self.tally.add("J-empty", f"{path}.{name}", name, value)
        return [one for kind, texts in value.items() for one in self._namespaces51(kind, texts, f"{path}.{name}", name)]

    def _namespaces51(self, kind: str, texts: Json, base: str, name: str) -> list[tuple[str, str, str]]:
        position = f"{base}.{kind}"
        if isinstance(texts, str):
            self.tally.add("J-identifiers-not-list", position, name, texts)
            one = self._namespace(kind, texts, position, position)
            return [one] if one else []
        if not isinstance(texts, list):
            self.tally.add("J-type", position, name, texts)
            one = self._namespace(kind, None if texts is None else as_json(texts), position, position)
            return [one] if one else []
        if not texts:
            self.tally.add("J-empty", position, name, texts)
        meaning = Property(name)
        found = [
            self._namespace(kind, self.text(text, base, f"{kind}[{place}]", meaning), position, f"{position}[{place}]")
            for place, text in enumerate(texts)
        ]
        return [one for one in found if one is not None]

    def _namespace(self, kind: Json, text: str | None, of_type: str, of_value: str) -> tuple[str, str, str] | None:
        if text is None or text == "":
            return None
        if not isinstance(kind, str):
            self.tally.add("J-identifier-unknown", of_type, None, kind)
            return ("", text, of_value)
        if loose(kind) in _PROPRIETARY:
            if kind != "Proprietary":
                self.tally.add("J-misspelled", of_type, "Proprietary", kind)
            return (text.partition(":")[0], text, of_value)
        if kind not in _NAMESPACES:
            known = next((name for name in _NAMESPACES if loose(name) == loose(kind)), None)
            self.tally.add("J-misspelled" if known else "J-identifier-unknown", of_type, known, kind)
            kind = known or kind
        return (kind, f"{kind}:{text}", of_value)

    def entries(
        self, value: Json, path: str, name: str, names: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> list[tuple[int, dict[str, Json]]]:
        """The objects of a list with their places; everything else about the list is told."""
        position = f"{path}.{name}"
        if value is None:
            self.tally.add("J-null", position, name)
            return []
        if not isinstance(value, list):
            self.tally.add("J-type", position, name, value)
            return []
        if not value:
            self.tally.add("J-empty", position, name, value)
        found = []
        for place, entry in enumerate(value):
            base = f"{position}[{place}]"
            if not isinstance(entry, dict):
                self.tally.add("J-type", base, name, entry)
                continue
            found.append((place, self.renamed(entry, base, names, optional)))
        return found

    def renamed(
        self, entry: dict[str, Json], base: str, names: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> dict[str, Json]:
        """`entry` with its properties named as they should be; misspelled, unknown and missing ones are told."""
        known = {loose(name): name for name in (*names, *optional)}
        found: dict[str, Json] = {}
        for name, value in entry.items():
            canonical = name if name in names or name in optional else known.get(loose(name))
            if canonical is None or canonical in found or (canonical != name and canonical in entry):
                self.tally.add("J-unknown-property", f"{base}.{name}", name, value)
                tell(self.tally, counts_below(value, f"{base}.{name}", name))
                continue
            if canonical != name:
                self.tally.add("J-misspelled", f"{base}.{name}", canonical, name)
            found[canonical] = value
        for name in names:
            if name not in found:
                self.tally.add("J-required-missing", base, name)
        return found


def column_of(kind: str) -> str | None:
    """The column of a type of item identifier, written loosely; None when there is none."""
    canonical = _BY_LOOSE.get(loose(kind))
    return None if canonical is None else IDENTIFIERS[canonical]
