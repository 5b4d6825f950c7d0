"""NoLCAT's relation COUNTERData into the library: one run, proven against the relation, or nothing at all.

What comes from it has no report as its original. In its place the library keeps a record: where it was taken from, its
sums by source, report, month and metric, and the rows that could not be stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import polars as pl

from nolcat_desktop.conversion import Damaged
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Candidate, Library, Load, Run, Scope, Source, SourceList, State, Tally, Verdict
from nolcat_desktop.dataset.tally import in_months
from nolcat_desktop.export.whole_file import whole_file
from nolcat_desktop.legacy import (
    FAULT,
    FAULT_TEXTS,
    HARMLESS,
    ONLY_R5,
    ONLY_R51,
    Evidence,
    Open,
    Relation,
    decide,
)
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.outcome import SHOWN_DAMAGED, Conversion
from nolcat_desktop.workflow.relation_problems import (
    BELONGING_NOWHERE,
    called,
    defect,
    left_rows,
    mixed_months,
    open_months,
)
from nolcat_desktop.workflow.relation_proof import left_out_by_reason, prove, record
from nolcat_desktop.workflow.relation_spool import Spool

_TABLE = "COUNTERData"


@dataclass(frozen=True, slots=True)
class TakingOver:
    """How a relation is to be taken over."""

    if_loaded: str = "fail"
    if_overlapping: str = "fail"
    without_damaged: bool = False
    """Store the rest of a report of which rows cannot be stored."""
    release: Release | None = None
    """Of months of which neither words nor dates say whether they are of Release 5 or 5.1."""
    left_out: Path | None = None
    """A CSV file that lists every row that was not stored."""
    sources: SourceList | None = None
    """NoLCAT's list, where it does not come along."""
    look_only: bool = False
    """Read and prove everything, and say what would become of it; nothing is stored."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a run did."""

    lines: tuple[Conversion, ...]
    """One for each source, report type and release."""
    entry: int | None
    rows: int
    """Rows of the relation."""
    usage_total: int
    """Control sum of the relation."""
    left_out: Mapping[str, int]
    """Id of the reason → rows that cannot be stored."""
    notices: int
    """Rows in which a cell was set to null."""
    names: Mapping[int, str] = field(default_factory=dict)
    """Of the sources, by id."""


def take_over(relation: Relation, library: Library, wishes: TakingOver, progress: Progress) -> TakenOver:
    """Store all usage of `relation`, as one run.

    Args:
        relation: NoLCAT's, wherever it is.
        library: Where to; parts have no harvest date.
        wishes: How.
        progress: Told and checked along the way.

    Returns:
        What became of each source's report. Nothing is in the library before this returns.

    Raises:
        NolcatError: If the relation cannot be read to its end, its sums are not those of what was read, an id of its
            sources means another source here, or the library cannot be written: nothing was stored.
        Cancelled: If the user asked to stop: nothing was stored.
    """
    with library.run("take over") as run:
        spool = Spool(library.layout.unfinished / "relation")
        for batch in relation.batches(progress):
            spool.take(batch)
        spool.finish()
        sums = spool.sums()
        prove(sums, relation.totals(progress))
        _take_sources(run, relation, wishes, spool)
        original = record(relation, sums, spool.left_out())
        taking = _Taking(relation, run, wishes, spool, sums, original)
        lines = [line for unit in progress.over("Storing", spool.units(), _named_unit) for line in taking.unit(*unit)]
        lines += taking.rows_of_nothing()
        _list_left_out(spool, wishes.left_out)
        names = run.sources.names()
        notices = int(spool.notices().select(pl.len()).collect().item())
        entry = None if wishes.look_only else run.commit(progress)
    rows, total = int(sums["rows"].sum()), int(sums["usage_count"].sum())
    return TakenOver(tuple(lines), entry, rows, total, left_out_by_reason(sums), notices, names)


