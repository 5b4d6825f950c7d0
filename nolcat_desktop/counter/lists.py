"""Lists inside one cell: `; ` lists, `Name=a|b` settings, identifiers and exceptions (CoP 5.1, section 3.2).

Everything is read leniently. What had to be overlooked is told in words, so that a validator can report it; nothing
is left out without such a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nolcat_desktop.counter.text import loose, squash

_EXCEPTION_START = re.compile(r";(?=\s*[0-9]+\s*:)")
_EXCEPTION = re.compile(r"([0-9]{1,9})(\s*:\s*|\s+[-–]\s+|\s*$)(.*)", re.DOTALL)
_DATA = re.compile(r"([^(]*?)(\s*)\((.*)\)\s*", re.DOTALL)
_NAMESPACE = re.compile(r"([^\s:=]+)(\s*[:=]\s*)(.*)", re.DOTALL)
_VALUE_SEPARATORS = re.compile(r"[;|,]")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a list."""

    text: str
    """Without whitespace around it; never empty, unless `fault` says that the part was empty."""
    fault: str | None
    """What was wrong with the part or the separator before it, in words; None if nothing."""


def read_parts(text: str) -> tuple[Part, ...]:
    """Take a `; ` list apart, keeping empty parts.

    Args:
        text: the cell.

    Returns:
        The parts in order; () for a blank cell.
    """
    return _parts(text, text.split(";")) if text.strip() else ()


