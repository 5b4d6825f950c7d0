"""Reports into the library: one run, published whole or not at all, each report reconciled with its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import polars as pl

from nolcat_desktop.conversion import Damaged, all_repairs, damaged_cells, decline, file_total, lay_out, stopped_by
from nolcat_desktop.conversion.usage_members import names_in
from nolcat_desktop.dataset import Action, Candidate, Library, Run, SourceList, Verdict, tally
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import NotAReport, Report
from nolcat_desktop.usage import USAGE
from nolcat_desktop.validation import summarise, validate
from nolcat_desktop.workflow.finding_reports import Found, find_reports, is_broken, is_counter, within
from nolcat_desktop.workflow.known_bindings import KnownBindings
from nolcat_desktop.workflow.known_identifiers import KnownIdentifiers
from nolcat_desktop.workflow.loading import load_of, member_of, period_months, printable
from nolcat_desktop.workflow.naming_sources import proposed_id, proposed_name, source_of_siblings
from nolcat_desktop.workflow.outcome import Conversion, Wishes
from nolcat_desktop.workflow.reconciling import not_reconciled, sums_differ
from nolcat_desktop.workflow.sample_content import made_up
from nolcat_desktop.workflow.told_headings import ToldHeadings

_SHIFTED = "F-shifted"
"""Rule by which reading tells a row whose cells do not stand under their headings."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What a run did."""

    lines: tuple[Conversion, ...]
    entry: int | None
    """Number of the run in the library's history; None when nothing was stored."""

    @property
    def reasons(self) -> Mapping[str, int]:
        """Why reports were not stored → how many, the most frequent first; also of broken files in folders."""
        missed = (line for line in self.lines if line.action == "failed" or line.is_broken)
        titles = Counter(line.problem.title for line in missed if line.problem)
        return MappingProxyType(dict(titles.most_common()))

    @property
    def damaged(self) -> tuple[int, int]:
        """Cells that were left out of what was stored, and of how many reports."""
        gone = {"failed", "skipped"}
        counts = [len(line.damaged) for line in self.lines if line.damaged and line.action not in gone]
        return sum(counts), len(counts)


def convert(paths: Sequence[Path], library: Library, wishes: Wishes, progress: Progress) -> Converted:
    """Store every report in `paths` in `library`, as one run.

    Args:
        paths: Files, folders and zip archives.
        library: Where to.
        wishes: How.
        progress: Told and checked along the way.

    Returns:
        One line a report found, in order, and one for each file without any. Nothing is in the library before this
        returns.

    Raises:
        NolcatError: If the library cannot be written, or a heading that `wishes` name is nowhere: nothing was stored.
        Cancelled: If the user asked to stop: nothing was stored.
    """
    known, bindings = KnownIdentifiers(library, paths, progress), KnownBindings(library)
    headings = ToldHeadings(wishes.months, wishes.told)
    while True:
        with library.run("add") as run:
            found = find_reports(paths, progress, apart_from=library.layout.folder, told=wishes.told)
            judged = (bindings.judged(known.mended(each)) for each in headings.read(found, progress))
            lines = tuple(store_report(each, run, wishes, within(paths, progress)) for each in judged)
            headings.check()
            if not bindings.late:
                return Converted(lines, run.commit(progress))
            bindings.settle()  # of two that contradict the first was judged unawares: once more, knowing both


def store_report(
    found: Found, run: Run, wishes: Wishes, progress: Progress, counts: Mapping[str, int] | None = None
) -> Conversion:
    """Put one report into a run that is open.

    Args:
        found: The report, or what was found instead.
        run: Collects what is stored; nothing is in the library before it is committed.
        wishes: How.
        progress: Told and checked along the way.
        counts: Level → number of its findings, when it was judged already.
    """
    what = found.what
    if isinstance(what, NotAReport):
        action = "failed" if found.is_missed or is_counter(what.kind) else "ignored"
        broken = is_broken(what.kind)
        return Conversion(what.file, what.sheet, None, action=action, problem=what.problem, candidates=what.candidates,
                          is_broken=broken)  # fmt: skip
    if refused := made_up(what.origin.sha256, run.loads, or_empty=True):
        return replace(_begun(what), problem=refused)
    what = decline(what, wishes.declined_in(what))
    damaged = damaged_cells(what, member_of(what, wishes.member))
    counts = summarise(validate(what, progress=progress)) if counts is None else counts
    repairs = all_repairs(what, member_of(what, wishes.member))
    line = replace(_begun(what), damaged=damaged, findings=counts, repairs=repairs)
    problem = stopped_by(what, wishes.member) or _too_damaged(what, damaged, wishes)
    if what.totals_only:
        _keep_totals(what, found.content, run, wishes, line)
    if problem is not None:
        return replace(line, problem=problem, file_total=file_total(what, member_of(what, wishes.member)))
    return _added(what, found.content, run, wishes, line)


