"""A second count of a dump's rows, another way than by `dump_rows`: quotes divide the text, then brackets and commas.

Escaped signs and the commas and brackets within texts are put out of the way first; then what stands between the
brackets is a row, and what stands between its commas is a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nolcat_desktop.legacy.relation import GROUP

_ESCAPED = re.compile(rb"\\(?:\\|'|\")|[\x03-\x05\x0e\x10]")
_PUT = {b"\\\\": b"\x10B", b"\\'": b"\x10Q", b'\\"': b'"'}
_PUT |= {sign: b"\x10" + bytes([sign[0] + 64]) for sign in (b"\x03", b"\x04", b"\x05", b"\x0e", b"\x10")}
_HIDE, _SHOW = bytes.maketrans(b",();", b"\x03\x04\x05\x0e"), bytes.maketrans(b"\x03\x04\x05\x0e", b",();")
_BETWEEN = re.compile(rb"\)\s*,\s*\(")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"\0", b"Z": b"\x1a", b"b": b"\b"}
_BACK = {put[1:]: sign for sign, put in _PUT.items() if len(put) > 1} | {b"B": b"\\", b"Q": b"'"}
_LETTER = re.compile(rb"([\\\x10])(.)", re.DOTALL)
Counts = dict[tuple[bytes, bytes, bytes, bytes], list[int]]
"""Source, report type, date, metric → rows, sum of counts."""


def count_rows(statement: bytes, columns: Sequence[str], counts: Counts) -> None:
    """Add the rows of `statement`, which begins before its first bracket and ends in `;`, to `counts`."""
    places = [columns.index(name) for name in GROUP]
    count_at = columns.index("usage_count")
    pieces = _ESCAPED.sub(lambda found: _PUT[found[0]], statement).split(b"'")
    pieces[1::2] = [piece.translate(_HIDE) for piece in pieces[1::2]]
    rows = _BETWEEN.split(b"'".join(pieces).strip().rstrip(b";").strip()[1:-1])
    for row in rows:
        values = row.split(b",")
        key = (values[places[0]], values[places[1]], values[places[2]], values[places[3]])
        sums = counts.setdefault(key, [0, 0])
        sums[0] += 1
        sums[1] += _whole(values[count_at])


def shown(value: bytes) -> bytes:
    """A value of a key as text; b'' for NULL."""
    value = value.strip()
    if value.upper() == b"NULL":
        return b""
    if value[:1] == b"_":
        value = value[value.find(b"'") :]
    if value[:1] != b"'":
        return value
    return _LETTER.sub(_meant, value[1:-1].replace(b"''", b"'").translate(_SHOW))


def _meant(found: re.Match[bytes]) -> bytes:
    letter: bytes = found[2]
    return _BACK[letter] if found[1] == b"\x10" else _LETTERS.get(letter, letter)


def _whole(value: bytes) -> int:
    try:
        return int(value.strip().strip(b"'"))
    except ValueError:
        return 0
