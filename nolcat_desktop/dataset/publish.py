"""Publishing several files at once, or none of them, whatever happens in between.

New files lie finished in `.nolcat/unfinished`, named by their SHA-256; the files that they replace get a second name in
`.nolcat/versions`. Then the journal says `begun`, the files are renamed into place, and the journal says `done`. Who
finds a `begun` without `done` goes on with it when every new file is there, else brings back what was there before.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.files import (
    copy_file,
    keep_file,
    make_folder,
    remove_file,
    replace_file,
    sha256_of,
    sync_folder,
)
from nolcat_desktop.dataset.journal import Journal, Record, append, read_journal
from nolcat_desktop.dataset.layout import Layout
from nolcat_desktop.problem import NolcatError, Problem

BEGUN, DONE, ROLLED_BACK, SENT = "begun", "done", "rolled back", "sent"
BeforeStep = Callable[[str], None]
"""Told the name of each step before it is taken; for tests that stop at one."""


def unwatched(step: str) -> None:
    """Take every step without a word."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file that is replaced, made or removed."""

    path: str
    """From the library's folder, with `/`."""
    before: str | None
    """SHA-256 of what is there; None when there is nothing."""
    after: str | None
    """SHA-256 of what will be there; None when there will be nothing."""

    def reversed(self) -> Change:
        """What takes it back."""
        return Change(self.path, self.after, self.before)


def changes_of(record: Record) -> tuple[Change, ...]:
    """The changes that a `begun` record names."""
    return tuple(Change(one["path"], one["before"], one["after"]) for one in record["files"])


def publish(
    layout: Layout, journal: Journal, changes: Sequence[Change], told: Mapping[str, Any], before_step: BeforeStep
) -> Journal:
    """Put the files of `changes` into place; `unfinished` holds each new one under its SHA-256, synced.

    Args:
        layout: The library, whose lock is held.
        journal: Its history, in step on the disk.
        changes: What is to be done; the files are as `before` says.
        told: What the `begun` record says besides.
        before_step: Told each step.

    Returns:
        The journal with the two new records.

    Raises:
        NolcatError: If the disk refuses; then the library is as before, or will be at its next opening.
    """
    with disk(layout.folder):
        before_step("versions")
        _keep_versions(layout, changes)
        sync_folder(layout.unfinished)
    before_step("begun")
    if len(read_journal(layout).records) != len(journal.records):
        raise NolcatError(_OVERTAKEN)
    journal = append(layout, journal, {"kind": BEGUN, **told, "files": [asdict(change) for change in changes]})
    try:
        with disk(layout.folder):
            _apply(layout, changes, before_step)
    except NolcatError:
        recover(layout, journal, forward=False)
        raise
    before_step("done")
    return append(layout, journal, {"kind": DONE, "of": len(journal.records)})


def pending(journal: Journal) -> Record | None:
    """The `begun` record that is neither done nor rolled back, or None."""
    settled = {record["of"] for record in journal.records if record["kind"] in (DONE, ROLLED_BACK)}
    begun = [record for record in journal.records if record["kind"] == BEGUN and record["n"] not in settled]
    return begun[-1] if begun else None


def recover(layout: Layout, journal: Journal, forward: bool = True) -> Journal:
    """Bring a run that was interrupted to its end, or back to its beginning; asked for only while the lock is held.

    Args:
        layout: The library.
        journal: Its history, in step on the disk.
        forward: Whether going on is allowed.

    Raises:
        NolcatError: If neither can be done because files were taken away meanwhile.
    """
    record = pending(journal)
    if record is None:
        return journal
    changes = changes_of(record)
    with disk(layout.folder):
        if forward and all(_can_become(layout, change) for change in changes):
            _apply(layout, changes, unwatched)
            outcome = DONE
        elif all(_can_go_back(layout, change) for change in changes):
            for change in changes:
                if change.before is not None and not _is(layout, change.path, change.before):
                    stage_version(layout, change.before)
            _apply(layout, [change.reversed() for change in changes], unwatched)
            outcome = ROLLED_BACK
        else:
            raise NolcatError(_stuck(changes))
    return append(layout, journal, {"kind": outcome, "of": record["n"]})


