"""Files that were packed one by one (.gz, .bz2, .xz), and tape archives (.tar), within the bounds of zip archives.

All is done in memory, block by block, and ends where more comes out than a report can have.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading.archive_problems import too_large, unreadable

LARGEST: Final = 1 << 30
"""Bytes that a packed file may have, and unpack to."""
LARGE: Final = 256 << 20
STEEPEST: Final = 500
"""How many times larger than packed a file may be once it is beyond `LARGE`."""
HEAD: Final = 512
"""Bytes by which packed files and tape archives are known."""
_BLOCK: Final = 1 << 20
_MOST_MEMORY: Final = 256 << 20
"""Bytes that unpacking .xz may ask for."""
_TAPE: Final = b"ustar"
_TAPE_AT: Final = 257
_FAULTS: Final = (OSError, EOFError, ValueError, MemoryError, zlib.error, lzma.LZMAError, tarfile.TarError)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file on a tape archive."""

    name: str
    start: int
    """Its first byte in the archive."""
    size: int


def is_packed(head: bytes) -> bool:
    """Whether a file that begins so is packed, or a tape archive."""
    return _blocks_of(head) is not None or is_tape(head)


def is_tape(head: bytes) -> bool:
    """Whether a file that begins so is a tape archive, not packed."""
    return head[_TAPE_AT : _TAPE_AT + len(_TAPE)] == _TAPE


def unpacked(content: bytes, most: int = LARGEST) -> bytes:
    """What a packed file holds; a tape archive that is not packed is itself.

    Args:
        content: The packed file.
        most: Bytes after which to end: of a longer one the beginning is given where this is less than `LARGEST`.

    Raises:
        NolcatError: If it is damaged, or holds more than a report can.
    """
    blocks = _blocks_of(content)
    if blocks is None:
        return content
    found, size = [], 0
    try:
        for block in blocks(content):
            found.append(block)
            size += len(block)
            if most < LARGEST and size >= most:
                break
            if size > LARGEST or (size > LARGE and size > STEEPEST * len(content)):
                raise NolcatError(too_large(size))
    except _FAULTS as error:
        raise NolcatError(unreadable(str(error))) from error
    return b"".join(found)


def entries(content: bytes) -> tuple[Entry, ...]:
    """The files on a tape archive, in the order of their names.

    Raises:
        NolcatError: If it is damaged.
    """
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as tape:
            found = [Entry(one.name, one.offset_data, one.size) for one in tape if one.isreg() and not one.issparse()]
    except _FAULTS as error:
        raise NolcatError(unreadable(str(error))) from error
    if any(one.start + one.size > len(content) for one in found):
        raise NolcatError(unreadable("it ends in the middle of a file"))
    return tuple(sorted(found, key=lambda one: one.name))


def _blocks_of(head: bytes) -> Callable[[bytes], Iterator[bytes]] | None:
    if head.startswith(b"\x1f\x8b\x08"):
        return _gzip
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return lambda content: _streams(content, bz2.BZ2Decompressor)
    if head.startswith(b"\xfd7zXZ\0"):
        return lambda content: _streams(content, _xz)
    return None


def _xz() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MOST_MEMORY)


def _gzip(content: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        while block := file.read(_BLOCK):
            yield block


def _streams(content: bytes, new: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]) -> Iterator[bytes]:
    """Several packed streams may follow one another; padding between them is blank."""
    rest = content
    while rest:
        stream, given = new(), rest
        while not stream.eof:
            block = stream.decompress(given, _BLOCK)
            given = b""
            if block:
                yield block
            elif stream.needs_input:
                raise EOFError("it ends too early")
        rest = stream.unused_data.lstrip(b"\0")
