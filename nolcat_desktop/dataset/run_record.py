"""What the history is told of a run: enough to say what was done, to prove sums, and to make parts again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nolcat_desktop.dataset.layout import SOURCES
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.dataset.publish import Change
from nolcat_desktop.dataset.restatement import Restatement
from nolcat_desktop.dataset.staging import Setting
from nolcat_desktop.repairs import PROVED_ELSEWHERE

_ELSEWHERE = f": {PROVED_ELSEWHERE}"
"""Stands in the text of a repair for which another file is needed: the original alone does not give it again."""


@dataclass(slots=True)
class Told:
    """What a run did so far."""

    stored: list[Load] = field(default_factory=list)
    aside: list[Load] = field(default_factory=list)
    removed: list[Load] = field(default_factory=list)
    brought: list[Load] = field(default_factory=list)
    """Loads that were aside and are live now."""
    moved: list[Load] = field(default_factory=list)
    """Loads that went to another source."""
    restated: list[tuple[Load, Restatement]] = field(default_factory=list)
    """What the publisher corrected, with the load that brought it."""
    decisions: list[dict[str, Any]] = field(default_factory=list)


def record_of(
    setting: Setting, told: Told, changes: Sequence[Change], holdings: Sequence[Holding], highest: int
) -> dict[str, Any]:
    """The `begun` record of a run.

    Args:
        setting: What the run worked with.
        told: What it did.
        changes: The files that it changes.
        holdings: Every load as it will be, live and aside.
        highest: Highest local id that was ever given out.
    """
    return {
        "does": "run",
        "entry": setting.entry,
        "what": setting.what,
        "when": setting.when.isoformat(timespec="seconds"),
        "originals": list(dict.fromkeys(load.original for load in told.stored + told.aside)),
        "parts": [change.path for change in changes if change.path != SOURCES and change.path[0] != "."],
        "rows": sum(load.rows for load in told.stored),
        "usage_total": sum(load.tally.total for load in told.stored),
        "highest": highest,
        "sources": sorted({load.source_id for load in _all(told)} | _sources(told.decisions)),
        "sums": _sums(told.stored),
        "removed": _sums(told.removed),
        "rows_removed": sum(load.rows for load in told.removed),
        "did": _did(told, changes),
        "restated": [
            {"source": load.source_id, "report_type": load.report_type, "release": load.release, **one.as_json()}
            for load, one in told.restated
        ],
        "decisions": told.decisions,
        "contents": contents(changes, holdings),
    }


def contents(changes: Sequence[Change], holdings: Sequence[Holding]) -> dict[str, list[dict[str, Any]]]:
    """SHA-256 of each new part → its loads in order, told as shortly as it takes to make them again."""
    by_path: dict[str, list[Holding]] = {}
    for held in holdings:
        if held.load.states:
            by_path.setdefault(held.path, []).append(held)
    return {
        change.after: [_identity(held.load) for held in sorted(by_path.get(change.path, ()), key=_order)]
        for change in changes
        if change.after is not None and change.path != SOURCES
    }


def _identity(load: Load) -> dict[str, Any]:
    return {
        "sha256": load.sha256,
        "original": load.original,
        "sheet": load.sheet,
        "source": load.source_id,
        "report_type": load.report_type,
        "release": load.release,
        "harvested": load.harvested.isoformat() if load.harvested else None,
        "member": load.scope.member,
        "months": list(load.months),
        "rows": load.rows,
        "total": load.tally.total,
        "entry": load.entry,
        "program": load.program,
        "findings": dict(load.findings),
        "restated": [one.as_json() for one in load.restated],
        "told": dict(load.told),
        "declined": list(load.declined),
        **({"repairs": proved} if (proved := [one for one in load.repairs if _ELSEWHERE in one]) else {}),
    }


def _order(held: Holding) -> tuple[int, int]:
    return (1, held.load.entry) if held.pending else (0, held.offset)


def _all(told: Told) -> list[Load]:
    return told.stored + told.aside + told.removed + told.brought + told.moved


def _sources(decisions: Iterable[dict[str, Any]]) -> set[int]:
    named = [one.get(key) for one in decisions for key in ("source", "from", "to")]
    return {one for one in named if isinstance(one, int)}


def _sums(loads: Iterable[Load]) -> dict[str, dict[str, int]]:
    """Report type → metric → sum of counts. Report types are never added up."""
    sums: dict[str, dict[str, int]] = {}
    for load in loads:
        of = sums.setdefault(load.report_type, {})
        for metric, by_month in load.tally.sums.items():
            of[metric] = of.get(metric, 0) + sum(by_month.values())
    return sums


def _did(told: Told, changes: Sequence[Change]) -> list[str]:
    """What was done, in a word each; see `Entry.did`."""
    found = [
        name
        for name, of in (
            ("add", told.stored),
            ("aside", told.aside),
            ("remove", told.removed),
            ("bring in", told.brought),
            ("map", told.moved),
        )
        if of
    ]
    if any(change.path == SOURCES for change in changes):
        found.append("sources")
    return found + sorted({one["kind"] for one in told.decisions} - {"mapped"})
