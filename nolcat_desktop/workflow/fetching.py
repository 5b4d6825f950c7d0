"""Fetching: a whole library from its bucket into a new folder, or the version there of a file in conflict."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nolcat_desktop.dataset import Fault, Library
from nolcat_desktop.dataset.layout import named
from nolcat_desktop.dataset.taking_over import Arrived, take_over
from nolcat_desktop.objects import Kind, Manifest, ManifestEntry
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.looking import FAMILIES, SOURCES, listed, looked_at, sets_there
from nolcat_desktop.sync.transfer import fetch

_FETCHED = "fetched"
"""Folder in the library's `.nolcat` for what arrived and is not taken over yet: the next call goes on with it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched."""

    manifest: Manifest
    entries: tuple[ManifestEntry, ...]
    faults: tuple[Fault, ...]
    """What a check of the whole library found; none when all is well."""
    originals_elsewhere: bool
    """Whether the originals stayed at the workstation that sent the library."""


def fetch_library(library: Library, means: Means) -> Fetched:
    """Fetch the newest complete set into a library that has no parts yet, put it in place whole, and check it.

    Raises:
        NolcatError: If the library has parts, there is no complete set, an object is not what the set names, or the
            cloud or the disk refuses. Nothing is in the library then; what arrived is kept for the next call.
        Cancelled: If the user asked to stop; what arrived is kept for the next call.
    """
    if library.layout.folder.is_dir() and library.layout.parts():
        raise NolcatError(_NOT_EMPTY)
    sets, _ = sets_there(means, with_originals=False)
    if sets.newest is None:
        raise NolcatError(_NO_SET)
    entries = tuple(entry for entry in sets.newest.objects if _path(entry, means))
    folder = library.layout.hidden / _FETCHED
    fetch(entries, folder, means)
    files = {_path(entry, means): entry.sha256 for entry in entries if entry.kind is not Kind.ORIGINAL}
    originals = tuple(entry.sha256 for entry in entries if entry.kind is Kind.ORIGINAL)
    where = f"s3://{means.store.location.bucket}/{means.store.location.prefix}"
    take_over(library, f"Fetch the library from {where}", Arrived(folder, files, originals))
    _remember(sets.newest, entries, means)
    shutil.rmtree(folder, ignore_errors=True)
    return Fetched(sets.newest, entries, tuple(library.verify(means.progress)), not originals)


def keep_theirs(library: Library, means: Means, keys: Sequence[str]) -> int | None:
    """Decide conflicts for what lies there: fetch it and put it in the place of ours, which undo brings back.

    Args:
        library: The library.
        means: Store, catalog, pace and progress.
        keys: Keys of parts.

    Returns:
        The entry in the history; None if the library has these versions already.

    Raises:
        NolcatError: If a key is not there or no part, months would be counted twice, or the cloud or the disk refuses.
            The library is then as before.
    """
    there = looked_at(means, listed(means, with_originals=False), keys)
    folder = library.layout.hidden / _FETCHED
    entries = []
    for key in keys:
        path = means.store.location.path(key) or ""
        found = there.get(key)
        if found is None or found.sha256 is None or named(path.rpartition("/")[2]) is None:
            raise NolcatError(_not_there(key))
        entries.append(ManifestEntry(key, Kind.PART, found.sha256, found.version_id, found.bytes))
    fetch(entries, folder, means)
    files: Mapping[str, str] = {_path(entry, means): entry.sha256 for entry in entries}
    entry = take_over(library, f"Keep the version in the bucket of {', '.join(files)}", Arrived(folder, files))
    for one in entries:
        means.catalog.agree(one.key, one.sha256)
    shutil.rmtree(folder, ignore_errors=True)
    return entry


def send_ours(means: Means, keys: Sequence[str]) -> dict[str, str]:
    """Decide conflicts for what is here: what goes into `Wanted.ours`, good for the version that lies there now.

    Raises:
        NolcatError: If a key is not there.
    """
    there = {key: means.store.listed(key) for key in keys}
    missing = [key for key, found in there.items() if found is None]
    if missing:
        raise NolcatError(_not_there(missing[0]))
    return {key: found.etag for key, found in there.items() if found is not None}


def _path(entry: ManifestEntry, means: Means) -> str:
    """Where an object belongs in the library; empty if nowhere: a manifest is not to write outside of it."""
    path = means.store.location.path(entry.key) or ""
    folder, _, name = path.partition("/")
    if entry.kind is Kind.SOURCES:
        return SOURCES if path == SOURCES else ""
    if entry.kind is Kind.PART:
        fits = folder in FAMILIES and name.lower().endswith(".parquet")
    else:
        fits = folder == "originals" and name == entry.sha256
    return path if fits and "/" not in name and "\\" not in name and not name.startswith(".") else ""


def _remember(manifest: Manifest, entries: Sequence[ManifestEntry], means: Means) -> None:
    for entry in entries:
        means.catalog.agree(entry.key, entry.sha256)
    means.catalog.library = manifest.library


def _not_there(key: str) -> Problem:
    return Problem(
        f"There is no part {key} in the bucket",
        "It may have been named by mistake, or taken away. Nothing was changed.",
        "Look at the plan again (nolcat sync --dry-run), and name a key that stands there.",
    )


_NOT_EMPTY = Problem(
    "This library has parts already",
    "A library is fetched whole into an empty one, so that nothing is mixed. Nothing was changed.",
    "Choose a new folder; to bring both together, send this library instead.",
)
_NO_SET = Problem(
    "There is no complete library in the bucket",
    "No complete set was sent to this place yet, or the prefix is another one. Nothing was fetched.",
    "Look at bucket and prefix; the workstation that has the library must send it first.",
)