@dataclass(frozen=True, slots=True)
class _Taking:
    """One relation on its way into one run."""

    relation: Relation
    run: Run
    wishes: TakingOver
    spool: Spool
    sums: pl.DataFrame
    original: bytes

    def unit(self, source: int, report_type: str) -> list[Conversion]:
        """The lines of one source's report: one a release, and one for months that cannot be stored."""
        mine = self.sums.filter((pl.col("statistics_source_ID") == source) & (pl.col("report_type") == report_type))
        releases = decide(report_type, _evidence(mine), self.wishes.release)
        begun = Conversion(self.relation.name, None, report_type, source_id=source)
        stored = mine.filter(pl.col(FAULT).is_null())
        left = self._left_of(source, report_type) if mine.height > stored.height else ()
        lost = int(mine.filter(pl.col(FAULT).is_not_null() & ~pl.col(FAULT).is_in(list(HARMLESS)))["rows"].sum())
        lines, names = [], self.run.sources.names()
        for what in dict.fromkeys(releases.values()):
            months = [month for month, found in releases.items() if found is what]
            rows = stored.filter(pl.col("usage_date").is_in(months))
            line = replace(begun, file_total=int(rows["usage_count"].sum()), months=_names(months), damaged=left)
            match what:
                case Open.MIXED:
                    lines.append(replace(line, problem=mixed_months(report_type, called(source, names), line.months)))
                case Open.UNDECIDED:
                    lines.append(replace(line, problem=open_months(report_type, called(source, names), line.months)))
                case Release() if lost and not self.wishes.without_damaged:
                    lines.append(replace(line, release=str(what), problem=left_rows(lost, left)))
                case Release():
                    lines.append(self._stored(replace(line, release=str(what)), rows))
        return lines

    def rows_of_nothing(self) -> list[Conversion]:
        """A line for the rows without source or report, and one for each report of which no row can be stored."""
        faulty = self.sums.filter(pl.col(FAULT).is_not_null() & ~pl.col(FAULT).is_in(list(HARMLESS)))
        units = self.spool.units()
        seen: dict[tuple[int | None, str | None], int] = {}
        for source, report_type, rows in faulty.select("statistics_source_ID", "report_type", "rows").iter_rows():
            if (source, report_type) not in units:
                nowhere = source is None or report_type is None
                key = (None, None) if nowhere else (source, report_type)
                seen[key] = seen.get(key, 0) + rows
        lines = []
        for (source, report_type), number in seen.items():
            left = self._left_of(source, report_type)
            begun = Conversion(self.relation.name, None, report_type, source_id=source, damaged=left)
            kept = self.wishes.without_damaged
            problem = None if kept else left_rows(number, left, BELONGING_NOWHERE if source is None else "")
            lines.append(replace(begun, action="ignored" if kept else "failed", problem=problem))
        return lines

    def _stored(self, line: Conversion, sums: pl.DataFrame) -> Conversion:
        load = self._load(line, sums)
        days = in_months(load.months)
        usage = (
            self.spool.rows_of(load.source_id, load.report_type)
            .filter(days)
            .with_columns(release=pl.lit(load.release, pl.String))
        )
        platforms = usage.select(pl.col("platform").drop_nulls().unique()).collect(engine="streaming")["platform"]
        load = replace(load, scope=Scope(platforms=frozenset(platforms)))
        plan = self.run.plan(Candidate(load, usage), self.wishes.if_loaded, self.wishes.if_overlapping)
        if plan.problem is not None or (not plan.store and not plan.aside):
            return replace(line, action=str(plan.action), problem=plan.problem)
        if self.wishes.look_only:
            kept = load.tally.narrowed(plan.store)
            rows, total = sum(kept.rows_by_month.values()), kept.total
            line = replace(line, rows=rows, usage_total=total, file_total=total, months=plan.store)
            return replace(line, action=str(plan.action))
        try:
            done = self.run.add(plan, self.original)
        except ValueError as error:  # what was written is not what was announced
            raise defect(str(error)) from error
        changed = {each.month for each in plan.months if each.verdict is Verdict.RELEASE_CHANGE}
        return replace(
            line,
            part=done.part,
            rows=done.rows,
            usage_total=done.usage_total,
            file_total=load.tally.narrowed(done.months).total,
            months=done.months,
            action=str(plan.action),
            other_release=bool(changed & set(plan.take_over)),
        )

    def _load(self, line: Conversion, sums: pl.DataFrame) -> Load:
        tally = _tally(sums)
        noticed = self.spool.notices().filter(
            (pl.col("statistics_source_ID") == line.source_id) & (pl.col("report_type") == line.report_id)
        )
        number = int(noticed.select(pl.len()).collect().item())
        return Load(
            original=f"{_TABLE} of {self.relation.name}",
            sha256=hashlib.sha256(self.original).hexdigest(),
            kind=self.relation.kind,
            report_type=str(line.report_id),
            release=str(line.release),
            source_id=int(line.source_id or 0),
            states=MappingProxyType(dict.fromkeys(tally.rows_by_month, State.USAGE)),
            tally=tally,
            sheet=f"{_TABLE}, Release {line.release}",
            findings=MappingProxyType({"Notice": number} if number else {}),
            damaged=tuple((one.position, one.value) for one in line.damaged),
            damaged_months=tuple(one.month for one in line.damaged),
        )

    def _left_of(self, source: int | None, report_type: str | None) -> tuple[Damaged, ...]:
        """The first rows of a source's report that cannot be stored; of no report, when one of them is None."""
        of = [pl.col("statistics_source_ID"), pl.col("report_type")]
        if source is None or report_type is None:
            which = of[0].is_null() | of[1].is_null()
        else:
            which = (of[0] == source) & (of[1] == report_type)
        found = self.spool.first_left_out(which, SHOWN_DAMAGED)
        return tuple(Damaged(where, FAULT_TEXTS[fault], month) for where, fault, month in found)


