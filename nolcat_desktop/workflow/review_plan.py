"""What would become of a reviewed report, in the library and beside the reports that are reviewed with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import polars as pl

from nolcat_desktop.dataset import Action, Load, MonthPlan, Plan, State, Verdict
from nolcat_desktop.dataset.scope import Relation, relation
from nolcat_desktop.problem import Problem
from nolcat_desktop.usage import USAGE
from nolcat_desktop.workflow.review_parted import Parted

DIFFERENCES = pl.Schema(
    {
        "month": pl.String(),
        "verdict": pl.String(),
        "metric": pl.String(),
        "loaded": pl.Int64(),
        "offered": pl.Int64(),
    }
)
"""One row for each month (yyyy-mm) and metric that both or one of library and report have; null: it has none."""
_HALF = 0.5
_NOT_COMPARED = ("report_creation_date", "release", "statistics_source_ID", "report_type")


class Todo(Enum):
    """What is to be done with a report."""

    ADD = "add"
    """At least one month is new, and nothing is in the way."""
    ADD_EMPTY = "add empty"
    """No use in any month; kept as such."""
    ALREADY = "already"
    DIFFERS = "differs"
    """Months are loaded with other numbers: replace or keep?"""
    OTHER_RELEASE = "other release"
    """Months are loaded in another release: change to this one or stay?"""
    OVERLAPS = "overlaps"
    """Part of it is loaded with other filters or platforms: it would be counted twice."""
    TWIN = "twin"
    """Another report of this review has the same months with other numbers."""
    SAME_TWIN = "same twin"
    """Another report of this review has the same usage."""
    SOURCE = "source"
    """It is not sure from which source it is."""
    MEMBER = "member"
    """It is of several institutions: which is meant?"""
    REPORT = "report"
    """A table without a header block: which of several reports is it?"""
    RELEASE = "release"
    """Nothing tells Release 5 from 5.1: which is it?"""
    PERIOD = "period"
    """Headings that may mean several months: which are meant?"""
    DAMAGED = "damaged"
    """Counts that cannot be read."""
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Loss:
    """What replacing the differing months would lose."""

    metric: str
    """Of the metrics that lose much the one that is looked at first: requests, else the largest."""
    share: float
    """How much of it would go, above 0 and at most 1."""
    kinds: tuple[str, ...] = ()
    """Data types that would go altogether, as the library writes them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a report stands to the library, if damaged cells and doubts about the source are left aside."""

    todo: Todo
    fresh: tuple[str, ...] = ()
    """Months (yyyy-mm) that nobody has yet."""
    equal: tuple[str, ...] = ()
    """Months that are loaded with the same usage."""
    differing: tuple[str, ...] = ()
    """Months that are loaded with other numbers, in another release, or overlapping."""
    differences: pl.DataFrame | None = None
    """In the schema `DIFFERENCES`: every month that is loaded, the equal ones too."""
    against: tuple[tuple[str, str], ...] = ()
    """Files that the differing months are from, and the day these were made (or '')."""
    problem: Problem | None = None
    suggests_keeping: bool = False
    """Whether replacing would lose a metric of a month, or more than half of it, or bring in damage."""
    is_worse: bool = False
    """Whether the report has cells that a spreadsheet program damaged, and what is loaded has not."""
    loss: Loss | None = None
    """What replacing would lose, where that is much."""
    closes: tuple[str, ...] = ()
    """Months that are taken over only because counts of them were left out in the library, and can be read here."""
    lacking: tuple[str, ...] = ()
    """Of the differing months those of which counts were left out in the library, and can be read here."""
    counts_are_equal: bool = False
    """Whether months differ, but in nothing that is counted: in titles, identifiers or the like."""
    beside: tuple[str, ...] = ()
    """Months of the years of `fresh` that are loaded of the same report, made in the same way, and that it has not."""
    parted: Parted | None = None
    """What is loaded of the same months through a filter that excludes this report."""


def standing_of(plan: Plan) -> Standing:
    """What `plan`, asked for with `if_loaded="fail"`, says."""
    differing = [each for each in plan.months if each.verdict not in (Verdict.NEW, Verdict.EQUAL)]
    frame = differences(plan.months, plan.candidate.load)
    held = {(one.load.original, one.load.created or ""): None for each in differing for one in each.against}
    return Standing(
        _todo(plan, differing),
        plan.of(Verdict.NEW),
        plan.of(Verdict.EQUAL),
        tuple(each.month for each in differing),
        frame,
        tuple(held),
        plan.problem,
        _loses(frame.filter(pl.col("verdict") == Verdict.CHANGED.value)),
        closes=tuple(each.month for each in plan.months if each.is_closed),
        lacking=tuple(each.month for each in differing if each.closes),
        counts_are_equal=bool(differing) and _equal_in_counts(frame, [each.month for each in differing]),
    )


def months_beside(load: Load, fresh: Sequence[str], held: Iterable[Load]) -> tuple[str, ...]:
    """Months (yyyy-mm) that are loaded already, of the same report in the same years, and not in `load`.

    Only reports of one source, release, institution and set of filters are parts of one year.

    Args:
        load: The report.
        fresh: Those of its months that nobody has yet.
        held: What is in the library.
    """
    years, own, found = {month[:4] for month in fresh}, set(load.months), set[str]()
    for other in held:
        if _is_like(load, other):
            found.update(month for month in whole_months(other) if month[:4] in years and month not in own)
    return tuple(sorted(found))


def whole_months(load: Load) -> frozenset[str]:
    """Months of `load` of which all is known: its use, or that there was none."""
    if None in load.damaged_months:
        return frozenset()
    known = (State.USAGE, State.CONFIRMED_ZERO)
    return frozenset(month for month, state in load.states.items() if state in known) - {*load.damaged_months}


def _is_like(one: Load, other: Load) -> bool:
    if (one.report_type, one.source_id, one.release) != (other.report_type, other.source_id, other.release):
        return False
    ours, theirs = one.scope, other.scope
    apart = ours.platforms and theirs.platforms and ours.platforms.isdisjoint(theirs.platforms)
    return not apart and (ours.member, ours.filters) == (theirs.member, theirs.filters)


def _equal_in_counts(differences: pl.DataFrame, months: Sequence[str]) -> bool:
    of_them = differences.filter(pl.col("month").is_in(months))
    return not of_them.filter(pl.col("loaded").ne_missing(pl.col("offered"))).height


def _todo(plan: Plan, differing: Sequence[MonthPlan]) -> Todo:
    match plan.action:
        case Action.ADDED | Action.REPLACED:
            return Todo.ADD
        case Action.EMPTY:
            return Todo.ADD_EMPTY
        case Action.SKIPPED:
            return Todo.ALREADY
        case Action.ASIDE:
            return Todo.DIFFERS
        case Action.FAILED:
            verdicts = {each.verdict for each in differing}
            for verdict, todo in (
                (Verdict.OVERLAPPING, Todo.OVERLAPS),
                (Verdict.RELEASE_CHANGE, Todo.OTHER_RELEASE),
                (Verdict.CHANGED, Todo.DIFFERS),
            ):
                if verdict in verdicts:
                    return todo
            return Todo.CANNOT


def differences(months: Iterable[MonthPlan], load: Load) -> pl.DataFrame:
    """Old beside new, by month and metric, of the months that the library holds; in the schema `DIFFERENCES`."""
    rows: list[tuple[str, str, str, int | None, int | None]] = []
    for each in months:
        if not each.against:
            continue
        loaded: dict[str, int] = {}
        for held in each.against:
            for metric, count in held.load.tally.of_month(each.month).items():
                loaded[metric] = loaded.get(metric, 0) + count
        offered = load.tally.of_month(each.month)
        metrics = sorted(loaded.keys() | offered.keys())
        rows += [(each.month, each.verdict.value, name, loaded.get(name), offered.get(name)) for name in metrics]
    return pl.DataFrame(rows, schema=DIFFERENCES, orient="row")


def beside(other: Load, load: Load, months: Iterable[str]) -> pl.DataFrame:
    """The sums of `other` as `loaded` beside those of `load`, by month and metric; in the schema `DIFFERENCES`."""
    rows: list[tuple[str, str, str, int | None, int | None]] = []
    for name in months:
        theirs, ours = other.tally.of_month(name), load.tally.of_month(name)
        metrics = sorted(theirs.keys() | ours.keys())
        rows += [(name, Verdict.CHANGED.value, one, theirs.get(one), ours.get(one)) for one in metrics]
    return pl.DataFrame(rows, schema=DIFFERENCES, orient="row")


def _loses(frame: pl.DataFrame) -> bool:
    """Whether a count vanishes, or changes by more than half of what is loaded."""
    loaded, offered = pl.col("loaded"), pl.col("offered")
    lost = (loaded > 0) & ((offered.fill_null(0) - loaded).abs() > loaded * _HALF)
    return bool(frame.select(lost.any()).item() or False)


@dataclass(frozen=True, slots=True)
class Twin:
    """Another report of the review that speaks about the same months; the first of them."""

    file: str
    sheet: str | None
    months: tuple[str, ...]
    """Months that both have; of reports that differ those with other numbers."""
    same: bool
    """Whether all that they share is the same usage."""
    covers: bool
    """Whether it has every month of this one."""
    files: tuple[str, ...] = ()
    """Names of all that have other numbers for these months."""
    differences: pl.DataFrame | None = field(default=None, compare=False)
    """Its sums beside those of the report, in the schema `DIFFERENCES`, of the months that differ."""

    @property
    def sums_are_equal(self) -> bool:
        """Whether the two differ in nothing that is counted."""
        frame = self.differences
        return frame is not None and not frame.filter(pl.col("loaded").ne_missing(pl.col("offered"))).height


def twin_of(
    load: Load,
    digests: Mapping[str, int],
    name: str | None,
    others: Iterable[tuple[Load, Mapping[str, int], str | None]],
) -> Twin | None:
    """What of `others` counts a month of `load` as well: one that holds it all, else those that differ, else the first.

    Args:
        load: What is known of the report.
        digests: Month → digest of its usage (`month_digests`).
        name: Name of its source, when that is new.
        others: The same of the reports before it.
    """
    found: list[Twin] = []
    for other, theirs, their_name in others:
        if (other.report_type, their_name) != (load.report_type, name):
            continue
        if name is None and other.source_id != load.source_id:  # the number of a new source is none yet
            continue
        if relation(other.scope, load.scope, other.release == load.release) is Relation.DISJOINT:
            continue
        shared = tuple(month for month in load.months if load.claims(month) and other.claims(month))
        if shared:
            as_one = other.release == load.release
            differing = tuple(one for one in shared if not as_one or digests.get(one) != theirs.get(one))
            covers = set(load.months) <= set(shared)
            frame = beside(other, load, differing)
            found.append(Twin(other.original, other.sheet, differing or shared, not differing, covers, (), frame))
            if found[-1].same and found[-1].covers:
                return found[-1]
    others_differ = [one for one in found if not one.same]
    if not others_differ:
        return found[0] if found else None
    months = tuple(sorted({month for one in others_differ for month in one.months}))
    return replace(others_differ[0], months=months, files=tuple(dict.fromkeys(one.file for one in others_differ)))


def month_digests(usage: pl.LazyFrame) -> dict[str, int]:
    """Month → digest of the multiset of its rows; good within this process only.

    The day the report was made and what both sides share anyway is left out.
    """
    row = pl.struct(pl.col(name).cast(USAGE[name]) for name in USAGE if name not in _NOT_COMPARED)
    found = (
        usage.select("usage_date", row.hash(23).alias("one"))
        .group_by("usage_date")
        .agg(pl.col("one").sum(), pl.len())
        .collect(engine="streaming")
    )
    return {f"{day:%Y-%m}": hash((digest, rows)) for day, digest, rows in found.iter_rows()}
