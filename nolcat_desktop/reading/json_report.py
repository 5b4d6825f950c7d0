"""JSON files: whatever their wrapping, the COUNTER reports in them, or what they hold instead."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import msgspec

from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.encoding import decode
from nolcat_desktop.reading.json_header import canonical_name
from nolcat_desktop.reading.json_reader import Root, canonical_root, read_report
from nolcat_desktop.reading.json_refusals import no_report, not_json, of_exceptions
from nolcat_desktop.reading.json_tally import Json
from nolcat_desktop.report import Irregularity, NotAReport, Origin, Report

_START = re.compile(rb'[\s\0]*[{\["]|[\s\0]*(?:null|true|false|-?\d+)[\s\0]*\Z')
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DEPTH = 4
_ENOUGH = 2
"""So many of the telling names in the root make it a report whose header lies there."""
_OPENS = (b"{", b"[", b'"')
_TELLING = {"Report_ID", "Report_Name", "Release"}


@dataclass(frozen=True, slots=True)
class _Exception:
    """An exception that stands where a report should be."""

    tree: dict[str, Json]


def looks_like_json(content: bytes) -> bool:
    """Whether `content` begins as JSON does, after a byte order mark and blanks; the name of its file says nothing."""
    head = content[:4096]
    for bom in _BOMS:
        head = head.removeprefix(bom)
    return _START.match(head) is not None


def read_json(content: bytes, origin: Origin, progress: Progress | None = None) -> tuple[Report | NotAReport, ...]:
    """Read every COUNTER report (R5, R5.1) in a JSON file.

    Args:
        content: The bytes of the file.
        origin: Where they come from; its encoding is filled in.
        progress: Told and asked once a batch of items.

    Returns:
        The reports in order, or one `NotAReport` that says what the file is instead. A report whose Report_Items are
        empty or absent has no rows. Bad input never raises.
    """
    found: list[Irregularity] = []
    decoded = _as_utf8(content, found)
    if decoded is None:
        return (not_json(origin, b"", None),)
    raw, encoding = decoded
    origin = replace(origin, encoding=encoding)
    with _collector_resting():
        try:
            return _read(raw, origin, found, progress or Progress())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            again = _as_utf8(content, found, strict=False) if isinstance(error, UnicodeDecodeError) else None
            if again is None:
                return (not_json(origin, raw, error),)
            return _again(*again, origin, found, progress or Progress())


def _again(
    raw: bytes, encoding: str, origin: Origin, found: list[Irregularity], progress: Progress
) -> tuple[Report | NotAReport, ...]:
    """Read once more what turned out not to be UTF-8."""
    origin = replace(origin, encoding=encoding)
    try:
        return _read(raw, origin, [*found, Irregularity("J-encoding", None, None, None, encoding)], progress)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return (not_json(origin, raw, error),)


def _as_utf8(content: bytes, found: list[Irregularity], *, strict: bool = True) -> tuple[bytes, str] | None:
    """The content in UTF-8 without byte order mark, and its encoding; UTF-8 itself is believed until it fails."""
    if strict and content.startswith(_BOMS[0]):
        found.append(Irregularity("J-bom"))
        return content[3:], "utf-8-sig"
    if strict and not content.startswith(_BOMS[1:]) and b"\0" not in content[:64]:
        return content, "utf-8"
    decoded = decode(content)
    if decoded is None:
        return None
    if strict:
        found.append(Irregularity("J-encoding", None, None, None, decoded.encoding))
    return decoded.utf8, decoded.encoding


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Millions of small objects come and go here, none of them in a cycle: the collector would look in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(raw: bytes, origin: Origin, found: list[Irregularity], progress: Progress) -> tuple[Report | NotAReport, ...]:
    candidates = list(_candidates(raw, (), 0))
    roots = [one for one in candidates if isinstance(one, Root)]
    if roots:
        return tuple(read_report(root, origin, tuple(found), progress) for root in roots)
    exceptions = [one.tree for one in candidates if isinstance(one, _Exception)]
    if exceptions:
        return (of_exceptions(origin, exceptions),)
    return (no_report(origin, raw),)


def _candidates(raw: bytes, wraps: tuple[str, ...], depth: int) -> Iterator[Root | _Exception]:
    """Reports and exceptions in `raw`, the outermost first; `wraps` says what lies around them."""
    text = raw.lstrip()
    if depth > _DEPTH or not text.startswith(_OPENS):
        if depth == 0:
            msgspec.json.decode(raw)
        return
    if text.startswith(b'"'):
        inner = msgspec.json.decode(raw, type=str).encode("utf-8", errors="replace").lstrip()
        if inner.startswith(_OPENS[:2]):
            yield from _candidates(inner, (*wraps, "a JSON string"), depth + 1)
    elif text.startswith(b"["):
        for one in msgspec.json.decode(raw, type=list[msgspec.Raw]):
            yield from _candidates(bytes(one), (*wraps, "a list"), depth + 1)
    else:
        members = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        if _is_report(members):
            yield Root(raw, members, wraps)
        elif _is_exception(members):
            yield _Exception(msgspec.json.decode(raw))
        else:
            for name, below in members.items():
                yield from _candidates(bytes(below), (*wraps, name), depth + 1)


def _is_report(members: dict[str, Json]) -> bool:
    names = {canonical_root(name) for name in members}
    if "Report_Header" in names or "Report_Items" in names:
        return True
    return len({canonical_name(name) for name in members} & _TELLING) >= _ENOUGH


def _is_exception(members: dict[str, Json]) -> bool:
    names = {name.lower() for name in members}
    return bool(names & {"code", "number"}) and bool(names & {"message", "severity", "help_url", "data"})
