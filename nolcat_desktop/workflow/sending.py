"""Sending a library to its bucket: plan, show, act; the manifest last.

Nothing there is overwritten by accident and nothing is deleted. What was changed there in the meantime is a conflict:
it is shown, the other files are sent, and no manifest is written before it is decided. Two workstations that send at
once see each other when they look again before and after writing a manifest; what both have is then merged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.layout import SOURCES
from nolcat_desktop.objects import Kind, Manifest, Overtaken, StoredObject
from nolcat_desktop.problem import Problem
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.chain import Facts, entry_for, next_manifest, says_the_same, telling, tips
from nolcat_desktop.sync.crew import patiently
from nolcat_desktop.sync.looking import Sets, links, listed, looked_at, sets_there
from nolcat_desktop.sync.plan import Action, Change, Item, Plan, There, make_plan
from nolcat_desktop.sync.transfer import Fate, Outcome, fetch, send
from nolcat_desktop.workflow.sending_files import files_here, sources_here
from nolcat_desktop.workflow.sending_twice import entry_of, without_double_counts

_ROUNDS = 6
"""How often it is looked again because something changed meanwhile, here or there."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a library is to be sent."""

    with_originals: bool = False
    our_names: bool = False
    """Whether names of sources that differ in the bucket's list are replaced there by ours."""
    ours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Conflicts that were decided for what is here: key → etag of the version there that was looked at."""
    confirm: Callable[[], None] = lambda: None
    """Asked before the first write: raises if one is signed in to another account than expected."""


@dataclass(frozen=True, slots=True)
class View:
    """What would be done, and what it was made from."""

    plan: Plan
    sets: Sets
    facts: Mapping[str, Facts]

    @property
    def manifest(self) -> Manifest | None:
        """The newest complete set there."""
        return self.sets.newest


@dataclass(slots=True)
class Sent:
    """What was done."""

    view: View
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """By key, of what was sent in all rounds."""
    manifest: Manifest | None = None
    """The complete set that lies there now; None if there is none yet."""
    complete: bool = False
    problem: Problem | None = None
    """Why it is not complete."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Every line of the plan as it stands."""
        sent = {key: one.item for key, one in self.outcomes.items() if one.fate is Fate.SENT}
        same = Action.SAME
        return tuple(sent.get(one.key, one) if one.action is same else one for one in self.view.plan.items)

    def just_stored(self, item: Item) -> StoredObject | None:
        """What was sent for a line of the plan as it stands; what an earlier round sent may be replaced by now."""
        outcome = self.outcomes.get(item.key)
        return outcome.stored if outcome is not None and item.action is Action.UPLOAD else None

    def was_sent(self, key: str) -> bool:
        """Whether the file of this key was sent and has arrived."""
        return key in self.outcomes and self.outcomes[key].fate is Fate.SENT


def look(library: Library, means: Means, wanted: Wanted = Wanted()) -> View:
    """What would be done. Nothing is written, here or there.

    Raises:
        NolcatError: If sending must not be: ids of this computer only, ids that mean another source there, a damaged
            part, a sample; or the cloud refuses.
        Cancelled: If the user asked to stop.
    """
    sets, there = sets_there(means, wanted.with_originals)
    there = looked_at(means, there, [means.store.location.key(path) for path in (*library.layout.parts(), SOURCES)])
    key = means.store.location.key(SOURCES)
    sources = sources_here(library, means, there.get(key), wanted.our_names)
    here = files_here(library, means, there, sets.newest, wanted.with_originals)
    there = looked_at(means, there, [one.key for one in here.files])
    if sources is not None:
        here.files.append(sources[0])
        here.facts[key] = sources[1]
    versions = patiently(means.store.keeps_versions, means.pace, means.patience)
    if versions is None and any(one.version_id for one in there.values()):
        versions = True
    agreed = {name: sha256 for name, sha256 in means.catalog.agreed().items() if name != key}
    plan = make_plan(here.files, There(there, sets.newest, versions, agreed), wanted.ours)
    return View(without_double_counts(plan, library, means, here.facts), sets, here.facts)


def send_library(
    library: Library, means: Means, wanted: Wanted = Wanted(), told: Callable[[Sent], None] | None = None
) -> Sent:
    """Send what the plan names, check it, and write the manifest.

    Args:
        library: The library.
        means: Store, catalog, pace and progress.
        wanted: How.
        told: Given the state of things after each step, so that it is known when sending ends early.

    Raises:
        NolcatError: As `look`; or if it cannot go on. What has arrived stays, and the next call goes on from there.
        Cancelled: If the user asked to stop.
    """
    sent = Sent(look(library, means, wanted))
    for _ in range(_ROUNDS):
        if told is not None:
            told(sent)
        if _round(sent, library, means, wanted):
            return sent
        sent.view = look(library, means, wanted)
    sent.problem = _RESTLESS
    return sent


