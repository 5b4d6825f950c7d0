"""Which complete set is the newest: manifests follow one another, and may be written by two workstations at once.

A manifest that no other one follows or merges is a tip. There is one tip, or two workstations wrote at the same moment;
then whoever sees it next writes one that merges them. The set with the longest chain is the newest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nolcat_desktop.objects import MANIFESTS, Location, Manifest, ManifestEntry, StoredObject, manifest_of
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.sync.plan import Action, Item

_NAME = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Link:
    """A manifest's place in the chain."""

    name: str
    previous: str | None
    merges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a part holds, as a manifest tells it."""

    rows: int = 0
    source_id: int | None = None
    report_type: str | None = None
    releases: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    superseded: bool = False


def name_in(key: str, location: Location) -> str | None:
    """The manifest's name in its key; None if it is no manifest's key."""
    folder, _, file = (location.path(key) or "").partition("/")
    name, _, ending = file.partition(".")
    return name if folder == MANIFESTS and ending == "json" and _NAME.fullmatch(name) else None


def link_told(name: str, follows: str) -> Link:
    """The link that a manifest's metadata tells."""
    previous, *merges = follows.split(",")
    return Link(name, previous or None, tuple(merges))


def telling(manifest: Manifest) -> str:
    """What the metadata of a manifest tells of its link."""
    return ",".join([manifest.previous or "", *sorted(manifest.merges)])


def tips(links: Iterable[Link]) -> tuple[str, ...]:
    """Names that no other manifest follows or merges; the one with the longest chain first."""
    known = {link.name: link for link in links}
    passed = {name for link in known.values() for name in (link.previous, *link.merges) if name}
    return tuple(sorted(set(known) - passed, key=lambda name: (-_length(name, known), name)))


def _length(name: str, known: Mapping[str, Link]) -> int:
    length, at, met = 0, name, {name}
    while at in known:
        length += 1
        following = known[at].previous
        if following is None or following in met:
            break
        met.add(following)
        at = following
    return length


def read_manifest(name: str, text: bytes) -> Manifest:
    """The manifest called `name`.

    Raises:
        NolcatError: If the text is not what was written: its hash is its name.
    """
    try:
        if hashlib.sha256(text).hexdigest()[:12] != name:
            raise ValueError("its content does not fit its name")
        return manifest_of(text)
    except ValueError as error:
        raise NolcatError(
            Problem(
                "The list of a complete set cannot be trusted",
                f"manifests/{name}.json is not what was written there. Nothing was sent.",
                "Ask who looks after the bucket to bring this file back or to take it away, then try again.",
            )
        ) from error


def merged(manifests: Sequence[Manifest], there: Mapping[str, StoredObject]) -> tuple[ManifestEntry, ...]:
    """The objects of several tips together.

    Where they differ, the one holds that lies there: each was written only over what its writer had seen, so it is the
    later one. If neither lies there, the first manifest's holds, and the plan will show that it was changed.
    """
    found: dict[str, ManifestEntry] = {}
    for manifest in manifests:
        for entry in manifest.objects:
            kept = found.setdefault(entry.key, entry)
            lying = there.get(entry.key)
            if kept.sha256 != entry.sha256 and lying is not None and lying.sha256 == entry.sha256:
                found[entry.key] = entry
    return tuple(found.values())


def entry_for(item: Item, stored: StoredObject | None, facts: Facts | None) -> ManifestEntry | None:
    """How the next manifest names a key; None if it does not.

    Args:
        item: A line of the plan that is no conflict.
        stored: What was sent just now.
        facts: What the file holds; not asked for where the last manifest names the same bytes.
    """
    lying = stored or item.remote
    known = item.entry
    if item.action is Action.ONLY_THERE:
        return known
    if known is not None and stored is None and known.sha256 == item.sha256:
        return known
    if lying is None or item.sha256 is None:
        raise ValueError(f"{item.key} was neither sent nor found there")
    told = facts or Facts()
    return ManifestEntry(
        item.key,
        item.kind,
        item.sha256,
        lying.version_id,
        lying.bytes,
        told.rows,
        told.source_id,
        told.report_type,
        told.releases,
        told.months,
        told.superseded,
    )


def next_manifest(library: str, follows: Sequence[str], entries: Iterable[ManifestEntry]) -> Manifest:
    """The manifest of a new complete set; its objects in the order of their keys.

    Args:
        library: The library's id.
        follows: The tips that are there: the first is followed, the others are merged.
        entries: The objects.
    """
    objects = tuple(sorted(entries, key=lambda entry: entry.key))
    return Manifest(library, follows[0] if follows else None, objects, tuple(sorted(follows[1:])))


def says_the_same(manifest: Manifest, newest: Manifest | None) -> bool:
    """Whether there is nothing new to be said."""
    if newest is None or manifest.merges:
        return False  # several tips are to become one
    return sorted(newest.objects, key=lambda entry: entry.key) == list(manifest.objects)
