"""What a report is, without storing it: `inspect`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from nolcat_desktop.conversion import all_repairs, stopped_by
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.findings import FINDINGS
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.repairs import Repair
from nolcat_desktop.report import NOTHING_TOLD, NotAReport, Report, Told
from nolcat_desktop.workflow.finding_reports import find_reports
from nolcat_desktop.workflow.known_bindings import KnownBindings
from nolcat_desktop.workflow.known_identifiers import KnownIdentifiers
from nolcat_desktop.workflow.naming_sources import proposed_name


@dataclass(frozen=True, slots=True)
class Inspection:
    """One line of `inspect`: what a report found is (design 3.3)."""

    fields: Mapping[str, Any]
    """The line, ready for JSON."""
    is_report: bool
    is_missed: bool
    """Whether a report was expected here and none found: the user named the file itself, or it could not be read."""
    repairs: tuple[Repair, ...] = ()
    """What would be repaired of it (not part of the printed line)."""


def inspect(paths: Sequence[Path], progress: Progress, told: Told = NOTHING_TOLD) -> Iterator[Inspection]:
    """Say of each report in `paths` what it is. Nothing is written.

    Args:
        paths: Files, folders and zip archives.
        progress: Told and checked along the way.
        told: What the user says of reports that do not say it themselves.
    """
    known, bindings = KnownIdentifiers(None, paths, progress), KnownBindings(None)
    for delivered in find_reports(paths, progress, told=told):
        found = bindings.judged(known.mended(delivered))
        what = found.what
        if isinstance(what, Report):
            yield Inspection(_described(what), is_report=True, is_missed=False, repairs=all_repairs(what))
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


def unreadable(problem: Problem) -> pl.DataFrame:
    """The one finding of a file in which no report was found."""
    message = f"{problem.title}. {problem.meaning}"
    at = problem.position if " " not in (problem.position or "") else None
    row = ("F-10", int(Level.FATAL), at, None, None, message, problem.remedy)
    return pl.DataFrame([row], schema=FINDINGS, orient="row")
