"""What became of a file, held against what must."""

from __future__ import annotations

from collections import Counter
from datetime import date

import polars as pl

from nolcat_desktop.conversion import damaged_cells, stopped_by, to_usage
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import NotAReport, Report, Told
from tests.benchmarks.old_years_damage import Case
from tests.builders import expected_usage

STORED, LISTED, REFUSED, ASKED = "stored", "stored without the cells listed", "refused", "stored as was said"
NEEDLESS = "refused without need"
_COUNTED = ("metric_type", "usage_date", "usage_count")


def judged(case: Case) -> str:
    """Read a file as a user would: first without a word, and where it is refused with all that he can say.

    Returns:
        STORED, LISTED, REFUSED or ASKED; else a text that begins with NEEDLESS or `BAD`.
    """
    first, why = _outcome(case, Told())
    if first != REFUSED or case.refused:
        return f"{first}: {why}" if why and first == "BAD" else first
    again, also = _outcome(case, Told(case.wanted.report_id, case.wanted.begin, case.wanted.end))
    if again == REFUSED:
        return f"{NEEDLESS}: {why} / {also}"
    return ASKED if again in {STORED, LISTED} else f"{again}: {also}"


def _outcome(case: Case, told: Told) -> tuple[str, str]:
    found = list(read_content(case.content, case.name, told=told))
    reports = [one for one in found if isinstance(one, Report)]
    if len(reports) != 1:
        refused = [f"{one.problem.title}; {one.problem.meaning}" for one in found if isinstance(one, NotAReport)]
        return REFUSED, " | ".join(refused) if not reports else f"{len(reports)} reports"
    (report,) = reports
    problem = stopped_by(report)
    if problem is not None:
        return REFUSED, f"{problem.title}: {problem.meaning}"
    if case.refused:
        return "BAD", f"stored although {case.refused}"
    return _compared(case, report)


def _compared(case: Case, report: Report) -> tuple[str, str]:
    listed = Counter(one.position for one in damaged_cells(report))
    if listed != Counter(case.damaged):
        return "BAD", f"listed {sorted(listed)}, damaged {sorted(case.damaged)}"
    usage, wanted = to_usage(report, 1, None).collect(), expected_usage(case.wanted)
    kind = set(usage["report_type"].to_list()) | {
        report.definition.report_id.replace(" ", "") if report.definition else ""
    }
    if kind != {case.wanted.report_id}:
        return "BAD", f"stored as {kind}"
    if _counts(usage) != _counts(wanted):
        return "BAD", f"{usage['usage_count'].sum()} stored, {wanted['usage_count'].sum()} is the truth"
    return (LISTED if case.damaged else STORED), ""


def _counts(usage: pl.DataFrame) -> Counter[tuple[str, date, int]]:
    return Counter(usage.select(_COUNTED).iter_rows())