def _evidence(sums: pl.DataFrame) -> Sequence[Evidence]:
    """What the rows of each month say of their release."""
    by_month = (
        sums.filter(pl.col(FAULT).is_null())
        .group_by("usage_date")
        .agg(pl.col(ONLY_R5, ONLY_R51).any(), pl.col("release").unique())
        .sort("usage_date")
    )
    return [
        Evidence(day, five, more, next((one for one in said if one), None), len(said) > 1)
        for day, five, more, said in by_month.iter_rows()
    ]


def _tally(sums: pl.DataFrame) -> Tally:
    """Rows and sums by metric and month of what can be stored."""
    by = sums.group_by("metric_type", "usage_date").agg(pl.col("rows", "usage_count").sum())
    rows: dict[str, int] = {}
    found: dict[str, dict[str, int]] = {}
    for metric, day, number, total in by.sort("metric_type", "usage_date").iter_rows():
        month = f"{day:%Y-%m}"
        rows[month] = rows.get(month, 0) + number
        found.setdefault(metric, {})[month] = total
    frozen = {metric: MappingProxyType(of) for metric, of in found.items()}
    return Tally(MappingProxyType(dict(sorted(rows.items()))), MappingProxyType(frozen))


def _take_sources(run: Run, relation: Relation, wishes: TakingOver, spool: Spool) -> None:
    """NoLCAT's list into the library's, and a line for each source that is in neither."""
    rows = tuple(
        Source(one.source_id, one.name, local=False, other=MappingProxyType(dict(one.other)))
        for one in relation.sources()
    )
    columns = (*SourceList().columns, *(name for one in rows[:1] for name in one.other))
    listed = run.sources.taken_in(SourceList(rows, columns)) if rows else run.sources
    listed = listed.taken_in(wishes.sources) if wishes.sources else listed
    known = listed.names()
    unknown = sorted({source for source, _ in spool.units()} - set(known))
    named = tuple(Source(one, f"statistics source {one}", local=False, other=MappingProxyType({})) for one in unknown)
    run.sources = listed.taken_in(SourceList(named)) if named else listed


def _list_left_out(spool: Spool, target: Path | None) -> None:
    if target is not None:
        rows = spool.left_out().with_columns(reason=pl.col(FAULT).replace_strict(FAULT_TEXTS)).drop(FAULT)
        with whole_file(target) as beside:
            rows.rename({name: name.lstrip("#") for name in rows.collect_schema() if name[0] == "#"}).sink_csv(
                beside, include_bom=True
            )


def _names(months: Sequence[date]) -> tuple[str, ...]:
    return tuple(f"{month:%Y-%m}" for month in sorted(months))


def _named_unit(unit: tuple[int, str]) -> str:
    return f"{unit[1]} of source {unit[0]}"
