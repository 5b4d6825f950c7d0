"""Authors, dates and further attributes of an item, a parent or a component, as the tabular form writes them."""

from __future__ import annotations

from nolcat_desktop.counter.text import loose
from nolcat_desktop.reading.json_plan import Property
from nolcat_desktop.reading.json_tally import Json, as_json
from nolcat_desktop.reading.json_texts import Texts

_AUTHOR = Property("Authors")


class People(Texts):
    """Takes what only item reports have."""

    def authors(self, value: Json, path: str, name: str) -> str | None:
        """`Name (ORCID:…); Name2`, from R5's Item_Contributors or R5.1's Authors."""
        if name == "Item_Contributors" or (
            isinstance(value, list) and any(isinstance(one, dict) and "Type" in one for one in value)
        ):
            return self._contributors(value, path, name)
        texts = []
        for place, entry in self.entries(value, path, name, ("Name",), ("ORCID", "ISNI")):
            base = f"{path}.{name}[{place}]"
            identifiers = [
                f"{kind}:{as_json(entry[kind])}" for kind in ("ORCID", "ISNI") if entry.get(kind) is not None
            ]
            texts.append(self._author(entry, base, identifiers))
        return "; ".join(text for text in texts if text) or None

    def _contributors(self, value: Json, path: str, name: str) -> str | None:
        texts = []
        for place, entry in self.entries(value, path, name, ("Type", "Name"), ("Identifier",)):
            base = f"{path}.{name}[{place}]"
            kind = entry.get("Type")
            if not isinstance(kind, str) or loose(kind) != "author":
                self.tally.count("J-no-column", f"{base}.Type", f"{name}.{as_json(kind)}", entry.get("Name"))
                continue
            if kind != "Author":
                self.tally.add("J-misspelled", f"{base}.Type", "Author", kind)
            identifier = entry.get("Identifier")
            texts.append(self._author(entry, base, [] if identifier in (None, "") else [as_json(identifier)]))
        return "; ".join(text for text in texts if text) or None

    def _author(self, entry: dict[str, Json], base: str, identifiers: list[str]) -> str:
        name = self.text(entry["Name"], base, "Name", _AUTHOR) if "Name" in entry else None
        shown = f"({'; '.join(identifiers)})" if identifiers else ""
        return " ".join(part for part in (name or "", shown) if part)

    def typed(self, value: Json, path: str, name: str, wanted: str) -> tuple[str | None, int]:
        """The value of type `wanted` in R5's Item_Dates or Item_Attributes, and its place (0 when there is none)."""
        found: tuple[str | None, int] = (None, 0)
        for place, entry in self.entries(value, path, name, ("Type", "Value"), ()):
            base = f"{path}.{name}[{place}]"
            kind = entry.get("Type")
            if not isinstance(kind, str) or loose(kind) != loose(wanted):
                self.tally.count("J-no-column", f"{base}.Value", f"{name}.{as_json(kind)}", entry.get("Value"))
                continue
            if kind != wanted:
                self.tally.add("J-misspelled", f"{base}.Type", wanted, kind)
            text = self.text(entry.get("Value"), base, "Value", Property(wanted))
            if found[0] is not None:
                self.tally.add("J-identifier-repeated", f"{base}.Value", wanted, text)
            elif text is not None:
                found = (text, place)
        return found
