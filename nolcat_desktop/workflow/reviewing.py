"""The review: what each report found is, what is wrong with it, and what adding it would do. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import polars as pl

from nolcat_desktop.conversion import Damaged, damaged_cells, file_total, lay_out, stopped_by
from nolcat_desktop.conversion.stopping import members
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Candidate, Library, Load, State
from nolcat_desktop.findings import no_findings
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import FileKind, NotAReport, Report
from nolcat_desktop.validation import GROUPS, group, summarise, validate, verdict
from nolcat_desktop.workflow.describing import unreadable
from nolcat_desktop.workflow.finding_reports import Found, find_reports
from nolcat_desktop.workflow.loading import load_of, member_of
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.reconciling import sums_differ
from nolcat_desktop.workflow.review_plan import Standing, Todo, Twin, month_digests, standing_of, twin_of
from nolcat_desktop.workflow.review_source import Proposal, Reason, propose

_NOWHERE = Proposal(None, "", Reason.NAMELESS)
_UNKNOWN = Standing(Todo.CANNOT)
_NOT_WRITTEN = frozenset({Todo.ALREADY, Todo.SAME_TWIN, Todo.OVERLAPS, Todo.CANNOT})
"""What stands in nobody's way, for it is not added."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One report found, or a file without any. The file's bytes are not kept: they are read again when it is added."""

    file: str
    """As it was given; inside an archive `archive.zip!/member`."""
    sheet: str | None
    number: int
    """Which of the reports in the file it is, from 0; with `file` it names the report."""
    is_report: bool
    is_missed: bool = False
    """No report, though one was expected."""
    sha256: str = ""
    kind: FileKind | None = None
    definition: Definition | None = None
    release: Release | None = None
    delivered_name: str = ""
    """Report_Name as delivered."""
    institution: str = ""
    months: tuple[str, ...] = ()
    """yyyy-mm, ascending."""
    rows: int = 0
    """Data rows."""
    level: Level = Level.PASSED
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Level's label → number of findings."""
    findings: pl.DataFrame = field(default_factory=no_findings)
    groups: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=GROUPS))
    proposal: Proposal = _NOWHERE
    members: tuple[str, ...] = ()
    """The institutions of a consortium's report, when there is more than one."""
    member: str | None = None
    """The one of `members` that was chosen."""
    damaged: tuple[Damaged, ...] = ()
    standing: Standing = _UNKNOWN
    problem: Problem | None = None
    """What stops it, damaged cells and what is loaded left aside."""
    load: Load | None = None
    """What the library would be told of it."""
    digests: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """Month → digest of its usage."""
    twin: Twin | None = None
    """A report before it in this review that has the same months."""

    @property
    def key(self) -> tuple[str, int]:
        """Names the report within a review."""
        return self.file, self.number

    @property
    def todo(self) -> Todo:
        """What is to be done with it, if the user decides nothing."""
        return self.todo_when()

    def todo_when(self, *, source_known: bool = False, without_damaged: bool = False) -> Todo:
        """What is to be done with it once some things are decided.

        Args:
            source_known: Whether the user confirmed the source.
            without_damaged: Whether the user leaves the damaged cells out.
        """
        if not self.is_report or (self.problem is not None and not self.asks_for_member):
            return Todo.CANNOT
        if self.problem is not None:
            return Todo.MEMBER
        if not self.proposal.is_sure and not source_known:
            return Todo.SOURCE
        if self.damaged and not without_damaged:
            return Todo.DAMAGED
        return self._beside_twin()

    def _beside_twin(self) -> Todo:
        if self.standing.todo is Todo.ALREADY or self.twin is None:
            return self.standing.todo
        if not self.twin.same:
            return Todo.TWIN
        return Todo.SAME_TWIN if self.twin.covers else self.standing.todo

    @property
    def replaceable(self) -> tuple[str, ...]:
        """The differing months that this report may replace; a month that is partly there replaces nothing."""
        states = self.load.states if self.load is not None else {}
        return tuple(month for month in self.standing.differing if states.get(month) is not State.PARTIAL)

    @property
    def asks_for_member(self) -> bool:
        """Whether all that is missing is which of the institutions is meant."""
        return bool(self.members) and self.member is None


