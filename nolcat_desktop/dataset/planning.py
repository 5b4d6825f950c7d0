"""What would become of a report if it were added: decided month by month, before anything is written (design 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from nolcat_desktop.dataset.advice import refusal
from nolcat_desktop.dataset.left_out import closed, left_out_of
from nolcat_desktop.dataset.loads import Load, State
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.dataset.scope import Relation, relation_here
from nolcat_desktop.dataset.tally import Tally, in_months
from nolcat_desktop.dataset.verdicts import MonthPlan, Verdict
from nolcat_desktop.problem import Problem
from nolcat_desktop.usage import USAGE

IfLoaded = str
"""`fail`, `skip`, `replace` or `aside`."""
POLICIES = ("fail", "skip", "replace", "aside")


class Action(StrEnum):
    """What is done with a report (the column `action` of the command line; `ignored` is not the library's to say)."""

    ADDED = "added"
    REPLACED = "replaced"
    SKIPPED = "skipped"
    EMPTY = "empty"
    FAILED = "failed"
    ASIDE = "aside"
    """All of it is kept, but not live."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that could be stored."""

    load: Load
    """What is known of it: its tally is that of `usage`, its states name every month it covers."""
    usage: pl.LazyFrame
    """Its usage in the columns of `USAGE` (texts may be categories); no rows for an empty report."""
    named: frozenset[str] = frozenset()
    """All that its rows say of the one institution they are of: its name, its identifier; empty: they say nothing."""

    @property
    def names(self) -> frozenset[str]:
        """`named`, and the name by which the user chose the member."""
        return self.named | ({self.load.scope.member} if self.load.scope.member is not None else set())


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with one report."""

    candidate: Candidate
    action: Action
    months: tuple[MonthPlan, ...]
    store: tuple[str, ...] = ()
    """Months of the report that are stored."""
    take_over: tuple[str, ...] = ()
    """Those of `store` that leave the loads which hold them now."""
    problem: Problem | None = None
    """Why the report is not stored, when it failed."""
    aside: tuple[str, ...] = ()
    """Months of the report that are kept aside: stored, not live."""
    entry: int = field(default=0, compare=False)

    def of(self, *verdicts: Verdict) -> tuple[str, ...]:
        """The months with one of `verdicts`."""
        return tuple(each.month for each in self.months if each.verdict in verdicts)


def plan(candidate: Candidate, live: Sequence[Holding], if_loaded: IfLoaded, if_overlapping: IfLoaded = "fail") -> Plan:
    """Decide what adding `candidate` does.

    Args:
        candidate: The report.
        live: Loads of the same statistics source and report type, of every harvest date, those of the run included.
        if_loaded: What to do with months that the library holds with other numbers: `fail`, `skip`, `replace`, `aside`.
        if_overlapping: The same for months of which the library holds a part, made with other filters or platforms;
            `replace` takes the whole month of what is there out of the library.

    Returns:
        `fail`: a changed month or a change of release refuses the report. `skip`: such months stay as they are.
        `replace`: they are replaced, except months under exception 3040, which never replace usage. `aside`: they are
        kept beside the library. Months with equal
        usage are not stored again, but move to the new load when other months of it are stored, unless cells of the
        report are left out there. A month of which the library lacks cells that the report has is taken over whatever
        is asked, if its usage is equal: nothing but the hole is changed. Months that overlap
        partly refuse the report unless `if_overlapping` says otherwise; months that another report of the same run
        counts refuse it always. An empty report is stored, without rows, unless one like it is there.

    Raises:
        ValueError: If a policy is none of the four, or rows and months of the report do not agree.
    """
    _check(candidate.load, if_loaded, if_overlapping)
    if candidate.load.is_empty:
        return _plan_empty(candidate, live)
    months = _verdicts(candidate, live)
    problem = refusal(candidate.load, months, if_loaded == "fail", if_overlapping == "fail")
    if problem is not None:
        return Plan(candidate, Action.FAILED, months, problem=problem)
    wished = {each.month: _wish(each, if_loaded, if_overlapping) for each in months}
    whole = {month for month, state in candidate.load.states.items() if state is not State.PARTIAL}
    replaced = {month for month, wish in wished.items() if wish == "replace"} & whole
    aside = tuple(sorted(month for month, wish in wished.items() if wish == "aside"))
    equal = {each.month for each in months if each.verdict is Verdict.EQUAL and not each.opens}
    fresh = {each.month for each in months if each.verdict is Verdict.NEW}
    closing = {each.month for each in months if each.is_closed}
    if not replaced | fresh | closing:
        return Plan(candidate, Action.ASIDE if aside else Action.SKIPPED, months, aside=aside)
    action = Action.REPLACED if replaced | closing else Action.ADDED
    store, take_over = tuple(sorted(fresh | equal | replaced)), tuple(sorted(equal | replaced | closing))
    return Plan(candidate, action, months, store, take_over, aside=aside)


def refused(candidate: Candidate, problem: Problem) -> Plan:
    """The plan of a report that is not stored, whatever stands in its months."""
    months = tuple(MonthPlan(month, Verdict.NEW) for month in candidate.load.months)
    return Plan(candidate, Action.FAILED, months, problem=problem)


def _wish(month: MonthPlan, if_loaded: IfLoaded, if_overlapping: IfLoaded) -> IfLoaded | None:
    match month.verdict:
        case Verdict.CHANGED | Verdict.RELEASE_CHANGE:
            return if_loaded
        case Verdict.OVERLAPPING:
            return if_overlapping
        case _:
            return None


def _check(load: Load, *policies: IfLoaded) -> None:
    if strange := set(policies) - set(POLICIES):
        raise ValueError(f"if_loaded is one of {POLICIES}, not {min(strange)!r}")
    if strays := set(load.tally.rows_by_month) - set(load.states):
        raise ValueError(f"usage in months that the report does not cover: {sorted(strays)}")


def _plan_empty(candidate: Candidate, live: Sequence[Holding]) -> Plan:
    """An empty report is kept once, beside whatever is there; of usage it takes nothing over."""
    load = candidate.load
    months = tuple(MonthPlan(month, Verdict.NEW, closes=_closed_by_none(load, month, live)) for month in load.months)
    closing = tuple(each.month for each in months if each.closes)
    known = any(
        held.load.is_empty
        and held.load.release == load.release
        and held.load.states == load.states
        and relation_here(held.load.scope, load.scope) is Relation.SAME
        for held in live
    )
    if known and not closing:
        return Plan(candidate, Action.SKIPPED, months)
    return Plan(candidate, Action.EMPTY, months, load.months, closing)


def _closed_by_none(load: Load, month: str, live: Sequence[Holding]) -> tuple[Holding, ...]:
    return closed(load, month, [held for held in live if not held.load.claims(month)])


def _verdicts(candidate: Candidate, live: Sequence[Holding]) -> tuple[MonthPlan, ...]:
    load = candidate.load
    against = {month: _clashing(load, month, live) for month in load.months}
    alike = [month for month, held in against.items() if held and _same_sums(load.tally, month, held)]
    equal = _equal_months(candidate, alike, [held for month in alike for held in against[month]])
    lacking = left_out_of(load)
    return tuple(
        MonthPlan(
            month,
            _verdict(load, held, month in equal) if held else _unclaimed(load, month, live),
            held,
            sum(sum(each.load.tally.of_month(month).values()) for each in held),
            sum(load.tally.of_month(month).values()),
            closed(load, month, live),
            month in lacking and not all(month in left_out_of(each.load) for each in held),
        )
        for month, held in sorted(against.items())
    )


def _clashing(load: Load, month: str, live: Sequence[Holding]) -> tuple[Holding, ...]:
    """The live loads that count `month` and are not disjoint with `load`.

    Another release may name platforms otherwise, so between releases only filters and members can be disjoint.
    """
    if not load.claims(month):
        return ()
    return tuple(
        held
        for held in live
        if held.load.claims(month)
        and relation_here(held.load.scope, load.scope, held.load.release == load.release) is not Relation.DISJOINT
    )


def _verdict(load: Load, held: Sequence[Holding], equal: bool) -> Verdict:
    others = any(each.load.release != load.release for each in held)
    same = all(
        relation_here(each.load.scope, load.scope, each.load.release == load.release) is Relation.SAME for each in held
    )
    match (others, equal, same):
        case (False, True, _):
            return Verdict.EQUAL
        case (_, _, False):
            return Verdict.OVERLAPPING
        case (True, _, True):
            return Verdict.RELEASE_CHANGE
        case _:
            return Verdict.CHANGED


def _unclaimed(load: Load, month: str, live: Sequence[Holding]) -> Verdict:
    """Nobody counts the month, or the report itself only explains why it has nothing: is that known already?"""
    known = not load.claims(month) and any(
        month in held.load.states
        and held.load.release == load.release
        and relation_here(held.load.scope, load.scope) is not Relation.DISJOINT
        for held in live
    )
    return Verdict.EQUAL if known else Verdict.NEW


def _same_sums(tally: Tally, month: str, held: Sequence[Holding]) -> bool:
    total: dict[str, int] = {}
    for each in held:
        for metric, count in each.load.tally.of_month(month).items():
            total[metric] = total.get(metric, 0) + count
    rows = sum(each.load.tally.rows_by_month.get(month, 0) for each in held)
    return total == tally.of_month(month) and rows == tally.rows_by_month.get(month, 0)


def _equal_months(candidate: Candidate, months: Sequence[str], held: Sequence[Holding]) -> frozenset[str]:
    """Those of `months` whose rows are the same on both sides, whatever their order."""
    if not months:
        return frozenset()
    ours = _digests(candidate.usage.filter(in_months(months)))
    once = {(each.file, each.offset): each for each in held}
    theirs = _digests(pl.concat([each.rows(months) for each in once.values()]))
    return frozenset(month for month in months if ours.get(month) == theirs.get(month))


def _digests(usage: pl.LazyFrame) -> dict[str, tuple[int, ...]]:
    """Month → a digest of the multiset of its rows; good within this process only, so it is never stored.

    The day the report was made is left out, and what both sides share anyway.
    """
    names = [
        name for name in USAGE if name not in ("report_creation_date", "release", "statistics_source_ID", "report_type")
    ]
    row = pl.struct(pl.col(name).cast(USAGE[name]) for name in names)
    found = (
        usage.select("usage_date", row.hash(11).alias("one"), row.hash(1913).alias("two"))
        .group_by("usage_date")
        .agg(pl.len(), pl.col("one", "two").sum())
        .collect(engine="streaming")
    )
    return {f"{day:%Y-%m}": tuple(digest) for day, *digest in found.iter_rows()}
