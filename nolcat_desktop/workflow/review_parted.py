"""A report beside another of the same months that lets other things through: books here, journals there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nolcat_desktop.dataset import Load


@dataclass(frozen=True, slots=True)
class Parted:
    """What is loaded of the months of a report through a filter that excludes it: no use is in both."""

    months: tuple[str, ...]
    """Months (yyyy-mm) that both have."""
    loaded: tuple[str, ...]
    """What the filter of what is loaded lets through: `Book`."""
    offered: tuple[str, ...]
    """What that of the report lets through: `Journal`."""


def parted(load: Load, fresh: Sequence[str], held: Iterable[Load]) -> Parted | None:
    """What of `held` shares months with `load` and excludes it by a filter; None: nothing does.

    Only reports of one source, release and institution are parts of one whole; what they let through stands in the
    Report_Filters of their headers.

    Args:
        load: The report.
        fresh: Those of its months that nobody has yet.
        held: What is in the library.
    """
    months, loaded, offered = set[str](), set[str](), set[str]()
    for other in held:
        filters = _excluding(load, other)
        shared = set(fresh) & set(other.months)
        if filters is not None and shared:
            months |= shared
            loaded |= filters[0]
            offered |= filters[1]
    return Parted(tuple(sorted(months)), tuple(sorted(loaded)), tuple(sorted(offered))) if months else None


def _excluding(load: Load, other: Load) -> tuple[frozenset[str], frozenset[str]] | None:
    """Values of the filter that lets nothing through that the other does: those of `other`, and those of `load`."""
    if (load.report_type, load.source_id, load.release) != (other.report_type, other.source_id, other.release):
        return None
    if load.scope.member != other.scope.member:
        return None
    ours, theirs = load.scope.filters, other.scope.filters
    shared = (name for name in ours if name in theirs and ours[name].isdisjoint(theirs[name]))
    name = next(shared, None)
    return (theirs[name], ours[name]) if name is not None else None
