"""The inventory: one list of every report under some folders and archives, and what each is beside the others.

Nothing is written but an index of what was read (`inventory_index`), so that a second look takes seconds. Each line
depends only on the files before it, so that it can be shown as soon as it is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import Source
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.finding_reports import in_content, listed
from nolcat_desktop.workflow.inventory_facts import UNREADABLE, Facts, facts_of
from nolcat_desktop.workflow.inventory_index import Index, Stamp
from nolcat_desktop.workflow.inventory_lines import InventoryLine, State
from nolcat_desktop.workflow.inventory_others import Others

__all__ = ["Inventory", "InventoryLine", "State", "inventory_lines", "take_inventory"]


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is under some folders and archives."""

    lines: tuple[InventoryLine, ...]
    """One for each report found, and one for each file or sheet without any, in the order of the files."""
    read: int = 0
    """Files that were read for it; the others were known from the index."""
    counts: Mapping[State, int] = field(default_factory=lambda: MappingProxyType({}))
    """State → number of lines."""

    @property
    def total(self) -> int:
        """Control sum of what could be added: lines that are new, and the new months of those that overlap."""
        return sum(line.new_total for line in self.lines)

    def of(self, *states: State) -> tuple[InventoryLine, ...]:
        """The lines of these states."""
        return tuple(line for line in self.lines if line.state in states)


def take_inventory(
    paths: Sequence[Path], progress: Progress, index: Index | None = None, loaded: Collection[str] = ()
) -> Inventory:
    """List every report in `paths`. As `inventory_lines`, all at once."""
    counts: dict[State, int] = {}
    read: set[str] = set()
    lines = []
    for line in inventory_lines(paths, progress, index, loaded, read):
        counts[line.state] = counts.get(line.state, 0) + 1
        lines.append(line)
    return Inventory(tuple(lines), len(read), MappingProxyType(counts))


def inventory_lines(
    paths: Sequence[Path],
    progress: Progress,
    index: Index | None = None,
    loaded: Collection[str] = (),
    read: set[str] | None = None,
) -> Iterator[InventoryLine]:
    """Every report in `paths`, and how it stands to those before it.

    Args:
        paths: Files, folders (searched through) and zip archives.
        progress: Told before each file, and checked.
        index: Where it is kept what was found in files that have not changed since; None: everything is read.
        loaded: SHA-256 of the originals that a library holds already.
        read: Filled with the names of the files that were read and not known from the index.

    Yields:
        One line for each report found, and one for each file, or sheet among reports, without any. No file, however
        broken, stops the others.

    Raises:
        Cancelled: If the user asked to stop; what was read until then stays in the index.
    """
    others = Others(loaded)
    every = [source for path in paths for source in listed(path)]
    for source in progress.over("Reading", every, lambda source: source.name):
        for facts in _facts(source, index, others, progress, read):
            yield others.line(facts)


def _facts(
    source: Source, index: Index | None, others: Others, progress: Progress, read: set[str] | None
) -> tuple[Facts, ...]:
    """What is in a file: known from the index, from an equal file before it, or read now."""
    stamp = Stamp.of(source.name)
    known = index.by_stamp(stamp) if index is not None and stamp is not None else None
    if known is not None:
        return tuple(replace(one, named=source.named) for one in known)
    try:
        content = source.load()
    except NolcatError as error:
        return (_unreadable(source, error.problem),)
    except MemoryError:
        return (_unreadable(source, _too_large()),)
    sha256 = hashlib.sha256(content).hexdigest()
    same = others.same_bytes(sha256)
    if same:
        found = tuple(replace(one, file=source.name, named=source.named) for one in same)
    else:
        known = index.by_content(sha256, source.name) if index is not None else None
        found = known or _read(source, content, sha256, progress)
        if read is not None and not known:
            read.add(source.name)
    if index is not None:
        index.put(stamp, sha256, source.name, found)
    return found


def _read(source: Source, content: bytes, sha256: str, progress: Progress) -> tuple[Facts, ...]:
    found = []
    try:
        for number, one in enumerate(in_content(source, content, progress)):
            facts = facts_of(one, number)
            is_report = isinstance(one.what, Report)
            found.append(replace(facts, sha256=sha256, size=len(content), named=source.named, is_report=is_report))
    except (ArithmeticError, AssertionError, LookupError, RuntimeError, TypeError, ValueError, OSError) as defect:
        # A defect of this program in one file of thousands must not hide the others; it is told, with its file.
        said = f"{type(defect).__name__}: {defect}"[:300]
        return (replace(_unreadable(source, _defect(said)), sha256=sha256, size=len(content)),)
    return tuple(found)


def _unreadable(source: Source, problem: Problem) -> Facts:
    return Facts(source.name, None, 0, named=source.named, what=UNREADABLE, problem=problem)


def _too_large() -> Problem:
    return Problem(
        "The file is too large for the memory of this computer",
        "Nothing of it was read.",
        "Close other programs, or divide the file.",
    )


def _defect(said: str) -> Problem:
    return Problem(
        "The file could not be read because of a fault of this program",
        f"Nothing of it was taken over ({said}).",
        "Please send the file to the makers of NoLCAT Desktop; the other files are not concerned.",
    )
