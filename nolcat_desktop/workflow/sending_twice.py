"""Months that would be counted twice: in a part here, and in one that another workstation sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.overlaps import overlaps
from nolcat_desktop.dataset.parts import Holding, read_part
from nolcat_desktop.objects import Kind, ManifestEntry
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.chain import Facts
from nolcat_desktop.sync.plan import Action, Item, Plan
from nolcat_desktop.sync.transfer import fetch


def without_double_counts(plan: Plan, library: Library, means: Means, facts: Mapping[str, Facts]) -> Plan:
    """The plan, in which a part that is only there and counts months of a part here is a conflict.

    Such parts are fetched to be looked at: whether filters or platforms keep them apart stands in their footers alone.
    """
    suspects = [item for item in plan.of(Action.ONLY_THERE) if item.entry and _meets(item.entry, plan, facts)]
    if not suspects:
        return plan
    twice = {}
    with TemporaryDirectory() as folder:
        fetch([item.entry for item in suspects if item.entry], Path(folder), means)
        for item in suspects:
            path = means.store.location.path(item.key) or ""
            theirs = read_part(path, Path(folder) / str(item.sha256)).holdings()
            if reason := _counted_twice(path, [*library.holdings(), *theirs]):
                twice[item.key] = replace(item, action=Action.CONFLICT, reason=reason)
    return replace(plan, items=tuple(twice.get(item.key, item) for item in plan.items))


def _counted_twice(path: str, holdings: Sequence[Holding]) -> str:
    for one in overlaps(holdings):
        if path in (one.first.path, one.second.path):
            other = one.first.path if one.second.path == path else one.second.path
            return f"{', '.join(one.months)} would be counted twice: also in {other}, which is here"
    return ""


def _meets(entry: ManifestEntry, plan: Plan, facts: Mapping[str, Facts]) -> bool:
    if entry.kind is not Kind.PART or entry.superseded:
        return False
    months = set(entry.months)
    return any(
        (source, report_type) == (entry.statistics_source_ID, entry.report_type) and months & set(held)
        for source, report_type, held in _of_parts_here(plan, facts)
    )


def _of_parts_here(plan: Plan, facts: Mapping[str, Facts]) -> Iterator[tuple[int | None, str | None, tuple[str, ...]]]:
    for item in plan.items:
        if item.local is None or item.kind is not Kind.PART:
            continue
        if (told := facts.get(item.key)) is not None:
            yield told.source_id, told.report_type, told.months
        elif item.entry is not None:
            yield item.entry.statistics_source_ID, item.entry.report_type, item.entry.months


def entry_of(item: Item) -> ManifestEntry:
    """What lies there of a key, as something that can be fetched."""
    if item.remote is None or item.remote.sha256 is None:
        raise ValueError(f"{item.key} is not there")
    remote = item.remote
    return ManifestEntry(item.key, item.kind, str(remote.sha256), remote.version_id, remote.bytes)
