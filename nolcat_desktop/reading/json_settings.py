"""Filters, attributes and exceptions of a JSON header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.reading.json_plan import Property
from nolcat_desktop.reading.json_tally import Json, Tally, as_json
from nolcat_desktop.reading.json_texts import Texts
from nolcat_desktop.report import ReportException, Setting

_LISTS = frozenset(
    {"Metric_Type", "Data_Type", "Section_Type", "Access_Type", "Access_Method", "YOP", "Attributes_To_Show"}
)
"""Filters and attributes that hold several values: arrays in R5.1."""
_NAMES = (
    *sorted(_LISTS),
    *(
        "Begin_Date",
        "End_Date",
        "Platform",
        "Database",
        "Item_ID",
        "Item_Contributor",
        "Author",
        "Country_Code",
        "Subdivision_Code",
    ),
    *(
        "Attributed",
        "Parent_Data_Type",
        "Exclude_Monthly_Details",
        "Granularity",
        "Include_Parent_Details",
        "Include_Component_Details",
    ),
)
_KNOWN = {loose(name): name for name in _NAMES}
_DATES = ("Begin_Date", "End_Date")
_DIGITS = 9
"""Most digits that a code can have."""


@dataclass(frozen=True, slots=True)
class Found:
    """A filter or an attribute."""

    name: str
    """Canonical when known."""
    delivered: str
    values: tuple[str, ...]
    name_position: str
    position: str
    value_positions: tuple[str, ...]

    def setting(self) -> Setting:
        """What the header keeps of it."""
        return Setting(self.name, self.values, self.position, self.value_positions)


class Settings:
    """Reads filters, attributes and exceptions of one header."""

    def __init__(self, texts: Texts, tally: Tally, release: Release | None) -> None:
        """Take texts with `texts`, tell `tally`, judge by `release`."""
        self._texts, self._tally, self._release = texts, tally, release

    def read(self, value: Json, base: str, name: str) -> list[Found]:
        """Read Report_Filters or Report_Attributes: R5's list of Name and Value, or R5.1's object."""
        position = f"{base}.{name}"
        if isinstance(value, dict):
            if self._release is Release.R5:
                self._tally.add("J-type", position, name, value)
            if not value:
                self._tally.add("J-empty", position, name, value)
            return [self._named(key, below, position) for key, below in value.items()]
        if self._release is Release.R51 and isinstance(value, list):
            self._tally.add("J-type", position, name, value)
        found: list[Found] = []
        for place, entry in self._texts.entries(value, base, name, ("Name", "Value")):
            found.append(self._pair(entry, f"{position}[{place}]"))
            self._repeated(found)
        return found

    def _pair(self, entry: dict[str, Json], base: str) -> Found:
        named = entry.get("Name")
        delivered = named if isinstance(named, str) else as_json(named) if named is not None else ""
        value = entry.get("Value")
        position = f"{base}.Value"
        if isinstance(value, list):
            self._tally.add("J-type", position, delivered, value)
            values = tuple(as_json(one) for one in value)
        else:
            text = (
                self._texts.text(value, base, "Value", Property(delivered, required=True)) if "Value" in entry else None
            )
            parts = (text or "").split("|")
            values = tuple(part.strip() for part in parts if part.strip())
            if text and values != tuple(parts):
                self._tally.add("J-pipes", position, delivered, text)
        name = self._canonical(delivered, f"{base}.Name")
        return Found(name, delivered, values, f"{base}.Name", position, (position,) * len(values))

    def _repeated(self, found: list[Found]) -> None:
        last = found[-1]
        if any(one.name == last.name for one in found[:-1]):
            self._tally.add("J-name-repeated", last.name_position, last.name, last.delivered)
            if last.name in _DATES:
                self._tally.add("J-date-repeated", last.position, last.name, "|".join(last.values))

    def _named(self, delivered: str, value: Json, base: str) -> Found:
        position = f"{base}.{delivered}"
        name = self._canonical(delivered, position)
        if isinstance(value, list):
            if name not in _LISTS and name in _KNOWN.values():
                self._tally.add("J-type", position, name, value)
            if not value:
                self._tally.add("J-required-empty", position, name, value)
            texts = [
                self._texts.text(one, base, f"{delivered}[{place}]", Property(name)) or ""
                for place, one in enumerate(value)
            ]
            return Found(
                name, delivered, tuple(texts), position, position, tuple(f"{position}[{n}]" for n in range(len(texts)))
            )
        if name in _LISTS and value is not None and not isinstance(value, dict):
            self._tally.add("J-not-list", position, name, value)
        text = self._texts.text(value, base, delivered, Property(name, required=name in _DATES))
        values = (text,) if text else ()
        return Found(name, delivered, values, position, position, (position,) * len(values))

    def _canonical(self, delivered: str, position: str) -> str:
        name = _KNOWN.get(loose(delivered), delivered)
        if name != delivered:
            self._tally.add("J-misspelled", position, name, delivered)
        return name

    def exceptions(self, value: Json, position: str) -> Iterator[ReportException]:
        """Read Exceptions: a list of objects; an object alone, or texts, are read too."""
        if not isinstance(value, list):
            self._tally.add("J-null" if value is None else "J-type", position, "Exceptions", value)
            value = [] if value is None else [value]
        elif not value:
            self._tally.add("J-empty", position, "Exceptions", value)
        for place, one in enumerate(value):
            yield self.exception(one, f"{position}[{place}]")

    def exception(self, value: Json, base: str) -> ReportException:
        """Read one exception: Code (or Number), Message, Severity, Data, Help_URL."""
        if not isinstance(value, dict):
            self._tally.add("J-type", base, "Exceptions", value)
            return ReportException(None, as_json(value), None, base)
        value = self._with_code(value, base)
        entry = self._texts.renamed(value, base, ("Code", "Message"), ("Severity", "Data", "Help_URL"))
        if self._release is Release.R5 and "Severity" not in entry:
            self._tally.add("J-required-missing", base, "Severity")
        if "Severity" in entry and self._release is not None:
            old = self._release is Release.R5
            self._tally.add(
                "J-severity" if old else "J-unknown-property", f"{base}.Severity", "Severity", entry["Severity"]
            )
        message = self._texts.text(entry.get("Message", ""), base, "Message", Property("Message", required=True))
        data = self._texts.text(entry["Data"], base, "Data", Property("Data")) if "Data" in entry else None
        return ReportException(self._code(entry.get("Code"), base), message or "", data or None, base)

    def _with_code(self, value: dict[str, Json], base: str) -> dict[str, Json]:
        """`value` with `Number`, an old name of `Code`, renamed."""
        number = next((name for name in value if loose(name) == "number"), None)
        if number is None:
            return value
        both = any(loose(name) == "code" for name in value)
        self._tally.add(
            "J-code-and-number" if both else "J-exception-number", f"{base}.{number}", "Code", value[number]
        )
        if both:
            return {name: below for name, below in value.items() if name != number}
        return {"Code" if name == number else name: below for name, below in value.items()}

    def _code(self, code: Json, base: str) -> int | None:
        if isinstance(code, int) and not isinstance(code, bool):
            return code
        text = code.strip() if isinstance(code, str) else ""
        if text.isdigit() and len(text) <= _DIGITS:
            self._tally.add("J-code-text", f"{base}.Code", "Code", code)
            return int(text)
        if code is not None:
            self._tally.add("J-code-unreadable", f"{base}.Code", "Code", code)
        return None
