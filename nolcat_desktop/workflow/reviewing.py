"""The review: what each report found is, what is wrong with it, and what adding it would do. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from nolcat_desktop.conversion import (
    all_repairs,
    damaged_cells,
    decline,
    file_total,
    lay_out,
    stopped_by,
)
from nolcat_desktop.conversion.stopping import members
from nolcat_desktop.conversion.usage_members import names_in
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.dataset import Candidate, Library
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.bindings import carried, contradictions
from nolcat_desktop.reading.repairs_elsewhere import with_recorded
from nolcat_desktop.report import NotAReport, Report, Told
from nolcat_desktop.validation import group, summarise, validate, verdict
from nolcat_desktop.workflow.describing import unreadable
from nolcat_desktop.workflow.finding_reports import Found, find_reports, is_broken, is_counter, within
from nolcat_desktop.workflow.known_bindings import KnownBindings
from nolcat_desktop.workflow.known_identifiers import KnownIdentifiers
from nolcat_desktop.workflow.loading import load_of, member_of
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.reconciling import sums_differ
from nolcat_desktop.workflow.review_causes import told_once, until_answered
from nolcat_desktop.workflow.review_damage import weighed
from nolcat_desktop.workflow.review_ground import ground_of
from nolcat_desktop.workflow.review_headings import heading_question
from nolcat_desktop.workflow.review_parted import parted
from nolcat_desktop.workflow.review_plan import Todo, month_digests, months_beside, standing_of
from nolcat_desktop.workflow.review_source import Proposal, propose
from nolcat_desktop.workflow.review_told import (
    MOST_REPAIRS,
    NO_ANSWERS,
    Answer,
    Answers,
    known_source,
    month_question,
    told_of,
)
from nolcat_desktop.workflow.review_twins import with_twin
from nolcat_desktop.workflow.reviewed import UNKNOWN, Reviewed
from nolcat_desktop.workflow.sample_content import made_up

__all__ = ["Reviewed", "judged", "review", "review_one", "with_twin"]
_NOT_WRITTEN = frozenset({Todo.ALREADY, Todo.SAME_TWIN, Todo.OVERLAPS, Todo.CANNOT})
"""What stands in nobody's way, for it is not added."""


def review(
    paths: Sequence[Path], library: Library, wishes: Wishes, progress: Progress, answers: Answers = NO_ANSWERS
) -> Iterator[Reviewed]:
    """Read and judge every report in `paths`, and say what adding it would do.

    Args:
        paths: Files, folders and zip archives.
        library: Where they would be added.
        wishes: How.
        progress: Told and checked along the way.
        answers: What the user said already about single reports; it holds for files that are still the same.

    Yields:
        One for each report found, in order, and one for each file or sheet without any; once more at the end for a
        report that a later one contradicts.

    Raises:
        NolcatError: If the library cannot be read.
        Cancelled: If the user asked to stop.
    """
    before: list[Reviewed] = []
    listed = library.sources().names() if answers else {}
    known, bindings = KnownIdentifiers(library, paths, progress), KnownBindings(library)
    inside = within(paths, progress)
    only: frozenset[tuple[str, str | None]] | None = None
    while True:
        for delivered, number in _numbered(find_reports(paths, progress, library.layout.folder, wishes.told)):
            if only is not None and _place(delivered) not in only:
                continue
            found = bindings.judged(known.mended(delivered))
            answer = known_source(answers.get((_file(found), number)), listed)
            if answer is None or answer.sha256 != sha256(found.content).hexdigest():
                reviewed = with_twin(_reviewed(found, number, library, wishes, inside), before)
            else:
                reviewed = with_twin(judged(found, number, library, answer, inside), before)
            if reviewed.todo not in _NOT_WRITTEN:
                before.append(reviewed)
            yield reviewed
        if not bindings.late:
            return
        only = frozenset(one.key for one in bindings.late)
        before = [one for one in before if (one.file, one.sheet) not in only]
        bindings.settle()


