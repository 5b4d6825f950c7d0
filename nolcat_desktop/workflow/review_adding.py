"""Adding what was chosen in a review: one run, exactly these reports, each as decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from nolcat_desktop.dataset import Holding, Library, Run
from nolcat_desktop.dataset.left_out import left_out_of
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.converting import Converted, store_report
from nolcat_desktop.workflow.finding_reports import Found
from nolcat_desktop.workflow.outcome import Conversion, Wishes
from nolcat_desktop.workflow.review_again import content_of, report_in
from nolcat_desktop.workflow.review_changes import Changed, changed, gaps_left
from nolcat_desktop.workflow.review_ground import Ground, outdated
from nolcat_desktop.workflow.reviewing import Reviewed
from nolcat_desktop.workflow.sample_content import made_up

TOTALS = pl.Schema(
    {
        "statistics_source_ID": pl.Int64(),
        "report_type": pl.String(),
        "release": pl.String(),
        "months": pl.List(pl.String()),
        "metric_type": pl.String(),
        "rows": pl.Int64(),
        "uses": pl.Int64(),
        "year_before": pl.Int64(),
    }
)
"""What was added, one row for each source, report type, release and metric: these are never added to one another.
`months`: yyyy-mm, of the report. A report without any use has one row, without metric, uses and rows.
`year_before`: the source's uses twelve months earlier; null unless the library holds all of these months whole."""
_KEY = ("statistics_source_ID", "report_type", "release")
_Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user decided about one report."""

    source: int | None = None
    """statistics_source_ID; None: a new source of the name in `new_source`."""
    new_source: str = ""
    if_loaded: str = "fail"
    """`fail`, `skip`, `replace` or `aside`; the same for months of which a part is there."""
    without_damaged: bool = False
    member: str | None = None
    harvested: date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What an adding did."""

    converted: Converted
    totals: pl.DataFrame
    """In the schema `TOTALS`."""
    gaps: pl.DataFrame
    """In the schema `review_changes.GAPS`, of the sources and report types that were added to."""
    there: tuple[str, ...] = ()
    """For each line the file that the library has the same months of, if the line was skipped; else ''."""
    changed: tuple[Changed, ...] = ()
    """For each line what it changed."""


def add(reviewed: Sequence[Reviewed], decisions: Sequence[Decision], library: Library, progress: Progress) -> Added:
    """Store `reviewed` as decided, in one run: all that can be stored, or nothing when it is stopped.

    Args:
        reviewed: The reports that were chosen, in the order of the review.
        decisions: One for each of them.
        library: Where to.
        progress: Told and checked along the way.

    Returns:
        One line a report; totals per metric of what was stored; the gaps that are left.

    Raises:
        NolcatError: If the library cannot be written.
        Cancelled: If the user asked to stop: nothing was stored.
    """
    pairs = list(zip(reviewed, decisions, strict=True))
    inside = progress if len(pairs) == 1 else progress.quiet()
    lines: list[Conversion] = []
    there: list[str] = []
    kept: tuple[str, bytes] = ("", b"")
    with library.run("add") as run:
        changed_since = outdated(_compared(pairs), library)
        for one, decision in progress.over("Adding", pairs, lambda pair: pair[0].file):
            try:
                if one.key in changed_since:
                    raise NolcatError(_compared_with_others(one.file))
                kept = kept if kept[0] == one.sha256 else (one.sha256, content_of(one))
                report = report_in(kept[1], one, inside)
            except NolcatError as error:
                kind = one.definition.report_id if one.definition else None
                lines.append(Conversion(one.file, one.sheet, kind, problem=error.problem))
                there.append("")
                continue
            lines.append(_add(Found(kept[1], report), one, decision, run, inside))
            there.append(_loaded_from(lines[-1], run))
        entry = run.commit(progress)
    live = library.holdings()
    mine = [held for held in live if entry is not None and held.load.entry == entry]
    left = gaps_left(library, [(held.load.source_id, held.load.report_type) for held in mine])
    did = tuple(changed(line, one, decision.if_loaded) for line, (one, decision) in zip(lines, pairs, strict=True))
    return Added(Converted(tuple(lines), entry), _totals(mine, live), left, tuple(there), did)


