"""How reports are to be stored, and what became of each: what goes into `convert` and comes out of it (design 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from nolcat_desktop.conversion import Damaged
from nolcat_desktop.problem import Problem
from nolcat_desktop.repairs import Repair
from nolcat_desktop.report import NOTHING_TOLD, Report, Told

SHOWN_DAMAGED = 1000
"""Damaged cells that are listed of one report."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How reports are to be stored."""

    source: int | None = None
    """statistics_source_ID of all reports; None: proposed for each."""
    harvested: date | None = None
    if_loaded: str = "fail"
    """Months that are there with other numbers: `fail`, `skip`, `replace` or `aside`."""
    without_damaged: bool = False
    """Store a report without the month cells whose count cannot be read."""
    member: str | None = None
    """The institution whose rows of a consortium's report are stored."""
    told: Told = NOTHING_TOLD
    """What is said of reports that do not say it themselves: their type, their period."""
    declined: frozenset[str] = frozenset()
    """Cells (`F12`, `Sheet1!F12`, `report.csv!F12`) whose repairs are not wanted."""
    if_overlapping: str = "fail"
    """Months of which a part is there, made with other filters or platforms: the same four."""
    months: tuple[tuple[str, date], ...] = ()
    """Headings that name no month (their words, or cells such as `L8`), and first days of the months they are."""

    def declined_in(self, report: Report) -> frozenset[str]:
        """The positions in `report` whose repairs are not wanted; a cell without a sheet or file is meant in all."""
        names = {"", report.origin.sheet, PurePath(report.origin.file).name}
        split = (cell.rpartition("!") for cell in self.declined)
        return frozenset(position for name, _, position in split if name in names)


@dataclass(frozen=True, slots=True)
class Conversion:
    """One line of `convert`: what became of a report found (design 3.3)."""

    file: str
    sheet: str | None
    report_id: str | None = None
    release: str | None = None
    source_id: int | None = None
    """statistics_source_ID."""
    part: str | None = None
    """Path in the library, with `/`."""
    rows: int = 0
    """Rows of usage stored."""
    usage_total: int = 0
    """Control sum of what was stored."""
    file_total: int = 0
    """Control sum of the file's month cells, of the stored months when some of them stayed as they were."""
    months: tuple[str, ...] = ()
    action: str = "failed"
    damaged: tuple[Damaged, ...] = ()
    problem: Problem | None = None
    findings: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Level → number of findings (not part of the printed line)."""
    other_release: bool = False
    """Whether months of another release were replaced: a change of release (not part of the printed line)."""
    repairs: tuple[Repair, ...] = ()
    """What was repaired of it (not part of the printed line)."""
    aside: tuple[str, ...] = ()
    """Months that were kept aside: stored, not live (not part of the printed line)."""
    closed: tuple[str, ...] = ()
    """Months of which counts were left out in the library, and can be read here (not part of the printed line)."""
    candidates: tuple[str, ...] = ()
    """Reports that a table without a header may be: which one has to be asked (not part of the printed line)."""
    is_broken: bool = False
    """Whether the file is damaged or protected, so that nobody knows what was in it (not part of the printed line)."""

    def as_dict(self) -> dict[str, Any]:
        """The line, ready for JSON."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "report_id": self.report_id,
            "release": self.release,
            "statistics_source_ID": self.source_id,
            "part": self.part,
            "rows": self.rows,
            "usage_total": self.usage_total,
            "file_total": self.file_total,
            "months": list(self.months),
            "action": self.action,
            "damaged": [{"position": cell.position, "value": cell.value} for cell in self.damaged[:SHOWN_DAMAGED]],
            "problem": self.problem.as_dict() if self.problem else None,
        }