def review(paths: Sequence[Path], library: Library, wishes: Wishes, progress: Progress) -> Iterator[Reviewed]:
    """Read and judge every report in `paths`, and say what adding it would do.

    Args:
        paths: Files, folders and zip archives.
        library: Where they would be added.
        wishes: How.
        progress: Told and checked along the way.

    Yields:
        One for each report found, in order, and one for each file or sheet without any.

    Raises:
        NolcatError: If the library cannot be read.
        Cancelled: If the user asked to stop.
    """
    before: list[Reviewed] = []
    numbers: dict[str, int] = {}
    for found in find_reports(paths, progress, apart_from=library.layout.folder):
        number = numbers.get(_file(found), 0)
        numbers[_file(found)] = number + 1
        reviewed = with_twin(_reviewed(found, number, library, wishes, progress), before)
        if reviewed.todo not in _NOT_WRITTEN:
            before.append(reviewed)
        yield reviewed


def review_one(
    report: Report, reviewed: Reviewed, library: Library, wishes: Wishes, proposal: Proposal | None = None
) -> Reviewed:
    """The same report with another source or member in `wishes`; its findings stay, `twin` is asked for anew.

    Args:
        report: Read again (`review_again.read_again`).
        reviewed: What was found out before.
        library: Where it would be added.
        wishes: The source and the member that the user chose.
        proposal: The source that the user chose, a new one too; None: as `wishes` say.
    """
    return _planned(report, replace(reviewed, twin=None), library, wishes, proposal)


def with_twin(reviewed: Reviewed, before: Sequence[Reviewed]) -> Reviewed:
    """The report with the first of those `before` it that speaks about the same months."""
    if reviewed.load is None:
        return reviewed
    others = (
        (one.load, one.digests, one.proposal.name if one.proposal.source_id is None else None)
        for one in before
        if one.load is not None and one.key != reviewed.key
    )
    name = reviewed.proposal.name if reviewed.proposal.source_id is None else None
    return replace(reviewed, twin=twin_of(reviewed.load, reviewed.digests, name, others))


def _file(found: Found) -> str:
    return found.what.origin.file if isinstance(found.what, Report) else found.what.file


def _reviewed(found: Found, number: int, library: Library, wishes: Wishes, progress: Progress) -> Reviewed:
    what = found.what
    if isinstance(what, NotAReport):
        findings = unreadable(what.problem)
        return Reviewed(
            what.file,
            what.sheet,
            number,
            is_report=False,
            is_missed=found.is_missed,
            level=Level.FATAL,
            findings=findings,
            groups=group(findings),
            problem=what.problem,
        )
    progress.check()
    findings = validate(what, progress=progress)
    begun = Reviewed(
        what.origin.file,
        what.origin.sheet,
        number,
        is_report=True,
        sha256=what.origin.sha256,
        kind=what.origin.kind,
        definition=what.definition,
        release=what.release,
        delivered_name=what.header.texts.get("Report_Name", ""),
        institution=what.header.texts.get("Institution_Name", ""),
        months=() if what.totals_only else tuple(f"{month:%Y-%m}" for month in what.covered_months()),
        rows=what.items.height,
        level=verdict(findings),
        counts=summarise(findings),
        findings=findings,
        groups=group(findings, what.items.height),
        members=members(what),
    )
    progress.check()
    return _planned(what, begun, library, wishes)


def _planned(
    report: Report, begun: Reviewed, library: Library, wishes: Wishes, chosen: Proposal | None = None
) -> Reviewed:
    """What adding would do: laid out and summed up as it would be stored, and held against the library."""
    problem = stopped_by(report, wishes.member)
    listed = library.sources()
    proposal = chosen or propose(report, listed, library.holdings(), wishes)
    begun = replace(begun, member=wishes.member, proposal=proposal, problem=problem, load=None, standing=_UNKNOWN)
    if problem is not None:
        return begun
    member = member_of(report, wishes.member)
    source = proposal.source_id if proposal.source_id is not None else listed.ensure(proposal.name)[1]
    damaged = damaged_cells(report, member)
    load = load_of(report, source, wishes, damaged, begun.counts)
    total = file_total(report, member)
    if total != load.tally.total:
        return replace(begun, damaged=damaged, problem=sums_differ(load.tally.total, total))
    usage = lay_out(report, source, member)
    plan = library.plan(Candidate(load, usage), "fail")
    return replace(begun, damaged=damaged, load=load, standing=standing_of(plan), digests=month_digests(usage))