def _compared(pairs: Sequence[tuple[Reviewed, Decision]]) -> dict[tuple[str, int], Ground]:
    """What the reports that may replace something were held against, by their keys."""
    return {
        one.key: one.ground for one, decision in pairs if decision.if_loaded == "replace" and one.ground is not None
    }


def _compared_with_others(file: str) -> Problem:
    return Problem(
        "The library changed since this report was compared with it",
        f"{file} was to replace numbers that another window or program has changed since. Nothing of it was stored.",
        "Look at what differs now, then decide again.",
    )


def _loaded_from(line: Conversion, run: Run) -> str:
    """The file that was there before a line that was skipped."""
    if line.action != "skipped":
        return ""
    key = (line.source_id, line.report_id)
    same = (load for load in run.loads if (load.source_id, load.report_type) == key)
    return next((load.original for load in same if not load.states.keys().isdisjoint(line.months)), "")


def _add(found: Found, one: Reviewed, decision: Decision, run: Run, progress: Progress) -> Conversion:
    before, source = run.sources, decision.source
    if refused := made_up(one.sha256, run.loads):
        kind = one.definition.report_id if one.definition else None
        return Conversion(one.file, one.sheet, kind, problem=refused)
    if source is None:
        run.sources, source, _ = before.ensure(decision.new_source)
    wishes = Wishes(
        source,
        decision.harvested,
        decision.if_loaded,
        decision.without_damaged,
        decision.member,
        one.told,
        one.declined,
        if_overlapping=decision.if_loaded,
    )
    line = store_report(found, run, wishes, progress, one.counts)
    if line.action in {"failed", "skipped"}:
        run.sources = before
    return line if line.source_id is not None else replace(line, source_id=decision.source)


def _totals(mine: Sequence[Holding], live: Sequence[Holding]) -> pl.DataFrame:
    brought: dict[_Key, list[Holding]] = {}
    for held in mine:
        brought.setdefault((held.load.source_id, held.load.report_type, held.load.release), []).append(held)
    made = [_uses(of) for of in brought.values()]
    if not made:
        return pl.DataFrame(schema=TOTALS)
    counted = pl.concat(made)
    before = [
        None if metric is None else _year_before(brought[source, kind, release], metric, live)
        for source, kind, release, metric in counted[[*_KEY, "metric_type"]].iter_rows()
    ]
    told = counted.with_columns(pl.Series("year_before", before, dtype=pl.Int64))
    return told.sort(*_KEY, "uses", descending=[False, False, False, True], nulls_last=True)


def _uses(of: Sequence[Holding]) -> pl.DataFrame:
    """Rows and uses of each metric of one report of a source."""
    load = of[0].load
    tallied: dict[str | None, tuple[int, int]] = {}
    parts = [held.rows() for held in of if held.load.rows]
    if parts:
        counted = pl.concat(parts).group_by("metric_type").agg(pl.len(), pl.col("usage_count").sum())
        tallied = {str(name): (rows, uses) for name, rows, uses in counted.collect(engine="streaming").iter_rows()}
    months = sorted({month for held in of for month in held.load.states})
    key = (load.source_id, load.report_type, load.release, months)
    found = [(*key, metric, rows, uses, None) for metric, (rows, uses) in tallied.items()]
    return pl.DataFrame(found or [(*key, None, None, None, None)], schema=TOTALS, orient="row")


def _year_before(mine: Sequence[Holding], metric: str, live: Sequence[Holding]) -> int | None:
    """Uses of `metric` twelve months earlier; None unless all of these months are loaded whole in the same release."""
    total = 0
    for held in mine:
        report_type, release = held.load.report_type, held.load.release
        for month in held.load.months:
            earlier = f"{int(month[:4]) - 1:04}{month[4:]}"
            there = [
                one.load
                for one in live
                if (one.load.source_id, one.load.report_type, one.load.release)
                == (held.load.source_id, report_type, release)
                and one.load.scope == held.load.scope
                and one.load.claims(earlier)
                and earlier not in left_out_of(one.load)
            ]
            if not there:
                return None
            total += sum(load.tally.of_month(earlier).get(metric, 0) for load in there)
    return total
