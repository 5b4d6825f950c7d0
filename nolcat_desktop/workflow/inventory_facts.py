"""What a report is by itself, as far as an inventory needs it: small, and the same each time the file is read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import orjson

from nolcat_desktop.conversion import damaged_cells, file_total, lay_out, stopped_by
from nolcat_desktop.dataset import Load
from nolcat_desktop.problem import Problem
from nolcat_desktop.report import NotAReport, Report
from nolcat_desktop.workflow.finding_reports import Found
from nolcat_desktop.workflow.loading import load_of
from nolcat_desktop.workflow.naming_sources import proposed_name
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.review_plan import month_digests

UNREADABLE = "file that cannot be read"
"""What a file is from which not a byte could be read."""
NO_SOURCE = 0
"""Stands for the statistics source, which an inventory does not know."""
_LISTED = 200
"""Damaged cells that are named one by one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One report found, or a file without any."""

    file: str
    sheet: str | None
    number: int
    """Which of the findings in the file it is, from 0."""
    is_report: bool = False
    named: bool = False
    """Whether the user named the file itself."""
    what: str = ""
    """No report: what it is instead (`PDF document`)."""
    sha256: str = ""
    size: int = 0
    """Bytes of the file."""
    kind: str = ""
    """`tsv`, `xlsx` …"""
    report_id: str | None = None
    release: str | None = None
    report_name: str = ""
    provider: str = ""
    """A name for its source: platform, who made it, publisher, or the file's own name."""
    institution: str = ""
    begin: str | None = None
    end: str | None = None
    months: tuple[str, ...] = ()
    """yyyy-mm, ascending."""
    rows: int = 0
    """Data rows."""
    total: int = 0
    """Control sum of its readable month cells."""
    damaged: tuple[tuple[str, str], ...] = ()
    """Cells whose count cannot be read: (position, text), the first of them."""
    damaged_count: int = 0
    problem: Problem | None = None
    """Why there is no report, or what stops it from being stored."""
    exceptions: tuple[tuple[int | None, str], ...] = ()
    load: Load | None = None
    """What a library would be told of it, its source apart; None when something stops it."""
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Month → digest of its usage, good for as long as the version of Polars is the same."""

    @property
    def sums(self) -> Mapping[str, int]:
        """Metric → sum over all months."""
        if self.load is None:
            return MappingProxyType({})
        return {metric: sum(months.values()) for metric, months in self.load.tally.sums.items()}

    def as_json(self) -> dict[str, Any]:
        """All of it, for the index."""
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            "problem": self.problem.as_dict() if self.problem else None,
            "load": self.load.as_json() if self.load else None,
            "digests": dict(self.digests),
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Facts:
        """Read what `as_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: If `given` is no such thing.
        """
        plain = {name: given[name] for name in _PLAIN}
        for name in ("months", "damaged", "exceptions"):
            plain[name] = tuple(tuple(one) if isinstance(one, list) else one for one in plain[name])
        problem, load = given["problem"], given["load"]
        return cls(
            **plain,
            problem=Problem(**problem) if problem else None,
            load=Load.from_json(load) if load else None,
            digests=MappingProxyType(dict(given["digests"])),
        )


_PLAIN = (
    *("file", "sheet", "number", "is_report", "named", "what", "sha256", "size", "kind", "report_id", "release"),
    *("report_name", "provider", "institution", "begin", "end", "months", "rows", "total", "damaged"),
    *("damaged_count", "exceptions"),
)


def as_bytes(facts: Sequence[Facts]) -> bytes:
    """Some facts as JSON; a name that is no text (Linux allows it) has question marks where it is none."""
    given = [one.as_json() for one in facts]
    try:
        return orjson.dumps(given, default=str)
    except orjson.JSONEncodeError:
        return json.dumps(given, ensure_ascii=False, default=str).encode("utf-8", "replace")


def facts_of(found: Found, number: int) -> Facts:
    """What was found, in an inventory's words."""
    what = found.what
    if isinstance(what, NotAReport):
        return Facts(what.file, what.sheet, number, what=what.kind, problem=what.problem)
    return _of_report(what, number)


def _of_report(report: Report, number: int) -> Facts:
    header, problem = report.header, stopped_by(report)
    facts = Facts(
        report.origin.file,
        report.origin.sheet,
        number,
        is_report=True,
        kind=str(report.origin.kind),
        report_id=report.report_id,
        release=str(report.release) if report.release else None,
        report_name=header.texts.get("Report_Name", ""),
        provider=proposed_name(report),
        institution=header.texts.get("Institution_Name", ""),
        begin=header.begin.isoformat() if header.begin else None,
        end=header.end.isoformat() if header.end else None,
        months=() if report.totals_only else tuple(f"{month:%Y-%m}" for month in report.covered_months()),
        rows=report.items.height,
        total=file_total(report),
        problem=problem,
        exceptions=tuple((one.code, one.message) for one in header.exceptions),
    )
    if report.definition is None or report.release is None:
        return facts
    damaged = damaged_cells(report)
    listed = tuple((cell.position, cell.value) for cell in damaged[:_LISTED])
    facts = replace(facts, damaged=listed, damaged_count=len(damaged))
    if problem is not None:
        return facts
    load = load_of(report, NO_SOURCE, Wishes(), damaged[:_LISTED], {}, is_stored=False)
    digests = {month: str(digest) for month, digest in month_digests(lay_out(report, NO_SOURCE)).items()}
    return replace(facts, load=load, digests=MappingProxyType(digests))
