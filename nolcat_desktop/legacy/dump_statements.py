"""The statements of a dump that matter: databases, declared columns, character sets, rows about to be inserted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nolcat_desktop.legacy.dump_text import DumpText
from nolcat_desktop.legacy.relation import RELATION, SOURCES_TABLE, TABLE

_NAME = rb"(?:`((?:[^`]|``)+)`|\"([^\"]+)\"|([\w$]+))"
_HEAD = re.compile(
    rb"(?:INSERT|REPLACE)\s+(?:LOW_PRIORITY\s+|DELAYED\s+|HIGH_PRIORITY\s+|IGNORE\s+)*(?:INTO\s+)?"
    rb"(?:" + _NAME + rb"\s*\.\s*)?" + _NAME + rb"\s*(\([^)]*\)\s*)?VALUES?\s*(?=\()",
    re.IGNORECASE,
)
_CREATE = re.compile(
    rb"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:" + _NAME + rb"\s*\.\s*)?" + _NAME + rb"\s*\(", re.IGNORECASE
)
_USE = re.compile(rb"USE\s+" + _NAME + rb"\s*;", re.IGNORECASE)
_NAMES = re.compile(rb"(?:/\*M?!\d*\s*)?SET\s+NAMES\s+'?(\w+)", re.IGNORECASE)
_VERSIONED = re.compile(rb"/\*M?!(?:[^*]|\*(?!/))*+\*/\s*;?")
_COLUMN = re.compile(rb"\s*" + _NAME + rb"\s+\w")
_LISTED = re.compile(_NAME)
_INSERTS = re.compile(rb"\s(?:INSERT|REPLACE)\b[^']{0,200}?\b(?:counterdata)\b", re.IGNORECASE)
_WORD = re.compile(rb"\S{1,20}")
_KEYWORDS = frozenset({"primary", "key", "unique", "index", "constraint", "fulltext", "foreign", "check", "spatial"})
SOURCE_COLUMNS = (
    "statistics_source_ID", "statistics_source_name", "statistics_source_retrieval_code", "vendor_ID",
)  # fmt: skip
"""Columns of statisticsSources, in NoLCAT's order, where the dump does not give them."""
_ENCODINGS = {
    "utf8": "utf-8", "utf8mb3": "utf-8", "utf8mb4": "utf-8", "ascii": "ascii", "latin1": "cp1252", "binary": "utf-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inserting:
    """Rows follow in the text."""

    table: str
    """`TABLE` or `SOURCES_TABLE`, whatever its letters' case in the dump."""
    database: str
    columns: tuple[str, ...]
    encoding: str


def inserting(text: DumpText) -> Iterator[Inserting]:
    """Each statement that inserts into one of the two tables, the text standing before its first row.

    Whoever takes it must go behind the statement's end before asking for the next.

    Raises:
        NolcatError: If the dump cannot be taken apart, or was cut off.
    """
    database, encoding = "", "utf-8"
    declared: dict[tuple[str, str], tuple[str, ...]] = {}
    while text.next_statement():
        word = text.head(_WORD)
        match word[0][:3].upper() if word else b"":
            case b"INS" | b"REP":
                head = text.head(_HEAD)
                found = _table(_named(head, 4)) if head else None
                if head is None or found is None:
                    text.whole()
                    continue
                text.here = head.end()
                where = _named(head, 1) or database
                listed = tuple(_named(one, 1) for one in _LISTED.finditer(head[7] or b""))
                columns = listed or declared.get((where, found)) or (RELATION if found == TABLE else SOURCE_COLUMNS)
                yield Inserting(found, where, columns, encoding)
            case b"CRE":
                _declare(text, database, declared)
            case b"USE":
                used = text.head(_USE)
                database = _named(used, 1) if used else database
                text.whole()
            case b"SET":
                encoding = _encoding(text, text.whole(), encoding)
            case _ if word is not None and word[0].startswith(b"/*"):
                encoding = _encoding(text, _versioned(text), encoding)
            case _:
                text.whole()


def _versioned(text: DumpText) -> bytes:
    """The statement in a comment that only some servers carry out."""
    found = text.take(_VERSIONED)
    if found is None:
        raise text.cut_off("it ends within a statement")
    if _INSERTS.search(found[0]):
        raise text.wrong("rows of COUNTERData stand within a comment")
    return found[0]


def _declare(text: DumpText, database: str, declared: dict[tuple[str, str], tuple[str, ...]]) -> None:
    head = text.head(_CREATE)
    statement = text.whole()
    found = _table(_named(head, 4)) if head else None
    if head is None or found is None:
        return
    body = statement[len(head[0]) :]
    lines = (_COLUMN.match(line) for line in _outer(body))
    names = [_named(line, 1) for line in lines if line and (line[1] or line[2] or not _is_key(line))]
    declared[_named(head, 1) or database, found] = tuple(names)


def _is_key(line: re.Match[bytes]) -> bool:
    return _named(line, 1).casefold() in _KEYWORDS


def _outer(body: bytes) -> Iterator[bytes]:
    """The parts of a bracket that are divided by commas, brackets and texts within them kept together."""
    depth, begun = 0, 0
    for sign in re.finditer(rb"'(?:[^'\\]|\\.|'')*'|`[^`]*`|[(),]", body, re.DOTALL):
        match sign[0]:
            case b"(":
                depth += 1
            case b")" if depth:
                depth -= 1
            case b")":
                yield body[begun : sign.start()]
                return
            case b"," if not depth:
                yield body[begun : sign.start()]
                begun = sign.end()


def _encoding(text: DumpText, statement: bytes, encoding: str) -> str:
    found = _NAMES.match(statement)
    if found is None or found[1].lower() == b"default":
        return encoding
    name = found[1].decode().lower()
    if name not in _ENCODINGS:
        raise text.wrong(f"its character set, {name}, is not one that is read here")
    return _ENCODINGS[name]


def _table(name: str) -> str | None:
    return {TABLE.casefold(): TABLE, SOURCES_TABLE.casefold(): SOURCES_TABLE}.get(name.casefold())


def _named(found: re.Match[bytes] | None, group: int) -> str:
    """A name in one of the three ways of writing it, in the groups from `group` on."""
    if found is None:
        return ""
    raw: bytes = found[group] or found[group + 1] or found[group + 2] or b""
    return raw.replace(b"``", b"`").decode("utf-8", "replace")
