"""What was done to the library, and taking it back, also after a restart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from nolcat_desktop.dataset.assemble import write_superseded
from nolcat_desktop.dataset.border import damaged_part, disk
from nolcat_desktop.dataset.decisions import aliases_in, decisions_of
from nolcat_desktop.dataset.entries import REBUILD, Entry, entries, last_of_each, tidied_up_to
from nolcat_desktop.dataset.files import replace_file, sha256_of
from nolcat_desktop.dataset.journal import Journal, Record
from nolcat_desktop.dataset.layout import ASIDE, SOURCES, Layout
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.one_member import several_members
from nolcat_desktop.dataset.overlaps import Overlap, overlaps
from nolcat_desktop.dataset.parts import Holding, read_part
from nolcat_desktop.dataset.publish import Change, changes_of, effective, stage_version, state_of
from nolcat_desktop.dataset.source_merge import without_change
from nolcat_desktop.dataset.staging import sent_parts
from nolcat_desktop.problem import NolcatError, Problem

__all__ = ["Entry", "entries", "last_of_each", "next_entry", "taking_back", "tidied_up_to", "to_redo", "to_undo"]


def next_entry(journal: Journal) -> int:
    """The number of the next run; those that were rolled back keep theirs."""
    return 1 + max((record["entry"] for record in journal.records if record["kind"] == "begun"), default=0)


def to_undo(journal: Journal, entry: int | None, only_last: bool = False) -> Record:
    """The record that undoing `entry` (the last run that stands, when None) takes back.

    Raises:
        NolcatError: If there is no such run, it is undone already, its earlier versions were tidied away, or, if
            `only_last`, something was done since.
    """
    last, end = last_of_each(journal), tidied_up_to(journal)
    standing = [number for number, record in last.items() if record["does"] != "undo"]
    reachable = [number for number in standing if last[number]["n"] > end and last[number]["does"] != REBUILD]
    if entry is None and not reachable:
        raise NolcatError(_TIDIED if standing else _NOTHING_TO_UNDO)
    number = max(reachable) if entry is None else entry
    if number not in standing:
        raise NolcatError(_NOT_STANDING if number in last else _NO_SUCH_ENTRY)
    if last[number]["does"] == REBUILD:
        raise NolcatError(_REBUILT)
    if number not in reachable:
        raise NolcatError(_TIDIED)
    if only_last and number != max(reachable):
        raise NolcatError(_DONE_SINCE)
    return last[number]


def to_redo(journal: Journal, entry: int | None = None) -> Record:
    """The record of the last undo, which a redo takes back.

    Raises:
        NolcatError: If nothing was undone, something else was done since, or the last undo took back another run than
            `entry`.
    """
    last = last_of_each(journal)
    done = effective(journal.records)
    undone = {number: record for number, record in last.items() if record["does"] == "undo"}
    if not undone:
        raise NolcatError(_NOTHING_TO_REDO)
    newest = max(undone.values(), key=lambda record: int(record["n"]))
    if newest["n"] <= tidied_up_to(journal):
        raise NolcatError(_TIDIED)
    if entry not in {None, newest["entry"]} or any(
        record["does"] in ("run", REBUILD) and record["n"] > newest["n"] for record in done
    ):
        raise NolcatError(_CHANGED_SINCE)
    return newest


def taking_back(
    layout: Layout, journal: Journal, record: Record, when: datetime, live: Sequence[Holding]
) -> tuple[list[Change], dict[str, object]]:
    """What brings the files that `record` changed back to what they were before it, staged and ready to be published.

    Args:
        layout: The library, whose lock is held.
        journal: Its history.
        record: A record from `to_undo` or `to_redo`.
        when: Now.
        live: Every load, live and aside.

    Returns:
        The changes, and what the history says of them.

    Raises:
        NolcatError: If a later run changed the same parts, months would be counted twice, two members would be in
            the library, or a version is lost.
    """
    changes = _reversed(layout, journal, record)
    for change in changes:
        if change.after is not None:
            _stage(layout, change.after)
    changed = {change.path for change in changes}
    stay, back = [held for held in live if held.path not in changed], _coming_back(layout, changes)
    _check_overlaps(changed, stay, back)
    _check_member(journal, record, [held.load for held in live], [held.load for held in (*stay, *back)])
    does = "redo" if record["does"] == "undo" else "undo"
    return changes, {"does": does, "entry": record["entry"], "what": does, "when": when.isoformat(timespec="seconds")}


def _stage(layout: Layout, sha256: str) -> None:
    if not (layout.unfinished / sha256).is_file():
        stage_version(layout, sha256)


def _reversed(layout: Layout, journal: Journal, record: Record) -> list[Change]:
    state, sent = state_of(journal.records), sent_parts(journal)
    changes = []
    for change in map(Change.reversed, changes_of(record)):
        file = layout.at(change.path)
        with disk(file):
            found = sha256_of(file) if file.is_file() else None
        if change.path == SOURCES:
            merged = change if found == change.before else without_change(layout, change, found)
            changes += [merged] if merged else []
            continue
        if state.get(change.path) != change.before:
            raise NolcatError(_changed_later(journal, record, change.path))
        if found != change.before:
            raise damaged_part(change.path, "it is not the file that was written here")
        changes.append(_emptied(layout, change) if change.after is None and change.path in sent else change)
    return changes


def _emptied(layout: Layout, change: Change) -> Change:
    made = layout.unfinished / "superseded.parquet"
    write_superseded(made)
    with disk(made):
        after = sha256_of(made)
        replace_file(made, layout.unfinished / after)
    return Change(change.path, change.before, after)


def _coming_back(layout: Layout, changes: Sequence[Change]) -> list[Holding]:
    """The loads of the parts, live and aside, that `changes` bring back."""
    return [
        held
        for change in changes
        if change.after is not None and change.path != SOURCES
        for held in read_part(change.path, layout.unfinished / change.after).holdings()
    ]


def _check_overlaps(changed: Collection[str], stay: Sequence[Holding], back: Sequence[Holding]) -> None:
    """Refuse if a load that comes back counts a month which a load elsewhere counts by now."""
    found = [
        one
        for one in overlaps(held for held in (*stay, *back) if not held.path.startswith(ASIDE))
        if {one.first.path, one.second.path} & set(changed)
    ]
    if found:
        raise NolcatError(_counted_twice(found[0]))


def _check_member(journal: Journal, record: Record, now: Sequence[Load], then: Sequence[Load]) -> None:
    """Refuse if another member's usage comes back, or the word that two names mean one member goes."""
    aliases = decisions_of(journal).aliases
    if record["does"] == "undo":
        told = (
            one for done in effective(journal.records) if done["entry"] == record["entry"] for one in aliases_in(done)
        )
        later = (*aliases, *told)
    else:
        later = tuple(one for one in aliases if one.entry != record["entry"])
    if several_members(then, later) and not several_members(now, aliases):
        raise NolcatError(_TWO_MEMBERS)