def _round(sent: Sent, library: Library, means: Means, wanted: Wanted) -> bool:
    """Send once; True if it is settled, False if it is to be looked again."""
    plan = sent.view.plan
    uploads = plan.of(Action.UPLOAD)
    if uploads:
        wanted.confirm()
        _keep_theirs(uploads, plan, library, means)
        _mark(library, uploads, means)
        for outcome in send(uploads, means):
            sent.outcomes[outcome.item.key] = outcome
        if any(sent.outcomes[item.key].fate is not Fate.SENT for item in uploads):
            return False
    for item in plan.of(Action.SAME):
        if item.sha256 is not None:
            means.catalog.agree(item.key, item.sha256)
    conflicts = plan.of(Action.CONFLICT)
    if conflicts:
        sent.manifest, sent.problem = None, _conflicts(conflicts)
        return True
    return _settle(sent, means, wanted)


def _settle(sent: Sent, means: Means, wanted: Wanted) -> bool:
    """Look whether all is there as it was sent, and write the manifest if there is something new to say."""
    view, sets = sent.view, sent.view.sets
    made = _next(sent, means)
    nothing_new = not made.objects or says_the_same(made, sets.newest)
    if not (nothing_new and not sent.outcomes):
        there = listed(means, any(item.kind is Kind.ORIGINAL for item in view.plan.items))
        all_there = all(_lies_there(item, sent, there, means) for item in view.plan.items)
        if not all_there or tips(links(means)) != sets.tips:
            return False
    if nothing_new:
        sent.manifest, sent.complete = sets.newest, True
        return True
    wanted.confirm()
    _write_manifest(made, means)
    sent.manifest = made
    sent.complete = tips(links(means)) == (made.name,)
    return sent.complete


def _next(sent: Sent, means: Means) -> Manifest:
    """The manifest of what would lie there complete."""
    view, sets = sent.view, sent.view.sets
    entries = [
        entry
        for item in view.plan.items
        if (entry := entry_for(item, sent.just_stored(item), view.facts.get(item.key))) is not None
    ]
    return next_manifest(sets.newest.library if sets.newest else means.catalog.library, sets.tips, entries)


def _lies_there(item: Item, sent: Sent, there: Mapping[str, StoredObject], means: Means) -> bool:
    """Whether the bucket has of this key what the next manifest would name."""
    found = there.get(item.key)
    stored = sent.just_stored(item)
    if stored is not None:
        if found is None or found.etag != stored.etag:
            return False
        if found.sha256 is None:
            means.catalog.see(replace(stored, modified=found.modified))
        return True
    if item.entry is None and item.action is Action.ONLY_THERE:
        return True
    before = item.remote
    return (before.etag if before else None) == (found.etag if found else None)


def _write_manifest(made: Manifest, means: Means) -> None:
    """Write it under its own name; the same text may be there already, written by someone with the same files."""
    text = made.to_bytes()
    key = made.key(means.store.location)
    told = {"nolcat-follows": telling(made)}
    try:
        patiently(lambda: means.store.put(key, text, made.sha256, told, None), means.pace, means.patience)
    except Overtaken:
        if patiently(lambda: means.store.read(key), means.pace, means.patience) != text:
            raise
    means.catalog.learn_link(made.name, made.previous, made.merges)


def _mark(library: Library, uploads: tuple[Item, ...], means: Means) -> None:
    """From the first byte on, these parts are never renamed or removed here (design 3.2)."""
    location = means.store.location
    parts = {location.path(item.key) or "": str(item.sha256) for item in uploads if item.kind is Kind.PART}
    if parts:
        library.mark_sent(parts)


def _keep_theirs(uploads: tuple[Item, ...], plan: Plan, library: Library, means: Means) -> None:
    """Where the bucket keeps no earlier versions, what ours replaces is kept here first: neither version is lost."""
    if plan.versions:
        return
    theirs = [entry_of(item) for item in uploads if item.change is Change.OURS]
    if theirs:
        fetch(theirs, library.layout.versions, means)


def _conflicts(conflicts: tuple[Item, ...]) -> Problem:
    first = conflicts[0]
    others = f" and {len(conflicts) - 1} more" if len(conflicts) > 1 else ""
    return Problem(
        "Changed there in the meantime" if len(conflicts) == 1 else f"{len(conflicts)} files are in conflict",
        f"{first.key}{others}: {first.reason}. Neither version is lost: these files were not sent, all others are "
        "there, and no complete set names them yet.",
        "Look at both versions and decide: keep theirs (--keep-theirs KEY), or send ours as a new version "
        "(--send-ours KEY).",
    )


_RESTLESS = Problem(
    "Others are sending at this moment, or files here keep changing",
    "What was sent has arrived, but no complete set could be named that stays true.",
    "Wait until the others have finished, then send again: only what is missing is sent.",
)
