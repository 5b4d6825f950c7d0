"""The words about gaps: which months of which report, what is answered of them, and what was noted then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.analysis.coverage_gaps import Gap
from nolcat_desktop.analysis.coverage_grid import YEAR, Grid
from nolcat_desktop.gui.cell_text import month, months, number
from nolcat_desktop.gui.pages.coverage_words import report_name
from nolcat_desktop.gui.pages.library_ask import Marked, Reach

_NAMED = 3
"""Gaps that are named; of more only how many there are."""


def gap_words(gap: Gap) -> str:
    """Which months of which report are missing: `EBSCO · Title Report, Mar – Apr 2025`."""
    return f"{gap.source} · {report_name(gap.report_type)}, {months(gap.first, gap.last)}"


def run_words(gap: Gap) -> str:
    """Its months, and whether the report ended before them: `Jan 2020 – Sep 2026, after its last report`."""
    span = months(gap.first, gap.last)
    if gap.newest is None:
        return span
    return QCoreApplication.translate("gaps", "{months}, after its last report").format(months=span)


def none_words(listed: Sequence[Gap], is_tight: bool = False) -> str:
    """What a button does that answers `listed`: `No report exists for Mar – Apr 2025`; tight: in fewer words."""
    tr = QCoreApplication.translate
    if not listed:
        return tr("gaps", "No report exists")
    if len(listed) == 1:
        one = tr("gaps", "None for {months}") if is_tight else tr("gaps", "No report exists for {months}")
        return one.format(months=months(listed[0].first, listed[0].last))
    count = sum(gap.months for gap in listed)
    several = tr("gaps", "None for {n} months") if is_tight else tr("gaps", "No report exists for these {n} months")
    return several.format(n=number(count))


def ended_words(listed: Sequence[Gap], is_tight: bool = False) -> str:
    """What a button does that ends reports: `It ended: no reports after Dec 2019`; tight: in fewer words."""
    tr = QCoreApplication.translate
    if len(listed) == 1:
        one = tr("gaps", "Ended with {month}") if is_tight else tr("gaps", "It ended: no reports after {month}")
        return one.format(month=month(_before(listed[0].first)))
    several = tr("gaps", "These {n} ended") if is_tight else tr("gaps", "These {n} ended: no later reports")
    return several.format(n=number(len(listed)))


def noted_words(listed: Sequence[Gap], ended: bool) -> str:
    """What was noted of `listed`: `Noted: no Title Report of EBSCO for Mar – Apr 2025.`."""
    tr = QCoreApplication.translate
    until, of = tr("gaps", "{who} after {months}"), tr("gaps", "{who} for {months}")
    said = [
        until.format(who=_who(gap.source, gap.report_type), months=month(_before(gap.first)))
        if ended
        else of.format(who=_who(gap.source, gap.report_type), months=months(gap.first, gap.last))
        for gap in listed[:_NAMED]
    ]
    if len(listed) > _NAMED:
        said.append(tr("gaps", "and {n} more").format(n=number(len(listed) - _NAMED)))
    return tr("gaps", "Noted: {what}.").format(what="; ".join(said))


def noted_of_marked(grid: Grid, marked: Marked, reach: Reach) -> str:
    """The same of what is marked in the grid."""
    tr = QCoreApplication.translate
    source = next(source for source in grid.sources if source.source_id == marked.source_id)
    report = marked.report_type or (source.lines[0].report_type if len(source.lines) == 1 else "")
    told = {
        Reach.THESE: tr("gaps", "Noted: {who} for {months}."),
        Reach.BEFORE: tr("gaps", "Noted: {who} up to {last}."),
        Reach.AFTER: tr("gaps", "Noted: {who} from {first} on."),
    }
    first, last = month(marked.first), month(marked.last)
    return told[reach].format(who=_who(source.name, report), months=marked.words, first=first, last=last)


def _who(source: str, report_type: str) -> str:
    tr = QCoreApplication.translate
    if not report_type:
        return tr("gaps", "no report of {source}").format(source=source)
    return tr("gaps", "no {report} of {source}").format(report=report_name(report_type), source=source)


def _before(first: date) -> date:
    at = first.year * YEAR + first.month - 2
    return date(at // YEAR, at % YEAR + 1, 1)
