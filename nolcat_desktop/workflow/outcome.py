"""How reports are to be stored, and what became of each: what goes into `convert` and comes out of it (design 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from nolcat_desktop.conversion import Damaged
from nolcat_desktop.problem import Problem

SHOWN_DAMAGED = 1000
"""Damaged cells that are listed of one report."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How reports are to be stored."""

    source: int | None = None
    """statistics_source_ID of all reports; None: proposed for each."""
    harvested: date | None = None
    if_loaded: str = "fail"
    """Months that are there with other numbers: `fail`, `skip` or `replace`."""
    without_damaged: bool = False
    """Store a report without the month cells whose count cannot be read."""
    member: str | None = None
    """The institution whose rows of a consortium's report are stored."""


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