def _added(report: Report, content: bytes, run: Run, wishes: Wishes, line: Conversion) -> Conversion:
    source, listed = _source(report, run, wishes)
    load = load_of(report, source, wishes, line.damaged, line.findings)
    member = member_of(report, wishes.member)
    total = file_total(report, member)
    line = replace(line, source_id=source, file_total=total, months=load.months)
    if total != load.tally.total:
        return replace(line, problem=sums_differ(load.tally.total, total))
    usage = lay_out(report, source, member)
    plan = run.plan(Candidate(load, usage, names_in(report.items, member)), wishes.if_loaded, wishes.if_overlapping)
    if plan.action in {Action.FAILED, Action.SKIPPED}:
        return replace(line, action=str(plan.action), problem=plan.problem)
    try:
        stored = run.add(plan, content)
    except ValueError as error:  # what was written is not what the cells add up to
        return replace(line, problem=not_reconciled(report, load.tally, tally(usage), str(error)))
    run.sources = listed
    changed = {each.month for each in plan.months if each.verdict is Verdict.RELEASE_CHANGE}
    return replace(
        line,
        part=stored.part,
        rows=stored.rows,
        usage_total=stored.usage_total,
        file_total=load.tally.narrowed(stored.months).total,
        months=stored.months,
        action=str(plan.action),
        aside=stored.aside,
        other_release=bool(changed & set(plan.take_over)),
        closed=tuple(each.month for each in plan.months if each.closes and each.month in plan.take_over),
    )


def _keep_totals(report: Report, content: bytes, run: Run, wishes: Wishes, line: Conversion) -> None:
    """Keep the original of a report that has totals only, and note of its months that they are of that kind."""
    if report.definition is None or report.release is None or not period_months(report):
        return
    source, listed = _source(report, run, wishes)
    load = load_of(report, source, wishes, (), line.findings)
    plan = run.plan(Candidate(load, pl.LazyFrame(schema=USAGE)), wishes.if_loaded)
    if plan.action is Action.EMPTY:
        run.add(plan, content)
        run.sources = listed


def _source(report: Report, run: Run, wishes: Wishes) -> tuple[int, SourceList]:
    """The source of a report, and the list with it."""
    sources = run.sources
    names = sources.names()
    source = wishes.source if wishes.source is not None else proposed_id(report.origin.file, names)
    source = source if source is not None else source_of_siblings(report, run.loads)
    if source in names:
        return source, sources
    name = printable(proposed_name(report, member_of(report, wishes.member)))
    if source is not None:
        return source, sources.with_id(source, name)
    listed, made, _ = sources.ensure(name)
    return made, listed


def _too_damaged(report: Report, damaged: Sequence[Damaged], wishes: Wishes) -> Problem | None:
    if not damaged or wishes.without_damaged:
        return None
    first = damaged[0]
    more = f" and {len(damaged) - 1:,} more" if len(damaged) > 1 else ""
    shifted = next((one.position for one in report.irregularities if one.rule == _SHIFTED), None)
    told = f"Cell {first.position} holds “{first.value}”{more}: no number of uses."
    remedy = "Ask the provider for a corrected report, or store it without these cells (--without-damaged)"
    if shifted is not None:
        told = (
            f"The cells of row {shifted} do not stand under their headings (it has more or fewer of them), so its "
            f"numbers may belong to other months; {len(damaged):,} cells cannot be used."
        )
    elif first.value.startswith("="):
        told = f"Cell {first.position} holds the formula “{first.value}”{more}, whose result was never worked out."
        remedy = (
            "Open the workbook in a spreadsheet program, save it and take it again, or leave the cells out "
            "(--without-damaged)"
        )
    return Problem(
        "Counts that cannot be read",
        f"{told} Left out, their months would be too low; so nothing was stored.",
        f"{remedy}; they stay listed with the report.",
        first.position,
    )


def _begun(report: Report) -> Conversion:
    return Conversion(
        report.origin.file,
        report.origin.sheet,
        report.report_id,
        str(report.release) if report.release else None,
        months=tuple(f"{month:%Y-%m}" for month in report.covered_months()) if not report.totals_only else (),
    )
