"""Items of Release 5 parsed straight into records, when they are just as the Code of Practice says: the fast lane."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import astuple

from nolcat_desktop.reading.json_tally import Json


class Instance(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """A metric and its count."""

    Metric_Type: str
    Count: int


class Period(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """First and last day of a month."""

    Begin_Date: str
    End_Date: str


class Part(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """What happened in one period."""

    Period: Period
    Instance: list[Instance]


class TypedItems:
    """Parses items whose properties all have known names and whose counts are all whole numbers."""

    def __init__(self, names: Iterable[str]) -> None:
        """Parse items that have some of `names`; `Performance` is a list of `Part`."""
        self._names = tuple(names)
        fields = [(name, list[Part] if name == "Performance" else Json, msgspec.UNSET) for name in self._names]
        self._record = msgspec.defstruct("Item", fields, forbid_unknown_fields=True, gc=False)
        self._decoder = msgspec.json.Decoder(list[self._record])  # type: ignore[name-defined]

    def parse(self, text: bytes) -> list[Json]:
        """The items in `text`, a list: records, or plain dictionaries as soon as one of them departs from the rule."""
        try:
            return self._decoder.decode(text)
        except msgspec.ValidationError:
            return list(msgspec.json.decode(text))

    def as_dict(self, item: object) -> Json:
        """A record as the dictionary it was; anything else as it is."""
        if item.__class__ is not self._record:
            return item
        values = zip(self._names, astuple(item), strict=True)
        return {name: value for name, value in values if value is not msgspec.UNSET}
