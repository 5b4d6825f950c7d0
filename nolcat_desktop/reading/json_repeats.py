"""Names that an object of JSON repeats: parsers keep the last one silently, so the text is searched for the lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

_QUOTE = b'"'
_ESCAPED_QUOTE = b"\\u0022"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A name that stands more than once in one object."""

    path: str
    """Of the object, from where the look began: `.Performance`, or '' for the whole."""
    name: str
    lost: tuple[str, ...]
    """The values that parsers drop, as JSON: all but the last."""


class _Pairs(list[tuple[str, object]]):
    """An object as its pairs, in order, none dropped."""


def quotes(raw: bytes) -> int:
    """How many quotation marks stand in `raw`."""
    return raw.count(_QUOTE)


def may_repeat(raw: bytes, tree: object, marks: int | None = None) -> bool:
    """Whether `raw` may hold more than `tree`, which was parsed from it.

    Each name that was dropped took at least two quotation marks with it. `tree`, written again, has as many as `raw`
    if nothing was dropped, unless marks were escaped by number: then a closer look is due. `marks` are the quotation
    marks of `raw`, where they were counted already.
    """
    return _ESCAPED_QUOTE in raw or (quotes(raw) if marks is None else marks) != msgspec.json.encode(tree).count(_QUOTE)


def repeats(raw: bytes) -> tuple[Repeat, ...]:
    """Find every name that an object in `raw` repeats, however deep, in the order of the text."""
    return tuple(_walk(json.loads(raw, object_pairs_hook=_Pairs), ""))


def _walk(value: object, path: str) -> Iterator[Repeat]:
    if isinstance(value, _Pairs):
        values: dict[str, list[object]] = {}
        for name, below in value:
            values.setdefault(name, []).append(below)
        for name, all_of_it in values.items():
            if len(all_of_it) > 1:
                yield Repeat(path, name, tuple(json.dumps(_plain(one), ensure_ascii=False) for one in all_of_it[:-1]))
            yield from _walk(all_of_it[-1], f"{path}.{name}")
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from _walk(below, f"{path}[{place}]")


def _plain(value: object) -> object:
    if isinstance(value, _Pairs):
        return {name: _plain(below) for name, below in value}
    return [_plain(below) for below in value] if isinstance(value, list) else value
