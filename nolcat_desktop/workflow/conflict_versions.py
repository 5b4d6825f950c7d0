"""The two versions of a file in conflict, side by side: who, when, how many rows, and the sums for each metric."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from nolcat_desktop.dataset import Holding, Library
from nolcat_desktop.dataset.parts import read_part
from nolcat_desktop.objects import Kind
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.plan import Item
from nolcat_desktop.sync.transfer import fetch
from nolcat_desktop.workflow.cloud_session import Session
from nolcat_desktop.workflow.sending_place import opened_place
from nolcat_desktop.workflow.sending_twice import entry_of


@dataclass(frozen=True, slots=True)
class Side:
    """One version."""

    who: str
    """User and workstation; empty if not told."""
    when: datetime | None
    bytes: int
    rows: int | None
    """None while unknown."""
    sums: Mapping[str, Mapping[str, int]] | None
    """metric_type → month → sum; None while unknown."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Both versions of one key."""

    key: str
    ours: Side | None
    """None if there is none here."""
    theirs: Side | None
    """None if there is none there."""
    can_decide: bool
    """Whether it is a part: then both “keep theirs” and “send ours” can be chosen."""


def versions_of(library: Library, item: Item) -> Versions:
    """What is known of both without asking anybody."""
    return Versions(item.key, _ours(library, item), _theirs(item), _can_decide(item))


def compared(session: Session, library: Library, item: Item, progress: Progress) -> Versions:
    """The same, with theirs fetched to be looked at; it is kept nowhere.

    Raises:
        NolcatError: If it cannot be fetched or read.
        Cancelled: If the user asked to stop.
    """
    known = versions_of(library, item)
    if item.remote is None or item.remote.sha256 is None or item.kind is not Kind.PART or known.theirs is None:
        return known
    with opened_place(library, session.clients, progress, keep=False) as place, TemporaryDirectory() as folder:
        fetch([entry_of(item)], Path(folder), place.means)
        path = place.means.store.location.path(item.key) or ""
        holdings = read_part(path, Path(folder) / item.remote.sha256).holdings()
        rows, sums = _counted(holdings)
    theirs = Side(known.theirs.who, known.theirs.when, known.theirs.bytes, rows, sums)
    return Versions(item.key, known.ours, theirs, known.can_decide)


def _ours(library: Library, item: Item) -> Side | None:
    if item.local is None:
        return None
    file = item.local.file
    when = datetime.fromtimestamp(file.stat().st_mtime, UTC) if file is not None and file.is_file() else None
    if item.kind is not Kind.PART or file is None:
        return Side("", when, item.local.bytes, None, None)
    mine = [one for one in library.holdings() if library.layout.at(one.path) == file]
    rows, sums = _counted(mine)
    return Side("", when, item.local.bytes, rows, sums)


def _theirs(item: Item) -> Side | None:
    remote = item.remote
    if remote is None:
        return None
    when = datetime.fromisoformat(remote.modified) if remote.modified else None
    when = when.replace(tzinfo=UTC) if when is not None and when.tzinfo is None else when
    known = item.entry is not None and item.entry.sha256 == remote.sha256
    return Side(remote.writer, when, remote.bytes, item.entry.rows if item.entry and known else None, None)


def _can_decide(item: Item) -> bool:
    return item.kind is Kind.PART and item.remote is not None and item.remote.sha256 is not None


def _counted(holdings: Iterable[Holding]) -> tuple[int, dict[str, dict[str, int]]]:
    rows, sums = 0, dict[str, dict[str, int]]()
    for one in holdings:
        rows += one.load.tally.rows
        for metric, by_month in one.load.tally.sums.items():
            own = sums.setdefault(metric, {})
            for month, count in by_month.items():
                own[month] = own.get(month, 0) + count
    return rows, sums