def split_list(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take a `; ` list apart.

    Args:
        text: the cell.

    Returns:
        The parts that are not empty, and the faults in words.
    """
    parts = read_parts(text)
    return tuple(part.text for part in parts if part.text), tuple(part.fault for part in parts if part.fault)


def read_settings(text: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    """Read Report_Filters, Report_Attributes or Reporting_Period: `Name=a|b; Other=c`.

    Args:
        text: the cell.

    Returns:
        Each name as written with its values, a name met again merged into the first; and the faults in words. A part
        without a name or without a value is left out and quoted in a fault.
    """
    parts, faults = split_list(text)
    told = list(faults)
    settings: dict[str, tuple[str, tuple[str, ...]]] = {}
    for part in parts:
        name, sign, cell = part.partition("=")
        if not sign:
            name, sign, cell = part.partition(":")
            told.append(f"'{part}' has ':' in place of '='" if sign else f"'{part}' has no '='")
        if not sign:
            continue
        values, value_faults = _read_pipes(cell)
        told.extend(_setting_faults(part, name, cell, values))
        told.extend(value_faults)
        if not name.strip() or not values:
            continue
        key = loose(name)
        if key in settings:
            told.append(f"'{name.strip()}' stands more than once")
            values = tuple(dict.fromkeys(settings[key][1] + values))
        settings[key] = (settings[key][0] if key in settings else squash(name), values)
    return tuple(settings.values()), tuple(told)


def read_values(text: str) -> tuple[str, ...]:
    """Read Metric_Types: `a; b`; the separators `|` and `,` are understood as well.

    Args:
        text: the cell; its values hold no separator of their own.

    Returns:
        The values in order, without empty ones; `value_faults` tells what was overlooked.
    """
    return tuple(piece for piece in map(str.strip, _VALUE_SEPARATORS.split(text)) if piece)


def value_faults(text: str) -> tuple[str, ...]:
    """Tell in words what `read_values` overlooks in a cell."""
    _, faults = split_list(text)
    if any(sign in text for sign in "|,"):
        return (*faults, "values are separated by '|' or ',' in place of '; '")
    return faults


def read_identifiers(text: str) -> tuple[tuple[str, str], ...]:
    """Read Institution_ID or Publisher_ID: `ISNI:0000000121032683; platform:123`.

    Args:
        text: the cell.

    Returns:
        Pairs of namespace (as written) and value, in order. `isni=123` is understood; where there is no namespace it
        is "". `identifier_faults` tells what was overlooked.
    """
    return tuple(_read_identifier(part)[0] for part in split_list(text)[0])


def identifier_faults(text: str) -> tuple[str, ...]:
    """Tell in words what `read_identifiers` overlooks in a cell."""
    parts, faults = split_list(text)
    return (*faults, *(fault for part in parts for fault in _read_identifier(part)[1]))


def read_exceptions(text: str) -> tuple[tuple[tuple[int | None, str, str | None], ...], tuple[str, ...]]:
    """Read Exceptions: `Code: Message (Data)`, joined by `; `.

    A semicolon separates only where digits and a colon follow, since messages may hold semicolons.

    Args:
        text: the cell.

    Returns:
        Code, message and data of each exception in order, and the faults in words. Text without a code has the code
        None and is wholly in the message. Data is what stands between the first `(` and the last `)`.
    """
    if not text.strip():
        return (), ()
    parts = _parts(text, _EXCEPTION_START.split(text))
    told = [part.fault for part in parts if part.fault]
    found: list[tuple[int | None, str, str | None]] = []
    for part in parts:
        if part.text:
            exception, faults = _read_exception(part.text)
            found.append(exception)
            told.extend(faults)
    return tuple(found), tuple(told)


def _read_identifier(part: str) -> tuple[tuple[str, str], list[str]]:
    match = _NAMESPACE.fullmatch(part)
    if match is None:
        return ("", part), [f"'{part}' has no namespace"]
    namespace, sign, value = match.groups()
    faults = [] if sign == ":" else [f"'{part}' has '{sign}' in place of ':'"]
    if not value:
        faults.append(f"'{part}' has no value")
    return (namespace, value), faults


def _read_exception(part: str) -> tuple[tuple[int | None, str, str | None], list[str]]:
    match = _EXCEPTION.fullmatch(part)
    if match is None:
        return (None, part, None), [f"'{part}' has no code"]
    code, sign, rest = match.groups()
    faults = [] if sign == ": " else [f"'{part}' has not ': ' after its code"]
    if rest.rstrip().endswith(";"):
        faults.append(f"'{part}' ends with ';'")
        rest = rest.rstrip().rstrip(";")
    data = _DATA.fullmatch(rest)
    if data is None:
        message = rest.strip()
        if not message:
            faults.append(f"'{part}' has no message")
        return (int(code), message, None), faults
    message, gap, detail = data.groups()
    if gap != " ":
        faults.append(f"'{part}' has not one blank before '('")
    return (int(code), message.strip(), detail.strip() or None), faults


def _parts(text: str, pieces: list[str]) -> tuple[Part, ...]:
    return tuple(_part(text, piece, place) for place, piece in enumerate(pieces))


def _part(text: str, piece: str, place: int) -> Part:
    bare = piece.strip()
    if not bare:
        return Part("", f"an empty part in '{text.strip()}'")
    expected = bare if place == 0 else f" {bare}"
    if piece == expected:
        return Part(bare, None)
    if place and piece == bare:
        return Part(bare, f"no blank after the ';' before '{bare}'")
    return Part(bare, f"more whitespace than one blank around '{bare}'")


def _read_pipes(cell: str) -> tuple[tuple[str, ...], list[str]]:
    pieces = cell.strip().split("|")
    values = tuple(piece.strip() for piece in pieces if piece.strip())
    faults: list[str] = []
    if cell.strip() and len(values) < len(pieces):
        faults.append(f"an empty value in '{cell.strip()}'")
    if any(piece != piece.strip() for piece in pieces if piece.strip()):
        faults.append(f"whitespace around a value in '{cell.strip()}'")
    return values, faults


def _setting_faults(part: str, name: str, cell: str, values: tuple[str, ...]) -> list[str]:
    faults: list[str] = []
    if not name.strip():
        faults.append(f"'{part}' has no name")
    if not values:
        faults.append(f"'{part}' has no value")
    elif name != name.strip() or cell != cell.strip():
        faults.append(f"whitespace around '=' in '{part}'")
    return faults
