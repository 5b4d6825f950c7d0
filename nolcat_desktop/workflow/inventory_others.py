"""Each report of an inventory beside those before it: the same bytes, the same usage, shared months."""

from __future__ import annotations

from collections.abc import Collection

from nolcat_desktop.dataset import Load
from nolcat_desktop.dataset.scope import Relation, relation
from nolcat_desktop.workflow.finding_reports import is_broken, is_counter
from nolcat_desktop.workflow.inventory_facts import Facts
from nolcat_desktop.workflow.inventory_lines import InventoryLine, State


class Others:
    """What came before, found by content and by month, so that thousands of files are not compared one by one."""

    def __init__(self, loaded: Collection[str] = ()) -> None:
        """Begin with none; `loaded` are SHA-256 of originals that a library has."""
        self._loaded = frozenset(loaded)
        self._by_bytes: dict[str, list[Facts]] = {}
        self._by_month: dict[tuple[str, str, str], list[Facts]] = {}

    def same_bytes(self, sha256: str) -> tuple[Facts, ...]:
        """What was found in a file of the same bytes; () if there was none, or if its name might have told more."""
        found = self._by_bytes.get(sha256, [])
        return tuple(found) if found and all(one.is_report and one.problem is None for one in found) else ()

    def line(self, facts: Facts) -> InventoryLine:
        """The line of what was found in the next file; it is one of the others from then on."""
        before = self._by_bytes.get(facts.sha256, []) if facts.sha256 else []
        twin = next((one for one in before if one.file != facts.file and one.number == facts.number), None)
        if twin is None and facts.sha256:
            self._by_bytes.setdefault(facts.sha256, []).append(facts)
        if not facts.is_report:
            return InventoryLine(facts, _without_report(facts), twin)
        if twin is not None:
            return InventoryLine(facts, State.SAME_FILE, twin, equal=facts.months)
        found = self._beside(facts)
        if facts.load is not None:
            self._add(facts)
        return InventoryLine(facts, self._state(facts, *found), *found)

    def _add(self, facts: Facts) -> None:
        for month in facts.months:
            self._by_month.setdefault((*_key(facts), month), []).append(facts)

    def _beside(self, facts: Facts) -> tuple[Facts | None, tuple[str, ...], tuple[str, ...]]:
        """The first report that shares a month, and the months that reports before it have: equal ones, others."""
        load, first = facts.load, None
        equal: list[str] = []
        differing: list[str] = []
        for month in facts.months if load is not None else ():
            sharing = [one for one in self._by_month.get((*_key(facts), month), ()) if _shares(one.load, load, month)]
            if not sharing:
                continue
            first = first or sharing[0]
            same = any(_is_equal(one, facts, month) for one in sharing)
            (equal if same else differing).append(month)
        return first, tuple(equal), tuple(differing)

    def _state(self, facts: Facts, other: Facts | None, equal: tuple[str, ...], differing: tuple[str, ...]) -> State:
        if facts.sha256 in self._loaded:
            return State.LOADED
        if facts.problem is not None:
            return State.STOPPED
        if facts.damaged_count:
            return State.DAMAGED
        if other is None:
            return State.NEW
        return State.SAME_USAGE if not differing and len(equal) == len(facts.months) else State.OVERLAPPING


def _key(facts: Facts) -> tuple[str, str]:
    return facts.provider.strip().casefold(), facts.report_id or ""


def _shares(one: Load | None, other: Load | None, month: str) -> bool:
    """Whether two reports speak about the same usage of a month: neither filters nor platforms keep them apart."""
    if one is None or other is None or not (one.claims(month) or one.is_empty):
        return False
    if relation(one.scope, other.scope, one.release == other.release) is Relation.DISJOINT:
        return False
    return other.claims(month) == one.claims(month)


def _is_equal(one: Facts, other: Facts, month: str) -> bool:
    same_scope = one.load is not None and other.load is not None and one.release == other.release
    return same_scope and one.digests.get(month) == other.digests.get(month)


def _without_report(facts: Facts) -> State:
    if is_counter(facts.what):
        return State.STOPPED
    return State.UNREADABLE if is_broken(facts.what) else State.NOT_COUNTER
