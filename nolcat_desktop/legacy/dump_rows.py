"""Rows of an INSERT statement, many at a time: one pattern takes a whole row apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import polars as pl

from nolcat_desktop.legacy.dump_text import DumpText

Row = tuple[bytes, ...]
_TEXT = rb"'(?:[^'\\]++|\\.|'')*+'"
_VALUE = rb"\s*+((?:_\w+\s*+)?[xXbBnN]?" + _TEXT + rb"|[^',()\s]++)\s*+"
_ANY_ROW = re.compile(rb"\s*+\(" + _VALUE + rb"(?:," + _VALUE + rb")*+\)\s*+([,;])", re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)|''", re.DOTALL)
_ESCAPES = {b"0": b"\0", b"b": b"\b", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"Z": b"\x1a"}
_SPECIAL = re.compile(rb"(?:_\w+\s*)?([xXbBnN]?)'(.*)'", re.DOTALL)
_MANY = 5_000


@cache
def _row(width: int) -> re.Pattern[bytes]:
    return re.compile(rb"\s*+\(" + rb",".join([_VALUE] * width) + rb"\)\s*+([,;])", re.DOTALL)


def rows(text: DumpText, width: int) -> Iterator[list[Row]]:
    """The rows of the statement at hand, up to its end, some thousand at a time; the last element is `,` or `;`.

    Raises:
        NolcatError: If a row has another number of values, or the dump was cut off.
    """
    pattern = _row(width)
    found: list[Row] = []
    while True:
        one = pattern.match(text.window, text.here)
        if one is None:
            _read_on(text, width)
            continue
        text.here = one.end()
        values = one.groups()
        found.append(values)
        if values[-1] == b";":
            yield found
            return
        if len(found) >= _MANY:
            yield found
            found = []


def _read_on(text: DumpText, width: int) -> None:
    if _ANY_ROW.match(text.window, text.here):
        raise text.wrong(f"a row has another number of values than the {width} columns")
    if not text.more():
        raise text.cut_off("it ends within a row, or a row cannot be taken apart")


def column(values: Sequence[bytes], encoding: str) -> pl.Series:
    """Values as they stand in the dump, as text; NULL is null.

    Raises:
        UnicodeDecodeError: If a text is not in `encoding`.
    """
    taken = [_plain(one) for one in values]
    if encoding == "utf-8":
        try:
            return pl.Series(taken, dtype=pl.Binary).cast(pl.String)
        except pl.exceptions.PolarsError:
            pass
    return pl.Series([None if one is None else one.decode(encoding) for one in taken], dtype=pl.String)


def _plain(value: bytes) -> bytes | None:
    if value == b"NULL":
        return None
    if value[:1] == b"'":
        inner = value[1:-1]
        return _ESCAPE.sub(_unescaped, inner) if b"\\" in inner or b"''" in inner else inner
    if value[:1].isdigit() or value[:1] == b"-":
        return bytes.fromhex(value[2:].decode()) if value[:2] in (b"0x", b"0X") else value
    return _special(value)


def _special(value: bytes) -> bytes | None:
    if value.upper() == b"NULL":
        return None
    found = _SPECIAL.fullmatch(value)
    if found is None:
        return value
    match found[1].lower():
        case b"x":
            return bytes.fromhex(found[2].decode())
        case b"b":
            return str(int(found[2] or b"0", 2)).encode()
        case _:
            return _ESCAPE.sub(_unescaped, found[2])


def _unescaped(found: re.Match[bytes]) -> bytes:
    letter: bytes | None = found[1]
    return b"'" if letter is None else _ESCAPES.get(letter, letter)
