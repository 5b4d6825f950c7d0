"""The elements of an R4 response: a small tree of all but the items, which are handed on one by one as they end.

Prefixes and namespaces differ with every vendor and carry no version, so elements are told by their local names. This
is the border post for expat: what it raises, and what no response holds (a document type, entities), ends here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.parsers import expat

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.encoding import decode

PIECE: Final = 1 << 18
"""Bytes between two looks at whether to stop."""
ITEM: Final = "ReportItems"
"""One item, in spite of the plural (COUNTER schema 4.1)."""
_DEEPEST: Final = 200
"""Elements inside one another; a response has about a dozen."""


class Node:
    """An element: its local name, attributes, text and children."""

    __slots__ = ("attributes", "children", "name", "pieces")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        """An element that has just begun; `attributes` by local names."""
        self.name = name
        self.attributes = attributes
        self.children: list[Node] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """Its text, without blanks around it."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> Iterator[Node]:
        """Its children of this name."""
        return (child for child in self.children if child.name == name)

    def first(self, *path: str) -> Node | None:
        """The first descendant along `path`."""
        found: Node | None = self
        for name in path:
            found = next((child for child in found.children if child.name == name), None) if found else None
        return found

    def says(self, *path: str) -> str:
        """Text of the first descendant along `path`; '' when it is not there."""
        found = self.first(*path)
        return found.text if found is not None else ""


Taken = Callable[[tuple[Node, ...], Node], None]
"""Takes an item that has ended: the elements around it, outermost first, and the item."""


def read_parts(content: bytes, take: Taken, progress: Progress) -> tuple[Node, str]:
    """Read an XML document.

    Args:
        content: Its bytes.
        take: Given each item; it is not part of the tree.
        progress: Told how many bytes are read, and checked.

    Returns:
        The root, and the encoding by which it was read.

    Raises:
        NolcatError: If it is not well-formed, or holds what no response holds.
        Cancelled: If the user asked to stop.
    """
    try:
        return _Reader(take).read(content, None, progress), _declared(content)
    except expat.ExpatError as error:
        raise not_well_formed(error.lineno, error.offset + 1, expat.ErrorString(error.code)) from error
    except LookupError as error:  # an encoding that Python does not know
        raise not_well_formed(1, 1, str(error)) from error


def foreign_bytes(content: bytes) -> tuple[bytes, str] | None:
    """A document that calls itself UTF-8 and is not: its text as UTF-8, and the encoding it seems to have."""
    if b"\0" in content[:4] or b"encoding" in content[:200].lower().split(b"?>")[0].replace(b"utf-8", b""):
        declared = _declared(content)
        if declared not in {"utf-8", ""}:
            return None
    decoded = decode(content)
    return (decoded.utf8, decoded.encoding) if decoded is not None and decoded.guessed else None


def _declared(content: bytes) -> str:
    """The encoding that the document names, in lower case; `utf-8` when it names none."""
    head = content[:400].replace(b"\0", b"")
    start = head.find(b"encoding=")
    if start < 0 or head.find(b"?>") < start:
        return "utf-16" if b"\0" in content[:4] else "utf-8"
    rest = head[start + len(b"encoding=") :]
    return rest[1:].split(rest[:1])[0].decode("ascii", "replace").lower()


def not_well_formed(line: int, column: int, reason: str) -> NolcatError:
    """The error for a document that breaks off or breaks the rules of XML."""
    place = f"line {line}, column {column}"
    return NolcatError(
        Problem(
            "The file is not valid XML",
            f"Nothing of it was read, so no number of it is in the library. The first fault is at {place} ({reason}).",
            "Fetch the file again; if it was edited by hand, undo that.",
            place,
        )
    )


def _refused(*_: object) -> None:
    raise NolcatError(
        Problem(
            "The XML file defines text of its own",
            "COUNTER reports never hold a document type, and it can be built to do harm; nothing was read.",
            "Ask the publisher for the report again.",
        )
    )


class _Reader:
    """Builds the tree."""

    def __init__(self, take: Taken) -> None:
        self._take = take
        self._stack: list[Node] = []
        self._root: Node | None = None
        self._in_item = 0
        self._names: dict[str, str] = {}

    def read(self, content: bytes, encoding: str | None, progress: Progress) -> Node:
        """Read all of it."""
        parser = expat.ParserCreate(encoding, " ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refused
        parser.EntityDeclHandler = _refused
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        for place in range(0, len(content), PIECE):
            progress.tell("Reading", place, len(content))
            parser.Parse(content[place : place + PIECE], False)
        parser.Parse(b"", True)
        if self._root is None:
            raise AssertionError("expat accepted a document without a root")
        return self._root

    def _local(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = name.rpartition(" ")[2].rpartition(":")[2]
        return known

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        if len(self._stack) >= _DEEPEST:
            raise not_well_formed(0, 0, "elements stand too deep inside one another")
        node = Node(self._local(name), {self._local(key): value for key, value in attributes.items()})
        if not self._stack:
            self._root = node
        elif node.name == ITEM and not self._in_item:
            self._in_item = len(self._stack)
        else:
            self._stack[-1].children.append(node)
        self._stack.append(node)

    def _end(self, _: str) -> None:
        node = self._stack.pop()
        if self._in_item and len(self._stack) == self._in_item:
            self._in_item = 0
            self._take(tuple(self._stack), node)

    def _text(self, text: str) -> None:
        self._stack[-1].pieces.append(text)
