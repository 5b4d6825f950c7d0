"""What the library knows of its files that a sender must know: what each should be, and what it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nolcat_desktop.dataset.border import damaged_part, disk
from nolcat_desktop.dataset.files import sha256_of
from nolcat_desktop.dataset.journal import Journal, read_journal
from nolcat_desktop.dataset.layout import Layout, named
from nolcat_desktop.dataset.library import Library
from nolcat_desktop.dataset.parts import Part, read_part
from nolcat_desktop.dataset.publish import changes_of, effective, state_of
from nolcat_desktop.problem import NolcatError, Problem

_NAMED = 4


@dataclass(frozen=True, slots=True)
class SendingState:
    """The files as the history knows them."""

    paths: tuple[str, ...]
    """Every part that is there."""
    expected: Mapping[str, str | None]
    """Path → SHA-256 that it should have; parts that NoLCAT itself wrote are not in it."""
    earlier: Mapping[str, tuple[str, ...]]
    """Path → SHA-256 of every content that it had, the oldest first."""


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What a part holds."""

    rows: int
    source_id: int | None
    report_type: str | None
    releases: tuple[str, ...]
    months: tuple[str, ...]
    """yyyy-mm, ascending."""
    superseded: bool
    originals: tuple[str, ...]
    """SHA-256 of the files that it was made from."""


def sending_state(library: Library) -> SendingState:
    """The library's files as they are now.

    Raises:
        NolcatError: If a part that should be there is not: a set without it would be smaller without a word.
    """
    library.history()  # a run that was interrupted is brought to its end first
    journal = read_journal(library.layout)
    with disk(library.layout.folder):
        paths = tuple(library.layout.parts())
    expected = {path: sha256 for path, sha256 in state_of(journal.records).items() if named(path.rpartition("/")[2])}
    live = {path: sha256 for path, sha256 in expected.items() if not path.startswith(".")}
    there = frozenset(paths)
    missing = [path for path, sha256 in live.items() if sha256 is not None and path not in there]
    if missing:
        raise NolcatError(_missing(missing))
    return SendingState(paths, live, _earlier(journal))


def check_content(layout: Layout, path: str, sha256: str) -> None:
    """Refuse a part whose content is not what the history says of it.

    Args:
        layout: The library.
        path: The part.
        sha256: What was counted.

    Raises:
        NolcatError: If the part is damaged; not if it was changed by a run in the meantime.
    """
    expected = state_of(read_journal(layout).records).get(path)
    if expected is None or expected == sha256:
        return
    with disk(layout.at(path)):
        if sha256_of(layout.at(path)) != state_of(read_journal(layout).records).get(path):
            raise damaged_part(path, "it is not the file that was written here")


def facts_of(library: Library, path: str) -> PartFacts:
    """What the part at `path` says of itself.

    Raises:
        NolcatError: If it cannot be read.
    """
    return facts_in(read_part(path, library.layout.at(path)))


def facts_in(part: Part) -> PartFacts:
    """What a part says of itself."""
    source, report_type, _ = named(part.path.rpartition("/")[2]) or (None, None, "")
    return PartFacts(
        sum(load.rows for load in part.loads),
        source,
        part.loads[0].report_type if part.loads else report_type,
        tuple(sorted({load.release for load in part.loads})),
        tuple(sorted({month for load in part.loads for month in load.months})),
        part.superseded,
        tuple(dict.fromkeys(load.sha256 for load in part.loads if load.sha256)),
    )


def _earlier(journal: Journal) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for record in effective(journal.records):
        for change in changes_of(record):
            if change.after is not None:
                found.setdefault(change.path, []).append(change.after)
    return {path: tuple(contents) for path, contents in found.items()}


def _missing(paths: Sequence[str]) -> Problem:
    return Problem(
        "A part of the library is missing",
        f"{', '.join(paths[:_NAMED])} ({len(paths)} in all): its numbers are in no sum here. Nothing was sent.",
        "Bring it back from a backup, or load the originals of this part again; then send.",
    )