def clear_unfinished(layout: Layout) -> None:
    """Remove what unpublished runs left behind; what cannot be removed now is left for the next time."""
    shutil.rmtree(layout.unfinished, ignore_errors=True)


def stage_version(layout: Layout, sha256: str) -> None:
    """Copy an earlier version into `unfinished`, and check it.

    Raises:
        NolcatError: If it is not there, or damaged.
    """
    source, target = layout.versions / sha256, layout.unfinished / sha256
    with disk(source):
        make_folder(layout.unfinished)
        if source.is_file():
            copy_file(source, target)
        if not target.is_file() or sha256_of(target) != sha256:
            raise NolcatError(_NO_VERSION)


def state_of(records: Iterable[Record]) -> dict[str, str | None]:
    """Path → SHA-256 of what should be there now (None: nothing), as the history says."""
    state: dict[str, str | None] = {}
    for record in effective(records):
        state |= {change.path: change.after for change in changes_of(record)}
    return state


def effective(records: Iterable[Record]) -> list[Record]:
    """The `begun` records that were carried out, in order."""
    listed = list(records)
    done = {record["of"] for record in listed if record["kind"] == DONE}
    return [record for record in listed if record["kind"] == BEGUN and record["n"] in done]


def _keep_versions(layout: Layout, changes: Sequence[Change]) -> None:
    make_folder(layout.versions)
    for change in changes:
        make_folder(layout.at(change.path).parent)
        if change.before is not None:
            keep_file(
                layout.at(change.path), layout.versions / change.before, layout.unfinished / f"keep-{change.before}"
            )
    sync_folder(layout.versions)


def _apply(layout: Layout, changes: Sequence[Change], before_step: BeforeStep) -> None:
    """Bring every file to its `after`, those that have it already left alone; then sync the folders."""
    folders = set()
    for change in changes:
        before_step(f"change {change.path}")
        target = layout.at(change.path)
        if change.after is None and not target.parent.is_dir():
            continue
        folders.add(target.parent)
        make_folder(target.parent)
        if change.after is None:
            remove_file(target)
        elif (layout.unfinished / change.after).is_file():
            replace_file(layout.unfinished / change.after, target)
    for folder in sorted(folders):
        sync_folder(folder)


def _is(layout: Layout, path: str, sha256: str | None) -> bool:
    file = layout.at(path)
    return not file.exists() if sha256 is None else file.is_file() and sha256_of(file) == sha256


def _can_become(layout: Layout, change: Change) -> bool:
    if change.after is None or _is(layout, change.path, change.after):
        return True
    staged = layout.unfinished / change.after
    return staged.is_file() and sha256_of(staged) == change.after


def _can_go_back(layout: Layout, change: Change) -> bool:
    if change.before is None or _is(layout, change.path, change.before):
        return True
    version = layout.versions / change.before
    return version.is_file() and sha256_of(version) == change.before


def _stuck(changes: Sequence[Change]) -> Problem:
    return Problem(
        "A change of the library was interrupted and cannot be brought to an end",
        "Files that are needed to go on or back are missing or damaged. Numbers of these parts cannot be trusted: "
        + ", ".join(change.path for change in changes),
        "Bring the library's folder, with .nolcat in it, back from a backup.",
    )


_OVERTAKEN = Problem(
    "Another program changed the library meanwhile",
    "The library's lock did not keep it away, as happens on some network drives. Nothing was changed here.",
    "Look at the library as it is now, then do it again. Let one computer at a time change the library.",
)
_NO_VERSION = Problem(
    "The earlier version is not there any more",
    "What is to be brought back was removed or damaged, so nothing was changed.",
    "Load the originals again, or bring the library back from a backup.",
)
