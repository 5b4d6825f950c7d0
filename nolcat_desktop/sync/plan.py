"""What would be done, key by key, and why: nothing is asked of anyone here, so it can be thought through and tested.

Three things are compared: the file here, the object there, and what both had in common the last time they met. A change
there is never taken for ours: it is a conflict, and shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from nolcat_desktop.objects import Kind, Manifest, ManifestEntry, StoredObject


class Action(StrEnum):
    """What is done with a key (design 3.3)."""

    UPLOAD = "upload"
    SAME = "same"
    CONFLICT = "conflict"
    ONLY_THERE = "only_there"


class Change(StrEnum):
    """How here and there differ."""

    NEW = "new"
    SAME = "same"
    HERE = "changed here"
    THERE = "changed there"
    BOTH = "changed here and there"
    UNRELATED = "another file of this name"
    LOST = "not there any more"
    ONLY_THERE = "only there"
    OURS = "ours is to replace it"


@dataclass(frozen=True, slots=True)
class Local:
    """A file of the library as it could be sent."""

    key: str
    kind: Kind
    sha256: str
    file: Path | None = None
    """None when `content` holds it."""
    content: bytes | None = None
    bytes: int = 0
    about: str = ""
    """What it holds, for the reader: `EBSCO, Jan – Sep 2026`."""
    history: tuple[str, ...] = ()
    """SHA-256 of what the file was before, the oldest first."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the plan."""

    key: str
    action: Action
    change: Change
    reason: str
    bytes: int
    sha256: str | None
    """Of what the set will hold: ours if it is sent, else theirs as far as it is known."""
    kind: Kind
    local: Local | None = None
    remote: StoredObject | None = None
    entry: ManifestEntry | None = None
    """What the last complete set says of it."""

    @property
    def replaces(self) -> str | None:
        """The etag of what an upload replaces."""
        return self.remote.etag if self.remote else None


@dataclass(frozen=True, slots=True)
class Plan:
    """Every key, in order."""

    items: tuple[Item, ...]
    previous: Manifest | None
    """The newest complete set there; None if there is none."""
    versions: bool | None
    """Whether the bucket keeps earlier versions; None if it may not be asked."""

    def of(self, action: Action) -> tuple[Item, ...]:
        """The lines with this action."""
        return tuple(item for item in self.items if item.action is action)

    @property
    def bytes_to_send(self) -> int:
        """How much is to be sent."""
        return sum(item.bytes for item in self.of(Action.UPLOAD))


@dataclass(frozen=True, slots=True)
class There:
    """What is known of the bucket."""

    objects: Mapping[str, StoredObject]
    """By key, with their SHA-256 wherever a file here or the newest set has that key."""
    newest: Manifest | None = None
    versions: bool | None = None
    agreed: Mapping[str, str] = field(default_factory=dict)
    """Key → SHA-256 that both sides last had in common."""


def make_plan(files: Iterable[Local], there: There, ours: Mapping[str, str] | None = None) -> Plan:
    """Compare.

    Args:
        files: What is here.
        there: What is there.
        ours: Conflicts that were decided for what is here: key → etag of what it is to replace. It holds for that
            version alone; what was written there since is a conflict again.
    """
    entries = {entry.key: entry for entry in there.newest.objects} if there.newest else {}
    here = {one.key: one for one in files}
    items = [_with_local(one, there, entries.get(one.key), (ours or {}).get(one.key)) for one in here.values()]
    items += _only_there({*there.objects, *entries} - set(here), there, entries)
    return Plan(tuple(sorted(items, key=lambda item: item.key)), there.newest, there.versions)


def _with_local(local: Local, there: There, entry: ManifestEntry | None, ours: str | None) -> Item:
    remote = there.objects.get(local.key)
    change = _change(local, remote, there.agreed.get(local.key), entry)
    if remote is not None and change in _CONFLICTS and ours == remote.etag:
        change = Change.OURS
    action = _ACTIONS.get(change, Action.UPLOAD)
    sha256 = local.sha256 if action is not Action.CONFLICT or remote is None else remote.sha256
    reason = _reason(change, local.about, remote)
    return Item(local.key, action, change, reason, local.bytes, sha256, local.kind, local, remote, entry)


def _change(local: Local, remote: StoredObject | None, agreed: str | None, entry: ManifestEntry | None) -> Change:
    if remote is None:
        return Change.LOST if agreed or entry else Change.NEW
    if remote.sha256 == local.sha256:
        return Change.SAME
    if agreed is None:
        return Change.HERE if remote.sha256 in local.history else Change.UNRELATED
    if remote.sha256 == agreed:
        return Change.HERE
    if local.sha256 == agreed:
        return Change.THERE
    later = local.history[local.history.index(agreed) + 1 :] if agreed in local.history else ()
    return Change.HERE if remote.sha256 in later else Change.BOTH


_CONFLICTS = frozenset({Change.THERE, Change.BOTH, Change.UNRELATED})
_ACTIONS = {Change.SAME: Action.SAME} | dict.fromkeys(_CONFLICTS, Action.CONFLICT)


def _reason(change: Change, about: str, remote: StoredObject | None) -> str:
    match change:
        case Change.THERE | Change.BOTH | Change.UNRELATED:
            said = f"{change}{_by(remote)}"
        case Change.LOST:
            said = "was sent before and is not there any more: it is sent again"
        case _:
            said = str(change)
    return f"{about}, {said}" if about and change is not Change.SAME else said


def _by(remote: StoredObject | None) -> str:
    if remote is None:
        return ""
    writer = f" by {remote.writer}" if remote.writer else ""
    return f"{writer}, {remote.modified[:16].replace('T', ' ')} UTC" if remote.modified else writer


def _only_there(keys: Iterable[str], there: There, entries: Mapping[str, ManifestEntry]) -> Iterator[Item]:
    for key in keys:
        yield _one_only_there(key, there.objects.get(key), entries.get(key), bool(there.versions))


def _one_only_there(key: str, remote: StoredObject | None, entry: ManifestEntry | None, versions: bool) -> Item:
    """A set may go on naming an earlier version only where the bucket keeps it."""
    kept = versions and entry is not None and entry.version_id is not None
    action = Action.ONLY_THERE
    if entry is None:
        reason = f"only there, and in no complete set{_by(remote)}"
    elif remote is None:
        action = Action.ONLY_THERE if kept else Action.CONFLICT
        reason = "was removed there; the last complete set names it"
    elif remote.sha256 is not None and remote.sha256 != entry.sha256:
        action = Action.ONLY_THERE if kept else Action.CONFLICT
        reason = f"changed there since the last complete set{_by(remote)}"
    else:
        reason = "only there: part of the last complete set"
    size = remote.bytes if remote else entry.bytes if entry else 0
    sha256 = entry.sha256 if entry else remote.sha256 if remote else None
    kind = entry.kind if entry else Kind.PART
    return Item(key, action, Change.ONLY_THERE, reason, size, sha256, kind, None, remote, entry)
