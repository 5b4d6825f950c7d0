"""What is said when the sums of a report and of what would be stored of it differ: which cells, and by how much."""

from __future__ import annotations

from nolcat_desktop.dataset import Tally
from nolcat_desktop.problem import Problem
from nolcat_desktop.report import Report

_SHOWN = 5
_FAULT = "This is a fault of the program: please send the file to its makers."


def sums_differ(stored: int, total: int) -> Problem:
    """The month cells of a report and its sums by metric and month do not agree."""
    return Problem(
        "The sums do not agree",
        f"The cells of the report add up to {total:,}, what would be stored to {stored:,}. Nothing of it was stored.",
        _FAULT,
    )


def not_reconciled(report: Report, wanted: Tally, found: Tally, reason: str) -> Problem:
    """What was laid out for storing is not what the cells add up to.

    Args:
        report: The report.
        wanted: Rows and sums of its cells.
        found: Rows and sums of the usage that was made of them.
        reason: What was noticed, in case the sums agree.

    Returns:
        The problem; it names metrics and months that differ, and stands at the column of the first.
    """
    differing = differences(wanted, found)
    if not differing:
        return Problem("What would be stored is not as it must be", f"{reason}. Nothing of it was stored.", _FAULT)
    shown = "; ".join(
        f"{metric}, {month}: {there:,} in the report, {here:,} to be stored"
        for metric, month, there, here in differing[:_SHOWN]
    )
    more = f"; and {len(differing) - _SHOWN:,} more" if len(differing) > _SHOWN else ""
    first = differing[0][1]
    column = next((one.position for one in report.headings if one.month and f"{one.month:%Y-%m}" == first), None)
    return Problem("The sums do not agree", f"{shown}{more}. Nothing of it was stored.", _FAULT, column)


def differences(wanted: Tally, found: Tally) -> list[tuple[str, str, int, int]]:
    """Metric, month, and both sums, wherever they differ; by month, then metric."""
    cells = {(month, metric) for each in (wanted, found) for metric, of in each.sums.items() for month in of}
    compared = (
        (metric, month, wanted.sums.get(metric, {}).get(month, 0), found.sums.get(metric, {}).get(month, 0))
        for month, metric in sorted(cells)
    )
    return [one for one in compared if one[2] != one[3]]
