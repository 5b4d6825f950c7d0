r"""The two dialects of CSV, and a file taken apart in one of them, row by row.

Quoted as RFC 4180 has it: a quote is doubled, a backslash is a backslash, an empty cell or `\N` is NULL. MySQL's own
(`mysql --batch`, `SELECT … INTO OUTFILE`; MySQL 8 manual): tabs between cells, a backslash before what would end one,
NULL written as such or as `\N`, never an empty cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO

from nolcat_desktop.legacy.relation import RELATION

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CELL = re.compile(r"((?:[^\t\\]|\\.)*+)(\t|$)", re.DOTALL)
_ESCAPES = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}
_LONGEST = 1 << 24
_BLOCK = 1 << 22
NULLS = ("", "\\N")
MYSQL_NULLS = ("NULL", "\\N")
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written."""

    names: tuple[str, ...]
    """Names of its columns; the relation's own as the relation writes them."""
    sign: str
    """Between cells."""
    mysql: bool

    @property
    def nulls(self) -> tuple[str, ...]:
        """What stands for NULL."""
        return MYSQL_NULLS if self.mysql else NULLS


def opened(stream: IO[bytes]) -> tuple[Form, Iterator[str]]:
    """The form of a file, by its first two lines, and its lines from the second on.

    Raises:
        UnicodeDecodeError: If it is not written in UTF-8.
    """
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    first, second = text.readline(), text.readline()
    sign = max(",;\t|", key=first.count)
    names = next(csv.reader([first.rstrip("\r\n")], delimiter=sign), [])
    known = {name.casefold(): name for name in (*RELATION, "release")}
    mysql = sign == "\t" and bool(set(second.rstrip("\r\n").split("\t")) & set(MYSQL_NULLS))
    form = Form(tuple(known.get(name.strip().casefold(), name.strip()) for name in names), sign, mysql)
    return form, chain([second] if second else [], text)


def rows(lines: Iterator[str], form: Form) -> Iterator[Cells]:
    """The rows of a file, NULL as the file writes it.

    Raises:
        csv.Error: If quotes are missing.
        UnicodeDecodeError: If it is not written in UTF-8.
    """
    if form.mysql:
        return (_mysql_cells(line) for line in _mysql_lines(lines))
    csv.field_size_limit(_LONGEST)
    return csv.reader(lines, delimiter=form.sign, strict=True)


def blocks(lines: Iterator[str], form: Form) -> Iterator[str]:
    """Whole rows in blocks of some megabytes: a row ends where the quotes before it are even in number."""
    kept: list[str] = []
    size, quotes = 0, 0
    for line in lines:
        kept.append(line)
        size += len(line)
        quotes += line.count('"')
        ended = not _goes_on(line) if form.mysql else quotes % 2 == 0
        if size >= _BLOCK and ended:
            yield "".join(kept)
            kept, size, quotes = [], 0, 0
    if kept:
        yield "".join(kept)


def plain(block: str, form: Form) -> str:
    """A block without escapes: what they stand for is of no account where only keys and counts are looked at."""
    return re.sub(r"\\(?:\r?\n|[^N])", " ", block) if form.mysql else block


def _goes_on(line: str) -> bool:
    """Whether a line ends in a lone backslash: the line break behind it belongs to a cell."""
    bare = line.rstrip("\r\n")
    return (len(bare) - len(bare.rstrip("\\"))) % 2 == 1


def _mysql_lines(lines: Iterator[str]) -> Iterator[str]:
    kept = ""
    for line in lines:
        kept += line
        if not _goes_on(line):
            yield kept.rstrip("\r\n")
            kept = ""
    if kept:
        yield kept.rstrip("\r\n")


def _mysql_cells(line: str) -> Cells:
    if "\\" not in line:
        return line.split("\t")
    cells, at = [], 0
    while found := _CELL.match(line, at):
        cells.append(found[1] if found[1] == "\\N" else _ESCAPE.sub(_unescaped, found[1]))
        at = found.end()
        if not found[2]:
            break
    return cells


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1], found[1])
