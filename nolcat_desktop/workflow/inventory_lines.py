"""One line of an inventory, and the states that a report can be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow.inventory_facts import Facts


class State(StrEnum):
    """What a file or report is beside those before it."""

    NEW = "new"
    """Nothing before it has its months."""
    SAME_FILE = "same file"
    """Another file has the same bytes."""
    SAME_USAGE = "same usage"
    """Another report has all its months with the same usage."""
    OVERLAPPING = "overlapping"
    """Another report has some of its months, or all of them with other numbers."""
    DAMAGED = "damaged"
    """Counts in it cannot be read."""
    STOPPED = "stopped"
    """It is a report, but something stops it from being stored (`problem`): also an old release, or no header."""
    LOADED = "loaded"
    """The library has it already."""
    NOT_COUNTER = "not COUNTER"
    """It is something else (`what`)."""
    UNREADABLE = "unreadable"
    """It could not be opened, or is broken (`problem`)."""


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """One report found, or a file without any."""

    facts: Facts
    """What it is by itself: file, sheet, release, type, provider, months, rows, total, damaged cells, problem."""
    state: State
    other: Facts | None = None
    """The report before it that is the same or has some of its months."""
    equal: tuple[str, ...] = ()
    """Months (yyyy-mm) that a report before it has with the same usage."""
    differing: tuple[str, ...] = ()
    """Months that a report before it has with other numbers, or in another release."""

    @property
    def fresh(self) -> tuple[str, ...]:
        """Months that no report before it has."""
        known = {*self.equal, *self.differing}
        return tuple(month for month in self.facts.months if month not in known)

    @property
    def problem(self) -> Problem | None:
        """Why there is no report, or what stops it."""
        return self.facts.problem

    @property
    def new_total(self) -> int:
        """Control sum of its months that no report before it has; 0 when it cannot be stored."""
        if self.facts.load is None or self.state in {State.SAME_FILE, State.LOADED}:
            return 0
        by_month = self.facts.load.tally.by_month()
        return sum(by_month.get(month, 0) for month in self.fresh)

    def as_dict(self) -> Mapping[str, Any]:
        """The line, ready for JSON."""
        facts = self.facts
        return {
            "file": facts.file,
            "sheet": facts.sheet,
            "state": str(self.state),
            "format": facts.kind or None,
            "release": facts.release,
            "report_id": facts.report_id,
            "report_name": facts.report_name or None,
            "provider": facts.provider or None,
            "institution_name": facts.institution or None,
            "begin": facts.begin,
            "end": facts.end,
            "months": list(facts.months),
            "rows": facts.rows,
            "file_total": facts.total,
            "totals": dict(facts.sums),
            "other": self.other.file if self.other else None,
            "other_sheet": self.other.sheet if self.other else None,
            "equal_months": list(self.equal),
            "differing_months": list(self.differing),
            "damaged": [{"position": position, "value": value} for position, value in facts.damaged],
            "damaged_count": facts.damaged_count,
            "what": facts.what or None,
            "exceptions": [{"code": code, "message": message} for code, message in facts.exceptions],
            "sha256": facts.sha256 or None,
            "size": facts.size,
            "problem": facts.problem.as_dict() if facts.problem else None,
        }