def _changed_later(journal: Journal, record: Record, path: str) -> Problem:
    """Names the entry that is to be taken back first: the last that stands; of an undo, the entry that it took back."""
    later = [
        one
        for one in last_of_each(journal).values()
        if one["does"] != "undo" and one["n"] > record["n"] and path in {change.path for change in changes_of(one)}
    ]
    last = max(later, key=lambda one: int(one["n"]), default=None)
    by = "Something"
    if last is not None:
        made = datetime.fromisoformat(last["when"])
        by = f"What was done on {made:%Y-%m-%d at %H:%M} (entry {last['entry']} of the history)"
    remedy = "Look at the history."
    if last is not None:
        remedy = f"Take back entry {last['entry']} first, which stands nearer to the top of the history; then this one."
        if last["does"] == REBUILD:
            remedy = "A rebuilding cannot be taken back. Remove the months, and add the originals that are to count."
    return Problem(
        "A later change builds on this one",
        f"{by} changed {'the names of sources' if path == SOURCES else 'the same months'}. Nothing was taken back.",
        remedy,
    )


def _counted_twice(found: Overlap) -> Problem:
    return Problem(
        "Taking this back would count months twice",
        f"{', '.join(found.months)} of {found.first.load.report_type}, statistics source "
        f"{found.first.load.source_id}, would come back in {found.second.path} while {found.first.path} "
        "holds them by now. Nothing was taken back.",
        "Take back the later change first, then this one.",
    )


_TWO_MEMBERS = Problem(
    "Taking this back would put two members into one library",
    "Their counts would be added up in every total. Nothing was taken back.",
    "Take back what was added since first, or keep the other member in a library of its own.",
)
_NOTHING_TO_UNDO = Problem("There is nothing to take back", "The library is as it was.", "Look at the history.")
_NOTHING_TO_REDO = Problem("Nothing was taken back", "The library is as it was.", "Look at the history.")
_TIDIED = Problem(
    "Undo ends where the library was tidied up",
    "The earlier versions that it needs were freed. The library is as it was.",
    "Add the originals again; they are kept in the library. A removal is taken back in the same way.",
)
_REBUILT = Problem(
    "A rebuilding cannot be taken back",
    "What was there before it was damaged. The library is as it was.",
    "Check the library; what was rebuilt is what the originals say.",
)
_NOT_STANDING = Problem("This entry was taken back already", "The library is as it was.", "Look at the history.")
_NO_SUCH_ENTRY = Problem(
    "There is no such entry in the history", "The library is as it was.", "Look at the history for its number."
)
_DONE_SINCE = Problem(
    "Something else was done in this library meanwhile",
    "The last thing done is not what was to be taken back. The library is as it was.",
    "Look in History: each thing that was done can be taken back there.",
)
_CHANGED_SINCE = Problem(
    "Something was added since",
    "What was taken back cannot simply be brought again. The library is as it was.",
    "Add the files again; the originals are kept in the library.",
)
