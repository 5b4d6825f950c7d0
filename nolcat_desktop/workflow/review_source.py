"""Which statistics source a report is proposed for, why, and whether that is sure enough not to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from nolcat_desktop.dataset import Holding, SourceList
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.loading import member_of, printable
from nolcat_desktop.workflow.naming_sources import platforms_in, proposed_id, proposed_name
from nolcat_desktop.workflow.outcome import Wishes


class Reason(Enum):
    """Why a source is proposed."""

    CHOSEN = "chosen"
    """The user said so."""
    FILE_NAME = "file name"
    """The name of the file begins with the number of the source."""
    SAME_PLATFORM = "same platform"
    """Loaded reports have the same platforms."""
    SAME_NAME = "same name"
    """The list has a source of the name that the report gives."""
    NEW = "new"
    """Nothing in the list is like it: a new source of the name that the report gives."""
    ALIKE = "alike"
    """More than one source may be meant."""
    NAMELESS = "nameless"
    """The report names nobody; only the name of the file is left."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The source that a report is proposed for."""

    source_id: int | None
    """statistics_source_ID; None: a new source called `name`."""
    name: str
    reason: Reason
    like: int = 0
    """How many loaded reports have the same platforms."""
    others: tuple[int, ...] = ()
    """Other sources that may be meant."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to be asked."""
        return self.reason not in {Reason.ALIKE, Reason.NAMELESS}


def propose(report: Report, listed: SourceList, live: Sequence[Holding], wishes: Wishes) -> Proposal:
    """Propose the statistics source of `report`.

    Args:
        report: The report.
        listed: The library's list of sources.
        live: The library's live loads.
        wishes: A source that the user wants for all reports, and the member whose rows are meant.

    Returns:
        The number in the file's name, if the list has it; else the one source whose loaded reports have the same
        platforms; else the source of the same name; else a new one. Not sure when several sources fit, or when
        nothing but the file's name is there to go by.
    """
    names = listed.names()
    member = member_of(report, wishes.member)
    name = printable(proposed_name(report, member))
    if wishes.source is not None:
        return Proposal(wishes.source, names.get(wishes.source, name), Reason.CHOSEN)
    numbered = proposed_id(report.origin.file, names)
    if numbered is not None:
        return Proposal(numbered, names[numbered], Reason.FILE_NAME)
    platforms = frozenset(one.casefold() for one in platforms_in(report, member))
    like = _like(platforms, live)
    by_name = listed.find(name)
    if len(like) == 1:
        ((source, count),) = like.items()
        others: tuple[int, ...] = (by_name,) if by_name is not None and by_name != source else ()
        reason = Reason.ALIKE if others else Reason.SAME_PLATFORM
        return Proposal(source, names.get(source, str(source)), reason, count, others)
    if by_name is not None:
        return Proposal(by_name, names[by_name], Reason.SAME_NAME, like.get(by_name, 0))
    if like:
        first = max(like, key=lambda source: (like[source], -source))
        others = tuple(source for source in sorted(like) if source != first)
        return Proposal(first, names.get(first, str(first)), Reason.ALIKE, like[first], others)
    return Proposal(None, name, Reason.NEW if _is_named(report, platforms) else Reason.NAMELESS)


def _like(platforms: frozenset[str], live: Sequence[Holding]) -> dict[int, int]:
    """Source → loaded reports with the same platforms."""
    found: dict[int, int] = {}
    for held in live:
        if platforms and frozenset(one.casefold() for one in held.load.scope.platforms) == platforms:
            found[held.load.source_id] = found.get(held.load.source_id, 0) + 1
    return found


def _is_named(report: Report, platforms: frozenset[str]) -> bool:
    return bool(platforms or report.header.texts.get("Created_By", "").strip())
