"""From the bytes of a text file to its text, by content and soundly: a guess is said to be one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from nolcat_desktop.reading.encoding_guess import guess

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_SAMPLE = 4096
_CONTROLS = bytes((*range(1, 9), *range(14, 27), *range(28, 32)))
_ENDS = re.compile(rb"\r+\n")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text file's text and how it was found."""

    utf8: bytes
    """The text as UTF-8, without byte order mark, lines ended by a line feed; other carriage returns are kept."""
    encoding: str
    """`utf-8-sig` (with byte order mark), `utf-8`, `utf-16`, `utf-8 with foreign bytes`, or an old one: `cp1252` …"""
    guessed: bool
    """True when nothing in the file proves the encoding (an old one)."""


def decode(content: bytes) -> Decoded | None:
    """Decode `content`; None when it is no text (binary content, or UTF-16 cut in the middle of a character).

    A byte order mark decides; then UTF-16 without one (every second byte of the first 4,096 is zero); then strict
    UTF-8; what is not UTF-8 has an old encoding, by its words (`encoding_guess`), unless control characters say that it
    is no text.
    """
    for bom, name, codec in _BOMS:
        if content.startswith(bom):
            body = content[len(bom) :]
            return _strictly(body, codec, name) or (_guessed(body) if codec == "utf-8" else None)
    if b"\0" in content[:_SAMPLE]:
        codec = _utf16_of(content[:_SAMPLE])
        return _strictly(content, codec, "utf-16") if codec else None
    return _strictly(content, "utf-8", "utf-8") or _guessed(content)


def _utf16_of(head: bytes) -> str:
    """The byte order of UTF-16 without a mark, told by its zero bytes; '' when it is something else."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) <= len(head) // 8 or min(even, odd) * 4 >= max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(content: bytes) -> Decoded | None:
    """What is not UTF-8: UTF-8 with foreign bytes, or an old encoding; None when it is no text."""
    head = content[:_SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if b"\0" in content or controls * 50 > len(head):
        return None
    mixed = _mixed(content)
    if mixed is not None:
        return mixed
    encoding = guess(content)
    return Decoded(_lines(content.decode(encoding, errors="replace").encode()), encoding, guessed=True)


def _mixed(content: bytes) -> Decoded | None:
    """UTF-8 in which single bytes of Windows-1252 stand (two sources put together); None when it is no UTF-8 at all."""
    foreign = len(content) - len(content.decode("utf-8", errors="ignore").encode())
    beyond_ascii = len(content) - len(content.translate(None, bytes(range(128, 256))))
    if foreign * 2 >= beyond_ascii:
        return None
    text = content.decode("utf-8", errors=_FOREIGN)
    return Decoded(_lines(text.encode()), "utf-8 with foreign bytes", guessed=True)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


_FOREIGN = "nolcat-as-cp1252"
codecs.register_error(_FOREIGN, _as_cp1252)


def _strictly(content: bytes, codec: str, name: str) -> Decoded | None:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return None
    return Decoded(_lines(content if codec == "utf-8" else text.encode()), name, guessed=False)


def _lines(utf8: bytes) -> bytes:
    """Lines ended by line feeds. Where these are the rule, a carriage return alone is part of a cell."""
    if b"\r" not in utf8:
        return utf8
    ended = _ENDS.sub(b"\n", utf8)
    return ended.replace(b"\r", b"\n") if ended.count(b"\r") >= ended.count(b"\n") else ended
