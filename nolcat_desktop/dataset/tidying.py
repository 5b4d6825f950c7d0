"""Freeing earlier versions: what they take, and what can no longer be taken back afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.entries import TIDIED, last_of_each, tidied_up_to
from nolcat_desktop.dataset.files import remove_file, sync_folder
from nolcat_desktop.dataset.journal import Journal, append
from nolcat_desktop.dataset.layout import Layout
from nolcat_desktop.dataset.parts import Part
from nolcat_desktop.dataset.publish import BeforeStep, changes_of


@dataclass(frozen=True, slots=True)
class Tidying:
    """What tidying up would free, or freed."""

    versions: tuple[str, ...]
    """SHA-256 of each earlier version."""
    originals: tuple[str, ...]
    """SHA-256 of each original that no load refers to, live or aside; they are freed only when asked for."""
    bytes_of_versions: int
    bytes_of_originals: int
    entries: tuple[int, ...]
    """Entries of the history that can be undone or redone now and could not afterwards."""


def tidying(layout: Layout, journal: Journal, parts: Iterable[Part]) -> Tidying:
    """What there is to free; nothing is changed.

    Args:
        layout: The library.
        journal: Its history.
        parts: Every part, live and aside.

    Raises:
        NolcatError: If a folder cannot be read.
    """
    used = {load.sha256 for part in parts for load in part.loads}
    end = tidied_up_to(journal)
    with disk(layout.folder):
        versions = _sizes(layout, "versions")
        originals = {name: size for name, size in _sizes(layout, "originals").items() if name not in used}
    reachable = tuple(sorted(number for number, record in last_of_each(journal).items() if record["n"] > end))
    return Tidying(
        tuple(sorted(versions)), tuple(sorted(originals)), sum(versions.values()), sum(originals.values()), reachable
    )


def tidy(layout: Layout, journal: Journal, freed: Tidying, when: datetime, before_step: BeforeStep) -> None:
    """Free what `freed` names, the lock being held. The journal is told first, so a crash leaves only more to free.

    Args:
        layout: The library.
        journal: Its history, nothing pending.
        freed: From `tidying`, asked while the lock is held; without its originals if they are to stay.
        when: Now.
        before_step: Told each step.

    Raises:
        NolcatError: If the disk refuses.
    """
    size = freed.bytes_of_versions + freed.bytes_of_originals
    before_step("tidied")
    told = {"kind": TIDIED, "when": when.isoformat(timespec="seconds"), "upto": len(journal.records), "bytes": size}
    append(layout, journal, told)
    files = [layout.versions / name for name in freed.versions]
    files += [layout.originals / name for name in freed.originals]
    with disk(layout.folder):
        for file in files:
            before_step(f"free {file.name}")
            remove_file(file)
        for folder in {file.parent for file in files}:
            sync_folder(folder)


def needed_versions(journal: Journal) -> dict[str, str]:
    """SHA-256 of each version that undo or redo needs → the path of the part that it is of."""
    end = tidied_up_to(journal)
    return {
        change.before: change.path
        for record in last_of_each(journal).values()
        if record["n"] > end and record["does"] != "rebuild"
        for change in changes_of(record)
        if change.before is not None
    }


def _sizes(layout: Layout, name: str) -> dict[str, int]:
    folder = layout.versions if name == "versions" else layout.originals
    if not folder.is_dir():
        return {}
    return {file.name: file.stat().st_size for file in folder.iterdir() if file.is_file() and len(file.name) == 64}  # noqa: PLR2004 - a SHA-256 in hex
