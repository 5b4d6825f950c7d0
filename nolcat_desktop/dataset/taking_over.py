"""Taking over files from another place whole, as one run of the history: a fetched library, or a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nolcat_desktop.dataset.border import damaged_part, disk
from nolcat_desktop.dataset.decisions import decisions_of
from nolcat_desktop.dataset.elsewhere import ELSEWHERE
from nolcat_desktop.dataset.files import keep_file, make_folder, sha256_of
from nolcat_desktop.dataset.history import next_entry
from nolcat_desktop.dataset.journal import Journal, append
from nolcat_desktop.dataset.layout import SOURCES
from nolcat_desktop.dataset.library import Library
from nolcat_desktop.dataset.one_member import another_member
from nolcat_desktop.dataset.originals import is_kept, keep_original
from nolcat_desktop.dataset.overlaps import Overlap, overlaps
from nolcat_desktop.dataset.parts import Part, read_part
from nolcat_desktop.dataset.publish import SENT, Change, publish, state_of
from nolcat_desktop.dataset.run import Setting, prepare
from nolcat_desktop.dataset.run_record import Told, record_of
from nolcat_desktop.dataset.sources import read_sources
from nolcat_desktop.problem import NolcatError, Problem


@dataclass(frozen=True, slots=True)
class Arrived:
    """Files that lie ready in a folder, each named by its SHA-256."""

    folder: Path
    """On the library's disk."""
    files: Mapping[str, str]
    """Path in the library → SHA-256: parts and the list of sources."""
    originals: tuple[str, ...] = ()
    """SHA-256 of originals."""


def take_over(library: Library, what: str, arrived: Arrived) -> int | None:
    """Put the files into the library, whole or not at all; what they replace can be brought back by undo.

    The parts count as sent from now on, for they lie elsewhere too. Originals that did not arrive are noted as being
    elsewhere, so that `verify` does not miss them.

    Args:
        library: The library, which may be empty.
        what: What was done, one line for the history.
        arrived: The files; they stay in their folder.

    Returns:
        The number of the entry; None if everything was there already.

    Raises:
        NolcatError: If a part cannot be read, was changed by something else, is of another member, or would count
            months twice; if the disk refuses. The library is then as before.
    """
    with library._holding() as journal:  # the same room
        prepare(library.layout)
        found = (_change(library, journal, path, sha256) for path, sha256 in sorted(arrived.files.items()))
        changes = [change for change in found if change is not None]
        for change in changes:
            _stage(library, arrived.folder, str(change.after))
        for sha256 in arrived.originals:
            _stage(library, arrived.folder, sha256)
            keep_original(library.layout, library.layout.unfinished / sha256, sha256)
        if not changes:
            return None
        setting = Setting(
            library.layout, journal, next_entry(journal), library._program, what, library._clock(), library._before_step
        )
        parts = [_read(library, change) for change in changes if change.path != SOURCES]
        record = _record(library, setting, changes, parts)
        journal = publish(library.layout, journal, changes, record, library._before_step)
        _mark(library, journal, arrived)
        return setting.entry


def _change(library: Library, journal: Journal, path: str, sha256: str) -> Change | None:
    file = library.layout.at(path)
    with disk(file):
        found = sha256_of(file) if file.is_file() else None
    state = state_of(journal.records)
    if path != SOURCES and path in state and state[path] != found:
        raise damaged_part(path, "it is not the file that was written here")
    return None if found == sha256 else Change(path, found, sha256)


def _stage(library: Library, folder: Path, sha256: str) -> None:
    target = library.layout.unfinished / sha256
    with disk(target):
        make_folder(target.parent)
        keep_file(folder / sha256, target, target.with_name(f"keep-{sha256}"))
        if sha256_of(target) != sha256:
            raise damaged_part(str(folder / sha256), "it is not the file that arrived")


def _read(library: Library, change: Change) -> Part:
    return read_part(change.path, library.layout.unfinished / str(change.after))


def _record(library: Library, setting: Setting, changes: Sequence[Change], parts: Sequence[Part]) -> dict[str, object]:
    changed = {change.path for change in changes}
    live = library._index.holdings()
    stay = [held for held in live if held.path not in changed]
    come = [held for part in parts for held in part.holdings()]
    found = [one for one in overlaps([*stay, *come]) if {one.first.path, one.second.path} & changed]
    if found:
        raise NolcatError(_counted_twice(found[0]))
    names = {held.load.scope.member for held in come} - {None}
    loads = [held.load for held in (*stay, *library.asides())]
    if problem := another_member((str(name) for name in names), loads, decisions_of(setting.journal).aliases):
        raise NolcatError(problem)
    told = Told(stored=[held.load for held in come], removed=[held.load for held in live if held.path in changed])
    highest = _highest(library, changes)
    wanted = {held.load.sha256 for held in come if held.load.sha256}
    return {
        **record_of(setting, told, changes, [*stay, *come], highest),
        ELSEWHERE: sorted(sha256 for sha256 in wanted if not is_kept(library.layout, sha256)),
    }


def _highest(library: Library, changes: Sequence[Change]) -> int:
    own = library.sources().highest
    for change in changes:
        if change.path == SOURCES:
            rows = read_sources(library.layout.unfinished / str(change.after)).rows
            return max([own, *(row.source_id for row in rows if row.local)])
    return own


def _mark(library: Library, journal: Journal, arrived: Arrived) -> None:
    parts = {path: sha256 for path, sha256 in arrived.files.items() if path != SOURCES}
    when = library._clock().isoformat(timespec="seconds")
    append(library.layout, journal, {"kind": SENT, "when": when, "parts": parts})


def _counted_twice(found: Overlap) -> Problem:
    load = found.first.load
    return Problem(
        "Taking this over would count months twice",
        f"{', '.join(found.months)} of {load.report_type} of statistics source {load.source_id} would be both in "
        f"{found.first.path} and in {found.second.path}. Nothing was changed.",
        "Decide which file is right, and remove those months of the other one; then do it again.",
    )
