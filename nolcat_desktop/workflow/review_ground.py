"""What a review held a report against: as long as that is the same, nothing needs to be read anew.

The library changes while a review waits: what was chosen is added, something is undone, another program writes. Most of
what is left in the review has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from nolcat_desktop.dataset import Holding, Library, SourceList
from nolcat_desktop.dataset.one_member import members_of
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.naming_sources import platforms_in, proposed_id, proposed_name
from nolcat_desktop.workflow.review_source import Proposal
from nolcat_desktop.workflow.sample_content import is_sample


@dataclass(frozen=True, slots=True)
class Ground:
    """What of the library matters for one report, and a digest of how it was."""

    file: str
    sha256: str
    report_type: str
    platforms: frozenset[str]
    """Casefolded."""
    names: tuple[str, ...]
    """What the report's source is called by the report itself, and as proposed or chosen."""
    source_id: int | None
    """statistics_source_ID that is proposed; None: a new one."""
    digest: str = ""


def ground_of(report: Report, member: str | None, proposal: Proposal, library: Library) -> Ground:
    """What `report` was held against.

    Args:
        report: As it was read.
        member: The institution whose rows are meant, if it is of several.
        proposal: Its source.
        library: As it is now.
    """
    own = platforms_in(report, member)
    ground = Ground(
        report.origin.file,
        report.origin.sha256,
        report.report_id or "",
        frozenset(one.casefold() for one in own),
        (proposed_name(report, member), proposal.name),
        proposal.source_id,
    )
    return _dated(ground, _View(library))


def outdated(grounds: Mapping[tuple[str, int], Ground], library: Library) -> frozenset[tuple[str, int]]:
    """Those of `grounds`, by the key of their report, that are not as they were."""
    view = _View(library)
    return frozenset(key for key, ground in grounds.items() if _dated(ground, view) != ground)


class _View:
    """The library, asked once for many reports."""

    def __init__(self, library: Library) -> None:
        self.listed: SourceList = library.sources()
        self.names = self.listed.names()
        self.held = library.holdings()
        loads = [one.load for one in (*self.held, *library.asides())]
        self.members = sorted(members_of(loads, library.decisions().aliases).items())


def _dated(ground: Ground, view: _View) -> Ground:
    matters = (one for one in view.held if _is_beside(ground, one) or is_sample(ground.sha256))
    found = (
        sorted(_named(matters)),
        view.members,
        proposed_id(ground.file, view.names),
        view.names.get(ground.source_id) if ground.source_id is not None else None,
        [view.listed.find(name) for name in ground.names],
    )
    digest = sha256(repr(found).encode()).hexdigest()
    return replace(ground, digest=digest)


def _is_beside(ground: Ground, held: Holding) -> bool:
    """Whether a load is of the same source and report, or of the same platforms: it may prove something of either."""
    load = held.load
    if (load.report_type, load.source_id) == (ground.report_type, ground.source_id):
        return True
    if not ground.platforms:
        return load.report_type == ground.report_type
    return not ground.platforms.isdisjoint(one.casefold() for one in load.scope.platforms)


def _named(held: Iterable[Holding]) -> list[tuple[str, ...]]:
    loads = ((one.path, one.load) for one in held)
    return [
        (path, load.sha256, load.sheet or "", str(load.source_id), str(load.entry), *load.months)
        for path, load in loads
    ]
