"""The library's history: append-only, one record a line, kept twice, each line with a check over its text.

A line is the first 16 hex digits of the SHA-256 of the record's text, a blank, and the text (JSON with a running number
`n`). A line that was torn by a crash fails its check; what one copy lost, the other repairs.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.files import replace_file, sync_folder, write_file
from nolcat_desktop.dataset.layout import Layout
from nolcat_desktop.problem import NolcatError, Problem

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Journal:
    """What both copies together say."""

    records: tuple[Record, ...]
    """In order; `n` runs from 1 without a gap."""
    damaged: tuple[str, ...] = ()
    """Names of the copies that lost more than their last line: a line fails its check, or several are missing."""
    in_step: bool = True
    """Whether both copies hold the same bytes, all of them good."""
    broken: bool = False
    """Whether a record is lost from both copies."""
    forked: bool = False
    """Whether the copies tell different histories: two computers wrote at the same time."""


def read_journal(layout: Layout) -> Journal:
    """Read both copies and take each record from the copy that has it; nothing is written.

    Raises:
        NolcatError: If a copy is there but cannot be read from the disk.
    """
    with disk(layout.hidden):
        texts = [path.read_bytes() if path.is_file() else b"" for path in (layout.journal, layout.journal_copy)]
    copies = [_good_lines(text) for text in texts]
    found: dict[int, Record] = {}
    forked = False
    for lines, _ in copies:
        for record in lines:
            forked = forked or found.setdefault(int(record["n"]), record) != record
    last = max(found, default=0)
    damaged = []
    for (lines, faulty), path in zip(copies, (layout.journal, layout.journal_copy), strict=True):
        held = {int(record["n"]) for record in lines}
        if faulty or len(held) < max(held, default=0) or (last - len(held) > 1):
            damaged.append(path.name)
    whole = [found[n] for n in range(1, last + 1) if n in found]
    in_step = texts[0] == texts[1] == _text(whole)
    lengths = [len(lines) + faulty for lines, faulty in copies if lines or faulty]
    tail = min(lengths, default=0) - last
    told_again = bool(whole) and whole[-1].get("kind") == "begun"  # how that run ended is found out from its files
    broken = len(whole) < last or tail > told_again
    return Journal(tuple(whole), tuple(damaged), in_step, broken, forked)


def loss(journal: Journal) -> Problem | None:
    """What both copies together cannot say any more, so that nothing may be changed; None: it is whole."""
    if not (journal.broken or journal.forked):
        return None
    held = len(journal.records)
    kept = f"{held:,} of its records can still be read." if held else "None of it can be read any more."
    problem = _FORKED if journal.forked else _BROKEN
    return replace(problem, meaning=f"{problem.meaning} {kept}", position=", ".join(journal.damaged) or None)


def repair_journal(layout: Layout, journal: Journal) -> None:
    """Write both copies again from what they hold together; asked for only while the lock is held.

    Raises:
        NolcatError: If a record is lost from both copies, or the disk refuses.
    """
    if (problem := loss(journal)) is not None:
        raise NolcatError(problem)
    if journal.in_step:
        return
    text = _text(journal.records)
    with disk(layout.hidden):
        for path in (layout.journal, layout.journal_copy):
            if path.is_file() and path.read_bytes() == text:
                continue
            beside = path.with_name(path.name + ".new")
            write_file(beside, text)
            replace_file(beside, path)
        sync_folder(layout.hidden)


def append(layout: Layout, journal: Journal, record: Record) -> Journal:
    """Write `record` to the end of both copies, each synced to the disk, and return the longer journal.

    Raises:
        NolcatError: If the disk refuses; both copies are then as they were.
    """
    numbered = {"n": len(journal.records) + 1, **record}
    line = _line(numbered)
    lengths = [path.stat().st_size if path.exists() else 0 for path in copies(layout)]
    with disk(layout.hidden):
        try:
            for path in copies(layout):
                _write_line(path, line)
        except OSError:
            for path, length in zip(copies(layout), lengths, strict=True):
                if path.exists():
                    os.truncate(path, length)
            raise
    return Journal((*journal.records, numbered))


def _write_line(path: Path, line: bytes) -> None:
    fresh = not path.exists()
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        sync_folder(path.parent)


def _good_lines(text: bytes) -> tuple[list[Record], int]:
    """The records that pass their check, and how many other lines than a torn last one fail it."""
    *lines, _ = text.split(b"\n")
    records, faulty = [], 0
    for line in lines:
        check, _, content = line.partition(b" ")
        if _check(content) == check:
            records.append(json.loads(content))
        else:
            faulty += 1
    return records, faulty


def _line(record: Record) -> bytes:
    content = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return _check(content) + b" " + content + b"\n"


def _text(records: tuple[Record, ...] | list[Record]) -> bytes:
    return b"".join(map(_line, records))


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest()[:16].encode()


def copies(layout: Layout) -> tuple[Path, Path]:
    """The two files."""
    return layout.journal, layout.journal_copy


_BROKEN = Problem(
    "The library's history is damaged in both of its copies",
    "What was stored is still there and can be read, but how it came about is lost, so nothing is changed.",
    "Bring the folder .nolcat back from a backup, or have the library rebuilt (nolcat library rebuild).",
)
_FORKED = Problem(
    "The two copies of the library's history tell different things",
    "Two computers seem to have changed the library at the same time. What is stored can be read; nothing is changed.",
    "Have the library rebuilt (nolcat library rebuild): it keeps what is there and says what is lost.",
)
