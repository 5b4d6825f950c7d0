"""The lines of a catalog: kind, name and value as a JSON list, each value of a known shape."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import msgspec

from nolcat_desktop.objects import StoredObject, UploadedPart
from nolcat_desktop.sync.sums import Stamp

AGREED, SEEN, COUNTED, UPLOAD, PART, LINK, LIBRARY = "agreed", "seen", "counted", "upload", "part", "link", "library"


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload in parts that was begun from here."""

    upload: str
    """The service's id of it; empty while it is being begun."""
    sha256: str
    """Of the whole file."""
    part_bytes: int


_SHAPES: dict[str, Any] = {
    AGREED: str,
    SEEN: StoredObject,
    COUNTED: tuple[tuple[int, int, int, int], str],
    UPLOAD: Upload | None,
    PART: UploadedPart,
    LINK: tuple[str | None, tuple[str, ...]],
    LIBRARY: str,
}
"""What the value of each kind must be."""
_FIELDS = {
    kind: frozenset(shape.__slots__) for kind, shape in ((SEEN, StoredObject), (UPLOAD, Upload), (PART, UploadedPart))
}


def understood(line: str) -> tuple[str, str, Any] | None:
    """Kind, name and value of a line; None if it is damaged: then it is as if it had never been told."""
    try:
        kind, name, value = json.loads(line)
        msgspec.convert(value, _SHAPES[kind])
        known = isinstance(name, str) and (value is None or kind not in _FIELDS or _FIELDS[kind].issuperset(value))
    except (ValueError, TypeError, KeyError, RecursionError):  # a ValidationError of msgspec's is a ValueError
        return None
    return (kind, name, value) if known else None


def plain(value: StoredObject | UploadedPart | Upload | Stamp) -> dict[str, Any]:
    """The fields of a flat value by name; `dataclasses.asdict` would copy each of them."""
    return {name: getattr(value, name) for name in value.__slots__}


def written(kind: str, name: str, value: object) -> str:
    """A line."""
    return json.dumps([kind, name, value], ensure_ascii=False, separators=(",", ":")) + "\n"
