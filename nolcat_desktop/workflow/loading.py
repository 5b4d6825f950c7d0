"""What the library is told of a report: where it comes from, what it covers, what it sums up to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import polars as pl

from nolcat_desktop.conversion import Damaged, all_repairs, control_sums, rows_by_month
from nolcat_desktop.counter.exceptions import NO_LONGER, NOT_READY, PARTIAL
from nolcat_desktop.counts import is_damaged
from nolcat_desktop.dataset import Load, Scope, State, Tally
from nolcat_desktop.report import SHIFTED_ROW, Report, Told
from nolcat_desktop.workflow.naming_sources import platforms_in
from nolcat_desktop.workflow.outcome import Wishes

MEMBER_ELEMENTS = ("Institution_Name", "Customer_ID")
"""Columns that name the institution of a row (consortium reports)."""
MOST_REPAIRS = 10_000
"""Repairs that the footer tells one by one."""
_MONTH_TEXT = r"((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])(?:-[0-9]{2})?"
_MONTH = re.compile(rf"(?<![0-9]){_MONTH_TEXT}(?![0-9])")
_SPAN = re.compile(rf"[^0-9]*{_MONTH_TEXT}\s*(?:to|until|through|–|—|/|-)\s*{_MONTH_TEXT}[^0-9]*", re.IGNORECASE)


def load_of(  # noqa: PLR0913 - the whole entry of a footer
    report: Report,
    source: int,
    wishes: Wishes,
    damaged: Sequence[Damaged],
    findings: Mapping[str, int],
    *,
    is_stored: bool = True,
) -> Load:
    """The entry of `report` in the library's footer.

    Args:
        report: A report that nothing stops, or one of totals only: then its months are known to have totals only.
        source: statistics_source_ID.
        wishes: How it is to be stored.
        damaged: Its cells that are left out.
        findings: Level → number of findings.
        is_stored: Whether it is to be stored; if not, neither its header nor its repairs are told.
    """
    member = member_of(report, wishes.member)
    tally = Tally() if report.totals_only else _tally(report, member)
    months = period_months(report) if report.totals_only else report.covered_months()
    header = report.header
    return Load(
        original=printable(report.origin.file),
        sha256=report.origin.sha256,
        kind=str(report.origin.kind),
        report_type=report.report_id or "",
        release=str(report.release),
        source_id=source,
        states=MappingProxyType(states(report, tally, months)),
        tally=tally,
        scope=_scope(report, member),
        sheet=report.origin.sheet,
        harvested=wishes.harvested,
        header=tuple((cell.label, cell.value, *(text for _, text in cell.beyond)) for cell in header.cells)
        if is_stored
        else (),
        created=header.created.isoformat() if header.created else None,
        period=(header.begin.isoformat(), header.end.isoformat()) if header.begin and header.end else None,
        findings=findings,
        repairs=tuple(printable(str(one)) for one in all_repairs(report, member)[:MOST_REPAIRS]) if is_stored else (),
        damaged=tuple((cell.position, cell.value) for cell in damaged),
        damaged_months=tuple(cell.month for cell in damaged),
        exceptions=tuple((one.code, one.message, one.data) for one in header.exceptions),
        told=MappingProxyType(said(report.origin.told)),
        declined=tuple(sorted(wishes.declined_in(report))),
        lines=MappingProxyType(account(report)),
    )


def said(told: Told) -> dict[str, str]:
    """What the user said of a file, as texts by name; {} when nothing was said."""
    months = " ".join(f"{cell}={month:%Y-%m}" for cell, month in told.months) or None
    named = {
        "report_type": told.report_type,
        "begin": told.begin,
        "end": told.end,
        "release": told.release,
        "months": months,
    }
    return {name: str(value) for name, value in named.items() if value is not None}


def account(report: Report) -> dict[str, int]:
    """How the lines of a delimited file became rows, by name; {} for other forms."""
    if report.lines is None:
        return {}
    return {
        "lines": report.lines.lines,
        "rows": report.lines.rows,
        "breaks": report.lines.breaks,
        "blank": report.lines.blank,
    }


def member_of(report: Report, member: str | None) -> str | None:
    """The member whose rows are meant: None in a report that does not tell its rows by institution."""
    return member if any(name in report.items.columns for name in MEMBER_ELEMENTS) else None


def printable(name: str) -> str:
    """A file's name as text that can be stored: a byte that is no text (Linux allows it) becomes a question mark."""
    return name.encode("utf-8", "replace").decode()


def period_months(report: Report) -> tuple[date, ...]:
    """First days of the months of the reporting period; () when it is not known."""
    begin, end = report.header.begin, report.header.end
    if begin is None or end is None:
        return ()
    first, last = begin.year * 12 + begin.month - 1, end.year * 12 + end.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(first, min(last, first + 1200) + 1))


def states(report: Report, tally: Tally, months: Sequence[date]) -> dict[str, State]:
    """What is known of each month: use, confirmed zero, or why there is none (exceptions 3031, 3032, 3040).

    An exception that names months speaks of these, else of all. A month that it speaks of is never a zero, and usage
    in a month that is named, or in any month under 3040, is partial: it never replaces what is stored.
    """
    if report.totals_only:
        return {f"{month:%Y-%m}": State.TOTALS_ONLY for month in months}
    found = {}
    told = [(one.code, named_months(one.data)) for one in report.header.exceptions if one.code is not None]
    for day in months:
        month = f"{day:%Y-%m}"
        speaking = {code for code, named in told if not named or month in named}
        explicit = {code for code, named in told if month in named}
        if month in tally.rows_by_month:
            partial = speaking & PARTIAL or explicit & (NOT_READY | NO_LONGER)
            found[month] = State.PARTIAL if partial else State.USAGE
        else:
            found[month] = State.PARTIAL if _has_damage(report, month) else _without_rows(speaking)
    return found


def _has_damage(report: Report, month: str) -> bool:
    """Whether a month without use holds cells that nobody can read: then it is no zero that anybody confirmed."""
    shifted = report.left_out.filter(pl.col("rule") == SHIFTED_ROW)
    if month in shifted.columns and shifted[month].null_count() < shifted.height:
        return True
    return month in report.items.columns and bool(report.items.lazy().select(is_damaged(month).any()).collect().item())


def _without_rows(codes: set[int]) -> State:
    for explaining, state in ((NOT_READY, State.NOT_READY), (NO_LONGER, State.NO_DATA), (PARTIAL, State.PARTIAL)):
        if codes & explaining:
            return state
    return State.CONFIRMED_ZERO


def named_months(data: str | None) -> frozenset[str]:
    """The months (yyyy-mm) that the Data of an exception names, a span with all between; () when it names none."""
    found = [f"{year}-{month}" for year, month in _MONTH.findall(data or "")]
    if _SPAN.fullmatch(data or ""):
        first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(found), max(found)))
        return frozenset(f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1))
    return frozenset(found)


def _tally(report: Report, member: str | None) -> Tally:
    sums = {metric: MappingProxyType(dict(months)) for metric, months in control_sums(report, member).items()}
    return Tally(MappingProxyType(rows_by_month(report, member)), MappingProxyType(sums))


def _scope(report: Report, member: str | None) -> Scope:
    filters = {setting.name: frozenset(setting.values) for setting in report.header.filters if setting.values}
    return Scope(MappingProxyType(filters), member, platforms_in(report, member))
