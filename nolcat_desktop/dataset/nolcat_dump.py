"""NoLCAT's list of statistics sources out of a dump of its MySQL database (`INSERT INTO statisticsSources`).

The text is taken apart as MySQL writes it: quoted texts with their escapes (MySQL 8 manual, String Literals), comments,
several rows a statement. What stands within a text is never taken for a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.sources import ID, LOCAL, LONGEST_ID, NAME, Source, SourceList, read_sources
from nolcat_desktop.problem import NolcatError, Problem

COLUMNS = (ID, NAME, "statistics_source_retrieval_code", "vendor_ID")
"""Columns of the relation, in NoLCAT's order; taken when the dump does not name them."""
_TABLE = "statisticssources"
_TOKEN = re.compile(
    r"""
      (?P<space>\s+ | --(?=\s|$)[^\n]* | \#[^\n]* | /\*.*?\*/)
    | (?P<text>'(?:[^'\\]|\\.|'')*' | "(?:[^"\\]|\\.|"")*")
    | (?P<name>`(?:[^`]|``)*`)
    | (?P<word>[^\s'"`(),;/\#-]+ | [-/])
    | (?P<sign>[(),;])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}
Token = tuple[str, str]
"""Kind and content: a text without its quotes, a word, a sign."""


def read_nolcat_list(file: Path) -> SourceList:
    """Read a list exported from NoLCAT: CSV, or a dump of its database (a name that ends in .sql, or SQL within).

    Raises:
        NolcatError: If it is neither, or has no sources.
    """
    with disk(file):
        content = file.read_bytes()
    head = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").upper()
    if file.suffix.lower() == ".sql" or head.startswith((b"--", b"/*", b"INSERT ", b"CREATE ", b"DROP ", b"SET ")):
        return sources_in_dump(content, str(file))
    return read_sources(file)


def sources_in_dump(content: bytes, file: str) -> SourceList:
    """The statistics sources in a dump.

    Args:
        content: The bytes of the dump, UTF-8.
        file: Its name, for messages.

    Raises:
        NolcatError: If it cannot be taken apart, or no row of statisticsSources is in it.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_dump(file, f"it is not written in UTF-8 (byte {error.start})") from error
    declared: tuple[str, ...] = COLUMNS
    rows: list[Source] = []
    columns = declared
    for statement in _statements(text, file):
        words = [content.casefold() for _, content in statement[:5]]
        if words[:2] == ["create", "table"] and _TABLE in words:
            declared = _declared(statement) or COLUMNS
        elif words[:1] in (["insert"], ["replace"]) and _TABLE in words[1:4]:
            columns, found = _inserted(statement, declared, file)
            rows += [_source(columns, values, file) for values in found]
    if not rows:
        raise _no_dump(file, "no row of statisticsSources is in it")
    ids = [row.source_id for row in rows]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise _no_dump(file, f"the id {twice[0]} is there more than once")
    return SourceList(tuple(rows), (ID, NAME, LOCAL, *(name for name in columns if name not in (ID, NAME))))


def _statements(text: str, file: str) -> Iterator[list[Token]]:
    statement: list[Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _no_dump(file, f"a text that begins in line {text.count(chr(10), 0, at) + 1} has no end")
        at, kind = found.end(), str(found.lastgroup)
        match kind:
            case "space":
                continue
            case "sign" if found[0] == ";":
                yield statement
                statement = []
            case "text":
                statement.append((kind, _unquoted(found[0])))
            case "name":
                statement.append((kind, found[0][1:-1].replace("``", "`")))
            case _:
                statement.append((kind, found[0]))
    if statement:
        yield statement


def _unquoted(quoted: str) -> str:
    quote, inner = quoted[0], quoted[1:-1].replace(quoted[0] * 2, quoted[0])
    if "\\" not in inner:
        return inner
    inner = quoted[1:-1]
    pattern = re.compile(rf"\\(.)|{quote}{quote}", re.DOTALL)
    return pattern.sub(lambda found: quote if found[1] is None else _ESCAPES.get(found[1], found[1]), inner)


def _declared(statement: Sequence[Token]) -> tuple[str, ...]:
    """Names of the columns that CREATE TABLE declares: quoted names behind the first bracket or a comma."""
    names, depth = [], 0
    for (_, before), (kind, content) in pairwise(statement):
        depth += {"(": 1, ")": -1}.get(before, 0)
        if kind == "name" and depth == 1 and before in ("(", ","):
            names.append(content)
    return tuple(names)


def _inserted(
    statement: Sequence[Token], declared: tuple[str, ...], file: str
) -> tuple[tuple[str, ...], list[list[str]]]:
    """Columns and rows of an INSERT statement."""
    values = next((n for n, (kind, word) in enumerate(statement) if kind == "word" and word.upper() == "VALUES"), None)
    if values is None:
        raise _no_dump(file, "a statement for statisticsSources has no VALUES")
    named = tuple(content for kind, content in statement[3:values] if kind in ("name", "word"))
    columns = named or declared
    rows: list[list[str]] = []
    row: list[str] | None = None
    for kind, content in statement[values + 1 :]:
        if kind == "sign":
            if content == "(" and row is None:
                row = []
            elif content == ")" and row is not None:
                rows.append(row)
                row = None
            elif content != ",":
                raise _no_dump(file, "a row of statisticsSources cannot be taken apart")
        elif row is None:
            break
        else:
            row.append("" if kind == "word" and content.upper() == "NULL" else content)
    if wrong := [one for one in rows if len(one) != len(columns)]:
        raise _no_dump(file, f"a row of statisticsSources has {len(wrong[0])} values for {len(columns)} columns")
    return columns, rows


def _source(columns: Sequence[str], values: Sequence[str], file: str) -> Source:
    cells = dict(zip(columns, values, strict=True))
    number = cells.get(ID, "")
    if not number.isascii() or not number.isdecimal() or len(number) > LONGEST_ID or NAME not in cells:
        raise _no_dump(file, f"a row of statisticsSources has no {ID} or no {NAME}")
    other = {name: value for name, value in cells.items() if name not in (ID, NAME, LOCAL)}
    return Source(int(number), cells[NAME].strip(), local=False, other=MappingProxyType(other))


def _no_dump(file: str, why: str) -> NolcatError:
    return NolcatError(
        Problem(
            "NoLCAT's list cannot be read from this dump",
            f"{file}: {why}. Nothing was changed.",
            "Export the relation statisticsSources again (mysqldump, or as CSV), and take that in.",
        )
    )
