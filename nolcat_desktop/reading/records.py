"""Records of delimited text that need care: quotes, line breaks inside cells, rows of another length than usual.

By the rules of RFC 4180, strictly: a quotation mark opens a cell only at its beginning, and closes it only before a
delimiter or the end of the line. One that does neither is the character that it is. Where a quote would swallow what
looks like whole rows, the rows are believed and not the quote.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache

import polars as pl

_LOOK_AHEAD = 50
"""Lines that one record may span."""
_SPACED_QUOTE = re.compile(r'[,;|] +"')


@dataclass(slots=True)
class Record:
    """One row of a delimited file."""

    line: int
    """Of its first line, from 0."""
    cells: list[str]


@dataclass(slots=True)
class Records:
    """What was taken apart line by line."""

    records: list[Record] = field(default_factory=list)
    literal: list[int] = field(default_factory=list)
    """Lines whose opening quotes were read as characters."""
    taken: set[int] = field(default_factory=set)
    """Lines that belong to the record before."""


@dataclass(frozen=True, slots=True)
class _Reading:
    cells: list[str]
    is_literal: bool
    """Whether a cell begins with a quotation mark that does not open it."""
    breaks: int = 0
    """Line breaks inside the cells."""


def take_apart(lines: pl.Series, numbers: list[int], delimiter: str, widths: frozenset[int]) -> Records:
    """Take single lines apart, with those that follow where a cell goes on.

    Args:
        lines: All lines of the file.
        numbers: The lines to be looked at, ascending.
        delimiter: One character.
        widths: Numbers of cells that a whole row has.

    Returns:
        The records in order. Each of `numbers` begins a record or is among those taken by the record before.
    """
    found = Records()
    for number in numbers:
        if number in found.taken:
            continue
        reading = _read(lines, number, delimiter, widths)
        found.records.append(Record(number, reading.cells))
        found.taken.update(range(number + 1, number + 1 + reading.breaks))
        if reading.is_literal:
            found.literal.append(number)
    return found


def split(line: str, delimiter: str) -> list[str]:
    """The cells of one line, taken by itself."""
    return line.split(delimiter) if '"' not in line else _one_line(line, delimiter).cells


def _read(lines: pl.Series, number: int, delimiter: str, widths: frozenset[int]) -> _Reading:
    line = lines[number]
    if '"' not in line:
        return _Reading(line.split(delimiter), is_literal=False)
    reading = _one_line(line, delimiter)
    if not reading.is_literal:
        # A tab inside quotes is rarer than two stray quotes; other delimiters are what quotes are for.
        is_row = delimiter == "\t" and len(reading.cells) not in widths and line.count(delimiter) + 1 in widths
        return _Reading(line.split(delimiter), is_literal=True) if is_row else reading
    following = lines.slice(number + 1, _LOOK_AHEAD).to_list()
    longer = _tokens("\n".join([line, *following]), delimiter)
    if longer.breaks and _is_one_record([line, *following[: longer.breaks]], longer, delimiter, widths):
        return longer
    return reading


def _one_line(line: str, delimiter: str) -> _Reading:
    if not _SPACED_QUOTE.search(line):
        try:
            return _Reading(next(csv.reader([line], delimiter=delimiter, strict=True)), is_literal=False)
        except csv.Error:
            pass
    return _tokens(line, delimiter)


def _is_one_record(spanned: list[str], reading: _Reading, delimiter: str, widths: frozenset[int]) -> bool:
    """Whether `spanned` lines are one record with line breaks, and not several rows with a stray quote in the first."""
    whole = [{line.count(delimiter) + 1, len(_one_line(line, delimiter).cells)} <= widths for line in spanned]
    if all(whole) or any(is_row and '"' not in line for line, is_row in zip(spanned, whole, strict=True)):
        return False
    return len(reading.cells) in widths or not any(whole)


def _tokens(text: str, delimiter: str) -> _Reading:
    """The first record of `text`."""
    quoted, bare = _patterns(delimiter)
    cells: list[str] = []
    is_literal = False
    place = 0
    while True:
        match = quoted.match(text, place)
        if match:
            cells.append(match[1].replace('""', '"'))
        else:
            match = bare.match(text, place)
            if match is None:
                raise AssertionError("a pattern that fits everything did not fit")
            cells.append(match[0])
            is_literal = is_literal or match[0].startswith('"')
        place = match.end()
        if place >= len(text) or text[place] == "\n":
            return _Reading(cells, is_literal, text.count("\n", 0, place))
        place += 1


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A quoted cell (blanks around it, unless they could be the delimiter's neighbours of a tab) and any other."""
    mark, blanks = re.escape(delimiter), "" if delimiter == "\t" else " *"
    quoted = re.compile(rf'{blanks}"([^"]*(?:""[^"]*)*)"{blanks}(?={mark}|\n|\Z)')
    return quoted, re.compile(rf"[^{mark}\n]*")