def judged(found: Found, number: int, library: Library, answer: Answer, progress: Progress) -> Reviewed:
    """A report read and judged anew, with what the user said about it; `twin` is asked for anew.

    Args:
        found: What was found before.
        number: Its number in its file.
        library: Where it would be added.
        answer: What the user said.
        progress: Told and checked along the way.

    Raises:
        NolcatError: If the file or the library cannot be read.
        Cancelled: If the user asked to stop.
    """
    recorded = found.what.repairs if isinstance(found.what, Report) else ()
    anew = told_of(found, number, answer.told, progress)
    if isinstance(anew.what, Report):
        kept = carried(anew.what, contradictions(found.what)) if isinstance(found.what, Report) else anew.what
        anew = replace(anew, what=with_recorded(kept, recorded))
    return _reviewed(anew, number, library, answer.wishes(), progress, chosen=answer.proposal)


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


def _numbered(every: Iterator[Found]) -> Iterator[tuple[Found, int]]:
    """Each with its number in its file, from 0."""
    numbers: dict[str, int] = {}
    for found in every:
        number = numbers.get(_file(found), 0)
        numbers[_file(found)] = number + 1
        yield found, number


def _place(found: Found) -> tuple[str, str | None]:
    sheet = found.what.origin.sheet if isinstance(found.what, Report) else found.what.sheet
    return _file(found), sheet


def _file(found: Found) -> str:
    return found.what.origin.file if isinstance(found.what, Report) else found.what.file


def _no_report(found: Found, what: NotAReport, number: int, told: Told) -> Reviewed:
    findings, is_asked = unreadable(what.problem), bool(what.candidates)
    return Reviewed(
        what.file,
        what.sheet,
        number,
        is_report=False,
        is_missed=found.is_missed or is_broken(what.kind) or (is_counter(what.kind) and not is_asked),
        is_broken=is_broken(what.kind),
        sha256=sha256(found.content).hexdigest() if what.candidates else "",
        level=Level.FATAL,
        findings=findings,
        groups=group(findings),
        problem=what.problem,
        candidates=what.candidates,
        told=told,
    )


def _reviewed(  # noqa: PLR0913 - what is found, where it would go, and what was said
    found: Found,
    number: int,
    library: Library,
    wishes: Wishes,
    progress: Progress,
    *,
    chosen: Proposal | None = None,
) -> Reviewed:
    what = found.what
    if isinstance(what, NotAReport):
        return _no_report(found, what, number, wishes.told)
    progress.check()
    repairs, declined = all_repairs(what, wishes.member), wishes.declined_in(what)
    what = decline(what, declined)
    findings = until_answered(told_once(validate(what, progress=progress)), what)
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
        possible=what.possible,
        contradicted=contradictions(what),
        told=what.origin.told,
        repairs=repairs[:MOST_REPAIRS],
        repaired=len(repairs),
        declined=declined & {one.position for one in repairs},
    )
    progress.check()
    return _planned(what, begun, library, wishes, chosen)


def _planned(
    report: Report, begun: Reviewed, library: Library, wishes: Wishes, chosen: Proposal | None = None
) -> Reviewed:
    """What adding would do: laid out and summed up as it would be stored, and held against the library."""
    listed, held = library.sources(), library.holdings()
    problem = made_up(report.origin.sha256, (one.load for one in held)) or stopped_by(report, wishes.member)
    proposal = chosen or propose(report, listed, held, wishes)
    ground = ground_of(report, member_of(report, wishes.member), proposal, library)
    begun = replace(begun, member=wishes.member, proposal=proposal, ground=ground, problem=problem, question=None)
    begun = replace(begun, load=None, standing=UNKNOWN)
    if problem is not None:
        return replace(begun, question=month_question(report, problem) or heading_question(report, problem))
    member = member_of(report, wishes.member)
    source = proposal.source_id if proposal.source_id is not None else listed.ensure(proposal.name)[1]
    damaged = damaged_cells(report, member)
    load = load_of(report, source, wishes, damaged, begun.counts)
    total = file_total(report, member)
    if total != load.tally.total:
        return replace(begun, damaged=damaged, problem=sums_differ(load.tally.total, total))
    usage = lay_out(report, source, member)
    plan = library.plan(Candidate(load, usage, names_in(report.items, member)), "fail")
    standing = weighed(standing_of(plan), plan, usage, begun.findings, damaged)
    there, fresh = [one.load for one in held], standing.fresh
    standing = replace(standing, beside=months_beside(load, fresh, there), parted=parted(load, fresh, there))
    return replace(begun, damaged=damaged, load=load, standing=standing, digests=month_digests(usage))
