"""What the last adding brought: which months of which reports, from which sources."""

from __future__ import annotations

from dataclasses import dataclass

from nolcat_desktop.dataset import Library


@dataclass(frozen=True, slots=True)
class Brought:
    """Of one report type."""

    months: tuple[str, ...]
    """yyyy-mm, ascending."""
    sources: tuple[int, ...]
    """Statistics source ids, ascending."""


def just_added(library: Library) -> dict[str, Brought]:
    """Report type → what the last entry of the history stored of it; {} if it stored nothing.

    Raises:
        NolcatError: If the library cannot be read.
    """
    newest = max((held.load.entry for held in library.holdings()), default=0)
    months: dict[str, set[str]] = {}
    sources: dict[str, set[int]] = {}
    for held in library.holdings() if newest else ():
        if held.load.entry == newest and held.load.states:
            months.setdefault(held.load.report_type, set()).update(held.load.states)
            sources.setdefault(held.load.report_type, set()).add(held.load.source_id)
    return {kind: Brought(tuple(sorted(found)), tuple(sorted(sources[kind]))) for kind, found in months.items()}
