"""Reports in JSON and XML that must not be stored as they stand: counts of no month, errors in place of usage."""

from __future__ import annotations

from typing import Final

from nolcat_desktop.counts import count, is_damaged
from nolcat_desktop.problem import Problem
from nolcat_desktop.report import ROW, FileKind, Report

_TREES: Final = frozenset({FileKind.JSON, FileKind.XML})
_LAST_OF_SERVICE: Final = 3030
"""Exceptions from 1000 up to here (not included) say that the service did not answer the question at all."""
_FIRST_OF_SERVICE: Final = 1000


def other_periods(report: Report) -> Problem | None:
    """Counts whose period is not one month, beside others that are: stored without them, the report would be too low.

    In tables they are columns whose heading is no month (`lost_counts`); here, columns named `#` and the period.
    """
    if report.origin.kind not in _TREES:
        return None
    for name in report.items.columns:
        if not name.startswith("#"):
            continue
        rows = report.items.lazy().filter((count(name) > 0) | is_damaged(name)).select(ROW).collect()[ROW]
        if rows.len():
            where = report.positions.cells(rows.head(1), name)[0]
            return Problem(
                "Counts that belong to no month",
                f"At {rows.len():,} places, the first being {where}, a count is of “{name[1:]}”, not of one month; "
                "stored without them, the report would say too little.",
                "Ask the provider for the same report with monthly details.",
                where,
            )
    return None


def no_answer(report: Report) -> Problem | None:
    """An empty report with an exception that says why nothing could be told: that is no usage of 0.

    Exceptions 1000 to 3020 (Code of Practice, appendix F: the service, the credentials, the question). 3030 and the
    ones behind it speak about usage; they stay with the empty report.
    """
    if report.items.height:
        return None
    codes = [one for one in report.header.exceptions if one.code is not None]
    told = next((one for one in codes if _FIRST_OF_SERVICE <= (one.code or 0) < _LAST_OF_SERVICE), None)
    if told is None:
        return None
    data = f" ({told.data})" if told.data else ""
    return Problem(
        "The publisher sent an exception instead of usage",
        f"{told.code}: {told.message}{data}. The report is empty because of it, which does not mean that nothing was "
        "used; nothing was stored.",
        "Put right what the exception names, and fetch the report again.",
        told.position,
    )
