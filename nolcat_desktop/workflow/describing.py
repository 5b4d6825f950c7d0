"""What a report is, without storing it: `inspect` and `validate`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.findings import FINDINGS
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import NotAReport, Report
from nolcat_desktop.validation import summarise, validate, verdict
from nolcat_desktop.workflow.finding_reports import find_reports
from nolcat_desktop.workflow.naming_sources import proposed_name

PRINTED = 10_000
"""Findings that are printed of one report; the counts are of all."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One line of `inspect`: what a report found is (design 3.3)."""

    fields: Mapping[str, Any]
    """The line, ready for JSON."""
    is_report: bool
    is_missed: bool
    """Whether a report was expected here and none found: the user named the file itself, or it could not be read."""


@dataclass(frozen=True, slots=True)
class Validation:
    """One line of `validate`: what is wrong with a report found."""

    file: str
    sheet: str | None
    release: str | None
    report_id: str | None
    verdict: Level
    usable: bool
    counts: Mapping[str, int]
    findings: pl.DataFrame
    """All findings, in the columns of `FINDINGS`."""
    is_report: bool
    is_missed: bool
    """Whether a report was expected here and none found: the user named the file itself, or it could not be read."""

    def as_dict(self) -> dict[str, Any]:
        """The line, ready for JSON: at most 10,000 findings."""
        labels = {level.value: level.label for level in Level}
        label = pl.col("level").replace_strict(labels, return_dtype=pl.String)
        findings = self.findings.head(PRINTED).with_columns(label)
        return {
            "file": self.file,
            "sheet": self.sheet,
            "release": self.release,
            "report_id": self.report_id,
            "verdict": self.verdict.label,
            "usable": self.usable,
            "counts": dict(self.counts),
            "findings": findings.to_dicts(),
        }


def inspect(paths: Sequence[Path], progress: Progress) -> Iterator[Inspection]:
    """Say of each report in `paths` what it is. Nothing is written."""
    for found in find_reports(paths, progress):
        what = found.what
        if isinstance(what, Report):
            yield Inspection(_described(what), is_report=True, is_missed=False)
        else:
            yield Inspection(_not_described(what), is_report=False, is_missed=found.is_missed)


def _described(report: Report) -> dict[str, Any]:
    header = report.header
    problem = stopped_by(report)
    return {
        "file": report.origin.file,
        "sheet": report.origin.sheet,
        "format": str(report.origin.kind),
        "release": str(report.release) if report.release else None,
        "report_id": report.report_id,
        "report_name": header.texts.get("Report_Name") or None,
        "institution_name": header.texts.get("Institution_Name") or None,
        "created": header.texts.get("Created") or None,
        "created_by": header.texts.get("Created_By") or None,
        "begin": header.begin.isoformat() if header.begin else None,
        "end": header.end.isoformat() if header.end else None,
        "months": [f"{month:%Y-%m}" for month in report.covered_months()] if not report.totals_only else [],
        "rows": report.items.height,
        "source_guess": proposed_name(report),
        "exceptions": [{"code": one.code, "message": one.message, "data": one.data} for one in header.exceptions],
        "problem": problem.as_dict() if problem else None,
    }


def _not_described(found: NotAReport) -> dict[str, Any]:
    absent = ("format", "release", "report_id", "report_name", "institution_name", "created", "created_by")
    return {
        "file": found.file,
        "sheet": found.sheet,
        **dict.fromkeys((*absent, "begin", "end")),
        "months": [],
        "rows": 0,
        "source_guess": None,
        "exceptions": [],
        "problem": found.problem.as_dict(),
    }


def validate_paths(paths: Sequence[Path], progress: Progress, *, official: bool = False) -> Iterator[Validation]:
    """Say of each report in `paths` what is wrong with it. Nothing is written."""
    for found in find_reports(paths, progress):
        what = found.what
        if isinstance(what, Report):
            yield _judged(what, validate(what, official=official, progress=progress))
        else:
            yield _not_judged(what, is_missed=found.is_missed)


def _judged(report: Report, findings: pl.DataFrame) -> Validation:
    return Validation(
        report.origin.file,
        report.origin.sheet,
        str(report.release) if report.release else None,
        report.report_id,
        verdict(findings),
        stopped_by(report) is None and not damaged_cells(report),
        summarise(findings),
        findings,
        is_report=True,
        is_missed=False,
    )


def _not_judged(found: NotAReport, *, is_missed: bool) -> Validation:
    findings = unreadable(found.problem)
    counts = summarise(findings)
    return Validation(
        found.file, found.sheet, None, None, Level.FATAL, False, counts, findings, is_report=False, is_missed=is_missed
    )


def unreadable(problem: Problem) -> pl.DataFrame:
    """The one finding of a file in which no report was found."""
    message = f"{problem.title}. {problem.meaning}"
    row = ("F-10", int(Level.FATAL), problem.position, None, None, message, problem.remedy)
    return pl.DataFrame([row], schema=FINDINGS, orient="row")
