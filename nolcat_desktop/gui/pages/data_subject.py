"""What can be looked at: a report as it is stored, or a standard view that is worked out of its master."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from PySide6.QtCore import QCoreApplication

from nolcat_desktop.analysis.looking import Holding
from nolcat_desktop.analysis.standard_views import STANDARD_VIEWS, of_releases
from nolcat_desktop.counter.reports import named_report
from nolcat_desktop.workflow.viewing import master_of
from nolcat_desktop.workflow.working_out import counts_only, workable

MASTERS = ("TR", "DR", "PR", "IR")
"""In the order in which they are offered, before all others."""
_OF = " of "


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the chooser of reports."""

    report_type: str
    master: str = ""
    """Out of which it is worked out; '' as stored."""

    @property
    def key(self) -> str:
        """`TR_J1`, or `TR_J1 of TR`: as it is remembered."""
        return f"{self.report_type}{_OF}{self.master}" if self.master else self.report_type

    @property
    def words(self) -> str:
        """`Journal Requests (TR_J1)`, or `Journal Requests (Controlled), worked out (TR_J1 of TR)`."""
        if not self.master:
            return named_report(self.report_type)
        told = QCoreApplication.translate("data", "{name}, worked out ({code})")
        return told.format(name=of_releases(self.report_type)[-1].name, code=self.key)


def subject_of(key: str) -> Subject:
    """Read what `Subject.key` gave."""
    report_type, _, master = key.partition(_OF)
    return Subject(report_type, master)


def held(holding: Holding) -> Subject:
    """What is held."""
    return Subject(holding.report_type, holding.worked_out)


def only_words(holding: Holding) -> tuple[str, ...]:
    """What a standard view counts of its master alone; () where a report is no view."""
    return (counts_only(holding.report_type),) if holding.report_type in STANDARD_VIEWS else ()


def subjects(coverage: pl.DataFrame) -> tuple[str, ...]:
    """Keys of all that a library can show: its reports, the masters first; then the views that it can work out.

    Args:
        coverage: The library's.
    """
    return (*stored(coverage), *(Subject(view, master_of(view)).key for view in workable(coverage)))


def stored(coverage: pl.DataFrame) -> Sequence[str]:
    """Only its reports."""
    found = coverage["report_type"].unique().sort().to_list()
    return (*(one for one in MASTERS if one in found), *(one for one in found if one not in MASTERS))
