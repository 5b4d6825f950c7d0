"""What lies in the bucket: listed, looked at where it matters, and which complete set is the newest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from nolcat_desktop.objects import MANIFESTS, Kind, Manifest, StoredObject
from nolcat_desktop.sync.arrival import Means, Tally, hash_there
from nolcat_desktop.sync.chain import Link, link_told, merged, name_in, read_manifest, tips
from nolcat_desktop.sync.crew import Crew, patiently

T = TypeVar("T")
_LOOKING = "Looking"
FAMILIES = ("PR", "DR", "TR", "IR")
"""Folders of parts (design 3.2)."""
ORIGINALS = "originals"
SOURCES = "statistics_sources.csv"


@dataclass(frozen=True, slots=True)
class Sets:
    """The complete sets there."""

    newest: Manifest | None
    """Those that were written at the same moment merged; None if there is none."""
    tips: tuple[str, ...] = ()
    """Names of the newest manifests, more than one if several were written at the same moment."""


def listed(means: Means, with_originals: bool) -> dict[str, StoredObject]:
    """The library's files there, by key: parts, the list of sources, and the originals if they are asked for."""
    found: dict[str, StoredObject] = {}
    crew = _crew(means)
    for folder in (*FAMILIES, *([ORIGINALS] if with_originals else [])):
        for one in crew.one(partial(_folder, means, folder)):
            path = means.store.location.path(one.key) or ""
            if path.count("/") == 1 and (folder == ORIGINALS or path.lower().endswith(".parquet")):
                found[one.key] = one
    key = means.store.location.key(SOURCES)
    sources = crew.one(lambda: patiently(lambda: means.store.listed(key), means.pace, means.patience))
    return found if sources is None else {**found, sources.key: sources}


def _folder(means: Means, folder: str) -> list[StoredObject]:
    return patiently(lambda: list(means.store.listing(folder)), means.pace, means.patience)


def _look(means: Means, key: str) -> StoredObject | None:
    return patiently(lambda: means.store.look(key), means.pace, means.patience)


def looked_at(means: Means, there: Mapping[str, StoredObject], keys: Iterable[str]) -> dict[str, StoredObject]:
    """`there`, with SHA-256, version and writer of the objects in `keys`; those that are known are not asked for again.

    An object that was written by another program tells no SHA-256: it is read and counted once.
    """
    found = dict(there)
    unknown = []
    for key in keys:
        one = there.get(key)
        if one is None or one.sha256 is not None:
            continue
        known = means.catalog.seen(one)
        if known is None or known.sha256 is None:
            unknown.append(key)
        else:
            found[key] = known
    for key, one in _each(means, "Comparing", [_look_job(means, key) for key in unknown]):
        if one is None:
            found.pop(key, None)
        else:
            means.catalog.see(one)
            found[key] = one
    return found


def _look_job(means: Means, key: str) -> Callable[[], tuple[str, StoredObject | None]]:
    def look() -> tuple[str, StoredObject | None]:
        found = _look(means, key)
        if found is not None and found.sha256 is None:
            found = replace(found, sha256=hash_there(found, means))
        return key, found

    return look


def links(means: Means) -> tuple[Link, ...]:
    """The place in the chain of every manifest there."""
    crew = _crew(means)
    names = [
        name
        for one in crew.one(lambda: _folder(means, MANIFESTS))
        if (name := name_in(one.key, means.store.location)) is not None
    ]
    known = [(name, means.catalog.link(name)) for name in names]
    found = [Link(name, *told) for name, told in known if told is not None]
    for link in _each(means, _LOOKING, [_link_job(means, name) for name, told in known if told is None]):
        means.catalog.learn_link(link.name, link.previous, link.merges)
        found.append(link)
    return tuple(found)


def _link_job(means: Means, name: str) -> Callable[[], Link]:
    def learn() -> Link:
        told = _look(means, _key(means, name))
        if told is not None and told.follows is not None:
            return link_told(name, told.follows)
        manifest = _read(means, name)
        return Link(name, manifest.previous, manifest.merges)

    return learn


def manifests(means: Means, names: Sequence[str]) -> tuple[Manifest, ...]:
    """The manifests of these names.

    Raises:
        NolcatError: If one is not what was written.
    """
    crew = _crew(means)
    return tuple(crew.one(partial(_read, means, name)) for name in names)


def sets_there(means: Means, with_originals: bool) -> tuple[Sets, dict[str, StoredObject]]:
    """The newest complete set, and what lies there, with a look at all that the set names.

    Originals are listed if they are asked for, or if the set has some.
    """
    found = tips(links(means))
    read = manifests(means, found)
    entries = [entry for one in read for entry in one.objects]
    there = listed(means, with_originals or any(entry.kind is Kind.ORIGINAL for entry in entries))
    looked = looked_at(means, there, sorted({entry.key for entry in entries}))
    if not read:
        return Sets(None), looked
    newest = read[0] if len(read) == 1 else replace(read[0], objects=merged(read, looked))
    return Sets(newest, found), looked


def _read(means: Means, name: str) -> Manifest:
    text = patiently(lambda: means.store.read(_key(means, name)), means.pace, means.patience)
    return read_manifest(name, text)


def _key(means: Means, name: str) -> str:
    return means.store.location.key(f"{MANIFESTS}/{name}.json")


def _crew(means: Means) -> Crew[Any]:
    return Crew(means.pace, lambda: _tell(means, _LOOKING, 0, 0), means.hands)


def _tell(means: Means, phase: str, done: int, total: int) -> None:
    """Also that it is waited for the network, where somebody watches."""
    waiting = means.pace.waiting
    if means.watch is not None:
        means.watch(Tally(0, 0, 0, 0, None, waiting))
    means.progress.tell(phase, done, total, f"{waiting}; it goes on by itself" if waiting else "")


def _each(means: Means, phase: str, jobs: Sequence[Callable[[], T]]) -> Iterator[T]:
    done = 0

    def tell() -> None:
        _tell(means, phase, done, len(jobs))

    for found in Crew[T](means.pace, tell, means.hands).work(jobs):
        done += 1
        yield found
