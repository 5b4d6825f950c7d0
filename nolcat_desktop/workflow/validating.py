"""What is wrong with reports, without storing them: `validate`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from typing import Any, Final

import polars as pl

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.findings import no_findings
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import FileKind, NotAReport, Report
from nolcat_desktop.validation import ReportSums, findings_beside, group, report_sums, summarise, validate, verdict
from nolcat_desktop.validation.faults import frame_of
from nolcat_desktop.validation.reading_rules import READING_RULES
from nolcat_desktop.workflow.comparing import Past
from nolcat_desktop.workflow.describing import unreadable
from nolcat_desktop.workflow.finding_reports import Found
from nolcat_desktop.workflow.known_bindings import KnownBindings

PRINTED: Final = 10_000
"""Findings that are printed of one report; the counts are of all."""


@dataclass(frozen=True, slots=True)
class Judging:
    """How reports are judged."""

    official: bool = False
    """As COUNTER's own validator does, which sees the first report of a file only."""
    today: date | None = None
    """For rules about the future; None: they are silent."""
    past: Past | None = None
    """What numbers are compared with; not when judging officially."""
    bindings: KnownBindings | None = None
    """What the reports of the run say of their titles; None: they are not held against one another."""
    only: str | None = None
    """The file, if there is only this one: a table in it has no other reports to be compared with."""

    def is_alone(self, report: Report) -> bool:
        """Whether no other report can follow or precede `report`."""
        return report.origin.file == self.only and report.origin.kind in {FileKind.TSV, FileKind.CSV}


@dataclass(frozen=True, slots=True)
class Validation:
    """One line of `validate`: what is wrong with a report found."""

    what: Report | NotAReport
    verdict: Level
    usable: bool
    counts: Mapping[str, int]
    findings: pl.DataFrame
    """All findings, in the columns of `FINDINGS`."""
    is_missed: bool
    """Whether a report was expected here and none found: the user named the file itself, or it could not be read."""
    sums: ReportSums | None = field(default=None, compare=False)
    """What it is compared by with other reports."""

    @property
    def place(self) -> tuple[str, str | None]:
        """Its file and its sheet."""
        if isinstance(self.what, Report):
            return self.what.origin.file, self.what.origin.sheet
        return self.what.file, self.what.sheet

    @property
    def is_report(self) -> bool:
        """Whether there was a report."""
        return isinstance(self.what, Report)

    def groups(self) -> pl.DataFrame:
        """The findings of one kind put together (`validation.GROUPS`)."""
        return group(self.findings, self.what.items.height if isinstance(self.what, Report) else 0)

    def line(self) -> Line:
        """What is printed of it, without the report."""
        report, place = (self.what, self.what.origin) if isinstance(self.what, Report) else (None, self.what)
        return Line(
            place.file,
            place.sheet,
            str(report.release) if report and report.release else None,
            report.report_id if report else None,
            self.verdict,
            self.usable,
            self.counts,
            self.findings.head(PRINTED),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of `validate`, ready to be printed (design 3.3)."""

    file: str
    sheet: str | None
    release: str | None
    report_id: str | None
    verdict: Level
    usable: bool
    counts: Mapping[str, int]
    findings: pl.DataFrame
    """At most 10,000; the counts are of all."""

    def held(self) -> Held:
        """The same in little memory."""
        buffer = BytesIO()
        self.findings.write_ipc(buffer, compression="zstd")
        return Held(replace(self, findings=no_findings()), buffer.getvalue())

    def with_more(self, findings: pl.DataFrame) -> Line:
        """The same with findings about the whole report before the others."""
        more = summarise(findings)
        counts = {level: count + more[level] for level, count in self.counts.items()}
        every = pl.concat([findings, self.findings]).head(PRINTED)
        return replace(self, verdict=max(self.verdict, verdict(findings)), counts=counts, findings=every)

    def as_dict(self) -> dict[str, Any]:
        """The line, ready for JSON."""
        labels = {level.value: level.label for level in Level}
        label = pl.col("level").replace_strict(labels, return_dtype=pl.String)
        return {
            "file": self.file,
            "sheet": self.sheet,
            "release": self.release,
            "report_id": self.report_id,
            "verdict": self.verdict.label,
            "usable": self.usable,
            "counts": dict(self.counts),
            "findings": self.findings.with_columns(label).to_dicts(),
        }


@dataclass(frozen=True, slots=True)
class Held:
    """A line that waits until all reports are known: hundreds of them may be full of findings."""

    _line: Line
    _findings: bytes

    def line(self) -> Line:
        """As it was."""
        return replace(self._line, findings=pl.read_ipc(BytesIO(self._findings)))


def validate_found(found: Iterable[Found], progress: Progress, judging: Judging) -> Iterator[Validation]:
    """Say of each report what is wrong with it. Nothing is written."""
    has_others = judging.only is None or judging.past is not None
    is_compared = judging.bindings is not None and not judging.official and has_others
    for each in first_of_files(found) if judging.official else found:
        one = judging.bindings.judged(each) if is_compared and judging.bindings is not None else each
        what = one.what
        if isinstance(what, Report):
            yield _judged(what, judging, progress)
        else:
            findings = unreadable(what.problem)
            yield Validation(what, Level.FATAL, False, summarise(findings), findings, one.is_missed)


def beside_one_another(
    places: Sequence[tuple[str, str | None]], sums: Sequence[ReportSums | None], judging: Judging
) -> dict[int, pl.DataFrame]:
    """What reports say against one another, by their place; known only once all were read.

    Args:
        places: File and sheet of each, in order.
        sums: What each adds up to.
        judging: Brings what is known of their titles.
    """
    found = dict(findings_beside(sums))
    for late in judging.bindings.late if judging.bindings is not None else ():
        place = places.index(late.key)
        told = READING_RULES[late.told.rule].fault.at(None, detail=late.told.detail or "")
        found[place] = pl.concat([frame_of([told]), *([found[place]] if place in found else [])])
    return found


def first_of_files(found: Iterable[Found]) -> Iterator[Found]:
    """Of each file the first report, or what was found instead of any."""
    waiting: Found | None = None
    done: bytes | None = None
    for one in found:
        if one.content and one.content is done:
            continue
        if waiting is not None and waiting.content is not one.content:
            yield waiting
        waiting = one
        if isinstance(one.what, Report) or not one.content:
            yield one
            waiting, done = None, one.content
    if waiting is not None:
        yield waiting


def _judged(report: Report, judging: Judging, progress: Progress) -> Validation:
    findings = validate(report, official=judging.official, today=judging.today, progress=progress)
    is_own = not judging.official
    past = judging.past.beside(report) if judging.past is not None and is_own else no_findings()
    findings = pl.concat([past, findings]) if past.height else findings
    return Validation(
        report,
        verdict(findings),
        stopped_by(report) is None and not damaged_cells(report),
        summarise(findings),
        findings,
        is_missed=False,
        sums=report_sums(report) if is_own and not judging.is_alone(report) else None,
    )
