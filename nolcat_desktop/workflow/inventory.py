"""The inventory: one list of every report under some folders and archives, and what each is beside the others.

Nothing is written but an index of what was read (`inventory_index`), so that a second look takes seconds. Each line
depends only on the files before it, so that it can be shown as soon as it is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.finding_reports import listed
from nolcat_desktop.workflow.inventory_index import Index
from nolcat_desktop.workflow.inventory_lines import InventoryLine, State
from nolcat_desktop.workflow.inventory_others import Others
from nolcat_desktop.workflow.inventory_reading import USUAL, FilesRead, Pace

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


def inventory_lines(  # noqa: PLR0913, PLR0917 - what is listed, beside what, and how
    paths: Sequence[Path],
    progress: Progress,
    index: Index | None = None,
    loaded: Collection[str] = (),
    read: set[str] | None = None,
    pace: Pace = USUAL,
) -> Iterator[InventoryLine]:
    """Every report in `paths`, and how it stands to those before it.

    Args:
        paths: Files, folders (searched through) and zip archives.
        progress: Told before each file, and checked.
        index: Where it is kept what was found in files that have not changed since; None: everything is read.
        loaded: SHA-256 of the originals that a library holds already.
        read: Filled with the names of the files that were read and not known from the index.
        pace: How many processes read, and from when on.

    Yields:
        One line for each report found, and one for each file, or sheet among reports, without any. No file, however
        broken, stops the others.

    Raises:
        Cancelled: If the user asked to stop; what was read until then stays in the index.
    """
    others = Others(loaded)
    every = [source for path in paths for source in listed(path)]
    for found in FilesRead(index, others.same_bytes, progress, read, pace).of(every):
        for facts in found:
            yield others.line(facts)
